from __future__ import annotations

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, URIRef
from rdflib.term import Node

from tests.ontology.graphs import HERE, ontology

_BANNED_TYPES = (
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.ReflexiveProperty,
)
_BANNED_PREDICATES = (
    OWL.hasKey,
    OWL.cardinality,
    OWL.minCardinality,
    OWL.maxCardinality,
    OWL.qualifiedCardinality,
    OWL.minQualifiedCardinality,
    OWL.maxQualifiedCardinality,
    OWL.disjointUnionOf,
    OWL.hasSelf,
    OWL.imports,
    OWL.sameAs,
)
_SUPER_ONLY = (OWL.complementOf, OWL.allValuesFrom)
_SUB_ONLY = (OWL.unionOf, OWL.oneOf, OWL.someValuesFrom)
_NOT_A_DATATYPE_OF_OWL = (XSD.date, XSD.time, XSD.gYear, XSD.gYearMonth, XSD.duration)


def violations(graph: Graph) -> list[str]:
    """Say what in a graph is outside OWL 2 RL, or is banned by the rules of the house because it merges individuals.

    Looked at: types and predicates that are banned; class expressions in the position of a superclass (range, domain and
    the right of a subclass) or of a subclass; data types that OWL does not know.
    """
    found = [f"{_said(node)} is a {_said(kind)}" for kind in _BANNED_TYPES for node in graph.subjects(RDF.type, kind)]
    found += [
        f"{_said(node)} has {_said(banned)}" for banned in _BANNED_PREDICATES for node in graph.subjects(banned, None)
    ]
    for node, expression in _superclasses(graph):
        found += [f"{_said(node)}: {_said(term)} above" for term in _SUB_ONLY if (expression, term, None) in graph]
    for node, expression in _subclasses(graph):
        found += [f"{_said(node)}: {_said(term)} below" for term in _SUPER_ONLY if (expression, term, None) in graph]
    for node, datatype in graph.subject_objects(RDFS.range):
        if datatype in _NOT_A_DATATYPE_OF_OWL:
            found.append(f"{_said(node)} has the range {_said(datatype)}")
    return sorted(found)


def _superclasses(graph: Graph) -> list[tuple[Node, Node]]:
    above = (RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.equivalentClass)
    return [pair for predicate in above for pair in graph.subject_objects(predicate)]


def _subclasses(graph: Graph) -> list[tuple[Node, Node]]:
    below = [(node, node) for node in graph.subjects(RDFS.subClassOf, None)]
    return below + [pair for term in (OWL.equivalentClass, OWL.disjointWith) for pair in graph.subject_objects(term)]


def _said(node: Node) -> str:
    return "an expression" if isinstance(node, BNode) else str(node).replace("#", "/").rpartition("/")[2]


def test_the_ontology_is_in_owl_2_rl() -> None:
    assert violations(ontology()) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (":p a owl:FunctionalProperty .", "p is a FunctionalProperty"),
        (":p a owl:InverseFunctionalProperty .", "p is a InverseFunctionalProperty"),
        (":A owl:hasKey ( :p ) .", "A has hasKey"),
        (":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 1 ] .", "an expression has maxCardinality"),
        (":p rdfs:domain [ owl:unionOf ( :A :B ) ] .", "p: unionOf above"),
        (":p rdfs:range [ owl:unionOf ( :A :B ) ] .", "p: unionOf above"),
        (":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :B ] .", "A: someValuesFrom above"),
        ("[ owl:complementOf :A ] rdfs:subClassOf :B .", "an expression: complementOf below"),
        (":A owl:equivalentClass [ owl:onProperty :p ; owl:allValuesFrom :B ] .", "A: allValuesFrom below"),
        (":p rdfs:range xsd:date .", "p has the range date"),
        ("<> owl:imports <http://www.w3.org/ns/org> .", " has imports"),
        (":a owl:sameAs :b .", "a has sameAs"),
    ],
)
def test_the_checker_finds_what_is_outside(line: str, expected: str) -> None:
    prefixes = "@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
    prefixes += (
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    )
    found = violations(Graph().parse(data=prefixes + line, format="turtle", publicID="http://example.org/"))
    assert [one for one in found if one.endswith(expected)], found


def _closure(*data: Graph) -> Graph:
    """Reason over the ontology and the data; labels and definitions give nothing but work, and are left out."""
    graph = Graph()
    for part in (ontology(), *data):
        for triple in part:
            if getattr(triple[2], "language", None) is None:
                graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    return graph


def _errors(graph: Graph) -> list[str]:
    """Return the messages of the reasoner: owlrl raises nothing, it writes them into the graph."""
    return [str(text) for _, predicate, text in graph if str(predicate).endswith("agent-ont#error")]


def test_reasoning_finds_no_contradiction_and_merges_nobody() -> None:
    closed = _closure(Graph().parse(HERE / "good.ttl"))
    assert _errors(closed) == []
    assert [pair for pair in closed.subject_objects(OWL.sameAs) if pair[0] != pair[1]] == []
    service, sector = (URIRef(f"https://w3id.org/govgraph/id/{name}") for name in ("good-service", "good-secrecy"))
    organisation = URIRef("http://www.w3.org/ns/org#Organization")
    assert (service, RDF.type, organisation) in closed
    assert (sector, RDF.type, organisation) not in closed


def test_reasoning_finds_an_actor_that_is_a_thing() -> None:
    both = "@prefix gov: <https://w3id.org/govgraph/ontology#> . <http://example.org/x> a gov:Police, gov:Budget ."
    assert _errors(_closure(Graph().parse(data=both, format="turtle")))
