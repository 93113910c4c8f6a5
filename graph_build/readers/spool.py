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
CREATE TABLE record (
  seq INTEGER PRIMARY KEY, kind INT, space INT, id TEXT, what TEXT, main INT, joined INT, data BLOB,
  actor TEXT, target TEXT, others TEXT, cited TEXT
);
CREATE UNIQUE INDEX record_id ON record (space, id);
CREATE TABLE other (seq INT, what TEXT, number INT, PRIMARY KEY (seq, what)) WITHOUT ROWID;
"""
"""In `other` are the entries that were joined to a record and are of another sort than its own."""
_OTHER: Final = "INSERT INTO other VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET number = number + 1"
_MISSING: Final = """
SELECT seq, what, main, joined, data FROM record AS one WHERE kind = ? AND (
  NOT EXISTS (SELECT 1 FROM record WHERE space = 0 AND id = one.actor)
  OR (instr(target, ':') = 0 AND NOT EXISTS (SELECT 1 FROM record WHERE space = 0 AND id = one.target))
  OR others IS NOT NULL
) AND seq > ? ORDER BY seq LIMIT 500
"""
"""The relations that may name what is not there: those whose ends no record is, and those with further parties."""
_PLAIN: Final = "INSERT OR IGNORE INTO record (kind, space, id, what, main, joined, data) VALUES (?, ?, ?, ?, ?, 0, ?)"
_LINK: Final = (
    "INSERT OR IGNORE INTO record (kind, space, id, what, main, joined, data, actor, target, others, cited)"
    " VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)"
)
_KEPT: Final = "SELECT seq, data FROM record WHERE kind = ? AND seq > ? ORDER BY seq LIMIT 500"
_CITED: Final = (
    "SELECT seq, data, cited FROM record WHERE kind = ? AND cited IS NOT NULL AND seq > ? ORDER BY seq LIMIT 500"
)
_NUMBER: Final = {kind: number for number, kind in enumerate(KINDS)}
_PARTED: Final = "\0"
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
    """A relation that names what is not there: its sort of entry, whether that is gone with it, and how many of which sort were joined."""

    relation: Relation
    what: str
    main: bool
    joined: Mapping[str, int]
    missing: str


class Spool:
    """A temporary store of records; letting it go leaves nothing behind."""

    def __init__(self) -> None:
        """Open an empty one."""
        # No name: a file that SQLite removes itself. It may be let go in any thread, where memory is cleared up.
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._base.executescript(_CACHE + _SCHEMA)
        self._base.execute("BEGIN")
        self._cursor = self._base.cursor()
        finalize(self, self._base.close)

    def add(self, record: Record, what: str = "", main: bool = False, cited: str = "") -> Kept:
        """Take a record: a new one, or one that is joined with the record that has its id already.

        A relation that contradicts the one with its id is a relation of its own, with a number after the id. `cited` is where in
        the file a relation stands: it becomes evidence without being a record of its own meanwhile.
        """
        name = _id(record)
        if self._is_new(record, name, what, main, cited):
            return Kept(record)
        number = 1
        while older := self._find(record, name):
            united, notes = unite(older[1], record)
            if not (isinstance(record, Relation) and notes):
                if united is not older[1] or main or cited:
                    self._join(older[0], united, main and what == older[2], cited)
                if main and what != older[2]:
                    self._base.execute(_OTHER, (older[0], what))
                return Kept(united, True, tuple(notes))
            number += 1
            name = f"{_id(record)}-{number}"
        message = f'the id was taken by another relation, so this one is "{name}"'
        record = changed(record, id=name)
        self._is_new(record, name, what, main, cited)
        return Kept(record, False, (Note("id", message, "give each its own id"),))

    def _join(self, seq: int, united: Record, main: bool, cited: str) -> None:
        done = "UPDATE record SET data = ?, joined = joined + ?, others = ? WHERE seq = ?"
        others = isinstance(united, Relation) and _PARTED.join(united.others)
        self._base.execute(done, (_pack(united), main, others or None, seq))
        if cited:
            (known,) = self._base.execute("SELECT cited FROM record WHERE seq = ?", (seq,)).fetchone()
            places = dict.fromkeys((*(known or "").split(_PARTED), cited)) if known else (cited,)
            self._base.execute("UPDATE record SET cited = ? WHERE seq = ?", (_PARTED.join(places), seq))

    def own_evidence(self, source: str) -> Iterator[Evidence]:
        """Give the evidence of each relation in the file itself, which is the source of that name."""
        for _, data, cited in self._batches(_CITED, Relation):
            (relation, *_), place = pickle.loads(data)  # its id and place are all that is needed of it
            for locator in cited.split(_PARTED):
                yield Evidence(relation, source, locator, place=place and Place(*place))

    def dangling(self) -> Iterator[Dropped]:
        """Take out the relations that name an actor or thing that no record is, with their evidence, and give them."""
        for seq, what, main, joined, data in self._batches(_MISSING, Relation):
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
                others = self._base.execute("SELECT what, number FROM other WHERE seq = ?", (seq,))
                yield Dropped(relation, what, bool(main), {**dict(others), what: joined}, missing)

    def records(self, kind: type[Record]) -> Iterator[Record]:
        """Give the records of one kind in the order in which they came."""
        for _, data in self._batches(_KEPT, kind):
            yield _unpack(kind, data)

    def _batches(self, query: str, kind: type[Record]) -> Iterator[tuple[Any, ...]]:
        # In batches by number, so that rows can be taken out meanwhile.
        last = 0
        while batch := self._base.execute(query, (_NUMBER[kind], last)).fetchall():
            yield from batch
            last = batch[-1][0]

    def _find(self, record: Record, name: str) -> tuple[int, Record, str] | None:
        found = self._base.execute(
            "SELECT seq, kind, data, what FROM record WHERE space = ? AND id = ?", (_NODE[type(record)], name)
        ).fetchone()
        return (found[0], _unpack(KINDS[found[1]], found[2]), found[3]) if found else None

    def _has_node(self, name: str) -> bool:
        return bool(self._base.execute("SELECT 1 FROM record WHERE space = 0 AND id = ?", (name,)).fetchone())

    def _is_new(self, record: Record, name: str, what: str, main: bool, cited: str) -> bool:
        """Keep a record if none has its id, and say whether that was so."""
        kind = type(record)
        row = (_NUMBER[kind], _NODE[kind], name, what, main, _pack(record))
        if isinstance(record, Relation):
            others = _PARTED.join(record.others) or None
            where = cited.replace(_PARTED, "\ufffd") or None
            return self._cursor.execute(_LINK, (*row, record.actor, record.target, others, where)).rowcount == 1
        return self._cursor.execute(_PLAIN, row).rowcount == 1


def same_values(one: Record, other: Record) -> bool:
    """Say whether two records are alike in all but their place."""
    return type(one) is type(other) and _VALUES[type(one)](one) == _VALUES[type(other)](other)


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
            alias = new.replace("|", "/")  # which parts several names in a table
            other["alt_labels"] = tuple(dict.fromkeys((*other.get("alt_labels", older.alt_labels), alias)))
            if alias != new:
                notes.append(Note("alt_labels", f'"{shown(new)}" is kept as "{shown(alias)}"', "look at the value"))
        else:
            where = f" (line {older.place.line})" if older.place else ""
            notes.append(Note(name, f'"{shown(str(new))}" contradicts "{shown(str(old))}"{where}, which stands'))
    if isinstance(older, Actor) and "alt_labels" in other:
        labels = {older.label_en, older.label_uk, older.label_native}
        other["alt_labels"] = tuple(label for label in other["alt_labels"] if label not in labels)
    return (changed(older, **other) if other else older), notes


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
