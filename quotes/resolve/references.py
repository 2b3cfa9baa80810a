"""Which entity a pronoun or a description stands for: candidates, what speaks for each, and how sure it is.

In: the `Cast`, a place in the text, and who has spoken before it. Out: the likeliest entity with its probability. It is
a module because the weights are learned (`quotes.train.resolver`) and must meet the same features in training and use.

The model is a softmax over the candidates and "none of them": linear in few features, so that its reasons can be read.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import islice

from quotes.records import SpeakerKind
from quotes.resolve.cast import Cast
from quotes.resolve.entity import Entity
from quotes.text.names import plain
from quotes.text.words import MUTE

FEATURES = (
    "none", "same sentence", "1 back", "2 back", "3-4 back", "5-8 back", "farther", "ahead", "same paragraph",
    "subject", "in quotes", "owner", "last speaker", "last speaker here", "speaker before", "often named",
    "often spoke", "gender fits", "gender unknown", "nearest", "second", "only one", "first of article", "unsure kind",
)  # fmt: skip
FAR = ("same sentence", "1 back", "2 back", "3-4 back", "3-4 back")
INDEX = {name: i for i, name in enumerate(FEATURES)}
MAX_CANDIDATES = 12
MAX_LOOKED_AT = 150  # mentions before a pronoun
MAX_BEFORE_SUBJECT = 40  # characters between the beginning of a sentence and its subject
MAX_AHEAD = 400  # characters behind it, where nobody was named before


@dataclass(slots=True)
class Spoken:
    """Who has spoken so far: the last one and where, the one before, and how often each did."""

    last: Entity | None = None
    at: int = -1
    before: Entity | None = None
    times: Counter[Entity] = field(default_factory=Counter)

    def copy(self) -> Spoken:
        """As it stands now."""
        return Spoken(self.last, self.at, self.before, self.times.copy())

    def add(self, entity: Entity, at: int) -> None:
        """Enter the next speaker."""
        if entity is not self.last:
            self.before = self.last
        self.last, self.at = entity, at
        self.times[entity] += 1


@dataclass(frozen=True, slots=True)
class Choice:
    """The entity chosen and the probability that it is right; none where "none" is likelier than any."""

    entity: Entity | None
    probability: float


@cache
def weights() -> dict[str, list[float]]:
    """The learned weights, by pronoun."""
    read: dict[str, list[float]] = json.loads(
        files("quotes.resolve").joinpath("data", "references.json").read_text(encoding="utf-8")
    )["weights"]
    return read


def choose(cast: Cast, at: int, sort: str, spoken: Spoken, among: list[Entity] | None = None) -> Choice:
    """Whom a pronoun at an offset stands for: `sort` is "he", "she", "it" or, for any person, "person"."""
    options = candidates(cast, at, sort) if among is None else among
    if not options:
        return Choice(None, 0.0)
    weight = weights()["it" if sort == "it" else "he"]
    scores = [_dot(weight, row) for row in features(cast, at, sort, options, spoken)]
    scores.append(weight[INDEX["none"]])
    most = max(scores)
    shares = [math.exp(score - most) for score in scores]
    best = max(range(len(options)), key=lambda i: shares[i])
    if cast.no_name(options[best]):
        return Choice(None, 0.0)  # "Nonsense" of "“Nonsense,” said the agent. He left."
    return Choice(options[best], shares[best] / sum(shares))


def candidates(cast: Cast, at: int, sort: str) -> list[Entity]:
    """The entities that a pronoun can stand for, the last named first; where none was named yet, the next ones."""
    gender = {"he": "m", "she": "f"}.get(sort, "")
    before = _nearest((e for _, e in cast.backwards(at)), sort, gender)
    return before or _nearest((e for _, e in cast.between(at, at + MAX_AHEAD)), sort, gender)


def _nearest(entities: Iterable[Entity], sort: str, gender: str) -> list[Entity]:
    """The first few different ones that fit, of not too many looked at."""
    found: dict[Entity, None] = {}
    for entity in islice(entities, MAX_LOOKED_AT):
        if _fits(entity, sort, gender):
            found[entity] = None
            if len(found) == MAX_CANDIDATES:
                break
    return list(found)


def features(cast: Cast, at: int, sort: str, options: Sequence[Entity], spoken: Spoken) -> list[list[int]]:
    """For each candidate the features that it has, by number."""
    gender = {"he": "m", "she": "f"}.get(sort, "")
    known = [e for e in options if e.gender == gender]
    rows = []
    for rank, entity in enumerate(options):
        has = _place(cast, entity, at)
        if spoken.last is entity:
            has.append("last speaker")
            has += ["last speaker here"] * (cast.layout.paragraph(spoken.at) == cast.layout.paragraph(at))
        has += ["speaker before"] * (spoken.before is entity)
        has += ["often named"] * (len(entity.mentions) > 3) + ["often spoke"] * (spoken.times[entity] > 1)
        if gender:
            has.append("gender fits" if entity.gender == gender else "gender unknown")
        has += [("nearest", "second")[rank]] if rank < 2 else []
        has += ["only one"] * (known == [entity] or len(options) == 1)
        has += ["first of article"] * (
            entity is cast.first(SpeakerKind.ORGANISATION if sort == "it" else SpeakerKind.PERSON)
        ) + ["unsure kind"] * (entity.kind is None)
        rows.append([INDEX[name] for name in has])
    return rows


def _place(cast: Cast, entity: Entity, at: int) -> list[str]:
    """How far back the candidate was last named, and in what position; outside of quotes, if it was."""
    layout = cast.layout
    named = (
        entity.outside if entity.outside and entity.outside[0].start < at and not layout.quoted(at) else entity.mentions
    )
    before = bisect_left(named, at, key=lambda m: m.start)
    if not before:
        return ["ahead"]
    mention = named[before - 1]
    back = layout.sentence(at) - layout.sentence(mention.start)
    has = [FAR[back] if back < len(FAR) else "5-8 back" if back < 9 else "farther"]
    has += ["same paragraph"] * (layout.paragraph(mention.start) == layout.paragraph(at))
    opening = max(layout.sentence_start(mention.start), mention.start - MAX_BEFORE_SUBJECT)
    first = next(iter(cast.between(opening, mention.start + 1)), None)
    has += ["subject"] * (first is not None and first[0] is mention and layout.sentence_start(mention.start) == opening)
    return has + ["in quotes"] * (named is entity.mentions and layout.quoted(mention.start)) + ["owner"] * mention.owner


def _fits(entity: Entity, sort: str, gender: str) -> bool:
    if sort == "it":
        body = entity.kind is SpeakerKind.ORGANISATION and not entity.place
        body = body and plain(entity.name.split()[-1]) not in MUTE
        return body or (entity.kind is None and len(entity.mentions) > 1)
    if sort == "person":
        return entity.kind is SpeakerKind.PERSON
    if entity.kind not in (SpeakerKind.PERSON, None):
        return False
    return entity.gender in ("", gender)


def _dot(weight: Sequence[float], row: Sequence[int]) -> float:
    return sum(weight[i] for i in row)
