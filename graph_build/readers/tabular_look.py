"""A look at a table before it has a mapping: where its header is, what its columns hold, how its lists, days and amounts are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from graph_build.readers.head import head
from graph_build.readers.maps import word_map
from graph_build.readers.tabular_grid import is_hxl, is_records, unique
from graph_build.readers.tabular_mapping import folded
from graph_build.readers.tabular_text import Row, found_delimiter, found_encoding, text_rows

ROWS: Final = 5_000
_HEADER_WITHIN: Final = 40
_LISTS: Final = ("\n", "|", ";")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its words, and the filled cells of the rows that were looked at (with the numbers of the rows)."""

    name: str
    words: tuple[str, ...]
    cells: dict[int, str] = field(repr=False)

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
    header: int
    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    rows: int
    totals: tuple[tuple[str, str], ...] = ()
    empty: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the table is called: its sheet, or else its file."""
        is_plain = not self.sheet or re.fullmatch(r"(?i)(sheet|tabelle|feuil|лист|аркуш|hoja|table)\s?\d*", self.sheet)
        return self.file.stem if is_plain else self.sheet


def looks(file: Path) -> list[Look]:
    """Look at every table of a file; sheets without two rows are passed over."""
    if is_records(file):
        found = [_records(file)]
    elif head(file).zip_names:
        from graph_build.readers.tabular_book import book_rows, sheet_names

        found = [_look(file, sheet, list(islice(book_rows(file, sheet), ROWS))) for sheet in sheet_names(file)]
    else:
        encoding = found_encoding(file)
        delimiter = found_delimiter(file, encoding)
        rows = list(islice(text_rows(file, encoding, delimiter), ROWS))
        found = [_look(file, "", rows, encoding, delimiter)]
    tables = [look for look in found if look is not None]
    telling = [look for look in tables if len(look.columns) > 1 or meaning(look.columns[0].words)]
    return telling or tables  # a sheet of lines of text beside tables is a cover or a note


def _look(file: Path, sheet: str, rows: Sequence[Row], encoding: str = "", delimiter: str = "") -> Look | None:
    place = header_row(rows)
    if place is None:
        return None
    if _is_data(rows, place):
        place = -1
    names = unique(rows[place].cells if place >= 0 else [""] * max(len(row.cells) for row in rows))
    below = [row for row in rows[place + 1 :] if not row.is_empty and not row.fault]
    body = [row for row in below if not is_hxl(row.cells)]
    totals = [pair for row in body if (pair := _total(row, names))]
    nothing = {cell for row in body for cell in row.cells if folded(cell) in word_map("tabular")["nothing"]}
    kept = [row for row in body if not _total(row, names)]
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
    return Look(
        file,
        sheet,
        place + 1,
        encoding,
        delimiter,
        columns,
        len(kept),
        tuple(dict.fromkeys(totals)),
        tuple(sorted(nothing)),
    )


def _is_data(rows: Sequence[Row], place: int) -> bool:
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


def _total(row: Row, names: Sequence[str]) -> tuple[str, str] | None:
    """Return the column and the cell that say that a row is a sum of others."""
    first = next(((at, cell) for at, cell in enumerate(row.cells) if cell), (0, ""))
    is_total = folded(first[1]).rstrip(":") in word_map("tabular")["totals"]
    return (names[first[0]], first[1]) if is_total and first[0] < len(names) else None


def words(name: str) -> tuple[str, ...]:
    """Return the words of a header.

    >>> words("providerOrg_name"), words("Назва (укр.)"), words("DonationEUR")
    (('provider', 'org', 'name'), ('назва', 'укр'), ('donation', 'eur'))
    """
    apart = re.sub(r"(?<=[a-zа-яіїєґ])(?=[A-ZА-ЯІЇЄҐ])", " ", name)
    return tuple(re.findall(r"[^\W_]+(?:['’][^\W_]+)?|%", apart.casefold()))


def meaning(header: Sequence[str], table: str = "fields") -> str:
    """Return what a header says by the longest known entry within it; of equals the one that stands last.

    >>> meaning(("provider", "org", "type")), meaning(("provider", "org", "type"), "ends"), meaning(("cheese",))
    ('type', 'from', '')
    """
    found = _found(header, table)
    return found[0] if found else ""


def entry(header: Sequence[str], table: str) -> str:
    """Return the entry itself that was found in a header."""
    found = _found(header, table)
    return found[1] if found else ""


def _found(header: Sequence[str], table: str) -> tuple[str, str] | None:
    best: tuple[tuple[int, int], str, str] | None = None
    for means, entries in word_map("tabular_words")[table].items():
        for one in entries:
            parts = words(one)
            at = _within(parts, header)
            if at < 0 or (len(header) > len(parts) and len(one) < 3 and one not in _SHORT_TAILS):
                continue
            rank = (len(parts), -at if table == "ends" else at)
            if best is None or rank > best[0]:
                best = (rank, means, one)
    return (best[1], best[2]) if best else None


_SHORT_TAILS: Final = ("id", "mp")


def _within(parts: Sequence[str], header: Sequence[str]) -> int:
    """Return where words stand in a header one after the other, the last place if several; -1 where they do not."""
    places = range(len(header) - len(parts), -1, -1)
    return next((at for at in places if tuple(header[at : at + len(parts)]) == tuple(parts)), -1)


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


def _records(file: Path) -> Look | None:
    from graph_build.readers.tabular_records import record_lines

    cells: dict[str, dict[int, str]] = {}
    number = 0
    for number, line in enumerate(islice(record_lines(file, "*"), ROWS), 1):
        for name, cell in line.cells.items():
            cells.setdefault(name, {})[number] = cell
    columns = tuple(Column(name, words(name), found) for name, found in sorted(cells.items()))
    return Look(file, "", 0, "", "", columns, number) if columns else None
