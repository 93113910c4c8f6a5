"""FollowTheMoney entities from a graph: actors and things as nodes, relations as edges; what has no schema is an UnknownLink."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from graph_build.interchange import Content, Interchange, Node, wikidata
from graph_build.readers.maps import word_map
from graph_build.store import Store
from graph_build.vocabulary import local_name, vocabulary

_FORM = "FollowTheMoney"


def ftm(store: Store) -> Content:
    """Return the graph as a stream of entities, sorted: nodes first, then edges."""
    graph, content = Interchange(store), Content()
    made = [*_nodes(graph, content)]
    known = {entity["id"]: entity["schema"] for entity in made}
    for kind, relation in graph.relations(content, _FORM):
        made += _edges(kind, relation, known, content)
    content.text = "".join(json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n" for entity in made).encode()
    return content


def _nodes(graph: Interchange, content: Content) -> Iterator[dict[str, Any]]:
    schemata = word_map("ftm")["export"]
    for table, fallback in ((graph.actors, "Organization"), (graph.things, "")):
        for node in table.values():
            types = [wider for name in graph.types(node) for wider in _wider(name)]
            schema = next((schemata[name] for name in types if name in schemata), fallback)
            if schema:
                yield _entity(node.id, schema, _properties(node, schema))
            else:
                content.passed[f"things that are no event and no activity: {_FORM} has no schema for them"] += 1


def _wider(name: str) -> Iterator[str]:
    terms = {**vocabulary().thing_types, **vocabulary().actor_types}
    while name in terms:
        yield name
        name = terms[name].parent


def _entity(name: str, schema: str, properties: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "id": name,
        "schema": schema,
        "properties": {key: values for key, values in properties.items() if any(values)},
    }


def _properties(node: Node, schema: str) -> dict[str, list[str]]:
    schemes = {scheme: name for name, scheme in word_map("ftm")["identifiers"].items()}
    found: dict[str, list[str]] = {
        "name": [node.label()],
        "alias": list(node.names),
        "wikidataId": [wikidata(node)],
        "notes": [node.one("note")],
    }
    if "country" in node.facts:
        found["country"] = [code.lower() for code in node.all("country")]
    names = ("inceptionDate", "dissolutionDate") if schema == "Position" else ("incorporationDate", "dissolutionDate")
    if schema != "Person":
        found[names[0]] = [node.date("foundedStated", "foundingDate")]
        found[names[1]] = [node.date("dissolvedStated", "dissolutionDate")]
    for identifier in node.all("identifier"):
        scheme, _, value = identifier.partition(":")
        found.setdefault(schemes.get(scheme, "idNumber"), []).append(value if scheme in schemes else identifier)
    return found


def _edges(kind: str, relation: Node, known: dict[str, str], content: Content) -> Iterator[dict[str, Any]]:
    start = local_name(relation.one("actor"))
    for number, end in enumerate([*relation.all("target"), *relation.all("with")]):
        target = local_name(end)
        if start not in known or target not in known:
            content.passed[f"relations to what is no node: {_FORM} joins entities only"] += 1
            continue
        schema, first, second = _schema(kind, relation, known[start], known[target])
        _count_lost(relation, schema, content)
        properties = {first: [start], second: [target], **_circumstances(kind, relation, schema)}
        name = relation.id if not number else f"{relation.id}-with-{number}"
        yield _entity(f"rel-{name}" if name in known else name, schema, properties)


def _count_lost(relation: Node, schema: str, content: Content) -> None:
    if local_name(relation.one("modality")) != "actual":
        content.passed[f"relations of law or power have it as their status: {_FORM} takes every edge for a fact"] += 1
    if relation.one("amount") and schema not in ("Payment", "Debt"):
        content.passed[f"amounts of relations other than payments: {schema} has no amount"] += 1
    if relation.all("function") and schema != "Employment":
        content.passed[f"functions of relations: {_FORM} has no word for them"] += 1


def _schema(kind: str, relation: Node, start: str, target: str) -> tuple[str, str, str]:
    """Return the schema of an edge and the properties of its ends; the one whose ends may be such entities."""
    functions = {local_name(function) for function in relation.all("function")}
    for schema, edge in word_map("ftm")["edges"].items():
        narrower = set(edge.get("function", ())) - functions
        held = schema != "Occupancy" or target == "Position"
        if edge["kind"] == kind != "other" and not narrower and held and _fits(schema, start, target):
            return schema, edge["from"], edge["to"]
    return "UnknownLink", "subject", "object"


def _fits(schema: str, start: str, target: str) -> bool:
    ends = word_map("ftm")["ends"].get(schema, {})
    return start in ends.get("from", [start]) and target in ends.get("to", [target])


def _circumstances(kind: str, relation: Node, schema: str) -> dict[str, list[str]]:
    start, end = relation.date("startStated", "startDate"), relation.date("endStated", "endDate")
    found = {
        "role": [relation.one("role") or relation.one("phrase")],
        "startDate": [start],
        "endDate": [end],
        "description": [relation.one("scope"), relation.one("note")],
        "sourceUrl": list(relation.all("url")),
    }
    if schema == "UnknownLink":
        found["role"] = [relation.one("phrase") if kind == "other" else kind]
        found["summary"] = [relation.one("role")]
    if schema in ("Payment", "Debt"):
        found |= {"role": [], "amount": [relation.one("amount")], "currency": [relation.one("currency")]}
        found |= {"purpose": [relation.one("scope")], "description": [relation.one("note")]}
        if start and start == end:
            found |= {"date": [start], "startDate": [], "endDate": []}
    if schema == "Occupancy":
        found["role"] = []
    modality = local_name(relation.one("modality"))
    if modality != "actual":
        found["status"] = [modality]
    return {name: [value for value in values if value] for name, values in found.items()}
