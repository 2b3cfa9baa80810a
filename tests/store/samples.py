"""Small documents with quotes, made without the detector, for the tests of the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Engine

from quotes.claims import claim
from quotes.records import Act, Attribution, Document, Organisation, Quote, Span, Speaker, SpeakerKind
from quotes.resolve.naming import NAMING
from quotes.store.write import Reader, Saved, save
from quotes.text.page import Page


def span(text: str, words: str, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words))


def said(
    text: str,
    content: str | Sequence[str],
    who: str | None = None,
    *,
    full: str | None = None,
    kind: SpeakerKind = SpeakerKind.PERSON,
    role: str | None = None,
    organisation: str | None = None,
    conduit: str | None = None,
    cue: str = "said",
    confidence: float = 0.9,
) -> Quote:
    """A quote of the words `content` by `who`, whose full name is `full`."""
    fragments = [content] if isinstance(content, str) else content
    spans = tuple(span(text, words) for words in fragments)
    attribution = Attribution(
        content=spans,
        cue=(span(text, cue, after=text.index(fragments[0])),) if who else (),
        source=(span(text, who),) if who else (),
        kind=Page(text).kind(spans),
        act=Act.SPEECH,
        confidence=confidence,
    )
    name = full or who
    speaker = Speaker(name, kind if name else SpeakerKind.UNNAMED)
    body = Organisation(organisation) if organisation else None
    return Quote(attribution, speaker, organisation=body, role=role, conduit=conduit)


def store(engine: Engine, document: Document, *quotes: Quote) -> Saved:
    found = [(quote, claim(quote.text(document))) for quote in quotes]
    return save(engine, (document, found), Reader("test", "1", NAMING))


BRIDGE = Document(
    "bridge",
    "“The bridge will stand,” Jean-Yves Le Bris said.\n\n“It will not,” said Moussa. “Not in März.” 🌉",
    url="https://paper.example/bridge",
    outlet="The Paper",
    title="A bridge",
    published=date(2024, 3, 1),
)
HARBOUR = Document(
    "harbour",
    "“The bridge will stand”, Le Bris said again. Surely they wanted boats, Dockers said.",
    url="https://radio.example/harbour",
    outlet="Radio Élan",
    published=date(2024, 4, 2),
)


def bridge_quotes() -> list[Quote]:
    text = BRIDGE.text
    return [
        said(text, "The bridge will stand,", "Jean-Yves Le Bris", role="engineer", organisation="Bridge Board"),
        said(text, ["It will not,", "Not in März."], "Moussa", conduit="Radio Élan"),
    ]


def harbour_quotes() -> list[Quote]:
    text = HARBOUR.text
    return [
        said(text, "The bridge will stand", "Le Bris", full="Jean-Yves Le Bris", conduit="Radio Élan"),
        said(text, "they wanted boats", "Dockers", kind=SpeakerKind.GROUP, confidence=0.6),
    ]


def fill(engine: Engine) -> None:
    store(engine, BRIDGE, *bridge_quotes())
    store(engine, HARBOUR, *harbour_quotes())
