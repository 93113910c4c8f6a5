"""Elements and connections of Kumu as they stand in a file, and those of its JSON: blueprints and exports of projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graph_build.readers.drawings import Drawn
from graph_build.readers.drawings_words import Fields, folded
from graph_build.readers.entries import About, Entry, Note, Remark, left_out
from graph_build.readers.json_stream import Piece, pieces
from graph_build.readers.littlesis_map import values
from graph_build.readers.words import shown
from graph_build.records import Place

_OWN: Final = frozenset({"id", "_id", "label", "from", "to", "direction", "attributes", "delayed", "reversed"})
_ADMINISTRATIVE: Final = frozenset({"createdat", "updatedat", "created at", "updated at", "created by", "updated by"})


@dataclass(frozen=True, slots=True)
class Item:
    """An element or a connection; `is_project` says that its id is one that Kumu gave."""

    what: str
    place: Place
    locator: str
    id: str = ""
    label: str = ""
    type: str = ""
    source: str = ""
    targets: tuple[str, ...] = ()
    direction: str = ""
    fields: Fields = field(default_factory=dict)
    is_project: bool = False

    @property
    def key(self) -> str:
        """What connections call an element: its id, or its label; the type parts those of one label."""
        return self.id or (f"{self.label}\0{self.type}" if self.type else self.label)


@dataclass(frozen=True, slots=True)
class Rest:
    """What else a file holds."""

    drawn: tuple[Drawn, ...]


def json_items(file: Path, private: set[str]) -> Iterator[Item | Rest]:
    """Give elements, connections and loops; private fields and what lays out the drawing are told of at the end.

    The names of private fields are added to `private` as they are met, so that a second reading knows them from the start.
    """
    passed: Counter[str] = Counter()
    about: dict[str, str] = {}
    for piece in pieces(file):
        place = Place(str(file), piece.line)
        sort = str(piece.path[0]) if piece.path else ""
        if sort in ("elements", "connections") and len(piece.path) == 2:
            if isinstance(piece.value, dict):
                yield _item(sort[:-1], piece, place, private)
            else:
                yield Rest((left_out(sort[:-1], place, "", "it is no object", locator=piece.pointer),))
        elif sort == "loops" and len(piece.path) == 2:
            yield Rest((_loop(piece, place),))
        elif sort in ("name", "description") and isinstance(piece.value, str):
            about[sort] = piece.value
        else:
            passed[sort] += bool(piece.value)
            private |= _private(sort, piece)
    if any(about.values()):
        yield Rest((About(title=about.get("name", ""), description=about.get("description", "")),))
    remarks = [
        Note(name, f'the field "{shown(name)}" is private in the map, and is not taken over')
        for name in sorted(private)
    ]
    remarks += [
        Note(name, f'"{shown(name)}" is not taken over: {number:,} are there')
        for name, number in sorted(passed.items())
        if number
    ]
    yield Rest(tuple(Remark(Place(str(file), 0), note) for note in remarks))


def _private(sort: str, piece: Piece) -> set[str]:
    value = piece.value
    if sort == "attributes" and isinstance(value, dict) and value.get("private") is True:
        return {folded(name) for name in values(value.get("name"))}
    return set()


def _loop(piece: Piece, place: Place) -> Entry:
    given = piece.value if isinstance(piece.value, dict) else {}
    inner = given.get("attributes")  # in the export of a project
    label = _first(given.get("label")) or _first(inner.get("label") if isinstance(inner, dict) else "")
    message = f'the loop "{shown(label)}" is a way through the drawing, no relation'
    return left_out("loop", place, "", message, locator=piece.pointer)


def _item(what: str, piece: Piece, place: Place, private: set[str]) -> Item:
    given: dict[str, Any] = piece.value
    inner = given.get("attributes")
    inner = inner if isinstance(inner, dict) else {}
    every = {name: value for name, value in given.items() if name not in _OWN} | inner
    fields = {
        name: tuple(values(value))
        for name, value in every.items()
        if name != "label" and folded(name) not in private and folded(name) not in _ADMINISTRATIVE
    }
    fields |= {name: ("yes",) for name in ("delayed", "reversed") if given.get(name) is True}
    types = (several for name, several in fields.items() if folded(name) in ("type", "element type"))
    return Item(
        what, place, piece.pointer,
        id=_first(given.get("_id")) or _first(given.get("id")),
        label=_first(every.get("label")) or _first(given.get("label")),
        type="|".join(word for several in types for word in several),
        source=_first(given.get("from")),
        targets=tuple(values(given.get("to"))),
        direction=_first(given.get("direction") or inner.get("direction")),
        fields=fields,
        is_project="_id" in given,
    )  # fmt: skip


def _first(value: object) -> str:
    return next(iter(values(value)), "").strip()
