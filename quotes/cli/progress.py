"""The progress of `quotes add`, on standard error: a moving line on a terminal, and every refusal with its reason."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status

from quotes.errors import InputRefused
from quotes.records import Document
from quotes.store.write import Outcome, Saved


class Progress:
    """A context whose `seen` is told of every input that is done with."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)
        self.status = Status("Reading", console=self.console) if self.console.is_terminal else None
        self.documents = 0
        self.quotes = 0

    def __enter__(self) -> Self:
        if self.status:
            self.status.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self.status:
            self.status.stop()

    def seen(self, item: Document | InputRefused, saved: Saved | None) -> None:
        """Says what became of an input, if there is something to say."""
        if isinstance(item, InputRefused):
            self.console.print(f"Refused: {item}", markup=False)
            return
        self.documents += 1
        if saved:
            self.quotes += saved.quotes
            if saved.outcome is Outcome.NEW_VERSION:
                self.console.print(f"New version: {item.id} has new text at {item.url}", markup=False)
        if self.status:
            self.status.update(f"{self.documents:,} documents, {self.quotes:,} quotes")
