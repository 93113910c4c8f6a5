"""When a claim says that something was so: on all days of a precise range, on some day of an imprecise one.

That is a start or an end only where its flags say so. A claim that its researchers have not accepted is a draft.
"""

from __future__ import annotations

from calendar import monthrange
from typing import Any

from graph_build.readers.sfm_rows import Claims


def _one_day(first: str, last: str) -> str:
    """Return the day, month or year that a range is exactly, for which of its days is meant nobody knows.

    >>> _one_day("2012-09-01", "2012-09-30"), _one_day("2012-01-01", "2012-12-31"), _one_day("2012-01-01", "2012-02-15")
    ('2012-09', '2012', '')
    """
    if first == last:
        return first
    if len(first) == len(last) == 10:
        if first[4:] == "-01-01" and last == f"{first[:4]}-12-31":
            return first[:4]
        if first[8:] == "01" and last == f"{first[:8]}{monthrange(int(first[:4]), int(first[5:7]))[1]}":
            return first[:7]
    return ""


def when_of(row: Claims) -> dict[str, Any]:
    """Return start, end, status and note of a claim."""
    days = {name: row.date(f"{name}:range") for name in ("first_precise", "last_precise", "first_imprecise", "last_imprecise")}  # fmt: skip
    some = _one_day(days["first_imprecise"], days["last_imprecise"])
    told = [
        f"on {word} from {days[f'first_{sort}'] or '..'} to {days[f'last_{sort}'] or '..'}"
        for sort, word in (("precise", "all days"), ("imprecise", "some day"))
        if days[f"first_{sort}"] or days[f"last_{sort}"]
    ]
    status = row.text("status:meta").lower()
    told.append(f"status of the claim: {status}" if status not in ("", "accepted") else "")
    told += [
        row.said(f"{name}:range", label) for name, label in (("starting_context", "start"), ("ending_context", "end"))
    ]
    told.append(row.text("public_notes:meta"))
    return {
        "start": (days["first_precise"] or some) if row.flag("starting:range") else "",
        "end": (days["last_precise"] or some) if row.flag("ending:range") else "",
        "status": "accepted" if status in ("", "accepted") else "draft",
        "note": "; ".join(filter(None, told)),
    }
