"""What a piece of a source tells of its entries, to be put together with that of the other pieces: counts add up, findings keep their order."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from graph_build.readers.entries import Note
from graph_build.readers.findings import Report
from graph_build.records import Place

_SHOWN: Final = 100
_KINDS: Final = 2_000
_LONGEST: Final = 399
Order = tuple[Any, ...]
"""Where in the input something stands: dataset, piece, entry, record."""
Told = tuple[Order, str, int, int, str, Note, str]
"""Where and as the how many-th thing it was told: order, file, line, number; of what sort of entry, what, and how that begins."""


class Tally(Report):
    """The report of one piece. Of each kind of finding, as `Report` has them, the first hundred are kept, and the number of all."""

    def __init__(self) -> None:
        """Begin with nothing; `order` is set to where the next entry stands."""
        super().__init__("", "")
        self.order: Order = ()
        self._told = 0
        self.told: dict[tuple[str, ...], list[Told]] = {}
        self.number: Counter[tuple[str, ...]] = Counter()

    def add(self, what: str, place: Place, notes: Iterable[Note], prefix: str = "") -> None:
        """Add what is to be told of an entry."""
        for note in notes:
            kind = (what, note.field, prefix, "".join(note.message[:_LONGEST].split('"')[::2]))
            self._told += 1
            self._keep(kind, (self.order, place.file, place.line, self._told, what, note, prefix), 1)

    def join(self, other: Tally) -> Tally:
        """Take in what another piece tells."""
        for what, count in other.counts.items():
            own = self.of(what)
            for name in ("read", "kept", "joined", "left_out"):
                setattr(own, name, getattr(own, name) + getattr(count, name))
        for kind, told in other.told.items():
            for one in told:
                self._keep(kind, one, 0)
            self.number[kind if kind in self.told else ()] += other.number[kind]
        return self

    def report(self, source: str, form: str) -> Report:
        """Return the report of the source, as one machine would have written it."""
        found = Report(source, form, dict(sorted(self.counts.items())))
        for _, file, line, _, what, note, prefix in sorted(
            (one for told in self.told.values() for one in told), key=_when
        ):
            found.add(what, Place(file, line), [note], prefix)
        for kind, told in self.told.items():
            _, file, line, _, what, note, prefix = told[0]
            for _ in range(self.number[kind] - len(told)):
                found.add(what, Place(file, line), [note], prefix)
        return found

    def _keep(self, kind: tuple[str, ...], one: Told, number: int) -> None:
        kind = kind if kind in self.told or len(self.told) < _KINDS else ()
        told = self.told.setdefault(kind, [])
        self.number[kind] += number
        if len(told) < _SHOWN or _when(one) < _when(told[-1]):
            insort(told, one, key=_when)
            del told[_SHOWN:]


def _when(one: Told) -> tuple[Order, str, int, int]:
    return one[:4]
