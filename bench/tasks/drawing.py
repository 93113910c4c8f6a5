"""Layout: a place for every node of the network."""

from __future__ import annotations

from typing import Any

import networkx as nx

from bench.task import Data, Run, Task
from bench.tasks import stores
from graph_build.layout import layout
from graph_build.network import direct_network


def _ours(data: Data) -> Run:
    graph = direct_network(stores.ours(data))
    return lambda: len(layout(graph))


def _networkx(data: Data) -> Run:
    graph: nx.Graph[Any] = nx.Graph(direct_network(stores.ours(data)))
    return lambda: len(nx.spring_layout(graph, seed=7))


TASKS = (
    Task("layout", "a place for every node", {"govgraph": _ours, "networkx": _networkx}, most={"networkx": "100k"}),
)
