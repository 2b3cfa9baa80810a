"""Persons who speak together: "Hal Vane and Ned Vane", "fishermen Cato Blix, Wim Kuyper and Dov Lasker".

In: the place of a source in the text, and the `Cast`. Out: who they are, each an entity, and what they are called
together. Each of them can then be found by name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from quotes.records import Speaker, SpeakerKind
from quotes.resolve.cast import Cast
from quotes.resolve.entity import Entity
from quotes.resolve.mentions import Mention
from quotes.resolve.phrases import DETERMINER, head_of, is_people
from quotes.resolve.professions import professions
from quotes.text.names import is_role, name_key, plain
from quotes.text.words import MODIFIERS, word_set

JOINT = re.compile(r"\s(?:and|&)\s")
BETWEEN = re.compile(
    r"(?P<apposed>, (?:the|an?|his|her|[a-z]+) [^,]{1,90}(?=,))?(?:, and|,| and| &)\s(?P<title>.*)", re.DOTALL
)
LEAD = re.compile(r"(?P<who>.+?)(?:,|:|\s[–—-]+|[–—])\s(?P<title>.*)", re.DOTALL)
APPOSED = re.compile(
    r", (?:the|an?|his|her|[a-z]+) [^,]*\b(?:of|for|to|with|by|under|in)(?: [A-Z]\S*| the)*\s", re.DOTALL
)
"""Behind a name, what somebody else is named in only to say who that is: ", a lawyer for" Mr Ash."""
BEHIND = re.compile(r", (?P<who>[^,]+)(?:,.*)?", re.DOTALL)
REST = re.compile(r"\s*(?:[,(\[–—:-](?! (?:and|or|as well as|along with)\b)|(?:of|from|in|at|who|with|on)\b|$)")
COUNTED = re.compile(
    r"^(?:(?:both|all|two|three|four|five|six) (?:of )?)?(?:(?:the|his|her|its|their) )?(?:two |three )?", re.I
)
OF_OTHERS = word_set(
    "advisers advisors aides supporters lawyers attorneys strategists friends fans critics families relatives allies "
    "backers colleagues representatives children voters"
)
"""Whose they are is named behind them: those named do not speak themselves."""
NO_NOUNS = word_set("who which whose among including")
NUMBERS = dict.fromkeys(word_set("two pair couple duo both twins"), 2) | {
    "three": 3,
    "trio": 3,
    "four": 4,
    "quartet": 4,
}
KIN = word_set("brothers sisters siblings twins")
MAX_SOURCE = 500  # characters of a source that names persons side by side
MAX_LOOKED_AT = 80  # mentions before "the brothers" among which they are looked for

Named = tuple[Mention, Entity]


@dataclass(frozen=True, slots=True)
class Together:
    """Persons named side by side, and what they are in the plural, if that is said."""

    members: tuple[Entity, ...]
    role: str | None = None

    @property
    def speaker(self) -> Speaker:
        """The group: its name is made of theirs."""
        names = tuple(entity.name for entity in self.members)
        return Speaker(f"{', '.join(names[:-1])} and {names[-1]}", SpeakerKind.GROUP, members=names)


def together(cast: Cast, start: int, end: int) -> Together | None:
    """The persons whom a source names side by side, two or more and nobody else; None if it does anything else."""
    text = cast.layout.text
    if end - start > MAX_SOURCE or not JOINT.search(text, start, end):
        return None
    people = [(m, e) for m, e in cast.between(start, end) if e.kind is SpeakerKind.PERSON]
    first, role = _opening(text[start : people[0][0].start]) if people else (False, None)
    named = _side_by_side(text, people) if first else []
    members = tuple(dict.fromkeys(entity for _, entity in named))
    if not 1 < len(members) == len(named) or not _whole(text, [mention for mention, _ in named], end):
        return None
    return Together(members, role or _behind(text[named[-1][0].end : end]))


def _side_by_side(text: str, people: Sequence[Named]) -> list[Named]:
    """Those named side by side, without whom an apposition names; nobody where something else stands between."""
    named = [people[0]]
    for mention, entity in people[1:]:
        match = BETWEEN.fullmatch(text, named[-1][0].end, mention.whole)
        if match and _is_title(match["title"]):
            named.append((mention, entity))
        elif not APPOSED.fullmatch(text, named[-1][0].end, mention.whole):
            return []
    return named


def _opening(before: str) -> tuple[bool, str | None]:
    """Whether names can begin behind these words, and what those named are in the plural: "the two leaders, "."""
    words = DETERMINER.sub("", re.sub(r"^[Bb]oth\s+", "", before))
    lead = LEAD.fullmatch(words)
    if lead and _plural(lead["who"]) and _is_title(lead["title"]):
        return True, _plural(lead["who"])
    if not _is_title(words):
        return False, None
    return True, _plural(words) if words.strip() else None


def _is_title(words: str) -> bool:
    """Whether words in front of a name are its titles, or nothing: no "supporters of"."""
    title = words.removeprefix("the ").split()
    if not title:
        return True
    last = title[-1]
    return all(map(_in_title, title)) and (last[:1].isupper() or _is_office(plain(last)))


def _in_title(word: str) -> bool:
    low = plain(word)
    return word[:1].isupper() or word in ("of", "the") or low in MODIFIERS or _is_office(low)


def _is_office(word: str) -> bool:
    return is_role(word) or bool(professions(word)) or (_many(word) and is_role(_one_of(word)))


def _many(noun: str) -> bool:
    return is_people(noun) or noun.endswith("men")


def _one_of(noun: str) -> str:
    return f"{noun[:-3]}man" if noun.endswith("men") else noun.removesuffix("s")


def _whole(text: str, named: list[Mention], end: int) -> bool:
    """Whether "and" stands before the last name, none of them owns anything, and no noun or other person follows."""
    joined = JOINT.search(text, named[-2].end, named[-1].start)
    return bool(joined) and bool(REST.match(text, named[-1].end, end)) and not any(mention.owner for mention in named)


def _behind(words: str) -> str | None:
    """What the apposition behind the last name says of all: ", two journalists"."""
    match = BEHIND.fullmatch(words)
    return _plural(match["who"]) if match else None


def _plural(words: str) -> str | None:
    """The description of several persons without its number; None of one person, or of other persons' people."""
    low = [plain(word) for word in words.split()]
    head = head_of(low)
    others = head in OF_OTHERS and low[-1] != head
    return COUNTED.sub("", words.strip()) if _many(head) and not others and low[0] not in NO_NOUNS else None


def again(cast: Cast, at: int, phrase: str, before: Together | None) -> Together | None:
    """Whom "the brothers", "the couple" or "both" mean: those who spoke together, or the two of one family name."""
    words = {plain(word) for word in phrase.split()}
    kin, number = words & KIN, next((NUMBERS[word] for word in words if word in NUMBERS), 0)
    if before and (number == len(before.members) or (not number and _are(kin, before.members))):
        return before
    return _kin(cast, at, kin, number or 2) if kin else _pair(cast, at) if words == {"both"} else None


def _pair(cast: Cast, at: int) -> Together | None:
    """The two persons whom the sentence before names, if it names no more: "Neither Anders nor Okoro agreed"."""
    start = cast.layout.sentence_start(at)
    before = max(cast.layout.sentence_start(max(0, start - 1)), start - MAX_SOURCE)
    people = tuple(dict.fromkeys(e for _, e in cast.between(before, start) if e.kind is SpeakerKind.PERSON))
    return Together(people) if len(people) == 2 else None


def is_again(phrase: str) -> bool:
    """Whether a phrase means persons named before, and says no more of them: "brothers", "both", "two sisters"."""
    low = [plain(word) for word in phrase.split()]
    return bool(low) and all(word in NUMBERS or (word in KIN and word == low[-1]) for word in low)


def _are(kin: set[str], members: Sequence[Entity]) -> bool:
    """Whether persons of one family name can be brothers, or sisters."""
    others = {"brothers": "f", "sisters": "m"}
    family = {name_key(entity.name).split()[-1] for entity in members}
    return len(family) == 1 and not any(entity.gender == others.get(word) for word in kin for entity in members)


def _kin(cast: Cast, at: int, kin: set[str], number: int) -> Together | None:
    """The bearers of one family name among those named before, if there is one such family."""
    families: defaultdict[str, list[Entity]] = defaultdict(list)
    near = dict.fromkeys(entity for _, entity in islice(cast.backwards(at), MAX_LOOKED_AT))
    for entity in (e for e in reversed(near) if e.kind is SpeakerKind.PERSON and " " in e.name):
        families[name_key(entity.name).split()[-1]].append(entity)
    several = [tuple(members) for members in families.values() if len(members) == number and _are(kin, members)]
    return Together(several[0]) if len(several) == 1 else None
