"""A file of one JSON value a line, in bounded memory: what cannot be read is said for its line, and the reading goes on."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from graph_build.readers.words import shown

LONGEST_LINE: Final = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its value; where it could not be read, `fault` says why and there is no value."""

    number: int
    value: Any = None
    fault: str = ""


def json_lines(file: Path) -> Iterator[Line]:
    """Give each line of a file that is not empty, lazily."""
    with file.open("rb") as stream:
        for number, content in _lines(stream):
            if content is None:
                yield Line(number, fault=f"the line is longer than {LONGEST_LINE // 2**20} MB")
            elif content.strip():
                yield _read(number, content)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Give the lines with their numbers; of one that is too long nothing is kept."""
    number = 1
    while content := stream.readline(LONGEST_LINE):
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
