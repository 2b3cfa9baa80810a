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
    MAX_FAR_BACK,
    body_in,
    body_linked,
    body_of_office,
    body_of_rank,
    common_body,
    employer,
    firm_name,
    is_place,
    taken_for_body,
)
from quotes.resolve.cast import Cast
from quotes.resolve.entity import Entity, gender_of
from quotes.resolve.mentions import Mention
from quotes.resolve.phrases import head_of
from quotes.resolve.roles import LINKS, MAX_BEFORE, belongs, is_office, role_in, segment_end, titles_read
from quotes.resolve.sources import CALLED as NAMED
from quotes.resolve.traits import enter_traits
from quotes.text.names import is_acronym, is_role, plain, same_office
from quotes.text.page import Page
from quotes.text.words import HONORIFICS, KNOWN_BODIES, NOT_NAMES, PREPOSITION, ROLES, ROLES_ALONE, TEAM, TITLES

MAX_LOOKED_AT = 12  # mentions of one person in which its role is looked for
MAX_FOR_OFFICES = 50  # mentions in which more offices are looked for, which change nothing of the role
MAX_AGAIN = 6  # mentions before a description among which its person is looked for
NO_OFFICES = frozenset({"accused", "count", "murder"})  # "Trump accused": verbs and deeds that are spelt as offices are
MAX_RANKS = 30  # characters of titles in front of the name that a description belongs to
MAX_APPOSED = 110  # characters of a description in front of a name and its comma
AFTER = re.compile(r"(?: [A-Z]{2,4}\b)?(?:\s?\([^()]{1,40}\))?,?(?:\s\d{1,3},)?\s(?=\S)")
WAS = re.compile(r"who (?:as an? [\w ]{1,30} )?(?:is|was|serves as|served as|works as|worked as) ")
LINK = re.compile(rf" (?:{'|'.join(sorted(LINKS))})(?= )")
SMALL_FIELD = re.compile(r" of [a-z]+ ")
FIELD = re.compile(r" \w+ (?:(?:[A-Z][\w.’'&-]*|of|for|the|and|in) )+")  # of an office
BYLINE_END = re.compile(r"\s*(?:[,;:.(\n]|$)")
CLUB = re.compile(r"(?: \([A-Z][\w-]*\))? (?:[a-z][\w-]* ){1,4}")
SERVES = re.compile(r"\b(?:for|at|in|of|with)\s+(?=(?:the\s+)?(?:\w+\s+)?[A-Z])")
OF_BODY = re.compile(
    r",?\s(?:of|from|at|with)\s+(?:the\s+)?(?=[A-Z]|\w+ (?:police|army|ministry|council|union|office))"
)
HEADS = re.compile(r"who (?:heads|leads|runs|chairs|directs|manages|founded|represents|speaks for|works for|works at) ")
HOLDS = re.compile(
    r"\b(?:serv|work|act|position|post|role|job|term|tenure|years?|stint|elected|appointed|sworn|resign|retire|confirm"
    r"|took over|takes over|joined|hired)[^.;,“”\"\n]{0,50}? as (?=[a-z])"
)
CALLED = re.compile(rf"\b(?P<what>(?:[Aa]n?|[Oo]ne|[Aa]nother) (?:[\w-]+ ){{0,4}}?[\w-]+),? (?:who )?{NAMED.pattern}")
SUBJECT = re.compile(r"(?:He|She) ")
BRACKETED = re.compile(r" \((?!(?:[RDI]|Lab|Con)[-) ])[A-Z][^()]{1,60}\)")
IS_A = re.compile(r"(?:, \d{1,3},)? (?:is|was|has been|became) (?=(?:an?|the|its|their|one of the) )")
DESCRIBED = re.compile(
    r"(?:^|(?<=[\s“\"]))(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[\w.-]+[’']s)\s"
)
AGAIN = re.compile(
    r"\bThe ((?:[\w-]+ ){0,3}?[\w-]+)(?= (?:[a-z]+s|[a-z]+ed|has|had|was|said|told|made|also|went) )"
    r"|\bthe ((?:[\w-]+ ){0,3}?(?:nominee|candidate|front-runner|frontrunner|senator|governor|billionaire"
    r"|businessman|mogul|director"
    r"|congressman|congresswoman|mayor|president|secretary|minister|leader))\b(?!,? [A-Z]| of | for | in chief|[’'])"
)


def enter_profiles(cast: Cast) -> None:
    """Find role and organisation of every person, and the words that it is described with."""
    for entity in cast.entities:
        if entity.kind is SpeakerKind.PERSON:
            for mention in entity.mentions[:MAX_LOOKED_AT]:
                known = entity.role
                for way in WAYS:
                    _enter(entity, *way(cast, mention))
                _enter(entity, None, employer(cast, mention))
                if entity.role and entity.role != known and not entity.organisation:
                    entity.organisation = body_of_office(cast, entity.role, mention.whole)
    _holders(cast)
    _known_again(cast)
    for entity in cast.entities:
        entity.gender = gender_of(entity)
        if entity.kind is SpeakerKind.PERSON:
            entity.organisation = entity.organisation or body_of_rank(cast, entity.described)
            for mention in entity.mentions[MAX_LOOKED_AT:MAX_FOR_OFFICES]:
                told = (way(cast, mention)[0] for way in WAYS)
                entity.offices.update((role, None) for role in told if role and _says_what(role))
    enter_traits(cast)


def _enter(entity: Entity, role: str | None, organisation: str | None) -> None:
    """The first role counts, unless it was a bare title and a description follows; the first body."""
    if role:
        entity.described.update(plain(word) for word in role.split())
        if not entity.role or (plain(entity.role) in TITLES and role != role.capitalize()):
            entity.role = role
        if entity.role == role or _says_what(role):
            entity.offices[role] = None
    own = organisation and plain(organisation.split()[-1]) == plain(entity.name.split()[-1])
    if not entity.organisation and not own:
        entity.organisation = organisation


def _says_what(role: str) -> bool:
    """Whether the noun of a description says what somebody is: no "night's Republican debate"."""
    head = head_of(role.split())
    return (is_role(head) or head in TITLES) and head not in NO_OFFICES


def _before(cast: Cast, mention: Mention) -> tuple[str | None, str | None]:
    """Titles and description in front of a name: "Oversight Chairman", "police commander Colonel"."""
    layout = cast.layout
    titles = [word for word in mention.titles if plain(word) not in HONORIFICS]
    name = layout.word_at(mention.whole)
    if not titles and not (name and _is_office_at(layout, name - 1, mention.whole)):
        return None, None
    first = _first_word(layout, name if titles else name - 1)
    texts = [word.text for word in layout.words[first:name]] + titles
    while texts and not is_office(texts):
        texts.pop()
    if len(texts) > 1 and plain(texts[-1]) in TITLES and plain(texts[-2]) in ROLES and texts[-2].islower():
        texts.pop()  # "army commander Colonel": the rank adds nothing to the role
    return titles_read(cast, texts, layout.words[first].start) if texts else (None, None)


def _is_office_at(layout: Page, last: int, edge: int) -> bool:
    """Whether a word right in front of a place is, or ends, an office."""
    words = layout.words[max(0, last - 1) : last + 1]
    return layout.text[words[-1].end : edge] == " " and is_office([word.text for word in words])


def _first_word(layout: Page, noun: int) -> int:
    """The word that the description of an office begins with."""
    first = noun
    while (
        first
        and noun - first < MAX_BEFORE
        and layout.text[layout.words[first - 1].end : layout.words[first].start] == " "
    ):
        if not belongs(layout, first - 1):
            break
        first -= 1
    return first


def _office_of(cast: Cast, mention: Mention) -> tuple[str | None, str | None]:
    """Office and its field right in front of a name: "Minister for Health Bo Ash", "White House chief of staff Lee"."""
    layout, titled = cast.layout, TITLES | HONORIFICS
    end = mention.whole if titled & set(map(plain, mention.titles)) else mention.start
    opening = max(layout.sentence_start(end), end - MAX_APPOSED)
    before = layout.text[opening:end]
    if is_office(before.split()[-2:]):
        return None, None  # "a spokesman for the actor Bo Ash"
    for link in LINK.finditer(before):
        office = before[: link.start()].split()[-2:]
        if is_office(office) and plain(office[-1]) not in ROLES_ALONE and _is_field(before[link.start() :]):
            first = _first_word(layout, layout.word_at(opening + link.start()) - 1)
            return role_in(cast, layout.words[first].start, end - 1)
    return None, None


def _is_field(words: str) -> bool:
    """Whether words up to a name say what an office is of: " of staff ", " to the United Nations ", not " for Mr. "."""
    named = any(word[0].isupper() and plain(word) not in TITLES | HONORIFICS for word in words.split())
    return bool(SMALL_FIELD.fullmatch(words) or (named and FIELD.fullmatch(words)))


def _club(cast: Cast, mention: Mention) -> tuple[str | None, str | None]:
    """Body and role right in front of a name: "Millers' Union of Zambia spokesperson Abdul Ash"."""
    text = cast.layout.text
    for body, entity in reversed(cast.between(mention.whole - MAX_APPOSED, mention.whole)):
        words = text[body.end : mention.whole]
        role = words.split()
        able = CLUB.fullmatch(words) and not any(plain(w) in NOT_NAMES for w in role) and is_role(role[-1])
        able = able and not (is_place(entity) and plain(role[-1]) not in TEAM) and firm_name(cast, entity)
        if able and taken_for_body(entity):
            return " ".join(role), entity.name
        break
    return None, None


def _called(cast: Cast, mention: Mention) -> tuple[str | None, str | None]:
    """The description in "a substitute clerk named Bo Ash", "a camper, who gave her name as Dot"."""
    opening = max(cast.layout.sentence_start(mention.whole), mention.whole - MAX_APPOSED)
    match = CALLED.search(cast.layout.text, opening, mention.whole)
    return role_in(cast, match.start(), match.end("what")) if match and match.end() == mention.whole else (None, None)


def _holders(cast: Cast) -> None:
    """Who "rose to power as the attorney general": the person, or the pronoun, that the sentence begins with."""
    layout = cast.layout
    for match in HOLDS.finditer(layout.text):
        role, _ = role_in(cast, match.end(), segment_end(cast, match.end()))
        opening = layout.sentence_start(match.start())
        pronoun = SUBJECT.match(layout.text, opening)
        near = islice(cast.backwards(opening if pronoun else match.start()), MAX_FAR_BACK)
        mention, entity = next(((m, e) for m, e in near if e.kind is SpeakerKind.PERSON), (None, None))
        if not role or not mention or not entity:
            continue
        if not pronoun and mention.whole != opening and not layout.text.startswith((" who ", ", who "), mention.end):
            continue
        if layout.paragraph(mention.start) == layout.paragraph(opening):
            _enter(entity, role, None)


def _behind(cast: Cast, mention: Mention) -> tuple[str | None, str | None]:
    """The apposition behind a name: ", executive director of the alliance,"; or "who heads the institute"."""
    text = cast.layout.text
    match = AFTER.match(text, mention.end)
    of = OF_BODY.match(text, mention.end)
    copula = IS_A.match(text, mention.end)
    if copula:
        return role_in(cast, copula.end(), segment_end(cast, copula.end()))
    bracketed = BRACKETED.match(text, mention.end)
    if bracketed:
        return None, body_in(cast, bracketed.start() + 2, bracketed.end())
    if of:
        return None, _of_body(cast, of)
    if not match or "," not in match.group():
        return None, None
    at = match.end()
    heads = HEADS.match(text, at)
    if heads:
        led = _led(cast, heads.end())
        return ("head" if led else None), led
    if text.startswith("who ", at) and not WAS.match(text, at):
        serves = SERVES.search(text, at, segment_end(cast, at))
        return None, body_in(cast, serves.end(), segment_end(cast, at)) if serves else None
    was, end = WAS.match(text, at), segment_end(cast, at)
    if _of_next(cast, mention, end):
        return None, None
    role, body = role_in(cast, was.end() if was else at, end, new=True)
    return role, body or (_body_after(cast, end) if role else None)


def _of_body(cast: Cast, of: re.Match[str]) -> str | None:
    """The body behind a name and "of": "Ann Lee of the Sark Choir"."""
    end = segment_end(cast, of.end())
    named = body_linked(cast, of.start(), end) or body_in(cast, of.end(), end)
    if named and " " not in named and not is_acronym(named) and plain(named) not in KNOWN_BODIES:
        return None  # "Hector Ash of Tiree": a place that no list has
    return named or common_body(cast.layout.text[of.end() : end].split())


def _led(cast: Cast, start: int) -> str | None:
    """The body behind "who heads"."""
    end = segment_end(cast, start)
    article = ARTICLE.match(cast.layout.text[start:end])
    first = start + (article.end() if article else 0)
    led = body_in(cast, start, first + 1) or common_body(cast.layout.text[first:end].split())
    return led or (body_linked(cast, first, end) if article else None)  # "who runs the food bank at St. Jude’s"


def _of_next(cast: Cast, mention: Mention, end: int) -> bool:
    """Whether a description belongs to the name behind it: "According to Ash, the minister, Bo Lee, called ..."."""
    opening = cast.layout.text[cast.layout.sentence_start(mention.whole) : mention.whole].split()
    followed = any(
        entity.kind is SpeakerKind.PERSON and m.whole == end + 2 for m, entity in cast.between(end, end + MAX_RANKS)
    )
    return followed and bool(opening) and opening[0].casefold() in PREPOSITION | {"according"}


def _body_after(cast: Cast, at: int) -> str | None:
    """The body behind an office and a comma: "Milo Ash, vice president, Harrow Telecom:"."""
    after = cast.between(at + 2, at + 3) if cast.layout.text.startswith(", ", at) else []
    return body_in(cast, at + 2, at + 3) if any(BYLINE_END.match(cast.layout.text, m.end) for m, _ in after) else None


def _apposed_before(cast: Cast, mention: Mention) -> tuple[str | None, str | None]:
    """The description in front of a name and its comma: "The mayor of Sark, Ines Okoro"."""
    text = cast.layout.text
    opening = max(cast.layout.sentence_start(mention.whole), mention.whole - MAX_APPOSED)
    before = text[opening : mention.whole]
    if not before.endswith(", "):
        return None, None
    start = max((before.rfind(mark, 0, -2) for mark in ',.;:“”"()'), default=-1) + 1
    for match in DESCRIBED.finditer(before, start):
        role, body = role_in(cast, opening + match.start(), mention.whole - 2)
        if role:
            return role, body
    for body_mention, entity in cast.between(opening + start, mention.whole - 2)[:1]:
        role, body = role_in(cast, body_mention.whole, mention.whole - 2)
        if role and body == entity.name:
            return role, body  # "Channel Two presenter, Bo Ash"
    return None, None


def _known_again(cast: Cast) -> None:
    """ "The director says": the role of the person named last in that paragraph or the one before, if none is known."""
    layout = cast.layout
    for match in AGAIN.finditer(layout.text):
        role = match[1] or match[2]
        if (match[1] and not layout.opens(match.start())) or not is_role(role.split()[-1]):
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


WAYS = (_office_of, _club, _before, _behind, _apposed_before, _called)
"""All that may stand beside a name and say what its bearer is."""
