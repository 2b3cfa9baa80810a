"""Other ways the same article could have been printed: marks, names, letter case, line breaks.

In: an `Example` and a random generator. Out: an `Example` whose text was edited and whose spans moved with it. A
module because the training corpus is American political news with double marks, and readers of every other paper use
the product. Shares were chosen by judgement, not tuned.
"""

from __future__ import annotations

import json
import random
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from quotes.text.page import Page
from quotes.text.quotations import CLOSING, OPENING, OUTSIDE
from quotes.train.captions import breaks_between, line_between
from quotes.train.corpus import ROLES, Example, Relation

Edit = tuple[int, int, str]

_PRONOUNS = {"he", "she", "they", "it", "who", "i", "we", "one"}

RETOLD = 0.15
"""Share of documents whose quoted paragraphs are printed as a transcript or a list."""

INTERRUPTED = 0.2
"""Share of annotated documents with captions, links and notices between paragraphs; of these a fifth of the breaks."""

_NAMES: dict[str, list[str]] = json.loads((Path(__file__).parent / "names.json").read_text(encoding="utf-8"))
_DASH = "— "  # opens a spoken paragraph
_STYLES = {  # (opening, closing): share of documents
    None: 50,
    ('"', '"'): 10,
    ("‘", "’"): 14,
    ("'", "'"): 6,
    ("«", "»"): 3,
    ("„", "“"): 2,
    ("“", "”"): 6,
    ("", ""): 6,
    (_DASH, ""): 3,
}
_NAME_WORD = re.compile(r"[A-Z][\w’'-]+")
_SENTENCE_END = re.compile(r"(?:(?<=[a-z\d)]{3}[.!?])|(?<=[.!?][\"”]))\s+(?=[A-Z\"“])")
_TITLES = {"President", "Senator", "Governor", "Secretary", "Judge", "Justice", "Mayor", "Congressman", "Speaker"}


def augmented(example: Example, rng: random.Random) -> Example:
    """One random variant of a document, often the document itself."""
    if rng.random() < RETOLD:
        example = retold(example, rng)
    if example.labelled and rng.random() < INTERRUPTED:
        example = interrupted(example, rng)
    for share, change in _CHANGES:
        if rng.random() < share:
            example = edited(example, change(example, rng))
    return example


def retold(example: Example, rng: random.Random) -> Example:
    """Print paragraphs that are a quote and its speaker as transcripts do (NAME: words) or lists (“words” — Name)."""
    manner = rng.choice(("{name}: {words}", "{name}: “{words}”", "“{words}” — {name}", "“{words}” ― {name}"))
    capitals = rng.random() < 0.4
    places = {id(r): place for r in example.relations if (place := _whole_paragraph(example, r)) and rng.random() < 0.8}
    edits: list[Edit] = []
    new: dict[int, tuple[int, Relation]] = {}
    for relation in example.relations:
        if id(relation) in places:
            start, end = places[id(relation)]
            (said,) = relation.content
            words = example.text[slice(*said)].strip("“”\"‘’' ,")
            words += "." if words[-1:].isalnum() else ""
            name = example.text[slice(*relation.source[0])].split(",")[0].strip()
            if name.lower() in _PRONOUNS:
                name = f"{rng.choice(_NAMES['given'])} {rng.choice(_NAMES['surnames'])}"
            paragraph = manner.format(
                name=name.upper() if capitals and len(name.upper()) == len(name) else name, words=words
            )
            at_words, at_name = manner.index("{words}"), manner.index("{name}")
            at_words += len(name) - len("{name}") if at_name < at_words else 0
            at_name += len(words) - len("{words}") if at_words < at_name else 0
            cue = len(name) if manner.startswith("{name}") else paragraph.rindex(manner[-8])
            spans = [(at_name, at_name + len(name)), (cue, cue + 1), (at_words, at_words + len(words))]
            new[id(relation)] = start, Relation(*(((a, b),) for a, b in spans))
            edits.append((start, end, paragraph))
    inside = [(s, e) for s, e, _ in edits]
    kept = tuple(x for x in example.entities or () if not any(s < x[1] and x[0] < e for s, e in inside))
    others = tuple(r for r in example.relations if id(r) not in new)
    out = edited(replace(example, relations=others, entities=example.entities and kept), edits)
    moved = []
    for start, relation in new.values():
        by = start + sum(len(t) - (e - s) for s, e, t in edits if s < start)
        moved.append(Relation(*(tuple((a + by, b + by) for a, b in getattr(relation, role)) for role in ROLES)))
    return replace(out, relations=out.relations + tuple(moved))


def _whole_paragraph(example: Example, relation: Relation) -> tuple[int, int] | None:
    """The paragraph that a direct quote and its short attribution fill between them, if they do."""
    if len(relation.content) != 1 or not relation.source or not relation.cue:
        return None
    begin, close = relation.content[0]
    start = example.text.rfind("\n", 0, begin) + 1
    end = example.text.find("\n", close)
    end = len(example.text) if end < 0 else end
    inside = [f for r in example.relations for role in ROLES for f in getattr(r, role) if f[0] < end and start < f[1]]
    own = len(relation.source) + len(relation.cue) + 1
    fills = begin == start and example.text[begin] in '“"' and end - close < 100 and relation.source[0][0] >= close
    return (start, end) if fills and len(inside) == own else None


def interrupted(example: Example, rng: random.Random) -> Example:
    """Put lines that belong to nobody between paragraphs; only where labels say so: a teacher never saw any."""
    edits: list[Edit] = []
    entities: list[tuple[int, int, str]] = []
    longer = 0
    for found in breaks_between(example):
        if rng.random() < 0.2:
            line, named = line_between(rng, _NAMES)
            at = found.end() + longer
            entities += [(at + s, at + e, kind) for s, e, kind in named]
            edits.append((*found.span(), found.group() + line + found.group()))
            longer += len(line) + len(found.group())
    out = edited(example, edits)
    return replace(out, entities=None if out.entities is None else (*out.entities, *entities))


def edited(example: Example, edits: list[Edit]) -> Example:
    """Apply replacements that do not overlap, and move every span along."""
    if not edits:
        return example
    edits = sorted(edits)
    parts, ends, shifts, position, shift = [], [], [], 0, 0
    for start, end, new in edits:
        parts += [example.text[position:start], new]
        position = end
        shift += len(new) - (end - start)
        ends.append(end)
        shifts.append(shift)
    parts.append(example.text[position:])
    starts = [s for s, _, _ in edits]

    def moved(at: int, is_end: bool) -> int:
        i = bisect_right(ends, at) if ends else 0
        base = at + (shifts[i - 1] if i else 0)
        if i < len(edits) and starts[i] < at < ends[i] and len(edits[i][2]) != ends[i] - starts[i]:
            # Inside an edit that changes the length: its edge.
            new_start = starts[i] + (shifts[i - 1] if i else 0)
            return new_start + len(edits[i][2]) if is_end else new_start
        return base

    def span(s: int, e: int) -> tuple[int, int]:
        # A start that coincides with the end of a deletion before it stays after it; an end likewise.
        return moved(s, False), moved(e, True)

    def role(fragments: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple((s, e) for s, e in (span(*f) for f in fragments) if s < e)

    relations = tuple(Relation(role(r.source), role(r.cue), role(r.content)) for r in example.relations)
    entities = None
    if example.entities is not None:
        entities = tuple((*span(s, e), t) for s, e, t in example.entities)
    return replace(example, text="".join(parts), relations=relations, entities=entities)


def _marks(example: Example, rng: random.Random) -> list[Edit]:
    style = rng.choices(list(_STYLES), list(_STYLES.values()))[0]
    if style is None:
        return []
    states = Page.of_read(example.text).states
    edits = []
    for i, state in enumerate(states):
        if state in (OPENING, CLOSING):
            new = style[0] if state == OPENING else style[1]
            if new == _DASH and example.text[max(i - 1, 0)] != "\n":
                new = ""
            edits.append((i, i + 1, new))
    return edits


def _names(example: Example, rng: random.Random) -> list[Edit]:
    """Give people, bodies and places names from all over the world, one new name for each old one."""
    edits: list[Edit] = []
    new: dict[tuple[str, str], str] = {}
    last_end = 0
    for start, end, kind in sorted(example.entities or ()):
        if start < last_end:
            continue
        last_end = end
        old = example.text[start:end]
        if kind == "PERSON":
            words = list(_NAME_WORD.finditer(old))
            for n, word in enumerate(words):
                stock = _NAMES["surnames" if n == len(words) - 1 else "given"]
                if word.group() not in _TITLES:
                    fresh = new.setdefault(("P", word.group()), rng.choice(stock))
                    edits.append((start + word.start(), start + word.end(), fresh))
        elif kind in ("LOCATION", "ORGANIZATION"):
            stock = _NAMES["places" if kind == "LOCATION" else "organisations"]
            if (kind, old) not in new:
                new[kind, old] = rng.choice(stock) if rng.random() < 0.5 else old
            if new[kind, old] != old:
                edits.append((start, end, new[kind, old]))
    return edits


def _cues(example: Example, rng: random.Random) -> list[Edit]:
    """Swap some plain "said" and "says" for other verbs of speech; where nobody labelled, any of them."""
    cues = {f for r in example.relations for f in r.cue}
    found = [m.span() for m in re.finditer(r"\b(?:said|says)\b", example.text)]
    plain = [span for span in found if span in cues or not example.labelled]
    return [(s, e, rng.choice(_NAMES["cues"])) for s, e in plain if rng.random() < 0.3]


def _same_length(change: Callable[[str], str], text: str) -> str:
    return "".join(c if len(change(c)) != 1 else change(c) for c in text)


def _letter_case(example: Example, rng: random.Random) -> list[Edit]:
    """Capitals in some paragraphs (as in headlines and transcripts), or small letters throughout."""
    if rng.random() < 0.3:
        return [(0, len(example.text), _same_length(str.lower, example.text))]
    lines = [m for m in re.finditer(r"[^\n]+", example.text) if rng.random() < 0.3]
    return [(m.start(), m.end(), _same_length(str.upper, m.group())) for m in lines]


def _paragraphs(example: Example, rng: random.Random) -> list[Edit]:
    """Paragraphs of a sentence or three, outside quotation marks, for a text that was stored as one line."""
    if "\n" in example.text:
        return []
    states = Page.of_read(example.text).states
    ends = [m for m in _SENTENCE_END.finditer(example.text) if states[m.start()] == OUTSIDE]
    return [(m.start(), m.end(), "\n\n") for m in ends if rng.random() < 0.75]


def _breaks(example: Example, rng: random.Random) -> list[Edit]:
    """Single line ends for blank lines, paragraphs run together, or lines wrapped at a fixed width."""
    way = rng.random()
    breaks = [m.span() for m in re.finditer(r"\n\s*\n", example.text)]
    if way < 0.4:
        return [(s, e, "\n") for s, e in breaks]
    if way < 0.9:
        return [(s, e, " ") for s, e in breaks if rng.random() < 0.35]
    width = rng.randint(55, 80)
    edits, line_start = [], 0
    for m in re.finditer(r"\n\s*\n| ", example.text):
        if m.group() != " ":
            line_start = m.end()
        elif m.start() - line_start > width:
            edits.append((m.start(), m.end(), "\n"))
            line_start = m.end()
    return edits


_CHANGES: tuple[tuple[float, Callable[[Example, random.Random], list[Edit]]], ...] = (
    (1.0, _paragraphs),
    (0.5, _names),
    (0.35, _cues),
    (1.0, _marks),
    (0.05, _letter_case),
    (0.18, _breaks),
)
