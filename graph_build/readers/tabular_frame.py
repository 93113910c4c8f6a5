"""Where the tables of a sheet begin and end: rows of headers, titles, sums and remarks, told by how their cells stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from graph_build.readers.maps import word_map
from graph_build.readers.tabular_grid import is_hxl
from graph_build.readers.tabular_mapping import folded
from graph_build.readers.tabular_sheet import Traits
from graph_build.readers.tabular_text import Row
from graph_build.readers.tabular_words import entry, meaning, words

_HEADER_WITHIN: Final = 40
_NUMERIC: Final = re.compile(r"[\d.,:/%€$£\s'’()+-]+")


def headers(rows: Sequence[Row]) -> list[tuple[int, ...]]:
    """Return the places of the headers of the tables that stand below one another; each is of one row or two."""
    place = header_row(rows)
    if place is None:
        return []
    found, times = [_with_groups(rows, place)], _times(rows)
    for place in range(found[0][-1] + 2, len(rows) - 1):
        gap = rows[place - 1].is_empty or (_filled(rows[place - 1]) == 1 and rows[place - 2].is_empty)
        if not gap or place <= found[-1][-1] + 1 or not _any_below(rows, place):
            continue
        if _is_header(rows[place], times) or _is_wider(rows, found[-1][-1], place, times):
            found.append(_with_groups(rows, place))
    return found


def _times(rows: Sequence[Row]) -> Counter[str]:
    return Counter(cell for row in rows for cell in row.cells)


def _is_header(row: Row, times: Counter[str]) -> bool:
    """Say whether a row below an empty one is a header: words that headers have, and that no other row of the sheet has."""
    cells = [cell for cell in row.cells if cell]
    if len(cells) < 2 or len(set(cells)) < len(cells) or not all(map(_is_wordy, cells)):
        return False
    known = sum(_is_known(cell) for cell in cells)
    again = [cell for cell in cells if times[cell] > 1 and not _is_known(cell)]
    return known >= 0.6 * len(cells) and not again


def _is_wider(rows: Sequence[Row], header: int, place: int, times: Counter[str]) -> bool:
    """Say whether a row below an empty one heads a wider table: it and the next rows fill a column that nothing above fills."""
    if not _may_be_header(rows[place], times):
        return False
    above = {at for row in rows[header:place] for at, cell in enumerate(row.cells) if cell}
    own = {at for at, cell in enumerate(rows[place].cells) if cell}
    below: list[set[int]] = []
    for row in rows[place + 1 :]:
        if row.is_empty:
            break
        below.append({at for at, cell in enumerate(row.cells) if cell})
    new = own - above
    return bool(new and below) and all(one <= own for one in below) and all(one & new for one in below)


def _may_be_header(row: Row, times: Counter[str]) -> bool:
    """Say whether the cells of a row are words that differ, and that stand nowhere else in the sheet."""
    cells = [cell for cell in row.cells if cell]
    return len(cells) > 1 and all(times[cell] == 1 and _is_wordy(cell) for cell in cells)


def may_begin(rows: Sequence[Row], start: int) -> Iterator[int]:
    """Give the places below an empty row where another table may begin, though nothing tells that it does."""
    times = _times(rows)
    for place in range(start + 1, len(rows) - 1):
        if rows[place - 1].is_empty and _any_below(rows, place) and _may_be_header(rows[place], times):
            yield place


def _is_known(cell: str) -> bool:
    """Say whether most words of a cell are those of a header."""
    said = words(cell)
    entries = [entry(said, table) for table in ("fields", "ends")]
    return any(2 * len(words(one)) >= len(said) for one in entries if one)


def _is_wordy(cell: str) -> bool:
    return len(cell) < 80 and not _NUMERIC.fullmatch(cell)


def _filled(row: Row) -> int:
    return sum(map(bool, row.cells))


def _any_below(rows: Sequence[Row], place: int) -> bool:
    return place + 1 < len(rows) and not rows[place + 1].is_empty


def _with_groups(rows: Sequence[Row], place: int) -> tuple[int, ...]:
    """Return a header with the row of groups above it or the row of columns below it, where there is one."""
    if _are_groups(rows, place, place + 1):
        return place, place + 1
    return (place - 1, place) if place and _are_groups(rows, place - 1, place) else (place,)


def _are_groups(rows: Sequence[Row], upper: int, lower: int) -> bool:
    """Say whether the cells of a row stand over several columns of the next: `Donor | | Recipient |` over `Name | Country | ...`."""
    if lower + 1 >= len(rows):
        return False
    above = dict(enumerate(rows[upper].cells))
    below = {at: cell for at, cell in enumerate(rows[lower].cells) if cell and cell != above.get(at)}
    groups = {at for at, cell in above.items() if cell}
    if len(groups) < 2 or not below or not all(map(_is_wordy, below.values())):
        return False
    under_nothing = [at for at in below if at not in groups and at > min(groups)]
    twice = len(set(below.values())) < len(below) or len(below.keys() | groups) > len(below)
    known = sum(map(_is_known, below.values()))
    others = {cell for row in rows[lower + 1 :] for cell in row.cells}
    return bool(under_nothing) and twice and 2 * known >= len(below) and others.isdisjoint(below.values())


def is_data(rows: Sequence[Row], place: int) -> bool:
    """Say whether what would be the header is a row like those below it: a number or a day over numbers or days."""
    head = rows[place].cells
    known = sum(bool(meaning(words(cell)) or meaning(words(cell), "ends")) for cell in head if cell)
    numbers = [at for at, cell in enumerate(head) if re.fullmatch(r"[\d.,:/-]+", cell)]
    below = [row.cells for row in rows[place + 1 :] if not row.is_empty]
    alike = [at for at in numbers if all(re.fullmatch(r"[\d.,:/-]*", cells[at]) for cells in below if at < len(cells))]
    return bool(alike) and 2 * known < len([cell for cell in head if cell])


def header_row(rows: Sequence[Row]) -> int | None:
    """Return the place of the header: the first row that is nearly as wide as the table, with words in it, and rows below it."""
    filled = [sum(map(bool, row.cells)) for row in rows]
    if sum(map(bool, filled)) < 2:
        return None
    several = sorted(number for number in filled if number > 1) or [1]
    usual = several[len(several) // 2]  # half of the rows that are no titles are at least so wide
    wide = max(min(usual, max(filled[:_HEADER_WITHIN], default=0)), 1)
    best: tuple[float, int] | None = None
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        cells = [cell for cell in row.cells if cell]
        if not cells or len(cells) < 0.6 * wide or not any(filled[place + 1 :]):
            continue
        wordy = sum(not re.fullmatch(r"[\d.,:/%\s-]+", cell) and len(cell) < 80 for cell in cells) / len(cells)
        known = sum(bool(meaning(words(cell))) for cell in cells) / len(cells)
        score = wordy + 2 * known + (len(set(cells)) == len(cells)) * 0.5 - place * 0.02 - is_hxl(cells) * 9
        if best is None or score > best[0]:
            best = (score, place)
    return best[1] if best else None


def is_total(row: Row) -> bool:
    """Say whether a row is a sum of others: its first cell says so, or begins so and only numbers stand beside it."""
    first, *rest = [cell for cell in row.cells if cell]
    known = word_map("tabular")["totals"]
    said = folded(first).rstrip(":")
    begins = any(said.startswith(f"{one} ") for one in known)
    return said in known or (begins and bool(rest) and all(map(_NUMERIC.fullmatch, rest)))


def remarks(rows: Sequence[Row], traits: Traits) -> set[int]:
    """Return the numbers of rows below a header that are no rows of its table: notes, sources, and headings over a part of it."""
    usual = sorted(_filled(row) for row in rows if not row.is_empty)
    if not usual or usual[len(usual) // 2] < 2:
        return set()
    last = max(place for place, row in enumerate(rows) if _filled(row) > 1)
    found = set()
    for place, row in enumerate(rows):
        if _filled(row) != 1 or row.fault:
            continue
        cell = next(filter(None, row.cells))
        is_note = cell.startswith("*") or folded(cell).split(":")[0] in word_map("tabular")["remarks"]
        is_wide = 2 * traits.wide.get(row.number, 1) > usual[-1]
        is_below = place > last and any(other.is_empty for other in rows[last + 1 : place])
        if is_note or is_wide or is_below:
            found.add(row.number)
    return found
