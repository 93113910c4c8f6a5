"""Inference: all agencies, of whatever kind, found along the tree of classes, or read off after a reasoner has closed the graph.

A reasoner infers much else; whoever uses one pays for it once, and again after each change.
"""

from __future__ import annotations

from typing import Any

from bench.task import Data, Run, Task
from bench.tasks import stores
from bench.tasks.queries import PROLOGUE

_ALONG_THE_TREE = PROLOGUE + "SELECT DISTINCT ?body { ?body a/rdfs:subClassOf* gov:SecurityAgency ; a gov:Actor }"
_AS_INFERRED = PROLOGUE + "SELECT DISTINCT ?body { ?body a gov:SecurityAgency , gov:Actor }"


def _ours(data: Data) -> Run:
    store = stores.ours(data)
    return lambda: len(store.select(_ALONG_THE_TREE).rows)


def _bare(data: Data) -> Run:
    store = stores.bare(data)
    return lambda: len(list(store.query(_ALONG_THE_TREE, use_default_graph_as_union=True)))  # type: ignore[arg-type]


def _owlrl(data: Data) -> Run:
    import owlrl

    graph = stores.in_rdflib(data)

    def run() -> int:
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
        return len(list(graph.query(_AS_INFERRED)))

    return run


def _kglab(data: Data) -> Run:
    known: Any = stores.in_kglab(data)

    def run() -> int:
        known.infer_owlrl_closure()
        return len(list(known.rdf_graph().query(_AS_INFERRED)))

    return run


TASKS = (
    Task(
        "inference",
        "all agencies of any kind: asked along the tree of classes; owlrl and kglab infer all that OWL 2 RL can first",
        {"govgraph": _ours, "pyoxigraph": _bare, "owlrl": _owlrl, "kglab": _kglab},
        most={"owlrl": "10k", "kglab": "10k"},
    ),
)
