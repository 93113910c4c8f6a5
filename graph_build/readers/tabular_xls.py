"""Old Excel workbooks (.xls, BIFF 2 to 8) through xlrd, which holds a sheet whole: what it would hold is looked at before."""

from __future__ import annotations

import io
import struct
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from graph_build.readers.tabular_cell import date_text, is_serial, percent_text, value_text
from graph_build.readers.tabular_compound import SIGNATURE, Compound
from graph_build.readers.tabular_sheet import (
    MOST_MERGED,
    Merged,
    Traits,
    letter,
    made_row,
)
from graph_build.readers.tabular_text import Row

_LARGEST: Final = 24 * 2**20
_MERGED: Final = 0xE5
_OBJECTS: Final = frozenset(
    [0x18, 0x1C, 0x1E, 0x23, 0x31, 0x43, 0x5D, 0x7D, 0x85, 0xE0, 0x1B1, 0x1B6, 0x1B8, 0x218, 0x223, 0x231, 0x243, 0x293, 0x41E, 0x443]
)  # fmt: skip
"""Records of which xlrd makes objects many times their size: formats, fonts, styles, names, links, notes, drawings, sheets."""
_MOST_OBJECTS: Final = 100_000
_BEGINNINGS: Final = (SIGNATURE[:4], b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")  # fmt: skip
"""The compound file that holds the records of a workbook, or these records by themselves, as some programs write them."""


def is_xls(content: bytes) -> bool:
    """Say by its first bytes whether a file is a workbook of this make, or another file of the Office of its time."""
    return content.startswith(_BEGINNINGS)


def xls_sheets(file: Path) -> dict[str, bool]:
    """Return the names of the sheets in their order, and whether each is hidden."""
    book = _book(file)
    return {name: bool(book._sheet_visibility[place]) for place, name in enumerate(book.sheet_names())}


def xls_rows(file: Path, sheet: str, traits: Traits) -> Iterator[Row]:
    """Give the rows of a sheet, empty ones too, with their numbers."""
    book = _book(file)
    place = book.sheet_names().index(sheet)
    page = _called(book.sheet_by_index, place)
    if book.biff_version >= 50:
        book.unload_sheet(place)
    traits.hidden, traits.from_1904 = bool(book._sheet_visibility[place]), book.datemode == 1
    hidden = [column for column, one in sorted(page.colinfo_map.items()) if one.hidden and column < page.ncols]
    traits.hidden_columns += map(letter, hidden)
    begun = _merged_areas(page, traits)
    percents = _percents(book)
    merged, cells = Merged(traits), 0
    for number in range(1, page.nrows + 1):
        texts, serials = _cells(page, number - 1, percents, traits)
        shared = merged.fill(number, texts, begun.get(number, ()))
        cells += len(texts)
        told = page.rowinfo_map.get(number - 1)
        traits.hidden_rows += bool(told and told.hidden) and any(texts)
        yield made_row(number, texts, cells, shared, serials)


def _book(file: Path) -> Any:
    stamp = file.stat()
    return _opened(file, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=1)
def _opened(file: Path, _changed: int, size: int) -> Any:
    """Open a workbook, and keep it: each of its sheets needs the texts that all of them share."""
    from xlrd import open_workbook

    if size > _LARGEST:
        raise ValueError(f"it has {size // 2**20:,} MB; {_LARGEST // 2**20} MB is the most for a workbook of this make")
    stream = _stream(file.read_bytes())
    if not stream:
        raise ValueError("it holds nothing")
    _refuse_heavy(stream)
    how = {"logfile": _Silent(), "formatting_info": True, "on_demand": True, "ragged_rows": True}
    return _called(open_workbook, file_contents=stream, **how)


class _Silent(io.TextIOBase):
    """Takes what xlrd would print on each record that it wonders at."""

    def write(self, text: str) -> int:
        """Take a text, and keep nothing of it."""
        return len(text)


def _called(call: Any, *arguments: Any, **named: Any) -> Any:
    """Call xlrd, whose own errors on damaged files are turned into those of values."""
    from xlrd import XLRDError

    try:
        return call(*arguments, **named)
    except XLRDError as error:
        raise ValueError(str(error)) from error
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        NameError,
        TypeError,
        ValueError,
        struct.error,
    ) as error:
        raise ValueError("its records do not fit together") from error


def _stream(content: bytes) -> bytes:
    """Return the records of a workbook, which mostly stand in a compound file."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ValueError("it is a workbook with a password")
    return Compound(content).stream("Workbook", "Book") if content.startswith(SIGNATURE[:4]) else content


def _refuse_heavy(stream: bytes) -> None:
    """Refuse records that would fill the memory."""
    seen: Counter[int] = Counter()
    place, end = 0, len(stream) - 4
    while place <= end:
        code, length = struct.unpack_from("<HH", stream, place)
        place += 4 + length
        seen[code] += length // 8 if code == _MERGED else code in _OBJECTS
    if seen[_MERGED] > MOST_MERGED:
        raise ValueError(f"it has more than {MOST_MERGED:,} merged cells")
    if seen.total() - seen[_MERGED] > _MOST_OBJECTS:
        raise ValueError(f"it has more than {_MOST_OBJECTS:,} formats, names, links and drawings")


def _merged_areas(page: Any, traits: Traits) -> dict[int, list[tuple[int, int]]]:
    """Return the areas over several rows by their first row: the last row and the column of each."""
    found: dict[int, list[tuple[int, int]]] = {}
    for first, beyond, left, right in page.merged_cells:
        if beyond - first > 1:
            found.setdefault(first + 1, []).append((beyond, left))
        traits.wide[first + 1] = max(traits.wide.get(first + 1, 0), right - left)
    return found


def _percents(book: Any) -> frozenset[int]:
    """Return the formats of cells that show a number as per cent."""
    texts = {key: one.format_str or "" for key, one in book.format_map.items()}
    return frozenset(place for place, one in enumerate(book.xf_list) if "%" in texts.get(one.format_key, ""))


def _cells(page: Any, at: int, percents: frozenset[int], traits: Traits) -> tuple[list[str], frozenset[int]]:
    """Return the texts of a row, and the columns in which plain numbers stand that may be days."""
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER, XL_CELL_TEXT, error_text_from_code

    texts: list[str] = []
    serials = set()
    for column, (kind, value, form) in enumerate(
        zip(page.row_types(at), page.row_values(at), page._cell_xf_indexes[at], strict=True)
    ):
        if kind == XL_CELL_NUMBER and form in percents:
            texts.append(percent_text(value))
        elif kind == XL_CELL_DATE:
            texts.append(date_text(value, from_1904=traits.from_1904))
        elif kind == XL_CELL_ERROR:
            texts.append(error_text_from_code.get(value, "#ERROR!"))
        elif kind == XL_CELL_BOOLEAN:
            texts.append(value_text(bool(value)))
        elif kind in (XL_CELL_NUMBER, XL_CELL_TEXT):
            texts.append(value_text(value))
        else:
            texts.append("")
        if kind == XL_CELL_NUMBER and is_serial(value):
            serials.add(column)
    return texts, frozenset(serials)
