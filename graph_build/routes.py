"""Which chains of relations lead from one actor to another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

import networkx as nx

from graph_build.errors import NotFoundError
from graph_build.measures import ties

__all__ = ["Direction", "Hop", "chains"]

Direction = Literal["forward", "any"]


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a chain: from `start` to `end` by any of `edges`, which are keys of `graph.edges`."""

    start: str
    end: str
    edges: tuple[tuple[str, str, str], ...]


def chains(
    graph: nx.MultiDiGraph[str],
    start: str,
    end: str,
    *,
    limit: int = 5,
    longest: int = 6,
    direction: Direction = "forward",
) -> list[tuple[Hop, ...]]:
    """Return up to `limit` simple chains of at most `longest` hops from one actor to another, the shortest first.

    Parameters
    ----------
    direction
        "forward" follows relations from actor to target (symmetric ones both ways), "any" also against their direction.

    Raises
    ------
    NotFoundError
        When one of the two ends is not in the network.

    References
    ----------
    .. [1] J. Y. Yen, "Finding the K Shortest Loopless Paths in a Network", Management Science 17(11), 1971, 712-716.

    Examples
    --------
    >>> graph = nx.MultiDiGraph([("citizens", "media"), ("media", "parliament")])
    >>> [[hop.end for hop in chain] for chain in chains(graph, "citizens", "parliament")]
    [['media', 'parliament']]
    >>> chains(graph, "parliament", "citizens")
    []
    """
    for name in (start, end):
        if name not in graph:
            raise NotFoundError("actor", name)
    plain: nx.DiGraph[str] | nx.Graph[str] = ties(graph)
    if direction == "any":
        plain = plain.to_undirected()
    if start == end or not nx.has_path(plain, start, end):
        return []
    found = (path for path in nx.shortest_simple_paths(plain, start, end) if len(path) <= longest + 1)
    bounded = islice(found, limit) if nx.shortest_path_length(plain, start, end) <= longest else iter(())
    return [tuple(_hop(graph, *pair, direction) for pair in pairwise(path)) for path in bounded]


def _hop(graph: nx.MultiDiGraph[str], start: str, end: str, direction: Direction) -> Hop:
    along = [(start, end, key) for key, data in _parallel(graph, start, end) if not data.get("negated")]
    against = [
        (end, start, key)
        for key, data in _parallel(graph, end, start)
        if not data.get("negated") and (direction == "any" or data.get("symmetric"))
    ]
    return Hop(start, end, tuple(sorted(along) + sorted(against)))


def _parallel(graph: nx.MultiDiGraph[str], start: str, end: str) -> list[tuple[str, dict[str, object]]]:
    return list(graph[start][end].items()) if graph.has_edge(start, end) else []
