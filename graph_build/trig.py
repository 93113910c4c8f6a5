"""A graph as TriG, the same bytes each time: one block for each named graph, sorted, so that a block can be replaced alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from graph_build.store import EmbeddedStore, Store
from graph_build.vocabulary import ONTOLOGY_GRAPH, PREFIXES

_PREFIX: Final = b"@prefix "
_END: Final = b"\n}\n"


def sorted_quads(store: Store) -> list[Quad]:
    """Return all quads by graph, subject, predicate and object, each in the order of its N-Quads text."""
    return sorted(
        store.quads(), key=lambda quad: (*map(str, (quad.graph_name, quad.subject, quad.predicate, quad.object)),)
    )


def trig(quads: Iterable[Quad]) -> bytes:
    """Return quads as TriG with the project's prefixes; sorted quads give the same bytes each time."""
    header, body = _parted(serialize(quads, format=RdfFormat.TRIG, prefixes=PREFIXES) or b"")
    return header + body


def joined(blocks: Mapping[NamedNode, bytes]) -> bytes:
    """Return the TriG of the blocks of graphs: what `trig` gives of the quads of them all."""
    return _parted(_with_one_quad(ONTOLOGY_GRAPH))[0] + b"".join(blocks[name] for name in sorted(blocks, key=str))


def block(store: EmbeddedStore, graph: NamedNode) -> bytes:
    """Return the block of one graph of a store."""
    quads = store.engine.quads_for_pattern(None, None, None, graph)
    ordered = sorted(quads, key=lambda quad: (str(quad.subject), str(quad.predicate), str(quad.object)))
    return _parted(serialize(ordered, format=RdfFormat.TRIG, prefixes=PREFIXES) or b"")[1]


def blocks_of(text: bytes) -> dict[bytes, bytes]:
    """Return the blocks of a text that `joined` gave, by how each names its graph: no literal in it holds a newline."""
    parts = [part + _END for part in _parted(text)[1].split(_END) if part]
    return {part.partition(b" {\n")[0]: part for part in parts}


def graph_label(graph: NamedNode) -> bytes:
    """Return how a block names its graph.

    >>> from graph_build.vocabulary import term
    >>> graph_label(term("dataset:norms"))
    b'dataset:norms'
    """
    return next(iter(blocks_of(_with_one_quad(graph))))


def _with_one_quad(graph: NamedNode) -> bytes:
    return serialize([Quad(graph, graph, graph, graph)], format=RdfFormat.TRIG, prefixes=PREFIXES) or b""


def _parted(text: bytes) -> tuple[bytes, bytes]:
    """Part the prefixes from what follows, and sort them: the engine promises no order."""
    start = text.rfind(b"\n" + _PREFIX) + 1
    start = text.find(b"\n", start) + 1 if text.startswith(_PREFIX) else 0
    return b"".join(sorted(text[:start].splitlines(keepends=True))), text[start:]
