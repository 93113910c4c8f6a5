"""Maps of Oligrapher: nodes, edges and captions as people drew them, with the LittleSis entity behind a node where there is one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any, Final

from graph_build.readers.drawings import Drawn, Edge, Node
from graph_build.readers.entries import About, Note, Remark, left_out
from graph_build.readers.head import Head
from graph_build.readers.json_stream import Path_, Piece, pieces, plain_number
from graph_build.readers.maps import word_map
from graph_build.readers.web import web_fault
from graph_build.readers.words import shown
from graph_build.records import Place

_OPEN: Final = frozenset({"data", "graph_data", "attributes", "nodes", "edges", "captions"})
_ENTITY: Final = re.compile(r"//(?:www\.)?littlesis\.org/(person|org|entities)/(\d+)")
_NODE: Final = frozenset(
    {"id", "name", "x", "y", "scale", "color", "image", "url", "description", "edgeIds", "display"}
)
_EDGE: Final = frozenset(
    [
        "id",
        "node1_id",
        "node2_id",
        "label",
        "arrow",
        "dash",
        "scale",
        "url",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "display",
    ]
)
_ARROWS: Final[Mapping[object, str]] = {
    "1->2": "directed", True: "directed", "2->1": "reverse", "both": "mutual", "1<->2": "mutual",
    None: "undirected", False: "undirected", "": "undirected",
}  # fmt: skip


def is_map(head: Head) -> bool:
    """Say whether a file is a map: it has nodes among its graph data, or edges that name their two nodes."""
    paths = head.json_paths
    tops = {path.removeprefix("data.").removeprefix("attributes.") for path in paths}
    if "graph_data" in tops and '\\"nodes\\"' in head.text:
        return True  # older servers give the graph as a text in the text
    return bool(tops & {"graph_data.nodes", "graph_data.edges"}) or any(path.endswith(".node1_id") for path in tops)


def values(value: object) -> list[str]:
    """Return a JSON value as texts: each of a list, numbers as digits, nothing of what is empty.

    >>> values(["a", None, {"b": [1, True]}])
    ['a', 'b: 1', 'b: true']
    """
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, int | Decimal):
        return [plain_number(value)]
    if isinstance(value, dict):
        return [f"{name}: {text}" for name, inner in value.items() for text in values(inner)]
    return [text for inner in value for text in values(inner)] if isinstance(value, list) else []


def map_items(file: Path) -> Iterator[Drawn]:
    """Give the nodes, edges and captions of a map; what it says of itself comes when it is whole."""
    about = dict[str, str]()
    for piece in chain.from_iterable(map(_unfolded, pieces(file, _apart))):
        place = Place(str(file), piece.line)
        sort = piece.path[-2] if len(piece.path) > 1 else ""
        if sort in ("nodes", "edges", "captions"):
            yield _item(str(sort), piece, place)
        elif piece.path and piece.path[-1] in ("title", "description"):
            about[str(piece.path[-1])] = next(iter(values(piece.value)), "")
        elif (
            piece.path
            and piece.path[-1] in ("annotations_data", "annotations")
            and piece.value not in (None, "", "[]", [])
        ):
            yield Remark(place, Note("annotations", f'the annotations at "{piece.pointer}" are not taken over'))
        elif piece.path and piece.path[-1] == "graph_data":
            yield Remark(place, Note("graph_data", "its graph is a text that could not be read"))
    if any(about.values()):
        yield About(title=about.get("title", ""), description=about.get("description", ""))


def _apart(path: Path_) -> bool:
    return len(path) <= 4 and all(part in _OPEN for part in path)


def _unfolded(piece: Piece) -> Iterator[Piece]:
    """Give the pieces of a graph that is written as a text; one that cannot be read stays as it is, and is told of."""
    if not piece.path or piece.path[-1] != "graph_data" or not isinstance(piece.value, str):
        yield piece
        return
    try:
        graph = json.loads(piece.value)
    except (ValueError, RecursionError):
        graph = None
    if not isinstance(graph, dict):
        yield piece
        return
    for sort in ("nodes", "edges", "captions"):
        inner = graph.get(sort)
        named = inner.items() if isinstance(inner, dict) else enumerate(inner if isinstance(inner, list) else ())
        for key, value in named:
            yield Piece((*piece.path, sort, key), value, piece.line)


def _item(sort: str, piece: Piece, place: Place) -> Drawn:
    if not isinstance(piece.value, dict):
        return left_out(sort[:-1], place, "", "it is no object", locator=piece.pointer)
    inner = piece.value.get("display")
    fields = {**piece.value, **(inner if isinstance(inner, dict) else {})}
    fields["id"] = next(iter(values(piece.value.get("id"))), str(piece.path[-1]))
    if sort == "nodes":
        return _node(fields, piece, place)
    if sort == "edges":
        return _edge(fields, piece, place)
    words = f'the caption "{shown(" ".join(values(fields.get("text"))))}" belongs to nobody'
    return left_out("caption", place, "text", words, locator=piece.pointer)


def _address(fields: Mapping[str, Any]) -> str:
    address = next(iter(values(fields.get("url"))), "").strip()
    return f"https:{address}" if address.startswith("//") else address


def _node(fields: Mapping[str, Any], piece: Piece, place: Place) -> Drawn:
    address = _address(fields)
    entity = _ENTITY.search(address)
    said = {
        "description": tuple(values(fields.get("description"))),
        "same as": (address,) if entity and not web_fault(address) else (),
        "page": (address,) if address and not entity else (),
        **{name: tuple(values(value)) for name, value in fields.items() if name not in _NODE},
        "image": tuple(values(fields.get("image"))),
    }
    kind = word_map("littlesis")["types"].get(entity[1], "") if entity else ""
    identifiers = (f"littlesis:{entity[2]}",) if entity else ()
    label = next(iter(values(fields.get("name"))), "")
    return Node("node", fields["id"], place, piece.pointer, label, said, type=kind, identifiers=identifiers)


def _edge(fields: Mapping[str, Any], piece: Piece, place: Place) -> Drawn:
    arrow, notes = fields.get("arrow"), list[Note]()
    direction = _ARROWS.get(arrow) if isinstance(arrow, str | bool | None) else None
    if direction is None:
        notes.append(Note("arrow", f'"{shown(str(arrow))}" is no arrow that is known, so the edge has no direction'))
        direction = "undirected"
    first, second = (next(iter(values(fields.get(name))), "") for name in ("node1_id", "node2_id"))
    if direction == "reverse":
        first, second, direction = second, first, "directed"
    said = {
        "url": (_address(fields),),
        **{name: tuple(values(value)) for name, value in fields.items() if name not in _EDGE},
    }
    label = next(iter(values(fields.get("label"))), "")
    targets = (second,) if second else ()
    return Edge("edge", fields["id"], place, piece.pointer, first, targets, direction, label, said, notes=tuple(notes))
