"""How good the speakers, roles, bodies, conduits and acts of extracted quotes are.

In: gold and predicted documents by id. Out: a figure a row. It is a module apart from `attributions` because it looks
at who is meant, not at where the words stand.

Two attributions are paired when their contents share half of their words (token F1, best pairs first); the figures on
speakers, roles, bodies and conduits look at such pairs only, so that they measure the resolver and not the detector.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.evaluate.attributions import SURE, calibration_error
from quotes.evaluate.pairs import SAME_CONTENT, Words, best_pairs

Record = Mapping[str, Any]
Row = dict[str, Any]

FIELDS = ("role", "organisation", "conduit")
NAMED = ("person", "organisation")
UNSAID = frozenset({"mr", "mrs", "ms", "dr", "sir", "dame", "jr", "sr", "the"})
# The noun of a phrase stands before the first of these: "director of the institute", "leader, who".
ENDS_HEAD = re.compile(r",|\s(?:of|for|at|in|on|to|from|with|near|and|who|that|which)\s")
SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "du"})
SHORT = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "chairwoman": "chairman",
    "chair": "chairman", "chairperson": "chairman", "spokesperson": "spokesman", "spokeswoman": "spokesman",
    "chief executive": "ceo", "del": "delegate", "prof": "professor", "congressman": "representative",
    "congresswoman": "representative", "lt": "lieutenant", "col": "colonel",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold attribution and the predicted one that found its content; whether their sources agree too."""

    gold: Record
    predicted: Record
    same_source: bool


def speaker_figures(gold: Mapping[str, Record], predicted: Mapping[str, Record]) -> list[Row]:
    """Figures of speakers, roles, bodies, conduits, and acts where gold has them; none where it has no speakers."""
    pairs: list[Pair] = []
    wanted: list[Record] = []
    given: list[Record] = []
    for id_, document in gold.items():
        found = predicted.get(id_, {}).get("attributions", [])
        pairs.extend(paired(document["text"], document["attributions"], found))
        wanted.extend(document["attributions"])
        given.extend(found)
    if not any("speaker_kind" in attribution for attribution in wanted):
        return []
    acts = [pair.gold["act"] == pair.predicted.get("act") for pair in pairs if pair.gold.get("act")]
    act = [share("act_accuracy", sum(acts), len(acts))] if acts else []
    return _speakers(pairs, wanted, given) + [_field(name, pairs) for name in FIELDS] + act


def paired(text: str, gold: Sequence[Record], predicted: Sequence[Record]) -> Iterator[Pair]:
    """One-to-one pairs of attributions with the same content, the closest first."""
    words = Words(text)
    ours, theirs = ([words.tokens(item.get("content") or []) for item in items] for items in (gold, predicted))
    for closeness, i, j in best_pairs(ours, theirs):
        if closeness < SAME_CONTENT:
            return
        a, b = (words.tokens(item.get("source") or []) for item in (gold[i], predicted[j]))
        yield Pair(gold[i], predicted[j], bool(a & b) or not (a or b))


def right_name(pair: Pair) -> bool:
    """Whether the predicted name is the gold one; a named speaker must be answered with a named one."""
    gold, predicted = pair.gold, pair.predicted
    if _named(gold) != _named(predicted):
        return False
    return same_name(gold.get("speaker"), predicted.get("speaker"), gold.get("speaker_kind") == "person")


def same_name(gold: str | None, predicted: str | None, person: bool) -> bool:
    """The same words; or for a person all the gold ones and the last; or for a body one inside the other.

    >>> same_name("Ann Lee", "Dr. Ann B. Lee", person=True), same_name("Ann Lee", "Lee", person=True)
    (True, False)
    """
    ours, theirs = _words(gold), _words(predicted)
    if not ours or not theirs:
        return False
    if ours == theirs:
        return True
    if ours[-1] != theirs[-1]:
        return False
    a, b = set(ours), set(theirs)
    return a <= b if person else len(a & b) > 1 and (a <= b or b <= a)


def same_head(gold: str, predicted: str) -> bool:
    """Whether two phrases are about the same thing: the noun of each is a word of the other.

    >>> same_head("executive director of the fund", "director"), same_head("leader", "mayor of the town")
    (True, False)
    """
    ours, theirs = (_phrase(phrase) for phrase in (gold, predicted))
    if not ours or not theirs:
        return False
    return (_noun(gold) in theirs and _noun(predicted) in ours) or _initials(ours, theirs) or _initials(theirs, ours)


def _named(item: Record) -> bool:
    return bool(item.get("speaker")) and item.get("speaker_kind") in NAMED


def _words(name: str | None) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name or "") if not unicodedata.combining(c)).casefold()
    return [w for w in re.findall(r"\w+", re.sub(r"[’']s\b", "", plain)) if len(w) > 1 and w not in UNSAID]


def _phrase(phrase: str) -> list[str]:
    return [SHORT.get(word, word) for word in re.findall(r"\w+", re.sub(r"[’']s\b", "", phrase.casefold()))]


def _noun(phrase: str) -> str:
    head = _phrase(ENDS_HEAD.split(phrase)[0]) or _phrase(phrase)
    return head[-1]


def _initials(short: list[str], long: list[str]) -> bool:
    return len(short) == 1 and len(long) > 1 and short[0] in "".join(word[0] for word in long if word not in SMALL)


def _speakers(pairs: Sequence[Pair], wanted: Sequence[Record], given: Sequence[Record]) -> list[Row]:
    named = [pair for pair in pairs if _named(pair.gold)]
    right = sum(right_name(pair) for pair in named)
    kinds = [pair.gold.get("speaker_kind") == pair.predicted.get("speaker_kind") for pair in pairs]
    answered = ((p.predicted.get("speaker_confidence"), right_name(p)) for p in pairs if _named(p.predicted))
    told = [(confidence, hit) for confidence, hit in answered if confidence is not None]
    sure = [hit for confidence, hit in told if confidence >= SURE]
    return [
        share("speaker_accuracy", right, len(named)),
        share("speaker_kind_accuracy", sum(kinds), len(kinds)),
        f1_row("speaker_end_to_end", right, sum(map(_named, given)), right, sum(map(_named, wanted))),
        share("speaker_sure", len(sure), len(told)),
        share("speaker_sure_right", sum(sure), len(sure)),
        {"figure": "speaker_calibration_error", "value": round(100 * calibration_error(told), 2), "gold": len(told)},
    ]


def _field(name: str, pairs: Sequence[Pair]) -> Row:
    """Role, body or conduit. A body that speaks itself is left out: files differ in whether they repeat it."""
    looked_at = [p for p in pairs if not (name == "organisation" and p.gold.get("speaker_kind") == "organisation")]
    both = [(p.gold.get(name), p.predicted.get(name)) for p in looked_at]
    hits = sum(bool(gold and predicted and same_head(gold, predicted)) for gold, predicted in both)
    return f1_row(name, hits, sum(bool(b) for _, b in both), hits, sum(bool(a) for a, _ in both))


def share(name: str, hits: int, count: int) -> Row:
    """A figure that is a share, in per cent."""
    return {"figure": name, "value": round(100 * hits / count, 2) if count else 0.0, "gold": count}


def f1_row(name: str, hits: int, predicted: int, found: int, gold: int) -> Row:
    """A figure with precision (`hits` of `predicted`), recall (`found` of `gold`) and F1, in per cent."""
    p, r = (hits / predicted if predicted else 0.0), (found / gold if gold else 0.0)
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    percent = {key: round(100 * value, 2) for key, value in (("precision", p), ("recall", r), ("f1", f1))}
    return {"figure": name, **percent, "predicted": predicted, "gold": gold}
