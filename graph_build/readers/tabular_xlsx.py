"""Sheets of Excel (.xlsx, .xlsm): strings, styles and cells through openpyxl, row by row, and nothing that is no cell."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

from graph_build.readers.tabular_cell import is_serial, percent_text, value_text
from graph_build.readers.tabular_sheet import (
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_ROWS,
    Merged,
    Traits,
    letter,
    made_row,
)
from graph_build.readers.tabular_text import Row

_CHUNK: Final = 2**20
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_PERCENTS: Final = (9, 10)
_SAID: Final = frozenset({"1", "true"})


@contextmanager
def opened_book(file: Path) -> Iterator[Any]:
    """Open a workbook from a stream of our own: openpyxl leaves the file open when a sheet is damaged.

    Only what its cells need is read: names, themes, print settings and charts are where workbooks of other programs break.
    """
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet

    with file.open("rb") as content:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = ExcelReader(content, read_only=True, data_only=True, keep_links=False)
            reader.read_chartsheet = lambda *_: None
            reader.read_manifest()
            reader.read_strings()
            reader.read_workbook()
            apply_stylesheet(reader.archive, reader.wb)
            reader.read_worksheets()
        if not reader.wb.worksheets:
            is_strict = b"purl.oclc.org/ooxml" in reader.archive.read("xl/workbook.xml")
            raise ValueError(
                "it is Strict Open XML and no ordinary workbook" if is_strict else "it has no sheet of cells"
            )
        yield reader.wb


def xlsx_sheets(file: Path) -> dict[str, bool]:
    """Return the names of the sheets in their order, and whether each is hidden."""
    with opened_book(file) as book:
        return {sheet.title: sheet.sheet_state != "visible" for sheet in book.worksheets}


def xlsx_rows(file: Path, sheet: str, traits: Traits) -> Iterator[Row]:
    """Give the rows of a sheet, empty ones too, with their numbers."""
    with opened_book(file) as book:
        page = book[sheet]
        traits.hidden, traits.from_1904 = page.sheet_state != "visible", book.epoch.year == 1904
        with page._get_source() as source:
            begun = _merged_areas(source, traits)
        with page._get_source() as source:
            rows = _rows(_parser(source, page, traits), _percents(book), begun, traits)
            while True:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    batch = list(islice(rows, 100))
                if not batch:
                    return
                yield from batch


def _merged_areas(source: Any, traits: Traits) -> dict[int, list[tuple[int, int]]]:
    """Return the areas over several rows by their first row: they stand behind all rows in the file, and are needed before."""
    from openpyxl.utils import column_index_from_string

    found: dict[int, list[tuple[int, int]]] = {}
    number, rest = 0, b""
    while chunk := source.read(_CHUNK):
        text = rest + chunk
        for area in _MERGED.finditer(text):
            number += 1
            first, last = int(area[2]), min(int(area[4]), MOST_ROWS)
            left, right = (column_index_from_string(name.decode()) for name in (area[1], area[3]))
            if number > MOST_MERGED:
                raise ValueError(f"it has more than {MOST_MERGED:,} merged cells")
            if last > first:
                found.setdefault(first, []).append((last, left - 1))
            traits.wide[first] = max(traits.wide.get(first, 0), right - left + 1)
        rest = text[max(text.rfind(b"<"), len(text) - 500) :]
    return found


def _parser(source: Any, page: Any, traits: Traits) -> Any:
    """Return a parser of the cells of a sheet that notes which formulas were never computed."""
    from openpyxl.worksheet._reader import WorkSheetParser

    class Parser(WorkSheetParser):  # type: ignore[misc]
        def parse_cell(self, element: Any) -> dict[str, Any]:
            cell: dict[str, Any] = super().parse_cell(element)
            if cell["value"] is None and any(part.tag.endswith("}f") for part in element):
                traits.uncomputed += 1
                traits.first_uncomputed = traits.first_uncomputed or element.get("r", "")
            return cell

    book = page.parent
    return Parser(source, page._shared_strings, data_only=True, epoch=book.epoch,
                  date_formats=book._date_formats, timedelta_formats=book._timedelta_formats)  # fmt: skip


def _rows(
    parser: Any, percents: frozenset[int], begun: dict[int, list[tuple[int, int]]], traits: Traits
) -> Iterator[Row]:
    merged = Merged(traits)
    number = cells = 0
    for found, parsed, is_hidden in _parsed(parser, traits):
        for empty in range(number + 1, found):
            yield made_row(empty, [], cells)
        number = max(found, number + 1)  # rows that stand in no order are still rows
        texts = [""] * (parsed[-1]["column"] if parsed else 0)
        serials = set()
        for cell in parsed:
            value, place = cell["value"], cell["column"] - 1
            if value is None or not 0 <= place < len(texts):
                continue
            texts[place] = value_text(value) if cell["style_id"] not in percents else percent_text(value)
            if is_serial(value):
                serials.add(place)
        shared = merged.fill(number, texts, begun.get(number, ()))
        cells += len(texts)
        traits.hidden_rows += is_hidden and any(texts)
        yield made_row(number, texts, cells, shared, frozenset(serials))


def _parsed(parser: Any, traits: Traits) -> Iterator[tuple[int, list[dict[str, Any]], bool]]:
    """Give the cells of each row and whether it is hidden; what stands behind the rows is not looked at, whatever it holds."""
    from openpyxl.xml.functions import iterparse

    for _, element in iterparse(parser.source):
        tag = element.tag.rpartition("}")[2]
        if tag == "row":
            number, cells = parser.parse_row(element)
            if number > MOST_ROWS or any(cell["column"] > MOST_COLUMNS for cell in cells):
                raise ValueError("it has more rows or columns than a sheet can have")
            cells.sort(key=lambda cell: cell["column"])
            yield number, cells, element.get("hidden") in _SAID
            parser.row_dimensions.clear()
            element.clear()
        elif tag == "sheetData":
            return
        elif tag == "col" and element.get("hidden") in _SAID:
            first, last = int(element.get("min", 0)), min(int(element.get("max", 0)), int(element.get("min", 0)) + 25)
            traits.hidden_columns += [letter(place - 1) for place in range(first, last + 1)]


def _percents(book: Any) -> frozenset[int]:
    """Return the styles that show a number as per cent."""
    formats = book._number_formats
    return frozenset(
        place
        for place, style in enumerate(book._cell_styles)
        if style.numFmtId in _PERCENTS
        or (0 <= style.numFmtId - 164 < len(formats) and "%" in formats[style.numFmtId - 164])
    )
