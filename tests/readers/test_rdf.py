"""RDF in six syntaxes and the words of six vocabularies; our own graph read back; and files made to harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse, serialize

from graph_build.atlas import build_folder
from graph_build.errors import InputError
from graph_build.readers.formats import import_source, recognise
from tests.readers.conversion import DATA, same_quads
from tests.readers.drawn import counts, imported, messages, told, types, written

real = pytest.mark.skipif(not DATA.exists(), reason="the files of others are not here")

ORG = """# a comment first
@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix schema: <http://schema.org/> . @prefix time: <http://www.w3.org/2006/time#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix opengov: <http://www.w3.org/ns/opengov#> . @prefix ex: <http://example.org/> .

ex:rada a org:FormalOrganization, org:Organization ; skos:prefLabel "Parliament"@en, "Рада"@uk, "Parlament"@de ;
  org:classification [ a skos:Concept ; skos:prefLabel "Legislature" ] ; schema:foundingDate "1990-05"^^xsd:gYearMonth ;
  owl:sameAs <http://www.wikidata.org/entity/Q1> ; dct:identifier "00032684" ; ex:seats 450, 451 ; ex:colour "blue" .
ex:committee a org:OrganizationalUnit ; skos:prefLabel "Committee" ; org:unitOf ex:rada ; org:reportsTo ex:rada ; org:linkedTo ex:nowhere, "text" .
ex:chair a org:Post ; skos:prefLabel "Chair" ; org:postIn ex:committee ; org:heldBy ex:ann .
ex:ann a foaf:Person ; foaf:name "Ann" ; foaf:mbox <mailto:a@example.org> .
ex:party a schema:PoliticalParty ; schema:name "Greens" ; schema:funder ex:donor .
ex:donor foaf:name "A donor" .
ex:loose foaf:name "Nobody says what" .
[] a org:Membership ; org:member ex:ann ; org:organization ex:committee ; opengov:onBehalfOf ex:party ;
  org:role [ a org:Role ; skos:prefLabel "Chair"@en ] ; dct:source <https://example.org/page> ;
  org:memberDuring [ a time:Interval ; time:hasBeginning [ a time:Instant ; time:inXSDDateTime "2019-08-29T00:00:00Z"^^xsd:dateTime ] ;
                     time:hasEnd [ a time:Instant ; time:inXSDDate "2023-01-02"^^xsd:date ] ] .
[] a org:Membership ; org:member ex:ann .
ex:place a ex:Building ; skos:prefLabel "A building" .
"""
TOLD = {
    ("Committee", "composition", "Parliament", ""),
    ("Committee", "accountability", "Parliament", "reports to"),
    ("Chair", "composition", "Committee", ""),
    ("Ann", "membership", "Chair", "holds the post of"),
    ("Ann", "membership", "Committee", ""),
    ("Ann", "representation", "Greens", "sits on behalf of"),
    ("A donor", "funding", "Greens", ""),
}


def test_the_words_of_org_popolo_foaf_and_schema_org(tmp_path: Path) -> None:
    made = written(tmp_path / "bodies.ttl", ORG)
    assert told(made) == TOLD
    assert types(made) == {
        "Parliament": ("parliament",),
        "Committee": ("organisation",),
        "Chair": ("post",),
        "Ann": ("person",),
        "Greens": ("party",),
        "A donor": ("unclassified",),
    }
    rada = made.actors[0]
    assert (rada.label_uk, rada.alt_labels, rada.founded) == ("Рада", ("Parlament@de",), "1990-05")
    assert (rada.exact_match, rada.identifiers) == (("http://example.org/rada", "Q1"), ("00032684",))
    seat = next(r for r in made.relations if r.role)
    assert (seat.role, seat.start, seat.end) == ("Chair", "2019-08-29", "2023-01-02")
    assert {(r.modality, r.verified, r.status, r.confidence) for r in made.relations} == {
        ("actual", "secondary", "accepted", "")
    }
    cited = {source.url for source in made.sources} - {""}
    assert cited == {"https://example.org/page"}


def test_what_a_membership_takes_from_nodes_without_a_class_is_not_told_as_lost(tmp_path: Path) -> None:
    text = ORG
    for name in ("skos:Concept", "org:Role", "time:Interval", "time:Instant"):
        text = text.replace(f" a {name} ;", "")
    text = text.replace("time:hasBeginning [", "ex:odd 1 ; time:hasBeginning [")
    made = written(tmp_path / "bodies.ttl", text)
    assert told(made) == TOLD
    seat = next(r for r in made.relations if r.role)
    assert (seat.role, seat.start, seat.end) == ("Chair", "2019-08-29", "2023-01-02")
    assert counts(made)["node"] == (7, 1, 5, 1)  # the donor; two names, the interval and its ends; the loose one
    said = messages(made)
    assert "time:" not in said
    assert 'the property "http://example.org/odd" is not taken over: 1 statements' in said


def test_a_place_keeps_its_address(tmp_path: Path) -> None:
    text = """@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix dct: <http://purl.org/dc/terms/> . <urn:city> skos:prefLabel "City" .
    <urn:a> a org:Organization ; skos:prefLabel "A" ; dct:spatial <http://sws.geonames.org/1>, <urn:city>, "Town", [ skos:prefLabel "Village" ], [] ."""
    (actor,) = written(tmp_path / "places.ttl", text).actors
    assert actor.note == "spatial: http://sws.geonames.org/1; spatial: City (urn:city); spatial: Town; spatial: Village"


def test_what_is_not_known_is_told_with_its_number(tmp_path: Path) -> None:
    made = written(tmp_path / "bodies.ttl", ORG)
    said = messages(made)
    for words in (
        'the property "http://example.org/seats" is not taken over: 2 statements',
        'the property "http://example.org/colour" is not taken over: 1 statements',
        'the property "foaf:mbox" is not taken over: 1',
        '"http://example.org/Building" is no class that is known',
        'it names "http://example.org/nowhere", of which the file says nothing',
        '"text" is a text, not a node',
        "it names no organization",
        "it says neither what it is",
    ):
        assert words in said
    assert counts(made)["org:Membership"] == (2, 1, 0, 1)
    assert counts(made)["org:linkedTo"] == (2, 0, 0, 2)
    assert counts(made)["org:Role"] == (1, 0, 1, 0)
    assert counts(made)["node"] == (2, 1, 0, 1)


@pytest.mark.parametrize(
    ("ending", "form"),
    [
        ("trig", RdfFormat.TRIG),
        ("nt", RdfFormat.N_TRIPLES),
        ("nq", RdfFormat.N_QUADS),
        ("rdf", RdfFormat.RDF_XML),
        ("jsonld", RdfFormat.JSON_LD),
        ("json", RdfFormat.JSON_LD),
        ("txt", RdfFormat.TURTLE),
    ],
)
def test_every_syntax_says_the_same(tmp_path: Path, ending: str, form: RdfFormat) -> None:
    triples = [quad.triple for quad in parse(ORG, format=RdfFormat.TURTLE)]
    path = tmp_path / f"bodies.{ending}"
    with path.open("wb") as file:
        serialize(triples, file, format=form)
    assert told(imported(path)) == TOLD


def test_named_graphs_are_read_as_one_and_told(tmp_path: Path) -> None:
    lines = "".join(
        f'<http://e.org/{name}> <http://xmlns.com/foaf/0.1/name> "{name}" <http://e.org/g{name}> .\n'
        f"<http://e.org/{name}> <http://www.w3.org/ns/org#memberOf> <http://e.org/b> <http://e.org/g{name}> .\n"
        for name in "ab"
    )
    made = written(tmp_path / "no-name", lines)
    assert {one.label_en for one in made.actors} == {"a", "b"}
    assert 'in "2" named graphs' in messages(made)


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    for name in ("a", "b"):
        text = f'_:x a <http://xmlns.com/foaf/0.1/Person> ; <http://xmlns.com/foaf/0.1/name> "{name}" .'
        (tmp_path / f"{name}.ttl").write_text(f"@prefix e: <http://e.org/> .\n{text}", encoding="utf-8")
    assert {one.label_en for one in imported(tmp_path).actors} == {"a", "b"}


def test_our_own_graph_comes_back(tmp_path: Path) -> None:
    here = tmp_path / "own"
    here.mkdir()
    turtle = written(tmp_path / "bodies.ttl", ORG)
    build_folder([tmp_path / "bodies.ttl"], here)
    made = imported(here / "graph.trig")
    assert told(made) == told(turtle)
    assert types(made) == types(turtle)
    assert {(r.role, r.start, r.end, r.status) for r in made.relations} == {
        (r.role, r.start, r.end, r.status) for r in turtle.relations
    }
    assert counts(made)["gov:Membership"] == (2, 2, 0, 0)
    assert counts(made)["gov:memberOf"] == (1, 0, 1, 0)  # the seat that has ended has no direct triple


def test_converts_into_a_folder_that_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "bodies.ttl").write_text(ORG, encoding="utf-8")
    same_quads(tmp_path / "bodies.ttl", tmp_path / "folder")


@real
def test_the_example_of_cpov(tmp_path: Path) -> None:
    made = imported(DATA / "cpov-example/example-rdf_public_organisation.ttl")
    assert types(made) == {"Federal Public Service FINANCE": ("public-institution",)}
    assert len(made.actors[0].alt_labels) == 3
    assert counts(made)["time:Instant"] == (4, 0, 4, 0)
    assert '"foaf:homepage" is not taken over: 4 statements' in messages(made)


@real
def test_a_context_that_stands_elsewhere_is_not_fetched() -> None:
    with pytest.raises(InputError) as caught:
        import_source(DATA / "cpov-example/example-rdf_public_organisation.jsonld")
    assert "nothing is fetched" in str(caught.value.remedy)


@real
@pytest.mark.parametrize("name", ["membership", "organization", "post", "event", "vote", "metadata"])
def test_the_examples_of_popolo(tmp_path: Path, name: str) -> None:
    same_quads(DATA / f"popolo-spec/examples/{name}.ttl", tmp_path / "folder")


ENTITIES = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="http://e.org/&b;"/></rdf:RDF>"""


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("entities.rdf", ENTITIES, "entities"),
        ("cut.ttl", "@prefix e: <http://e.org/> .\ne:a e:b", "not RDF from here on"),
        ("deep.jsonld", '{"@id": "http://e.org/a", "x": ' + '{"y": ' * 100_000 + "1" + "}" * 100_001, "deep"),
        ("deep.ttl", "@prefix e: <http://e.org/> .\ne:a e:b " + "[ e:b " * 100_000, "not RDF from here on"),
        ("open.ttl", "@prefix e: <http://e.org/> .\ne:a e:b " + "(" * 100_000, "not RDF from here on"),
        ("latin.ttl", "@prefix e: <http://e.org/> .\n\ne:a e:b \udcff .", "not RDF from here on"),
    ],
)
def test_a_broken_file_is_one_error_with_its_line(tmp_path: Path, name: str, text: str, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError) as caught:
        import_source(path)
    assert words in " ".join(map(str, caught.value.findings))


@pytest.mark.parametrize("content", ["<html><body/></html>", '{"a": 1}', "name;country\nA;UA\n", "prefix;base\n", ""])
def test_other_files_are_not_taken_for_rdf(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other"
    path.write_text(content, encoding="utf-8")
    form = recognise(path)
    assert form is None or form.name != "rdf"


_PREDICATES = [
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/ns/org#member", "http://www.w3.org/ns/org#organization", "http://www.w3.org/ns/org#subOrganizationOf",
    "http://schema.org/startDate", "https://w3id.org/govgraph/ontology#actor", "https://w3id.org/govgraph/ontology#target",
    "https://w3id.org/govgraph/ontology#oversees", "http://www.w3.org/2002/07/owl#sameAs", "http://e.org/other",
    "https://w3id.org/govgraph/ontology#modality",
]  # fmt: skip
_NODES = [
    *(f"http://e.org/{name}" for name in "abc"), "http://www.w3.org/ns/org#Organization", "http://www.w3.org/ns/org#Membership",
    "https://w3id.org/govgraph/ontology#Oversight", "https://w3id.org/govgraph/ontology#Law", "http://xmlns.com/foaf/0.1/Person",
    "https://w3id.org/govgraph/topic/budget", "https://w3id.org/govgraph/id/norm-x", "https://w3id.org/govgraph/modality/normative",
]  # fmt: skip
_TEXTS = st.text(max_size=8).map(lambda text: json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False))
_OBJECTS = st.one_of(
    st.sampled_from(_NODES).map("<{}>".format), st.sampled_from(["_:a", '"2019-02-31"', '"x"@uk']), _TEXTS
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([*_NODES[:3], _NODES[9]]), st.sampled_from(_PREDICATES), _OBJECTS), min_size=1, max_size=25))  # fmt: skip
def test_any_statements_give_sound_records(tmp_path: Path, statements: list[tuple[str, str, str]]) -> None:
    path = tmp_path / "drawn.ttl"
    lines = "".join(f"<{subject}> <{predicate}> {value} .\n" for subject, predicate, value in statements)
    path.write_text(f"@prefix e: <http://e.org/> .\n{lines}", encoding="utf-8")
    imported(path)


@pytest.mark.parametrize(
    "event",
    [
        "<urn:e> a org:ChangeEvent ; org:originalOrganization <urn:old>, <urn:older> ; org:resultingOrganization <urn:new> ; dct:date '2015-07-02' .",
        "<urn:e> a org:ChangeEvent ; dct:date '2015-07-02' . <urn:old> org:changedBy <urn:e> . <urn:older> org:changedBy <urn:e> . <urn:new> org:resultedFrom <urn:e> .",
    ],
)  # fmt: skip
def test_a_change_of_bodies_is_a_succession(tmp_path: Path, event: str) -> None:
    file = tmp_path / "change.ttl"
    bodies = "".join(
        f"<urn:{name}> a org:Organization ; skos:prefLabel '{name}' . " for name in ("old", "older", "new")
    )
    prefixes = "@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> . "
    file.write_text(prefixes + bodies + event, encoding="utf-8")
    made = import_source(file).dataset()
    names = {actor.id: actor.label_en for actor in made.actors}
    assert {(names[r.actor], r.kind, names[r.target], r.start) for r in made.relations} == {
        ("new", "succession", "old", "2015-07-02"),
        ("new", "succession", "older", "2015-07-02"),
    }
    assert made.findings == ()
    same_quads(file, tmp_path / "folder")


def test_a_change_without_both_sides_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "change.ttl"
    file.write_text("@prefix org: <http://www.w3.org/ns/org#> . <urn:e> a org:ChangeEvent ; org:originalOrganization <urn:a> .", encoding="utf-8")  # fmt: skip
    (finding,) = import_source(file).dataset().findings
    assert "names no organisation after it" in finding.message


@pytest.mark.parametrize("context", ["https://schema.org", "http://www.schema.org/docs/jsonldcontext.json", ["https://schema.org/", {"x": "urn:x"}]])  # fmt: skip
def test_the_context_of_schema_org_is_known(tmp_path: Path, context: object) -> None:
    body = {
        "@context": context, "type": "GovernmentOrganization", "@id": "https://example.org/mod", "name": "Ministry",
        "sameAs": "http://www.wikidata.org/entity/Q1", "parentOrganization": {"@type": "GovernmentOrganization", "@id": "https://example.org/gov", "name": "Government"},
    }  # fmt: skip
    file = tmp_path / "body.jsonld"
    file.write_text(json.dumps(body), encoding="utf-8")
    made = import_source(file).dataset()
    assert [relation.kind for relation in made.relations] == ["composition"]
    assert "Q1" in next(actor.exact_match for actor in made.actors if actor.label_en == "Ministry")


TWICE = """@prefix org: <http://www.w3.org/ns/org#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix ex: <http://example.org/> .
@prefix time: <http://www.w3.org/2006/time#> . @prefix schema: <http://schema.org/> .
ex:ann a foaf:Person ; foaf:name "Ann" . ex:rada a org:Organization ; foaf:name "Rada" .
ex:seat a org:Membership ; org:member ex:ann ; org:organization ex:rada ; {} .
"""


def test_who_was_a_member_twice_has_two_memberships_whatever_comes_first(tmp_path: Path) -> None:
    first = '[ time:hasBeginning [ time:inXSDDate "2010-01-01" ] ]'
    second = '[ schema:startDate "2015" ; schema:endDate "2017" ]'
    for number, said in enumerate((f"{first}, {second}", f"{second}, {first}")):
        file = tmp_path / f"twice{number}.ttl"
        made = written(file, TWICE.replace("{}", f"org:memberDuring {said}"))
        assert [(seat.start, seat.end) for seat in made.relations] == [("2010-01-01", ""), ("2015", "2017")]
        assert messages(made) == ""
        same_quads(file, tmp_path / f"tables{number}")


def test_a_further_start_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    said = 'schema:startDate "2010" ; schema:endDate "2012" ; org:memberDuring [ schema:startDate "2009" ; schema:endDate "2012" ]'
    made = written(tmp_path / "told.ttl", TWICE.replace("{}", said))
    assert [(seat.start, seat.end) for seat in made.relations] == [("2010", "2012")]
    assert messages(made) == '0 start: org:Membership: it has several, and "2009" is not taken over'


def test_a_relation_said_in_two_words_and_left_out_is_counted_under_each(tmp_path: Path) -> None:
    text = """@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <urn:a> a org:FormalOrganization ; org:hasUnit <urn:b> .
    <urn:b> a org:OrganizationalUnit ; skos:prefLabel "B" ; org:unitOf <urn:a> ."""
    made = written(tmp_path / "x.ttl", text)  # what it relates to has no name, and so is no actor
    assert made.relations == ()
    assert counts(made)["org:hasUnit"] == counts(made)["org:unitOf"] == (1, 0, 0, 1)
