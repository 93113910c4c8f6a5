"""What the shape of the network says, against networkx."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx

from bench.task import Data, Run, Task
from bench.tasks import stores
from graph_build.measures import betweenness, communities, pagerank, ties
from graph_build.network import direct_network


def _of(measure: Callable[[Any], Any]) -> Callable[[Data], Run]:
    def make(data: Data) -> Run:
        graph = direct_network(stores.ours(data))
        return lambda: len(measure(graph))

    return make


def _louvain(graph: Any) -> Any:
    return nx.community.louvain_communities(nx.Graph(ties(graph)), seed=7)


TASKS = (
    Task("betweenness", "directed, all actors", {
        "govgraph": _of(betweenness), "networkx": _of(nx.betweenness_centrality),
    }, most={"networkx": "100k"}),
    Task("pagerank", "all actors", {"govgraph": _of(pagerank), "networkx": _of(nx.pagerank)}),
    Task("communities", "all actors, Louvain", {"govgraph": _of(communities), "networkx": _of(_louvain)}),
)  # fmt: skip
