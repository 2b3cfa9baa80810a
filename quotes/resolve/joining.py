"""Which longer name of an article a short name of a body stands for: "Amnesty", "the Committee", "UDW", "Fed".

In: the `Mention`s of one article that may name bodies. Out: for each short name the longer one, where there is one. A
softmax over documented evidence for each longer name and for none; the weights are learned by
`python -m quotes.train.joining`.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from quotes.records import NAME_KINDS, Name, SpeakerKind
from quotes.resolve.kinds import shares
from quotes.resolve.mentions import Mention
from quotes.text.names import is_acronym, name_key
from quotes.text.page import Page
from quotes.text.words import (
    BODIES,
    COMMON_BODIES,
    KNOWN_BODIES,
    NATIONALITIES,
    ROLES,
    THINGS,
    TOPICS,
    first_names,
    places,
    word_set,
)

# Words that begin the names of many bodies.
WIDE = word_set(
    "national royal united general federal new international world global first central public local regional state "
    "supreme high civil free social american independent people citizens young women north south east west old great "
    "food human land water health education justice environment climate energy women's "
)
# Words that end the names of newspapers: "the Standard" is The Oduma Standard.
MASTHEADS = word_set(
    "times post herald tribune journal guardian telegraph gazette courier standard examiner observer ledger dispatch "
    "news independent mail express mirror star sun chronicle echo argus citizen mercury monitor nation"
)
MAX_ALIKE = 50  # longer names with one word, or one beginning, that a short one is compared with
STEM = 3  # letters that a short word and a word of the longer name have in common: "Fed", "Federal"
LIKELY = 0.5
NONE = "none"
SAYS = re.compile(r" (?:said|says|told|added|announced|confirmed|warned|reported|declined|has|is|was|will)\b")
IN = re.compile(r"\b(?:in|near|from|to|across|around|outside) $")
NOUN = re.compile(r" (?!(?:and|or|of|in|on|at|to|for|with|by|from|as|but|that|who|which)\b)[a-z]+(?<!ed)\b")
MAX_BEFORE = 10  # characters of a preposition


@dataclass(frozen=True, slots=True)
class Form:
    """One name of a body as an article writes it, and all the places where it stands so."""

    name: str
    words: tuple[str, ...]  # as names are compared
    mentions: tuple[Mention, ...]
    used: dict[str, float]  # shares of the mentions that stand so

    @property
    def letters(self) -> str:
        """The name without spaces and points: "udw"."""
        return "".join(self.words)

    @property
    def short(self) -> bool:
        """Whether it is one word in capitals."""
        return " " not in self.name and is_acronym(self.name.replace(".", ""))


Evidence = dict[str, float]
Options = list[tuple[Form, Evidence]]


def joined(layout: Page, found: Sequence[Mention], names: Sequence[Name]) -> dict[str, str]:
    """For each short name its longer one, by their keys."""
    chosen = {}
    for short, options, none in all_evidence(layout, found, names):
        best = _newspaper(short, options) or decided(options, none)
        if best:
            chosen[" ".join(short.words)] = " ".join(best.words)
    return chosen


def _newspaper(short: Form, options: Options) -> Form | None:
    """The one newspaper whose name ends so: "the Standard". Too few are annotated to learn it from."""
    if len(short.words) > 1 or short.words[0] not in MASTHEADS:
        return None
    ending = [long for long, _ in options if long.words[-1] == short.words[0]]
    return ending[0] if len(ending) == 1 else None


def decided(options: Options, none: Evidence) -> Form | None:
    """The likeliest of the longer names; none where that is likelier than any."""
    scores = [_score(evidence) for _, evidence in options]
    best = max(range(len(options)), key=lambda i: scores[i])
    most = max(scores[best], _score(none))
    whole = sum(math.exp(score - most) for score in (*scores, _score(none)))
    return options[best][0] if math.exp(scores[best] - most) / whole > LIKELY else None


@cache
def weights() -> dict[str, float]:
    """The learned weights of the evidence."""
    read: dict[str, float] = json.loads(
        files("quotes.resolve").joinpath("data", "joining.json").read_text(encoding="utf-8")
    )
    return read


def _score(evidence: Evidence) -> float:
    weight = weights()
    return sum(weight.get(key, 0.0) * value for key, value in evidence.items())


def all_evidence(
    layout: Page, found: Sequence[Mention], names: Sequence[Name]
) -> Iterator[tuple[Form, Options, Evidence]]:
    """For each short name that may stand for longer ones: those, what speaks for each, and what speaks for none."""
    forms = _forms(layout, found, names)
    alike: defaultdict[str, list[Form]] = defaultdict(list)
    for form in forms:
        for key in _keys(form):
            if len(alike[key]) < MAX_ALIKE:
                alike[key].append(form)
    for short in forms:
        able = {long.name: long for key in sorted(_asked(short)) for long in alike[key] if _longer(long, short)}
        options = [(long, how) for long in able.values() if (how := relation(short.words, long))]
        if options:
            told = [(long, dict(_evidence(short, long, how))) for long, how in options]
            yield short, told, {f"{NONE}, {fact}": value for fact, value in alone(short)}


def _forms(layout: Page, found: Sequence[Mention], names: Sequence[Name]) -> list[Form]:
    """The names that may be of bodies."""
    by_key: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        if mention.kind in (SpeakerKind.ORGANISATION, None):
            by_key[name_key(mention.name)].append(mention)
    return [
        Form(some[0].name, tuple(key.split()), tuple(some), {**_used(layout, some), **_read(some, names)})
        for key, some in by_key.items()
        if key
    ]


def _used(layout: Page, some: Sequence[Mention]) -> dict[str, float]:
    """How a name is used: the shares of its mentions that stand so."""
    ways = {
        "definite": [m.definite for m in some],
        "owner": [m.owner for m in some],
        "says": [bool(SAYS.match(layout.text, m.end)) for m in some],
        "in it": [bool(IN.search(layout.text, max(0, m.start - MAX_BEFORE), m.start)) for m in some],
        "before a noun": [bool(NOUN.match(layout.text, m.end)) for m in some],
    }
    return {name: sum(holds) / len(some) for name, holds in ways.items()}


def _keys(form: Form) -> set[str]:
    """Under what a longer name is looked for: the beginnings of its words, and the first letter of all."""
    return {word[:STEM] for word in form.words} | {form.words[0][0], form.words[min(1, len(form.words) - 1)][0]}


def _read(some: Sequence[Mention], names: Sequence[Name]) -> dict[str, float]:
    """What the network read in the places of a name, on average."""
    return {f"read as {kind}": share for kind, share in zip(NAME_KINDS, shares(some, names), strict=True)}


def _asked(short: Form) -> set[str]:
    return {word[:STEM] for word in short.words} | ({short.letters[0]} if short.short else set())


def _longer(long: Form, short: Form) -> bool:
    return len(long.letters) > len(short.letters)


def relation(short: Sequence[str], long: Form) -> str:
    """How the words of a short name stand to those of a longer one; empty where they have nothing in common."""
    words, n = long.words, len(short)
    if words[:n] == tuple(short):
        return "begins it"
    if words[-n:] == tuple(short):
        return "ends it"
    if any(words[i : i + n] == tuple(short) for i in range(len(words))):
        return "inside it"
    if set(short) < set(words):
        return "words of it"
    if n > 1:
        return "shares words" if set(short) & set(words) - SMALL_WORDS else ""
    return _letters(short[0], long)


SMALL_WORDS = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "la", "du", "s"})


def _letters(short: str, long: Form) -> str:
    """How one word stands for a name without being in it."""
    own = [word for word in long.words if word not in SMALL_WORDS]
    if "".join(word[0] for word in own) == short:
        return "initials"
    if "".join(word[0] for word in long.words) == short:
        return "initials with small words"
    if len(short) >= STEM and any(word.startswith(short) for word in long.words):
        return "begins a word of it"
    if len(own) > 1 and "".join(word[0] for word in own).startswith(short) and len(short) > 1:
        return "first initials"
    return "letters in order" if _in_order(short, own) else ""


def _in_order(short: str, words: Sequence[str]) -> bool:
    """Whether letters stand in that order in some words, the first at the very beginning (Schwartz & Hearst 2003)."""
    rest = iter("".join(words))
    return len(short) > 1 and words != [] and words[0][0] == short[0] and all(letter in rest for letter in short)


def _evidence(short: Form, long: Form, how: str) -> Iterator[tuple[str, float]]:
    """What speaks for a longer name that a short one stands to as `how` tells."""
    size = "one word" if len(short.words) == 1 else "more words"
    yield how, 1.0
    yield f"{how}, {size}", 1.0
    yield f"{how}, {sort(short)}", 1.0
    for fact, value in short.used.items():
        yield f"{how}, {fact}", value
    yield f"{how}, longer one often", float(len(long.mentions) > 1)
    if long.mentions[0].start < short.mentions[0].start:
        yield f"longer one first, {size}", 1.0
        yield f"{how}, longer one first", 1.0
        yield f"{how}, {sort(short)}, longer one first", 1.0
    for fact in _rest(short, long):
        yield fact, 1.0
        yield f"{how}, {fact}", 1.0


def _rest(short: Form, long: Form) -> Iterator[str]:
    """What the words are that only the longer name has."""
    rest = [word for word in long.words if word not in short.words and word not in SMALL_WORDS]
    yield f"{min(len(rest), 4)} more words"
    if rest:
        yield from (f"all more are {name}" for name, words in CLASSES.items() if all(w in words for w in rest))
    last = [word for word in long.words if word not in SMALL_WORDS][-1]
    yield f"last word {next((name for name, words in CLASSES.items() if last in words), 'unlisted')}"
    yield "last word alike" if long.words[-1] == short.words[-1] else "last word differs"


def sort(short: Form) -> str:
    """What sort of word a short name is, the first that fits."""
    if short.short:
        return "capitals"
    words = [word for word in short.words if word not in SMALL_WORDS]
    return next((name for name, known in CLASSES.items() if all(w in known for w in words)), "unlisted")


CLASSES = {
    "bodies": BODIES,
    "common bodies": COMMON_BODIES,
    "wide words": WIDE,
    "known bodies": KNOWN_BODIES,
    "roles": ROLES,
    "places": NATIONALITIES | places(),
    "things": THINGS | TOPICS,
    "first names": frozenset(first_names()),
}


def alone(short: Form) -> Iterator[tuple[str, float]]:
    """What a short name tells by itself."""
    count = len(short.mentions)
    size = f"{min(len(short.words), 3)} words"
    yield "bias", 1.0
    yield size, 1.0
    yield "capitals", float(short.short)
    yield from short.used.items()
    yield "often", float(count > 2)
    yield "place", float(any(m.place for m in short.mentions))
    yield "no kind", float(all(m.kind is None for m in short.mentions))
    yield sort(short), 1.0
    yield f"{sort(short)}, {size}", 1.0
    for name, words in CLASSES.items():
        if all(word in words | SMALL_WORDS for word in short.words):
            yield f"all {name}", 1.0
        if short.words[-1] in words:
            yield f"ends in {name}", 1.0
        if short.words[0] in words:
            yield f"begins with {name}", 1.0
