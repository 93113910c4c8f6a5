"""What holds on a day: relations in force between bodies that exist, as far as dates are known. Unknown dates hide nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_DAY: Final = re.compile(r"\d{4}(-\d\d){0,2}")
_ENDS_AT_ANY_TIME: Final = ("succession",)  # a successor is drawn with the body that it took the place of


def within(start: object, end: object, day: str) -> bool:
    """Say whether a day lies between two dates, each as it was stated: a year, a month or a day; "" is any day.

    >>> within("2018", "2019-03", "2018-01-01"), within("2018-07", None, "2018-06-30"), within("2001", "2010", "2010-12-31")
    (True, False, True)
    """
    first, last = str(start or ""), str(end or "")
    begun = not (day and _DAY.fullmatch(first)) or day[: len(first)] >= first
    return begun and (not (day and _DAY.fullmatch(last)) or day[: len(last)] <= last)


def holds(edge: Mapping[str, object], ends: tuple[Mapping[str, object], ...], day: str) -> bool:
    """Say whether a relation is in force and accepted, and whether the bodies at its ends exist on that day."""
    if edge.get("status", "accepted") != "accepted" or not within(edge.get("start"), edge.get("end"), day):
        return False
    return edge.get("kind") in _ENDS_AT_ANY_TIME or all(
        within(node.get("founded"), node.get("dissolved"), day) for node in ends
    )
