"""Delimited text of any encoding and delimiter, row by row in bounded memory; a broken row is told and the reading goes on."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple
from unicodedata import name as name_of
from unicodedata import normalize

from graph_build.errors import Finding, InputError
from graph_build.readers.head import SIZE, Head, head
from graph_build.readers.maps import word_map
from graph_build.readers.tabular_mapping import folded

LONGEST_LINE: Final = 2**20
DELIMITERS: Final = ",;\t|"
_SAMPLE_ROWS: Final = 200
_AGREEING: Final = 0.4
_SEPARATOR: Final = re.compile(r"""["']?sep=([,;\t|]?)["']?(?=[\r\n]|$)""", re.IGNORECASE)
"""The first line by which Excel tells the delimiter."""
_FEW_LETTERS: Final = 64
_CONTROLS: Final = bytes((*range(9), *range(14, 26)))
"""Bytes that no text has many of; of compressed data they are a twelfth."""
_PLAIN_LINE: Final = 100_000
_UNSEEN: Final = {0x200B: None, 0xFEFF: None, 0x2060: None, 0x00AD: None}
"""Signs without width or ink between letters; those that join or part letters in some scripts stay."""
_AROUND: Final = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x2010), 0x2028, 0x2029, *range(0x202A, 0x2030), 0x205F, *range(0x2066, 0x206A), 0x3000)))  # fmt: skip
"""All that is space, and marks of direction and joins that have nothing to turn or join at the end of a cell."""


class Row(NamedTuple):
    """A row of a table: the line or row on which it begins, and its cells as text; a row that cannot be read has a `fault`."""

    number: int
    cells: Sequence[str] = ()
    fault: str = ""
    merged: frozenset[int] = frozenset()
    """The columns whose cells are merged with those of other rows."""
    serials: frozenset[int] = frozenset()
    """The columns whose cells are numbers that may be days, as workbooks count them."""
    told: tuple[str, ...] = ()
    """What stands in it that no cell can hold, in words."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.fault and not self.told and not any(self.cells)


def clean(text: str) -> str:
    """Return a cell without the space around it and without signs that nobody sees, its letters composed as most files have them.

    >>> clean(" \u200bNorth\u00ad-West\ufeff "), clean("Кии\u0306в")
    ('North-West', 'Кий\u0432')
    """
    if text.isascii():
        return text.strip()
    return normalize("NFC", text.translate(_UNSEEN)).strip(_AROUND)


def text_rows(
    file: Path, encoding: str = "", delimiter: str = "", named: frozenset[str] = frozenset()
) -> Iterator[Row]:
    """Give the rows of a delimited file, empty ones too; encoding and delimiter are found where they are not given.

    `named` are folded names of columns that are known to be there.
    """
    encoding = encoding or found_encoding(file)
    delimiter = delimiter or found_delimiter(file, encoding, named)
    with file.open(encoding=encoding, errors="replace", newline="") as stream:
        for row in parsed_rows(_lines(stream), delimiter):
            yield row if row.number > 1 or not _SEPARATOR.fullmatch(delimiter.join(row.cells)) else Row(1, [])


def found_encoding(file: Path) -> str:
    """Return the encoding of a text; what is no text is an `InputError`."""
    start = head(file)
    if what := foreign(start):
        raise _refused(file, what)
    return encoding_of(start)


def encoding_of(start: Head) -> str:
    """Return the encoding of a text: by its mark, as UTF-8 if it is that, else by its letters."""
    if start.encoding in ("utf-8-sig", "utf-16", "utf-32"):
        return start.encoding
    if start.content.count(0) * 20 > len(start.content):
        if wide := _wide(start.content):
            return wide
        raise _refused(start.path, "not text")
    bad = _first_bad_bytes(start.path)
    if not bad:
        return "utf-8"
    if (len(bad) - len(bad.translate(None, _CONTROLS))) * 20 > len(bad):
        raise _refused(start.path, "not text")
    as_utf8 = bad.decode("utf-8", "replace")
    strange = sum(ord(letter) > 127 for letter in as_utf8)
    if strange > 4 * as_utf8.count("\ufffd"):
        return "utf-8"  # most letters beyond ASCII are good UTF-8: a damaged file, not one of another encoding
    return _by_letters(bad)


def found_delimiter(file: Path, encoding: str, named: frozenset[str] = frozenset()) -> str:
    """Return the sign that cuts a row into the columns that are named, else most rows into the same number of cells."""
    text = head(file).content.decode(encoding, "replace")
    if told := _SEPARATOR.match(text):
        return told[1]
    if sign := next((sign for sign in DELIMITERS if named and _has_columns(text, sign, named)), ""):
        return sign
    scores = {sign: _agreement(text, sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: scores[sign])
    return best if scores[best][0] >= _AGREEING else ","  # what parts few rows is part of a text: a table of one column


def _has_columns(text: str, delimiter: str, named: frozenset[str]) -> bool:
    return any(named <= {folded(cell) for cell in row.cells} for row in _sample(text, delimiter))


def _sample(text: str, delimiter: str) -> list[Row]:
    return [row for row in parsed_rows(io.StringIO(text, newline=""), delimiter, _SAMPLE_ROWS) if any(row.cells)]


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    rows = _sample(text, delimiter)
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    if not widths:
        return (0.0, 0)
    width, number = max(widths.items(), key=lambda item: (item[1], item[0]))
    return round(number / len(rows), 1), width


def foreign(start: Head) -> str:
    """Say what a file is that is often taken for a table and cannot be read as one; nothing of others."""
    if start.content.startswith((b"%PDF", b"{\\rtf")):
        return "a document and no table (PDF or RTF)"
    if start.content.startswith(b"PK\x03\x04") and not start.zip_names:
        return "a workbook or archive that is cut off or damaged: fetch it again"
    if "urn:schemas-microsoft-com:office:spreadsheet" in start.text:
        return "an Excel workbook in the XML of 2003"
    begins = start.text.lstrip("\ufeff \t\r\n")[:12].lower()
    return "a web page with all its parts in one file (MHTML)" if begins == "mime-version" else ""


def _refused(file: Path, what: str) -> InputError:
    remedy = "open it in a spreadsheet program and save it as .xlsx, .ods, or CSV in UTF-8"
    return InputError(f"{file} could not be read", [Finding(str(file), 1, 1, "", f"it is {what}", remedy)], remedy)


def _wide(content: bytes) -> str:
    """Return UTF-16 where every second byte is NUL: text of mostly Latin signs without the mark."""
    even, odd = content[::2], content[1::2]
    if odd and odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even and even.count(0) > 0.4 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""


def _first_bad_bytes(file: Path) -> bytes:
    """Return the stretch of a file in which it first is not UTF-8, or nothing where it is UTF-8 to its end."""
    decoder, before = codecs.getincrementaldecoder("utf-8")(), b""
    with file.open("rb") as stream:
        while chunk := stream.read(16 * SIZE):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return (before + chunk)[max(0, len(before) + error.start - SIZE // 2) :][:SIZE]
            before = chunk[-SIZE:]
    return b""


def _by_letters(content: bytes) -> str:
    """Ask charset-normalizer, which knows how often letters follow one another in many languages."""
    from charset_normalizer import from_bytes

    lines = [line for line in content.splitlines() if not line.isascii()]
    telling = b"\n".join(lines)
    known: list[str] = word_map("tabular")["encodings"]
    best = from_bytes(telling, cp_isolation=known).best()
    if best is None or sum(byte > 127 for byte in telling) < _FEW_LETTERS:
        return _by_frequency(telling, known) if best is None or best.encoding != "cp1252" else "cp1252"
    return best.encoding


def _by_frequency(telling: bytes, known: Iterable[str]) -> str:
    """Of few letters, take the encoding in which they make words."""

    def score(encoding: str) -> int:
        text = telling.decode(encoding, "replace")
        pairs = zip(" " + text, text, strict=False)
        return sum(_likely(before, letter) for before, letter in pairs if ord(letter) > 127)

    return max(known, key=score)


def _likely(before: str, letter: str) -> int:
    """Weigh a letter by the one before it: words are of one script, and capitals stand before small letters."""
    if not letter.isalpha():
        return -2 if letter not in "«»–—’“”„№" else 0
    is_latin = name_of(letter, "").startswith("LATIN")
    if before.isalpha() and (before.isascii() != is_latin or (before.islower() and letter.isupper())):
        return -2
    return 1


def _lines(stream: io.TextIOBase) -> Iterator[str]:
    """Give the lines; of one that is too long, only so much that the parser of the row sees that it is."""
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            rest = line
            while rest and not rest.endswith(("\n", "\r")):
                rest = stream.readline(LONGEST_LINE)
        yield line


def parsed_rows(lines: Iterable[str], delimiter: str, most: int = 0) -> Iterator[Row]:
    """Cut lines into rows. A quotation mark that is never closed spoils its own row only: the lines after it are read again."""
    source = _Lines(iter(lines))
    given = 0
    while not most or given < most:
        number = source.number + 1
        source.taken.clear()
        source.size = 0
        cells, fault = _simple_row(source, delimiter) or _next_row(source, delimiter)
        if cells is None and not fault:
            return
        if fault:
            source.give_back()
        given += 1
        yield Row(number, [clean(cell) for cell in cells or ()], fault)


def _simple_row(source: _Lines, delimiter: str) -> tuple[list[str] | None, str] | None:
    """Cut the next line where nothing in it is quoted or long; any other line is given back for the parser of CSV."""
    line = next(source, "")
    if '"' not in line and 0 < len(line) < _PLAIN_LINE and (cells := line.rstrip("\r\n")):
        return cells.split(delimiter), ""
    if line:
        source.again.append(line)
        source.taken.clear()
        source.number -= 1
    return None


def _next_row(source: _Lines, delimiter: str) -> tuple[list[str] | None, str]:
    """Cut the next row with the parser of CSV: strictly where quotation marks hold several lines together, else as it can be."""
    spaced = delimiter != "\t"
    try:
        cells = next(csv.reader(source, delimiter=delimiter, skipinitialspace=spaced, strict=True), None)
    except csv.Error as error:
        if len(source.taken) > 1:
            return None, "a quotation mark is opened and not closed"
        return _lone_row(source, delimiter, str(error))
    return (None, "the line is too long") if source.is_cut else (cells, "")


def _lone_row(source: _Lines, delimiter: str, error: str) -> tuple[list[str] | None, str]:
    """Cut a line whose quotation marks are not as they should be, where it says by itself where its cells end."""
    if "limit" in error or source.is_cut:
        return None, "the line is too long"
    if source.is_at_end and sum(line.count('"') for line in source.taken) % 2:
        return None, "a quotation mark is opened and not closed"
    try:
        return next(csv.reader(source.taken, delimiter=delimiter, skipinitialspace=delimiter != "\t")), ""
    except csv.Error as other:
        return None, f"it is no row of a table: {other}"


class _Lines:
    """Lines that are remembered until the row that they make is whole, so that they can be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.taken, self.again = lines, list[str](), list[str]()
        self.number, self.is_at_end, self.size = 0, False, 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.again.pop() if self.again else next(self.lines, None)
        if line is None:
            self.is_at_end = True
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        self.size += len(line)
        if self.size > 2 * LONGEST_LINE:
            raise csv.Error("the row is over the limit")
        return line

    @property
    def is_cut(self) -> bool:
        return any(len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")) for line in self.taken)

    def give_back(self) -> None:
        self.again.extend(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
