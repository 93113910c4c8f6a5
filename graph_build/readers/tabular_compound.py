"""Compound files [MS-CFB], in which Office before 2007 kept its documents: a stream by its name, whatever is broken around it.

By the standard library: the reader within xlrd goes round in circles for ever on some damaged files, and knows one size of sectors.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from struct import unpack_from
from sys import byteorder
from typing import Final, NamedTuple

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST: Final = 0xFFFFFFFA
_ENTRY: Final = 128
_STREAM: Final = 2
_IN_HEADER: Final = 109


class _Entry(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """A compound file: sectors of one size, chained by a table that says of each which is the next."""

    def __init__(self, content: bytes) -> None:
        """Read the tables and the directory; what is no compound file is a `ValueError`."""
        if len(content) < 512 or not content.startswith(SIGNATURE):
            raise ValueError("it is cut off, or no file of Office")
        self._shift, self._small_shift = unpack_from("<HH", content, 30)
        if self._shift not in (9, 12) or self._small_shift != 6:
            raise ValueError("its sectors are of no size that such files have")
        self._content = content
        directory, self._cutoff, small = (unpack_from("<I", content, place)[0] for place in (48, 56, 60))
        self._next = self._numbers(self._tables())
        self._small_next = self._numbers(self._chain(small))
        raw = b"".join(map(self._sector, self._chain(directory)))
        self._entries = [_entry(raw, place) for place in range(0, len(raw) - _ENTRY + 1, _ENTRY)]

    def stream(self, *names: str) -> bytes:
        """Return the first stream at the top that has one of these names; none is a `ValueError`."""
        found = {entry.name.lower(): entry for entry in self._top() if entry.kind == _STREAM}
        for name in names:
            if entry := found.get(name.lower()):
                return self._read(entry)
        raise ValueError(f"it has no stream {' or '.join(names)}: it is a file of another program")

    def _read(self, entry: _Entry) -> bytes:
        if entry.size >= self._cutoff:
            return b"".join(map(self._sector, self._chain(entry.start)))[: entry.size]
        root, size = self._entries[0], 1 << self._small_shift
        small = b"".join(map(self._sector, self._chain(root.start)))
        chain = _chained(entry.start, self._small_next)
        return b"".join(small[number * size : (number + 1) * size] for number in chain)[: entry.size]

    def _top(self) -> Iterator[_Entry]:
        """Give the entries that stand in no folder; they hang together as a tree."""
        left, seen = [self._entries[0].child] if self._entries else [], set[int]()
        while left:
            number = left.pop()
            if number < len(self._entries) and number not in seen:
                seen.add(number)
                entry = self._entries[number]
                left += [entry.left, entry.right]
                yield entry

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) << self._shift : (number + 2) << self._shift]

    def _chain(self, start: int) -> Iterator[int]:
        return _chained(start, self._next)

    def _tables(self) -> Iterator[int]:
        """Give the sectors of the table: the first stand in the header, the others in sectors of their own."""
        yield from (number for number in unpack_from(f"<{_IN_HEADER}I", self._content, 76) if number < _LAST)
        (number,) = unpack_from("<I", self._content, 68)
        for _ in range(len(self._content) >> self._shift):
            if number >= _LAST:
                return
            *tables, number = self._numbers([number]) or [_LAST]
            yield from (table for table in tables if table < _LAST)

    def _numbers(self, sectors: Sequence[int] | Iterator[int]) -> array[int]:
        found, most = array("I"), len(self._content)
        for number in sectors:
            content = self._sector(number)
            found.frombytes(content[: len(content) // 4 * 4])
            if len(found) > most:
                raise ValueError("its table of sectors is larger than the file")
        if byteorder == "big":
            found.byteswap()
        return found


def _chained(start: int, following: Sequence[int]) -> Iterator[int]:
    """Give the numbers of a chain until it ends or leaves the file; one that goes in a circle is a `ValueError`."""
    number = start
    for _ in range(len(following)):
        if number >= len(following):
            return
        yield number
        number = following[number]
    if number < len(following):
        raise ValueError("its sectors follow one another in a circle")


def _entry(raw: bytes, place: int) -> _Entry:
    length, kind = unpack_from("<HB", raw, place + 64)
    name = raw[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    left, right, child = unpack_from("<III", raw, place + 68)
    start, size = unpack_from("<II", raw, place + 116)
    return _Entry(name, kind, left, right, child, start, size)
