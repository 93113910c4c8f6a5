"""Names: what is called so, and what has such a word in its name."""

from __future__ import annotations

from bench.task import Data, Run, Task
from bench.tasks import stores
from bench.tasks.queries import PROLOGUE
from graph_build.names import names

_SCAN = PROLOGUE + (
    'SELECT DISTINCT ?node { ?node skos:prefLabel|skos:altLabel ?label FILTER ( CONTAINS(LCASE(STR(?label)), "intelligence") ) }'
)


def _ours(data: Data) -> Run:
    index = names(stores.ours(data))
    index.search("warm")
    return lambda: len(index.search("intelligence", most=100_000))


def _bare(data: Data) -> Run:
    store = stores.bare(data)
    return lambda: len(list(store.query(_SCAN, use_default_graph_as_union=True)))  # type: ignore[arg-type]


def _rdflib(data: Data) -> Run:
    graph = stores.in_rdflib(data)
    return lambda: len(list(graph.query(_SCAN)))


TASKS = (
    Task("search", "all whose names hold a word", {"govgraph": _ours, "pyoxigraph": _bare, "rdflib": _rdflib}, most={"rdflib": "100k"}, times=5),
)  # fmt: skip
