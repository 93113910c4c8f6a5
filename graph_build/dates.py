"""Dates as sources state them: known to the year, the month or the day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_STATED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def first_day(stated: str) -> date:
    """Return the first day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` covers; a day that is in no calendar is a `ValueError`.

    >>> first_day("2021-02")
    datetime.date(2021, 2, 1)
    """
    year, month, day = _parts(stated)
    return date(year, month or 1, day or 1)


def last_day(stated: str) -> date:
    """Return the last day that the stated date covers; a day that is in no calendar is a `ValueError`.

    >>> last_day("2024-02"), last_day("1999")
    (datetime.date(2024, 2, 29), datetime.date(1999, 12, 31))
    """
    year, month, day = _parts(stated)
    return date(year, month or 12, day or monthrange(year, month or 12)[1])


def is_to_the_day(stated: str) -> bool:
    """Say whether the date is known to the day.

    >>> is_to_the_day("2024-02"), is_to_the_day("2024-02-29")
    (False, True)
    """
    return len(stated) == len("YYYY-MM-DD")


def precedes(one: str, other: str) -> bool:
    """Say whether a stated date lies surely before another: what is known of both decides, and an unknown one is never before.

    >>> precedes("2017", "2018-07"), precedes("2018", "2018-07"), precedes("2018-06", "2018-07-02"), precedes("", "2018")
    (True, False, True, False)
    """
    known = min(len(one), len(other))
    return one[:known] < other[:known]


def _parts(stated: str) -> tuple[int, int | None, int | None]:
    found = _STATED.fullmatch(stated)
    if not found:
        raise ValueError(f'"{stated}" is not a date: write YYYY, YYYY-MM or YYYY-MM-DD')
    year, month, day = (int(part) if part else None for part in found.groups())
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    return year or 0, month, day
