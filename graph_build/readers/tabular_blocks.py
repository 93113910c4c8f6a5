"""Tables that stand side by side in a sheet: which columns each has, read by the mapping's letters and found by how they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple

from graph_build.readers.tabular_sheet import MOST_COLUMNS, letter
from graph_build.readers.tabular_text import Row

_SPAN: Final = re.compile(r"([A-Z]{1,3}):([A-Z]{1,3})")


class Span(NamedTuple):
    """The first and the last column of a table, counted from 0."""

    first: int
    last: int

    @property
    def letters(self) -> str:
        """The columns as a mapping names them."""
        return f"{letter(self.first)}:{letter(self.last)}"


def span(text: str) -> Span:
    """Return the columns that a mapping names; what names none is a `ValueError`.

    >>> span("B:AA"), span("B:AA").letters
    (Span(first=1, last=26), 'B:AA')
    """
    found = _SPAN.fullmatch(text)
    first, last = (_place(name) for name in found.groups()) if found else (1, 0)
    if first > last or last >= MOST_COLUMNS:
        raise ValueError(f'"{text}" names no columns')
    return Span(first, last)


def _place(name: str) -> int:
    place = 0
    for sign in name:
        place = 26 * place + ord(sign) - 64
    return place - 1


@dataclass(slots=True)
class Beside:
    """What stands outside the columns of a table: how many rows fill each column, and the first of them."""

    rows: dict[int, int] = field(default_factory=dict)
    first: dict[int, int] = field(default_factory=dict)

    def add(self, row: Row, within: Span) -> None:
        """Look at a row."""
        for place, cell in enumerate(row.cells):
            if cell and not within.first <= place <= within.last:
                self.rows[place] = self.rows.get(place, 0) + 1
                self.first.setdefault(place, row.number)


def cut(row: Row, within: Span) -> Row:
    """Return the part of a row that stands in some columns."""

    def moved(places: frozenset[int]) -> frozenset[int]:
        return frozenset(place - within.first for place in places if within.first <= place <= within.last)

    return Row(row.number, row.cells[within.first : within.last + 1], row.fault, moved(row.merged), moved(row.serials))


def only(rows: Iterable[Row], within: Span, beside: Beside) -> Iterator[Row]:
    """Give of each row what stands in some columns, and note what stands beside them."""
    for row in rows:
        beside.add(row, within)
        yield cut(row, within)


def stretches(rows: Sequence[Row]) -> list[Span]:
    """Return the stretches of columns that empty columns part; one of a single column is part of the one before it."""
    filled = sorted({at for row in rows for at, cell in enumerate(row.cells) if cell and sum(map(bool, row.cells)) > 1})
    runs = [[at for _, at in run] for _, run in groupby(enumerate(filled), lambda pair: pair[1] - pair[0])]
    found: list[Span] = []
    for run in runs:
        if found and (len(run) == 1 or found[-1].first == found[-1].last):
            found[-1] = Span(found[-1].first, run[-1])
        else:
            found.append(Span(run[0], run[-1]))
    return found
