"""Kumu: workbooks, pairs of CSV, JSON blueprints and exports of whole projects, as docs.kumu.io describes them.

Elements are who their label says, and where several have one label, who label and type say. Connections name labels or ids. What a
connection names and no sheet lists is an element, too, as it is when Kumu reads the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graph_build.readers.drawings import Drawn, Edge, Node, drawn_entries
from graph_build.readers.entries import About, Entry, Note, Opened, Remark, left_out
from graph_build.readers.head import Head
from graph_build.readers.kumu_items import Item, Rest, json_items
from graph_build.readers.kumu_tables import is_table, table_items
from graph_build.readers.words import shown
from graph_build.records import Place

_DIRECTIONS: Final = {"directed": "directed", "undirected": "undirected", "mutual": "mutual", "": "directed"}
_JSON: Final = frozenset({"elements.[].label", "elements.[].attributes.label"})


def recognise(head: Head) -> bool:
    """Say whether a file holds elements or connections: by the keys of its JSON, or by the first cells of its sheets."""
    paths = head.json_paths
    if paths:
        return bool(paths & _JSON) or {"connections.[].from", "connections.[].to"} <= paths
    return is_table(head)


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every element, connection and loop as an entry; a first pass learns the names."""
    names = _Names()
    for file in source.files:
        for item in _items(file, names.private):
            if isinstance(item, Item):
                names.learn(item)
    names.settle()
    yield from drawn_entries(source, lambda file: _read(file, names))


def _items(file: Path, private: set[str]) -> Iterator[Item | Rest]:
    with file.open("rb") as stream:
        start = stream.read(4096).lstrip(b"\xef\xbb\xbf\xff\xfe\xfe\xff \t\r\n\0")
    yield from json_items(file, private) if start.startswith((b"{", b"[")) else table_items(file)


@dataclass(slots=True)
class _Names:
    """Which element a name means: ids first, then labels; and what is named by connections alone."""

    ids: set[str] = field(default_factory=set)
    labels: dict[str, list[str]] = field(default_factory=dict)
    named: dict[str, tuple[Place, str]] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    has_own_ids: bool = False

    def learn(self, item: Item) -> None:
        if item.what == "element":
            if item.id:
                self.ids.add(item.id)
            self.has_own_ids |= item.is_project
            known = self.labels.setdefault(item.label, [])
            if item.label and (key := item.key) not in known:
                known.append(key)
            return
        for end in (item.source, *item.targets):
            if end:
                self.named.setdefault(end, (item.place, item.locator))

    def settle(self) -> None:
        """Keep of the names in connections only those that no element has; the ids of a project mean nothing by themselves.

        An element without a type is the one of its label that has one, where there is only one.
        """
        for label, keys in self.labels.items():
            if label in keys and len(keys) == 2:
                keys.remove(label)
        unknown = {name: where for name, where in self.named.items() if not self.has(name)}
        self.named = {} if self.has_own_ids else unknown

    def key_of(self, item: Item) -> str:
        """Return the key of an element of the file."""
        known = self.labels.get(item.label, [])
        return item.key if item.key in known or not known else known[0]

    def has(self, name: str) -> bool:
        return name in self.ids or bool(self.labels.get(name))

    def key(self, name: str) -> str:
        """Return the key of the one element that a name means; of several, nothing."""
        if name in self.ids:
            return name
        known = self.labels.get(name, [name])
        return known[0] if len(known) == 1 else ""


def _read(file: Path, names: _Names) -> Iterator[Drawn]:
    """Give what stands in a file, and then what its connections alone name."""
    for item in _items(file, names.private):
        if isinstance(item, Rest):
            yield from item.drawn
        elif item.what == "element":
            yield _element(item, names)
        else:
            yield _connection(item, names)
    for name, (place, locator) in names.named.items():
        if place.file == str(file):
            note = Note("label", f'"{shown(name)}" stands in connections only', "add a row for it, with its type")
            yield Node("element of connections only", name, place, locator, name, notes=(note,))


def _element(item: Item, names: _Names) -> Drawn:
    if not item.label:
        return left_out("element", item.place, "label", "it has no label", "give it one", item.locator)
    key, fields = names.key_of(item), item.fields
    if not item.type and "\0" in key:  # said again without its type
        fields = {**fields, "type": tuple(key.partition("\0")[2].split("|"))}
    return Node("element", key, item.place, item.locator, item.label, fields)


def _connection(item: Item, names: _Names) -> Drawn:
    for end in (item.source, *item.targets):
        if end and not names.key(end):
            message = f'"{shown(end)}" is the label of {len(names.labels[end])} elements'
            return left_out("connection", item.place, "from", message, "give the elements ids", item.locator)
    direction, notes = _DIRECTIONS.get(item.direction.strip().lower(), ""), tuple[Note, ...]()
    if not direction:
        notes = (Note("direction", f'"{shown(item.direction)}" is no direction, so the connection has none'),)
    targets = tuple(dict.fromkeys(names.key(end) for end in item.targets))
    return Edge(
        "connection", item.id, item.place, item.locator, names.key(item.source) if item.source else "", targets,
        direction or "undirected", item.label, item.fields, notes=notes,
    )  # fmt: skip
