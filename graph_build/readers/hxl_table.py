"""Tables with a row of HXL tags: delimited text, sheets of workbooks and JSON, found by their tags, row by row in bounded memory.

The tags are described at hxlstandard.org: a row within the first 25 in which every filled cell is a hashtag with attributes. In JSON
a table is an array of arrays, with the tags in one of them, or an array of objects whose keys are the tags.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from hashlib import sha256
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, Final

from graph_build.errors import InputError
from graph_build.readers.head import Head, head
from graph_build.readers.json_stream import Piece, pieces, plain_number
from graph_build.readers.tabular_book import book_rows, is_workbook, sheet_names
from graph_build.readers.tabular_text import DELIMITERS, Row, clean, parsed_rows, text_rows
from graph_build.readers.words import shown

_TAG: Final = re.compile(r"#\s*[a-z]\w*(?:\s*\+\s*[a-z]\w*)*", re.ASCII | re.IGNORECASE)
_SCHEMA: Final = "PRAGMA journal_mode = OFF; CREATE TABLE seen (row BLOB PRIMARY KEY, number INT) WITHOUT ROWID; BEGIN;"
_COUNTED: Final = "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO UPDATE SET number = number + 1 RETURNING number"
_FIRST_ROWS: Final = 25
_MOST_SHEETS: Final = 50
_FIRST_OBJECTS: Final = 1_000
_NOTHING: Final[tuple[Any, ...]] = (None, "", [], {})
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its number, the header above its tag, the hashtag and its attributes, in small letters; some have no tag."""

    number: int
    header: str
    tag: str
    attributes: frozenset[str]

    def fits(self, wanted: str) -> bool:
        """Say whether it is of a hashtag and has at least the attributes of `#tag+one+two`."""
        tag, *attributes = wanted.split("+")
        return self.tag == tag and self.attributes.issuperset(attributes)


@dataclass(frozen=True, slots=True)
class TaggedTable:
    """A table with tags: what its columns are, and how its rows are read."""

    file: Path
    sheet: str
    columns: tuple[Column, ...]
    read: Callable[[], Iterator[Row]]
    tag_row: int

    def rows(self) -> Iterator[Row]:
        """Give the rows below the tags that hold anything, each cell on one line."""
        for number, row in enumerate(self.read()):
            if number > self.tag_row and not row.is_empty:
                yield row._replace(cells=[" ".join(cell.split()) for cell in row.cells])

    def locator(self, row: Row) -> str:
        """Return where a row stands, as evidence names it."""
        return f"{self.sheet}!A{row.number}" if self.sheet else f"line {row.number}"


class Occurrences:
    """How often each row was there before, in a temporary file: rows that are alike in everything are rows of their own."""

    def __init__(self) -> None:
        """Begin with none."""
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript(_SCHEMA)

    def add(self, words: tuple[str, ...]) -> int:
        """Count a row, and return which of its like it is, from 1 on."""
        key = sha256("\0".join(words).encode("utf-8", "surrogatepass")).digest()[:16]
        return int(self._base.execute(_COUNTED, (key,)).fetchone()[0])


def tagged_table(path: Path) -> TaggedTable | None:
    """Return the first table of a file, or nothing where no row of tags stands near its beginning."""
    return next(tagged_tables(head(path)), None)


def has_tags(start: Head) -> bool:
    """Say whether a row of tags stands near the beginning of a file, or of a sheet of it."""
    try:
        return next(tagged_tables(start), None) is not None
    except InputError:
        return False


def tagged_tables(start: Head) -> Iterator[TaggedTable]:
    """Give the tables of a file that have tags."""
    for sheet, beginning, read in _readings(start):
        above: Sequence[str] = ()
        for number, row in enumerate(islice(beginning, _FIRST_ROWS)):
            tags = [" ".join(cell.split()) for cell in row.cells]
            if _are_tags(tags):
                yield TaggedTable(start.path, sheet, tuple(_columns(tags, above)), read, number)
                if not sheet:
                    return
                break
            above = row.cells


def _columns(tags: Sequence[str], headers: Sequence[str]) -> Iterator[Column]:
    """Give all columns; one with neither header nor tag is called by its number."""
    for place, (cell, above) in enumerate(zip_longest(tags, headers, fillvalue="")):
        tag, *attributes = re.sub(r"\s", "", cell.lower()).split("+")
        yield Column(place, " ".join(above.split()) or cell or f"column {place + 1}", tag, frozenset(attributes))


def _are_tags(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and all(map(_TAG.fullmatch, filled))


def _readings(start: Head) -> Iterator[tuple[str, Iterator[Row], Callable[[], Iterator[Row]]]]:
    """Give the ways to read a file: each sheet of a workbook by its name, JSON, or text by each delimiter; its beginning and the whole."""
    if is_workbook(start):
        for name in sheet_names(start.path)[:_MOST_SHEETS]:
            yield name, book_rows(start.path, name), partial(book_rows, start.path, name)
    elif "#" not in start.text or start.xml_root:
        return
    elif start.json_paths:
        if any("[].[]" in path or "[].#" in path for path in start.json_paths):
            yield "", _json_rows(start.path), partial(_json_rows, start.path)
    else:
        for delimiter in DELIMITERS:
            beginning = parsed_rows(io.StringIO(start.text, newline=""), delimiter)
            yield "", beginning, partial(text_rows, start.path, delimiter=delimiter)


def _json_rows(file: Path) -> Iterator[Row]:
    """Give the arrays of an array as rows, or the objects of one under the tags that the first of them have."""
    tags: dict[str, None] = {}
    for piece in islice(filter(_is_row, pieces(file)), _FIRST_OBJECTS):
        if isinstance(piece.value, list):
            break
        if isinstance(piece.value, dict) and _are_tags(list(piece.value)):
            tags |= dict.fromkeys(piece.value)
    if tags:
        yield Row(1, list(tags))
    for piece in filter(_is_row, pieces(file)):
        value = piece.value
        if tags and isinstance(value, dict):
            strange = [key for key in value if key not in tags]
            fault = f'it has "{strange[0]}", which is no tag that the first rows have' if strange else ""
            yield _row_of(piece.line, {tag: value.get(tag) for tag in tags}, fault)
        elif not tags and isinstance(value, list):
            yield _row_of(piece.line, {f"column {number}": cell for number, cell in enumerate(value, 1)})
        elif value not in _NOTHING:
            yield Row(piece.line, fault="it is no row as the others are")


def _is_row(piece: Piece) -> bool:
    """Say whether a value is a member of an array, and not what the file says beside it."""
    return bool(piece.path) and isinstance(piece.path[-1], int)


def beside_rows(start: Head) -> Iterator[Piece]:
    """Give what a file of JSON says beside its rows, such as a title, by its path."""
    if start.json_paths:
        yield from (piece for piece in pieces(start.path) if not _is_row(piece) and piece.value not in _NOTHING)


def _row_of(line: int, values: Mapping[str, Any], fault: str = "") -> Row:
    """Return the row of some values, with what is none that a cell can hold: a list, an object, a number beyond all measure."""
    cells = [_text(value) for value in values.values()]
    beyond = {name: value for (name, value), cell in zip(values.items(), cells, strict=True) if not cell}
    told = tuple(f'{name} holds "{shown(_written(value))}", which is no cell' for name, value in beyond.items() if _is_told(value))  # fmt: skip
    return Row(line, cells, fault, told=told)


def _is_told(value: Any) -> bool:
    return value not in _NOTHING and not (isinstance(value, str) and not clean(value))


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)[:_LONGEST]


def _text(value: Any) -> str:
    """Return a value as a cell has it; what is no plain value is none."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, Decimal)):
        return plain_number(value)
    return clean(value) if isinstance(value, str) else ""
