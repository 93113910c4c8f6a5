from __future__ import annotations

import json
from typing import Any

from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from graph_build.resources import resource
from graph_build.vocabulary import PREFIXES
from tests.ontology.graphs import HERE, ontology

_DOCUMENT: dict[str, Any] = {
    "@id": "rel:ua-1",
    "@type": "gov:Oversight",
    "actor": {"@id": "id:ua-committee", "label": {"en": "Committee", "uk": "Комітет"}},
    "target": "id:ua-service",
    "modality": "mod:normative",
    "function": ["fn:scrutiny", "fn:inspection"],
    "phrase": {"en": "examines"},
    "negated": True,
    "start": "2018-07-08",
    "amount": "12.50",
    "hasStatus": "status:accepted",
    "legalBasis": "src:ua-law--art-6",
}
_SAME = """
rel:ua-1 a gov:Oversight ; gov:actor id:ua-committee ; gov:target id:ua-service ; gov:modality mod:normative ;
  gov:function fn:scrutiny, fn:inspection ; gov:phrase "examines"@en ; gov:negated true ; schema:startDate "2018-07-08"^^xsd:date ;
  gov:amount "12.50"^^xsd:decimal ; adms:status status:accepted ; gov:legalBasis src:ua-law--art-6 .
id:ua-committee skos:prefLabel "Committee"@en, "Комітет"@uk .
"""


def _context() -> dict[str, Any]:
    context: dict[str, Any] = json.loads(resource("ontology").joinpath("context.jsonld").read_text(encoding="utf-8"))
    inner: dict[str, Any] = context["@context"]
    return inner


def _read(document: dict[str, Any]) -> Graph:
    data = Dataset().parse(data=json.dumps({"@context": _context(), **document}), format="json-ld")
    graph = Graph()
    for subject, predicate, value, _ in data.quads():
        graph.add((subject, predicate, value))
    return graph


def test_a_document_says_the_same_as_its_turtle() -> None:
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    assert isomorphic(_read(_DOCUMENT), Graph().parse(data=prefixes + _SAME, format="turtle"))


def test_the_context_has_the_prefixes_of_the_project() -> None:
    assert {prefix: _context().get(prefix) for prefix in PREFIXES} == PREFIXES


def test_no_property_of_a_node_is_forgotten() -> None:
    said = {term["@id"] if isinstance(term, dict) else term for term in _context().values()}
    query = """SELECT ?property WHERE {
      { ?property a owl:ObjectProperty } UNION { ?property a owl:DatatypeProperty }
      FILTER NOT EXISTS { ?property gov:projects ?kind } }"""
    found = ontology().query(query, initNs={"gov": PREFIXES["gov"], "owl": PREFIXES["owl"]})
    properties = {str(row[0]).replace(PREFIXES["gov"], "gov:") for row in found if isinstance(row, tuple)}
    assert len(properties) > 30
    assert properties - said == set()


def test_a_good_file_survives_the_way_there_and_back() -> None:
    good = Graph().parse(HERE / "good.ttl")
    there = good.serialize(format="json-ld", context=_context(), auto_compact=False)
    back = Graph().parse(data=there, format="json-ld")
    assert isomorphic(good, back)
    assert '"uk": "Комітет з безпеки"' in there
