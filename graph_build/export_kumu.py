"""A Kumu blueprint from a graph: every actor and thing as an element, every relation as a connection, their facts as fields.

Kumu keeps fields of any name, so that the reader of it finds the words of this program again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from graph_build.interchange import Content, Interchange, Node, wikidata
from graph_build.network import node_id
from graph_build.store import Store
from graph_build.vocabulary import local_name, vocabulary

_FORM: Final = "Kumu"
_CONCEPTS: Final = ("principle", "topic")
_FACETS: Final = ("function", "layer", "principle", "topic", "channel")

Fields = dict[str, Any]


def kumu(store: Store) -> Content:
    """Return the graph as one JSON blueprint, sorted: elements, then connections."""
    graph, content = Interchange(store), Content()
    elements = {node.id: _element(node, graph, "actor") for node in graph.actors.values()}
    elements |= {node.id: _element(node, graph, "thing") for node in graph.things.values()}
    connections: list[Fields] = []
    for kind, relation in graph.relations(content, _FORM):
        connections += _connections(kind, relation, elements, content)
    document = {
        "elements": [_full(elements[name]) for name in sorted(elements)],
        "connections": list(map(_full, connections)),
    }
    content.text = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    return content


def _full(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value not in ("", [], None)}


def _element(node: Node, graph: Interchange, sort: str) -> Fields:
    types = graph.types(node)
    terms = {**vocabulary().thing_types, **vocabulary().actor_types}
    others = [name for name in node.names if name != node.label("uk")]
    matches = [wikidata(node) if local_name(match) == wikidata(node) else match for match in node.all("exactMatch")]
    return {
        "id": node.id,
        "label": node.label() or node.id,
        "type": next((terms[name].label_en.capitalize() for name in types), ""),
        "description": node.one("note"),
        "types": list(types),
        "sort": sort,
        "label uk": node.label("uk"),
        "other names": others,
        "country": node.one("country"),
        "founded": node.date("foundedStated", "foundingDate"),
        "dissolved": node.date("dissolvedStated", "dissolutionDate"),
        "identifiers": list(node.all("identifier")),
        "same as": matches,
    }


def _connections(kind: str, relation: Node, elements: dict[str, Fields], content: Content) -> Iterator[Fields]:
    """Give a connection for each target; one to a principle or a topic makes an element of it."""
    start = local_name(relation.one("actor"))
    ends = [*relation.all("target"), *relation.all("with")]
    if len(ends) > 1:
        content.passed[f"acts of several parties are a connection for each: {_FORM} joins two elements"] += 1
    if relation.all("url"):
        content.passed[
            f"relations keep the addresses of their sources, not the places in them: {_FORM} has no evidence"
        ] += 1
    for number, iri in enumerate(ends):
        target = node_id(iri)
        scheme, _, concept = target.partition(":")
        if scheme in _CONCEPTS and concept:
            label = vocabulary().schemes[scheme][concept].label_en
            elements[target] = {"id": target, "label": label, "type": scheme, "sort": "concept"}
        if start in elements and target in elements:
            name = relation.id if not number else f"{relation.id}-with-{number}"
            yield {"id": f"rel-{name}", "from": start, "to": target, **_circumstances(kind, relation)}
        else:
            content.passed[f"relations to what is no element: {_FORM} joins elements only"] += 1


def _circumstances(kind: str, relation: Node) -> Fields:
    known = vocabulary().kinds.get(kind)
    return {
        "direction": "undirected" if known and known.symmetric else "directed",
        "type": known.label_en.capitalize() if known else kind,
        "label": relation.one("phrase"),
        "description": relation.one("note"),
        "kind": kind,
        "phrase": relation.one("phrase"),
        "modality": local_name(relation.one("modality")),
        **{name: sorted(map(local_name, relation.all(name))) for name in _FACETS},
        "legal basis": list(relation.all("legalBasis")),
        "confidence": local_name(relation.one("confidence")),
        "scope": relation.one("scope"),
        "role": relation.one("role"),
        "amount": relation.one("amount"),
        "currency": relation.one("currency"),
        "start": relation.date("startStated", "startDate"),
        "end": relation.date("endStated", "endDate"),
        "sources": list(relation.all("url")),
    }
