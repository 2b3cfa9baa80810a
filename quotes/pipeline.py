"""The only composer of stages: read → detect → resolve → store.

In: paths, URLs or documents. Out: quotes, and what became of each input. Stages do not know each other; whatever one
needs of another is handed over here.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine

from quotes.claims import claim
from quotes.deadline import SECONDS, limited
from quotes.detect import analyse, model_name
from quotes.detect.acts import act_of
from quotes.detect.polarity import polarity_of
from quotes.detect.statements import statement_confidence
from quotes.errors import InputRefused
from quotes.parallel import in_order
from quotes.read import ReadOptions, read
from quotes.records import Attribution, Document, Quote, Span
from quotes.resolve import resolve
from quotes.resolve.naming import NAMING
from quotes.resolve.source_types import source_types
from quotes.store.checks import Problem, Rules, check, repair
from quotes.store.engine import upgrade as upgrade_schema
from quotes.store.pending import complete
from quotes.store.write import Found, Outcome, Reader, Saved, recognise, save, save_all
from quotes.text.page import Page

PARTS = ("source", "cue", "content")
Parts = Mapping[str, Sequence[Span]]


@dataclass(slots=True)
class Summary:
    """What a run of `add` did: documents by outcome, quotes stored, inputs refused, documents stored with a warning."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    quotes: int = 0
    refused: int = 0
    warned: int = 0

    def count(self, item: Document | InputRefused, saved: Saved | None) -> None:
        """Adds an input that is done with: a document and what became of it, or a refusal."""
        if isinstance(item, InputRefused):
            self.refused += 1
        elif saved:
            self.warned += bool(item.warnings)
            self.outcomes[saved.outcome] += 1
            self.quotes += saved.quotes


def extract(document: Document) -> list[Quote]:
    """Every quote in a document, in order of its text.

    >>> text = '“We will rebuild the bridge,” said Mayor Ines Okoro.'
    >>> [quote.speaker.name for quote in extract(Document("bridge", text))]
    ['Ines Okoro']
    """
    page = Page(document.text)
    analysis = analyse(document, page=page)
    return resolve(document, analysis.attributions, analysis.names, page)


def warned(text: str, quotes: Sequence[Quote]) -> list[Quote]:
    """Quotes of one text with polarity, statement confidence and source type, read off what a database keeps.

    For quotes that were stored before these were: of each only the spans, kind, act, and the speaker's name and kind
    are looked at. Any order; as many come back, in the same order.
    """
    page = Page(text)
    order = sorted(range(len(quotes)), key=lambda i: quotes[i].attribution.content)
    sources = (page.read(quotes[i].attribution).source for i in order)
    types = dict(zip(order, source_types(page.text, sources, (quotes[i].speaker for i in order)), strict=True))
    return [
        replace(quote, attribution=_stance(page, quote.attribution), source_type=types[i])
        for i, quote in enumerate(quotes)
    ]


def _stance(page: Page, given: Attribution) -> Attribution:
    read = page.read(given)
    spans = read.cue, read.source, read.content
    said = statement_confidence(page.text, page.states, *spans, given.kind, given.act)
    return replace(given, polarity=polarity_of(page.text, *spans), statement_confidence=said)


def extracted(
    items: Iterable[Document | InputRefused], *, jobs: int = 1, max_seconds: float = SECONDS
) -> Iterator[tuple[Document, list[Quote]] | InputRefused]:
    """Documents with their quotes, in the order given, worked on by up to `jobs` processes; refusals pass through.

    A document that takes longer than `max_seconds` of processor time is refused.
    """
    return in_order(partial(_extracted, max_seconds), items, jobs, at_home=_is_refused)


def _extracted(max_seconds: float, item: Document | InputRefused) -> tuple[Document, list[Quote]] | InputRefused:
    if isinstance(item, InputRefused):
        return item
    try:
        with limited(item.id, max_seconds):
            return item, extract(item)
    except InputRefused as refused:
        return refused


def _is_refused(item: Document | InputRefused) -> bool:
    return isinstance(item, InputRefused)


def add(
    engine: Engine,
    targets: Iterable[str],
    options: ReadOptions | None = None,
    *,
    jobs: int = 1,
    seen: Callable[[Document | InputRefused, Saved | None], None] = lambda _, __: None,
) -> Summary:
    """Reads, detects, resolves and stores, a transaction a document: stopped anywhere, it can be run again.

    Up to `jobs` processes detect and resolve; this one stores, in the order of the inputs. `seen` is told of every
    input that is done with: a document and what became of it, or why one was refused.

    >>> summary = add(open_database("quotes.db", create=True), ["articles/"])
    >>> summary.quotes, summary.refused
    """
    summary, options = Summary(), options or ReadOptions()

    def done(item: Document | InputRefused, saved: Saved | None) -> None:
        summary.count(item, saved)
        seen(item, saved)

    def unknown() -> Iterator[Document | InputRefused]:
        for item in documents(targets, options):
            there = recognise(engine, item, NAMING) if isinstance(item, Document) else None
            if there is None:
                yield item
            else:
                done(item, there)

    with _Together(engine, done) as together:
        for found in extracted(unknown(), jobs=jobs, max_seconds=options.max_seconds):
            if isinstance(found, InputRefused):
                done(found, None)
            else:
                together.store(*found)
    return summary


TOGETHER, TOGETHER_SECONDS = 50, 1.0
"""Documents are stored together: so many at most, and those of so many seconds."""


class _Together:
    """A context in which documents wait for others to be stored with; at its end, however it ends, none waits."""

    def __init__(self, engine: Engine, done: Callable[[Document, Saved], None]) -> None:
        self.engine, self.done = engine, done
        self.waiting: list[Found] = []
        self.since = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.flush()

    def store(self, document: Document, quotes: Sequence[Quote]) -> None:
        """Takes a document, and stores those that wait if they are many or have waited long."""
        self.since = self.since if self.waiting else time.monotonic()
        self.waiting.append(_stating(document, quotes))
        if len(self.waiting) >= TOGETHER or time.monotonic() - self.since > TOGETHER_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Stores what waits."""
        batch, self.waiting = self.waiting, []
        for (document, _), saved in zip(batch, save_all(self.engine, batch, _reader()), strict=True):
            self.done(document, saved)


def store(engine: Engine, document: Document, quotes: Sequence[Quote]) -> Saved:
    """Stores a document with its quotes and the claims they state, and finds out who its speakers are."""
    return save(engine, _stating(document, quotes), _reader())


def _stating(document: Document, quotes: Sequence[Quote]) -> Found:
    return document, [(quote, claim(quote.text(document))) for quote in quotes]


def _reader() -> Reader:
    return Reader(*model_name(), NAMING)


def documents(targets: Iterable[str], options: ReadOptions | None = None) -> Iterator[Document | InputRefused]:
    """All documents that the targets lead to, each target in turn; what cannot be read comes as its refusal.

    >>> [document.title for document in documents(["articles/"]) if isinstance(document, Document)]
    """
    for target in targets:
        yield from read(target, options or ReadOptions())


def upgrade(engine: Engine, told: Callable[[int, int], None] = lambda _, __: None) -> int:
    """Brings a database to this version; how many documents the rules had to look at again.

    Stopped anywhere, it can be run again and goes on; `told` hears how many documents of how many are done.
    """
    upgrade_schema(engine)
    return complete(engine, lambda document, quotes: warned(document.text, quotes), NAMING, told)


def problems(engine: Engine, only: Collection[str] = ()) -> Iterator[Problem]:
    """Every stored invariant that does not hold; `only` names the checks to make."""
    return check(engine, RULES, only)


def repaired(engine: Engine) -> Iterator[str]:
    """Repairs what is computed from the rest; says what was done."""
    return repair(engine, RULES)


def _kinds(text: str, quotes: Sequence[Parts]) -> Iterator[str]:
    page = Page(text)
    return (page.kind(map(page.inward, spans["content"])).value for spans in quotes)


def _acts(text: str, quotes: Sequence[Parts]) -> Iterator[str]:
    page = Page(text)
    cues = (" ".join(page.inward(span).of(page.text) for span in spans.get("cue", ())) for spans in quotes)
    return (act_of(cue).value for cue in cues)


def _polarities(text: str, quotes: Sequence[Parts]) -> Iterator[str]:
    page = Page(text)
    parts = ("cue", "source", "content")
    read = ([[page.inward(span) for span in spans.get(part, ())] for part in parts] for spans in quotes)
    return (polarity_of(page.text, *spans).value for spans in read)


RULES = Rules(lambda words: claim(words).identity, _kinds, _acts, _polarities, NAMING)
"""What a check computes again by the rules of this version."""


def as_record(document: Document, quotes: Sequence[Quote]) -> dict[str, Any]:
    """A document and its quotes in the form of the corpora: spans are [start, end] in code points, end exclusive."""
    known_of = {"url": document.url, "outlet": document.outlet, "title": document.title, "byline": document.byline}
    published = {"published": document.published.isoformat()} if document.published else {}
    if document.published_at:
        published["published_at"] = document.published_at.isoformat()
    return {
        "id": document.id,
        **{name: value for name, value in known_of.items() if value},
        **published,
        "text": document.text,
        "attributions": [_attribution_record(quote) for quote in quotes],
    }


def _attribution_record(quote: Quote) -> dict[str, Any]:
    attribution: Attribution = quote.attribution
    return {
        **{part: [[span.start, span.end] for span in getattr(attribution, part)] for part in PARTS},
        "kind": attribution.kind.value,
        "act": attribution.act.value,
        "polarity": attribution.polarity.value,
        "statement_confidence": round(attribution.statement_confidence, 4),
        "speaker": quote.speaker.name,
        "speaker_kind": quote.speaker.kind.value,
        "source_type": quote.source_type.value,
        "organisation": quote.organisation.name if quote.organisation else None,
        "role": quote.role,
        "conduit": quote.conduit,
        "confidence": round(attribution.confidence, 4),
        "speaker_confidence": round(quote.speaker_confidence, 4),
    }


def seeds() -> Path:
    """The folder of sample articles: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"
