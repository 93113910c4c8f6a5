"""The page as one HTML text: pyvis renders our own template, with our own Jinja environment, and touches no file."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Final

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from graph_build.page.assets import assets
from graph_build.page.drawing import draw
from graph_build.page.facts import Facts
from graph_build.page.look import look
from graph_build.page.scenes import scene_graph
from graph_build.page.sources import Fields
from graph_build.page.summary import lede, relation_rows
from graph_build.page.words import LANGUAGES, Language, say, words

_TEMPLATE: Final = "explorer.html.j2"
_STATIC_ROWS: Final = 500
_OPTIONS: Final = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "keyboard": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "chosen": False},
    "edges": {"chosen": False, "width": 1.5, "selectionWidth": 0, "hoverWidth": 0},
}


def render(facts: Facts, *, lang: Language = "en", title: str = "") -> str:
    """Return the page of some facts: one HTML text that asks nothing of any server and runs only our own scripts.

    Data stand in it as inert JSON; all other values are escaped by Jinja. The same facts give the same text.
    """
    from pyvis.network import Network  # late: it pulls in IPython, which costs a second

    heading = title or " · ".join(str(known["title"]) for known in facts.datasets if known.get("title")) or "govgraph"
    net: Any = Network(directed=True, cdn_resources="in_line", heading=heading)
    places = facts.opening.places
    for node in facts.nodes:
        x, y = places.get(str(node["id"]), (0.0, 0.0))
        net.add_node(str(node["id"]), label=str(node.get("en") or node["id"]), x=x, y=y, facts=node)
    net.edges = _edges(facts)
    net.options = _OPTIONS
    environment = _environment()
    environment.globals["page"] = _context(facts, lang, heading)
    net.templateEnv, net.path = environment, _TEMPLATE
    return str(net.generate_html(name="explorer.html", notebook=False))


@cache
def _template() -> str:
    return files("graph_build.page").joinpath("template", _TEMPLATE).read_text(encoding="utf-8")


def _environment() -> Environment:
    environment = Environment(
        loader=DictLoader({_TEMPLATE: _template()}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["fromjson"] = json.loads
    environment.policies["json.dumps_kwargs"] = {"sort_keys": False, "ensure_ascii": False, "separators": (",", ":")}
    return environment


def _edges(facts: Facts) -> list[Fields]:
    """Return one edge for each relation and party, with an id of its own."""
    edges: list[Fields] = []
    for known in facts.relations:
        targets = known["targets"]
        for place, target in enumerate(targets if isinstance(targets, list) else []):
            edges.append(
                {"id": f"{known['id']}~{place}", "from": known["actor"], "to": target, "relation": known["id"]}
            )
    return edges


def _context(facts: Facts, lang: Language, heading: str) -> dict[str, object]:
    scene = facts.opening
    part = scene_graph(facts.graph, scene.kinds, things=scene.things)
    text = draw(part, scene.places, lang=lang, title=heading, legend=False)
    rows = list(relation_rows(facts, lang, _STATIC_ROWS))
    return {
        "assets": {
            name: Markup(getattr(assets(), name)) for name in ("library", "script", "style")
        },  # our own files, checked
        "policy": assets().policy,
        "lang": lang,
        "say": lambda key, **values: say(lang, key, **values),
        "picture": Markup(text),  # written by ElementTree, which escapes every text and attribute
        "lede": lede(facts, lang),
        "rows": rows,
        "left_out": len(facts.relations) - len(rows),
        "checked": facts.checked,
        "datasets": facts.datasets,
        "version": version("govgraph"),
        "data": _data(facts, lang, heading),
    }


def _data(facts: Facts, lang: Language, heading: str) -> dict[str, object]:
    """Return what the scripts read besides nodes and edges."""
    order = {node["id"]: place for place, node in enumerate(facts.nodes)}
    found = [
        {
            "id": scene.id,
            "kinds": scene.kinds,
            "things": scene.things,
            "places": [[order[node], int(x), int(y)] for node, (x, y) in sorted(scene.places.items())],
        }
        for scene in facts.scenes
    ]
    return {
        "title": heading,
        "lang": lang,
        "words": {each: words(each) for each in LANGUAGES},
        "look": look(),
        "scenes": found,
        "opening": facts.opening.id,
        "relations": facts.relations,
        "sources": facts.sources,
        "datasets": facts.datasets,
        "terms": facts.terms,
        "checked": facts.checked,
        "version": version("govgraph"),
    }
