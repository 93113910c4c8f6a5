"""FollowTheMoney statements: files that say one value of one property a row, gathered into entities in a temporary file.

OpenSanctions publishes them as CSV, and tools write them as lines of JSON. The rows of an entity may stand anywhere. Whose rows are
one entity the file itself says (`canonical_id`), and a value that names an entity by another of its ids names that one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from graph_build.readers.entries import Entry, left_out
from graph_build.readers.ftm_entity import Entity
from graph_build.readers.head import Head, head
from graph_build.readers.lines import json_lines
from graph_build.readers.maps import word_map
from graph_build.readers.tabular_text import text_rows
from graph_build.records import Place

_NEEDED: Final = frozenset({"entity_id", "prop", "schema", "value"})
_TAKEN: Final = _NEEDED | {"canonical_id", "prop_type", "id", "external"}
_SCHEMA: Final = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE statement (entity TEXT, line INT, said TEXT, schema TEXT, prop TEXT, beside TEXT, type TEXT, value TEXT);
CREATE TABLE known (said TEXT PRIMARY KEY, entity TEXT) WITHOUT ROWID;
BEGIN;
"""
_ADDED: Final = "INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_ALL: Final = """
SELECT one.entity, line, one.said, schema, prop, beside, CASE type WHEN 'entity' THEN coalesce(known.entity, value) ELSE value END
FROM statement AS one LEFT JOIN known ON type = 'entity' AND known.said = value ORDER BY one.entity, line
"""

_Row = tuple[str, int, str, str, str, str, str]
"""Entity, line, id of the source, schema, property, names of other columns that are filled, value."""


def is_statements(head: Head) -> bool:
    """Say whether a file has statements: by the columns of its first line, or the keys of its first object."""
    if head.json_paths:
        return head.json_paths >= _NEEDED
    cells = {cell.strip('" \ufeff').lower() for cell in head.first_line.replace(";", ",").replace("\t", ",").split(",")}
    return cells >= _NEEDED


def whole_entities(file: Path) -> Iterator[Entity | Entry]:
    """Give the entities of a file of statements, sorted by id; a row that says nothing of one is an entry that says so."""
    base = sqlite3.connect("", isolation_level=None)
    base.executescript(_SCHEMA)
    for place, row in _rows(file):
        if row is None or not all(row.get(name) for name in _NEEDED):
            yield left_out("statement", place, "", "it names no entity, property, schema or value", "mend the row")
            continue
        if row.get("external", "").lower() in ("t", "true", "1"):
            yield left_out("statement", place, "external", "the file marks it as a proposal that nobody accepted")
            continue
        entity = row.get("canonical_id") or row["entity_id"]
        beside = ",".join(name for name, cell in row.items() if cell and name not in _TAKEN)
        stated = (row["entity_id"], row["schema"], row["prop"], beside, row.get("prop_type", ""), row["value"])
        base.execute(_ADDED, tuple(map(_plain, (entity, place.line, *stated))))
        base.execute("INSERT OR IGNORE INTO known VALUES (?, ?)", (_plain(row["entity_id"]), _plain(entity)))
    for name, rows in groupby(base.execute(_ALL), itemgetter(0)):
        yield _entity(name, list(rows), file)
    base.close()


def _rows(file: Path) -> Iterator[tuple[Place, Mapping[str, str] | None]]:
    if head(file).json_paths:
        for line in json_lines(file):
            said = line.value if isinstance(line.value, dict) else None
            yield Place(str(file), line.number), said and {name: _text(item) for name, item in said.items()}
        return
    columns: list[str] = []
    for row in text_rows(file):
        if row.is_empty:
            continue
        if not columns:
            columns = [cell.strip().lower() for cell in row.cells]
        else:
            yield Place(str(file), row.number), None if row.fault else dict(zip(columns, row.cells, strict=False))


def _entity(name: str, rows: list[_Row], file: Path) -> Entity:
    """Return an entity of the narrowest schema that its statements name; of two that do not fit the first, and the other is told."""
    wider = word_map("ftm")["wider"]["schemata"]
    stated = list(dict.fromkeys(row[3] for row in rows))
    narrow = [schema for schema in stated if schema not in wider] or sorted(stated, key=wider.index)[-1:]
    values: dict[str, dict[str, None]] = {}
    for *_, prop, _, value in rows:
        if prop != "id":  # says only under which id a source has it
            values.setdefault(prop, {})[value] = None
    extras: dict[str, Any] = {"referents": [said for said in dict.fromkeys(row[2] for row in rows) if said != name]}
    extras |= {f"schema {schema}": True for schema in narrow[1:]}
    extras |= {column: True for row in rows for column in row[5].split(",") if column}
    texts = {prop: tuple(said) for prop, said in values.items()}
    return Entity(name, narrow[0], texts, extras, Place(str(file), rows[0][1]))


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _plain(value: Any) -> Any:
    """Return what SQLite can hold."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
