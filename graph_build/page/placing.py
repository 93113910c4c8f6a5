"""Where the actors of a drawing stand, kept in the user's cache folder: what has been laid out once is not laid out again."""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from math import isfinite

import networkx as nx

from graph_build.cache import cache_folder, keep
from graph_build.digests import program_digest
from graph_build.layout import Point, layout

__all__ = ["placed"]

_WORTH_KEEPING = 50  # nodes that take longer to place than to read
_KEPT = 500  # drawings: those of some ten pages


def placed(graph: nx.MultiDiGraph[str], *, seed: int = 7) -> dict[str, Point]:
    """Return what `layout` returns, from the cache where this program has laid out a network of the same nodes, labels and ties before.

    What is kept holds no names: it is found by the digest of all that decides the places, and has those in the order of the nodes.
    """
    if len(graph) < _WORTH_KEEPING:
        return layout(graph, seed=seed)
    file = cache_folder() / f"places-{_digest(graph, seed)}.json"
    with suppress(OSError, ValueError, TypeError):  # it is not there, or something else than was written
        kept = [(float(x), float(y)) for x, y in json.loads(file.read_bytes())]
        if all(isfinite(place) for pair in kept for place in pair):
            return dict(zip(sorted(graph), kept, strict=True))  # `layout` sorts them, too
    found = layout(graph, seed=seed)
    keep(file, json.dumps([*found.values()]).encode(), most=_KEPT)
    return found


def _digest(graph: nx.MultiDiGraph[str], seed: int) -> str:
    nodes = sorted((name, node.get("label_en"), node.get("label_uk")) for name, node in graph.nodes(data=True))
    ties = sorted({(min(ends), max(ends)) for ends in graph.edges()})
    return sha256(json.dumps([program_digest(), seed, nodes, ties], default=str).encode()).hexdigest()[:32]
