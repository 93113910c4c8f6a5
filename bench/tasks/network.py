"""From RDF to networkx: who stands to whom, and the same with all that is said of each relation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
from pyoxigraph import Literal, NamedNode

from bench.task import Data, Run, Task
from bench.tasks import stores
from graph_build.network import direct_network, network
from graph_build.vocabulary import PREFIXES, term, vocabulary

if TYPE_CHECKING:
    import rdflib

_ACTOR, _TARGET = term("gov:actor").value, term("gov:target").value


def _properties() -> list[NamedNode]:
    return [NamedNode(iri) for kind in vocabulary().kinds.values() for _, iri in kind.direct]


def _ours(data: Data) -> Run:
    store = stores.ours(data)
    return lambda: direct_network(store).number_of_edges()


def _bare(data: Data) -> Run:
    store, properties = stores.bare(data), _properties()

    def run() -> int:
        graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
        for prop in properties:
            for quad in store.quads_for_pattern(None, prop, None):
                graph.add_edge(quad.subject.value, quad.object.value, prop.value)  # type: ignore[union-attr]
        return graph.number_of_edges()

    return run


def _direct(data: Data) -> rdflib.Graph:
    import rdflib

    wanted, graph = {rdflib.URIRef(prop.value) for prop in _properties()}, rdflib.Graph()
    for triple in stores.in_rdflib(data):
        if triple[1] in wanted:
            graph.add(triple)
    return graph


def _rdflib(data: Data) -> Run:
    from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph as converted

    graph = _direct(data)
    return lambda: int(converted(graph).number_of_edges())


def _kglab(data: Data) -> Run:
    import kglab

    graph = kglab.KnowledgeGraph(import_graph=_direct(data))
    text = "SELECT ?subject ?object WHERE { ?subject ?property ?object }"
    return lambda: int(kglab.SubgraphMatrix(graph, text).build_nx_graph(nx.DiGraph()).number_of_edges())


def _ours_described(data: Data) -> Run:
    store = stores.ours(data)
    return lambda: network(store, drafts=True, hidden=True).number_of_edges()


def _bare_described(data: Data) -> Run:
    store, relations = stores.bare(data), PREFIXES["rel"]

    def run() -> int:
        said: dict[str, dict[str, Any]] = {}
        for quad in store:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object.value)
        graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
        for node, facts in said.items():
            if node.startswith(relations):
                graph.add_edge(facts[_ACTOR][0], facts[_TARGET][0], node, **facts)
        graph.add_nodes_from((node, said[node]) for node in list(graph) if node in said)
        return graph.number_of_edges()

    return run


TASKS = (
    Task(
        "network",
        "direct triples to a networkx graph; pyoxigraph is bare iteration over quads",
        {"govgraph": _ours, "pyoxigraph": _bare, "rdflib.extras": _rdflib, "kglab": _kglab},
        most={"kglab": "100k", "rdflib.extras": "1M"},
        times=5,
    ),
    Task(
        "network-described",
        "relations to a networkx graph with all that is said of them and their ends",
        {"govgraph": _ours_described, "pyoxigraph": _bare_described},
        times=3,
    ),
)
