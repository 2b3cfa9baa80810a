"""What the article says of its people: office, description, and the body they belong to or speak for.

In: the `Cast` of an article. Out: role and organisation entered with each person. It is a module because a role is
given once, before the name or behind it, often far from any quote.
"""

from __future__ import annotations

import re
from itertools import islice

from quotes.records import SpeakerKind
from quotes.resolve.bodies import (
    ARTICLE,
    LEADING,
    body_again,
    body_in,
    body_linked,
    body_of_noun,
    body_of_office,
    body_of_owner,
    body_of_rank,
    common_body,
    employer,
    firm_name,
    is_place,
    is_place_name,
    taken_for_body,
)
from quotes.resolve.cast import Cast
from quotes.resolve.entity import Entity, gender_of
from quotes.resolve.layout import Word
from quotes.resolve.lexicon import (
    COMMON_BODIES,
    HONORIFICS,
    KNOWN_BODIES,
    MODIFIERS,
    NO_AGENTS,
    NO_ROLES,
    NOT_NAMES,
    ROLES,
    ROLES_ALONE,
    SINGLE_PEOPLE,
    TITLES,
    word_set,
)
from quotes.resolve.mentions import Mention
from quotes.resolve.names import is_acronym, is_body, plain, same_office

MAX_LOOKED_AT = 12  # mentions of one person in which its role is looked for
MAX_AGAIN = 6  # mentions before a description among which its person is looked for
MAX_APPOSED = 110  # characters of a description in front of a name and its comma
MAX_BEFORE = 8  # words of a description before the name
MODIFIER = re.compile(r"(?:al|ial|ic|ive|ary|time|ian|can|ior|ief|based)$")
AFTER = re.compile(r"(?: [A-Z]{2,4}\b)?(?:\s?\([^()]{1,40}\))?,?(?:\s\d{1,3},)?\s(?=\S)")
SEGMENT_END = re.compile(r"[.,;:](?=\s*$)|[,;:–—()“”\"\n]|--|\s(?:who|whose|which|that|said|says|told)\s")
# Who plays for a team, which may bear the name of a town.
TEAM = word_set(
    "captain coach skipper striker goalkeeper midfielder defender forward winger lock halfback fullback flanker hooker "
    "prop wicketkeeper batter batsman bowler opener manager"
)
# Offices that are held in a place, and for no body.
PLACE_OFFICES = word_set(
    "mayor governor premier minister president king queen prince princess duke duchess sheriff bishop archbishop mp"
)
LINKS = word_set("of for at with on in from to")
WAS = re.compile(r"who (?:is|was|serves as|served as|works as|worked as) ")
CLUB = re.compile(r"(?: \([A-Z][\w-]*\))? (?:[a-z][\w-]* ){1,4}")
SERVES = re.compile(r"\b(?:for|at|in|of|with)\s+(?=(?:the\s+)?(?:\w+\s+)?[A-Z])")
OF_BODY = re.compile(
    r",?\s(?:of|from|at|with)\s+(?:the\s+)?(?=[A-Z]|\w+ (?:police|army|ministry|council|union|office))"
)
HEADS = re.compile(r"who (?:heads|leads|runs|chairs|directs|manages|founded|represents|speaks for|works for|works at) ")
BRACKETED = re.compile(r" \((?!(?:[RDI]|Lab|Con)[-) ])[A-Z][^()]{1,60}\)")
IS_A = re.compile(r"(?:, \d{1,3},)? (?:is|was|has been|became) (?=(?:an?|the|its|their|one of the) )")
DESCRIBED = re.compile(
    r"(?:^|(?<=[\s“\"]))(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[\w.-]+[’']s)\s"
)
PERSON_NOUN = re.compile(
    r"(?:\w[^aeiou]er|\w[^aeiou]or|\wtor|ist|ian|man|woman|crat|eer|preneur|person|master|mistress|smith)$"
)
AGAIN = re.compile(
    r"\bThe ((?:[\w-]+ ){0,3}?[\w-]+)(?= (?:[a-z]+s|[a-z]+ed|has|had|was|said|told|made|also|went) )"
    r"|\bthe ((?:[\w-]+ ){0,3}?(?:nominee|candidate|front-runner|frontrunner|senator|governor|billionaire"
    r"|businessman|mogul|director"
    r"|congressman|congresswoman|mayor|president|secretary|minister|leader))\b(?!,? [A-Z]| of | for | in chief|[’'])"
)
POSSESSED = re.compile(r"^(?:(?!(?:of|for|at|with|on|in|from|to)\s)\S+ ){0,4}?\S+[’']s?\s(?=\S)")


def enter_profiles(cast: Cast) -> None:
    """Find role and organisation of every person, and the words that it is described with."""
    for entity in cast.entities:
        if entity.kind is SpeakerKind.PERSON:
            for mention in entity.mentions[:MAX_LOOKED_AT]:
                _enter(entity, *_club(cast, mention))
                _enter(entity, *_before(cast, mention))
                _enter(entity, *_behind(cast, mention))
                _enter(entity, *_apposed_before(cast, mention))
                _enter(entity, None, employer(cast, mention))
                if entity.role and not entity.organisation:
                    entity.organisation = body_of_office(cast, entity.role, mention.whole)
    _known_again(cast)
    for entity in cast.entities:
        entity.gender = gender_of(entity)
        if entity.kind is SpeakerKind.PERSON:
            entity.organisation = entity.organisation or body_of_rank(cast, entity.described)


def _enter(entity: Entity, role: str | None, organisation: str | None) -> None:
    """The first role counts, unless it was a bare rank; the first body."""
    if role:
        entity.described.update(plain(word) for word in role.split())
        if not entity.role or (" " in role and plain(entity.role) in TITLES):
            entity.role = role
    entity.organisation = entity.organisation or organisation


def _before(cast: Cast, mention: Mention) -> tuple[str | None, str | None]:
    """Titles and description in front of a name: "Oversight Chairman", "police commander Colonel"."""
    layout = cast.layout
    words = [Word(w, 0, 0) for w in mention.titles if plain(w) not in HONORIFICS]
    i = layout.word_at(mention.whole) - 1
    edge = mention.whole
    while i >= 0 and len(words) < MAX_BEFORE:
        word = layout.words[i]
        if layout.text[word.end : edge] != " " or not _belongs(word, words):
            break
        words.insert(0, word)
        edge = word.start
        i -= 1
    texts = [word.text for word in words]
    while texts and not _is_role(texts[-1]):
        texts.pop()
    if not texts:
        return None, None
    if len(texts) > 1 and plain(texts[-1]) in TITLES and plain(texts[-2]) in ROLES and texts[-2].islower():
        texts.pop()  # "army commander Colonel": the rank adds nothing to the role
    return _split(cast, texts, edge)


def _club(cast: Cast, mention: Mention) -> tuple[str | None, str | None]:
    """Body and role right in front of a name: "Millers' Union of Zambia spokesperson Abdul Ash"."""
    text = cast.layout.text
    for body, entity in reversed(cast.between(mention.whole - MAX_APPOSED, mention.whole)):
        words = text[body.end : mention.whole]
        role = words.split()
        able = CLUB.fullmatch(words) and not any(plain(w) in NOT_NAMES for w in role) and _is_role(role[-1])
        able = able and not (is_place(entity) and plain(role[-1]) not in TEAM) and firm_name(cast, entity)
        if able and taken_for_body(entity):
            return " ".join(role), entity.name
        break
    return None, None


def _belongs(word: Word, words: list[Word]) -> bool:
    """Whether a word still belongs to the description behind it."""
    low = plain(word.text)
    if not words:
        return _is_role(word.text)
    if word.text.endswith(("’s", "'s")):
        return False
    return (
        (word.capital and low not in NOT_NAMES)
        or low in ROLES
        or (low in MODIFIERS or low in COMMON_BODIES or "-" in word.text or bool(MODIFIER.search(low)))
    )


def _split(cast: Cast, texts: list[str], at: int) -> tuple[str, str | None]:
    """Role and body of "PolitiFact Executive Director": the body is the name in front of the role."""
    last = len(texts) - 1
    while last and plain(texts[last - 1]) in ROLES:
        last -= 1
    first = next((i for i, text in enumerate(texts) if text[0].isupper() and plain(text) not in LEADING), last)
    bodies = [(cut, texts[first:cut]) for cut in range(last, first, -1)]
    for cut, body in bodies:
        known = cast.named(" ".join(body)) if len(body) > 1 or plain(body[0]) not in COMMON_BODIES else None
        strange = known and len(body) > 1 and texts[cut].islower() and taken_for_body(known)
        able = known and (known.kind is SpeakerKind.ORGANISATION or strange)
        if known and able and (not is_place(known) or plain(texts[-1]) in TEAM) and firm_name(cast, known):
            return " ".join(texts[cut:]), known.name
    if last and plain(texts[last - 1]) in COMMON_BODIES and last - first <= 1:
        named = body_of_noun(cast, texts[last - 1], at)
        return " ".join(texts[last:] if texts[0][0].isupper() else texts), named
    ending = [(cut, body) for cut, body in bodies if plain(body[-1]) in COMMON_BODIES]
    for cut, body in ending or [(cut, body) for cut, body in bodies if is_body(body)]:
        if len(body) > 1 or not is_place_name(body[0]):
            return " ".join(texts[cut:]), " ".join(body)
    return " ".join(texts), None


def _behind(cast: Cast, mention: Mention) -> tuple[str | None, str | None]:
    """The apposition behind a name: ", executive director of the alliance,"; or "who heads the institute"."""
    text = cast.layout.text
    match = AFTER.match(text, mention.end)
    of = OF_BODY.match(text, mention.end)
    copula = IS_A.match(text, mention.end)
    if copula:
        return _role_in(cast, copula.end(), _segment_end(cast, copula.end()))
    bracketed = BRACKETED.match(text, mention.end)
    if bracketed:
        return None, body_in(cast, bracketed.start() + 2, bracketed.end())
    if of:
        end = _segment_end(cast, of.end())
        named = body_linked(cast, of.start(), end) or body_in(cast, of.end(), end)
        if named and " " not in named and not is_acronym(named) and plain(named) not in KNOWN_BODIES:
            return None, None  # "Hector Ash of Tiree": a place that no list has
        return None, named or common_body(text[of.end() : end].split())
    if not match or "," not in match.group():
        return None, None
    at = match.end()
    heads = HEADS.match(text, at)
    if heads:
        end = _segment_end(cast, at)
        led = body_in(cast, heads.end(), end) or common_body(ARTICLE.sub("", text[heads.end() : end]).split())
        return ("head" if led else None), led
    if text.startswith("who ", at) and not WAS.match(text, at):
        serves = SERVES.search(text, at, _segment_end(cast, at))
        return None, body_in(cast, serves.end(), _segment_end(cast, at)) if serves else None
    was = WAS.match(text, at)
    return _role_in(cast, was.end() if was else at, _segment_end(cast, at), new=True)


def _apposed_before(cast: Cast, mention: Mention) -> tuple[str | None, str | None]:
    """The description in front of a name and its comma: "The mayor of Sark, Ines Okoro"."""
    text = cast.layout.text
    opening = max(cast.layout.sentence_start(mention.whole), mention.whole - MAX_APPOSED)
    before = text[opening : mention.whole]
    if not before.endswith(", "):
        return None, None
    start = max((before.rfind(mark, 0, -2) for mark in ',.;:“”"()'), default=-1) + 1
    for match in DESCRIBED.finditer(before, start):
        role, body = _role_in(cast, opening + match.start(), mention.whole - 2)
        if role:
            return role, body
    for body_mention, entity in cast.between(opening + start, mention.whole - 2)[:1]:
        role, body = _role_in(cast, body_mention.whole, mention.whole - 2)
        if role and body == entity.name:
            return role, body  # "Channel Two presenter, Bo Ash"
    return None, None


def _known_again(cast: Cast) -> None:
    """ "The director says": the role of the person named last in that paragraph or the one before, if none is known."""
    layout = cast.layout
    for match in AGAIN.finditer(layout.text):
        role = match[1] or match[2]
        if (match[1] and not layout.opens(match.start())) or not _is_role(role.split()[-1]):
            continue
        if " " in role and role.split()[-1][0].isupper():
            continue  # "the Environment Secretary", who need not have been named
        near = list(islice(cast.backwards(match.start()), MAX_AGAIN))
        if any(same_office(role.split()[-1]) in map(same_office, entity.described) for _, entity in near):
            continue  # somebody else is known to hold it
        for mention, entity in near:
            if entity.kind is SpeakerKind.PERSON and (layout.quoted(match.start()) or not layout.quoted(mention.start)):
                if entity.role is None and layout.paragraph(match.start()) - layout.paragraph(mention.start) <= 1:
                    _enter(entity, role, None)
                break


def _is_role(word: str) -> bool:
    """Whether a word says what somebody is."""
    low = plain(word)
    if word in ("major", "general", "private", "conservative", "liberal"):
        return False
    agent = word.islower() and bool(PERSON_NOUN.search(low)) and low not in NO_AGENTS
    return low in ROLES or low in SINGLE_PEOPLE or agent


def _segment_end(cast: Cast, at: int) -> int:
    end = cast.layout.sentence_end(at)
    match = SEGMENT_END.search(cast.layout.text, at, end)
    return match.start() if match else end


def _may_be_role(words: str, tail: list[str], link: int) -> bool:
    """Whether an unknown noun behind a name says what the person is: ", a kuia of the lake"; no day, no deed."""
    head = tail[link - 1] if link else ""
    return words.startswith(("a ", "an ")) and head.isalpha() and head.islower() and head not in NO_ROLES


def _role_in(cast: Cast, start: int, end: int, new: bool = False) -> tuple[str | None, str | None]:
    """Role and body of a description: "the Republican attorney general of Oklahoma".

    `new`: it stands in apposition behind a person's name, where "a" and any noun say what somebody is.
    """
    text = cast.layout.text
    words = " ".join(text[start:end].split())
    body = body_in(cast, start, end)
    owned = POSSESSED.match(words)
    own = owned is not None and body is not None and body in words[: owned.end()]
    tail = ARTICLE.sub("", words[owned.end() :] if owned and own else words).split()
    tail = tail[: next((i for i, word in enumerate(tail) if i and word in ("now", "whose", "who", "as")), len(tail))]
    link = next((i for i, w in enumerate(tail) if w.casefold() in LINKS), len(tail))
    known = any(_is_role(w) for w in tail[max(0, link - 2) : link]) or (new and _may_be_role(words, tail, link))
    if not known or link > MAX_BEFORE or len(tail) > 30:
        return None, None
    if {"the", "a", "an", "that"} & set(tail[:link]):
        return None, None  # a clause: "accused the minister of"
    alone = any(plain(w) in ROLES_ALONE for w in tail[:link])
    body = body or body_of_owner(cast, words, start) or body_again(cast, tail[link:])
    if not body and not alone and not PLACE_OFFICES & {plain(w) for w in tail[:link]}:
        body = body_linked(cast, start, end) or common_body(
            [w for w in tail[link + 1 :] if w not in ("the", "a", "an")]
        )
    named = bool(body) and link < len(tail)
    if named and body and body.split()[0] in tail[link:] and not alone:
        return " ".join(tail[:link]), body
    if body and " ".join(tail[:link]).startswith(body):
        return " ".join(tail[:link]).removeprefix(body).strip() or None, body
    return " ".join(tail), body
