"""The command that compares a draft with the database: check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.options import database, detector, note, opened, output, output_format, show
from quotes.cli.reading import REFUSED, inputs

if TYPE_CHECKING:
    from quotes.formats.markup import Mark
    from quotes.records import Document
    from quotes.verify import Finding

NOT_VERBATIM = REFUSED  # one exit status for all that a person has to look at
TABLE = ("line", "verdict", "words", "found")
MORE = ("attributed_to", "title")
Checked = tuple["Document", "list[Finding]", list[dict[str, Any]]]


@click.command(
    epilog="""\b
Examples:
  quotes check draft.txt
  quotes check draft.md --html checked.html && echo "every quotation is verbatim"
  quotes check drafts/*.txt --csv --columns draft,line,verdict,passage
  pandoc draft.docx -t plain | quotes check - --json
"""
)
@inputs
@detector
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the draft marked up, too."
)
@output
@database
def check(targets: tuple[str, ...], options: Any, html: Path | None, db: str) -> int:
    """Check a draft before it is published: is every quotation in it what somebody said?

    Each stretch in quotation marks is looked for in the articles of the database: verbatim, altered (a fair cut or
    not), another speaker's, merged from two, denied there, not found. Marks, dashes, ellipses and spaces of another
    style make no difference. Statements without marks are shown with the nearest source and what differs. Nothing is
    stored.

    The exit status is 3 unless every quotation is verbatim; a fair cut is an alteration.
    """
    from quotes.cli.progress import Progress
    from quotes.errors import InputRefused
    from quotes.pipeline import documents, extracted
    from quotes.verify import as_rows
    from quotes.verify import check as checked_in

    if html and any(target != "-" and html.resolve() == Path(target).resolve() for target in targets):
        raise click.UsageError(f"--html would overwrite the draft {html}. Give another file")
    engine = opened(db)
    done: list[Checked] = []
    with Progress(moving=False) as progress:
        for found in extracted(documents(targets, options), max_seconds=options.max_seconds):
            if isinstance(found, InputRefused):
                progress.seen(found, None)
            else:
                progress.seen(found[0], None)
                findings = checked_in(engine, *found)
                done.append((found[0], findings, as_rows(engine, found[0], findings)))
    return report(done, html, refused=bool(progress.messages))


def report(done: Sequence[Checked], html: Path | None, *, refused: bool) -> int:
    """Writes what was found out about drafts; the exit status."""
    show(_shown(row for _, _, rows in done for row in rows), table=TABLE, more=MORE)
    every = [finding for _, findings, _ in done for finding in findings]
    note(summary(every))
    if html:
        write_html(html, done, summary(every))
    return NOT_VERBATIM if refused or not all(finding.stands for finding in every) else 0


def _shown(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Rows with, in a table, one column for the words and what was done to them, and one for where they stand."""
    for row in rows:
        if in_table():
            fair = " (fair)" if row["fair"] else ""
            told = f"{row['verdict']}: {row['change']}{fair}" if row["change"] else row["verdict"]
            row = {**row, "verdict": told, "words": row["difference"] or row["passage"], "found": _where(row)}
        yield row


def in_table() -> bool:
    """Whether eyes read it."""
    return output_format() == "table"


def _where(row: Mapping[str, Any]) -> str:
    """Who said it, where and when; below it, the notes."""
    speaker = row["speaker"] or ("nobody named" if row["quote_id"] else "")
    number = f"quote {row['quote_id']}" if row["quote_id"] else ""
    parts = (speaker, row["outlet"] or row["document"], row["published"], number)
    return "\n".join(filter(None, (", ".join(str(part) for part in parts if part), row["note"])))


def summary(findings: Sequence[Finding]) -> str:
    """How many passages there are of each verdict, in a line."""
    quotations = [finding for finding in findings if finding.passage.quoted]
    others = [finding for finding in findings if not finding.passage.quoted]
    more = f" Without quotation marks: {_counted(others, 'statement')}." if others else ""
    return f"{_counted(quotations, 'quotation')}.{more}"


def _counted(findings: Sequence[Finding], what: str) -> str:
    from quotes.verify import Verdict

    counts = Counter(finding.verdict for finding in findings)
    listed = ", ".join(f"{counts[verdict]:,} {verdict.value}" for verdict in Verdict if counts[verdict])
    return f"{len(findings):,} {what}{'' if len(findings) == 1 else 's'}{f': {listed}' if listed else ''}"


def write_html(path: Path, checked: Sequence[Checked], summed: str) -> None:
    """Writes the drafts, marked up, to a file."""
    from quotes.formats.markup import page

    texts = [(draft.id, draft.text, list(map(_mark, findings, rows))) for draft, findings, rows in checked]
    name = checked[0][0].title or checked[0][0].id if len(checked) == 1 else f"{len(checked)} drafts"
    path.write_text(page(f"Checked: {name}", summed, texts), encoding="utf-8")


def _mark(finding: Finding, row: Mapping[str, Any]) -> Mark:
    from quotes.formats.markup import Mark
    from quotes.verify import EXPLAINED

    fair = " (fair)" if finding.fair else ""
    where = ", ".join(str(row[name]) for name in ("outlet", "published", "title") if row[name])
    names = {"changed": "change", "in the draft": "attributed_to", "said by": "speaker", "there": "text"}
    told = {label: row[name] for label, name in names.items()}
    told |= {"in": where, "quote": row["quote_id"], "note": row["note"]}
    facts = {"means": EXPLAINED[finding.verdict], **{label: str(value) for label, value in told.items() if value}}
    spans = [(span.start, span.end) for span in finding.passage.spans]
    pieces = finding.difference or (("same", row["passage"]),)
    return Mark(spans, f"{finding.verdict.value}{fair}", colour(finding), pieces, facts, row["url"])


def colour(finding: Finding) -> str:
    """The colour of a mark."""
    from quotes.verify import Verdict

    if not finding.passage.quoted:
        return "fair" if finding.verdict is Verdict.DIFFERS else "open"
    if finding.stands:
        return "good"
    return "fair" if finding.fair or finding.verdict is Verdict.UNCONFIRMED else "bad"


COMMANDS: list[click.Command] = [check]
