"""Dates of publication as articles and their metadata write them.

In: a string such as "2013-01-14T10:00:00Z" or "Jan. 14, 2013". Out: a date, or None when it does not say one clearly.
It is a module because front matter, records and HTML all carry dates, and a wrong date is worse than none.
"""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_LONGEST = 100


def published(raw: str) -> date | None:
    """The calendar date as written, whatever its time zone; None if unclear: "03/04/2013" is March or April."""
    raw = raw.strip()
    if iso := _ISO.match(raw):
        try:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        except ValueError:
            return None
    if len(raw) > _LONGEST or not re.search(r"\d{4}", raw):
        return None
    month_first, day_first = _parsed(raw, "MDY"), _parsed(raw, "DMY")
    return month_first if month_first == day_first else None


def _parsed(raw: str, order: str) -> date | None:
    """The date in this order of day and month; only whole, absolute dates count, nothing like "yesterday"."""
    import dateparser  # type: ignore[import-untyped]  # 0.1 s to import, and seldom needed

    strict = {"DATE_ORDER": order, "STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    try:
        found = dateparser.parse(raw, languages=["en"], settings=strict)
    except (ValueError, OverflowError):
        return None
    return found.date() if found else None
