"""The page as one HTML text: pyvis renders our own template, with our own Jinja environment, and touches no file."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Final

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from graph_build.page.against import COVERS, STATE_IDS
from graph_build.page.assets import assets
from graph_build.page.drawing import draw
from graph_build.page.facts import Facts
from graph_build.page.look import look
from graph_build.page.scenes import FIRST, MANY, Drawing, Scene
from graph_build.page.scopes import Scope
from graph_build.page.sources import Fields
from graph_build.page.summary import COLUMNS, heading, lede, opening_graph, relation_rows, scope_name
from graph_build.page.words import LANGUAGES, Language, say, words

_TEMPLATE: Final = "explorer.html.j2"
_STATIC_ROWS: Final = 250
_PLAIN: Final = 200_000  # letters of data above which the page holds them compressed
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

    Data stand in it as inert JSON, or packed where they are many; all other values are escaped by Jinja. The same facts give
    the same text.
    """
    from pyvis.network import Network  # late: it pulls in IPython, which costs a second

    head = heading(facts, lang, title)
    net: Any = Network(directed=True, cdn_resources="in_line", heading=head)
    for node in facts.nodes:
        net.add_node(str(node["id"]), label=" ", facts=node)  # names are in the facts, and drawn by our own script
    net.edges = _edges(facts)
    net.options = _OPTIONS
    environment = _environment()
    environment.globals["page"] = _context(facts, lang, head, titled=bool(title) or head != say(lang, "title"))
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
    environment.filters["packed"] = packed
    environment.policies["json.dumps_kwargs"] = {"sort_keys": False, "ensure_ascii": False, "separators": (",", ":")}
    return environment


def packed(content: object) -> str:
    """Return data compressed, as letters that no parser takes for markup; "" for data so small that they may stand as they are."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    if len(text) < _PLAIN:
        return ""
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")


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


def _context(facts: Facts, lang: Language, head: str, *, titled: bool) -> dict[str, object]:
    drawing = facts.opening.opened
    text = draw(opening_graph(facts), drawing.places, lanes=drawing.lanes, lang=lang, title=head, legend=False)
    rows = list(relation_rows(facts, lang, _STATIC_ROWS))
    return {
        "assets": {
            name: Markup(getattr(assets(), name)) for name in ("library", "script", "style")
        },  # our own files, checked
        "policy": assets().policy,
        "lang": lang,
        "say": lambda key, **values: say(lang, key, **values),
        "titled": titled,
        "picture": Markup(text),  # written by ElementTree, which escapes every text and attribute
        "lede": lede(facts, lang),
        "scope": scope_name(facts.scope, lang),
        "columns": COLUMNS,
        "rows": rows,
        "left_out": len(facts.relations) - len(rows),
        "checked": facts.checked,
        "day": facts.day,
        "datasets": facts.datasets,
        "version": version("govgraph"),
        "data": _data(facts, lang, head),
    }


def _data(facts: Facts, lang: Language, head: str) -> dict[str, object]:
    """Return what the scripts read besides nodes and edges."""
    order = {str(node["id"]): place for place, node in enumerate(facts.nodes)}
    numbers = {str(known["id"]): place for place, known in enumerate(facts.relations)}
    return {
        "title": head,
        "lang": lang,
        "words": {each: words(each) for each in LANGUAGES},
        "look": look(),
        "scopes": [_scope(scope, order, numbers) for scope in facts.scopes],
        "relations": facts.relations,
        "sources": facts.sources,
        "datasets": facts.datasets,
        "terms": facts.terms,
        "against": [asdict(each) for each in facts.against],
        "covers": COVERS,
        "states": list(STATE_IDS.values()),
        "checked": facts.checked,
        "many": [MANY, FIRST],
        "version": version("govgraph"),
    }


def _scope(scope: Scope, order: dict[str, int], numbers: dict[str, int]) -> Fields:
    relations = sorted({numbers[key] for _, _, key in scope.graph.edges(keys=True)})
    found: list[Fields] = [_scene(scene, order) for scene in scope.scenes]
    opened = scope.scenes.index(scope.opening)
    return {
        "id": scope.id,
        "country": scope.country,
        "day": scope.day,
        "relations": relations,
        "scenes": found,
        "opening": opened,
    }


def _scene(scene: Scene, order: dict[str, int]) -> Fields:
    found: Fields = {"family": scene.family, "layout": scene.layout, "kinds": scene.kinds, "things": scene.things}
    return found | {"whole": _drawing(scene.whole, order), "first": scene.first and _drawing(scene.first, order)}


def _drawing(drawing: Drawing, order: dict[str, int]) -> Fields:
    places = [[order[node], int(x), int(y)] for node, (x, y) in sorted(drawing.places.items())]
    lanes = [[lane.id, lane.left, lane.top, lane.width, lane.height] for lane in drawing.lanes]
    return {"places": places, "lanes": lanes}
