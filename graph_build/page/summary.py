"""What the page says in words before any script runs: a sentence on what is drawn, and the relations as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import networkx as nx

from graph_build.page import sentence
from graph_build.page.facts import Facts
from graph_build.page.look import firmness
from graph_build.page.pens import name_of
from graph_build.page.scenes import on_day, scene_graph
from graph_build.page.scopes import Scope
from graph_build.page.sources import Fields
from graph_build.page.words import Language, say, words

COLUMNS = ("actor", "kind", "phrase", "target", "firmness", "dates", "source")
"""The columns of the table of relations."""
_CHAR = re.compile(r"char=(\d+),(\d+)")
_PAGE = re.compile(r"page=(.+)")


def heading(facts: Facts, lang: Language, title: str = "") -> str:
    """Return the heading of the page: the given one, else the title of the only dataset, else one that fits several."""
    titles = [str(known["title"]) for known in facts.datasets if known.get("title")]
    return title or (titles[0] if len(titles) == 1 else say(lang, "title"))


def country_name(country: str, lang: Language) -> str:
    """Return the name of a country by its code, else the code itself.

    >>> country_name("UA", "en"), country_name("XX", "uk")
    ('Ukraine', 'XX')
    """
    return words(lang).get(f"country.{country}", country)


def scope_name(scope: Scope, lang: Language) -> str:
    """Return what a scope is called."""
    return country_name(scope.country, lang) if scope.country else say(lang, f"scope.{scope.id}")


def opening_graph(facts: Facts) -> nx.MultiDiGraph[str]:
    """Return what is drawn before the reader asks for more: the opening scene on the day of the page."""
    part, places = _counted(facts), facts.opening.opened.places
    shown: nx.MultiDiGraph[str] = part.subgraph(node for node in part if node in places)
    return shown


def _counted(facts: Facts) -> nx.MultiDiGraph[str]:
    """Return what the lede counts: the whole opening scene on the day of the page."""
    scene = facts.opening
    return on_day(scene_graph(facts.scope.graph, scene.kinds, things=scene.things), facts.day)


def lede(facts: Facts, lang: Language) -> str:
    """Return the sentence that says what the page opens on."""
    scene, scope = facts.opening, facts.scope
    total = len(_keys(on_day(scope.graph, facts.day)))
    return say(
        lang,
        "lede",
        scope=scope_name(scope, lang),
        relations=say(lang, "relations", count=scene.relations),
        total=total,
        actors=_among(_counted(facts), lang),
        family=say(lang, f"family.{scene.family}.lede"),
    )


def _among(part: nx.MultiDiGraph[str], lang: Language) -> str:
    things = sum(1 for _, node in part.nodes(data=True) if node.get("sort") != "actor")
    actors = say(lang, "actors", count=len(part) - things)
    return say(lang, "and", first=actors, second=say(lang, "things", count=things)) if things else actors


def relation_rows(facts: Facts, lang: Language, most: int) -> Iterator[list[str]]:
    """Yield the cells of the first relations of the opening scope on the day of the page, as a reader sees them.

    Those that the lede counts come first.
    """
    held, counted = _keys(on_day(facts.scope.graph, facts.day)), _keys(_counted(facts))
    rows = sorted(
        (known for known in facts.relations if known["id"] in held), key=lambda known: known["id"] not in counted
    )
    for known in rows[:most]:
        ends = [facts.graph.nodes[str(end)] for end in (known["actor"], *_listed(known["targets"]))]
        denied = f" · {say(lang, 'modality.negated')}" if known.get("negated") else ""
        yield [
            _name(facts, known["actor"], lang),
            term(facts, "kind", str(known["kind"]), lang),
            facts.told[int(str(known["told"]))][0] if lang == "uk" else str(known.get("phrase", "")),
            ", ".join(_name(facts, target, lang) for target in _listed(known["targets"])),
            say(lang, f"modality.{firmness(known, ends)}") + denied,
            _dates(known),
            "; ".join(_citation(facts, place, lang) for place in _listed(known.get("evidence", ())))
            or _basis(facts, known),
        ]


def _keys(graph: nx.MultiDiGraph[str]) -> set[str]:
    return {key for _, _, key in graph.edges(keys=True)}


def rows_note(facts: Facts, lang: Language, rows: int) -> str:
    """Return which relations so many rows are, where they are not all of the page."""
    counted = facts.opening.relations
    if rows < counted:
        return say(lang, "static.some", count=rows, counted=counted)
    if rows == counted:
        return say(lang, "static.counted", counted=counted)
    return say(lang, "static.more", counted=counted, others=rows - counted, scope=scope_name(facts.scope, lang))


def term(facts: Facts, scheme: str, name: str, lang: Language) -> str:
    """Return the label of a kind, type or concept, in the other language where it has none in this one."""
    labels = facts.terms[scheme].get(name, [name, ""])
    return (labels[1] if lang == "uk" else labels[0]) or labels[0] or name


def locator_text(locator: str, lang: Language) -> str:
    """Return a locator as people say it.

    >>> locator_text("char=12,50", "en"), locator_text("art. 6", "en")
    ('characters 12 to 50', 'art. 6')
    >>> locator_text("art. 6", "uk")
    'ст. 6'
    """
    if found := _CHAR.fullmatch(locator):
        return say(lang, "locator.char", start=found[1], end=found[2])
    if found := _PAGE.fullmatch(locator):
        return say(lang, "locator.page", page=found[1])
    return sentence.locator(locator) if lang == "uk" else locator


def _name(facts: Facts, node: object, lang: Language) -> str:
    return name_of(str(node), facts.graph.nodes[str(node)], lang)


def _dates(known: Fields) -> str:
    return (
        f"{known.get('start', '?')} – {known.get('end', '')}".strip() if known.get("start") or known.get("end") else "?"
    )


def _basis(facts: Facts, known: Fields) -> str:
    return "; ".join(basis_text(facts, str(name)) for name in _listed(known.get("basis", ())))


def basis_text(facts: Facts, name: str) -> str:
    """Return the law and the provision that a relation rests on."""
    provision = facts.sources.get(name, {})
    law = facts.sources.get(str(provision.get("part_of", "")), {})
    return ", ".join(str(each) for each in (law.get("title"), provision.get("title", name)) if each)


def _citation(facts: Facts, place: object, lang: Language) -> str:
    known: Fields = place if isinstance(place, dict) else {}
    source = facts.sources.get(str(known["source"]), {})
    title = str(source.get("title") or known["source"])
    locator = locator_text(str(known.get("locator", "")), lang)
    return f"{title}, {locator}" if locator else title


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
