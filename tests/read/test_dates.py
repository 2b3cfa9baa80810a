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
    assert dates.published(raw) == date(2013, 1, 14)


@pytest.mark.parametrize(
    "raw", ["", "yesterday", "03/04/2013", "January 2013", "2013", "2013-13-45", "in 5 days", "12:30", "1" * 200]
)
def test_unclear_dates_are_none(raw: str) -> None:
    assert dates.published(raw) is None


@given(st.dates(min_value=date(1700, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y"]))
def test_every_written_date_is_read_back(day: date, form: str) -> None:
    assert dates.published(day.strftime(form)) == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(raw: str) -> None:
    assert dates.published(raw) is None or isinstance(dates.published(raw), date)
