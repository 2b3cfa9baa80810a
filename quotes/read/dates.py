"""Dates of publication as articles and their metadata write them.

In: a string such as "2013-01-14T10:00:00Z" or "Jan. 14, 2013". Out: `Published`: the day, the moment where an hour is
told, and a warning where the string does not say a day clearly. It is a module because front matter, records and HTML
all carry dates, and a wrong date is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_HOUR = re.compile(r"\b\d{1,2}:\d{2}|\d\s?[ap]\.?m\b", re.IGNORECASE)
_OFFSET = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})\s*$")
# Zones by name that mail knows (RFC 5322, section 4.3). Others name several: IST is Indian, Irish and Israeli time.
_ZONES = {"UTC": 0, "GMT": 0, "EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8}
_ZONE = re.compile(rf"\b({'|'.join(_ZONES)})\b")
_LONGEST = 100
_AHEAD = timedelta(days=1)  # it is tomorrow already somewhere
_KEPT = 1 << 12  # strings whose dates are kept: the articles of a file share them


@dataclass(frozen=True, slots=True)
class Published:
    """`day` as printed, whatever its time zone; `at` with a zone where that is told; `warning` for the user."""

    day: date | None = None
    at: datetime | None = None
    warning: str | None = None


def as_fields(found: Published) -> dict[str, Any]:
    """What a date says as fields of a `Document`."""
    return {
        "published": found.day,
        "published_at": found.at,
        "warnings": (found.warning,) if found.warning else (),
    }


def published(raw: str) -> Published:
    """What a date says; no day where it is unclear: "03/04/2013" is March or April.

    A day in the future is kept, because it is what the article prints, and many magazines date ahead; but it is warned
    of.
    """
    raw = raw.strip()
    if not raw:
        return Published()
    found = _read(raw)
    if found is None:
        shown = raw if len(raw) <= _LONGEST else f"{raw[:_LONGEST]}…"
        return Published(warning=f'no day of publication: "{shown}" is not clearly a date; write YYYY-MM-DD')
    day, at = found
    ahead = day > (datetime.now(UTC) + _AHEAD).date()
    return Published(day, at, f'published in the future: "{raw}"; correct it if that is wrong' if ahead else None)


@lru_cache(maxsize=_KEPT)
def _read(raw: str) -> tuple[date, datetime | None] | None:
    """The day, and the moment if an hour is told, in its zone if that is told."""
    if iso := _ISO.match(raw):
        try:
            day = date(int(iso[1]), int(iso[2]), int(iso[3]))
        except ValueError:
            return None
        return day, _iso(raw) if len(raw) > len(iso[0]) else None
    if len(raw) > _LONGEST or not re.search(r"\d{4}", raw):
        return None
    month_first, day_first = _parsed(raw, "MDY"), _parsed(raw, "DMY")
    if month_first is None or day_first is None or month_first.date() != day_first.date():
        return None
    return month_first.date(), _zoned(month_first, raw) if _HOUR.search(raw) else None


def _iso(raw: str) -> datetime | None:
    """The moment of an ISO 8601 date; None where what follows the day is no hour."""
    try:
        return datetime.fromisoformat(raw)
    except ValueError:
        return None


def _zoned(moment: datetime, raw: str) -> datetime:
    """The moment in the zone that its string names, if there is one meaning to it."""
    if moment.tzinfo and _OFFSET.search(raw):
        return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))
    named = _ZONE.search(raw)
    return moment.replace(tzinfo=timezone(timedelta(hours=_ZONES[named[1]])) if named else None)


def _parsed(raw: str, order: str) -> datetime | None:
    """The date in this order of day and month; only whole, absolute dates count, nothing like "yesterday"."""
    import dateparser  # type: ignore[import-untyped]  # 0.1 s to import, and seldom needed

    strict = {"DATE_ORDER": order, "STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    try:
        found: datetime | None = dateparser.parse(raw, languages=["en"], settings=strict)
    except (ValueError, OverflowError):
        return None
    return found
