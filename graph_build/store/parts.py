"""Many small texts as a few large parts, or as one file, made while they are read: memory stays flat."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PART: Final = 1 << 23  # characters: an engine in memory has enough to sort


def parts(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield texts joined to parts of about the same size."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _PART:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def as_file(texts: Iterable[str]) -> IO[bytes]:
    """Return texts as one file to be read once; what ends them halfway is raised to who reads.

    >>> as_file(["one, ", "two"]).read()
    b'one, two'
    """
    return io.BufferedReader(_Stream(parts(texts)), _PART)


class _Stream(io.RawIOBase):
    def __init__(self, made: Iterator[bytes]) -> None:
        self._made = made
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._rest:
            part = next(self._made, None)
            if part is None:
                return 0
            self._rest = memoryview(part)
        room = memoryview(buffer)
        taken, self._rest = self._rest[: len(room)], self._rest[len(room) :]
        room[: len(taken)] = taken
        return len(taken)
