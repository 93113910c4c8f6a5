"""Sheets for Kumu: rows of elements under `Label`, of connections under `From` and `To`, in workbooks and CSV.

In a workbook two empty rows begin a section with a header of its own, and a sheet whose name says `(ignore)` is passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from graph_build.errors import InputError
from graph_build.readers.drawings_words import folded
from graph_build.readers.entries import Note, Remark, left_out
from graph_build.readers.head import Head, head
from graph_build.readers.kumu_items import Item, Rest
from graph_build.readers.tabular_book import book_rows, is_workbook, sheet_names
from graph_build.readers.tabular_text import Row, text_rows
from graph_build.readers.words import shown
from graph_build.records import Place

_TELLING: Final = frozenset({"type", "description", "tags", "image", "element type"})
_WHOLE: Final = frozenset({"id", "label", "from", "description", "direction"})
_MOST_SHEETS: Final = 50
_FIRST_ROWS: Final = 5


def is_table(head: Head) -> bool:
    """Say whether a workbook or CSV has a sheet for Kumu. CSV under `Label` alone may be any table: another column must be Kumu's."""
    if is_workbook(head):
        try:
            return any(_begins(head.path, name) for name in sheet_names(head.path)[:_MOST_SHEETS] if _is_read(name))
        except InputError:
            return False
    if head.is_binary:
        return False
    sign = max(",;\t", key=head.first_line.count)
    cells = [cell.strip().strip('"') for cell in head.first_line.lstrip("\ufeff").split(sign)]
    sort = _sort(cells)
    named = "kumu" in head.name or "element" in head.name
    return sort == "connection" or (sort == "element" and (named or bool(_TELLING & set(map(folded, cells)))))


def _begins(file: Path, sheet: str) -> bool:
    rows = (row.cells for row in islice(book_rows(file, sheet), _FIRST_ROWS))
    return bool(_sort(next((cells for cells in rows if any(cells)), [])))


def _is_read(sheet: str) -> bool:
    return "(ignore)" not in sheet.lower()


def _sort(cells: Sequence[str]) -> str:
    """Return what rows below a header are: its first cells say it, after an id."""
    first = [folded(cell) for cell in cells[:3]]
    first = first[1:] if first[:1] == ["id"] else first
    return "element" if first[:1] == ["label"] else "connection" if first[:2] == ["from", "to"] else ""


def table_items(file: Path) -> Iterator[Item | Rest]:
    """Give the rows of all sheets of a workbook, or of a CSV."""
    if not is_workbook(head(file)):
        yield from _section_items(_sections(text_rows(file), by_gaps=False), file, "")
        return
    for sheet in sheet_names(file):
        if _is_read(sheet):
            yield from _section_items(_sections(book_rows(file, sheet), by_gaps=True), file, sheet)
        else:
            yield _remark(file, 0, f'the sheet "{shown(sheet)}" says that it is to be ignored')


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with the header that it stands under; the first of a section has no header."""

    row: Row
    header: tuple[str, ...]


def _sections(rows: Iterable[Row], *, by_gaps: bool) -> Iterator[_Line]:
    """Give the rows that are not empty under their headers."""
    header, gap = tuple[str, ...](), 2
    for row in rows:
        if row.is_empty:
            gap += 1
            continue
        if not header or (by_gaps and gap >= 2):
            header = tuple(cell.strip() for cell in row.cells)
            yield _Line(row, ())
        else:
            yield _Line(row, header)
        gap = 0


def _section_items(lines: Iterable[_Line], file: Path, sheet: str) -> Iterator[Item | Rest]:
    sort, passed = "", Counter[int]()
    begun = 0
    for line in lines:
        row = line.row
        if not line.header:
            sort, begun = _sort(row.cells), row.number
            if not sort:
                passed[begun] = 0
        elif not sort:
            passed[begun] += 1
        elif row.fault:
            yield Rest(
                (left_out(sort, Place(str(file), row.number), "", row.fault, "mend the row", _locator(sheet, row)),)
            )
        else:
            yield _item(sort, line, file, sheet)
    for first, number in sorted(passed.items()):
        where = f'the sheet "{shown(sheet)}"' if sheet else "the table"
        yield _remark(
            file, first, f"{where} has neither Label nor From and To at its head: {number:,} rows were not read"
        )


def _remark(file: Path, line: int, message: str) -> Rest:
    return Rest((Remark(Place(str(file), line), Note("", message)),))


def _locator(sheet: str, row: Row) -> str:
    return f"{sheet}!A{row.number}" if sheet else f"line {row.number}"


def _item(sort: str, line: _Line, file: Path, sheet: str) -> Item:
    """Make an item of a row: `|` parts the values of a cell, but not those that are one name or text."""
    fields: dict[str, tuple[str, ...]] = {}
    for number, cell in enumerate(line.row.cells):
        name = line.header[number] if number < len(line.header) and line.header[number] else f"column {number + 1}"
        parts = [cell] if folded(name) in _WHOLE else cell.split("|")
        fields[name] = (*fields.get(name, ()), *(part.strip() for part in parts if part.strip()))
    own = {key: next(iter(fields[name]), "") for name in fields if (key := folded(name)) in _WHOLE}
    targets = next((values for name, values in fields.items() if folded(name) == "to"), ())
    kept = {name: values for name, values in fields.items() if folded(name) not in _WHOLE - {"description"} | {"to"}}
    return Item(
        sort, Place(str(file), line.row.number), _locator(sheet, line.row),
        id=own.get("id", ""),
        label=own.get("label", ""),
        type="|".join(value for name, values in fields.items() if folded(name) == "type" for value in values),
        source=own.get("from", ""),
        targets=targets,
        direction=own.get("direction", ""),
        fields=kept,
    )  # fmt: skip
