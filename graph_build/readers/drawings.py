"""Drawings of networks: nodes and edges with attributes, as Gephi, yEd, Cytoscape, Kumu and Oligrapher keep them.

The reader of each format says which nodes and edges stand in its files; what they say of actors, things and relations is
told here, once for all of them. A first pass learns which nodes are things and concepts, for an edge may come before its ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph_build.readers.drawings_words import Fields, Said, folded, type_of
from graph_build.readers.entries import About, Entry, Note, Opened, Remark, left_out
from graph_build.readers.tabular_values import as_country, as_date
from graph_build.readers.words import shown
from graph_build.records import Actor, Place, Relation, Thing
from graph_build.vocabulary import vocabulary

_MOST_PASSED = 10_000


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `key` is what edges call it, `label` what the drawing shows; `remarks` are further lines of its note."""

    what: str
    key: str
    place: Place
    locator: str
    label: str = ""
    fields: Fields = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    type: str = ""
    """The type where the format itself says it."""
    identifiers: tuple[str, ...] = ()
    part_of: str = ""
    """The key of the node that it is a part of, where the format itself says it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge: its ends by the keys of nodes, its direction (directed, undirected, mutual), and the spans in which it was there."""

    what: str
    key: str
    place: Place
    locator: str
    source: str
    targets: tuple[str, ...]
    direction: str = "directed"
    label: str = ""
    fields: Fields = field(default_factory=dict)
    spans: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


Drawn = Node | Edge | Entry | Remark | About
Reading = Callable[[Path], Iterator[Drawn]]


@dataclass(slots=True)
class Index:
    """What edges must know of nodes, over all files: which are things, concepts and archetypes, and whose ids mean two things."""

    source: Opened
    things: set[str] = field(default_factory=set)
    concepts: set[str] = field(default_factory=set)
    archetypes: set[str] = field(default_factory=set)
    types: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _labels: dict[str, str] = field(default_factory=dict)
    _apart: set[tuple[str, str]] = field(default_factory=set)

    def learn(self, node: Node) -> None:
        """Take in a node; in a second file the same id with another label is another node, unless it is that of a register."""
        if len(self.source.files) > 1 and not node.identifiers:
            label = label_of(node)
            if self._labels.setdefault(node.key, label) != label:
                self._apart.add((node.place.file, node.key))
        name = self.end(node.key, node.place.file)
        said = Said("node", node.fields)
        if _concept(node.key, said):
            self.concepts.add(node.key)
        elif said.one("stands_for"):
            self.archetypes.add(name)
        else:
            sort, types, _ = types_of(said, node.type)
            if sort == "thing":
                self.things.add(name)
            elif types and len(self.source.files) > 1:
                self.types[name] = types  # another file may have the same node without its type

    def end(self, key: str, file: str) -> str:
        """Return the id of the actor, thing or concept that an edge names."""
        if key in self.concepts:
            return key
        if (file, key) in self._apart:
            return self.source.id("node", Path(file).name, key)
        return self.source.id("node", key)


def drawn_entries(source: Opened, read: Reading) -> Iterator[Entry | About | Remark]:
    """Give the entries of all files: two passes, then what was not taken over, with its number."""
    from graph_build.readers.drawings_edges import edge_entry

    index = Index(source)
    for file in source.files:
        for item in read(file):
            if isinstance(item, Node):
                index.learn(item)
    passed: Counter[tuple[str, str]] = Counter()
    for file in source.files:
        for item in read(file):
            if isinstance(item, Node | Edge):
                said = Said("node" if isinstance(item, Node) else "edge", item.fields)
                yield _node_entry(item, said, index) if isinstance(item, Node) else edge_entry(item, said, index)
                if len(passed) < _MOST_PASSED:
                    passed.update((item.what, name) for name in said.passed())
            else:
                yield item
    for (what, name), number in sorted(passed.items()):
        message = f'"{shown(name)}" of {what} is not taken over: {number:,} have it'
        yield Remark(Place(str(source.files[0]), 0), Note(name, message))


def label_of(node: Node) -> str:
    """Return the name of a node: its English one, the one that the drawing shows, or that of an attribute."""
    said = Said("node", node.fields)
    english = next((values[0] for name, values in said.named("label") if name == "label en"), "")
    return english or node.label.strip() or said.one("label")


def _concept(key: str, said: Said) -> bool:
    """Say whether a node is a principle or topic of ours, as our own exports have them among the nodes."""
    scheme, _, local = key.partition(":")
    if scheme not in ("principle", "topic") or local not in vocabulary().schemes[scheme]:
        return False
    return said.one("sort") == "concept" or scheme in map(folded, said.all("type"))


def types_of(said: Said, given: str = "") -> tuple[str, tuple[str, ...], list[str]]:
    """Return whether a node is an actor or a thing, its types, and the words among its types that tell none."""
    own, unknown = bool(said.one("sort")), list[str]()
    for name, values in said.named("type"):
        words = [word.strip() for value in values for word in value.split("|") if word.strip()]
        known = {word: type_of(word, own=own) for word in words}
        found = tuple(dict.fromkeys(filter(None, known.values())))
        if found or given:
            said.take(name)
            unknown += [word for word in words if not known[word]]
            for other, more in said.named("type"):
                if all(type_of(value, own=own) in found for value in more):
                    said.take(other)  # the same in other words
            actors = tuple(type for type in found if type in vocabulary().actor_types)
            return ("actor", actors, unknown) if actors or given else ("thing", found, unknown)
    return "actor", (), unknown


def _node_entry(node: Node, said: Said, index: Index) -> Entry:
    """Make an actor or a thing of a node."""
    if node.key in index.concepts:
        return Entry(node.what, node.place, (), (), node.locator, within=True)
    label, name = label_of(node), index.end(node.key, node.place.file)
    if name in index.archetypes:
        message = f'"{shown(label)}" is a kind of actor of the norms: a file of others holds named bodies only'
        return left_out(node.what, node.place, "stands for", message, "build with the norms themselves", node.locator)
    notes = list(node.notes)
    if not label:
        label = node.key
        notes.append(Note("label", f'"{shown(label)}" has no label, so its id stands for its name', "label it"))
    sort, types, unknown = types_of(said, node.type)
    types = types or index.types.get(name, ())
    if not types and not node.type:
        word = next((value for _, values in said.named("type") for value in values), "")
        if word:
            notes.append(Note("type", f'"{shown(word)}" is no type that is known, so it is "unclassified"'))
    shared = _names(said, label)
    remarks = [*node.remarks, *(f"type: {word}" for word in unknown)]
    if sort == "thing":
        thing = _thing(name, types, label, said, shared, remarks, node)
        return Entry(node.what, node.place, (thing,), tuple(notes), node.locator)
    actor = Actor(
        name,
        tuple(dict.fromkeys(filter(None, (node.type, *types)))) or ("unclassified",),
        label,
        label_uk=said.one("label_uk"),
        label_native=said.one("label_native"),
        alt_labels=shared,
        country=_country(said),
        founded=as_date(said.one("founded")),
        dissolved=as_date(said.one("dissolved")),
        exact_match=said.all("same"),
        identifiers=(*node.identifiers, *_identifiers(said)),
        note=_note(said, remarks),
        place=node.place,
    )
    return Entry(node.what, node.place, (actor, *_part(node, name, index)), tuple(notes), node.locator)


def _part(node: Node, name: str, index: Index) -> Iterator[Relation]:
    if node.part_of:
        whole = index.end(node.part_of, node.place.file)
        facts: dict[str, Any] = {"function": ("part",), "verified": "secondary", "place": node.place}
        yield Relation(f"{name}-part-of", name, "composition", whole, "actual", **facts)


def _thing(
    name: str, types: tuple[str, ...], label: str, said: Said, others: tuple[str, ...], remarks: list[str], node: Node
) -> Thing:
    remarks += [f"type: {word}" for word in types[1:]] + [f"also: {other}" for other in others]
    remarks += [f"also: {other}" for other in (said.one("label_native"),) if other]
    return Thing(
        name,
        types[0],
        label,
        label_uk=said.one("label_uk"),
        definition_en=said.one("definition_en"),
        definition_uk=said.one("definition_uk"),
        note=_note(said, remarks),
        place=node.place,
    )


def _names(said: Said, label: str) -> tuple[str, ...]:
    """Return the other names: those told as such, and what other attributes call the node."""
    others = [*said.all("alt_labels")]
    for name, values in said.named("label"):
        said.take(name)
        others += values
    return tuple(dict.fromkeys(other for other in others if other != label))


def _country(said: Said) -> str:
    """Return a country by its code; what is none that is known stands in the note."""
    stated = said.one("country")
    code = as_country(stated)
    if code and (len(code) != 2 or not code.isascii()):
        said.remarks.append(f"country: {stated}")
        return ""
    return code


def _identifiers(said: Said) -> tuple[str, ...]:
    return tuple(value for value in said.all("identifiers") if ":" in value)


def _note(said: Said, remarks: list[str]) -> str:
    first = said.all("note")
    return "; ".join([*first, *remarks, *said.remarks, *said.rest()])
