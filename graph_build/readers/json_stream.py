"""JSON of any size and shape in bounded memory, piece by piece, each with the line on which it begins.

The text goes line by line through ijson (BSD), which keeps no tree; the limits below end the reading of what no honest file
holds, such as brackets nested a hundred thousand deep or a string of two gigabytes.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final

import ijson

from graph_build.errors import Finding, InputError
from graph_build.readers.words import shown

DEEPEST: Final = 100
LONGEST_VALUE: Final = 16 * 2**20
LARGEST_PIECE: Final = 64 * 2**20
_CHUNK: Final = 65_536
_WRONG: Final = (ijson.JSONError, ArithmeticError, ValueError, SystemError)
"""What ijson raises: a number of six thousand digits is an error of CPython's, and reaches us as a SystemError."""

Path_ = tuple[str | int, ...]
Apart = Callable[[Path_], bool]


@dataclass(frozen=True, slots=True)
class Piece:
    """A value of a JSON file, where it stands (keys, and places in arrays from 0) and the line on which it begins."""

    path: Path_
    value: Any
    line: int

    @property
    def pointer(self) -> str:
        """The place as a JSON Pointer (RFC 6901), for a locator: `/persons/17`."""
        return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in self.path)


def rows(path: Path_) -> bool:
    """Take apart the whole of a file, and the arrays at the top of an object: `{"persons": [...]}` gives each person."""
    return not path or (len(path) == 1 and isinstance(path[0], str))


def pieces(file: Path, apart: Apart = rows) -> Iterator[Piece]:
    """Give the values of a JSON file, lazily; a container for whose path `apart` says so is not given itself, but each of its members.

    Numbers are `int` or `Decimal`. What is not JSON, too deep or too large is an `InputError` that names the line.
    """
    builder = _Builder(str(file), apart)
    with file.open("rb") as stream:
        yield from builder.run(_utf8_lines(stream))


def paths(content: bytes, depth: int = 4) -> frozenset[str]:
    """Return the paths of keys that the beginning of a JSON text shows; what follows a fault is not looked at."""
    builder = _Builder("", lambda path: len(path) < depth)
    found: set[str] = set()
    builder.seen = set()  # a key whose value is empty gives no piece, and the last value may be cut
    try:
        for piece in builder.run((line, 1) for line in _apart_from_array(content.splitlines(keepends=True))):
            found |= _above(piece.path)
    except InputError:
        pass
    return frozenset(found.union(*map(_above, builder.seen)))


def _apart_from_array(lines: list[bytes]) -> list[bytes]:
    """Return lines without the comma after the first, where that is a whole value that was cut out of an array."""
    first = lines[0].rstrip() if lines else b""
    if first.endswith(b"},"):
        with suppress(ValueError, RecursionError):
            json.loads(first[:-1])
            return [first[:-1]]
    return lines


def _above(path: Path_) -> set[str]:
    parts = ["[]" if isinstance(part, int) else part for part in path]
    return {".".join(parts[: end + 1]) for end in range(len(parts))}


def _utf8_lines(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Give a file as UTF-8 in pieces that end with a line, or sooner where a line is long; each with its line number."""
    start = stream.read(4)
    stream.seek(0)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from _recoded(stream)
        return
    stream.seek(3 if start.startswith(codecs.BOM_UTF8) else 0)
    line = 1
    while chunk := stream.readline(_CHUNK):
        yield chunk, line
        line += chunk.endswith(b"\n")


def _recoded(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    line = 1
    while chunk := stream.read(_CHUNK):
        for text in decoder.decode(chunk).splitlines(keepends=True):
            yield text.encode(), line
            line += text.endswith("\n")


class _Builder:
    """Builds values from events. It keeps the open containers, and of what lies apart only the path to it."""

    def __init__(self, file: str, apart: Apart) -> None:
        self.file, self.apart = file, apart
        self.keys: list[str | int] = []  # of each open container that is apart: the key or place of its current member
        self.inside: list[Any] = []  # the open containers of the value that is being built
        self.names: list[str] = []  # for each of those: the key that waits for its value
        self.begun = 0  # the line on which the value began
        self.size = 0
        self.seen: set[Path_] | None = None

    @property
    def path(self) -> Path_:
        return tuple(self.keys)

    def run(self, chunks: Iterator[tuple[bytes, int]]) -> Iterator[Piece]:
        events = ijson.sendable_list()
        parser = ijson.basic_parse_coro(events)
        waiting, line = 0, 1
        try:
            for chunk, line in chunks:
                parser.send(chunk)
                waiting = 0 if events else waiting + len(chunk)
                self.size = self.size + len(chunk) if self.inside else 0
                self._refuse_large(waiting, line)
                for event, value in events:
                    yield from self._take(event, value, line)
                del events[:]
            parser.close()
            for event, value in events:
                yield from self._take(event, value, line)
        except _WRONG as error:
            if isinstance(error, InputError):
                raise
            raise self._wrong(line, f"this is not JSON from here on: {_reason(error)}") from error

    def _refuse_large(self, waiting: int, line: int) -> None:
        if waiting > LONGEST_VALUE:
            raise self._wrong(line, f"a single value is longer than {LONGEST_VALUE // 2**20} MB")
        if self.size > LARGEST_PIECE:
            raise self._wrong(self.begun, f"a single entry is larger than {LARGEST_PIECE // 2**20} MB")

    def _wrong(self, line: int, message: str) -> InputError:
        remedy = "mend or split the file; nothing was taken from it"
        return InputError(f"{self.file} could not be read", [Finding(self.file, line, 1, "", message, remedy)], remedy)

    def _take(self, event: str, value: Any, line: int) -> Iterator[Piece]:
        if event == "map_key":
            if self.inside:
                self.names[-1] = value
            else:
                self.keys[-1] = value
                if self.seen is not None:
                    self.seen.add(self.path)
        elif event in ("start_map", "start_array"):
            self._open(event, line)
        elif event in ("end_map", "end_array"):
            yield from self._close()
        else:
            yield from self._give(value, line)

    def _open(self, event: str, line: int) -> None:
        if len(self.inside) + len(self.keys) >= DEEPEST:
            raise self._wrong(line, f"it is nested deeper than {DEEPEST} levels")
        if not self.inside:
            self._next_place()
            if self.apart(self.path):
                self.keys.append("" if event == "start_map" else -1)
                return
            self.begun = line
        self.inside.append({} if event == "start_map" else [])
        self.names.append("")

    def _close(self) -> Iterator[Piece]:
        if not self.inside:
            self.keys.pop()
            return
        value = self.inside.pop()
        self.names.pop()
        if self.inside:
            self._put(value)
        else:
            yield Piece(self.path, value, self.begun)

    def _give(self, value: Any, line: int) -> Iterator[Piece]:
        if self.inside:
            self._put(value)
            return
        self._next_place()
        yield Piece(self.path, value, line)

    def _put(self, value: Any) -> None:
        holder = self.inside[-1]
        if isinstance(holder, list):
            holder.append(value)
        else:
            holder[self.names[-1]] = value

    def _next_place(self) -> None:
        if self.keys and isinstance(self.keys[-1], int):
            self.keys[-1] += 1


def _reason(error: Exception) -> str:
    text = str(error).split("\n")[0].strip()
    if isinstance(error, SystemError | ArithmeticError):
        return "a number is too large"
    return shown(text.removeprefix("b'").removesuffix("\\n'")) or type(error).__name__


def plain_number(value: int | Decimal) -> str:
    """Return a number as a cell has it: digits and a point, no exponent; one beyond all measure gives nothing.

    >>> plain_number(Decimal("1E+3")), plain_number(Decimal("1E+999999999"))
    ('1000', '')
    """
    number = Decimal(value)
    return f"{number:f}" if number.is_finite() and abs(number.adjusted()) < 40 else ""
