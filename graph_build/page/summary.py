"""What the page says in words before any script runs: a sentence on what is drawn, and the relations as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import networkx as nx

from graph_build.page.facts import Facts
from graph_build.page.pens import name_of
from graph_build.page.scenes import scene_graph
from graph_build.page.sources import Fields
from graph_build.page.words import Language, say

_CHAR = re.compile(r"char=(\d+),(\d+)")
_PAGE = re.compile(r"page=(.+)")


def lede(facts: Facts, lang: Language) -> str:
    """Return the sentence that says what the page opens on."""
    scene = facts.opening
    part = scene_graph(facts.graph, scene.kinds, things=scene.things)
    relations = say(lang, "relations", count=scene.relations)
    family = say(lang, f"family.{'all' if scene.id == 'everything' else scene.id}.lede")
    return say(
        lang,
        "lede",
        relations=relations,
        total=len(facts.relations),
        actors=_among(part, lang),
        family=family,
    )


def _among(part: nx.MultiDiGraph[str], lang: Language) -> str:
    things = sum(1 for _, node in part.nodes(data=True) if node.get("sort") != "actor")
    actors = say(lang, "actors", count=len(part) - things)
    return say(lang, "and", first=actors, second=say(lang, "things", count=things)) if things else actors


def relation_rows(facts: Facts, lang: Language, most: int) -> Iterator[list[str]]:
    """Yield actor, kind, phrase, target, firmness and source of the first relations, as a reader of the page sees them."""
    for known in facts.relations[:most]:
        denied = f" · {say(lang, 'modality.negated')}" if known.get("negated") else ""
        yield [
            _name(facts, known["actor"], lang),
            term(facts, "kind", str(known["kind"]), lang),
            str(known.get("phrase", "")),
            ", ".join(_name(facts, target, lang) for target in _listed(known["targets"])),
            say(lang, f"modality.{known['modality']}") + denied,
            "; ".join(_citation(facts, place, lang) for place in _listed(known.get("evidence", ()))),
        ]


def term(facts: Facts, scheme: str, name: str, lang: Language) -> str:
    """Return the label of a kind, type or concept, in the other language where it has none in this one."""
    labels = facts.terms[scheme].get(name, [name, ""])
    return (labels[1] if lang == "uk" else labels[0]) or labels[0] or name


def locator_text(locator: str, lang: Language) -> str:
    """Return a locator as people say it.

    >>> locator_text("char=12,50", "en"), locator_text("art. 6", "en")
    ('characters 12 to 50', 'art. 6')
    """
    if found := _CHAR.fullmatch(locator):
        return say(lang, "locator.char", start=found[1], end=found[2])
    if found := _PAGE.fullmatch(locator):
        return say(lang, "locator.page", page=found[1])
    return locator


def _name(facts: Facts, node: object, lang: Language) -> str:
    return name_of(str(node), facts.graph.nodes[str(node)], lang)


def _citation(facts: Facts, place: object, lang: Language) -> str:
    known: Fields = place if isinstance(place, dict) else {}
    source = facts.sources.get(str(known["source"]), {})
    title = str(source.get("title") or known["source"])
    locator = locator_text(str(known.get("locator", "")), lang)
    return f"{title}, {locator}" if locator else title


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
