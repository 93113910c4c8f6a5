"""A file of one JSON value a line, in bounded memory: what cannot be read is said for its line, and the reading goes on."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from graph_build.readers.words import shown

LONGEST_LINE: Final = 16 * 2**20


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
    """Give the lines of a piece of a file, as `json_lines` gives those of the whole: the pieces together give the same."""
    with span.file.open("rb") as stream:
        number = span.lines + 1
        if span.start:
            stream.seek(span.start - 1)
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass  # the line began before this piece
            number += stream.tell() > span.start
        for at, content in _lines(stream, number, span.stop):
            if content is None:
                yield Line(at, fault=f"the line is longer than {LONGEST_LINE // 2**20} MB")
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


def _read(number: int, content: bytes) -> Line:
    try:
        return Line(number, json.loads(content.decode("utf-8")))
    except UnicodeDecodeError as error:
        return Line(number, fault=f"byte {error.start + 1} of the line is not UTF-8")
    except json.JSONDecodeError as error:
        return Line(number, fault=f"the line is not JSON: {error.msg} at sign {error.colno}")
    except RecursionError:
        return Line(number, fault="the line is nested too deep")
    except ValueError as error:  # a number with thousands of digits
        return Line(number, fault=f"the line is not JSON: {shown(str(error))}")
