"""How likely an attribution is a statement, something said or written, and no attitude, intention or act.

In: a text, its quotation states, and the spans, kind and act of an attribution, fresh or stored. Out: a probability. A
module because the features are what training (`quotes.train.statements`) and detection must compute alike.

A logistic model with named features. Those of the cue: its words, as stems, where the training data held them often
enough; how often contents under its last verb stand in quotation marks ("said" often, "hoped" seldom); and its form.
Those of the content: how it begins, how long it is, whether it holds a finite verb. Those of the source: whether there
is one, whether it is a pronoun, and whether the whole stands inside somebody else's quotation.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from quotes.records import Act, Kind, Span
from quotes.text.quotations import INSIDE

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|would|can|could|may|might|shall|should|must|do|does|did|ca|wo)\b"
    r"|n['’]t\b|['’](?:s|re|ve|ll|d|m) [a-z]",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b[a-z]{3,}ed\b")
_OPENERS = {
    "that": "that", "to": "to", "whether": "question", "if": "question", "what": "question", "how": "question",
    "why": "question", "who": "question", "when": "question", "where": "question", "for": "for", "as": "as",
    "about": "about", "a": "article", "an": "article", "the": "article", "his": "owner", "her": "owner",
    "their": "owner", "its": "owner", "it": "pronoun", "he": "pronoun", "she": "pronoun", "they": "pronoun",
    "we": "pronoun", "there": "pronoun", "this": "pronoun",
}  # fmt: skip
_IRREGULAR = {
    "said": "say", "told": "tell", "thought": "think", "felt": "feel", "knew": "know", "known": "know",
    "wrote": "write", "written": "write", "made": "make", "making": "make", "found": "find", "saw": "see",
    "seen": "see", "held": "hold", "took": "take", "taken": "take", "gave": "give", "given": "give", "sought": "seek",
    "meant": "mean", "saying": "say", "telling": "tell", "chose": "choose", "chosen": "choose", "swore": "swear",
    "spoke": "speak", "spoken": "speak", "went": "go", "understood": "understand", "heard": "hear", "led": "lead",
}  # fmt: skip
_LENGTHS = ((2, "to 2"), (5, "3 to 5"), (10, "6 to 10"), (20, "11 to 20"))
_PEOPLE = {"i": "I", "we": "we", "you": "you", "he": "third", "she": "third", "they": "third", "it": "third"}
_LINKS = {
    "that", "to", "of", "for", "as", "by", "in", "with", "about", "on", "against", "at", "from", "over", "into", "it",
    "him", "her", "them", "the", "a", "an", "and", "or", "his", "its", "their",
}  # fmt: skip
SEEN = 400  # characters of a content in which its words and verbs are looked at


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each feature, and for each stem of a verb the share of its contents in quotation marks, as logit."""

    features: dict[str, float]
    quoted: dict[str, float]


def statement_confidence(
    text: str,
    states: Sequence[int],
    cue: Sequence[Span],
    source: Sequence[Span],
    content: Sequence[Span],
    kind: Kind,
    act: Act,
) -> float:
    """The calibrated probability, between 0 and 1, that an attribution is a statement.

    `text` and `states` are those of a `quotes.text.page.Page`; spans, kind and act are the attribution's, on it.
    """
    weights = _weights()
    found = features(text, states, cue, source, content, kind, act, weights.quoted)
    score = sum(weights.features.get(name, 0.0) * value for name, value in found.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 4)


def features(
    text: str,
    states: Sequence[int],
    cue: Sequence[Span],
    source: Sequence[Span],
    content: Sequence[Span],
    kind: Kind,
    act: Act,
    quoted: dict[str, float],
) -> dict[str, float]:
    """The features of an attribution, by name; one that is not named is 0."""
    words = [stem(word) for span in cue for word in _WORD.findall(span.of(text))]
    named = {
        "always",
        f"kind {kind}",
        f"act {act}",
        *(f"cue {word}" for word in words),
        *_classes(words),
        *_of_cue(text, cue, source, content, words),
        *_of_content(text, content, kind),
        *_of_source(text, states, cue, source, content),
    }
    head = head_of(words)
    return {**dict.fromkeys(named, 1.0), "quoted": quoted.get(head, 0.0), "unknown verb": float(head not in quoted)}


def head_of(stems: Sequence[str]) -> str:
    """The stem that a cue is about: the last that is no link ("vowed to" is about "vow")."""
    return next((word for word in reversed(stems) if word not in _LINKS), "")


def stem(word: str) -> str:
    """What the forms of a word share.

    >>> stem("said"), stem("argued"), stem("arguing"), stem("claims")
    ('say', 'argu', 'argu', 'claim')
    """
    low = word.casefold().replace("’", "'")
    if low in _IRREGULAR or len(low) < 4:
        return _IRREGULAR.get(low, low)
    for ending in ("ing", "ed", "es", "s", "e"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low.removesuffix(ending)
            break
    return low[:-1] if len(low) > 4 and low[-1] == low[-2] and low[-1] not in "sl" else low.removesuffix("e")


def _classes(words: list[str]) -> set[str]:
    """What the words of a cue report, and its last one: speech, an attitude, a deed."""
    known = _verbs()
    head = known.get(head_of(words), frozenset({"unknown"}))
    every = {name for word in words for name in known.get(word, ())}
    told = {f"head {'/'.join(sorted(head))}", *(f"some {name}" for name in every), f"words {'+'.join(sorted(every))}"}
    return told if words else set()


def _of_cue(
    text: str, cue: Sequence[Span], source: Sequence[Span], content: Sequence[Span], words: list[str]
) -> set[str]:
    if not cue:
        return {"cue none", "cue none, source" if source else "cue none, no source"}
    last = " ".join(span.of(text) for span in cue).casefold().split()[-1]
    found = {f"cue of {min(len(words), 4)}"}
    found |= {"cue ends in to"} if last == "to" else set()
    found |= {"cue ends in ing"} if last.endswith("ing") else set()
    found |= (
        {"cue modal"} if {"would", "will", "could", "may", "might", "should", "must", "can"} & set(words) else set()
    )
    found |= {"cue passive"} if not source and {"was", "were", "is", "are", "been", "be"} & set(words) else set()
    found |= {"content first"} if content[0].start < cue[0].start else set()
    return found


def _of_content(text: str, content: Sequence[Span], kind: Kind) -> set[str]:
    said = " ".join(span.of(text)[:SEEN] for span in content[:SEEN])[:SEEN]
    words = _WORD.findall(said)
    length = next((name for most, name in _LENGTHS if len(words) <= most), "from 21")
    opener = _OPENERS.get(words[0].casefold(), "other") if words else "other"
    finite = bool(_FINITE.search(said) or _PAST.search(said))
    found = {f"content {length}", f"content begins {opener}", f"content of {min(len(content), 3)}"}
    if kind is Kind.INDIRECT:
        found |= {f"indirect, {length}", f"indirect, begins {opener}"}
        found |= {"indirect, finite verb" if finite else "indirect, no finite verb"}
        found |= {"indirect, bare noun"} if not finite and opener in ("article", "owner", "other") else set()
    return found


def _of_source(
    text: str, states: Sequence[int], cue: Sequence[Span], source: Sequence[Span], content: Sequence[Span]
) -> set[str]:
    anchor = (cue or source or content)[0].start
    found = {"inside a quotation"} if (cue or source) and states[anchor] == INSIDE else set()
    if not source:
        return found | {"source none"}
    words = source[0].of(text)
    person = _PEOPLE.get(words.casefold())
    found |= {f"source {person}"} if person else {"source capital" if words[:1].isupper() else "source small"}
    if cue:
        found |= {"source behind cue"} if source[0].start > cue[-1].start else set()
    return found


@cache
def _verbs() -> dict[str, frozenset[str]]:
    """Stem -> the classes of `verbs.txt` that it stands in."""
    classes: dict[str, frozenset[str]] = {}
    section = ""
    for line in files("quotes.detect").joinpath("verbs.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        for word in () if line.startswith(("[", "#")) else line.split():
            classes[stem(word)] = classes.get(stem(word), frozenset()) | {section}
    return classes


@cache
def _weights() -> Weights:
    kept = json.loads(files("quotes.detect").joinpath("statements.json").read_text(encoding="utf-8"))
    return Weights(kept["features"], kept["quoted"])
