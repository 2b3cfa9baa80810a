"""What sort of phrase names the source: a name, a pronoun, a description, several people, or a paper.

In: the place of a source in the text, and the `Cast`. Out: a `Source`. It is a module because it looks at the phrase
alone; whom a pronoun or a description stands for, the article around it has to tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.records import SpeakerKind
from quotes.resolve.cast import Cast
from quotes.resolve.entity import Entity
from quotes.resolve.mentions import Mention
from quotes.resolve.phrases import AGENT, DETERMINER, ONE_OF, Sort, head_of, is_people, sort_of
from quotes.resolve.together import Together, together
from quotes.text.names import plain, unowned
from quotes.text.words import (
    COMMON_BODIES,
    GROUPS,
    HONORIFICS,
    MODIFIERS,
    PAPERS,
    PREPOSITION,
    ROLES,
    SINGLE_PEOPLE,
    SPEAKING_BODIES,
    TITLES,
    TOPICS,
    places,
    word_set,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source phrase taken apart. `head` is its noun in lower case, `phrase` the words about it, article dropped."""

    sort: Sort
    start: int
    end: int
    phrase: str = ""
    head: str = ""
    entity: Entity | None = None  # whom it names
    mention: Mention | None = None
    owner: Entity | None = None  # "Trump" in "Trump's campaign"
    owner_pronoun: str = ""  # "his" in "his campaign"
    inside: Entity | None = None  # named elsewhere in the phrase: "a study by the Tax Foundation"
    definite: bool = False
    together: Together | None = None


PRONOUNS = {
    "i": Sort.AUTHOR, "me": Sort.AUTHOR, "my": Sort.AUTHOR, "we": Sort.AUTHOR, "our": Sort.AUTHOR, "us": Sort.AUTHOR,
    "he": Sort.HE, "his": Sort.HE, "him": Sort.HE, "himself": Sort.HE,
    "she": Sort.SHE, "her": Sort.SHE, "hers": Sort.SHE, "herself": Sort.SHE,
    "they": Sort.THEY, "their": Sort.THEY, "them": Sort.THEY, "themselves": Sort.THEY,
    "it": Sort.IT, "its": Sort.IT, "itself": Sort.IT,
    "who": Sort.RELATIVE, "which": Sort.RELATIVE, "that": Sort.RELATIVE, "whose": Sort.RELATIVE, "whom": Sort.RELATIVE,
}  # fmt: skip
SHORTENED = re.compile(r"[’'](?:s|ve|re|ll|m|d)$")
FOLLOWS = re.compile(r"\s(?:of|from|at|in|with|for|himself|herself|and (?:his|her|their))\b")
OWNERS = re.compile(r"(his|her|its|their|my|our)\s+", re.IGNORECASE)
TITLED = re.compile(r"[\"“‘'’][^\"”’]+[\"”’]$")  # a title in quotation marks
DEFINITE = re.compile(r"(?:another|the|this|that|these|those|his|her|its|their)\b", re.IGNORECASE)
SET_OFF = re.compile(r", |\s\(|\s[–—-]+\s")  # between a description and the name of whom it describes
# Whoever speaks for somebody, or knows him, is not he: "a spokesman for the prime minister, Kim Jae-won".
FOR_HOLDER = re.compile(
    r"an? [^,.;:\n]{1,60}\b(?:of|for|to|with) (?:the|his|her|their|its) (?:[\w-]+ ){0,4}(?P<noun>[\w-]+)(?=, [A-Z])",
    re.IGNORECASE,
)
AFTER_HEAD = re.compile(r",\s|\s\(|\s[–—-]+\s|\s(?:who|whose|whom|which|that)\s|\sas\s")
ENDING = re.compile(r"[’']s?$")
MADE_BY = word_set("by from of for")
LINKS = MADE_BY | word_set("in on at to about against with between among")
VERBS = word_set("said says say has have had was is are were told tells will would did does wrote added called")
NOUNS = COMMON_BODIES | SPEAKING_BODIES | PAPERS | ROLES | GROUPS | SINGLE_PEOPLE | word_set("aide ally fan spokes")
SUBJECTS = word_set("he she they it i we who which")
CALLED = re.compile(
    r"(?:called|named|known (?:only )?as|by the name of|(?:gave|giving) (?:his|her|their) name (?:only )?as"
    r"|introduces? (?:him|her)self (?:only )?as|identified (?:only )?as)\s+"
)
MAX_APPOSITIONS = 3
MAX_CUT = 30  # characters of titles before a name that a source left out


def read_source(cast: Cast, spans: list[tuple[int, int]]) -> Source:
    """Take a source apart; `spans` are its fragments in order, maybe none."""
    if not spans:
        return Source(Sort.NONE, -1, -1)
    text = cast.layout.text
    start, end = spans[0]
    cut_off = cast.covering(start)
    start = cut_off.whole if cut_off else start
    whole = text[start:end]
    low = SHORTENED.sub("", whole.strip(" \u00a0,.:;\"“”'‘’").casefold())
    subject = low.split(" ", 1)[0]
    if subject in SUBJECTS and not (subject == "that" and low != "that"):
        low = subject
    if low in PRONOUNS:
        return Source(PRONOUNS[low], start, end, low, low)
    several = together(cast, start, end)
    if several:
        return Source(Sort.PEOPLE, start, end, " ".join(whole.split()), definite=True, together=several)
    cut = AFTER_HEAD.search(whole, 1)
    head_end = start + (cut.start() if cut else len(whole))
    return _named(cast, start, head_end, end) or _elsewhere(cast, start, end) or _described(cast, start, head_end, end)


def _named(cast: Cast, start: int, head_end: int, end: int) -> Source | None:
    """A source whose head is a name, in front of an apposition or behind a description."""
    text = cast.layout.text
    found = cast.between(start, head_end)
    if _several(cast, start, head_end, end):
        return None
    for mention, entity in found[:1]:
        follows = FOLLOWS.match(text, mention.end, head_end)
        described = {w.casefold() for w in text[start : mention.whole].split()}
        if follows and entity.kind is SpeakerKind.PERSON and not described & PREPOSITION:
            return Source(Sort.NAME, start, end, text[start:head_end], "", entity, mention, definite=True)
    for mention, entity in found[-1:]:
        behind = _behind(entity, text[mention.end : head_end])
        before = text[start : mention.whole].split()
        prepositions = [w for w in before if w.casefold() in PREPOSITION]
        title = plain(mention.titles[0]) if mention.titles else ""
        of_office = bool(title) and (title in TOPICS or title not in TITLES | HONORIFICS) and len(mention.words) > 1
        after_body = len(found) > 1 and found[-2][0].end + 1 == mention.whole and not found[-2][0].owner
        if (
            not behind
            and (not prepositions or (of_office and before[-1] in ("of", "for")))
            and not (mention.owner and len(found) > 1 and found[0][0] is not mention)
        ):
            return Source(Sort.NAME, start, end, text[start:head_end], "", entity, mention, definite=True)
        office = entity.kind is SpeakerKind.PERSON and len(mention.words) > 1 and not behind and not mention.owner
        if office and (after_body or not _governed(before)):
            return Source(Sort.NAME, start, end, text[start:head_end], "", entity, mention, definite=True)
    return _called(cast, start, end) or _apposed(cast, start, head_end, end)


def _governed(before: list[str]) -> bool:
    """Whether a name belongs to the preposition before it, as in "a lawyer for the actor Ann Lee": no office's end."""
    last = max(i for i, word in enumerate(before) if word.casefold() in PREPOSITION)
    between = [word.casefold() for word in before[last + 1 :]]
    return not between or bool({"the", "a", "an", "his", "her", "its", "their"} & set(between)) or between[-1] == "and"


def _called(cast: Cast, start: int, end: int) -> Source | None:
    """ "A teacher called Bo Ash", "who gave his name as Bo": the name that a description itself gives."""
    text = cast.layout.text
    match = CALLED.search(text, start, end)
    found = cast.between(match.end(), min(end, match.end() + 6)) if match else []
    for mention, entity in found:
        if entity.kind in (SpeakerKind.PERSON, None):
            return Source(Sort.NAME, start, end, text[start:end], "", entity, mention, definite=True)
    return None


def _behind(entity: Entity, words: str) -> str:
    """What stands between a name and the end of a source, without a verb that a detector took in."""
    left = words.strip(" ,.’'s\"”)")
    first = plain(words.split()[0]) if words.split() and words.startswith(" ") else ""
    noun = first in NOUNS or is_people(first) or bool(AGENT.search(first))
    verb = first in VERBS or (first.endswith("ed") and len(first) > 4)
    if first.islower() and not noun and (verb or (entity.kind is SpeakerKind.PERSON and first not in LINKS)):
        return ""
    return left


def _elsewhere(cast: Cast, start: int, end: int) -> Source | None:
    """A name where none was seen, known from the rest of the article: in a headline, or in capitals."""
    name = cast.layout.text[start:end].strip(' ,.:;"“”‘’')
    words = name.split()
    if not words or len(words) > 4 or not all(word[0].isupper() for word in words):
        return None
    entity = cast.exactly(unowned(name))
    return Source(Sort.NAME, start, end, name, "", entity, None, definite=True) if entity else None


def _apposed(cast: Cast, start: int, head_end: int, end: int) -> Source | None:
    """ "The mayor of Sark, Ines Okoro": the name stands behind its description."""
    text = cast.layout.text
    if not SET_OFF.match(text, head_end) or for_holder(text, start):
        return None
    end = max(end, _apposition_end(cast, start, head_end, end))
    head = head_of(DETERMINER.sub("", text[start:head_end]).split())
    one = ONE_OF.match(text, start, head_end)
    if not one and (not head or is_people(head) or head in PAPERS or head == "office"):
        return None
    for mark in list(SET_OFF.finditer(text, start, end))[:MAX_APPOSITIONS]:
        found = _name_at(cast, mark.end(), end)
        if found and (mark[0] == ", " or found[1].kind is SpeakerKind.PERSON):
            mention, entity = found
            return Source(Sort.NAME, start, end, text[start:head_end], head, entity, mention, definite=True)
    return None


def for_holder(text: str, start: int) -> bool:
    """Whether a description of somebody ends in whom he is of or for, who holds an office and is named behind it."""
    match = FOR_HOLDER.match(text, start)
    return bool(match) and plain(match["noun"]) in ROLES  # type: ignore[index]


def _apposition_end(cast: Cast, start: int, head_end: int, end: int) -> int:
    """Where a name ends that a source cut short left out: "a crofter from Tiree" before ", Hector Ash, shouted"."""
    if head_end != end or not cast.layout.text.startswith(", ", end):
        return end
    ahead = cast.between(end + 2, end + MAX_CUT)
    whole = bool(ahead) and ahead[0][0].whole == end + 2 and ahead[0][1].kind is SpeakerKind.PERSON
    return ahead[0][0].end if whole and cast.layout.text.startswith((",", " "), ahead[0][0].end) else end


def _name_at(cast: Cast, at: int, end: int) -> tuple[Mention, Entity] | None:
    """The name that a part of a source begins with, titles and owner before it: "Calderey's Ilse Brandt"."""
    text = cast.layout.text
    at += len(re.match(r"(?:(?:the|a|an|then)\s+)?", text[at:end]).group())  # type: ignore[union-attr]
    found = cast.between(at, end)[:2]
    if len(found) == 2 and found[0][0].owner and found[0][0].whole == at and found[1][0].whole - found[0][0].end <= 3:
        return found[1]
    for mention, entity in found[:1]:
        if not mention.owner and all(
            plain(w) in ROLES | MODIFIERS or AGENT.search(w) for w in text[at : mention.whole].split()
        ):
            return mention, entity
    return None


def _several(cast: Cast, start: int, head_end: int, end: int) -> bool:
    """Whether the phrase names several: "Ann Lee and Bo Ash", "27 states and many cities"."""
    text = cast.layout.text
    joined = re.search(r"\s(?:and|or)\s", text[start:end])
    if not joined:
        return False
    at = start + joined.start()
    if any(m.whole <= at < m.end for m, _ in cast.between(max(0, start - 80), at)):
        return False
    before, after = text[start:at], text[start + joined.end() : end]
    if re.search(r"\b(?:who|which|whose|that|where)\b", before):
        return False
    left, right = cast.between(start, at), cast.between(at, end)
    named_right = bool(right) and right[0][0].whole <= start + joined.end() + 4
    if left and named_right and "," not in before and left[-1][0].end >= at - 1:
        return not any(w in PREPOSITION for w in before[: left[-1][0].whole - start].casefold().split())
    if "," in before and at > head_end:
        return "," in before and not re.search(r", (?:an?|the|\d+)\s", before) and bool(named_right)
    words = DETERMINER.sub("", before).split()
    plural = bool(words) and is_people(head_of(words)) and not any(w in PREPOSITION for w in words)
    own = bool(left) and left[-1][0].end >= at - 1 and not any(w in PREPOSITION for w in words)
    following = DETERMINER.sub("", after).split()
    return (plural or own) and bool(following) and (is_people(head_of(following)) or named_right)


def _described(cast: Cast, start: int, head_end: int, end: int) -> Source:
    """A source that is described: its noun decides what sort of thing it is."""
    text = cast.layout.text
    phrase = " ".join(text[start:head_end].split())
    owner_pronoun = OWNERS.match(phrase)
    words = DETERMINER.sub("", phrase).split()
    head = head_of(words)
    owner = inside = None
    for mention, entity in cast.between(start, end):
        if mention.owner and mention.start < head_end and owner is None:
            owner = entity
        elif (
            inside is None
            and entity.kind is not None
            and not _beside(text[start : mention.whole])
            and mention.name.casefold() not in places()
        ):
            inside = entity
    sort = Sort.PAPER if owner and TITLED.search(phrase) else sort_of(head, words, phrase)
    if _several(cast, start, head_end, end):
        sort, phrase = Sort.PEOPLE, " ".join(text[start:end].split())
    name = ENDING.sub("", DETERMINER.sub("", phrase).strip(" ,")) or phrase
    pronoun = owner_pronoun[1].casefold() if owner_pronoun else ""
    definite = bool(DEFINITE.match(phrase)) or owner is not None or text[max(0, start - 4) : start].casefold() == "the "
    return Source(sort, start, end, name, head, None, None, owner, pronoun, inside, definite)


def _beside(before: str) -> bool:
    """Whether what follows is where a paper stood or what it is about, not who made it: "a study in the journal"."""
    links = [word for word in before.casefold().split() if word in LINKS]
    return bool(links) and links[-1] not in MADE_BY
