"""Commands on who is who: speakers and organisations, each a list that is also a group of judgements on it."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import click

from quotes.cli.asking import LIMIT, rows_wanted
from quotes.cli.options import Command, database, note, opened, output, show
from quotes.cli.values import Whole

SUBJECTS = {
    "speaker": "List speakers with what they are, their quotes, documents and the days of the first and last.",
    "organisation": "List organisations with the quotes of those who belong to them or speak for them.",
}


def decided(command: Command) -> Command:
    """--by and --reason; the command gets them as one argument `decision`."""
    command = click.option("--reason", metavar="TEXT", help="Why; kept with the judgement.")(command)
    return click.option("--by", envvar="QUOTES_BY", show_envvar=True, default=getpass.getuser,
                        show_default="your login name", metavar="NAME", help="Who decides.")(command)  # fmt: skip


def listing(subject: str) -> click.Group:
    """`quotes speakers`, or the same of organisations: a list when called bare."""
    what = f"{subject}s"

    @click.group(
        what,
        invoke_without_command=True,
        help=SUBJECTS[subject] + "\n\nThe commands below say who they are across documents.",
        epilog=f'\b\nExamples:\n  quotes {what}\n  quotes {what} --about "hospital beds" --sort {subject}\n',
    )
    @click.option("--about", metavar="TEXT", help="Count only quotes that hold these words.")
    @click.option("--sort", metavar="COLUMN", help="Any column; with - before it, the other way round.")
    @LIMIT
    @output
    @database
    @click.pass_context
    def group(context: click.Context, about: str | None, sort: str | None, limit: int | None, db: str) -> None:
        if context.invoked_subcommand:
            return
        from quotes.query import counted, sorts
        from quotes.query.identities import speakers

        if sort and sort.removeprefix("-") not in sorts(what):
            raise click.UsageError(f"{what} can be sorted by {', '.join(sorts(what))}, not {sort}")
        chosen: dict[str, Any] = {"about": about, "sort": sort, "limit": rows_wanted(limit)}
        engine = opened(db)
        if subject == "speaker":
            show(speakers(engine, **chosen), table=("speaker_id", "speaker", "quotes", "documents", "affiliations"))
        else:
            show(counted(engine, what, **chosen))

    for make in (showing, suggesting, merging, splitting, undoing, remembering, linking):
        group.add_command(make(subject))
    return group


def showing(subject: str) -> click.Command:
    """The command `show`."""

    @click.command(
        "show",
        help=f"Show the profile of one {subject}: names, roles, outlets, conduits, kinds of quote, repeated claims.",
        epilog=f"\b\nExamples:\n  quotes {subject}s show okoro\n  quotes {subject}s show 12 --json\n",
    )
    @click.argument("name", metavar="NAME|NUMBER")
    @output
    @database
    def show_(name: str, db: str) -> None:
        from quotes.query.identities import profile

        show(profile(opened(db), subject, name))

    return show_


def suggesting(subject: str) -> click.Command:
    """The command `suggest`."""

    @click.command(
        "suggest",
        help=f"List pairs of {subject}s that may be one, the surest first, for you to merge or split.",
        epilog=f"\b\nExamples:\n  quotes {subject}s suggest\n  quotes {subject}s suggest okoro\n",
    )
    @click.argument("name", required=False, metavar="NAME|NUMBER")
    @LIMIT
    @output
    @database
    def suggest(name: str | None, limit: int | None, db: str) -> None:
        from quotes.query.identities import suggestions

        show(suggestions(opened(db), subject, name, limit=rows_wanted(limit)))

    return suggest


def merging(subject: str) -> click.Command:
    """The command `merge`."""

    @click.command(
        "merge",
        help=f"Make two {subject}s one. Nothing is overwritten: quotes {subject}s undo takes it back.",
        epilog=f'\b\nExamples:\n  quotes {subject}s merge 12 40 --reason "the same office"\n',
    )
    @click.argument("one", metavar="A")
    @click.argument("other", metavar="B")
    @decided
    @database
    def merge(one: str, other: str, by: str, reason: str | None, db: str) -> None:
        from quotes.query.identities import rows_called
        from quotes.store.judgements import Decision
        from quotes.store.judgements import merge as merge_rows

        engine = opened(db)
        first, second = rows_called(engine, subject, one)[0], rows_called(engine, subject, other)[0]
        merge_rows(engine, subject, first, [second], Decision(by, reason))
        note(f"One {subject} now: {one} and {other}.")

    return merge


def splitting(subject: str) -> click.Command:
    """The command `split`."""

    @click.command(
        "split",
        help=f"Keep two {subject}s apart: B leaves A if they were one, and nothing joins them again.\n\n"
        "A number stands for what one document names, a name for all that bear it.",
        epilog=f'\b\nExamples:\n  quotes {subject}s split 12 40 --reason "another of that name"\n',
    )
    @click.argument("one", metavar="A")
    @click.argument("other", metavar="B")
    @decided
    @database
    def split(one: str, other: str, by: str, reason: str | None, db: str) -> None:
        from quotes.query.identities import rows_called
        from quotes.resolve.naming import NAMING
        from quotes.store.judgements import Decision
        from quotes.store.judgements import split as split_rows

        engine = opened(db)
        staying, leaving = rows_called(engine, subject, one), rows_called(engine, subject, other)
        rest = [row for row in staying if row not in leaving] or staying
        split_rows(engine, subject, rest[0], leaving, Decision(by, reason), NAMING)
        note(f"Two {subject}s now: {one} and {other}.")

    return split


def undoing(subject: str) -> click.Command:
    """The command `undo`."""

    @click.command(
        "undo",
        help="Take a judgement back that a person made: a merge, a split or a link. It stays in the history.",
        epilog=f"\b\nExamples:\n  quotes {subject}s undo 311 --reason mistaken\n",
    )
    @click.argument("judgement", type=Whole(1))
    @decided
    @database
    def undo(judgement: int, by: str, reason: str | None, db: str) -> None:
        from quotes.resolve.naming import NAMING
        from quotes.store.judgements import Decision
        from quotes.store.judgements import undo as undo_judgement

        undo_judgement(opened(db), subject, judgement, Decision(by, reason), NAMING)
        note(f"Judgement {judgement} is taken back.")

    return undo


def remembering(subject: str) -> click.Command:
    """The command `history`."""

    @click.command(
        "history",
        help=f"List what was judged of one {subject}, the latest first: by whom, why, and what was taken back.",
        epilog=f"\b\nExamples:\n  quotes {subject}s history okoro\n  quotes {subject}s history 12 --csv\n",
    )
    @click.argument("name", metavar="NAME|NUMBER")
    @LIMIT
    @output
    @database
    def history(name: str, limit: int | None, db: str) -> None:
        from quotes.query.identities import history as judged

        table = ("judgement_id", "verdict", "left", "right", "external_id", "score", "judged_by", "reason")
        show(judged(opened(db), subject, name, limit=rows_wanted(limit)), table=(*table, "withdrawn_at"))

    return history


def linking(subject: str) -> click.Command:
    """The command `link`."""

    @click.command(
        "link",
        help=f"Link {subject}s to their Wikidata numbers from a file: CSV with a header, or JSON Lines.\n\n"
        "Its fields are name, aliases (with ; between them, or a list), wikidata and description.",
        epilog=f"\b\nExamples:\n  quotes {subject}s link known.csv --by ann\n  quotes {subject}s link known.jsonl\n",
    )
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @decided
    @output
    @database
    def link(file: Path, by: str, reason: str | None, db: str) -> None:
        from quotes.register import link as link_entries
        from quotes.store.judgements import Decision

        show(link_entries(opened(db), subject, file, Decision(by, reason)))

    return link


COMMANDS: list[click.Command] = [listing(subject) for subject in SUBJECTS]
