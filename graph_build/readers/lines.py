"""A file of one JSON value a line, in bounded memory: what cannot be read is said for its line, and the reading goes on."""

from __future__ import annotations

import codecs
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from graph_build.readers.words import shown

LONGEST_LINE: Final = 16 * 2**20
_WIDE: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The marks of encodings in which the byte of a line end may be half a letter; that of UTF-32 begins with that of UTF-16."""
_LOST: Final = "graph_build.lost"
codecs.register_error(_LOST, lambda error: ("\0", getattr(error, "end", 0)))  # no JSON has this sign as it is


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a file: the lines that begin from byte `start` on and before `stop`; `lines` end before `start`."""

    file: Path
    start: int = 0
    stop: int = sys.maxsize
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its value; where it could not be read, `fault` says why and there is no value."""

    number: int
    value: Any = None
    fault: str = ""


def json_lines(file: Path) -> Iterator[Line]:
    """Give each line of a file that is not empty, lazily."""
    return json_lines_of(Span(file))


def json_lines_of(span: Span) -> Iterator[Line]:
    """Give the lines of a piece of a file, as `json_lines` gives those of the whole: the pieces together give the same.

    UTF-16 and UTF-32 cannot be read from the middle: the first piece has all lines of such a file, and the others none.
    """
    with span.file.open("rb") as stream:
        if encoding := _wide(stream):
            yield from () if span.start else _wide_lines(stream, encoding)
            return
        number = span.lines + 1
        if span.start:
            stream.seek(span.start - 1)
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass  # the line began before this piece
            number += stream.tell() > span.start
        for at, content in _lines(stream, number, span.stop):
            if content is None:
                yield _too_long(at)
            elif content.strip():
                yield _read(at, content)


def line_ends(span: Span) -> int:
    """Return how many lines end within a piece of a file."""
    with span.file.open("rb") as stream:
        stream.seek(span.start)
        left, found = span.stop - span.start, 0
        while left and (content := stream.read(min(left, 2**20))):
            found += content.count(b"\n")
            left -= len(content)
    return found


def _lines(stream: BinaryIO, number: int, stop: int) -> Iterator[tuple[int, bytes | None]]:
    """Give the lines that begin before `stop` with their numbers; of one that is too long nothing is kept."""
    while stream.tell() < stop and (content := stream.readline(LONGEST_LINE)):
        if len(content) == LONGEST_LINE and not content.endswith(b"\n"):
            while content and not content.endswith(b"\n"):
                content = stream.readline(LONGEST_LINE)
            yield number, None
        else:
            yield number, content.removeprefix(codecs.BOM_UTF8) if number == 1 else content
        number += 1


def _wide(stream: BinaryIO) -> str:
    """Return the encoding of a file whose mark says that its letters have two or four bytes; of any other nothing."""
    start = stream.read(4)
    stream.seek(0)
    return next((encoding for mark, encoding in _WIDE if start.startswith(mark)), "")


def _wide_lines(stream: BinaryIO, encoding: str) -> Iterator[Line]:
    """Give the lines of a file in UTF-16 or UTF-32; a broken letter is a fault of its line alone."""
    with io.TextIOWrapper(stream, encoding, errors=_LOST, newline="\n") as text:
        number = 0
        while content := text.readline(LONGEST_LINE):
            number += 1
            if len(content) == LONGEST_LINE and not content.endswith("\n"):
                while content and not content.endswith("\n"):
                    content = text.readline(LONGEST_LINE)
                yield _too_long(number)
            elif "\0" in content:
                yield Line(number, fault=f"sign {content.index(chr(0)) + 1} of the line is not {encoding.upper()}")
            elif (whole := content.encode()).strip():
                yield _read(number, whole)


def _too_long(number: int) -> Line:
    return Line(number, fault=f"the line is longer than {LONGEST_LINE // 2**20} MB")


def _read(number: int, content: bytes) -> Line:
    """Read a line; one that was cut out of an array ends with the comma that stood there."""
    try:
        return Line(number, json.loads(content.decode("utf-8").rstrip().removesuffix(",")))
    except UnicodeDecodeError as error:
        return Line(number, fault=f"byte {error.start + 1} of the line is not UTF-8")
    except json.JSONDecodeError as error:
        return Line(number, fault=f"the line is not JSON: {error.msg} at sign {error.colno}")
    except RecursionError:
        return Line(number, fault="the line is nested too deep")
    except ValueError as error:  # a number with thousands of digits
        return Line(number, fault=f"the line is not JSON: {shown(str(error))}")
