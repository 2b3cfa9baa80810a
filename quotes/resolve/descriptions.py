"""Whom a description means: "the senator", "the GOP nominee", "the London-based rights group".

In: a described `Source`, the `Cast`, and who spoke before. Out: the entity with a probability, or nobody. It is a
module because descriptions are known again by the words that the article itself uses of somebody.
"""

from __future__ import annotations

import re
from itertools import islice

from quotes.records import SpeakerKind
from quotes.resolve.cast import Cast
from quotes.resolve.entity import Entity, title_gender
from quotes.resolve.phrases import Sort
from quotes.resolve.professions import exclude, professions
from quotes.resolve.references import MAX_CANDIDATES, Spoken, choose
from quotes.resolve.sources import Source, for_holder
from quotes.text.names import plain, same_office
from quotes.text.page import Page
from quotes.text.words import MEDIA, MEMBERS, PEOPLE_WORDS, ROLES, places, word_set

OFFICES_AND_FAME = frozenset(
    [
        "senator",
        "representative",
        "governor",
        "candidate",
        "nominee",
        "president",
        "mayor",
        "businessman",
        "businesswoman",
        "billionaire",
        "mogul",
        "tycoon",
        "secretary",
        "minister",
        "frontrunner",
        "front-runner",
        "democrat",
        "republican",
        "actor",
        "actress",
        "singer",
        "author",
        "director",
        "filmmaker",
        "chancellor",
        "premier",
        "general",
        "colonel",
        "politician",
        "contender",
        "hopeful",
        "star",
        "developer",
        "magnate",
        "rapper",
        "congressman",
        "congresswoman",
        "lawmaker",
        "libertarian",
        "socialist",
        "incumbent",
        "challenger",
        "veteran",
        "texan",
        "standard-bearer",
    ]
)
PARTIES = frozenset(
    ["republican", "democratic", "democrat", "gop", "conservative", "labour", "liberal", "libertarian", "green"]
)
PEOPLE_OF = re.compile(
    r"\b(?P<phrase>(?P<noun>[a-z]+s) of [^,.;:“”\"\n]{3,80}?)"
    r"(?= (?:at|on|in|who|have|had|has|were|was|are|said|and) |[,.;\n])"
)
MAX_GROUP_BACK = 300  # characters before "the group" in which its people are described
# How often the person chosen is right, for one who is sure to be named: by what the description says.
FAMED, SAME_AGE, SOMEBODY = 0.8, 0.85, 0.6
LATER = 0.8
SOMEBODY_NEW = re.compile(r"[^,.;:]{1,60}(?:, an? | who | whose )")  # "the owner, a gem merchant"
ONE = re.compile(r"(?:one|another|some|each|every) ", re.IGNORECASE)
MAX_OPENING = 4  # paragraphs of an article that may call somebody by an office before the name is given
MAX_BACK = 80  # mentions before a description among which its person is looked for
ANY_BODY = frozenset(
    [
        "group",
        "organisation",
        "organization",
        "company",
        "firm",
        "agency",
        "party",
        "union",
        "charity",
        "outlet",
        "newspaper",
        "paper",
        "site",
        "website",
        "network",
        "magazine",
        "broadcaster",
        "channel",
        "regulator",
        "watchdog",
        "think-tank", "bank", "lender", "airline", "chain", "retailer", "carrier", "utility", "operator", "insurer",
        "manufacturer", "developer", "brand", "federation", "association", "body", "club", "school", "trust", "railway",
        "miner", "brewer", "supplier", "publisher", "startup", "start-up", "institute", "university", "co-op",
        "co-operative",
    ]
)  # fmt: skip
HIM_OR_HER = {
    Sort.HE: re.compile(r"\bhim\b"),
    Sort.SHE: re.compile(r"\bher(?=[,.;]| (?:to|that|whether|if|not|she|what|how|when|the|a|on|in|at|for|of)\b)"),
}  # "A clerk advised her to wait. She refused."
SOME_BODY = 0.6
CHILDREN = word_set("boy girl child baby toddler schoolboy schoolgirl pupil teenager")
NEVER_NAMED = word_set("source insider")
NATURES = word_set(
    "union guild federation association council court ministry police party university college school commission "
    "committee department government parliament trust bank hospital board tribunal academy army institute"
)
PRESS = word_set(
    "times post herald tribune journal guardian telegraph gazette courier standard examiner observer ledger dispatch "
    "echo mail mirror chronicle argus bulletin news"
)
"""Words that the names of papers end in."""
PUBLISHERS = MEDIA | word_set("company group publisher organisation organization")
WIDE_NOUNS = word_set("group organisation organization body agency regulator watchdog charity think-tank side")


def person_meant(cast: Cast, source: Source, spoken: Spoken) -> tuple[Entity | None, float]:
    """The person whom the article describes so; for an office nobody is said to hold, the likeliest who may hold it."""
    if ONE.match(cast.layout.text, source.start) or for_holder(cast.layout.text, source.start):
        return None, 0.0  # "another trader" is none of those named
    head = same_office(source.head)
    wanted = {plain(w) for w in source.phrase.split()} - {source.head}
    near = list(dict.fromkeys(e for _, e in islice(cast.backwards(source.start), MAX_BACK)))
    people = [e for e in near if e.kind is SpeakerKind.PERSON] or [
        e for _, e in cast.between(source.start, source.start + MAX_BACK) if e.kind is SpeakerKind.PERSON
    ]
    fits = [e for e in people if head in {same_office(w) for w in e.described} and not _elsewhere(e, wanted)]
    if head in MEMBERS:
        fits = [e for e in fits if wanted <= e.described]  # a party has many: "the Utah Republican" is of Utah
    text = cast.layout.text
    bare = text.startswith(":", source.end) or cast.layout.headed(source.start)  # "Mayor: A desk and a dead fern."
    if fits and (source.definite or bare):
        best = max(fits, key=lambda e: (len(wanted & e.described), e is spoken.last))
        return best, 0.9 if len(fits) == 1 and wanted <= best.described else 0.75
    later = _introduced_later(cast, source, head)
    if later:
        return later, LATER
    words = source.phrase.split() or [""]
    if head in NEVER_NAMED or not source.definite or words[-1][:1].isupper() or SOMEBODY_NEW.match(text, source.start):
        return None, 0.0  # "the Environment Secretary": an office that nobody here is said to hold
    able = [e for e in people if not _elsewhere(e, wanted) and _may_be(e, head)]
    choice = choose(cast, source.start, "person", spoken, able[:MAX_CANDIDATES])
    sure = FAMED if head in OFFICES_AND_FAME else SAME_AGE if source.head[:1].isdigit() else SOMEBODY
    return choice.entity, sure * choice.probability


def _may_be(entity: Entity, head: str) -> bool:
    """Whether somebody may be what the article does not call him: no boy has an office."""
    known, own = professions(head), frozenset[str]().union(*map(professions, entity.described))
    if known and own and exclude(known, own):
        return False  # a fisherman is not "the minister"
    return head not in CHILDREN or not entity.described & ROLES


def goes_on(cast: Cast, described: Source, pronoun: Source) -> bool:
    """Whether "she" may be "a spokeswoman" who spoke last, unnamed: in one paragraph, with nobody named between."""
    text, start, end = cast.layout.text, described.start, pronoun.start
    if described.sort is not Sort.PERSON or start > end or HIM_OR_HER[pronoun.sort].search(text, start, end):
        return False
    gender = title_gender(described.phrase.split())
    if gender and gender != {Sort.HE: "m", Sort.SHE: "f"}[pronoun.sort]:
        return False
    named = any(e.kind is SpeakerKind.PERSON for _, e in cast.between(described.end, end))
    return not named and cast.layout.paragraph(start) == cast.layout.paragraph(end)


def _introduced_later(cast: Cast, source: Source, head: str) -> Entity | None:
    """Who is named only later, with the office that a headline or first sentence gives: "Coroner: ..."."""
    if cast.layout.paragraph(source.start) > MAX_OPENING:
        return None
    held = cast.holders(head)
    if len(held) != 1:
        return None
    later = [e for e in held if e.mentions and e.mentions[0].start > source.start]
    return later[0] if later else None


def _elsewhere(entity: Entity, wanted: set[str]) -> bool:
    """Whether the description names one place or party and the person is known to be of another."""
    return any(
        wanted & kind and entity.described & kind and not wanted & entity.described for kind in (places(), PARTIES)
    )


def body_meant(cast: Cast, source: Source, spoken: Spoken) -> tuple[Entity | None, float]:
    """The body that has the noun in its name, or the last one that spoke."""
    if source.owner or source.owner_pronoun or not source.definite:
        return None, 0.0
    last = spoken.last
    body = last and last.kind in (SpeakerKind.ORGANISATION, None) and _near(cast, spoken, source)
    one = source.head in ANY_BODY and can_be(last, source.head) if last else False
    if last and body and (one or source.head in last.name.casefold().split()):
        return last, 0.75
    words = [plain(w) for w in source.phrase.split()]
    full = [e for e in cast.body_called(source.head) if all(w in e.name.casefold() for w in words)]
    if full:
        return _nearest(full, source.start), 0.8
    if source.head not in ANY_BODY or len(words) > 1:
        return None, 0.0
    before = (e for _, e in islice(cast.backwards(source.start), MAX_BACK))
    able = [
        e
        for e in dict.fromkeys(before)
        if e.kind is SpeakerKind.ORGANISATION and not e.place and can_be(e, source.head)
    ]
    choice = choose(cast, source.start, "it", spoken, able[:MAX_CANDIDATES])
    return choice.entity, SOME_BODY


def can_be(entity: Entity, noun: str) -> bool:
    """Whether a body's own name does not make it something else: no union is "the company"."""
    if is_press(entity):
        return noun in PUBLISHERS
    own = NATURES & {plain(word) for word in entity.name.split()}
    return not own or noun in own or noun in WIDE_NOUNS


def is_press(entity: Entity) -> bool:
    """Whether a body's name is that of a paper."""
    return entity.kind is not SpeakerKind.PERSON and plain(entity.name.split()[-1]) in PRESS


def press_meant(cast: Cast, source: Source) -> Entity | None:
    """The paper named last before "the paper"."""
    if not source.definite or source.phrase.casefold() != source.head or source.head not in MEDIA:
        return None
    return next((e for _, e in islice(cast.backwards(source.start), MAX_BACK) if is_press(e)), None)


def people_before(layout: Page, at: int) -> str | None:
    """The people just described whom "the group" means: "members of the Sark choir"."""
    before = layout.text[max(0, at - MAX_GROUP_BACK) : at]
    found = [m for m in PEOPLE_OF.finditer(before) if m["noun"] in PEOPLE_WORDS]
    return found[-1]["phrase"] if found else None


def _nearest(entities: list[Entity], at: int) -> Entity:
    return min(entities, key=lambda e: abs(at - e.mentions[0].start))


def _near(cast: Cast, spoken: Spoken, source: Source) -> bool:
    return cast.layout.paragraph(source.start) - cast.layout.paragraph(spoken.at) <= 2
