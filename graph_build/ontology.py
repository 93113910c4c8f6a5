"""The ontology as a graph: what is built into every store beside the datasets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from graph_build.vocabulary import ONTOLOGY_GRAPH, SUBCLASS_OF, ontology_files, term


def ontology_quads() -> Iterator[Quad]:
    """Give the triples of the ontology and its schemes, in the ontology's graph."""
    for entry in ontology_files():
        for quad in parse(entry.read_bytes(), format=RdfFormat.TURTLE):
            yield Quad(quad.subject, quad.predicate, quad.object, ONTOLOGY_GRAPH)


@cache
def organisation_types() -> frozenset[str]:
    """Return the IRIs of the actor types whose members are organisations, not groups, persons or posts."""
    store = Store()
    store.extend(ontology_quads())
    found: set[str] = set()
    wider = {term("org:Organization")}
    while wider:
        narrower = {quad.subject for node in wider for quad in store.quads_for_pattern(None, SUBCLASS_OF, node, None)}
        wider = {node for node in narrower if isinstance(node, NamedNode) and node.value not in found}
        found |= {node.value for node in wider}
    return frozenset(found)
