"""Workbooks as rows of text: Excel (.xlsx) through openpyxl, OpenDocument (.ods) through the safe XML parser, both as streams."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError  # noqa: N812 - zlib names it in small letters

from graph_build.errors import Finding, InputError
from graph_build.readers.tabular_text import Row
from graph_build.readers.words import shown
from graph_build.readers.xml_stream import local

LARGEST: Final = 200 * 2**20
_RATIO: Final = 200
_SMALL: Final = 2**20
_ROWS: Final = 1_048_576
_COLUMNS: Final = 16_384
_CELLS: Final = 50_000_000
_LONGEST_CELL: Final = 131_072
_BROKEN: Final = (
    BadZipFile, DeflateError, ParseError, OSError, ValueError, TypeError, KeyError, IndexError,
    AttributeError, EOFError, OverflowError, RecursionError, NotImplementedError, AssertionError,
)  # fmt: skip
"""What openpyxl and the archive raise on files that are damaged; it has no error of its own for most of them."""


def is_workbook(names: frozenset[str]) -> bool:
    """Say by the names in an archive whether it is a workbook that is read here.

    >>> is_workbook(frozenset({"xl/workbook.xml"})), is_workbook(frozenset({"word/document.xml"}))
    (True, False)
    """
    return any(name.startswith("xl/") for name in names) or {"content.xml", "mimetype"} <= names


def sheet_names(file: Path) -> tuple[str, ...]:
    """Return the names of the sheets in their order."""
    with _opened(file) as archive:
        if "content.xml" in archive.namelist():
            return tuple(name for name, row in _ods(file) if row is None)
    with _told(file), _book(file) as book:
        return tuple(sheet.title for sheet in book.worksheets)


def book_rows(file: Path, sheet: str) -> Iterator[Row]:
    """Give the rows of a sheet, empty ones too, with their numbers."""
    with _opened(file) as archive:
        is_open_document = "content.xml" in archive.namelist()
    if is_open_document:
        yield from (row for name, row in _ods(file) if row is not None and name == sheet)
    else:
        yield from _xlsx(file, sheet)


def _opened(file: Path) -> ZipFile:
    """Open an archive whose unpacked size is one that a workbook may have."""
    with _told(file):
        archive = ZipFile(file)
        for item in archive.infolist():
            if item.file_size > _SMALL and item.file_size > _RATIO * max(item.compress_size, 1):
                archive.close()
                raise ValueError(f"it is packed so tight ({item.filename}) as only files made to harm are")
        size = sum(item.file_size for item in archive.infolist())
        if size > LARGEST:
            archive.close()
            raise ValueError(f"unpacked it is {size // 2**20:,} MB; {LARGEST // 2**20} MB is the most")
        return archive


class _told:  # noqa: N801 - used as a statement
    """Turns what is raised on a damaged workbook into an error that says so."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, InputError) or not isinstance(error, _BROKEN):
            return
        said = shown(str(error)) or type(error).__name__
        remedy = "open it in a spreadsheet program and save it anew, or save the sheet as CSV"
        finding = Finding(str(self.file), 0, 0, "", f"this is no sound workbook: {said}", remedy)
        raise InputError(f"{self.file} could not be read", [finding], remedy) from error


@contextmanager
def _book(file: Path) -> Iterator[Any]:
    """Open a workbook from a stream of our own: openpyxl leaves the file open when a sheet is damaged."""
    from openpyxl import load_workbook

    with file.open("rb") as content:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(content, read_only=True, data_only=True)
        yield book


def _xlsx(file: Path, sheet: str) -> Iterator[Row]:
    with _told(file), _book(file) as book:
        page = book[sheet]
        page.reset_dimensions()  # what a file says of its own size is often wrong
        rows = page.iter_rows(values_only=True)
        number = cells = 0
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                batch = list(islice(rows, 100))
            if not batch:
                break
            for values in batch:
                number, cells = number + 1, cells + len(values)
                yield _row(number, values, cells)


def _row(number: int, values: tuple[Any, ...], cells: int) -> Row:
    if number > _ROWS or len(values) > _COLUMNS or cells > _CELLS:
        raise ValueError("it has more rows or columns than a sheet can have")
    texts = [_text(value) for value in values]
    while texts and not texts[-1]:
        texts.pop()
    if any(len(text) > _LONGEST_CELL for text in texts):
        return Row(number, fault="a cell is too long")
    return Row(number, texts)


def _text(value: Any) -> str:
    """Return what a cell shows, without the format of the sheet: days as YYYY-MM-DD, whole numbers without a point.

    >>> _text(datetime(2011, 12, 29)), _text(5.0), _text(None), _text(True), _text(0.1)
    ('2011-12-29', '5', '', 'true', '0.1')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value if len(value) > _LONGEST_CELL else value.strip()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value) if not isinstance(value, timedelta) else f"{value.total_seconds():g} s"


def _ods(file: Path) -> Iterator[tuple[str, Row | None]]:
    """Give each table by its name, without a row, and then its rows."""
    from defusedxml.ElementTree import iterparse

    with _opened(file) as archive, _told(file), archive.open("content.xml") as stream:
        name, number, cells = "", 0, 0
        open_: list[Element] = []
        for event, element in iterparse(stream, events=("start", "end")):
            tag = local(element.tag)
            if event == "start":
                open_.append(element)
                if tag == "table" and sum(local(one.tag) == "table" for one in open_) == 1:
                    name, number = _attribute(element, "name"), 0
                    yield name, None
                continue
            open_.pop()
            if tag == "table-row":
                texts, times = _ods_cells(element), _number(_attribute(element, "number-rows-repeated"))
                for _ in range(min(times, _ROWS - number) if any(texts) else 1):
                    number, cells = number + 1, cells + len(texts)
                    yield name, _row(number, tuple(texts), cells)
                number += 0 if any(texts) else times - 1
            if tag in ("table-row", "table-column", "table", "annotation") and open_:
                open_[-1].remove(element)


def _ods_cells(row: Element) -> list[str]:
    texts: list[str] = []
    for cell in row:
        if local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        text, times = _ods_text(cell), _number(_attribute(cell, "number-columns-repeated"))
        if text:
            texts.extend([text] * min(times, _COLUMNS + 1))
        else:
            texts.extend([""] * min(times, max(0, _COLUMNS - len(texts))))
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _ods_text(cell: Element) -> str:
    sort = _attribute(cell, "value-type")
    if sort == "date":
        return _attribute(cell, "date-value").removesuffix("T00:00:00")
    if sort in ("float", "currency", "percentage"):
        return _attribute(cell, "value").removesuffix(".0") if sort != "percentage" else _said(cell)
    return _said(cell)


def _said(cell: Element) -> str:
    return "\n".join("".join(part.itertext()) for part in cell if local(part.tag) == "p").strip()


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _number(text: str) -> int:
    return max(1, min(int(text), _ROWS)) if text.isascii() and text.isdigit() and len(text) < 9 else 1
