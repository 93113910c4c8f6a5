"""From a record to quads: what the record says, in the graph of its dataset, and the direct triples that follow.

Every node has an IRI made of the record's id, so that encoding is a pure function of one record: it can be mapped over any
number of them, in any order, and gives the same quads.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from pyoxigraph import Quad, RdfFormat, parse

from graph_build.direct import direct_triples
from graph_build.ontology import organisation_types
from graph_build.readers import Dataset
from graph_build.records import Actor, Evidence, Record, Relation, Search, Source, Step, Thing
from graph_build.statements import (
    A,
    Statement,
    address,
    alternative,
    concept_iri,
    day,
    end,
    iri,
    legal_basis,
    literal,
    names,
    passage,
    text,
)
from graph_build.vocabulary import vocabulary

_CONCEPTS: Final = ("function", "layer", "principle", "topic", "channel")


def encode(record: Record, dataset: Dataset, organisations: Container[str] | None = None) -> Iterator[Quad]:
    """Give the quads of one record, its direct triples included; `organisations` as in `nquads`."""
    return parse(nquads(record, dataset, organisations), format=RdfFormat.N_QUADS)


def nquads(record: Record, dataset: Dataset, organisations: Container[str] | None = None) -> str:
    """Return the quads of one record, its direct triples included, as N-Quads.

    `organisations` are the ids of the actors that can be part of one another (see `organisation_ids`), over all the datasets of
    a build; left out, they are taken from `dataset`.
    """
    written = _written(_ENCODERS[type(record)](record, dataset), iri(f"dataset:{dataset.name}"))
    if not isinstance(record, Relation):
        return written
    known = organisation_ids([dataset]) if organisations is None else organisations
    return written + _written(direct_triples(record, dataset.checked, known), iri(f"direct:{dataset.name}"))


def encode_dataset(dataset: Dataset) -> Iterator[Quad]:
    """Give the quads that describe the dataset itself."""
    return parse(dataset_nquads(dataset), format=RdfFormat.N_QUADS)


def dataset_nquads(dataset: Dataset) -> str:
    """Return the quads that describe the dataset itself, as N-Quads."""
    node = iri(f"dataset:{dataset.name}")
    statements: list[Statement] = [(node, A, iri("dcat:Dataset"))]
    statements += text(node, "dct:title", dataset.title or dataset.name)
    statements += text(node, "dct:description", dataset.description)
    statements += text(node, "dcat:version", dataset.version)
    statements += day(node, "gov:checked", "", dataset.checked)
    statements += [(node, iri("dct:license"), address(licence)) for licence in dataset.licences]
    return _written(statements, node)


def _written(statements: Iterable[Statement], graph: str) -> str:
    return "".join([f"{subject} {predicate} {value} {graph} .\n" for subject, predicate, value in statements])


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
    node, types = iri(f"id:{actor.id}"), vocabulary().actor_types
    yield node, A, iri("gov:Actor")
    for name in actor.type:
        yield node, A, address(types[name].iri)
    if actor.stands_for:
        yield node, A, iri("gov:Archetype")
        yield node, iri("gov:standsFor"), address(types[actor.stands_for].iri)
    yield from names(node, iri("skos:prefLabel"), actor.label_en, actor.label_uk)
    for label in filter(None, (actor.label_native, *actor.alt_labels)):
        yield node, iri("skos:altLabel"), alternative(label)
    yield from text(node, "gov:country", actor.country)
    yield from day(node, "schema:foundingDate", "gov:foundedStated", actor.founded)
    yield from day(node, "schema:dissolutionDate", "gov:dissolvedStated", actor.dissolved, last=True)
    for match in actor.exact_match:
        yield node, iri("skos:exactMatch"), address(match) if ":" in match else iri(f"wd:{match}")
    for identifier in actor.identifiers:
        yield node, iri("dct:identifier"), literal(identifier)
    yield from text(node, "skos:note", actor.note)


def _thing(thing: Thing, dataset: Dataset) -> Iterator[Statement]:
    node = iri(f"id:{thing.id}")
    yield node, A, iri("gov:Thing")
    yield node, A, address(vocabulary().thing_types[thing.type].iri)
    yield from names(node, iri("skos:prefLabel"), thing.label_en, thing.label_uk)
    yield from names(node, iri("skos:definition"), thing.definition_en, thing.definition_uk)
    for wider in thing.broader:
        yield node, iri("skos:broader"), iri(f"id:{wider}")
    for challenge in thing.addresses:
        yield node, iri("gov:addresses"), iri(f"id:{challenge}")
    if thing.source:
        yield from passage(node, f"{thing.id}-1", Evidence("", thing.source, thing.locator, thing.sha256))
    yield from text(node, "skos:note", thing.note)


def _relation(relation: Relation, dataset: Dataset) -> Iterator[Statement]:
    node = iri(f"rel:{relation.id}")
    yield node, A, iri("gov:Relation")
    yield node, A, address(vocabulary().kinds[relation.kind].iri)
    yield node, iri("gov:actor"), iri(f"id:{relation.actor}")
    yield node, iri("gov:target"), end(relation.target)
    for other in relation.others:
        yield node, iri("gov:with"), end(other)
    yield from names(node, iri("gov:phrase"), relation.phrase)
    if relation.negated:
        yield node, iri("gov:negated"), literal("true", datatype="xsd:boolean")
    yield node, iri("gov:modality"), concept_iri("modality", relation.modality)
    for scheme in _CONCEPTS:
        for name in getattr(relation, scheme):
            yield node, iri(f"gov:{scheme}"), concept_iri(scheme, name)
    yield from _circumstances(node, relation)
    yield from text(node, "skos:note", relation.note)


def _circumstances(node: str, relation: Relation) -> Iterator[Statement]:
    for column in ("scope", "role", "currency", "verified"):
        yield from text(node, f"gov:{column}", getattr(relation, column))
    if relation.amount:
        # Without zeros at the end, as Oxigraph stores it, so that all engines hold the same literal.
        amount = f"{Decimal(relation.amount).normalize():f}"
        yield node, iri("gov:amount"), literal(amount, datatype="xsd:decimal")
    for basis in relation.legal_basis:
        yield from legal_basis(node, basis)
    yield from day(node, "schema:startDate", "gov:startStated", relation.start)
    yield from day(node, "schema:endDate", "gov:endStated", relation.end, last=True)
    if relation.confidence:
        yield node, iri("gov:confidence"), concept_iri("confidence", relation.confidence)
    yield node, iri("adms:status"), concept_iri("status", editorial_status(relation))


def editorial_status(relation: Relation) -> str:
    """Return the status that counts: what is known from memory is a draft, whatever its row says."""
    return "draft" if relation.verified == "memory" else relation.status


def _evidence(evidence: Evidence, dataset: Dataset) -> Iterator[Statement]:
    relation = iri(f"rel:{evidence.relation}")
    yield from passage(relation, dataset.evidence_ids[evidence], evidence)


def _source(source: Source, dataset: Dataset) -> Iterator[Statement]:
    node = iri(f"src:{source.id}")
    yield node, A, iri("gov:Source")
    yield node, A, address(vocabulary().source_types[source.type].iri)
    if source.type == "law":
        yield node, A, iri("eli:LegalResource")
    yield from text(node, "dct:title", source.title)
    yield from text(node, "dc:publisher", source.issuer)
    yield from day(node, "dct:issued", "gov:issuedStated", source.issued)
    yield from day(node, "eli:first_date_entry_in_force", "gov:inForceStated", source.in_force)
    yield from day(node, "eli:date_no_longer_in_force", "gov:repealedStated", source.repealed, last=True)
    yield from day(node, "gov:retrieved", "", source.retrieved)
    for older in source.replaces:
        yield node, iri("dct:replaces"), iri(f"src:{older}")
    for subject in source.about:
        yield node, iri("dct:subject"), end(subject)
    for page in source.listed_by:
        yield node, iri("dct:isReferencedBy"), iri(f"src:{page}")
    for predicate, place in (("schema:url", source.url), ("schema:archivedAt", source.archived)):
        if place:
            yield node, iri(predicate), address(place)
    yield from text(node, "dct:rights", source.licence)
    yield from text(node, "gov:file", source.file)
    yield from text(node, "skos:note", source.note)


def _search(search: Search, dataset: Dataset) -> Iterator[Statement]:
    node = iri(f"search:{dataset.search_ids[search]}")
    yield node, A, iri("gov:Search")
    yield from text(node, "gov:what", search.what)
    yield from text(node, "gov:where", search.where)
    yield from day(node, "gov:when", "", search.when)


def _step(step: Step, dataset: Dataset) -> Iterator[Statement]:
    node = iri(f"story:{step.id}")
    yield node, A, iri("gov:StoryStep")
    yield from text(node, "gov:story", step.story)
    yield node, iri("gov:stepNumber"), literal(step.step, datatype="xsd:integer")
    yield from names(node, iri("dct:title"), step.title_en, step.title_uk)
    yield from names(node, iri("dct:description"), step.text_en, step.text_uk)
    yield from text(node, "gov:showsView", step.view)
    yield from text(node, "gov:showsCountry", step.country)
    yield from day(node, "gov:asOf", "", step.as_of)
    for name in step.actors:
        yield node, iri("gov:highlights"), iri(f"id:{name}")
    for name in step.relations:
        yield node, iri("gov:highlights"), iri(f"rel:{name}")


_ENCODERS: Final[dict[type, Callable[[Any, Dataset], Iterator[Statement]]]] = {
    Actor: _actor,
    Thing: _thing,
    Relation: _relation,
    Evidence: _evidence,
    Source: _source,
    Search: _search,
    Step: _step,
}
