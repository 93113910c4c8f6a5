"""Records on their way from a reader to a dataset, kept in a temporary SQLite file: any number of them, in flat memory.

Here the same thing that is named twice becomes one, with what each place says of it, and ids that nothing bears are found.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Final, cast
from weakref import finalize

from graph_build.readers.entries import Note
from graph_build.readers.words import shown
from graph_build.records import Actor, Evidence, Place, Record, Relation, Search, Source, Thing, changed

KINDS: Final[tuple[type[Record], ...]] = (Actor, Thing, Relation, Evidence, Source, Search)
_NODE: Final = {Actor: 0, Thing: 0, Relation: 1, Evidence: 2, Source: 3, Search: 4}
"""Spaces of ids: actors and things share one."""
_NAMES: Final[Mapping[type, tuple[str, ...]]] = {
    kind: tuple(item.name for item in fields(kind) if item.name != "place") for kind in KINDS
}
_VALUES: Final = {kind: attrgetter(*names) for kind, names in _NAMES.items()}
_SCHEMA: Final = """
CREATE TABLE record (seq INTEGER PRIMARY KEY, kind INT, space INT, id TEXT, what TEXT, main INT, joined INT, data BLOB);
CREATE UNIQUE INDEX record_id ON record (space, id);
"""
_CACHE: Final = (
    "PRAGMA cache_size = -65536; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a record: taken as `record`, new or joined with an older one, and what is to be told of that."""

    record: Record
    joined: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A relation that names what is not there: its sort of entry, whether that is gone with it, and how many were joined to it."""

    relation: Relation
    what: str
    main: bool
    joined: int
    missing: str


class Spool:
    """A temporary store of records; letting it go leaves nothing behind."""

    def __init__(self) -> None:
        """Open an empty one."""
        self._base = sqlite3.connect("", isolation_level=None)  # no name: a file that SQLite removes itself
        self._base.executescript(_CACHE + _SCHEMA)
        self._base.execute("BEGIN")
        finalize(self, self._base.close)

    def add(self, record: Record, what: str = "", main: bool = False) -> Kept:
        """Take a record: a new one, or one that is joined with the record that has its id already.

        A relation that contradicts the one with its id is a relation of its own, with a number after the id.
        """
        number, name = 1, _id(record)
        while older := self._find(record, name):
            united, notes = unite(older[1], record)
            if not (isinstance(record, Relation) and notes):
                self._base.execute(
                    "UPDATE record SET data = ?, joined = joined + ? WHERE seq = ?", (_pack(united), main, older[0])
                )
                return Kept(united, True, tuple(notes))
            number += 1
            name = f"{_id(record)}-{number}"
        if number > 1 and isinstance(record, Relation):
            message = f'the id was taken by another relation, so this one is "{name}"'
            record = changed(record, id=name)
            self._insert(record, name, what, main)
            return Kept(record, False, (Note("id", message, "give each its own id"),))
        self._insert(record, name, what, main)
        return Kept(record)

    def dangling(self) -> Iterator[Dropped]:
        """Take out the relations that name an actor or thing that no record is, with their evidence, and give them."""
        for seq, what, main, joined, data in self._rows(Relation):
            relation = _unpack(Relation, data)
            assert isinstance(relation, Relation)
            ends = (relation.actor, relation.target, *relation.others)
            missing = next((end for end in ends if ":" not in end and not self._has_node(end)), "")
            if missing:
                self._base.execute("DELETE FROM record WHERE seq = ?", (seq,))
                self._base.execute(
                    "DELETE FROM record WHERE space = ? AND id >= ? AND id < ?",
                    (_NODE[Evidence], relation.id + "\0", relation.id + "\1"),
                )
                yield Dropped(relation, what, bool(main), joined, missing)

    def records(self, kind: type[Record]) -> Iterator[Record]:
        """Give the records of one kind in the order in which they came."""
        for _, _, _, _, data in self._rows(kind):
            yield _unpack(kind, data)

    def _rows(self, kind: type[Record]) -> Iterator[tuple[int, str, int, int, bytes]]:
        # In batches by number, so that rows can be taken out meanwhile.
        last, query = (
            0,
            "SELECT seq, what, main, joined, data FROM record WHERE kind = ? AND seq > ? ORDER BY seq LIMIT 500",
        )
        while batch := self._base.execute(query, (KINDS.index(kind), last)).fetchall():
            yield from batch
            last = batch[-1][0]

    def _find(self, record: Record, name: str) -> tuple[int, Record] | None:
        found = self._base.execute(
            "SELECT seq, kind, data FROM record WHERE space = ? AND id = ?", (_NODE[type(record)], name)
        ).fetchone()
        return (found[0], _unpack(KINDS[found[1]], found[2])) if found else None

    def _has_node(self, name: str) -> bool:
        return bool(self._base.execute("SELECT 1 FROM record WHERE space = 0 AND id = ?", (name,)).fetchone())

    def _insert(self, record: Record, name: str, what: str, main: bool) -> None:
        kind = type(record)
        row = (KINDS.index(kind), _NODE[kind], name, what, main, 0, _pack(record))
        self._base.execute(
            "INSERT INTO record (kind, space, id, what, main, joined, data) VALUES (?, ?, ?, ?, ?, ?, ?)", row
        )


def unite(older: Record, newer: Record) -> tuple[Record, list[Note]]:
    """Return what two records with one id say together, and where they contradict each other: the older one then stands.

    Empty cells are filled, values of lists are united; another name of an actor becomes one of its other names.
    """
    if type(older) is not type(newer):
        return older, [Note("id", f'the id is that of a {type(older).__name__.lower()} already: "{shown(_id(older))}"')]
    other: dict[str, Any] = {}
    notes: list[Note] = []
    for name in _NAMES[type(older)]:
        old, new = getattr(older, name), getattr(newer, name)
        if old == new or not new:
            continue
        if isinstance(old, tuple):
            other[name] = tuple(dict.fromkeys((*old, *new)))
        elif not old:
            other[name] = new
        elif isinstance(older, Actor) and name.startswith("label"):
            other["alt_labels"] = tuple(dict.fromkeys((*other.get("alt_labels", older.alt_labels), new)))
        else:
            where = f" (line {older.place.line})" if older.place else ""
            notes.append(Note(name, f'"{shown(str(new))}" contradicts "{shown(str(old))}"{where}, which stands'))
    if isinstance(older, Actor) and "alt_labels" in other:
        labels = {older.label_en, older.label_uk, older.label_native}
        other["alt_labels"] = tuple(label for label in other["alt_labels"] if label not in labels)
    return changed(older, **other), notes


def _id(record: Record) -> str:
    """Return the id; of evidence, which has none, what makes it that piece of evidence."""
    if isinstance(record, Evidence):
        return f"{record.relation}\0{record.source}\0{record.locator}"
    return f"{record.what}\0{record.where}\0{record.when}" if isinstance(record, Search) else record.id


def _pack(record: Record) -> bytes:
    place = record.place
    return pickle.dumps((_VALUES[type(record)](record), place and (place.file, place.line)))


def _unpack(kind: type[Record], data: bytes) -> Record:
    values, place = pickle.loads(data)
    return cast(Any, kind)(*values, place and Place(*place))  # type: ignore[no-any-return]
