"""One question put to each engine in the same SPARQL: of a point, of a chain, and of the whole graph."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bench.task import Data, Run, Task
from bench.tasks import stores
from graph_build.vocabulary import PREFIXES

PROLOGUE: Final = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def _text(name: str) -> str:
    return PROLOGUE + Path(__file__).with_name(f"{name}.rq").read_text(encoding="utf-8")


def _ours(name: str, data: Data) -> Run:
    store, text = stores.ours(data), _text(name)
    return lambda: len(store.select(text).rows)


def _bare(name: str, data: Data) -> Run:
    store, text = stores.bare(data), _text(name)
    return lambda: len(list(store.query(text, use_default_graph_as_union=True)))  # type: ignore[arg-type]


def _rdflib(name: str, data: Data) -> Run:
    graph, text = stores.in_rdflib(data), _text(name)
    return lambda: len(list(graph.query(text)))


def _oxrdflib(name: str, data: Data) -> Run:
    graph, text = stores.in_oxrdflib(data), _text(name)
    return lambda: len(list(graph.query(text)))


def _kglab(name: str, data: Data) -> Run:
    graph, text = stores.in_kglab(data), _text(name)
    return lambda: len(graph.query_as_df(text))


def _maplib(name: str, data: Data) -> Run:
    model, text = stores.in_maplib(data), _text(name)
    return lambda: len(model.query(text))


def _task(name: str, what: str, times: int) -> Task:
    tools = {
        "govgraph": _ours, "pyoxigraph": _bare, "oxrdflib": _oxrdflib, "rdflib": _rdflib, "kglab": _kglab, "maplib": _maplib,
    }  # fmt: skip
    made = {tool: lambda data, make=make: make(name, data) for tool, make in tools.items()}
    return Task(name, what, made, most={"rdflib": "100k", "kglab": "100k", "oxrdflib": "1M"}, times=times)


TASKS = (
    _task("point", "who oversees one agency", 20),
    _task("chain", "whom a unit answers to, step by step to the end", 20),
    _task("whole", "agencies of all countries that nobody outside the executive oversees, told by sets", 5),
)
