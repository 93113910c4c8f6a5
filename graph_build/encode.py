"""From a record to quads: what the record says, in the graph of its dataset, and the direct triples that follow.

Every node has an IRI made of the record's id, so that encoding is a pure function of one record: it can be mapped over any
number of them, in any order, and gives the same quads.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from graph_build.direct import direct_triples
from graph_build.ontology import organisation_types
from graph_build.readers import Dataset
from graph_build.records import Actor, Evidence, Record, Relation, Search, Source, Thing
from graph_build.statements import Statement, alternative, day, legal_basis, names, passage, text
from graph_build.vocabulary import (
    ACTOR_CLASS,
    DEFINITION,
    PREF_LABEL,
    RDF_TYPE,
    RELATION_CLASS,
    SOURCE_CLASS,
    THING_CLASS,
    concept,
    end_node,
    term,
    vocabulary,
)

_CONCEPTS: Final = ("function", "layer", "principle", "topic", "channel")


def encode(record: Record, dataset: Dataset, organisations: Container[str] | None = None) -> Iterator[Quad]:
    """Give the quads of one record, its direct triples included.

    `organisations` are the ids of the actors that can be part of one another (see `organisation_ids`), over all the datasets of
    a build; left out, they are taken from `dataset`.
    """
    graph = term(f"dataset:{dataset.name}")
    for subject, predicate, value in _ENCODERS[type(record)](record, dataset):
        yield Quad(subject, predicate, value, graph)
    if isinstance(record, Relation):
        known = organisation_ids([dataset]) if organisations is None else organisations
        for triple in direct_triples(record, dataset.checked, known):
            yield Quad(*triple, term(f"direct:{dataset.name}"))


def encode_dataset(dataset: Dataset) -> Iterator[Quad]:
    """Give the quads that describe the dataset itself."""
    node = graph = term(f"dataset:{dataset.name}")
    statements: list[Statement] = [(node, RDF_TYPE, term("dcat:Dataset"))]
    statements += text(node, "dct:title", dataset.title or dataset.name)
    statements += text(node, "dct:description", dataset.description)
    statements += text(node, "dcat:version", dataset.version)
    statements += day(node, "gov:checked", "", dataset.checked)
    statements += [(node, term("dct:license"), NamedNode(licence)) for licence in dataset.licences]
    for subject, predicate, value in statements:
        yield Quad(subject, predicate, value, graph)


def organisation_ids(datasets: Iterable[Dataset]) -> frozenset[str]:
    """Return the ids of the actors, archetypes too, whose type is an organisation: no group, person, post or sector."""
    types = vocabulary().actor_types
    return frozenset(
        actor.id
        for dataset in datasets
        for actor in dataset.actors
        if any(types[name].iri in organisation_types() for name in actor.type if name in types)
    )


def _actor(actor: Actor, dataset: Dataset) -> Iterator[Statement]:
    node, types = term(f"id:{actor.id}"), vocabulary().actor_types
    yield node, RDF_TYPE, ACTOR_CLASS
    for name in actor.type:
        yield node, RDF_TYPE, NamedNode(types[name].iri)
    if actor.stands_for:
        yield node, RDF_TYPE, term("gov:Archetype")
        yield node, term("gov:standsFor"), NamedNode(types[actor.stands_for].iri)
    yield from names(node, PREF_LABEL, actor.label_en, actor.label_uk)
    for label in filter(None, (actor.label_native, *actor.alt_labels)):
        yield node, term("skos:altLabel"), alternative(label)
    yield from text(node, "gov:country", actor.country)
    yield from day(node, "schema:foundingDate", "gov:foundedStated", actor.founded)
    yield from day(node, "schema:dissolutionDate", "gov:dissolvedStated", actor.dissolved, last=True)
    for match in actor.exact_match:
        yield node, term("skos:exactMatch"), NamedNode(match) if ":" in match else term(f"wd:{match}")
    for identifier in actor.identifiers:
        yield node, term("dct:identifier"), Literal(identifier)
    yield from text(node, "skos:note", actor.note)


def _thing(thing: Thing, dataset: Dataset) -> Iterator[Statement]:
    node = term(f"id:{thing.id}")
    yield node, RDF_TYPE, THING_CLASS
    yield node, RDF_TYPE, NamedNode(vocabulary().thing_types[thing.type].iri)
    yield from names(node, PREF_LABEL, thing.label_en, thing.label_uk)
    yield from names(node, DEFINITION, thing.definition_en, thing.definition_uk)
    for wider in thing.broader:
        yield node, term("skos:broader"), term(f"id:{wider}")
    for challenge in thing.addresses:
        yield node, term("gov:addresses"), term(f"id:{challenge}")
    if thing.source:
        yield from passage(node, f"{thing.id}-1", Evidence("", thing.source, thing.locator, thing.sha256))
    yield from text(node, "skos:note", thing.note)


def _relation(relation: Relation, dataset: Dataset) -> Iterator[Statement]:
    node = term(f"rel:{relation.id}")
    yield node, RDF_TYPE, RELATION_CLASS
    yield node, RDF_TYPE, NamedNode(vocabulary().kinds[relation.kind].iri)
    yield node, term("gov:actor"), term(f"id:{relation.actor}")
    yield node, term("gov:target"), end_node(relation.target)
    for other in relation.others:
        yield node, term("gov:with"), end_node(other)
    yield from names(node, term("gov:phrase"), relation.phrase)
    if relation.negated:
        yield node, term("gov:negated"), Literal(True)
    yield node, term("gov:modality"), concept("modality", relation.modality)
    for scheme in _CONCEPTS:
        for name in getattr(relation, scheme):
            yield node, term(f"gov:{scheme}"), concept(scheme, name)
    yield from _circumstances(node, relation)
    yield from text(node, "skos:note", relation.note)


def _circumstances(node: NamedNode, relation: Relation) -> Iterator[Statement]:
    for column in ("scope", "role", "currency", "verified"):
        yield from text(node, f"gov:{column}", getattr(relation, column))
    if relation.amount:
        # Without zeros at the end, as Oxigraph stores it, so that all engines hold the same literal.
        amount = f"{Decimal(relation.amount).normalize():f}"
        yield node, term("gov:amount"), Literal(amount, datatype=term("xsd:decimal"))
    for basis in relation.legal_basis:
        yield from legal_basis(node, basis)
    yield from day(node, "schema:startDate", "gov:startStated", relation.start)
    yield from day(node, "schema:endDate", "gov:endStated", relation.end, last=True)
    if relation.confidence:
        yield node, term("gov:confidence"), concept("confidence", relation.confidence)
    yield node, term("adms:status"), concept("status", editorial_status(relation))


def editorial_status(relation: Relation) -> str:
    """Return the status that counts: what is known from memory is a draft, whatever its row says."""
    return "draft" if relation.verified == "memory" else relation.status


def _evidence(evidence: Evidence, dataset: Dataset) -> Iterator[Statement]:
    relation = term(f"rel:{evidence.relation}")
    yield from passage(relation, dataset.evidence_ids[evidence], evidence)


def _source(source: Source, dataset: Dataset) -> Iterator[Statement]:
    node = term(f"src:{source.id}")
    yield node, RDF_TYPE, SOURCE_CLASS
    yield node, RDF_TYPE, NamedNode(vocabulary().source_types[source.type].iri)
    if source.type == "law":
        yield node, RDF_TYPE, term("eli:LegalResource")
    yield from text(node, "dct:title", source.title)
    yield from text(node, "dc:publisher", source.issuer)
    yield from day(node, "dct:issued", "gov:issuedStated", source.issued)
    yield from day(node, "eli:first_date_entry_in_force", "gov:inForceStated", source.in_force)
    yield from day(node, "eli:date_no_longer_in_force", "gov:repealedStated", source.repealed, last=True)
    yield from day(node, "gov:retrieved", "", source.retrieved)
    for older in source.replaces:
        yield node, term("dct:replaces"), term(f"src:{older}")
    for subject in source.about:
        yield node, term("dct:subject"), end_node(subject)
    for page in source.listed_by:
        yield node, term("dct:isReferencedBy"), term(f"src:{page}")
    for predicate, address in (("schema:url", source.url), ("schema:archivedAt", source.archived)):
        if address:
            yield node, term(predicate), NamedNode(address)
    yield from text(node, "dct:rights", source.licence)
    yield from text(node, "gov:file", source.file)
    yield from text(node, "skos:note", source.note)


def _search(search: Search, dataset: Dataset) -> Iterator[Statement]:
    node = term(f"search:{dataset.search_ids[search]}")
    yield node, RDF_TYPE, term("gov:Search")
    yield from text(node, "gov:what", search.what)
    yield from text(node, "gov:where", search.where)
    yield from day(node, "gov:when", "", search.when)


_ENCODERS: Final[dict[type, Callable[[Any, Dataset], Iterator[Statement]]]] = {
    Actor: _actor,
    Thing: _thing,
    Relation: _relation,
    Evidence: _evidence,
    Source: _source,
    Search: _search,
}
