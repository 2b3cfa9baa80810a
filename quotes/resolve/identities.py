"""Across documents: which speakers, and which organisations, of different articles are one.

In: the name, role and body that one article gives, as a `Card`; what else is known of such names, asked of a `Known`.
Out: `Opinion`s. It is a module, and pure, because the rule must be one that can be read, tested and argued with.

The rule is a function of the set of cards alone, so the order in which articles come changes nothing. Equal cards are
one. Different cards of one name are one unless they contradict each other in a middle name, gender, country, year of
birth, profession or time. Where they do, a contradiction that very few articles back is set apart as a stray; else both
sides stay apart, and so do the articles that could belong to either. An abbreviation is the one body that articles say
it stands for, and "President Okoro" the one of that family name whom articles give that office. Other single names of
people, and words for groups, say who is meant in their own article only. Whatever is merely like, and whatever
contradicts, is left to a person as "unsure".

Times are those of all articles with a name: 1961 and 2024 are two times, unless others lie between. So it is with years
of birth. Professions that one article gives together do not exclude each other in the others with that name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import permutations, product
from typing import Protocol

from quotes.records import Card, Likeness, Opinion
from quotes.resolve.cards import facts_of, like
from quotes.resolve.professions import exclude

JUDGE = "quotes, identities 2"
"""Who the program's judgements are by: this rule and its version."""

SAME_CARD, SAME_NAME, SHORT_FORM, SAME_WORDS, SINGLE = 0.97, 0.93, 0.95, 0.5, 0.3
"""Scores of the joins and of a doubt about one name: an order of trust by the rule that made them, no probability."""

STRAY = 0.1
"""A contradiction is a stray below this share of the articles that say anything about it: one article in ten has its
facts wrong more often than ten have them wrong together. A famous name has a few wrong facts in any large corpus, and
these must not take it apart."""

FEW = 2
"""So many articles are a stray too, where `STRAY` of all articles with the name outweighs them."""

GAPS = {"decade": 4, "born": 2, "year": 1, "era": 1}
"""How far numbers may lie apart that belong together. Decades of articles: more than forty years of silence are another
time. Years of birth: an age leaves two of them open, and articles are a year out. Years in which one office is held.
"era", fifties of years, stands on the cards of version 1 alone."""

MOST_DOUBTS = 3
"""So many bearers of its family name are suggested for a single name: more is no suggestion."""


class Known(Protocol):
    """What must be known about names met before; each answer comes from an index, never from a scan."""

    def of_block(self, block: str) -> Sequence[Likeness]:
        """All cards with this name."""

    def declaring(self, short: str) -> Sequence[Likeness]:
        """All cards whose articles explain this short form: "afp", "president.obama"."""

    def of_kin(self, kin: str) -> Sequence[Likeness]:
        """The cards with this family name or these initials, up to a limit."""

    def singles(self, kin: str) -> Sequence[int]:
        """The rows, up to a limit, of people whose single name this is."""


@dataclass(frozen=True, slots=True)
class View:
    """What the program holds about some rows (`heads` of their cards) now; it replaces what it held about them.

    With a `centre`, only about that one and each of the others.
    """

    heads: frozenset[int]
    opinions: tuple[Opinion, ...]
    centre: int | None = None

    def covers(self, one: int, other: int) -> bool:
        """Whether what was held about two rows is replaced."""
        return {one, other} <= self.heads and self.centre in (None, one, other)


def opinion_of_equals(head: int, row: int, card: Card) -> Opinion:
    """Two rows with equal cards are one."""
    facts = f" ({card.variant})" if card.variant else ""
    return Opinion(head, row, "same", SAME_CARD, f"same name, {card.block.partition(' ')[2]}{facts}")


def views(card_of: Likeness, known: Known, *, new: bool) -> Iterator[View]:
    """What to think after a document has brought one more of a card; `new` if the card was not known before."""
    card = card_of.card
    named = known.of_block(card.block)
    if len(named) > 1:
        yield of_name(named)
    kind, _, name = card.block.partition(" ")
    explained = {facts_of(one.card.variant).get("short", "") for one in named}
    for short in {name.replace(" ", "."), *explained} - {""}:
        declaring = known.declaring(short)
        everybody = {one.card.block: known.of_block(one.card.block) for one in declaring}
        for one in known.of_block(f"{kind} {short.replace('.', ' ')}") if declaring else ():
            yield of_short_form(one, declaring, everybody)
    if new and card.kin:
        near = [one for one in known.of_kin(card.kin) if one.card.block != card.block]
        singles = known.singles(card.kin) if card.block.startswith("person ") else ()
        yield View(frozenset(), (*_near(card_of, near), *_bare(singles, card_of)))


def doubts_of_single(row: int, kin: str, known: Known) -> Iterator[Opinion]:
    """Of a person with a single name: who of that family name it may be, the most frequent first."""
    sizes: dict[str, int] = {}
    first: dict[str, Likeness] = {}
    for one in known.of_kin(kin):
        sizes[one.card.block] = sizes.get(one.card.block, 0) + one.size
        first.setdefault(one.card.block, one)
    for block in sorted(sizes, key=lambda b: (-sizes[b], b))[:MOST_DOUBTS]:
        yield from _bare([row], first[block])


def of_name(named: Sequence[Likeness]) -> View:
    """The cards of one name: each group that nothing keeps apart is one, the rest is doubt."""
    opinions = []
    groups = [sorted(group, key=lambda one: one.head) for group in cells(named)]
    for first, *others in groups:
        for other in others:
            reason = f"same name, {first.card.block.partition(' ')[2]}; nothing speaks against it"
            opinions.append(Opinion(first.head, other.head, "same", SAME_NAME, reason))
    one, *_ = max(groups, key=lambda group: (sum(member.size for member in group), -group[0].head))
    for other, *_ in groups:
        if other is one:
            continue
        score, against = _told_apart(one, other)
        opinions.append(Opinion(one.head, other.head, "unsure", score, f"same name, but {against}"))
    return View(frozenset(one.head for one in named), tuple(opinions))


def of_short_form(short: Likeness, declaring: Sequence[Likeness], named: Mapping[str, Sequence[Likeness]]) -> View:
    """A short form ("AFP", "President Okoro") and those who, articles say, go by it: one, if there is one such.

    `named` has all cards of the blocks of `declaring`: a name that several bear cannot be the one.
    """
    heads = frozenset(one.head for one in (short, *declaring))
    mine = facts_of(short.card.variant)
    fitting = [one for one in declaring if not contradictions(mine, facts_of(one.card.variant))]
    sizes: dict[str, int] = {}
    for one in fitting:
        sizes[one.card.block] = sizes.get(one.card.block, 0) + one.size
    total = sum(sizes.values())
    serious = [block for block, size in sizes.items() if size > STRAY * total]
    opinions = []
    for block in sorted(sizes):
        bearers = [one for one in fitting if one.card.block == block]
        full = min(bearers, key=lambda one: one.head)
        heads_of = {one.head for one in bearers}
        sure = serious == [block] and any(heads_of <= {one.head for one in group} for group in cells(named[block]))
        says = f"{sizes[block]} of {total} articles that give both say so"
        reason = f"{short.card.block.partition(' ')[2]} stands for {block.partition(' ')[2]}: {says}"
        score, verdict = (SHORT_FORM, "same") if sure else (SAME_WORDS, "unsure")
        opinions.append(Opinion(full.head, short.head, verdict, score, reason))
    return View(heads, tuple(opinions), centre=short.head)


def cells(named: Sequence[Likeness]) -> list[list[Likeness]]:
    """The cards of one name in groups, each of which is one: a function of the set, whatever its order."""
    facts = _facts_together(named)
    strays = _strays(named, facts)
    apart = [one for one in named if one.head in strays]
    kept = [one for one in named if one.head not in strays]
    clash = _clashes({one.head: facts[one.head] for one in kept})
    apart += [one for one in kept if _could_be_either(one.head, clash)]
    groups: list[list[Likeness]] = []
    for one in (one for one in kept if one not in apart):
        mine = next((group for group in groups if (group[0].head, one.head) not in clash), None)
        if mine is None:
            groups.append([one])
        else:
            mine.append(one)
    return groups + [[one] for one in apart]


def _clashes(facts: Mapping[int, Mapping[str, str]]) -> set[tuple[int, int]]:
    """The pairs of cards that contradict each other, in both orders."""
    found: set[tuple[int, int]] = set()
    for key, holders in _by_value(facts).items():
        for one, other in permutations(holders, 2):
            if not _agree(key, one, other):
                found.update(product(holders[one], holders[other]))
    return found


def _by_value(facts: Mapping[int, Mapping[str, str]]) -> dict[str, dict[str, list[int]]]:
    """Which cards give a fact, by key and value: the values of a name are few, however many cards it has."""
    found: dict[str, dict[str, list[int]]] = {}
    for head, known in facts.items():
        for key, value in known.items():
            found.setdefault(key, {}).setdefault(value, []).append(head)
    return found


def _could_be_either(head: int, clash: Set[tuple[int, int]]) -> bool:
    """Whether a card goes with two that contradict each other."""
    return any(
        (head, one) not in clash and (head, other) not in clash for one, other in clash if head not in (one, other)
    )


def _facts_together(named: Sequence[Likeness]) -> dict[int, dict[str, str]]:
    """The facts of each card of a name, read beside all others: what others link agrees."""
    facts = {one.head: facts_of(one.card.variant) for one in named}
    for key, gap in GAPS.items():
        _band([known for known in facts.values() if key in known], key, gap)
    held = {
        known["profession"]: frozenset(known["profession"].split("."))
        for known in facts.values()
        if "profession" in known
    }
    wider = {value: own.union(*(both for both in held.values() if own & both)) for value, own in held.items()}
    for known in facts.values():
        if "profession" in known:
            known["profession"] = ".".join(sorted(wider[known["profession"]]))
    return facts


def _band(told: Sequence[dict[str, str]], key: str, gap: int) -> None:
    """Give numbers that are linked by steps no longer than a gap the least of them."""
    first = last = None
    bands: dict[int, int] = {}
    for number in sorted({int(known[key]) for known in told}):
        first = number if first is None or last is None or number - last > gap else first
        bands[number], last = first, number
    for known in told:
        known[key] = str(bands[int(known[key])])


def contradictions(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The facts in which two cards of one name exclude each other."""
    return sorted(key for key in one.keys() & other.keys() if not _agree(key, one[key], other[key]))


def _agree(key: str, one: str, other: str) -> bool:
    if key in GAPS:
        return abs(int(one) - int(other)) <= GAPS[key]
    if key == "profession":
        return not exclude(frozenset(one.split(".")), frozenset(other.split(".")))
    if key == "middle":  # names, or their initials, as far as both give them
        pairs = zip(one.split("."), other.split("."), strict=False)
        return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in pairs)
    return key == "short" or one == other


def _strays(named: Sequence[Likeness], facts: Mapping[int, Mapping[str, str]]) -> set[int]:
    """The cards with a fact that so few articles back, against others, that it is more likely a mistake."""
    size = {one.head: one.size for one in named}
    few = min(FEW, STRAY * sum(size.values()))
    strays: set[int] = set()
    for key, holders in _by_value(facts).items():
        backing = {value: sum(size[head] for head in heads) for value, heads in holders.items()}
        for value, heads in holders.items():
            against = sum(backing[other] for other in backing if not _agree(key, value, other))
            own = sum(backing.values()) - against
            if own <= against and own <= max(STRAY * (own + against), few):
                strays.update(heads)
    return strays


def _told_apart(one: Likeness, other: Likeness) -> tuple[float, str]:
    """How little speaks for two cards of one name being one, and what speaks against it."""
    mine, theirs = facts_of(one.card.variant), facts_of(other.card.variant)
    against = contradictions(mine, theirs)
    said = ", ".join(f"{key} {mine[key]} against {theirs[key]}" for key in against)
    score = round(SAME_WORDS / max(1, len(against)), 2)
    return score, said or "others of this name contradict each other"


def _near(new: Likeness, others: Sequence[Likeness]) -> Iterator[Opinion]:
    """Other names that are like this one."""
    seen = set()
    for other in sorted(others, key=lambda one: one.head):
        if other.card.block not in seen:
            seen.add(other.card.block)
            found = like(new.card, other.card)
            if found and not contradictions(facts_of(new.card.variant), facts_of(other.card.variant)):
                yield Opinion(other.head, new.head, "unsure", *found)


def _bare(rows: Sequence[int], full: Likeness) -> Iterator[Opinion]:
    for row in rows:
        yield Opinion(
            full.head, row, "unsure", 0.3, f"the single name may stand for {full.card.block.split(' ', 1)[1]}"
        )
