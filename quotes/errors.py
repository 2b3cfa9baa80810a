"""The tree of errors, each a sentence that says what happened and what to try next.

::

    QuotesError                 anything that `quotes` refuses or cannot do; the command line prints it as one line
    ├── InputRefused            one input cannot become a document; the run goes on with the next (exit status 3)
    ├── DatabaseError           the database cannot be opened, is newer than this program, or is damaged
    ├── ModelRefused            the detector's model is missing, damaged, or made for another version of the program
    ├── QueryRefused            a read-only SQL query was refused, failed or ran past its limits
    └── NameNotUnique           a name on the command line fits several speakers or organisations: they are listed

A user meets `InputRefused` in the summary of `quotes add`, the others as the last line on standard error. Catch
`QuotesError` to catch them all.
"""

from __future__ import annotations


class QuotesError(Exception):
    """Base of all errors of this package; its text is one line made to be shown to a user."""


class InputRefused(QuotesError):
    """One input (file, URL, line) that cannot become a document: where it is, and why."""

    def __init__(self, location: str, reason: str) -> None:
        super().__init__(location, reason)
        self.location = location
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.location}: {self.reason}"


class DatabaseError(QuotesError):
    """The database cannot be opened or used as it is."""


class ModelRefused(QuotesError):
    """The detector's model is missing, damaged, or made for another version; install again, or train again."""


class QueryRefused(QuotesError):
    """A read-only SQL query that was refused, failed, or exceeded its limits."""


class NameNotUnique(QuotesError):
    """A name that fits several speakers or organisations; `matches` are their ids and names.

    `subject` is "speaker" or "organisation" where all are of one table: those of one very name may then be one, and
    the message says how to merge them.
    """

    def __init__(self, name: str, matches: list[tuple[int, str]], subject: str | None = None) -> None:
        super().__init__(name, matches, subject)
        self.name = name
        self.matches = matches
        self.subject = subject

    def __str__(self) -> str:
        listed = "; ".join(f"{id_} {full}" for id_, full in self.matches[:MOST_LISTED])
        more = len(self.matches) - MOST_LISTED
        several = f"{listed}; and {more} more" if more > 0 else listed.rstrip(".")
        what_next = f"Give more of the name, or its number.{self._offer()}"
        return f'"{self.name}" fits {len(self.matches)}: {several}. {what_next}'

    def _offer(self) -> str:
        """How to merge two of one very name, in case they are one."""
        by_name: dict[str, list[int]] = {}
        for id_, full in self.matches:
            by_name.setdefault(full.casefold(), []).append(id_)
        same = next((ids for ids in by_name.values() if len(ids) > 1), None)
        if not same or not self.subject:
            return ""
        return f" If {same[0]} and {same[1]} are one: quotes {self.subject}s merge {same[0]} {same[1]}."


MOST_LISTED = 10  # matches named in a message: who has more of them types more of the name
