"""What a cell of a workbook shows: days, amounts and shares as texts that are the same whichever make of workbook they stand in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

LONGEST_CELL: Final = 131_072
_FIRST_SERIAL: Final = 10_000
_LAST_SERIAL: Final = 100_000
"""Whole numbers between these are the days from 1927 (or 1931) to 2173: what has four digits is more likely a year."""


def value_text(value: Any) -> str:
    """Return what a cell shows, without the format of the sheet: days as YYYY-MM-DD, whole numbers without a point.

    >>> value_text(datetime(2011, 12, 29)), value_text(5.0), value_text(True), value_text(0.1)
    ('2011-12-29', '5', 'true', '0.1')
    """
    if isinstance(value, str):
        return value if len(value) > LONGEST_CELL else value.strip()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value) if not isinstance(value, timedelta) else f"{value.total_seconds():g} s"


def percent_text(value: Any) -> str:
    """Return a number as the sheet shows it.

    >>> percent_text(0.255), percent_text(1), percent_text("n/a")
    ('25.5%', '100%', 'n/a')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value_text(value)
    return f"{(Decimal(repr(value)) * 100).normalize():f}%"


def date_text(number: float, *, from_1904: bool) -> str:
    """Return the day, or the time of a day, that a number is by the format of its cell; one that is no day stays a number.

    >>> date_text(41640.0, from_1904=False), date_text(40178.5, from_1904=True), date_text(0.25, from_1904=False)
    ('2014-01-01', '2014-01-01 12:00:00', '06:00:00')
    """
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    try:
        return value_text(from_excel(number, CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900))
    except (OverflowError, ValueError):
        return value_text(number)


def is_serial(value: Any) -> bool:
    """Say whether a value is a number that may be a day.

    >>> is_serial(41640), is_serial(2014.0), is_serial("41640")
    (True, False, False)
    """
    return type(value) in (int, float) and _FIRST_SERIAL <= value < _LAST_SERIAL


def serial_day(text: str, *, from_1904: bool) -> str:
    """Return the day of a serial number as spreadsheets count them: from 1900 on, or from 1904 in those of old Macs.

    >>> serial_day("41640", from_1904=False), serial_day("40178.5", from_1904=True)
    ('2014-01-01', '2014-01-01')
    """
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)  # 1900 has a 29 February in Excel: so not 31 December
    return (first + timedelta(days=int(float(text)))).isoformat()
