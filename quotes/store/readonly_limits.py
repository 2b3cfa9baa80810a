"""What a read-only query may use, and what it gives back: shared by the two databases, and all that they share."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.errors import QueryRefused

DEFAULT_TIMEOUT = 5.0
DEFAULT_MAX_ROWS = 10_000
DEFAULT_MAX_LENGTH = 16 * 2**20
"""Bytes of one value. The longest document that `quotes add` takes by default has 10 MB, and a row holds it whole."""

MOST_ROWS = 999_999_999
"""Rows that may be asked for: no answer holds more, and larger numbers fit no counter of the databases."""

MOST_SECONDS = 86_400.0
"""Seconds that may be allowed: a day. A clock of the system takes no number without end."""

MAX_QUERY_LENGTH = 100_000
"""Characters of a query. A list of 10,000 ids in an `IN (...)` has 60,000."""

MAX_ANSWER = 256 * 2**20
"""Bytes of a whole answer, which is held in memory: 10,000 rows of 25 kB, a long article in each."""


@dataclass(frozen=True)
class Rows:
    """The answer to a query; `truncated` says that there were more than `max_rows` rows and the rest is left out."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    truncated: bool


@dataclass(frozen=True)
class Limits:
    """Seconds in all, rows (None: as many as there are), bytes of one value, bytes of all of them."""

    timeout: float = DEFAULT_TIMEOUT
    max_rows: int | None = DEFAULT_MAX_ROWS
    max_length: int = DEFAULT_MAX_LENGTH
    max_answer: int = MAX_ANSWER

    def __post_init__(self) -> None:
        if self.max_rows is not None and not 0 <= self.max_rows <= MOST_ROWS:
            raise QueryRefused(f"At most {MOST_ROWS:,} rows can be asked for; give a smaller limit.")
        if not 0 < self.timeout <= MOST_SECONDS:
            raise QueryRefused(f"A query may run for at most {MOST_SECONDS:,.0f} seconds; allow it less time.")

    def too_slow(self) -> str:
        """The refusal of a query that ran past its deadline."""
        return (
            f"The query was stopped after {self.timeout:g} seconds; narrow it with WHERE or LIMIT, or allow more time."
        )

    def too_long(self) -> str:
        """The refusal of a value beyond `max_length`."""
        return f"The query makes a value of more than {self.max_length:,} bytes; cut it with substr(value, 1, 1000)."

    def too_large(self) -> str:
        """The refusal of an answer beyond `max_answer`."""
        return f"The answer has more than {self.max_answer:,} bytes; ask for fewer columns or rows."
