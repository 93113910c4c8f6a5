"""The graph as a network: actors and things as nodes, each relation an edge with all that is said of it.

What the shape of a network tells is in `measures`, `sampling` and `routes`, where its nodes stand in a drawing in `layout`; both are offered here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

import networkx as nx

from graph_build.ask import ask, bind, find
from graph_build.errors import NotFoundError
from graph_build.layout import layout
from graph_build.measures import (
    Broker,
    Centrality,
    betweenness,
    brokers,
    centrality,
    communities,
    pagerank,
    ties,
)
from graph_build.routes import Hop, chains
from graph_build.sampling import Estimate, undirected_betweenness
from graph_build.store import Store
from graph_build.values import is_true
from graph_build.vocabulary import PREFIXES, SCHEMES, local_name, vocabulary

__all__ = [
    "Broker",
    "Centrality",
    "Estimate",
    "Hop",
    "bare_nodes",
    "betweenness",
    "brokers",
    "centrality",
    "chains",
    "communities",
    "direct_network",
    "layout",
    "network",
    "node_id",
    "pagerank",
    "rows",
    "ties",
    "undirected_betweenness",
]

_SEVERAL: Final = ("function", "layer", "principle", "topic", "channel", "legal_basis", "types", "alt_labels")
_RENAMED: Final = {
    "prefLabel": "label", "legalBasis": "legal_basis", "altLabel": "alt_labels", "type": "types", "standsFor": "stands_for", "inScheme": "types",
    "foundingDate": "founded", "foundedStated": "founded", "dissolutionDate": "dissolved", "dissolvedStated": "dissolved",
    "startDate": "start", "startStated": "start", "endDate": "end", "endStated": "end",
}  # fmt: skip
_CONCEPTS: Final = (*_SEVERAL[:5], "confidence", "status")
_TOLD: Final = ("definition", "label")
"""Attributes of which there is one for each language."""
_LABELS: Final = ("label_en", "label_uk")
_TARGET_SCHEMES: Final = ("principle", "topic")


def network(
    store: Store,
    *,
    kinds: Collection[str] = (),
    modalities: Collection[str] = (),
    layers: Collection[str] = (),
    country: str = "",
    as_of: date | None = None,
    hidden: bool = False,
    drafts: bool = False,
) -> nx.MultiDiGraph[str]:
    """Return the relations of a store as a network: one edge per relation, and per further party where it has any.

    Parameters
    ----------
    kinds, modalities, layers
        Ids of the ontology, as `["oversight"]`; nothing means all.
    country
        ISO 3166-1 alpha-2: only relations of which one end lies in it.
    as_of
        Only relations in force on that day; nothing means any day.
    hidden
        Whether relations of the actor "unspecified" are in, too.
    drafts
        Whether relations that are not yet accepted are in, too.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are ids as tables write them (`norm-parliament`, `principle:transparency`), with `iri`, `label_en`, `label_uk`, `sort` (actor, thing or
        concept), `types`, `country`, `alt_labels`, `definition_en`, ...; the key of an edge is the relation's id, its attributes
        `kind`, `modality`, `negated`, `symmetric`, `phrase`, `function`, `layer`, ... as in the tables; tuples hold what may be several.

    Raises
    ------
    NotFoundError
        There is no such kind of relation.
    """
    for kind in kinds:
        if kind not in vocabulary().kinds:
            raise NotFoundError("kind", kind, get_close_matches(kind, vocabulary().kinds) or sorted(vocabulary().kinds))
    said, kind_ids, ids = _by_subject(store, "network-relation-facets"), _kind_ids(), cache(node_id)
    later = _seen_later(store, as_of) if as_of else ()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    iris: dict[str, str] = {}
    for row in sorted(store.texts(bind(find("network-relations"), {"as_of": as_of}))):
        relation, target, kind, actor, modality, negated = row
        if relation in later:
            continue
        known = kind_ids.get(kind) or local_name(kind)
        edge = _edge(relation, known, local_name(modality), is_true(negated), said.get(relation, ()))
        if (
            _wanted(edge["kind"], kinds)
            and _wanted(edge["modality"], modalities)
            and (drafts or edge["status"] == "accepted")
        ):
            iris |= {ids(actor): actor, ids(target): target}
            graph.add_edge(ids(actor), ids(target), local_name(relation), **edge)
    _describe(graph, iris, store)
    for start, end, key in list(_unwanted(graph, layers, country, hidden)):
        graph.remove_edge(start, end, key)
    graph.remove_nodes_from(list(nx.isolates(graph)))
    return graph


def direct_network(store: Store, *, kinds: Collection[str] = ()) -> nx.MultiDiGraph[str]:
    """Return only who stands to whom: an edge for each direct triple, its key the property, without attributes.

    The fast way to a large network: what holds on the day of the data, in the ids of `network`, in no fixed order. `kinds` are as there.

    Examples
    --------
    >>> from graph_build.store import EmbeddedStore
    >>> len(direct_network(EmbeddedStore.memory()))
    0
    """
    wanted = {iri for kind in kinds for _, iri in vocabulary().kinds[kind].direct}
    ids, keys = cache(node_id), cache(local_name)
    found = store.texts(find("direct-edges").text)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for subject, prop, target in found:
        if not kinds or prop in wanted:
            graph.add_edge(ids(subject), ids(target), keys(prop))
    return graph


def rows(store: Store, name: str, **values: object) -> Iterator[Mapping[str, object]]:
    """Yield the rows of a bundled query as mappings from column to value, unbound columns left out."""
    table = ask(store, name, **{key: value for key, value in values.items() if value is not None})
    for row in table:
        yield {column: value for column, value in zip(table.columns, row, strict=True) if value is not None}


def node_id(iri: str) -> str:
    """Return the id under which a table names what an IRI stands for.

    >>> node_id(PREFIXES["id"] + "norm-parliament"), node_id(PREFIXES["topic"] + "budget")
    ('norm-parliament', 'topic:budget')
    """
    for prefix in ("id", *_TARGET_SCHEMES):
        if iri.startswith(PREFIXES[prefix]):
            local = iri.removeprefix(PREFIXES[prefix])
            return local if prefix == "id" else f"{prefix}:{local}"
    return iri


def _wanted(value: object, chosen: Collection[str]) -> bool:
    return not chosen or value in chosen


def _by_subject(store: Store, name: str) -> dict[str, list[tuple[str, ...]]]:
    """Return property, value and language of everything that a query of facets says, by subject."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for node, *fact in store.texts(find(name).text):
        found[node].append(tuple(fact))
    return found


def _edge(relation: str, kind: str, modality: str, negated: bool, said: Iterable[tuple[str, ...]]) -> dict[str, object]:
    known = vocabulary().kinds.get(kind)
    return {
        "iri": relation,
        "kind": kind,
        "modality": modality,
        "negated": negated,
        "symmetric": bool(known and known.symmetric),
        "phrase": "",
        "confidence": "",
        "status": "accepted",
        **dict.fromkeys(_SEVERAL[:6], ()),
        **_gathered(said),
    }


def _gathered(said: Iterable[tuple[str, ...]]) -> dict[str, object]:
    """Return attributes from facets; a date as it was stated wins over the day that stands for it, the first of two labels."""
    found: dict[str, Any] = {}
    for (_, _, attribute), value in sorted({(_place(prop, *language), value) for prop, value, *language in said}):
        told = local_name(value) if attribute in _CONCEPTS else value
        if attribute in _SEVERAL:
            found[attribute] = (*found.get(attribute, ()), told)
        elif attribute not in _LABELS or attribute not in found:
            found[attribute] = told
    return found


@cache
def _place(prop: str, language: str = "") -> tuple[bool, str, str]:
    """Return where a property stands among others, and the attribute that it gives."""
    name = local_name(prop)
    attribute = _RENAMED.get(name, name)
    return name.endswith("Stated"), prop, f"{attribute}_{language}" if attribute in _TOLD and language else attribute


def _describe(graph: nx.MultiDiGraph[str], iris: Mapping[str, str], store: Store) -> None:
    """Give each node its labels, and what else is said of it."""
    said = _by_subject(store, "network-node-facets")
    for name, iri in iris.items():
        labels = {"iri": iri, "label_en": name, "label_uk": ""}
        graph.nodes[name].update(_node(labels | _gathered(said.get(iri, ()))))


def _seen_later(store: Store, as_of: date) -> Collection[str]:
    """Return the relations without a start that all their sources saw after the day: they are not said of it."""
    first: dict[str, str] = {}
    for relation, issued in store.texts(bind(find("network-seen"), {})):
        first[relation] = min(first.get(relation, issued), issued)  # a source without a day goes before all
    return {relation for relation, day in first.items() if day > str(as_of)}


def bare_nodes(store: Store, country: str, wanted: Collection[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield ids and attributes of bodies of a country that stand in no relation, which a network leaves out."""
    labels = {row["body"]: row["label"] for row in rows(store, "gap-bodies", country=country, lang="uk")}
    for row in rows(store, "gap-bodies", country=country, lang="en"):
        name = node_id(str(row["body"]))
        if name in wanted:
            said: dict[str, object] = {"types": tuple(str(row["classes"]).split("|")), "country": country}
            uk = labels.get(row["body"], "")
            named = {"iri": row["body"], "label_en": row["label"], "label_uk": "" if uk == row["label"] else uk}
            yield name, {**_node(said), **named}


def _node(known: dict[str, object]) -> dict[str, object]:
    found = known.get("types", ())
    types = tuple(sorted(_type_ids(found if isinstance(found, tuple) else ())))
    stands_for = next(iter(_type_ids([str(known.get("stands_for", ""))])), "")
    base: dict[str, object] = {"country": "", "alt_labels": (), "definition_en": "", "definition_uk": "", "note": ""}
    facts = {"types": types, "sort": _sort(types), "stands_for": stands_for, "hidden": "unspecified" in types}
    return base | known | facts


def _sort(types: Collection[str]) -> str:
    words = vocabulary()
    if any(name in words.actor_types for name in types):
        return "actor"
    return "concept" if any(name in SCHEMES for name in types) else "thing"


def _kind_ids() -> dict[str, str]:
    return {kind.iri: kind.id for kind in vocabulary().kinds.values()}


def _type_ids(iris: Collection[str]) -> set[str]:
    """Return ids of classes that say what a node is: not the roots, which every node has."""
    known = _classes()
    return {known.get(iri) or local_name(iri) for iri in iris if iri in known or local_name(iri) in SCHEMES}


@cache
def _classes() -> dict[str, str]:
    words = vocabulary()
    return {term.iri: term.id for term in (*words.actor_types.values(), *words.thing_types.values())}


def _unwanted(
    graph: nx.MultiDiGraph[str], layers: Collection[str], country: str, hidden: bool
) -> Iterator[tuple[str, str, str]]:
    for start, end, key, edge in graph.edges(keys=True, data=True):
        ends = graph.nodes[start], graph.nodes[end]
        off_layer = layers and not set(layers) & set(edge["layer"])
        abroad = country and all(node.get("country") != country for node in ends)
        if off_layer or abroad or (not hidden and any(node.get("hidden") for node in ends)):
            yield start, end, key
