"""A look at a table before it has a mapping: where its header is, what its columns hold, how its lists, days and amounts are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph_build.errors import InputError
from graph_build.readers.entries import Note
from graph_build.readers.head import head
from graph_build.readers.maps import word_map
from graph_build.readers.tabular_apart import blocks
from graph_build.readers.tabular_blocks import cut, stretches
from graph_build.readers.tabular_book import book_rows, has_sheets, sheets
from graph_build.readers.tabular_frame import headers, is_data, is_total, may_begin, remarks
from graph_build.readers.tabular_grid import is_hxl, is_records, stacked, unique
from graph_build.readers.tabular_mapping import folded
from graph_build.readers.tabular_sheet import Traits, letter
from graph_build.readers.tabular_text import Row, foreign, found_delimiter, found_encoding, text_rows
from graph_build.readers.tabular_words import meaning, words

if TYPE_CHECKING:
    from graph_build.readers.tabular_unread import Unread

ROWS: Final = 5_000
_LISTS: Final = ("\n", "|", ";")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its words, and the filled cells of the rows that were looked at (with the numbers of the rows)."""

    name: str
    words: tuple[str, ...]
    cells: dict[int, str] = field(repr=False)
    template: str = ""
    """Of several columns together: how the mapping writes them, and which they are."""
    parts: tuple[str, ...] = ()

    @property
    def values(self) -> Counter[str]:
        """How often each cell occurs."""
        return Counter(self.cells.values())

    def share(self, pattern: str) -> float:
        """Return the share of filled cells that are wholly of a pattern."""
        if not self.cells:
            return 0.0
        return sum(bool(re.fullmatch(pattern, cell)) for cell in self.cells.values()) / len(self.cells)


@dataclass(frozen=True, slots=True)
class Look:
    """A table as it was found: how to open it, and its columns."""

    file: Path
    sheet: str
    header: tuple[int, ...]
    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    rows: int
    totals: tuple[tuple[str, str], ...] = ()
    empty: tuple[str, ...] = ()
    last: int = 0
    is_hidden: bool = False
    span: str = ""
    """Its columns, where other tables stand beside it."""
    gaps: tuple[str, ...] = ()
    """The empty columns within it, beside which another table may begin."""
    below: int = 0
    """The first row below an empty one that may be the header of another table."""
    records: str = ""
    """Where its rows are in a file of records that has several lists of them."""
    unread: tuple[Note, ...] = ()
    """The lists of records within its rows, which are no columns."""

    @property
    def title(self) -> str:
        """What the table is called: its list of records or its sheet, or else its file."""
        if self.records not in ("", "*", "*/*"):
            return self.records.partition("/")[0]
        is_plain = not self.sheet or re.fullmatch(r"(?i)(sheet|tabelle|feuil|лист|аркуш|hoja|table)\s?\d*", self.sheet)
        return self.file.stem if is_plain else self.sheet


def looks(file: Path) -> list[Look]:
    """Look at every table of a file; sheets without two rows are passed over."""
    if is_records(file):
        found = list(_records(file))
    elif has_sheets(head(file)):
        found = []
        for sheet in sheets(file):
            traits = Traits()
            rows = list(islice(book_rows(file, sheet, traits), ROWS))
            found += _looks(file, sheet, rows, traits=traits)
    else:
        encoding = found_encoding(file)
        delimiter = found_delimiter(file, encoding)
        rows = list(islice(text_rows(file, encoding, delimiter), ROWS))
        found = _looks(file, "", rows, encoding, delimiter)
    tables = [look for look in found if look is not None]
    telling = [look for look in tables if len(look.columns) > 1 or meaning(look.columns[0].words)]
    return telling or tables  # a sheet of lines of text beside tables is a cover or a note


def _looks(
    file: Path, sheet: str, rows: Sequence[Row], encoding: str = "", delimiter: str = "", traits: Traits | None = None
) -> list[Look | None]:
    """Look at the tables of a sheet: mostly one, or several side by side or below one another."""
    traits, beside, found = traits or Traits(), blocks(rows), list[Look | None]()
    for within in beside if len(beside) > 1 else ():
        below = _below(file, sheet, [cut(row, within) for row in rows], (encoding, delimiter), traits, within.first)
        found += [look and replace(look, span=within.letters) for look in below]
    if found:
        return found
    gaps = tuple(letter(at) for one, other in pairwise(stretches(rows)) for at in range(one.last + 1, other.first))
    return [look and replace(look, gaps=gaps) for look in _below(file, sheet, rows, (encoding, delimiter), traits)]


def _below(
    file: Path, sheet: str, rows: Sequence[Row], text: tuple[str, str], traits: Traits, left: int = 0
) -> list[Look | None]:
    """Look at the tables that stand below one another in the same columns."""
    heads, found = headers(rows), list[Look | None]()
    for header, following in zip_longest(heads, heads[1:]):
        end = following[0] if following else len(rows)
        full = [place for place in range(end) if not rows[place].is_empty]
        while following and len(full) > 1 and full[-1] > header[-1] + 1 and sum(map(bool, rows[full[-1]].cells)) == 1:
            full.pop()  # the title of the next table
        if following and full[-1] <= header[-1]:
            continue  # a header without a row
        last = full[-1] + 1 if following else 0
        found.append(_look(file, sheet, rows[: last or end], header, (*text, last), traits, left))
    return found


def _look(
    file: Path,
    sheet: str,
    rows: Sequence[Row],
    header: tuple[int, ...],
    how: tuple[str, str, int],
    traits: Traits,
    left: int,
) -> Look:
    if is_data(rows, header[-1]):
        header = ()
    heads = [rows[place].cells for place in header] or [[""] * max(len(row.cells) for row in rows)]
    names = unique(stacked(heads), left)
    start = header[-1] + 1 if header else 0
    body = [row for row in rows[start:] if not row.is_empty and not row.fault and not is_hxl(row.cells)]
    aside = remarks(rows[start:], traits)
    nothing = {cell for row in body for cell in row.cells if folded(cell) in word_map("tabular")["nothing"]}
    skipped = {row.number: _first(row, names) for row in body if row.number in aside or is_total(row)}
    kept = [row for row in body if row.number not in skipped]
    columns = tuple(
        Column(
            name,
            words(name),
            {
                row.number: row.cells[at]
                for row in kept
                if at < len(row.cells) and row.cells[at] and row.cells[at] not in nothing
            },
        )
        for at, name in enumerate(names)
    )
    encoding, delimiter, last = how
    return Look(
        file,
        sheet,
        tuple(place + 1 for place in header),
        encoding,
        delimiter,
        columns,
        len(kept),
        tuple(dict.fromkeys(pair for pair in skipped.values() if pair[1].strip("*"))),
        tuple(sorted(nothing)),
        last,
        traits.hidden,
        below=next((place + 1 for place in may_begin(rows, start)), 0),
    )


def separator(column: Column) -> str:
    """Return what parts several values in the cells of a column, where some cells have it and most of those more than once a text."""
    for sign in _LISTS:
        having = [cell for cell in column.cells.values() if sign in cell.strip(sign)]
        if having and len(having) >= max(1, 0.01 * len(column.cells)):
            return sign
    return ""


def date_order(columns: Sequence[Column]) -> str:
    """Return DMY or MDY where days of the table show which it is, else nothing."""
    pairs = [
        (int(found[1]), int(found[2]))
        for column in columns
        for cell in column.values
        if (found := re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/]\d{4}.*", cell))
    ]
    if any(first > 12 for first, _ in pairs):
        return "DMY" if not any(second > 12 for _, second in pairs) else ""
    return "MDY" if any(second > 12 for _, second in pairs) else ""


def decimal_sign(column: Column) -> str:
    """Return the decimal sign that the amounts of a column show, or nothing.

    >>> decimal_sign(Column("a", (), {1: "1.234,50", 2: "1,234"})), decimal_sign(Column("a", (), {1: "1,234", 2: "9"}))
    (',', '')
    """
    cells = [re.sub(r"[^\d.,]", "", cell) for cell in column.values]
    for sign, other in ((",", "."), (".", ",")):
        ends = [cell for cell in cells if re.fullmatch(rf".*\d{re.escape(sign)}\d{{1,2}}", cell)]
        groups = [cell for cell in cells if re.search(rf"{re.escape(sign)}\d{{3}}{re.escape(other)}", cell)]
        if ends and not groups:
            return sign
        if groups:
            return other
    return ""


def _first(row: Row, names: Sequence[str]) -> tuple[str, str]:
    """Return the column and the text of the first cell of a row that is filled."""
    place = next(place for place, cell in enumerate(row.cells) if cell)
    return (names[place] if place < len(names) else names[0], row.cells[place])


def _records(file: Path) -> Iterator[Look | None]:
    if file.suffix.lower() == ".xml":
        remedy = 'write a mapping that names the element of a row: records = "training" (docs/decisions/0014-mapping-files.md)'
        raise InputError(
            f"{file} is {foreign(head(file)) or 'XML'}, of which no mapping can be proposed", remedy=remedy
        )
    from graph_build.readers.tabular_records import tables_of
    from graph_build.readers.tabular_unread import Unread, steps_of

    tables = tables_of(file)
    unread: Unread | None = Unread(tuple(map(steps_of, tables)))
    for records in tables:
        yield _record_look(file, records, unread)
        unread = None  # it is told once what none of the tables reads


def _record_look(file: Path, records: str, unread: Unread | None) -> Look | None:
    from graph_build.readers.tabular_records import record_lines

    cells: dict[str, dict[int, str]] = {}
    number = 0
    rows = (line for line in record_lines(file, records, unread) if not line.told)
    for number, line in enumerate(islice(rows, ROWS), 1):
        for name, cell in line.cells.items():
            cells.setdefault(name, {})[number] = cell
    columns = tuple(Column(name, words(name), found) for name, found in sorted(cells.items()))
    where, told = "" if records == "*" else records, tuple(unread.notes()) if unread else ()
    return Look(file, "", (), "", "", columns, number, records=where, unread=told) if columns else None
