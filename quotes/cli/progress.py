"""The progress of `quotes add`, on standard error: a moving line on a terminal, and every refusal with its reason."""

from __future__ import annotations

import re
from collections import Counter
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Steps
from rich.status import Status

from quotes.errors import InputRefused
from quotes.formats import shown
from quotes.records import Document
from quotes.store.write import Outcome, Saved

SHOWN = 10
"""Messages of one kind that are shown; the others are counted."""
_VARIABLE = re.compile(r'"[^"]*"|\d[\d.,]*')  # what differs between messages of one kind


class Progress:
    """A context whose `seen` is told of every input that is done with; `messages` counts refusals and warnings."""

    def __init__(self, *, moving: bool = True) -> None:
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)
        self.status = Status("Reading", console=self.console) if moving and self.console.is_terminal else None
        self.documents = 0
        self.quotes = 0
        self.kinds: Counter[str] = Counter()

    @property
    def messages(self) -> int:
        """How many refusals and warnings there were, those not shown included."""
        return self.kinds.total()

    def __enter__(self) -> Self:
        if self.status:
            self.status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if self.status:
            self.status.stop()
        for reason, count in self.kinds.items():
            if count > SHOWN:
                self.say(f"… and {count - SHOWN:,} more: {reason}")
        if kind is KeyboardInterrupt:
            self.say(f"{self.documents:,} documents are done; run it again for the others.")

    def say(self, message: str) -> None:
        """One line."""
        self.console.print(shown(message), markup=False)

    def seen(self, item: Document | InputRefused, saved: Saved | None) -> None:
        """Says what became of an input, if there is something to say."""
        if isinstance(item, InputRefused):
            self._count("Refused", item.location, item.reason)
            return
        self.documents += 1
        for warning in item.warnings:
            self._count("Warning", item.id, warning)
        if saved:
            self.quotes += saved.quotes
            if saved.outcome is Outcome.NEW_VERSION:
                self.say(f"New version: {item.id} has new text at {item.url}")
            elif saved.outcome is Outcome.PUBLISHED_AGAIN:
                self.say(f"Published again: {item.id} has the very text of {saved.name}: one more publication")
            elif saved.outcome is Outcome.KNOWN and saved.name != item.id:
                self.say(f"Already known: {item.id} has the very text of {saved.name}, and is not stored again")
        if self.status:
            self.status.update(f"{self.documents:,} documents, {self.quotes:,} quotes")

    def _count(self, what: str, where: str, reason: str) -> None:
        """One message, shown unless there were enough of its kind."""
        kind = _VARIABLE.sub("…", reason)
        self.kinds[kind] += 1
        if self.kinds[kind] <= SHOWN:
            self.say(f"{what}: {where}: {reason}")


class Bar:
    """A context that shows how many steps of how many are done, on a terminal."""

    def __init__(self, what: str) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.steps = Steps(*columns, console=console, disable=not console.is_terminal, transient=True)
        self.task = self.steps.add_task(what, total=None)

    def __enter__(self) -> Self:
        self.steps.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self.steps.stop()

    def told(self, done: int, total: int) -> None:
        """Shows the steps that are done."""
        self.steps.update(self.task, completed=done, total=total)
