from __future__ import annotations

from calendar import isleap
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_build.dates import first_day, is_to_the_day, last_day


@given(st.dates())
def test_a_date_to_the_day_is_its_own_first_and_last_day(day: date) -> None:
    stated = day.isoformat()
    assert is_to_the_day(stated)
    assert first_day(stated) == last_day(stated) == day


@given(st.dates(max_value=date(9998, 12, 31)))
def test_a_rough_date_covers_the_day_and_ends_before_the_next_begins(day: date) -> None:
    for stated in (day.isoformat()[:4], day.isoformat()[:7]):
        assert not is_to_the_day(stated)
        assert first_day(stated) <= day <= last_day(stated)
        following = date.fromordinal(last_day(stated).toordinal() + 1)
        assert following.isoformat()[: len(stated)] != stated


@given(st.integers(1, 9999))
def test_february_ends_as_the_calendar_says(year: int) -> None:
    assert last_day(f"{year:04}-02").day == (29 if isleap(year) else 28)


@pytest.mark.parametrize(
    "stated", ["", "21", "2021-2", "2021-00", "2021-13", "2021-02-30", "0000", "2021-1-1", "２０２１", "2021-02-01T00"]
)
def test_what_is_no_date_is_refused(stated: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|day|year"):
        first_day(stated)
    with pytest.raises(ValueError, match=r"date|month|day|year"):
        last_day(stated)
