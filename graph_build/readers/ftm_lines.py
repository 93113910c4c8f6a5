"""FollowTheMoney files entity by entity: plain streams, arrays, and delta files, of which only the last word on each entity counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any
from weakref import finalize

from graph_build.errors import Finding, InputError
from graph_build.readers.entries import Entry, Note, left_out
from graph_build.readers.ftm_entity import Entity
from graph_build.readers.ftm_statements import is_statements, whole_entities
from graph_build.readers.head import head
from graph_build.readers.json_stream import pieces
from graph_build.readers.lines import Line, Span, json_lines, json_lines_of
from graph_build.readers.words import shown
from graph_build.records import Place

OPERATIONS = ("ADD", "MOD", "DEL")


def entities(files: tuple[Path, ...]) -> Iterator[Entity | Entry]:
    """Give every entity of the files; what is none, and what a delta takes away or says anew, as an entry that says so."""
    for file in files:
        refuse_foreign(file)
    deltas = [file for file in files if "op" in head(file).json_paths]
    last = _Last()
    for file in deltas:
        for line in _lines(file):
            if isinstance(line.value, dict) and isinstance(line.value.get("entity"), dict):
                last.note(str(line.value["entity"].get("id")), f"{file}\0{line.number}")
    for file in files:
        if is_statements(head(file)):
            yield from whole_entities(file)
            continue
        for line in _lines(file):
            yield from _entities(line, Place(str(file), line.number), last if file in deltas else None)


def is_stream(file: Path) -> bool:
    """Say whether each line of a file is an entity by itself, so that its lines can be read in any order."""
    start = head(file)
    is_whole = start.text.lstrip().startswith("[") or start.first_line.strip() == "{"
    is_whole = is_whole or is_wrapped(start.json_paths)
    return not (is_whole or "op" in start.json_paths or is_statements(start))


def refuse_foreign(file: Path) -> None:
    """Raise an `InputError` for a file with lines of which none is an object: whatever it is, no entity stands in it."""
    if is_statements(head(file)):
        return
    first = None
    for line in _lines(file):
        if isinstance(line.value, dict):
            return
        first = first or line
    if first is not None:
        remedy = (
            "give entities as lines of JSON, in UTF-8; for a table, govgraph map FILE -o NAME.toml writes a mapping"
        )
        finding = Finding(str(file), first.number, 1, "", first.fault or "the line is no object", remedy)
        raise InputError(f"{file} holds no FollowTheMoney entities: none of its lines is an object", [finding], remedy)


def entities_of(span: Span) -> Iterator[Entity | Entry]:
    """Give the entities in a piece of a stream, as `entities` gives those of the whole."""
    for line in json_lines_of(span):
        yield from _entities(line, Place(str(span.file), line.number), None)


ENVELOPES = ("entities", "results")
"""Under which a file of one object has its entities: answers of Aleph, and what people wrap up themselves."""


def is_wrapped(paths: Container[str]) -> bool:
    """Say by the paths at its beginning whether a file is an object that holds entities."""
    return any(f"{name}.[].schema" in paths and f"{name}.[].properties" in paths for name in ENVELOPES)


def _lines(file: Path) -> Iterator[Line]:
    start = head(file)
    if start.text.lstrip().startswith("["):
        return (Line(piece.line, piece.value) for piece in pieces(file))
    if is_wrapped(start.json_paths):
        return (Line(piece.line, piece.value) for piece in pieces(file) if piece.path[0] in ENVELOPES)
    if start.first_line.strip() == "{":  # one entity, over several lines
        return (Line(piece.line, piece.value) for piece in pieces(file, lambda path: False))
    return json_lines(file)


class _Last:
    """For each entity the place of the last line about it, in a temporary file: deltas are as long as what they change."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._base.executescript(
            "PRAGMA journal_mode = OFF; CREATE TABLE last (id TEXT PRIMARY KEY, place TEXT); BEGIN;"
        )
        finalize(self, self._base.close)

    def note(self, name: str, place: str) -> None:
        self._base.execute("INSERT OR REPLACE INTO last VALUES (?, ?)", (_plain(name), place))

    def place(self, name: str) -> str:
        found = self._base.execute("SELECT place FROM last WHERE id = ?", (_plain(name),)).fetchone()
        return str(found[0]) if found else ""


def _plain(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _entities(line: Line, place: Place, last: _Last | None) -> Iterator[Entity | Entry]:
    """Give the entity of a line, and those that stand in its properties, as exports with nested entities have them."""
    value = line.value
    if line.fault or not isinstance(value, dict):
        yield left_out("line", place, "", line.fault or "the line is no object", "mend the line")
        return
    if last is not None and isinstance(value.get("entity"), dict):
        operation, value = str(value.get("op")), value["entity"]
        settled = _settled(operation, value, place, last)
        if settled is not None:
            yield settled
            return
    todo = [value]
    while todo:  # entities stand in entities: no recursion, however deep
        value = todo.pop()
        made = _entity(value, place)
        yield made
        if isinstance(made, Entity) and made.inner:
            todo += [
                one
                for name in sorted(made.inner)
                for one in reversed(_list(value["properties"][name]))
                if _is_entity(one)
            ]


def _entity(value: Mapping[str, Any], place: Place) -> Entity | Entry:
    schema = value.get("schema")
    if not isinstance(schema, str) or not schema:
        return left_out("line", place, "schema", "the object has no schema, so it is no entity")
    if not isinstance(value.get("id"), str | int) or isinstance(value.get("id"), bool) or value["id"] == "":
        return left_out(schema, place, "id", "the entity has no id")
    properties = value.get("properties")
    if not isinstance(properties, dict):
        return left_out(schema, place, "properties", "the entity has no properties")
    extras = {name: item for name, item in value.items() if name not in ("id", "schema", "properties")}
    values = {name: _plain_texts(item) for name, item in properties.items()}
    if None not in values.values():
        return Entity(str(value["id"]), schema, values, extras, place)  # type: ignore[arg-type]
    items = {name: _list(item) for name, item in properties.items()}
    inner = frozenset(name for name, item in items.items() if any(map(_is_entity, item)))
    odd = frozenset(
        name
        for name, item in items.items()
        if any(isinstance(one, dict | list) and not _is_entity(one) for one in item)
    )
    texts = {name: _texts(item) for name, item in items.items()}
    return Entity(str(value["id"]), schema, texts, extras, place, inner, odd)


def _plain_texts(item: Any) -> tuple[str, ...] | None:
    """Return quickly the values of a property that are texts alone, as nearly all are; of any other, nothing."""
    if type(item) is not list or set(map(type, item)) != {str}:
        return None if item != [] else ()
    if len(item) == 1:
        text = item[0].strip()
        return (text,) if text else ()
    return tuple(dict.fromkeys(filter(None, map(str.strip, item))))


def _list(item: Any) -> list[Any]:
    return item if isinstance(item, list) else [item]


def _is_entity(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("schema"), str) and isinstance(value.get("id"), str | int)


def _settled(operation: str, value: Mapping[str, Any], place: Place, last: _Last) -> Entry | None:
    """Return what a line of a delta comes to, where that is not the entity itself."""
    what = str(value.get("schema") or "entity")
    name = str(value.get("id"))
    if operation not in OPERATIONS:
        return left_out(what, place, "op", f'"{shown(operation)}" is none of {", ".join(OPERATIONS)}')
    if last.place(name) != f"{place.file}\0{place.line}":
        return Entry(what, place, (), (Note("op", "a later line says anew what becomes of it"),), within=True)
    if operation == "DEL":
        return left_out(what, place, "op", "the file takes it away")
    return None


def _texts(items: list[Any]) -> tuple[str, ...]:
    """Return the values of a property as texts; a single one without its list, a number, and the id of an entity are taken too."""
    plain = [
        str(value["id"] if _is_entity(value) else value)
        for value in items
        if _is_entity(value) or (isinstance(value, str | int | float) and not isinstance(value, bool))
    ]
    return tuple(dict.fromkeys(value for value in map(str.strip, plain) if value))
