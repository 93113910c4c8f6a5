"""GraphML of yEd, networkx, Gephi, Cytoscape, igraph, Neo4j and others: nodes, edges and hyperedges with data of any name.

What yEd draws (`y:` elements) gives labels and the direction of arrows; its shapes and places are not taken over. A node that
stands in a group keeps the group's label in its note, for a frame in a drawing may mean anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from graph_build.readers.drawings import Drawn, Edge, Node, drawn_entries
from graph_build.readers.entries import About, Entry, Opened, Remark, left_out
from graph_build.readers.gexf import graph_attributes
from graph_build.readers.head import Head
from graph_build.readers.words import shown
from graph_build.readers.xml_stream import local, xml_pieces
from graph_build.records import Place

_ARROWS: Final = {
    (False, True): "directed",
    (True, False): "reverse",
    (True, True): "mutual",
    (False, False): "undirected",
}


def recognise(head: Head) -> bool:
    """Say whether the root of a file is `graphml`."""
    return head.xml_root == "graphml"


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every node and edge as an entry."""
    yield from drawn_entries(source, _read)


@dataclass(slots=True)
class _Keys:
    """The names and defaults of data, by the id of their key."""

    is_directed: bool
    names: dict[str, str] = field(default_factory=dict)
    defaults: dict[tuple[str, str], str] = field(default_factory=dict)

    def learn(self, element: Element) -> None:
        name = element.get("id", "")
        self.names[name] = element.get("attr.name") or element.get("yfiles.type") or name
        default = next((_text(part) for part in element if local(part.tag) == "default"), "")
        if default:
            self.defaults[element.get("for", "all"), name] = default


def _read(file: Path) -> Iterator[Drawn]:
    keys = _Keys(graph_attributes(file).get("edgedefault", "undirected") == "directed")
    for piece in xml_pieces(file, {"key", "node", "edge", "hyperedge", "desc"}):
        place = Place(str(file), piece.line)
        if piece.name == "key":
            keys.learn(piece.element)
        elif piece.name == "desc":
            if piece.element.text and piece.above in (("graphml",), ("graphml", "graph")):
                yield About(description=" ".join(piece.element.text.split()))
        else:
            yield from _one(piece.element, place, keys)


def _one(element: Element, place: Place, keys: _Keys) -> Iterator[Drawn]:
    name = local(element.tag)
    if name == "node":
        yield from _node(element, place, keys)
    elif name == "edge":
        yield _edge(element, place, keys)
    else:
        message = f"it joins {len(element)} nodes at once, and does not say who acts"
        yield left_out("hyperedge", place, "", message, "draw an edge for each pair", f"line {place.line}")


def _node(element: Element, place: Place, keys: _Keys) -> Iterator[Drawn]:
    todo = [(element, "")]
    while todo:  # groups stand in groups: no recursion, however deep
        node, above = todo.pop()
        key, label = node.get("id", ""), _label(node, "NodeLabel")
        fields = _data(node, "node", keys)
        fields |= {"labels": (node.get("labels", ""),)} if node.get("labels") and "labels" not in fields else {}
        if key:
            remarks = (f"stands in: {above}",) if above else ()
            yield Node("node", key, place, f"node[@id='{shown(key)}']", label, fields, remarks)
        else:
            yield left_out("node", place, "id", "it has no id", "give it one", f"line {place.line}")
        inner = [part for graph in node if local(graph.tag) == "graph" for part in graph]
        for part in inner:
            if local(part.tag) == "node":
                todo.append((part, label or key))
            elif local(part.tag) in ("edge", "hyperedge"):
                yield from _one(part, place, keys)


def _edge(element: Element, place: Place, keys: _Keys) -> Edge:
    stated = element.get("directed", "").lower()
    direction = "directed" if (stated == "true" or (not stated and keys.is_directed)) else "undirected"
    arrows = next((part for part in element.iter() if local(part.tag) == "Arrows"), None)
    if arrows is not None:
        drawn = tuple(arrows.get(end, "none").lower() != "none" for end in ("source", "target"))
        direction = _ARROWS[drawn[0], drawn[1]]
    source, target = element.get("source", ""), element.get("target", "")
    if direction == "reverse":
        source, target, direction = target, source, "directed"
    fields = _data(element, "edge", keys)
    label = _label(element, "EdgeLabel") or (element.get("label", "") if "label" not in fields else "")
    key = element.get("id", "")
    locator = f"edge[@id='{shown(key)}']" if key else f"line {place.line}"
    return Edge("edge", key, place, locator, source, (target,) if target else (), direction, label, fields)


def _data(element: Element, sort: str, keys: _Keys) -> dict[str, tuple[str, ...]]:
    """Return the data of a node or edge by name; of what yEd draws, only that it is there."""
    found: dict[str, list[str]] = {}
    there = set()
    for part in element:
        if local(part.tag) == "data":
            name = part.get("key", "")
            there.add(name)
            is_drawn = any(
                "Label" in local(inner.tag) or "yworks" in inner.tag for inner in part.iter() if inner is not part
            )
            title = f"{sort}graphics" if is_drawn else keys.names.get(name, name)
            found.setdefault(title, []).append("".join(part.itertext()).strip() or ("drawn" if len(part) else ""))
        elif local(part.tag) == "desc":
            found.setdefault("description", []).append(_text(part))
        elif local(part.tag) == "port":
            found.setdefault("port", []).append(part.get("name", "port"))
    for (kind, name), default in keys.defaults.items():
        if kind in (sort, "all") and name not in there:
            found.setdefault(keys.names[name], []).append(default)
    return {name: tuple(values) for name, values in found.items()}


def _label(element: Element, name: str) -> str:
    """Return the first label that yEd, or yFiles, draws for a node or edge itself, not for what stands in it."""
    for part in element:
        if local(part.tag) == "data":
            for drawn in part.iter():
                said = (drawn.text if local(drawn.tag) in (name, "Label.Text") else drawn.get("text", "")) or ""
                if local(drawn.tag) in (name, "Label.Text", "Label") and said.strip():
                    return " ".join(said.split())
    return ""


def _text(element: Element) -> str:
    return (element.text or "").strip()
