"""Page: one country as an HTML file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import networkx as nx

from bench.task import Data, Run, Task
from bench.tasks import stores
from graph_build.network import network
from graph_build.page import explorer

_COUNTRY = "AE"


def _ours(data: Data) -> Run:
    store = stores.ours(data)

    def run() -> str:
        return f"{len(explorer(store, country=_COUNTRY).encode()) / 1e6:.1f} MB"

    return run


def _pyvis(data: Data) -> Run:
    from pyvis.network import Network

    found = network(stores.ours(data), country=_COUNTRY)
    plain: nx.DiGraph[str] = nx.DiGraph()
    plain.add_nodes_from((node, {"label": str(facts.get("label_en", node))}) for node, facts in found.nodes(data=True))
    plain.add_edges_from((start, end, {"title": str(facts["kind"])}) for start, end, facts in found.edges(data=True))

    def run() -> str:
        with tempfile.TemporaryDirectory() as folder:
            page = Network(directed=True, cdn_resources="in_line")
            page.from_nx(plain)
            text = page.generate_html()
            Path(folder, "page.html").write_text(text, encoding="utf-8")
            return f"{Path(folder, 'page.html').stat().st_size / 1e6:.1f} MB"

    return run


TASKS = (
    Task(
        "page",
        "one country as an HTML file that works offline; pyvis draws the network alone",
        {"govgraph": _ours, "pyvis": _pyvis},
        times=2,
    ),
)
