"""Workbooks as rows of text: Excel of any age, OpenDocument, and web pages with tables; told apart by their content, not their name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from struct import error as StructError  # noqa: N812 - struct names it in small letters
from typing import Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError  # noqa: N812 - zlib names it in small letters

from graph_build.errors import Finding, InputError
from graph_build.readers.head import Head, head
from graph_build.readers.tabular_html import is_page, page_rows, page_tables
from graph_build.readers.tabular_ods import ods_tables
from graph_build.readers.tabular_sheet import Traits
from graph_build.readers.tabular_text import Row
from graph_build.readers.tabular_xls import is_xls, xls_rows, xls_sheets
from graph_build.readers.tabular_xlsb import BOOK as BINARY
from graph_build.readers.tabular_xlsb import xlsb_rows, xlsb_sheets
from graph_build.readers.tabular_xlsx import xlsx_rows, xlsx_sheets
from graph_build.readers.words import shown

LARGEST: Final = 200 * 2**20
_RATIO: Final = 200
_SMALL: Final = 2**20
_BROKEN: Final = (
    BadZipFile, DeflateError, ParseError, OSError, ValueError, TypeError, LookupError,
    AttributeError, EOFError, OverflowError, RuntimeError, AssertionError, StructError,
)  # fmt: skip
"""What openpyxl, xlrd and the archive raise on files that are damaged; they have no error of their own for most of them."""
_FOREIGN: Final = {"Index/Document.iwa": "a document of Numbers"}


def is_workbook(start: Head) -> bool:
    """Say whether a file is an archive, as workbooks are, or an old workbook."""
    return bool(start.zip_names) or is_xls(start.content)


def has_sheets(start: Head) -> bool:
    """Say whether a file is to be read as sheets: a workbook, or a web page."""
    return is_workbook(start) or is_page(start)


def sheet_names(file: Path) -> tuple[str, ...]:
    """Return the names of the sheets in their order."""
    return tuple(sheets(file))


def sheets(file: Path) -> dict[str, bool]:
    """Return the names of the sheets in their order, and whether each is hidden."""
    with _told(file):
        stamp = file.stat()
    return _sheets(file, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=16)
def _sheets(file: Path, _changed: int, _size: int) -> dict[str, bool]:
    start = head(file)
    if not start.zip_names:
        with _told(file):
            return xls_sheets(file) if is_xls(start.content) else page_tables(file)
    with _opened(file) as archive, _told(file):
        if BINARY in start.zip_names:
            return xlsb_sheets(archive)
        if "content.xml" in start.zip_names:
            with archive.open("content.xml") as stream:
                return {name: is_hidden for name, is_hidden, _ in ods_tables(stream, None, Traits())}
        return xlsx_sheets(file)


def book_rows(file: Path, sheet: str, traits: Traits | None = None) -> Iterator[Row]:
    """Give the rows of a sheet, empty ones too, with their numbers; what is odd about it is put down in `traits`."""
    traits, start = traits or Traits(), head(file)
    if not start.zip_names:
        with _told(file):
            if is_xls(start.content):
                yield from xls_rows(file, sheet, traits)
            else:
                yield from page_rows(file, sheet_names(file).index(sheet), traits)
        return
    with _opened(file) as archive, _told(file):
        if BINARY in start.zip_names:
            yield from xlsb_rows(archive, sheet, traits)
        elif "content.xml" in start.zip_names:
            with archive.open("content.xml") as stream:
                yield from (row for _, _, row in ods_tables(stream, sheet, traits) if row is not None)
        else:
            yield from xlsx_rows(file, sheet, traits)


def _opened(file: Path) -> ZipFile:
    """Open an archive whose unpacked size is one that a workbook may have."""
    with _told(file):
        archive = ZipFile(file)
        try:
            for item in archive.infolist():
                if item.filename in _FOREIGN:
                    raise ValueError(f"it is {_FOREIGN[item.filename]}, which is not read")
                if item.file_size > _SMALL and item.file_size > _RATIO * max(item.compress_size, 1):
                    raise ValueError(f"it is packed so tight ({item.filename}) as only files made to harm are")
            size = sum(item.file_size for item in archive.infolist())
            if size > LARGEST:
                raise ValueError(f"unpacked it is {size // 2**20:,} MB; {LARGEST // 2**20} MB is the most")
        except ValueError:
            archive.close()
            raise
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
        remedy = "open it in a spreadsheet program and save it anew as .xlsx, or save the sheet as CSV"
        finding = Finding(str(self.file), 0, 0, "", f"this is no sound workbook: {said}", remedy)
        raise InputError(f"{self.file} could not be read", [finding], remedy) from error
