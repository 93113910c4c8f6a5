"""Binary workbooks (.xlsb): records of Microsoft's BIFF12 [MS-XLSB] in a zip archive, read as a stream, row by row.

By the standard library alone: what exists drops cells without a word (python-calamine: errors, and all but the first cell of rows
written short), or is not free to take along (pyxlsb, LGPL).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import IO, Any, Final, NamedTuple
from zipfile import ZipFile

from graph_build.readers.tabular_cell import date_text, is_serial, percent_text, value_text
from graph_build.readers.tabular_sheet import MOST_COLUMNS, MOST_MERGED, MOST_ROWS, Merged, Traits, letter, made_row
from graph_build.readers.tabular_text import Row

BOOK: Final = "xl/workbook.bin"
_LONGEST: Final = 2**22
_ROW, _SHARED_TEXT, _FORMAT, _STYLE, _COLUMNS, _SETTINGS, _SHEET, _MERGE = 0, 19, 44, 47, 60, 153, 156, 176
_CELLS_END, _STYLES, _STYLES_END = 146, 617, 618
_BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED, _RICH = 1, 2, 3, 4, 5, 6, 7, 62
_FORMULAS: Final = {8: _TEXT, 9: _REAL, 10: _BOOL, 11: _ERROR}
_SHORT: Final = {12: _BLANK, 13: _RK, 14: _ERROR, 15: _BOOL, 16: _REAL, 17: _TEXT, 18: _SHARED}
"""Cells that do not say their column: it is the next one."""
_ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA"}  # fmt: skip


class _Sheet(NamedTuple):
    name: str
    part: str
    is_hidden: bool


@dataclass(slots=True)
class _Book:
    sheets: list[_Sheet] = field(default_factory=list)
    from_1904: bool = False


@dataclass(slots=True)
class _Styles:
    """Which styles of cells show a number as a day, and which as per cent."""

    days: set[int] = field(default_factory=set)
    percents: set[int] = field(default_factory=set)


def xlsb_sheets(archive: ZipFile) -> dict[str, bool]:
    """Return the names of the sheets in their order, and whether each is hidden."""
    return {sheet.name: sheet.is_hidden for sheet in _book(archive).sheets}


def xlsb_rows(archive: ZipFile, sheet: str, traits: Traits) -> Iterator[Row]:
    """Give the rows of a sheet, empty ones too, with their numbers."""
    book = _book(archive)
    page = next(one for one in book.sheets if one.name == sheet)
    traits.hidden, traits.from_1904 = page.is_hidden, book.from_1904
    styles, texts = _styles(archive), _shared_texts(archive)
    with archive.open(page.part) as stream:
        begun = _merged_areas(stream, traits)
    merged, cells, number = Merged(traits), 0, 0
    with archive.open(page.part) as stream:
        for found, row, serials, is_hidden in _rows(stream, styles, texts, traits):
            for empty in range(number + 1, found):
                yield made_row(empty, [], cells)
            number = max(found, number + 1)
            shared = merged.fill(number, row, begun.get(number, ()))
            cells += len(row)
            traits.hidden_rows += is_hidden and any(row)
            yield made_row(number, row, cells, shared, serials)


def _records(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Give the records of a part: the number of each says what it is, seven bits to a byte like its length."""
    while first := stream.read(1):
        kind = first[0]
        if kind > 127:
            kind = (kind & 127) | (_byte(stream) << 7)
        length = shift = 0
        while shift < 28:
            byte = _byte(stream)
            length |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        if length > _LONGEST:
            raise ValueError("it has a record that is longer than any cell can be")
        content = stream.read(length)
        if len(content) < length:
            raise ValueError("it ends in the middle of a record")
        yield kind, content


def _byte(stream: IO[bytes]) -> int:
    found = stream.read(1)
    if not found:
        raise ValueError("it ends in the middle of a record")
    return found[0]


def _wide(content: bytes, start: int) -> tuple[str, int]:
    """Return a text and where it ends; one that is null has no letters."""
    (length,) = struct.unpack_from("<I", content, start)
    end = start + 4 + 2 * (0 if length == 0xFFFFFFFF else length)
    if end > len(content):
        raise ValueError("a text goes on beyond its record")
    return content[start + 4 : end].decode("utf-16-le", "replace"), end


def _book(archive: ZipFile) -> _Book:
    """Return the sheets of cells and from which year days are counted."""
    parts, book = _parts(archive), _Book()
    with archive.open(BOOK) as stream:
        for kind, content in _records(stream):
            if kind == _SETTINGS:
                book.from_1904 = bool(content[0] & 1)
            elif kind == _SHEET:
                key, end = _wide(content, 8)
                name, _ = _wide(content, end)
                if part := parts.get(key):
                    book.sheets.append(_Sheet(name, part, content[0] != 0))
    if not book.sheets:
        raise ValueError("it has no sheet of cells")
    return book


def _parts(archive: ZipFile) -> dict[str, str]:
    """Return the parts that are sheets of cells by the keys under which the workbook names them."""
    from defusedxml.ElementTree import parse

    with archive.open("xl/_rels/workbook.bin.rels") as stream:
        found = list(parse(stream).getroot())
    sheets = [one for one in found if one.get("Type", "").endswith("/worksheet")]
    return {one.get("Id", ""): normpath(join("xl", one.get("Target", "")).lstrip("/")) for one in sheets}


def _shared_texts(archive: ZipFile) -> list[str]:
    if "xl/sharedStrings.bin" not in archive.namelist():
        return []
    with archive.open("xl/sharedStrings.bin") as stream:
        return [_wide(content, 1)[0] for kind, content in _records(stream) if kind == _SHARED_TEXT]


def _styles(archive: ZipFile) -> _Styles:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    styles, formats, number, is_within = _Styles(), dict(BUILTIN_FORMATS), 0, False
    if "xl/styles.bin" not in archive.namelist():
        return styles
    with archive.open("xl/styles.bin") as stream:
        for kind, content in _records(stream):
            if kind == _FORMAT:
                formats[struct.unpack_from("<H", content)[0]] = _wide(content, 2)[0]
            elif kind in (_STYLES, _STYLES_END):
                is_within = kind == _STYLES
            elif kind == _STYLE and is_within:
                shown = formats.get(struct.unpack_from("<H", content, 2)[0], "")
                if "%" in shown:
                    styles.percents.add(number)
                elif is_date_format(shown):
                    styles.days.add(number)
                number += 1
    return styles


def _merged_areas(stream: IO[bytes], traits: Traits) -> dict[int, list[tuple[int, int]]]:
    """Return the areas over several rows by their first row: they stand behind all rows in the file, and are needed before."""
    found: dict[int, list[tuple[int, int]]] = {}
    number = 0
    for kind, content in _records(stream):
        if kind != _MERGE:
            continue
        number += 1
        first, last, left, right = struct.unpack_from("<4I", content)
        if number > MOST_MERGED:
            raise ValueError(f"it has more than {MOST_MERGED:,} merged cells")
        if last > first:
            found.setdefault(first + 1, []).append((min(last + 1, MOST_ROWS), left))
        traits.wide[first + 1] = max(traits.wide.get(first + 1, 0), right - left + 1)
    return found


def _rows(
    stream: IO[bytes], styles: _Styles, shared: list[str], traits: Traits
) -> Iterator[tuple[int, list[str], frozenset[int], bool]]:
    """Give the number of each row, its texts, the columns of plain numbers that may be days, and whether it is hidden."""
    number, is_hidden, column = 0, False, -1
    texts: list[str] = []
    serials: set[int] = set()
    for kind, content in _records(stream):
        if kind in (_ROW, _CELLS_END):
            if number:
                yield number, texts, frozenset(serials), is_hidden
            if kind == _CELLS_END:
                return
            number, is_hidden = struct.unpack_from("<I", content)[0] + 1, bool(content[11] & 0x10)
            if number > MOST_ROWS:
                raise ValueError("it has more rows or columns than a sheet can have")
            texts, serials, column = [], set(), -1
        elif kind == _COLUMNS and content[16] & 1:
            first, last = struct.unpack_from("<2I", content)
            traits.hidden_columns += [letter(place) for place in range(first, min(last, first + 25) + 1)]
        elif number and (_BLANK <= kind <= 18 or kind == _RICH):
            column, text, is_number = _cell(kind, content, column, styles, shared, from_1904=traits.from_1904)
            if not 0 <= column < MOST_COLUMNS:
                raise ValueError("it has more rows or columns than a sheet can have")
            if text:
                texts.extend([""] * (column + 1 - len(texts)))
                texts[column] = text
            if is_number:
                serials.add(column)


def _cell(
    kind: int, content: bytes, before: int, styles: _Styles, shared: list[str], *, from_1904: bool
) -> tuple[int, str, bool]:
    """Return the column of a cell, its text, and whether it is a plain number that may be a day."""
    if kind in _SHORT:
        column, start, kind = before + 1, 0, _SHORT[kind]
    else:
        column, start, kind = struct.unpack_from("<I", content)[0], 4, _FORMULAS.get(kind, kind)
    style = int.from_bytes(content[start : start + 3], "little")
    value = _value(kind, content, start + 4, shared)
    if type(value) not in (int, float):
        return column, value_text(value), False
    if style in styles.days:
        return column, date_text(value, from_1904=from_1904), False
    return column, percent_text(value) if style in styles.percents else value_text(value), is_serial(value)


def _value(kind: int, content: bytes, start: int, shared: list[str]) -> Any:
    if kind == _SHARED:
        return shared[struct.unpack_from("<I", content, start)[0]]
    if kind == _RK:
        return _rk(struct.unpack_from("<i", content, start)[0])
    if kind == _REAL:
        return struct.unpack_from("<d", content, start)[0]
    if kind in (_TEXT, _RICH):
        return _wide(content, start + (kind == _RICH))[0]
    if kind == _BOOL:
        return bool(content[start])
    return _ERRORS.get(content[start], "#ERROR!") if kind == _ERROR else ""


def _rk(packed: int) -> float:
    """Return a number that is packed in four bytes: a whole one, or the upper half of a float, perhaps of hundredths.

    >>> _rk(-5 << 2 | 2), _rk(123 << 2 | 3), _rk(struct.unpack("<i", struct.pack("<d", 0.25)[4:])[0])
    (-5, 1.23, 0.25)
    """
    number: float = packed >> 2 if packed & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", packed & ~3))[0]
    return number / 100 if packed & 1 else number
