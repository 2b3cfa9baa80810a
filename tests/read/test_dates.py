from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.read import dates


@pytest.mark.parametrize(
    "raw",
    [
        "2013-01-14",
        "2013-01-14T23:30:00-05:00",
        " 2013-01-14 10:00",
        "2013/01/14",
        "14.01.2013",
        "14/01/2013",
        "01/14/2013",
        "14 January 2013",
        "Jan. 14, 2013",
        "Monday 14 January 2013, 10:30 GMT",
        "Mon, 14 Jan 2013 10:00:00 GMT",
    ],
)
def test_forms_of_one_date(raw: str) -> None:
    assert dates.published(raw).day == date(2013, 1, 14)
    assert dates.published(raw).warning is None


@pytest.mark.parametrize(
    "raw", ["", "yesterday", "03/04/2013", "January 2013", "2013", "2013-13-45", "in 5 days", "12:30", "1" * 200]
)
def test_unclear_dates_are_none(raw: str) -> None:
    found = dates.published(raw)
    assert (found.day, found.at) == (None, None)
    assert (found.warning or "").startswith("no day of publication") == bool(raw)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2024-03-15T23:30:00-05:00", "2024-03-15T23:30:00-05:00"),
        ("2024-03-15T23:30Z", "2024-03-15T23:30:00+00:00"),
        ("2024-03-15 23:30", "2024-03-15T23:30:00"),
        ("2024-03-15T00:00:00", "2024-03-15T00:00:00"),
        ("Fri, 15 Mar 2024 23:30:00 +0100", "2024-03-15T23:30:00+01:00"),
        ("Fri, 15 Mar 2024 23:30:00 GMT", "2024-03-15T23:30:00+00:00"),
        ("March 15, 2024 11:30 pm EST", "2024-03-15T23:30:00-05:00"),
        ("March 15, 2024 11:30 pm IST", "2024-03-15T23:30:00"),  # of three countries
        ("2024-03-15", None),
        ("2024-03-15T99:00", None),
        ("15 March 2024", None),
    ],
)
def test_the_hour_and_zone_that_are_told(raw: str, expected: str | None) -> None:
    found = dates.published(raw)
    assert found.day == date(2024, 3, 15)
    assert (found.at.isoformat() if found.at else None) == expected


def test_a_day_in_the_future_is_kept_and_named() -> None:
    found = dates.published("2999-01-01")
    assert found.day == date(2999, 1, 1)
    assert found.warning == 'published in the future: "2999-01-01"; correct it if that is wrong'


@given(st.dates(min_value=date(1700, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y"]))
def test_every_written_date_is_read_back(day: date, form: str) -> None:
    assert dates.published(day.strftime(form)).day == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(raw: str) -> None:
    found = dates.published(raw)
    assert (found.day is None) == bool(raw.strip() and found.warning and "no day" in found.warning) or not raw.strip()
