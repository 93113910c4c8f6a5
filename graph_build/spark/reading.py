"""The first step, on the workers: a piece of a source becomes records that are sound, each with the place where it was said."""

from __future__ import annotations

import socket
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from graph_build.encode import dataset_nquads, nquads
from graph_build.errors import GovgraphError, InputError
from graph_build.readers import Dataset, read
from graph_build.readers.checks import faults
from graph_build.readers.dataset import TABLES
from graph_build.readers.entries import Entry
from graph_build.readers.imports import Intake
from graph_build.readers.lines import Span
from graph_build.readers.spool import KINDS, Kept, Spool
from graph_build.records import Actor, Evidence, Place, Record, Relation, Source, Thing, values
from graph_build.spark.chunks import Chunk, packed
from graph_build.spark.sources import Heard, Passed, Planned
from graph_build.spark.tally import Order, Tally

LAST: Final = 2**62
"""The piece that is told when all the others are."""


class Said(NamedTuple):
    """A record as a piece of a source has it: which dataset, where in it, in which entry, and what the reader's intake needs to know."""

    order: Order
    record: Record
    what: str = ""
    main: bool = False
    place: Place = Place("", 0)
    locator: str = ""

    @property
    def dataset(self) -> int:
        """The number of the source among those of the build."""
        return int(self.order[0])

    @property
    def id(self) -> str:
        """The id under which all that belongs to the record is gathered; evidence is with its relation."""
        return self.record.relation if isinstance(self.record, Evidence) else str(getattr(self.record, "id", ""))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as plain values: dataclasses take three times as long, and there are millions of these."""
        kind, place = type(self.record), self.record.place
        record = KINDS.index(kind), values(self.record), place and (place.file, place.line)
        return _said, (self.order, *record, self.what, self.main, (self.place.file, self.place.line), self.locator)


def _said(
    order: Order,
    kind: int,
    values: tuple[Any, ...],
    stands: tuple[str, int] | None,
    what: str,
    main: bool,
    place: tuple[str, int],
    locator: str,
) -> Said:
    make: Any = KINDS[kind]
    return Said(order, make(*values, place=stands and Place(*stands)), what, main, Place(*place), locator)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a source could not be read."""

    error: GovgraphError


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to read: a piece of a source, or all of it."""

    dataset: int
    number: int
    source: Planned
    span: Span | None = None


class Scatter(Spool):
    """Takes records like a spool, but keeps none: what has the same id may be said on another machine."""

    def __init__(self, dataset: int, piece: int) -> None:
        """Begin with nothing taken."""
        self.entry: Entry | None = None
        self.order: Order = (dataset, piece, 0)
        self.taken: list[Said] = []

    def add(self, record: Record, what: str = "", main: bool = False, cited: str = "") -> Kept:
        """Take a record as new."""
        entry = self.entry
        place, locator = (entry.place, entry.locator) if entry else (Place("", 0), "")
        self.taken.append(Said((*self.order, len(self.taken)), record, what, main, place, locator))
        return Kept(record)


def read_piece(piece: Piece) -> Iterator[Chunk]:
    """Give the records of a piece as `said`, its `tally`, and what is told of all pieces together; or the `fault`."""
    try:
        yield from packed(_in_pieces(piece, piece.span) if piece.span else _as_a_whole(piece))
    except GovgraphError as error:
        yield from packed([("fault", Fault(error))])
    except OSError as error:
        message = f"{error.filename or piece.source.path} could not be read on {socket.gethostname()}: {error.strerror}"
        remedy = "sources must lie in a folder that all workers share"
        yield from packed([("fault", Fault(InputError(message, remedy=remedy)))])


def _in_pieces(piece: Piece, span: Span) -> Iterator[tuple[str, Any]]:
    split = piece.source.split
    assert split is not None
    passed: Passed = Counter()
    heard: dict[str, list[Any]] = defaultdict(list)
    tally = Tally()

    def told() -> Iterator[Entry]:
        for item in split.told(span, piece.source.opened, passed):
            if isinstance(item, Entry):
                yield item
            else:
                heard[item[0]].append(item[1])

    yield from taken(piece, told(), tally)
    yield "tally", (piece.dataset, tally)
    yield "passed", (piece.dataset, passed)
    for name, rows in heard.items():
        yield "heard", ((piece.dataset, name, piece.number), rows)


def taken(piece: Piece, entries: Iterable[Entry], tally: Tally) -> Iterator[tuple[str, Said]]:
    """Give the records of entries, sound, as a reader's intake takes them."""
    scatter = Scatter(piece.dataset, piece.number)
    intake = Intake(piece.source.opened, tally, scatter)
    for number, entry in enumerate(entries):
        scatter.entry, scatter.order, scatter.taken = entry, (piece.dataset, piece.number, number), []
        # What is gathered from all pieces is told by name, in whatever shard it was gathered.
        tally.order = (*scatter.order[:2], entry.what, _name(entry)) if piece.number == LAST else scatter.order
        intake.take(entry)
        for said in scatter.taken:
            yield "said", said


def _name(entry: Entry) -> str:
    return str(getattr(entry.records[0], "id", "")) if entry.records else ""


def gathered(piece: Piece, heard: Iterable[Heard]) -> Iterator[tuple[str, Any]]:
    """Give the records of what several pieces said together, such as the names of an organisation in all files."""
    assert piece.source.split is not None
    tally = Tally()
    yield from taken(piece, piece.source.split.gathered(piece.source.opened, heard), tally)
    yield "tally", (piece.dataset, tally)


def _as_a_whole(piece: Piece) -> Iterator[tuple[str, Any]]:
    dataset = read(_place(piece.source.path))
    yield "dataset", (piece.dataset, bare(dataset))
    if any(finding.severity == "error" for finding in dataset.findings):
        return  # it will not be built, and what is malformed need not be fit to be written
    yield "line", dataset_nquads(dataset)
    for number, record in enumerate(record for table in TABLES for record in getattr(dataset, table)):
        if isinstance(record, Actor | Thing | Relation | Evidence | Source):
            yield "said", Said((piece.dataset, piece.number, number, 0), record)
        elif not any(faults(record)):
            # Nothing names it, and its own name may come from its place in the whole.
            yield "line", nquads(record, dataset)


def _place(path: Path) -> Path:
    if not path.exists():
        raise FileNotFoundError(2, "no such file or folder", str(path))
    return path


def bare(dataset: Dataset) -> Dataset:
    """Return a dataset without its records; stories, which are short, stay with it."""
    empty: dict[str, Any] = {name: () for name in TABLES if name != "stories"}
    return replace(dataset, **empty)
