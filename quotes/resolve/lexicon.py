"""The words by which offices, bodies and media are told from names.

In: nothing. Out: sets of words in lower case. It is a module because it is data, and used wherever a phrase is
taken apart.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The set of the words of a string."""
    return frozenset(text.split())


# Forms of address: never part of a name.
HONORIFICS = word_set(
    "adv mdm madam madame monsieur uncle auntie lady mr mrs ms miss mx dr sir dame jr sr prof rev hon messrs mme mlle "
    "engr "
    "atty alhaji alhaja hajia hajiya haji hajah mallam malam nana datuk dato tun puan encik cik ustaz shri smt kumari "
    "sri mzee mwalimu sheikha shaikh señor señora herr frau signor signora bapak ibu docteur hrh cde"
)
# Ranks and offices that stand before a name as titles do: dropped from names, kept as roles.
TITLES = word_set(
    "president senator sen sens representative rep reps congressman congresswoman governor gov minister premier "
    "chancellor secretary ambassador general gen colonel col major maj captain capt lieutenant lt sergeant sgt "
    "corporal cpl admiral adm commander cmdr brigadier inspector detective constable superintendent chief judge "
    "justice magistrate bishop archbishop cardinal pope imam rabbi pastor father reverend sister professor doctor "
    "mayor councillor councilman councilwoman alderman del king queen prince princess duke duchess lord lady baroness "
    "baron count sheikh ayatollah marshal sheriff officer speaker coach comrade mp cllr coun apostle evangelist fr "
    "ven kgosi taoiseach tánaiste attorney-general auditor-general director-general governor-general "
    "solicitor-general"
)
# Nouns that name what somebody does, before or after the name.
ROLES = TITLES | word_set(
    "spokesman spokeswoman spokesperson leader head director chairman chairwoman chairperson chair manager official "
    "commander commissioner ceo cfo coo founder co-founder owner boss executive analyst economist expert researcher "
    "scientist engineer lawyer attorney solicitor prosecutor barrister activist campaigner author editor reporter "
    "journalist correspondent columnist host anchor presenter critic writer poet historian teacher headteacher "
    "principal student nurse surgeon physician midwife farmer fisherman trader shopkeeper worker driver soldier "
    "fighter veteran strategist adviser advisor aide consultant pollster candidate frontrunner front-runner contender "
    "nominee lawmaker legislator politician deputy member mp mep envoy diplomat delegate resident national citizen "
    "villager neighbour neighbor witness survivor victim mother father son daughter brother sister widow husband wife "
    "uncle aunt cousin man woman boy girl tourist shearer striker goalkeeper midfielder defender captain player coach "
    "umpire referee skipper winger sprinter athlete gaffer lock halfback fullback flanker hooker prop wicketkeeper "
    "batter batsman bowler trainer jockey volcanologist seismologist geologist biologist ecologist hydrologist "
    "meteorologist forecaster epidemiologist physicist chemist curator archivist librarian conductor composer singer "
    "actor actress artist painter novelist architect investigator auditor treasurer trustee partner fellow lecturer "
    "dean rector vice-chancellor whip clerk registrar coroner pilot harbourmaster ranger warden officer inspector "
    "staffer organiser organizer volunteer commentator pundit observer insider source operator supporter opponent "
    "customer passenger patient parent developer secretary-general pensioner grandmother grandfather elder chief "
    "president-elect co-chair vice-president undersecretary councillor personality advocate graduate priest steward "
    "administrator vicar curate creator filmmaker documentarian entrepreneur philanthropist moderator panelist "
    "panellist interviewer announcer statistician speechwriter biographer counsel scholar technician marketer planner "
    "liaison surrogate vp evp co-author selector merchant seller vendor grower breeder cleaner tailor carpenter mason "
    "electrician plumber barber hairdresser chef waiter waitress bartender cashier courier docker miner foreman "
    "supervisor controller comptroller ombudsman caretaker warder headmaster headmistress tutor provost bursar intern "
    "apprentice trainee postdoc guard gardener butcher baker crofter innkeeper landlord publican chieftain navigator "
    "mediator negotiator regulator translator interpreter choreographer photographer videographer producer "
    "screenwriter playwright comedian musician rapper dancer designer stylist model influencer blogger vlogger "
    "investor broker banker instructor programmer manufacturer retailer broadcaster anchorman newscaster operative"
)
# Roles that are followed by a place or a thing, not by a body that the person speaks for.
ROLES_ALONE = word_set(
    "resident national citizen native villager neighbour neighbor man woman boy girl mother father son daughter "
    "brother sister widow husband wife uncle aunt cousin author veteran survivor victim witness friend supporter "
    "critic opponent fan tourist"
)
# Words that only bodies have in their names.
BODIES = word_set(
    "ministry department university college school institute institution council committee commission court police "
    "army navy guard force forces government parliament congress senate assembly party union association federation "
    "confederation alliance league society club foundation trust fund bank group company corporation corp inc ltd llc "
    "plc co agency authority office bureau board watch amnesty movement front organisation organization network "
    "coalition campaign administration centre center hospital infirmary service services press times post herald "
    "tribune journal guardian telegraph gazette courier standard examiner observer ledger dispatch pelican news radio "
    "television tv nations team partnership industries holdings motors electric airlines airways systems brigade "
    "militia rights fc united city rovers house exchange treasury secretariat chamber synod church diocese museum "
    "library theatre orchestra laboratory observatory reserve project community line cooperative consortium syndicate "
    "tribunal inquiry registry guild co-operative coop coastguard brokerage polytechnic academy conservatory"
)
# Common nouns for one body, and for bodies whose name was given before: "the group", "the ministry".
COMMON_BODIES = BODIES - word_set(
    "times post standard observer front guard watch rights force trust fund office house city united"
) | word_set(
    "firm organisation newspaper paper magazine outlet website broadcaster regulator charity watchdog think-tank "
    "tribe regime"
)
PLURAL_PEOPLE = word_set(
    "people police officials sources others some many most several few both critics women men children youth staff "
    "crew majority public media families those opposition clergy half thousands hundreds dozens"
)
MEMBERS = word_set("republican democrat")  # "the Utah Republican" is somebody, and no name
PARTICLES = word_set(
    "de da di du del della dos des der den van von la le el al bin ibn ben bint ag ait ould abu abd af av ter ten zu "
    "y e ap ab arap anak binti binte ole nic ní ó uí mac"
)
# Forms of address that are written with a point, and could be names without it.
DOTTED = word_set("ing barr fr arch insp supt cpl pvt brig cde bro pr ptr fs wg sqn asp dsp maj cllr coun engr ven amb")

MEDIA = word_set(
    "news agency newspaper radio television tv magazine broadcaster channel station network website daily weekly "
    "programme program show podcast press wire service site paper tabloid outlet"
)
# Capitalised words that begin sentences or dates and no names.
NOT_NAMES = word_set(
    "the a an but and or so yet if when while as after before since because although though however meanwhile in on "
    "at by for from with to of he she it they we i you his her its their our my this that these those there here what "
    "who why how where which also then now once one no not yes monday tuesday wednesday thursday friday saturday "
    "sunday january february march april may june july august september october november december according despite "
    "during under over about asked both some many most all each every another other several few following earlier "
    "later last next speaking instead still even just only perhaps maybe until unless nor either neither whether "
    "unlike like given including besides amid amidst against among within toward towards beyond whatever whoever "
    "whichever meantime nevertheless nonetheless indeed sure well okay please thanks thank say let see look told "
    "added called said having being seeing knowing nobody everybody somebody anybody everyone someone anyone "
    "something nothing everything regardless such currently recently ironically sadly finally fortunately "
    "unfortunately clearly obviously today tonight yesterday tomorrow more less fewer enough jan feb mar apr jun jul "
    "aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun exit poor dear true"
)
NATIONALITIES = word_set(
    "african-american north-american latino hispanic black white gop american british english scottish welsh irish "
    "french german spanish italian dutch belgian swiss austrian polish russian ukrainian turkish greek israeli "
    "palestinian egyptian malian nigerian kenyan chinese japanese korean indian pakistani iranian iraqi syrian saudi "
    "canadian mexican brazilian australian european african asian western eastern northern southern republican "
    "democratic democrat muslim christian jewish catholic conservative labour liberal federal"
)

# Words after which "of", "for" or "to" goes on inside the name of a body.
BODY_OPENERS = BODIES | word_set(
    "platform forum initiative tabernacle temple citizens americans parents doctors reporters veterans mothers "
    "students workers women friends people daughters sons physicians scientists lawyers republicans democrats "
    "catholics conservatives voters taxpayers bar academy conference house chamber college knights archdiocese "
    "faculty ministers consulate embassy state"
)
# What ministers are of, before "and": "Water and Energy Minister".
TOPICS = word_set(
    "water energy youth sports sport health education culture trade industry finance home foreign defence defense "
    "transport justice law lands land housing agriculture forestry fisheries environment climate science technology "
    "communications information women children labour labor employment tourism arts media local social welfare "
    "planning mines minerals petroleum roads works public rural urban family community innovation higher tertiary "
    "secondary primary government mobility marine wildlife incident project disaster traditional presidential "
    "provincial district county prosecutions microbiology"
)
# What an office is of: "Secretary of State", "Speaker of the House".
OFFICES = word_set(
    "State Defense Defence Education Labor Labour Treasury Commerce Energy Agriculture Homeland Security Health "
    "Transportation Interior House National Intelligence Veterans Affairs Staff Representatives Justice Exchequer"
)
# Nouns in the plural that end the name of a group: "Senate Democrats", "Clinton aides".
PEOPLE_WORDS = word_set(
    "americans mexicans republicans democrats conservatives liberals muslims christians jews catholics evangelicals "
    "latinos hispanics blacks whites russians chinese french british germans israelis palestinians tories islamists "
    "rebels voters supporters officials aides lawmakers senators leaders sources residents workers students critics "
    "delegates advisers advisors allies activists experts analysts scientists researchers economists parents women "
    "men people police investigators prosecutors lawyers attorneys ministers members fans kiwis turks millennials "
    "saudis authorities netizens teens immigrants refugees migrants kurds arabs poles scots britons irish dutch swiss "
    "spaniards swedes danes finns czechs serbs thais filipinos"
)
# Words that end the names of things, not of people.
THINGS = word_set(
    "act day resources networks media amendment agreement award awards prize plan law bill treaty deal accord report "
    "review show morning sunday tonight today daily weekly live hour street avenue road park square river lake bay "
    "island islands valley county coast beach hills heights city town village tower building bridge airport festival "
    "games cup war revolution week month year bear emmy oscar politics policy affairs studies analytics research "
    "solutions systems capital ventures records pictures films studios foods stores markets mart index survey poll "
    "institute fund pac project initiative campaign strategies advisers associates brothers lab labs tech"
)
# Those of them that neither speak nor employ anybody.
MUTE = THINGS - word_set(
    "networks media foods stores markets mart institute fund pac studios films pictures records systems solutions "
    "capital ventures strategies advisers associates brothers lab labs tech campaign project analytics research show "
    "review report survey poll daily weekly tonight today law act bill index"
)
# What a number stands behind that is no body's: money, parts, grades.
NUMBERED = word_set(
    "rs tk us nz au shs sh ksh ush gh ghs rm php inr usd eur gbp nzd cfa phase stage rule day article section part "
    "chapter level grade category circular route sector flight page table figure no vol class type form room gate "
    "pier berth ward zone block week round year step case covid highway motorway group area act clause schedule "
    "appendix unit"
)
# Letters behind a person's name.
POSTNOMINALS = word_set(
    "kc qc sc san obe mbe cbe phd md oam kbe dbe frs dso jp mp msp td mep mla esq cpa rn cfa am ao om"
)
# Papers and pictures that "say" something: whoever made them speaks.
PAPERS = word_set(
    "report study poll survey letter film book article statement analysis data video tweet tweets email emails e-mail "
    "memo document documents documentary transcript story series column editorial op-ed ad ads advertisement slide "
    "program programme show site website page post paper research findings finding figures numbers statistics records "
    "record filing filings lawsuit suit complaint indictment affidavit brief briefs ruling rulings decision order "
    "opinion law bill amendment resolution plan proposal policy rule rules speech remarks comments testimony headline "
    "headlines photo photos picture pictures image images map chart average averages tally calculation calculations "
    "projection projections estimate estimates forecast model test tests census evidence polls surveys studies "
    "reports analyses articles letters books papers polling count review audit inquiry investigation release message "
    "messages note notes blog diary list index account accounts tape tapes recording recordings footage movie episode "
    "campaign-ad commercial text texts results petition platform manifesto draft announcement profile essay interview"
)
QUANTITIES = word_set(
    "many some most several few both others all half percent majority two three four five six seven eight nine ten "
    "dozens hundreds thousands millions scores handful plenty none number lot"
)
SINGLE_PEOPLE = word_set(
    "someone somebody anyone anybody everyone everybody nobody one reader viewer voter person guy kid child baby "
    "friend neighbor neighbour colleague caller user blogger critic celebrity star singer rapper billionaire "
    "millionaire businessman businesswoman mogul tycoon democrat republican conservative liberal libertarian "
    "socialist texan californian new-yorker veteran incumbent challenger rival loser winner hopeful standard-bearer "
    "running-mate mate president-elect socialite activist hawk father-in-law son-in-law lady spouse bureaucrat "
    "insider congressman congresswoman lawmaker prosecutor surgeon diplomat operative accused defendant suspect "
    "complainant claimant plaintiff appellant mum dad gran grandad cook custodian don keeper pm landlord tenant "
    "widower motorist cyclist commuter shopper diner teenager pupil apprentice trainee carer cleaner guard porter"
)
# Words that stand in front of a role.
MODIFIERS = word_set(
    "former top state chief police senior then-candidate deputy vice acting interim lead assistant associate co "
    "running billionaire retired longtime veteran prime foreign defence defense health finance justice science "
    "business sports news tech energy trade climate party campaign press fellow real estate house night talk show tax "
    "law policy history economics research media hedge fund film movie pop rock rap country football basketball "
    "baseball tennis golf ex city county district federal court army navy air force border union school"
)
# Bodies with a name of one word that could as well be a surname: outlets, firms, pollsters, seats of power.
KNOWN_BODIES = word_set(
    "politico forbes facebook twitter google gallup reuters bloomberg verizon pew fed pentagon microsoft amazon apple "
    "intel nielsen uber netflix kremlin vatican xinhua haaretz breitbart variety politifact snopes factcheck.org "
    "wikileaks fusion vox slate salon axios newsweek time fortune vogue wired nature science lancet tass interfax "
    "pravda aljazeera al-jazeera buzzfeed gawker instagram youtube tiktok snapchat spotify tesla boeing airbus toyota "
    "ford volkswagen siemens samsung sony huawei nokia ikea lego nestle unilever pfizer merck novartis roche bayer "
    "shell exxon chevron bp total barclays citigroup goldman nasdaq opec nato unicef unesco interpol europol oxfam "
    "greenpeace downing whitehall westminster brexit treasury senate congress parliament capitol state quinnipiac "
    "monmouth rasmussen ipsos yougov statista zillow walmart wal-mart target starbucks mcdonald nike adidas disney "
    "comcast hezbollah hamas taliban fatah likud labour sinn fein fifa uefa ioc hulu wikipedia reddit amnesty mossad"
)
# Small words that end as agents do, and are none.
NO_AGENTS = word_set(
    "after over under former however whether either neither never ever other rather later earlier together further "
    "another senior junior prior major minor interior exterior superior offer consider remember number november "
    "october september december summer winter corner order border paper letter matter water power tower answer dinner "
    "supper quarter chapter monster disaster register cancer danger anger hunger finger tender gender weather leather "
    "feather butter bitter better sister-in-law human german roman whatever whichever wherever forever encounter "
    "counter transfer career beer deer per yesterday error mirror horror terror indoor outdoor factor sector vector "
    "tractor motor harbor harbour labor odor honor humor favor flavor russian christian median amber silver copper "
    "rubber timber lumber chamber longer larger smaller higher lower older younger greater fewer closer harder faster "
    "stronger proper super upper inner outer latter via filter poster folder trailer computer helicopter platter "
    "shelter center soccer cover flower shower"
)
# Nouns in apposition that say of a person what happened, not what it is.
NO_ROLES = word_set(
    "day week month year move sign step first second third record reference while few bit lot decision statement "
    "place time way thing reminder nod hint measure figure sum result number kind sort piece part point"
)
