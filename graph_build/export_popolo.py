"""Popolo JSON from a graph: persons, organisations, posts, memberships and events; other relations have no place in it."""

from __future__ import annotations

import json
from typing import Any

from graph_build.interchange import Content, Interchange, Node, wikidata
from graph_build.store import Store
from graph_build.vocabulary import local_name

_FORM = "Popolo"


def popolo(store: Store) -> Content:
    """Return the graph as one Popolo document, sorted."""
    graph, content = Interchange(store), Content()
    made: dict[str, dict[str, dict[str, Any]]] = {"persons": {}, "organizations": {}, "posts": {}, "events": {}}
    for node in graph.actors.values():
        made[_collection(graph.types(node))][node.id] = _actor(node, graph.types(node))
    for node in graph.things.values():
        if "event" in graph.types(node):
            made["events"][node.id] = {"id": node.id, "name": node.label(), "description": node.one("note")}
        else:
            content.passed[f"things that are no event: {_FORM} has no place for them"] += 1
    memberships: dict[str, dict[str, Any]] = {}
    others = []
    for kind, relation in graph.relations(content, _FORM):
        if not _take(kind, relation, made, memberships, content):
            others.append((kind, relation))
    for kind, relation in others:
        if not _on_behalf(kind, relation, made, memberships):
            content.passed[f"relations of the kind {kind}: {_FORM} has no place for them"] += 1
    document = {name: list(map(_full, table.values())) for name, table in made.items()}
    document["memberships"] = [_full(memberships[name]) for name in sorted(memberships)]
    content.text = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    return content


def _collection(types: tuple[str, ...]) -> str:
    return "persons" if "person" in types else "posts" if types == ("post",) else "organizations"


def _full(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", [], None)}


def _actor(node: Node, types: tuple[str, ...]) -> dict[str, Any]:
    """Return an actor with its names, identifiers and dates; a post has a label for its name."""
    others = [
        {"name": value, **({"lang": language} if language and language != "und" else {})}
        for name in ("prefLabel", "altLabel")
        for value, language in node.facts.get(name, ())
        if (name, language) != ("prefLabel", "en")
    ]
    if types == ("post",):
        names = [other["name"] for other in others]
        post = {"id": node.id, "label": node.label(), "other_label": names}
        return {**post, "start_date": _founded(node), "end_date": _dissolved(node)}
    found: dict[str, Any] = {"id": node.id, "name": node.label(), "other_names": others}
    found["identifiers"] = [{"scheme": "wikidata", "identifier": wikidata(node)}] if wikidata(node) else []
    for identifier in node.all("identifier"):
        scheme, _, value = identifier.partition(":")
        found["identifiers"].append({"scheme": scheme, "identifier": value})
    if "person" in types:
        return {**found, "summary": node.one("note")}
    dates = {"founding_date": _founded(node), "dissolution_date": _dissolved(node)}
    return {**found, "classification": types[0].replace("-", " "), "description": node.one("note"), **dates}


def _founded(node: Node) -> str:
    return node.date("foundedStated", "foundingDate")


def _dissolved(node: Node) -> str:
    return node.date("dissolvedStated", "dissolutionDate")


def _take(
    kind: str,
    relation: Node,
    made: dict[str, dict[str, dict[str, Any]]],
    memberships: dict[str, dict[str, Any]],
    content: Content,
) -> bool:
    """Put a relation where Popolo has a place for it, and say whether there was one."""
    actor, target = local_name(relation.one("actor")), local_name(relation.one("target"))
    functions = {local_name(function) for function in relation.all("function")}
    if kind == "composition" and "part" in functions and target in made["organizations"]:
        for table, name in (("organizations", "parent_id"), ("posts", "organization_id")):
            part = made[table].get(actor)
            if part is not None and name not in part:
                part[name] = target
                return True
        return False
    if kind != "membership" or relation.all("with"):
        return False
    place = "organization_id" if target in made["organizations"] else "post_id" if target in made["posts"] else ""
    member = "person_id" if actor in made["persons"] else "member_id" if actor in made["organizations"] else ""
    if not place or not member:
        return False
    whole = memberships.get(relation.id.removesuffix("-post"))
    if place == "post_id" and whole is not None and whole.get(member) == actor:
        whole["post_id"] = target
        return True
    if relation.one("scope"):
        content.passed[f"scopes of memberships stand in their labels: {_FORM} has no field for them"] += 1
    memberships[relation.id] = {"id": relation.id, member: actor, place: target, **_seat(relation)}
    return True


def _seat(relation: Node) -> dict[str, Any]:
    return {
        "role": relation.one("role"),
        "label": "; ".join(filter(None, [relation.one("scope"), relation.one("note")])),
        "start_date": relation.date("startStated", "startDate"),
        "end_date": relation.date("endStated", "endDate"),
        "sources": [{"url": url} for url in relation.all("url")],
    }


def _on_behalf(
    kind: str, relation: Node, made: dict[str, dict[str, dict[str, Any]]], memberships: dict[str, dict[str, Any]]
) -> bool:
    """Put the party for which somebody sits into the membership."""
    party = local_name(relation.one("target"))
    whole = memberships.get(relation.id.removesuffix("-for"))
    if kind != "representation" or whole is None or party not in made["organizations"]:
        return False
    whole["on_behalf_of_id"] = party
    return True
