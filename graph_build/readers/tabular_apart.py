"""Whether what stands side by side in a sheet is one table with an empty column, or two tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph_build.readers.tabular_blocks import Span, cut, stretches
from graph_build.readers.tabular_frame import header_row, headers
from graph_build.readers.tabular_grid import stacked
from graph_build.readers.tabular_mapping import folded
from graph_build.readers.tabular_text import Row
from graph_build.readers.tabular_words import meaning, words

_ENDS: Final = frozenset({"from", "to"})


def blocks(rows: Sequence[Row]) -> list[Span]:
    """Return the columns of each table of a sheet, several where they surely stand side by side."""
    found: list[Span] = []
    for stretch in stretches(rows):
        if found and not _are_apart(rows, found[-1], stretch):
            found[-1] = Span(found[-1].first, stretch.last)
        else:
            found.append(stretch)
    return found


def _are_apart(rows: Sequence[Row], left: Span, right: Span) -> bool:
    """Say whether two stretches are two tables: by the same headers, by what each says alone, and by where they begin and end.

    An end of a relation that has the other end beyond the gap makes them one.
    """
    parts = [[cut(row, one) for row in rows] for one in (left, right)]
    places = [header_row(part) for part in parts]
    if places[0] is None or places[1] is None:
        return False
    names = [stacked([part[place].cells]) for part, place in zip(parts, places, strict=True) if place is not None]
    whole = headers([cut(row, Span(left.first, right.last)) for row in rows])
    if places[0] == places[1] and whole:
        joint = stacked([cut(rows[place], Span(left.first, right.last)).cells for place in whole[0]])
        ends = [_ends(joint[: left.last - left.first + 1]), _ends(joint[right.first - left.first :])]
    else:
        ends = [_ends(one) for one in names]
    if any(one & _ENDS and len(one) < 2 for one in ends):
        return False
    if [folded(name) for name in names[0] if name] == [folded(name) for name in names[1] if name]:
        return True
    is_telling = all(_ends(one) or any(meaning(words(name)) == "name" for name in one) for one in names)
    if places[0] != places[1] or (bool(ends[0] & _ENDS) != bool(ends[1] & _ENDS)):
        return is_telling
    last = [max(at for at, row in enumerate(part) if not row.is_empty) for part in parts]
    return is_telling and last[0] != last[1]


def _ends(names: Sequence[str]) -> frozenset[str]:
    """Return which parties of a relation the headers name."""
    return frozenset(found for name in names if (found := meaning(words(name), "ends")) and found != "parent")
