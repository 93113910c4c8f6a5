"""Chains of relations between two actors, told as sentences with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import networkx as nx

from graph_build.network import Hop, chains, node_id
from graph_build.table import Table, Value

__all__ = ["table"]

_COLUMNS = (
    "chain",
    "step",
    "actor_label",
    "phrase",
    "target_label",
    "kind_label",
    "modality_label",
    "evidence",
    "relation",
)
_TOLD = _COLUMNS[2:]


def table(
    graph: nx.MultiDiGraph[str], start: str, end: str, relations: Table, *, directed: bool = False, limit: int = 5
) -> Table:
    """Return the shortest chains, a row for each relation of each step.

    `relations` is the answer to the question "relations": it gives the words. Without a chain the table is empty, and where one of the
    two has no relation at all in the network.
    """
    told: dict[tuple[str, str, str], Mapping[str, Value]] = {
        (node_id(str(row["actor"])), node_id(str(row["target"])), str(row["relation"])): row
        for row in relations.records()
    }
    there = start in graph and end in graph
    found = chains(graph, start, end, limit=limit, direction="forward" if directed else "any") if there else []
    rows = tuple(row for number, chain in enumerate(found, 1) for row in _rows(graph, number, chain, told))
    return Table(_COLUMNS, rows, relations.checked, "Shortest chains")


def _rows(
    graph: nx.MultiDiGraph[str],
    number: int,
    chain: tuple[Hop, ...],
    told: Mapping[tuple[str, str, str], Mapping[str, Value]],
) -> Iterator[tuple[Value, ...]]:
    for step, hop in enumerate(chain, 1):
        for actor, target, key in hop.edges:
            row = told.get((actor, target, str(graph.edges[actor, target, key]["iri"])))
            if row is not None:
                yield number, step, *(row[column] for column in _TOLD)
