"""What is typed after an option → its value: whole numbers, numbers between bounds, days, lists of columns."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

import click

MOST = 999_999_999


class Whole(click.ParamType[int]):
    """A whole number from `least` to `most`."""

    name = "number"

    def __init__(self, least: int = 0, most: int = MOST) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Digits → the number."""
        try:
            number = int(value)
        except ValueError:
            self.fail(f"{value!r} is not a whole number", param, ctx)
        if not self.least <= number <= self.most:
            self.fail(f"{value} is not from {self.least:,} to {self.most:,}", param, ctx)
        return number


class Number(click.ParamType[float]):
    """A number from `least` to `most`."""

    name = "number"

    def __init__(self, least: float, most: float) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Digits with a point → the number."""
        try:
            number = float(value)
        except ValueError:
            self.fail(f"{value!r} is not a number", param, ctx)
        if not self.least <= number <= self.most:  # nor is nan
            self.fail(f"{value} is not from {self.least:,g} to {self.most:,.0f}", param, ctx)
        return number


class Day(click.ParamType[date]):
    """A day, or a month or year that stands for its first or last day."""

    name = "date"

    def __init__(self, *, last: bool = False) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """YYYY, YYYY-MM or YYYY-MM-DD → the day."""
        if isinstance(value, date):
            return value
        parts = str(value).split("-")
        try:
            year, month, day = (int(part) for part in [*parts, "0", "0"][: max(3, len(parts))])
            month = month or (12 if self.last else 1)
            return date(year, month, day or (calendar.monthrange(year, month)[1] if self.last else 1))
        except ValueError:
            self.fail(f"{value!r} is no date. Write YYYY-MM-DD, YYYY-MM or YYYY.", param, ctx)


class Columns(click.ParamType[tuple[str, ...]]):
    """Names of columns with commas between them."""

    name = "columns"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """a,b,c → the names, each once."""
        if isinstance(value, tuple):
            return value
        names = tuple(dict.fromkeys(name.strip() for name in str(value).split(",") if name.strip()))
        return names or self.fail("write names with commas between them, such as speaker,text", param, ctx)
