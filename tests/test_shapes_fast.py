"""The fast path finds what pySHACL finds, neither more nor less."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from pathlib import Path
from time import process_time

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from graph_build.builder import build_store
from graph_build.errors import InputError
from graph_build.ontology import ontology_quads
from graph_build.resources import resource
from graph_build.shapes import ShapeResult, short
from graph_build.shapes_select import in_sets
from graph_build.store import EmbeddedStore
from graph_build.validate import ShapesReport, validate_shapes, validate_shapes_of_record
from graph_build.vocabulary import PREFIXES, term
from tests.ontology.graphs import BREAKING, HERE

MINI = Path(__file__).parent / "data" / "mini"
NORMS = resource("datasets").joinpath("norms")
INTERNATIONAL = resource("datasets").joinpath("international")  # where the bodies that norms names live
GRAPH = term("dataset:broken")
FILES = [*BREAKING, HERE / "good.ttl"]
HEAD = "".join(
    f"@prefix {prefix}: <{base}> .\n" for prefix, base in {**PREFIXES, "sh": "http://www.w3.org/ns/shacl#"}.items()
)


@cache
def quads_of(path: Path) -> tuple[Quad, ...]:
    return tuple(
        Quad(quad.subject, quad.predicate, quad.object, GRAPH)
        for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE)
    )


def store_of(*paths: Path) -> EmbeddedStore:
    store = EmbeddedStore.memory()
    store.extend(ontology_quads())
    for path in paths:
        store.extend(quads_of(path))
    return store


def turtle_store(text: str) -> EmbeddedStore:
    store = EmbeddedStore.memory()
    store.load_trig(f"{HEAD} GRAPH <{GRAPH.value}> {{ {text} }}".encode())
    return store


@cache
def record() -> ShapesReport:
    """What pySHACL finds in all files at once, for they share no node: one run instead of a hundred."""
    return validate_shapes_of_record(store_of(*FILES))


def of_file(path: Path, report: ShapesReport) -> list[ShapeResult]:
    """The findings on nodes of a file; only one file has a finding on a blank node, which has no name."""
    nodes = {quad.subject for quad in quads_of(path)}
    own = {short(node.value) if isinstance(node, NamedNode) else "" for node in nodes}
    return [result for result in report.results if result.focus in own or result.value in own - {""}]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_breaking_file_has_the_same_findings(path: Path) -> None:
    found = validate_shapes(store_of(path))
    assert list(found.results) == of_file(path, record())
    assert bool(found.results) == (path.stem != "good")


def test_all_breaking_files_at_once_have_the_same_findings() -> None:
    assert validate_shapes(store_of(*FILES)) == record()
    assert len(record().results) >= len(BREAKING)


@pytest.mark.parametrize("sources", [[MINI], [NORMS, INTERNATIONAL]], ids=["mini", "norms"])
def test_a_dataset_has_the_same_findings(sources: list[Path]) -> None:
    store = build_store(sources)
    assert validate_shapes(store) == validate_shapes_of_record(store)


def test_the_bundled_norms_take_less_than_a_second() -> None:
    store = build_store([NORMS, INTERNATIONAL])
    start = process_time()
    validate_shapes(store)
    assert process_time() - start < 1


def objects(number: int) -> list[NamedNode | BlankNode | Literal]:
    return [
        term(f"id:nobody-{number}"),
        term("mod:normative"),
        term("gov:Oversight"),
        term("topic:budget"),
        BlankNode(f"b{number}"),
        Literal(""),
        Literal("x" * 301),
        Literal("words", language="en"),
        Literal("слова", language="uk-UA"),
        Literal("Words", language="EN"),
        Literal("2020-02-30", datatype=term("xsd:date")),
        Literal("2020-02-28", datatype=term("xsd:date")),
        Literal("2020-02-28T00:00:00", datatype=term("xsd:dateTime")),
        Literal("-1", datatype=term("xsd:integer")),
        Literal("1.50", datatype=term("xsd:decimal")),
        Literal("many", datatype=term("xsd:integer")),
        Literal("99999999999999999999", datatype=term("xsd:integer")),
        Literal("true", datatype=term("xsd:boolean")),
        Literal("false", datatype=term("xsd:boolean")),
    ]


PLACES = [Literal(number) for number in (-1, 0, 60, 999)]
DAYS = [Literal(f"{year}-02-28", datatype=term("xsd:date")) for year in (1900, 1990, 2010, 2099)]
COMPARED = {
    term("oa:start"): PLACES,
    term("oa:end"): PLACES,
    term("schema:startDate"): DAYS,
    term("schema:endDate"): DAYS,
    term("schema:foundingDate"): DAYS,
    term("schema:dissolutionDate"): DAYS,
    term("eli:first_date_entry_in_force"): DAYS,
    term("eli:date_no_longer_in_force"): DAYS,
}
"""What is compared gets values that can be, for pySHACL ends with an error on others (a test of its own, below)."""


@cache
def damaged(seed: int) -> EmbeddedStore:
    """Take away, change or double a part of the triples of the small dataset."""
    store, chance = build_store([MINI]), random.Random(seed)
    graph = term("dataset:mini")
    for number, quad in enumerate(sorted(store.engine.quads_for_pattern(None, None, None, graph), key=str)):
        what = chance.random()
        choice = objects(number)[:4] if quad.predicate == term("rdf:type") else objects(number)
        new = chance.choice([*COMPARED.get(quad.predicate, choice)])
        if what < 0.2:
            store.engine.remove(quad)
        if 0.1 < what < 0.4:
            store.engine.add(Quad(quad.subject, quad.predicate, new, graph))
    return store


@pytest.mark.parametrize("seed", [1, 2])
def test_a_damaged_dataset_has_the_same_findings(seed: int) -> None:
    found, expected = validate_shapes(damaged(seed)), validate_shapes_of_record(damaged(seed))
    assert Counter(found.results) == Counter(expected.results)
    shapes = {result.shape.rpartition("#")[2] for result in found.results}
    assert len(shapes) > 30
    assert "DirectTriple" in shapes


def test_values_that_cannot_be_compared_are_found() -> None:
    """SHACL says so; pySHACL orders a string before a date, and ends with an error on a number beside a date."""
    store = turtle_store(
        "id:a schema:foundingDate '1950-01-01'^^xsd:date ; schema:dissolutionDate 'never', 1960, _:b ."
    )
    found = [result for result in validate_shapes(store).results if result.shape.endswith("FoundedBeforeDissolved")]
    assert [result.value for result in found] == ["1950-01-01"] * 3


OTHER_SHAPES = f"""{HEAD}
gov:s1 a sh:NodeShape ; sh:targetObjectsOf gov:p ; sh:message "object"@en ;
    sh:and ( [ sh:nodeKind sh:IRI ] [ sh:class gov:A ] ) .
gov:s2 a sh:PropertyShape ; sh:targetClass gov:A ; sh:path gov:p ; sh:message "two" ; sh:minCount 2 ; sh:severity sh:Info .
gov:s3 a sh:PropertyShape ; sh:targetClass gov:A ; sh:path gov:p ; sh:message "node" ; sh:node gov:s4 .
gov:s4 a sh:NodeShape ; sh:property [ sh:path gov:q ; sh:maxCount 1 ; sh:datatype xsd:integer ] ; sh:nodeKind sh:BlankNodeOrIRI .
gov:s5 a sh:PropertyShape ; sh:targetClass gov:A ; sh:path gov:p ; sh:message "disjoint" ; sh:disjoint gov:q .
gov:s6 a sh:PropertyShape ; sh:targetNode gov:a1, gov:a2, gov:absent ; sh:path ( gov:p [ sh:inversePath gov:p ] ) ; sh:message "same" ;
    sh:qualifiedValueShape [ sh:class gov:A ; sh:not [ sh:hasValue gov:a1 ; sh:path gov:q ] ] ; sh:qualifiedMinCount 2 ;
    sh:qualifiedMaxCount 2 .
gov:s7 a sh:PropertyShape ; sh:targetSubjectsOf gov:q ; sh:targetClass gov:A ; sh:path gov:q ; sh:message "q" ;
    sh:or ( [ sh:and ( [ sh:datatype xsd:integer ] [ sh:minInclusive 2 ] ) ] [ sh:in ( gov:a1 "b"@en ) ] [ sh:nodeKind sh:BlankNode ] ) .
gov:s8 a sh:NodeShape ; sh:targetClass gov:A ; sh:message "in" ; sh:in ( gov:a1 ) ; sh:node [ sh:property [ sh:path gov:q ; sh:minCount 1 ] ] .
"""
OTHER_DATA = """
gov:B rdfs:subClassOf gov:A . gov:C rdfs:subClassOf gov:B .
gov:a1 a gov:A ; gov:p gov:a1, gov:a2, "x" ; gov:q 1, 2, gov:a1 .
gov:a2 a gov:B ; gov:p gov:a1, gov:a2, gov:a3, gov:a4 ; gov:q gov:a2, "b"@en, "b" .
gov:a3 a gov:C ; gov:p gov:a3 ; gov:q gov:a3 .
gov:a4 a gov:D ; gov:p [ gov:q 3 ] ; gov:q [] .
"""


def test_what_the_ontology_does_not_use_yet_has_the_same_findings() -> None:
    store = turtle_store(OTHER_DATA)
    found = validate_shapes(store, OTHER_SHAPES.encode())
    assert found == validate_shapes_of_record(store, OTHER_SHAPES.encode())
    assert {result.message for result in found.results} == {"object", "two", "node", "disjoint", "same", "q", "in"}


PROPERTY = "a sh:PropertyShape ; sh:message 'm' ; sh:targetClass gov:A ; sh:path"


@pytest.mark.parametrize(
    ("shapes", "reason"),
    [
        ("gov:s a sh:NodeShape ; sh:message 'm' ; sh:targetClass gov:A ; sh:closed true .", "has sh:closed"),
        ("gov:s a sh:NodeShape, rdfs:Class ; sh:message 'm' ; sh:class gov:A .", "is used by no shape"),
        ("gov:s a sh:NodeShape, rdfs:Class ; sh:targetClass gov:B ; sh:class gov:A .", "something else than a shape"),
        ("gov:s a sh:NodeShape ; sh:targetClass gov:A ; sh:class gov:B .", "has no message"),
        ("gov:s a sh:NodeShape ; sh:message 'm' ; sh:targetClass gov:A ; sh:minCount 1 .", "without sh:path"),
        (f"gov:s {PROPERTY} [ sh:zeroOrOnePath gov:p ] ; sh:minCount 1 .", "sh:zeroOrOnePath"),
        (f"gov:s {PROPERTY} gov:p ; sh:qualifiedMinCount 1 .", "has sh:qualifiedMinCount"),
        (f"gov:s {PROPERTY} gov:p ; sh:severity gov:Fatal ; sh:minCount 1 .", "has the severity"),
        (f"gov:s {PROPERTY} gov:p ; sh:hasValue [] .", "compares with a blank node"),
        (f"gov:s {PROPERTY} gov:p ; sh:property [ sh:path gov:q ; sh:minCount 1 ] .", "sh:property beside sh:path"),
        (f"gov:s {PROPERTY} gov:p ; sh:node gov:s .", "is a shape that holds itself"),
        (f"gov:s {PROPERTY} gov:p ; sh:node gov:nowhere .", "is not described in the file"),
        (f"gov:s {PROPERTY} gov:p ; sh:class gov:B . gov:t a sh:NodeShape ; sh:class gov:C .", "is used by no shape"),
        (f"gov:s {PROPERTY} gov:p ; sh:datatype xsd:gYear .", "is no datatype that is known here"),
        (f"gov:s {PROPERTY} gov:p ; sh:nodeKind sh:Any .", "is no node kind that is known here"),
        (f"gov:s {PROPERTY} gov:p ; sh:sparql [ sh:message 'm' ; sh:ask 'ASK {{}}' ] .", "SPARQL constraint of a form"),
        (f"gov:s {PROPERTY} gov:p ; sh:not [ sh:sparql [ sh:message 'm' ; sh:select '' ] ] .", "inside another"),
    ],
)
def test_what_is_not_known_is_an_error_and_never_passed_over(shapes: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        validate_shapes(EmbeddedStore.memory(), (HEAD + shapes).encode())


SELECT = """gov:s a sh:NodeShape ; sh:targetClass gov:A ; sh:severity sh:Warning ; sh:sparql [ sh:prefixes gov:n ;
    sh:message "{?other} is {$value} of {$this} and {?nothing}"@en ; sh:select '''SELECT $this ?value ?other WHERE {
        $this g:p ?value . ?other g:q ?any
        FILTER NOT EXISTS { $this g:q ?value }
        FILTER NOT EXISTS { ?other g:p ?found FILTER ( ?found = ?value ) FILTER EXISTS { ?found a g:A } } }''' ] .
gov:n a owl:Ontology ; sh:declare [ sh:prefix "g" ; sh:namespace "https://w3id.org/govgraph/ontology#"^^xsd:anyURI ] .
"""


def test_a_sparql_constraint_of_many_nodes_has_the_same_findings() -> None:
    store = turtle_store(OTHER_DATA.replace("[ gov:q 3 ]", "3"))
    found = validate_shapes(store, (HEAD + SELECT).encode())
    assert Counter(found.results) == Counter(validate_shapes_of_record(store, (HEAD + SELECT).encode()).results)
    assert "of https://w3id.org/govgraph/ontology#a2 and {?nothing}" in found.results[-1].message


@pytest.mark.parametrize(
    "inner", ["{ ?a <urn:q> ?c } UNION { ?c <urn:q> ?a }", "BIND(?b AS ?c)", "?a <urn:q>* ?c", "{ ?a <urn:q> ?c }"]
)
def test_only_plain_patterns_are_asked_in_sets(inner: str) -> None:
    query = f"SELECT ?a {{ ?a <urn:p> ?b FILTER NOT EXISTS {{ {inner} }} }}"
    assert in_sets(query) == query
    union = "SELECT ?a { { ?a <urn:p> ?b FILTER NOT EXISTS { ?b <urn:q> ?a } } UNION { ?a <urn:r> '{' } }"
    assert in_sets(union) == union
