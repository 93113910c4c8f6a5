"""Rows of any table that a mapping names, by the names of its columns: delimited text, sheets of workbooks, records of JSON and YAML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Final, NamedTuple

from graph_build.errors import Finding, InputError
from graph_build.readers.entries import Note
from graph_build.readers.head import head
from graph_build.readers.tabular_blocks import Beside, Span, only, span
from graph_build.readers.tabular_book import book_rows, has_sheets, sheet_names
from graph_build.readers.tabular_cell import serial_day
from graph_build.readers.tabular_mapping import BETWEEN, Table, folded
from graph_build.readers.tabular_sheet import Traits, letter
from graph_build.readers.tabular_text import Row, text_rows
from graph_build.readers.words import nearest, shown
from graph_build.records import Place

_BEFORE: Final = 1_000
BEYOND: Final = "rows beyond the last of the table"
_ERRORS: Final = frozenset(
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#ERROR!"]
)
"""What spreadsheet programs show where a formula failed; it is no value in any language."""
_RECORDS: Final = (".json", ".jsonl", ".ndjson", ".geojson", ".srj", ".yaml", ".yml", ".xml")


class Line(NamedTuple):
    """A row below the header: where it stands, its filled cells by the folded names of their columns, or why it cannot be read."""

    place: Place
    locator: str
    cells: Mapping[str, str]
    fault: str = ""
    extra: tuple[str, ...] = ()
    shared: frozenset[str] = frozenset()
    """The columns whose cells this row shares with others: they are merged."""
    told: Note | None = None
    """What is to be told of the whole file: this is no row then, and has no cells."""


@dataclass(slots=True)
class Grid:
    """A table that is opened: its columns as they are headed, and its rows."""

    columns: tuple[str, ...]
    lines: Iterator[Line]
    sheet: Traits = field(default_factory=Traits)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    """What is to be told of columns and how often, complete when all lines were read."""
    beside: Beside = field(default_factory=Beside)


def is_records(file: Path) -> bool:
    """Say by the name whether a file holds records rather than rows."""
    return file.suffix.lower() in _RECORDS


def open_grid(table: Table, file: Path) -> Grid:
    """Open one file of a table; what it needs and the file has not is an `InputError`."""
    if file.suffix.lower() == ".xml":
        from graph_build.readers.tabular_xml import xml_lines

        return Grid((), xml_lines(file, table.records))
    if is_records(file):
        from graph_build.readers.tabular_records import record_lines
        from graph_build.readers.tabular_unread import Unread, steps_of

        beside = table.beside.get(file)
        return Grid((), record_lines(file, table.records, Unread(tuple(map(steps_of, beside))) if beside else None))
    grid = Grid((), iter(()))
    rows, within = _rows(table, file, grid.sheet), Span(0, 0)
    if table.columns:
        within = span(table.columns)
        rows = only(rows, within, grid.beside)
    first = within.first
    grid.columns, last, rows = (
        _lettered(rows, first) if table.header == (0,) else (*_header(table, file, rows, first), rows)
    )
    _all_there(table, file, grid.columns)
    grid.lines = _lines(table, file, last, rows, grid)
    return grid


def _rows(table: Table, file: Path, sheet: Traits) -> Iterator[Row]:
    if not has_sheets(head(file)):
        return text_rows(file, table.encoding, table.delimiter, frozenset(map(folded, table.named)))
    return book_rows(file, the_sheet(table, file), sheet)


def the_sheet(table: Table, file: Path) -> str:
    """Return the sheet that the mapping names, or the first."""
    names = sheet_names(file)
    if not names or (table.sheet and table.sheet not in names):
        remedy = nearest(table.sheet, names) or f"it has {', '.join(names) or 'no sheet'}"
        raise wrong(file, 0, f'there is no sheet "{shown(table.sheet)}" as {table.place} says', remedy)
    return table.sheet or names[0]


def _header(table: Table, file: Path, rows: Iterator[Row], left: int) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns, and the row after which the table begins.

    Without a number the first row with anything in it is the header; several rows are read as groups over columns.
    """
    wanted = table.header
    heads: list[Sequence[str]] = []
    number = count = 0
    for row in rows:
        count += 1
        if not wanted and row.is_empty:
            continue
        if not wanted or count in wanted:
            if row.fault:
                raise wrong(file, row.number, f"the header cannot be read: {row.fault}", "mend the row")
            heads.append(row.cells)
        if not wanted or count >= max(wanted):
            number = count
            break
    if not number:
        raise wrong(file, 0, "there is no header", "say in the mapping in which row it stands: header = 3")
    return unique(stacked(heads), left), number


def _lettered(rows: Iterator[Row], left: int) -> tuple[tuple[str, ...], int, Iterator[Row]]:
    """Name the columns of a table without a header by their letters, as many as its first row and its neighbours have."""
    first = list(islice(rows, _BEFORE))
    return unique([""] * max((len(row.cells) for row in first), default=0), left), 0, chain(first, rows)


def stacked(heads: Sequence[Sequence[str]]) -> list[str]:
    """Join several header rows; a group stands over all columns until the next group."""
    width = max(map(len, heads))
    names = [""] * width
    for depth, cells in enumerate(heads):
        group = ""
        for place in range(width):
            cell = " ".join(cells[place].split()) if place < len(cells) else ""
            group = cell or (group if depth < len(heads) - 1 else "")
            if folded(names[place]) != folded(group):  # one cell over both rows
                names[place] = " / ".join(filter(None, (names[place], group)))
    return names


def unique(names: Sequence[str], left: int = 0) -> tuple[str, ...]:
    """Return names of columns that differ: one without a name gets its letter, a second of a name a number.

    `left` is how many columns of the sheet stand before them.

    >>> unique(["Name", "", " name "])
    ('Name', 'column B', 'name (2)')
    """
    seen: set[str] = set()
    found = []
    for place, given in enumerate(names):
        name = first = " ".join(given.split()) or f"column {letter(left + place)}"
        number = 1
        while folded(name) in seen:
            number += 1
            name = f"{first} ({number})"
        seen.add(folded(name))
        found.append(name)
    return tuple(found)


def _all_there(table: Table, file: Path, names: Sequence[str]) -> None:
    known = {folded(name) for name in names}
    for name in table.named:
        if folded(name) not in known:
            remedy = nearest(name, names) or f"its columns are {', '.join(map(shown, names[:20]))}"
            raise wrong(
                file, 0, f'there is no column "{shown(name)}", which {table.place} of the mapping names', remedy
            )


def wrong(file: Path, line: int, message: str, remedy: str = "") -> InputError:
    """Return the error of a table that cannot be read."""
    finding = Finding(str(file), line, 0, "", message, remedy)
    return InputError(f"{file} could not be read", [finding], remedy or "mend the file or the mapping")


def _lines(table: Table, file: Path, last: int, rows: Iterator[Row], grid: Grid) -> Iterator[Line]:
    keys = [folded(name) for name in grid.columns]
    fill = {folded(name): "" for name in table.fill}
    sheet = table.sheet or (the_sheet(table, file) if has_sheets(head(file)) else "")
    before, path = f"{sheet}!A" if sheet else "line ", str(file)
    for count, row in enumerate(rows, last + 1):
        if row.is_empty or (count == last + 1 and is_hxl(row.cells)):
            continue
        if table.last and count > table.last:
            grid.told["", BEYOND] += 1
            continue
        place, locator = Place(path, row.number), f"{before}{row.number}"
        if row.fault:
            yield Line(place, locator, {}, row.fault)
            continue
        cells = {key: cell.replace(BETWEEN, " ") for key, cell in zip(keys, row.cells, strict=False) if cell}
        if not _ERRORS.isdisjoint(cells.values()) or row.serials:
            _settle(cells, {keys[at] for at in row.serials if at < len(keys)} & table.dated, grid)
        if table.empty and not table.empty.isdisjoint(map(str.casefold, cells.values())):
            cells = {key: cell for key, cell in cells.items() if cell.casefold() not in table.empty}
        if fill:
            fill |= {key: cells[key] for key in fill if key in cells}
            cells |= {key: cell for key, cell in fill.items() if cell}
        shared = frozenset(keys[at] for at in row.merged if at < len(keys))
        extra = tuple(filter(None, row.cells[len(keys) :]))
        yield Line(place, locator, cells, extra=extra, shared=shared)


def _settle(cells: dict[str, str], days: set[str], grid: Grid) -> None:
    """Empty the cells in which a formula failed, and read numbers as days in the columns that hold days."""
    for key in [key for key, cell in cells.items() if cell in _ERRORS]:
        grid.told[key, f'it has errors of formulas ("{cells.pop(key)}"), which are empty here'] += 1
    for key in days & cells.keys():
        cells[key] = serial_day(cells[key], from_1904=grid.sheet.from_1904)
        since = 1904 if grid.sheet.from_1904 else 1900
        grid.told[key, f"its numbers are read as days, which the workbook counts from {since} on"] += 1


def is_hxl(cells: Sequence[str]) -> bool:
    """Say whether a row holds HXL tags, which are no data.

    >>> is_hxl(["#org+name", "", "#value"]), is_hxl(["#1", "x"])
    (True, False)
    """
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(cell[0] == "#" and cell[1:2].isalpha() for cell in filled)
