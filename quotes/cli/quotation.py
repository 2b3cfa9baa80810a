"""One quote for the eye: its paragraph with the content marked, and the chain from speaker to offsets."""

from __future__ import annotations

import re
from typing import Any

from rich.console import Console
from rich.text import Text

from quotes.formats import shown
from quotes.query import QuoteInContext

# Characters that would move the cursor of a terminal; one for one, so that offsets hold.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
STYLES = {"content": "bold", "cue": "italic", "source": "underline"}


def record(quote: QuoteInContext) -> dict[str, Any]:
    """The row of the quote, its spans as [start, end] and its paragraph."""
    spans = {part: [[start, end] for of, start, end in quote.spans if of == part] for part in STYLES}
    where = {"paragraph": quote.paragraph, "paragraph_start": quote.paragraph_start}
    return {**quote.row, **{f"{part}_spans": found for part, found in spans.items()}, **where}


def render(quote: QuoteInContext) -> None:
    """Prints the quote in its paragraph, content bold, cue italic, source underlined, and its chain."""
    console = Console(highlight=False)
    paragraph = Text(CONTROL.sub("�", quote.paragraph))
    for part, start, end in quote.spans:
        paragraph.stylize(STYLES[part], start - quote.paragraph_start, end - quote.paragraph_start)
    console.print(paragraph, "")
    for name, value in chain(quote):
        if value:
            console.print(Text(f"{name:13}", style="dim") + Text(value))


POLARITIES = {
    "affirmed": "",
    "denied": "DENIED: the source says that it is not so, or did not say it",
    "questioned": "QUESTIONED: the source asks or doubts whether it is so",
}


def probability(value: float | None) -> str:
    """A confidence; unknown where an older version of the program did not store it."""
    return "unknown" if value is None else f"{value:.2f}"


def chain(quote: QuoteInContext) -> list[tuple[str, str]]:
    """The provenance of a quote: speaker → conduit → outlet → document → offsets."""
    row = quote.row
    content = ", ".join(f"{start}–{end}" for part, start, end in quote.spans if part == "content")
    speaker = f"{row['speaker'] or 'not named'} ({row['speaker_kind']})"
    return [
        ("quote", f"{row['quote_id']}, {row['kind']} {row['act']}, claim {row['claim_id']}"),
        ("polarity", POLARITIES[row["polarity"]]),
        ("text", row["text"]),
        ("speaker", speaker + (f", number {row['speaker_id']}" if row["speaker_id"] else "")),
        ("as written", ", ".join(filter(None, (shown(row["source"]), shown(row["source_type"]))))),
        ("role", shown(row["role"])),
        ("organisation", shown(row["organisation"])),
        ("cue", shown(row["cue"])),
        ("conduit", shown(row["conduit"])),
        ("outlet", shown(row["outlet"])),
        ("carried by", row["carriers"] if row["carried_by"] > 1 else ""),
        ("published", shown(row["published"])),
        ("title", shown(row["title"])),
        ("document", f"{row['document']}, number {row['document_id']}"),
        ("url", shown(row["url"])),
        ("offsets", f"{content} (code points, end exclusive)"),
        ("confidence", f"{row['confidence']:.2f} that words and source are right"),
        ("", f"{probability(row['speaker_confidence'])} that the name is right"),
        ("", f"{probability(row['statement_confidence'])} that it is a statement"),
    ]
