"""All that the page knows, taken from a store once: plain values that JSON can hold, empty ones left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import networkx as nx

from graph_build.network import bare_nodes, network, node_id, rows
from graph_build.page.against import Against, against
from graph_build.page.look import mark_of
from graph_build.page.scenes import Layout, Scene
from graph_build.page.scopes import Scope, scopes
from graph_build.page.sentence import retold
from graph_build.page.sources import Fields, cited, evidence
from graph_build.page.stories import stories
from graph_build.store import Store
from graph_build.vocabulary import SCHEMES, Term, local_name, vocabulary

_CONCEPTS: Final = ("function", "layer", "principle", "topic", "channel")
_TEXTS: Final = (
    "phrase", "scope", "role", "amount", "currency", "start", "end", "confidence", "verified", "status", "note",
)  # fmt: skip
_LABELS: Final = {"en": "label_en", "uk": "label_uk", "defen": "definition_en", "defuk": "definition_uk"}


@dataclass(frozen=True, slots=True)
class Facts:
    """The content of a page: the network with its scopes, what is said of relations, sources, datasets and terms, and the gaps.

    `told` holds the Ukrainian words of relations, once each; a relation names theirs by place.
    """

    graph: nx.MultiDiGraph[str]
    scopes: list[Scope]
    nodes: list[Fields]
    relations: list[Fields]
    sources: dict[str, Fields]
    datasets: list[Fields]
    terms: dict[str, dict[str, list[str]]]
    against: list[Against]
    stories: list[Fields]
    told: list[list[str]]

    @property
    def scope(self) -> Scope:
        """The scope that the page opens on."""
        return self.scopes[0]

    @property
    def opening(self) -> Scene:
        """The scene that the page opens on."""
        return self.scope.opening

    @property
    def day(self) -> str:
        """The day that the page opens on."""
        return self.scope.day

    @property
    def checked(self) -> str:
        """The day on which the data were last checked: the earliest of the datasets."""
        return min((str(known["checked"]) for known in self.datasets if known.get("checked")), default="")


def facts(
    store: Store,
    *,
    country: str = "",
    as_of: date | None = None,
    layout: Layout | None = None,
    texts: Path | None = None,
) -> Facts:
    """Return all that a page shows; `texts` is the folder of the sources' texts, from which passages are put into the page.

    Relations of every day are in it, `as_of` is the day that it opens on; without one, each scope opens on the day on which
    most of its relations were checked; with a `layout`, each opens on a scene of that where it has one.
    """
    graph = network(store, country=country, hidden=True, drafts=True)
    sources = cited(store)
    places = evidence(store, sources, texts)
    datasets = [
        _filled({**row, "dataset": local_name(str(row["dataset"])), "iri": str(row["dataset"])})
        for row in rows(store, "page-datasets")
    ]
    homes = {local_name(str(row["relation"])): local_name(str(row["dataset"])) for row in rows(store, "page-homes")}
    days = {key: str(as_of or day) for key, day in _days(homes, datasets).items()}
    known = scopes(graph, days, layout)
    held = against(store, [scope.country for scope in known if scope.country], as_of)
    graph = _with_all_named(graph, store, held)
    relations, told = retold(_relations(graph, places, homes, _others(store)), graph.nodes)
    return Facts(
        graph=graph,
        scopes=known,
        nodes=[_node(name, graph) for name in sorted(graph)],
        relations=relations,
        sources=sources,
        datasets=datasets,
        terms=_terms(graph, sources) | {"verb": _verbs(store)},
        against=held,
        stories=stories(
            store, [scope.country for scope in known], graph, {key for _, _, key in graph.edges(keys=True)}
        ),
        told=told,
    )


def _with_all_named(graph: nx.MultiDiGraph[str], store: Store, held: Collection[Against]) -> nx.MultiDiGraph[str]:
    """Return the network with what gaps and coverage name besides: demands, on a page of one country, and bodies without any relation."""
    missing = set().union(*(each.relations for each in held)) - {key for _, _, key in graph.edges(keys=True)}
    named = graph.copy() if missing else graph
    if missing:
        whole = network(store, hidden=True, drafts=True)
        for start, end, key, edge in whole.edges(keys=True, data=True):
            if key in missing:
                named.add_edge(start, end, key, **edge)
        nx.set_node_attributes(named, {node: whole.nodes[node] for node in named if node not in graph})
    for each in held:
        if alone := each.bodies - set(named):
            named.add_nodes_from(bare_nodes(store, each.country, alone))
    return named


def _days(homes: Mapping[str, str], datasets: Iterable[Fields]) -> dict[str, str]:
    """Return for each relation the day on which its dataset was checked."""
    checked = {str(known["dataset"]): str(known.get("checked", "")) for known in datasets}
    return {relation: checked.get(dataset, "") for relation, dataset in homes.items()}


def _others(store: Store) -> set[tuple[str, str]]:
    """Return each relation with each of its further parties: those that are not its target."""
    return {(local_name(str(row["relation"])), node_id(str(row["other"]))) for row in rows(store, "page-others")}


def _filled(known: Fields) -> Fields:
    return {
        name: str(value) if isinstance(value, date) else value
        for name, value in known.items()
        if value not in ("", (), None, False)
    }


def _node(name: str, graph: nx.MultiDiGraph[str]) -> Fields:
    known = graph.nodes[name]
    mark = mark_of(known["types"], known["sort"])
    names = {short: known.get(long, "") for short, long in _LABELS.items()}
    facts = {key: known.get(key, "") for key in ("types", "country", "founded", "dissolved", "note", "sort", "hidden")}
    facts |= {"alt": known["alt_labels"], "standsfor": known.get("stands_for", "")}
    return _filled({"id": name, "group": mark.group, **names, **facts})


def _relations(
    graph: nx.MultiDiGraph[str],
    places: Mapping[str, list[Fields]],
    homes: Mapping[str, str],
    others: Collection[tuple[str, str]],
) -> Iterable[Fields]:
    """Yield the relations; of the parties of one, its target stands first."""
    parties: dict[str, list[str]] = {}
    edges = {}
    for _, end, key, edge in sorted(
        graph.edges(keys=True, data=True), key=lambda each: _by_party(each[2], each[1], others)
    ):
        parties.setdefault(key, []).append(end)
        edges[key] = edge
    actors = {key: start for start, _, key in graph.edges(keys=True)}
    for key, edge in edges.items():
        said = {name: edge.get(name, "") for name in (*_TEXTS, *_CONCEPTS, "negated", "symmetric")}
        said["status"] = "" if said["status"] == "accepted" else said["status"]
        basis = [local_name(str(iri)) for iri in edge["legal_basis"]]
        core = {
            "id": key,
            "actor": actors[key],
            "targets": parties[key],
            "kind": edge["kind"],
            "modality": edge["modality"],
        }
        yield core | _filled(
            {**said, "basis": tuple(basis), "evidence": tuple(places.get(key, ())), "dataset": homes.get(key, "")}
        )


def _by_party(relation: str, party: str, others: Collection[tuple[str, str]]) -> tuple[str, bool, str]:
    return relation, (relation, party) in others, party


def _terms(graph: nx.MultiDiGraph[str], sources: dict[str, Fields]) -> dict[str, dict[str, list[str]]]:
    """Return the English and Ukrainian label of every kind, type and concept that occurs."""
    words = vocabulary()
    edges, nodes = [edge for _, _, edge in graph.edges(data=True)], [node for _, node in graph.nodes(data=True)]
    types = {name for node in nodes for name in (*node["types"], node.get("stands_for", ""))}
    used: dict[str, dict[str, list[str]]] = {
        "kind": _labels({edge["kind"] for edge in edges}, words.kinds),
        "type": _labels(types - set(SCHEMES), words.actor_types | words.thing_types),
        "source": _labels({str(known.get("type", "")) for known in sources.values()}, words.source_types),
    }
    for scheme in (*_CONCEPTS, "confidence", "status"):
        values = {name for edge in edges for name in _each(edge.get(scheme))}
        used[scheme] = _labels(values, words.schemes.get(scheme, {}))
    return used


def _verbs(store: Store) -> dict[str, list[str]]:
    """Return by kind the verb that tells a relation which has no words of its own."""
    kinds = {kind.iri: kind.id for kind in vocabulary().kinds.values()}
    known = rows(store, "page-verbs")
    return {kinds[str(row["kind"])]: [str(row["label_en"]), str(row.get("label_uk", ""))] for row in known}


def _each(value: object) -> Collection[str]:
    return value if isinstance(value, tuple) else (str(value or ""),)


def _labels(wanted: Collection[str], known: Mapping[str, Term]) -> dict[str, list[str]]:
    found = ((name, known.get(name)) for name in sorted(wanted) if name)
    return {name: [term.label_en if term else name, term.label_uk if term else ""] for name, term in found}
