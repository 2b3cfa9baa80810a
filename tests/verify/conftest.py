"""Articles whose quotes are known, on each of the databases, and what is found out about a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from quotes.pipeline import extract
from quotes.records import Document, Polarity, Quote, SourceType, Span, Speaker, SpeakerKind
from quotes.verify import Finding, check
from tests.store.samples import said, store

Checked = Callable[[str], list[Finding]]

BRIDGE = Document(
    "bridge",
    "“The bridge will not fall before the spring tides of 2031,” Ines Okoro said. “It has stood for a century, and "
    "nobody has ever asked it to carry a train.”\n\n"
    "“We counted nine cracks in the northern arch,” Tom Aske told the council. He denied that “the council was warned "
    "in writing”.\n\n"
    "Lou Bell said that the ferry would run until the bridge was mended. Twelve boats left the harbour that night.\n\n"
    "“Somebody always profits from a closed road,” a colleague said.",
    url="https://paper.example/bridge",
    outlet="The Paper",
    title="The bridge",
    published=date(2024, 3, 1),
)
FERRY = Document(
    "ferry",
    "“The ferry is full by seven every morning,” Lou Bell said.\n\n“We counted nine cracks in the northern arch,” Aske "
    "said again.",
    outlet="Radio",
    published=date(2024, 3, 5),
)


def told(text: str, content: str, who: str, cue: str, *, full: str | None = None) -> Quote:
    """A quote whose source and cue stand before its content."""
    quote, at = said(text, content), text.index(content)
    spans = [Span(start, start + len(words)) for words in (who, cue) if (start := text.rindex(words, 0, at)) >= 0]
    attribution = replace(quote.attribution, source=(spans[0],), cue=(spans[1],))
    return replace(quote, attribution=attribution, speaker=Speaker(full or who, SpeakerKind.PERSON))


def fill(engine: Engine) -> None:
    text = BRIDGE.text
    denied = told(text, "the council was warned in writing", "He", "denied", full="Tom Aske")
    store(
        engine,
        BRIDGE,
        said(
            text,
            [
                "The bridge will not fall before the spring tides of 2031,",
                "It has stood for a century, and nobody has ever asked it to carry a train.",
            ],
            "Ines Okoro",
        ),
        said(text, "We counted nine cracks in the northern arch,", "Tom Aske", cue="told"),
        replace(denied, attribution=replace(denied.attribution, polarity=Polarity.DENIED)),
        told(text, "that the ferry would run until the bridge was mended", "Lou Bell", "said"),
        replace(
            said(text, "Somebody always profits from a closed road,", "a colleague", kind=SpeakerKind.UNNAMED),
            source_type=SourceType.UNNAMED_PERSON,
        ),
    )
    text = FERRY.text
    store(
        engine,
        FERRY,
        said(text, "The ferry is full by seven every morning,", "Lou Bell"),
        said(text, "We counted nine cracks in the northern arch,", "Aske", full="Tom Aske"),
    )


@pytest.fixture
def checked(engine: Engine) -> Checked:
    """`checked(text)`: the findings on a draft of that text."""
    fill(engine)

    def call(text: str) -> list[Finding]:
        draft = Document("draft", text)
        return check(engine, draft, extract(draft))

    return call
