"""Whom a description means: "the senator", "the GOP nominee", "the London-based rights group".

In: a described `Source`, the `Cast`, and who spoke before. Out: the entity with a probability, or nobody. It is a module
because descriptions are known again by the words that the article itself uses of somebody.
"""

from __future__ import annotations

from quotes.records import SpeakerKind
from quotes.resolve.cast import Cast, Entity
from quotes.resolve.names import plain
from quotes.resolve.references import Spoken
from quotes.resolve.sources import Source

SAME = {
    "sen": "senator", "rep": "representative", "congressman": "representative", "congresswoman": "representative",
    "gov": "governor", "gen": "general", "lawmaker": "representative", "col": "colonel", "lt": "lieutenant",
    "del": "delegate", "sgt": "sergeant", "capt": "captain", "prof": "professor", "dr": "doctor",
    "chairwoman": "chairman", "spokeswoman": "spokesman",
}  # fmt: skip
ANY_BODY = frozenset(
    "group organisation organization company firm agency party union charity outlet newspaper paper site website network "
    "magazine broadcaster channel regulator watchdog think-tank".split()
)
GROUND = frozenset("city town country nation state kingdom".split())


def person_meant(cast: Cast, source: Source, spoken: Spoken) -> tuple[Entity | None, float]:
    """The person whom the article describes with the noun of the source; of several the one who spoke or stood last."""
    head = _same(source.head)
    fits = [e for e in _people_before(cast, source.start) if head in {_same(w) for w in e.described}]
    if not fits:
        if spoken.last and spoken.last.kind is SpeakerKind.PERSON and _near(cast, spoken, source) and not spoken.last.described:
            return spoken.last, 0.6
        return None, 0.0
    wanted = {plain(w) for w in source.phrase.split()} - {source.head}
    best = max(fits, key=lambda e: (len(wanted & e.described), e is spoken.last))
    return best, 0.9 if len(fits) == 1 else 0.75


def body_meant(cast: Cast, source: Source, spoken: Spoken) -> tuple[Entity | None, float]:
    """The body that has the noun in its name, or the last one that spoke."""
    if source.owner or source.owner_pronoun or not source.definite:
        return None, 0.0
    last = spoken.last
    body = last and last.kind in (SpeakerKind.ORGANISATION, None) and _near(cast, spoken, source)
    if last and body and (source.head in ANY_BODY or source.head in last.name.casefold().split()):
        return last, 0.75
    words = [plain(w) for w in source.phrase.split()]
    full = [e for e in cast.body_called(source.head) if all(w in e.name.casefold() for w in words)]
    return (_nearest(full, source.start), 0.8) if full else (None, 0.0)


def _people_before(cast: Cast, at: int) -> list[Entity]:
    people = [e for e in cast.entities if e.kind is SpeakerKind.PERSON and e.starts]
    return [e for e in people if e.starts[0] < at] or people


def _nearest(entities: list[Entity], at: int) -> Entity:
    return min(entities, key=lambda e: min(abs(at - start) for start in e.starts))


def _near(cast: Cast, spoken: Spoken, source: Source) -> bool:
    return cast.layout.paragraph(source.start) - cast.layout.paragraph(spoken.at) <= 2


def _same(word: str) -> str:
    return SAME.get(word, word)
