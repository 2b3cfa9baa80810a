"""What a name names, decided once for all places where an article writes it: a person, a body or a group.

In: the `Mention`s of one article with the same words, and what the detector's network read there. Out: a `KindOf` with
probabilities. A softmax over documented evidence; its weights are learned by `python -m quotes.train.resolver`.
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
from quotes.resolve.mentions import DEMONYM, Mention
from quotes.resolve.proposals import HANDLE, overlapping
from quotes.text.names import is_acronym, plain
from quotes.text.page import Page
from quotes.text.words import (
    BODIES,
    COMMON_BODIES,
    HONORIFICS,
    KNOWN_BODIES,
    NATIONALITIES,
    PEOPLE_WORDS,
    ROLES,
    THINGS,
    TITLES,
    first_names,
    places,
)

KINDS = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.GROUP)
CAMEL = re.compile(r"[a-z][A-Z]|[a-z]{4}\d|\d[A-Z]")
SMALL = re.compile(r"[a-z]")
BEHIND = (
    ("age", re.compile(r",? (?:aged )?\d{1,3},")),
    ("who", re.compile(r",? who(?:se|m)?\b")),
    ("apposition", re.compile(r", (?:an?|the|his|her|its) ")),
    ("says", re.compile(r" (?:said|says|told|tells|added|wrote|argued|explained|warned|tweeted)\b")),
    ("acronym in brackets", re.compile(r" \([A-Z]{2,}\)")),
    ("noun", re.compile(r" [a-z]+s?\b")),
)
"""What may follow a name and tell what it is."""
CLEARLY = 0.5  # mean probability from which the network is taken to read a kind
MARGIN = 0.5  # in log-odds: "Tuareg" in the wire report of the tests; other articles hardly change by it
UNREAD = 0.1  # mean probability under which the network reads no name
BEFORE = re.compile(r"\b(in|at|from|of|for|by|with|to|and|said|near|against|on)\s+(?:the\s+)?$")


@dataclass(frozen=True, slots=True)
class KindOf:
    """What a name names, with its probability; None where a lone capital is read as no name.

    `place`: the network reads a place rather than a body, for which nobody works.
    """

    kind: SpeakerKind | None
    place: bool
    probability: float = 0.0


def kinds_of(layout: Page, found: Sequence[Mention], names: Sequence[Name]) -> dict[tuple[str, ...], KindOf]:
    """The kind of every name of an article, by its words."""
    return {words: decided(words, shares, evidence) for words, shares, evidence in all_evidence(layout, found, names)}


def all_evidence(
    layout: Page, found: Sequence[Mention], names: Sequence[Name]
) -> Iterator[tuple[tuple[str, ...], list[float], dict[str, float]]]:
    """For each name of an article its words, the network's mean shares, and the evidence of what it names."""
    forms: defaultdict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in found:
        forms[mention.words].append(mention)
    read = {words: shares(form, names) for words, form in forms.items()}
    human = {words for words, share in read.items() if share[0] > max(share[1:])}
    ends = {words[-1] for words in human if len(words) > 1}
    for words, form in forms.items():
        evidence = dict(spelling(words))
        evidence.update(_around(layout, form))
        evidence.update(_network(read[words], form))
        if len(words) == 1:
            evidence.update(_alone(words[0], ends, read[words]))
        if len(words) > 1 and (words[-1],) in forms:
            evidence["its last word stands alone"] = 1.0
            evidence["its last word stands alone as a person"] = float((words[-1],) in human)
        yield words, read[words], evidence


def _alone(word: str, ends: set[str], shares: Sequence[float]) -> Iterator[tuple[str, float]]:
    """A name of one word: whether it is somebody's surname in the article; a firm's is not."""
    if word in ends:
        yield "ends the name of a person", 1.0
    else:
        yield "one word, no person's surname", 1.0
        yield "one word, no person's surname, read as PERSON", shares[0]
        yield (
            f"one word, no person's surname, {'a first name' if plain(word) in first_names() else 'no first name'}",
            1.0,
        )


def decided(words: tuple[str, ...], shares: Sequence[float], evidence: dict[str, float]) -> KindOf:
    """The likeliest kind of a name, by the weights, within what holds whatever they say.

    A lone capital that the network never reads names nothing; a user's name is a person's; a noun for people names a
    group; what the network rather reads as a place or people's adjective, or reads as a person in less than half while
    the weights hardly prefer one (by less than MARGIN), is no person. Only the weights are learned; these limits are
    set by hand.
    """
    scores = [sum(weight.get(key, 0.0) * value for key, value in evidence.items()) for weight in weights()]
    if len(words) == 1 and HANDLE.fullmatch(words[0]):
        return KindOf(SpeakerKind.PERSON, place=False)
    if len(words) == 1 and max(shares) < UNREAD and not is_acronym(words[0]):
        return KindOf(None, place=False)
    person, body, town, other = shares
    if plain(words[-1]) in PEOPLE_WORDS or (DEMONYM.search(words[-1]) and other > CLEARLY):
        return KindOf(SpeakerKind.GROUP, place=False)
    if max(town, other) > max(person, body) or (person < CLEARLY and scores[0] - max(scores[1:]) < MARGIN):
        scores[KINDS.index(SpeakerKind.PERSON)] = -math.inf
    most = max(scores)
    probability = 1 / sum(math.exp(score - most) for score in scores)
    return KindOf(KINDS[scores.index(most)], town > body + other, probability)


@cache
def weights() -> list[dict[str, float]]:
    """The learned weights of the evidence, for each of KINDS."""
    read = json.loads(files("quotes.resolve").joinpath("data", "kinds.json").read_text(encoding="utf-8"))
    return [read[kind.value] for kind in KINDS]


def spelling(words: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """What the words of a name tell by themselves."""
    low = [plain(word) for word in words]
    first, last = low[0], low[-1]
    yield "bias", 1.0
    yield f"{min(len(words), 5)} words", 1.0
    gender = first_names().get(first, "")
    yield f"first name {gender or 'unknown'}, {'alone' if len(words) == 1 else 'with more'}", 1.0
    for name, words_of_class in CLASSES.items():
        if last in words_of_class:
            yield f"ends in {name}", 1.0
        if any(word in words_of_class for word in low[:-1]):
            yield f"has {name}", 1.0
    if " ".join(low) in places():
        yield "a place by the list", 1.0
    yield from ((name, 1.0) for name, holds in _shapes(words).items() if holds)


CLASSES = {
    "a body's noun": BODIES,
    "a common body": COMMON_BODIES,
    "a thing": THINGS,
    "people": PEOPLE_WORDS,
    "a nationality": NATIONALITIES,
    "a known body": KNOWN_BODIES,
    "a role": ROLES,
    "a title": TITLES | HONORIFICS,
}


def _shapes(words: tuple[str, ...]) -> dict[str, bool]:
    """How a name is written."""
    return {
        "demonym": bool(DEMONYM.search(words[-1])),
        "an acronym": len(words) == 1 and is_acronym(words[0]),
        "has an acronym": len(words) > 1 and any(map(is_acronym, words)),
        "camel case": any(CAMEL.search(word) for word in words),
        "digits": any(char.isdigit() for word in words for char in word),
        "a small word inside": any(SMALL.match(word) for word in words[1:-1]),
        "and": "and" in words or "&" in words,
        "of or for": bool({"of", "for"} & set(words)),
        "initial": any(len(word.strip(".")) == 1 for word in words[1:-1]),
        "hyphen": "-" in words[-1],
    }


def _around(layout: Page, form: Sequence[Mention]) -> Iterator[tuple[str, float]]:
    """What stands beside a name: shares of its mentions."""
    text, count = layout.text, len(form)
    yield "definite", sum(m.definite for m in form) / count
    yield "owner", sum(m.owner for m in form) / count
    yield "titles", sum(bool(m.titles) for m in form) / count
    yield "title of address", sum(any(plain(t) in HONORIFICS for t in m.titles) for m in form) / count
    yield "often named", float(count > 2)
    if any(word[0].isupper() and plain(word) in layout.small for word in form[0].words):
        yield "a word of it is also written small", 1.0
    for name, pattern in BEHIND:
        yield f"followed by {name}", sum(bool(pattern.match(text, m.end)) for m in form) / count
    for mention in form:
        before = BEFORE.search(text, max(0, mention.whole - 14), mention.whole)
        if before:
            yield f"behind {before[1]}", 1.0


def _network(shares: Sequence[float], form: Sequence[Mention]) -> Iterator[tuple[str, float]]:
    """What the network read, on average over the mentions."""
    for kind, share in zip(NAME_KINDS, shares, strict=True):
        yield f"read as {kind}", share
        yield f"clearly read as {kind}", float(share > 0.5)
        yield f"read as {kind}, {'one word' if len(form[0].words) == 1 else 'more'}", share
    yield "not read", float(max(shares) < UNREAD)


def shares(form: Sequence[Mention], names: Sequence[Name]) -> list[float]:
    """Mean shares of NAME_KINDS over the mentions of a name; nothing where the network read none."""
    total = [0.0] * len(NAME_KINDS)
    for mention in form:
        found = overlapping(names, mention.start, mention.end)
        covered = [(min(n.span.end, mention.end) - max(n.span.start, mention.start), n) for n in found]
        for length, name in covered:
            for i, share in enumerate(name.shares):
                total[i] += share * length / (mention.end - mention.start)
    return [value / len(form) for value in total]
