"""Times of Wikidata as dates that are known to the year, month or day, whether an endpoint or a file of entities tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from graph_build.readers.words import shown

_LENGTH: Final = {"9": 4, "10": 7, "11": 10, "12": 10, "13": 10, "14": 10}
"""How much of a time is meant, by its precision: year, month, day or finer."""
_MOMENT: Final = re.compile(r"\+?0*?(\d{4}-\d\d-\d\d)(?:T.*)?", re.ASCII)
"""A time with its year in four digits; files of before 2015 have eleven."""


def day(told: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Return what times with their precision say as one date, as exactly as it is meant, or why there is none.

    >>> day([("2019-01-01T00:00:00Z", "9")]), day([("+1990-05-00T00:00:00Z", "10")])
    (('2019', ''), ('1990-05', ''))
    >>> day([("1900-01-01T00:00:00Z", "7")])
    ('', '"1900-01-01T00:00:00Z" is meant less exactly than to the year')
    """
    found = sorted(set(told))
    if len(found) > 1:
        return "", "it has several values, and none is taken"
    moment, precision = found[0] if found else ("", "")
    if not moment:
        return "", ""
    if precision not in _LENGTH:
        return "", f'"{shown(moment)}" is meant less exactly than to the year'
    if moment.startswith("-"):
        return "", f'"{shown(moment)}" is before our era'
    known = _MOMENT.fullmatch(moment)
    return (known[1][: _LENGTH[precision]], "") if known else ("", f'"{shown(moment)}" is no time')


def from_julian(moment: str) -> str:
    """Return a day of the Julian calendar in the Gregorian one, as the endpoint of Wikidata gives it; what is no day, as it is.

    >>> from_julian("+1918-01-26T00:00:00Z"), from_julian("+1900-02-29T00:00:00Z")
    ('1918-02-08', '1900-03-13')
    """
    if known := _MOMENT.fullmatch(moment):
        year, month, number = map(int, known[1].split("-"))
        century = (year - (month < 3)) // 100
        with suppress(ValueError, OverflowError):
            # From the first of the month, for the Julian calendar has leap days that the other has not.
            return (date(year, month, 1) + timedelta(number - 1 + century - century // 4 - 2)).isoformat()
    return moment
