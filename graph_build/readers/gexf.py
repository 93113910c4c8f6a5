"""GEXF 1.0 to 1.3, as Gephi, networkx, igraph and others write it: nodes and edges with attributes, spans and hierarchy.

Colours and places are not taken over. A span of an edge is a start and an end only where the file says that its times are dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from graph_build.readers.drawings import Drawn, Edge, Node, drawn_entries
from graph_build.readers.entries import About, Entry, Note, Opened, Remark, left_out
from graph_build.readers.head import Head, head
from graph_build.readers.words import shown
from graph_build.readers.xml_stream import local, xml_pieces
from graph_build.records import Place

_GRAPH: Final = re.compile(r"<(?:[\w.-]+:)?graph\b([^>]*)>")
_ATTRIBUTE: Final = re.compile(r"""([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_DATE: Final = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T.*)?", re.ASCII)
_SPAN: Final = re.compile(r"[\[\](]\s*([^<>\[\]();,]+),\s*([^<>\[\]();,]+)[\[\])]")
_EDGES: Final = (("start", "startopen", "datefrom"), ("end", "endopen", "dateto"))
"""What the attributes of a start and an end are called, from the newest version to the oldest."""
_ENDLESS: Final = frozenset({"", "-infinity", "infinity", "+infinity", "-inf", "inf"})
_HANDLED: Final = frozenset({"attvalues", "nodes", "edges", "spells", "slices", "parents"})
_LOOK: Final = frozenset({"color", "position", "size", "shape", "thickness"})
_OLD: Final = {"dir": "directed", "undir": "undirected", "sim": "undirected", "double": "mutual"}
"""What GEXF 1.0 calls directions."""

Span = tuple[str, str]


def recognise(head: Head) -> bool:
    """Say whether the root of a file is `gexf`."""
    return head.xml_root == "gexf"


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every node and edge as an entry."""
    yield from drawn_entries(source, _read)


def graph_attributes(file: Path) -> dict[str, str]:
    """Return the attributes of the first `graph` element in the beginning of a file."""
    found = _GRAPH.search(_COMMENT.sub("", head(file).text))
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(found[1])} if found else {}


@dataclass(slots=True)
class _Graph:
    """What the file says once for all: titles and defaults of attributes, the direction of edges, whether times are dates."""

    file: Path
    direction: str
    has_dates: bool
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    defaults: dict[tuple[str, str], str] = field(default_factory=dict)


def _read(file: Path) -> Iterator[Drawn]:
    stated = graph_attributes(file)
    times = (stated.get("timeformat") or stated.get("timetype") or "").lower()
    graph = _Graph(file, stated.get("defaultedgetype", "undirected").lower(), times.startswith("date"))
    for piece in xml_pieces(file, {"meta", "attributes", "node", "edge"}):
        place = Place(str(file), piece.line)
        if piece.name == "meta":
            yield from _meta(piece.element)
        elif piece.name == "attributes":
            _learn(piece.element, graph)
        elif piece.name == "node":
            yield from _node(piece.element, place, graph)
        else:
            yield _edge(piece.element, place, graph)


def _meta(element: Element) -> Iterator[About]:
    said = {local(part.tag): " ".join((part.text or "").split()) for part in element}
    lines = [said.get("description", ""), said.get("keywords", "")]
    lines.append(f"written by {said['creator']}" if said.get("creator") else "")
    if any(lines):
        yield About(title=said.get("title", ""), description="; ".join(filter(None, lines)))


def _learn(element: Element, graph: _Graph) -> None:
    sort = element.get("class", "node")
    for part in element:
        name = part.get("id", "")
        graph.titles[sort, name] = part.get("title") or name
        default = next((child.text for child in part if local(child.tag) == "default" and child.text), "")
        if default:
            graph.defaults[sort, name] = default


def _node(element: Element, place: Place, graph: _Graph) -> Iterator[Drawn]:
    """Give a node, and those that stand in it: their place in a hierarchy is told in the note, for it may mean anything."""
    todo = [(element, "")]
    while todo:  # nodes stand in nodes: no recursion, however deep
        node, above = todo.pop()
        key = node.get("id") or node.get("label") or ""
        yield _node_alone(node, key, above, place, graph)
        for inner in (part for holder in node if local(holder.tag) in ("nodes", "edges") for part in holder):
            if local(inner.tag) == "node":
                todo.append((inner, key))
            else:
                yield _edge(inner, place, graph)


def _node_alone(element: Element, key: str, above: str, place: Place, graph: _Graph) -> Drawn:
    if not key:
        return left_out("node", place, "id", "it has neither id nor label", "give it an id", f"line {place.line}")
    spans, remarks = _spans(element, graph)
    remarks += [f"in the drawing: {start or '..'}/{end or '..'}" for start, end in spans]
    parents = [part.get("for", "") for holder in element if local(holder.tag) == "parents" for part in holder]
    remarks += [f"stands in: {holder}" for holder in dict.fromkeys((element.get("pid") or above, *parents)) if holder]
    locator, fields = f"node[@id='{shown(key)}']", _values(element, "node", graph)
    return Node("node", key, place, locator, element.get("label", ""), fields, tuple(remarks))


def _edge(element: Element, place: Place, graph: _Graph) -> Drawn:
    fields = _values(element, "edge", graph)
    spans, remarks = _spans(element, graph)
    weight, direction = (
        element.get("weight") or element.get("cardinal", ""),
        (element.get("type") or graph.direction).lower(),
    )
    direction = _OLD.get(direction, direction)
    remarks += [f"weight: {weight}"] if weight not in ("", "1", "1.0") else []
    notes: tuple[Note, ...] = ()
    if direction not in ("directed", "undirected", "mutual"):
        notes = (Note("type", f'"{shown(direction)}" is no direction, so the edge has none'),)
        direction = "undirected"
    if element.get("kind"):
        fields = {**fields, "kind": (*fields.get("kind", ()), element.get("kind", ""))}
    key = element.get("id", "")
    targets = (element.get("target", ""),)
    return Edge(
        "edge", key, place, f"edge[@id='{shown(key)}']" if key else f"line {place.line}", element.get("source", ""),
        targets if targets[0] else (), direction, element.get("label", ""), fields, spans, tuple(remarks), notes,
    )  # fmt: skip


def _values(element: Element, sort: str, graph: _Graph) -> dict[str, tuple[str, ...]]:
    """Return the values of attributes by title; one that changes with time has all its values, each with its span."""
    found: dict[str, list[str]] = {}
    for holder in element:
        if local(holder.tag) != "attvalues":
            continue
        for part in holder:
            name = part.get("for") or part.get("id") or ""
            value, span = part.get("value", ""), _span(part)
            when = f" ({span[0] or '..'}/{span[1] or '..'})" if any(span) and value else ""
            found.setdefault(name, []).append(value + when)
    for name in (name for kind, name in graph.defaults if kind == sort and name not in found):
        found[name] = [graph.defaults[sort, name]]
    values: dict[str, list[str]] = {}
    for name, several in found.items():
        values.setdefault(graph.titles.get((sort, name), name), []).extend(several)
    for name in sorted({local(part.tag) for part in element} - _HANDLED):
        values[f"viz:{name if name in _LOOK else 'other'}"] = ["drawn"]
    return {title: tuple(several) for title, several in values.items()}


def _spans(element: Element, graph: _Graph) -> tuple[tuple[Span, ...], list[str]]:
    """Return the spans in which a node or edge was there as dates; those of other times, and open ends, as lines of a note."""
    spells = [part for holder in element if local(holder.tag) == "spells" for part in holder]
    told = [_span(part) for part in (element, *spells)]
    for name in ("timeset", "intervals"):
        told += [(_end(start), _end(end)) for start, end in _SPAN.findall(element.get(name, ""))]
    told = list(dict.fromkeys(span for span in told if any(span)))
    remarks = [f"{name}: {element.get(name)}" for name in ("startopen", "endopen") if element.get(name)]
    stamps = element.get("timestamp") or element.get("timestamps")
    remarks += [f"at: {stamps}"] if stamps else []
    dated = [tuple(_DATE.fullmatch(time) for time in span) for span in told]
    spans = []
    for span, (start, end) in zip(told, dated, strict=True):
        if all(found or not time for found, time in zip((start, end), span, strict=True)) and _are_dates(span, graph):
            spans.append((start[1] if start else "", end[1] if end else ""))
        else:
            remarks.append(f"from {span[0] or '..'} to {span[1] or '..'} of the drawing")
    return tuple(dict.fromkeys(spans)), remarks


def _are_dates(span: Span, graph: _Graph) -> bool:
    """Say whether times are dates: the file says so, or none of them could be a number."""
    return graph.has_dates or all("-" in time[1:] for time in span if time)


def _span(element: Element) -> Span:
    start, end = (next(filter(None, map(element.get, names)), "") for names in _EDGES)
    return _end(start), _end(end)


def _end(time: str) -> str:
    return "" if time.strip().lower() in (*_ENDLESS, "true", "false") else time.strip()
