"""What a record becomes; the direct triples against the rule in SPARQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graph_build.dates import first_day, last_day
from graph_build.direct import holds
from graph_build.encode import editorial_status, encode, encode_dataset, organisation_ids
from graph_build.ontology import ontology_quads
from graph_build.readers import Dataset, read_all
from graph_build.records import Actor, Relation
from graph_build.resources import resource
from graph_build.store import EmbeddedStore
from graph_build.vocabulary import ONTOLOGY_GRAPH, PREFIXES, term

MINI = Path(__file__).parent / "data" / "mini"


@cache
def mini() -> Dataset:
    (dataset,), _ = read_all([MINI])
    return dataset


@cache
def mini_quads() -> frozenset[Quad]:
    known = organisation_ids([mini()])
    return frozenset(quad for record in mini().records() for quad in encode(record, mini(), known))


def values(subject: str, predicate: str) -> set[str]:
    """Return the values of a property in the graph of the dataset, as prefixed names and literals."""
    graph, node, prop = term("dataset:mini"), term(subject), term(predicate)
    found = (
        quad.object for quad in mini_quads() if (quad.subject, quad.predicate, quad.graph_name) == (node, prop, graph)
    )
    return {shortened(value) for value in found}


def shortened(value: object) -> str:
    assert isinstance(value, NamedNode | Literal)
    if isinstance(value, Literal):
        return value.value + (f"@{value.language}" if value.language else "")
    return next(
        (f"{key}:{value.value[len(base) :]}" for key, base in PREFIXES.items() if value.value.startswith(base)), ""
    )


def direct() -> set[tuple[str, str, str]]:
    graph = term("direct:mini")
    return {
        (shortened(quad.subject), shortened(quad.predicate), shortened(quad.object))
        for quad in mini_quads()
        if quad.graph_name == graph
    }


def test_an_actor_has_its_types_names_and_dates() -> None:
    assert values("id:xx-ombudsman", "rdf:type") == {
        "gov:Actor",
        "gov:OmbudsInstitution",
        "gov:IndependentOversightBody",
    }
    assert values("id:norm-cso", "rdf:type") == {"gov:Actor", "gov:Archetype", "gov:CivilSocietyOrganisation"}
    assert values("id:norm-cso", "gov:standsFor") == {"gov:CivilSocietyOrganisation"}
    assert values("id:norm-cso", "skos:altLabel") == {"CSOs", "ОГС@uk"}
    assert values("id:xx-parliament", "skos:prefLabel") == {"Parliament of Examplia@en", "Парламент Екземплії@uk"}
    assert values("id:xx-parliament", "skos:altLabel") == {"the Chamber", "EP", "Exampla Parlamento"}
    assert values("id:xx-parliament", "skos:exactMatch") == {"wd:Q11010"}
    assert values("id:xx-old-intelligence", "schema:foundingDate") == {"1950-01-01"}
    assert values("id:xx-old-intelligence", "gov:foundedStated") == {"1950"}
    assert values("id:xx-old-intelligence", "schema:dissolutionDate") == {"1991-12-31"}
    assert values("id:xx-parliament", "gov:foundedStated") == set()


def test_a_thing_has_its_definitions_and_its_evidence() -> None:
    assert values("id:security-budget", "skos:definition") == {
        "Public money set aside for the security sector.@en",
        "Публічні кошти, виділені для сектору безпеки.@uk",
    }
    assert values("id:defence-budget", "skos:broader") == {"id:security-budget"}
    assert values("id:multi-year-grants", "gov:addresses") == {"id:lack-of-resources"}
    assert values("id:lack-of-resources", "prov:hadPrimarySource") == {"ev:lack-of-resources-1"}
    assert values("ev:lack-of-resources-1", "oa:hasSource") == {"src:page"}


def test_a_relation_has_every_facet_of_its_row() -> None:
    assert values("rel:m-02", "rdf:type") == {"gov:Relation", "gov:Oversight"}
    assert values("rel:m-02", "gov:function") == {"fn:monitoring", "fn:budget-control"}
    assert values("rel:m-02", "gov:phrase") == {"can monitor@en"}
    assert values("rel:m-02", "gov:modality") == {"mod:capability"}
    assert values("rel:m-03", "gov:target") == {"principle:transparency"}
    assert values("rel:m-16", "gov:with") == {"id:xx-ombudsman", "id:xx-committee-security"}
    assert values("rel:m-12", "gov:negated") == {"true"}
    assert values("rel:m-10", "gov:negated") == set()
    assert values("rel:m-15", "gov:amount") == {"125000.5"}
    assert values("rel:m-15", "schema:endDate") == {"2023-06-30"}
    assert values("rel:m-15", "gov:endStated") == {"2023-06"}
    assert values("rel:m-18", "adms:status") == {"status:draft"}


def test_a_legal_basis_is_a_provision_or_a_whole_source() -> None:
    assert values("rel:m-11", "gov:legalBasis") == {"src:xx-law-12--art-9-part-2", "src:xx-law-3"}
    assert values("src:xx-law-12--art-9-part-2", "eli:is_part_of") == {"src:xx-law-12"}
    assert values("src:xx-law-12--art-9-part-2", "dct:title") == {"art. 9, part 2"}


def test_evidence_is_numbered_within_its_relation_and_has_a_selector() -> None:
    assert values("rel:m-05", "prov:hadPrimarySource") == {"ev:m-05-1", "ev:m-05-2"}
    assert values("ev:m-05-2", "gov:stance") == {"disputes"}
    assert values("ev:m-05-1-selector", "rdf:type") == {"oa:TextPositionSelector"}
    (start,), (end,) = values("ev:m-05-1-selector", "oa:start"), values("ev:m-05-1-selector", "oa:end")
    assert values("ev:m-05-1", "gov:locator") == {f"char={start},{end}"}
    assert values("ev:m-10-1-selector", "rdf:value") == {"page=12"}
    assert values("ev:m-09-1-selector", "rdf:value") == {"art. 6"}


def test_a_source_has_its_dates_and_subjects() -> None:
    assert values("src:xx-law-3", "rdf:type") == {"gov:Source", "gov:LegalAct", "eli:LegalResource"}
    assert values("src:xx-law-3", "dct:issued") == {"1994-05-01"}
    assert values("src:xx-law-3", "gov:issuedStated") == {"1994-05"}
    assert values("src:xx-law-12", "dct:replaces") == {"src:xx-law-3"}
    assert values("src:xx-law-12", "dct:subject") == {"id:xx-intelligence", "principle:accountability"}
    assert values("src:xx-report-2023", "dct:isReferencedBy") == {"src:page"}
    assert values("src:page", "gov:file") == {"page.txt"}


def test_a_search_and_the_dataset_are_described() -> None:
    assert values("search:mini-1", "gov:when") == {"2025-11-01"}
    described = {(shortened(quad.predicate), shortened(quad.object)) for quad in encode_dataset(mini())}
    assert ("gov:checked", "2025-11-02") in described
    assert ("rdf:type", "dcat:Dataset") in described


def test_no_node_is_blank() -> None:
    quads = [*mini_quads(), *ontology_quads()]
    assert [quad for quad in quads if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)] == []


def test_what_the_store_gives_back_is_what_was_encoded() -> None:
    store = EmbeddedStore.memory()
    store.extend(mini_quads())
    assert set(store.quads()) == mini_quads()


def test_direct_triples_of_relations_that_hold() -> None:
    found = direct()
    assert ("id:xx-committee-security", "gov:oversees", "id:xx-intelligence") in found
    assert ("id:xx-committee-security", "gov:activelyOversees", "id:xx-intelligence") in found
    assert ("id:xx-committee-security", "gov:mandatedToOversee", "id:xx-intelligence") in found
    assert ("id:norm-cso", "gov:equippedToOversee", "id:security-budget") in found
    assert ("id:norm-cso", "gov:upholds", "principle:transparency") in found
    assert {("id:norm-cso", "gov:partnersWith", "id:norm-parliament")} | {
        ("id:norm-parliament", "gov:partnersWith", "id:norm-cso")
    } <= found
    assert {
        ("id:xx-watchdog", "gov:informs", party)
        for party in ("id:xx-gazette", "id:xx-ombudsman", "id:xx-committee-security")
    } <= found
    assert ("id:xx-committee-security", "org:subOrganizationOf", "id:xx-parliament") in found


def test_no_direct_triple_of_what_is_denied_over_unsure_or_only_a_kind() -> None:
    ends = {(actor, target) for actor, _, target in direct()}
    assert ("id:xx-ombudsman", "id:xx-old-intelligence") not in ends  # denied
    assert ("id:xx-parliament", "id:xx-police") not in ends  # ended in 2010
    assert ("id:xx-donor", "id:xx-watchdog") not in ends  # ended in June 2023
    assert ("id:xx-watchdog", "id:xx-police") not in ends  # a draft, and a disputed one
    assert ("id:norm-ngo", "org:subOrganizationOf", "id:norm-cso") not in direct()  # a kind of it, not a part


def test_direct_triples_are_those_of_the_rule_in_sparql() -> None:
    store = EmbeddedStore.memory()
    graphs = (term("direct:mini"),)
    store.extend(quad for quad in mini_quads() if quad.graph_name not in graphs)
    store.extend(ontology_quads())
    query = resource("queries").joinpath("build", "direct.rq").read_text(encoding="utf-8")
    slot = "VALUES ?as_of { UNDEF }"
    assert slot in query
    day = f'"{mini().checked}"^^<{PREFIXES["xsd"]}date>'
    wanted = set(store.construct(query.replace(slot, f"VALUES ?as_of {{ {day} }}")))
    made = {Triple(quad.subject, quad.predicate, quad.object) for quad in mini_quads() if quad.graph_name in graphs}
    assert made == wanted
    assert len(made) > 25


def test_organisations_are_no_groups_and_no_unspecified_actors() -> None:
    known = organisation_ids([mini()])
    assert {"xx-parliament", "norm-ngo", "xx-committee-security"} <= known
    assert "norm-unspecified" not in known


def test_every_statement_is_in_a_graph_of_its_dataset() -> None:
    assert {quad.graph_name for quad in mini_quads()} == {term("dataset:mini"), term("direct:mini")}
    assert {quad.graph_name for quad in ontology_quads()} == {ONTOLOGY_GRAPH}


BASE = Relation("r-1", "a", "oversight", "b", "actual")
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
STATED = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))


@given(STATED, DAYS)
def test_a_relation_holds_from_the_first_day_of_its_start_to_the_last_of_its_end(stated: str, day: date) -> None:
    assert holds(replace(BASE, start=stated), day.isoformat()) == (first_day(stated) <= day)
    assert holds(replace(BASE, end=stated), day.isoformat()) == (day <= last_day(stated))


@given(st.sampled_from(["read", "secondary", "memory", ""]), st.sampled_from(["accepted", "disputed", "draft"]))
def test_memory_is_always_a_draft_and_never_holds(verified: str, status: str) -> None:
    relation = replace(BASE, verified=verified, status=status)  # type: ignore[arg-type]  # any of the literals
    assert editorial_status(relation) == ("draft" if verified == "memory" else status)
    assert holds(relation, "2025-01-01") == (editorial_status(relation) == "accepted")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_label_survives_as_it_is(label: str) -> None:
    actor = Actor("x", ("police",), label, note=label)
    store = EmbeddedStore.memory()
    store.extend(encode(actor, Dataset("d")))
    labels = {quad.object for quad in store.quads() if quad.predicate == term("skos:prefLabel")}
    assert labels == {Literal(label, language="en")}
