"""What the shape of the network says, against networkx."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import rustworkx as rx

from bench.task import Data, Run, Task
from bench.tasks import stores
from graph_build.measures import betweenness, communities, pagerank, ties
from graph_build.network import direct_network
from graph_build.sampling import undirected_betweenness


def _of(measure: Callable[[Any], Any]) -> Callable[[Data], Run]:
    def make(data: Data) -> Run:
        graph = direct_network(stores.ours(data))
        return lambda: len(measure(graph))

    return make


def _pivots_of_networkx(graph: Any) -> Any:
    plain = ties(graph).to_undirected()
    return nx.betweenness_centrality(plain, k=min(2000, len(plain)), seed=7)


def _exact(graph: Any) -> Any:
    plain = rx.networkx_converter(ties(graph).to_undirected())
    return rx.graph_betweenness_centrality(plain)  # type: ignore[arg-type]  # undirected as the graph that it is made of


def _louvain(graph: Any) -> Any:
    return nx.community.louvain_communities(nx.Graph(ties(graph)), seed=7)


TASKS = (
    Task("betweenness", "directed, all actors", {
        "govgraph": _of(betweenness), "networkx": _of(nx.betweenness_centrality),
    }, most={"networkx": "100k"}),
    Task("betweenness-undirected", "undirected, from 2,000 pivots; rustworkx tries every node", {
        "govgraph": _of(undirected_betweenness), "rustworkx": _of(_exact), "networkx": _of(_pivots_of_networkx),
    }, most={"networkx": "10k", "rustworkx": "1M"}),
    Task("pagerank", "all actors", {"govgraph": _of(pagerank), "networkx": _of(nx.pagerank)}),
    Task("communities", "all actors, Louvain", {"govgraph": _of(communities), "networkx": _of(_louvain)}),
)  # fmt: skip
