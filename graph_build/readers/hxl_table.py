"""A delimited table with a row of HXL tags: found by its tags, read row by row in bounded memory.

The tags are described at hxlstandard.org: a row within the first 25 in which every filled cell is a hashtag with attributes.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from graph_build.errors import Finding, InputError
from graph_build.readers.head import Head, head
from graph_build.readers.words import shown

_TAG: Final = re.compile(r"#\s*[a-z]\w*(?:\s*\+\s*[a-z]\w*)*", re.ASCII | re.IGNORECASE)
_SCHEMA: Final = "PRAGMA journal_mode = OFF; CREATE TABLE seen (row BLOB PRIMARY KEY, number INT) WITHOUT ROWID; BEGIN;"
_COUNTED: Final = "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO UPDATE SET number = number + 1 RETURNING number"
_FIRST_ROWS: Final = 25
_DELIMITERS: Final = ",;\t|"
_LONGEST: Final = 2**20


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its number, the header above its tag, the hashtag and its attributes, in small letters."""

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
    """Where the rows of a table begin, how its cells are parted, and what its columns are."""

    file: Path
    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    tag_row: int

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Give the rows below the tags that hold anything, each with the line on which it begins."""
        with self.file.open(encoding=self.encoding, errors="replace", newline="") as stream:
            for number, (line, cells) in enumerate(_rows(stream, self.file, self.delimiter)):
                if number > self.tag_row and any(cells):
                    yield line, cells


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
    """Return the table of a file, or nothing where no row of tags stands near its beginning."""
    start = head(path)
    found = _tags(start)
    if not found:
        return None
    delimiter, number, headers, tags = found
    columns = []
    for place, cell in enumerate(tags):
        tag, *attributes = re.sub(r"\s", "", cell.lower()).split("+")
        if tag:
            header = headers[place] if place < len(headers) else ""
            columns.append(Column(place, header or cell, tag, frozenset(attributes)))
    return TaggedTable(path, start.encoding, delimiter, tuple(columns), number)


def has_tags(start: Head) -> bool:
    """Say whether a row of tags stands near the beginning of a file."""
    return _tags(start) is not None


def _tags(start: Head) -> tuple[str, int, list[str], list[str]] | None:
    """Return delimiter, number of the row, the row above it, and the tags."""
    if "#" not in start.text or start.json_paths or start.xml_root:
        return None
    for delimiter in _DELIMITERS:
        above: list[str] = []
        for number, (_, cells) in enumerate(
            _rows(io.StringIO(start.text, newline=""), start.path, delimiter, cut=True)
        ):
            if number >= _FIRST_ROWS:
                break
            filled = [cell for cell in cells if cell]
            if len(filled) > 1 and all(map(_TAG.fullmatch, filled)):
                return delimiter, number, above, cells
            above = cells
    return None


def _rows(stream: io.TextIOBase, file: Path, delimiter: str, cut: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Give rows of clean cells with their lines; `cut` reads a beginning, of which the last row may be broken off."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST))  # one limit for the process: never lower that of others
    lines = _Lines(stream, file)
    reader = csv.reader(lines, delimiter=delimiter)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if cut:
                return
            raise _broken(file, reader.line_num, f"this is no table from here on: {error}") from error
        yield line, [" ".join(cell.split()) for cell in cells]
        line, lines.size = reader.line_num + 1, 0


@dataclass(slots=True)
class _Lines:
    """The lines of a file, as long as those of one row, which a quotation mark may hold together, are not too long."""

    stream: io.TextIOBase
    file: Path
    size: int = 0
    number: int = 0

    def __iter__(self) -> Iterator[str]:
        while line := self.stream.readline(_LONGEST):
            self.number += 1
            self.size += len(line)
            if self.size >= _LONGEST:
                raise _broken(self.file, self.number, f"the row is longer than {_LONGEST:,} signs")
            yield line


def _broken(file: Path, line: int, message: str) -> InputError:
    remedy = "look for a quotation mark that is never closed, and save the table anew as CSV in UTF-8"
    return InputError(f"{file} could not be read", [Finding(str(file), line, 1, "", shown(message), remedy)], remedy)
