"""One table of a dataset: its text, its rows with their lines, and what is wrong with its cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from graph_build.errors import Finding
from graph_build.readers.cells import cell_findings
from graph_build.readers.words import nearest, shown

_UTF8 = "save the file as UTF-8 (in Excel: CSV UTF-8)"
_MEGABYTE = 1_000_000
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column, and the line of the file on which it begins."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: `rows` is empty where the text, or its header, could not be read."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    readable: bool = True


def read_table(name: str, file: Traversable, place: str, schema: Schema) -> Table:
    """Read the table `name` from a CSV file, which messages call `place`, and check its cells against a Table Schema."""
    content = file.read_bytes()
    broken = _bytes_finding(content, place)
    if broken:
        return Table(name, place, (), (), (broken,), readable=False)
    try:
        lines = list(_lines(content.decode("utf-8-sig")))
    except _MalformedError as error:
        finding = Finding(
            place, error.line, 1, "", f"this is not CSV from here on: {error}", "look for a quotation mark"
        )
        return Table(name, place, (), (), (finding,), readable=False)
    columns = tuple(cell.strip() for cell in lines[0][1]) if lines else ()
    findings = list(_header_findings(columns, place, schema))
    if any(finding.severity == "error" for finding in findings):
        return Table(name, place, columns, (), tuple(findings), readable=False)
    findings += cell_findings(place, columns, lines[1:], schema)
    rows = tuple(Row(line, dict(zip(columns, cells, strict=False))) for line, cells in lines[1:] if any(cells))
    return Table(name, place, columns, rows, tuple(findings))


class _MalformedError(ValueError):
    """The text cannot be split into rows from `line` on."""

    def __init__(self, message: str, line: int) -> None:
        """Keep where the trouble begins."""
        super().__init__(message)
        self.line = line


def _bytes_finding(content: bytes, place: str) -> Finding | None:
    if b"\0" in content:
        line, column = _position(content, content.index(b"\0"))
        return Finding(place, line, column, "", "there is a NUL byte here: the file is damaged or no text", _UTF8)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _position(content, error.start)
        return Finding(place, line, column, "", f"byte 0x{content[error.start]:02X} here is not UTF-8", _UTF8)
    return None


def _position(content: bytes, offset: int) -> tuple[int, int]:
    """Return the line of a byte, and the number of the cell within that line; Latin-1 gives each byte one letter."""
    before = content[:offset].decode("latin-1").replace("\0", " ").replace("\r", " ")
    start = before.rfind("\n") + 1
    cells = next(csv.reader([before[start:] + "."]), [])
    return before.count("\n") + 1, len(cells)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line on which it begins; empty lines at the end of the file are no rows."""
    csv.field_size_limit(100 * _MEGABYTE)  # Python's own limit, 131 kB, would end the reading
    reader = csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise _MalformedError(str(error), line) from error


def _header_findings(columns: Sequence[str], place: str, schema: Schema) -> Iterator[Finding]:
    fields = {field["name"]: field for field in schema["fields"]}
    if not any(columns):
        yield Finding(place, 1, 1, "", "the table has no header", f"its columns are: {', '.join(fields)}")
        return
    if len(columns) == 1 and ";" in columns[0]:
        yield Finding(place, 1, 1, "", "the columns are parted by semicolons", "save with commas")
        return
    for number, column in enumerate(columns, 1):
        yield from _column_findings(number, column, columns, place, list(fields))
    for name, field in fields.items():
        if field.get("constraints", {}).get("required") and name not in columns:
            yield Finding(place, 1, len(columns) + 1, name, f'the column "{name}" is missing', "add it to the header")


def _column_findings(
    number: int, column: str, columns: Sequence[str], place: str, known: Sequence[str]
) -> Iterator[Finding]:
    if column not in known:
        message = f'there is no column "{shown(column)}" in this table, so it would be lost'
        remedy = nearest(column, known) or f"its columns are: {', '.join(known)}"
        yield Finding(place, 1, number, shown(column), message, remedy)
    elif column in columns[: number - 1]:
        yield Finding(place, 1, number, column, f'the column "{column}" is there twice', "remove one")
