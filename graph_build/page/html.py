"""The page as one HTML text: pyvis renders our own template, with our own Jinja environment, and touches no file.

A page of more actors than vis-network can draw has the same template, but no pyvis: sigma draws it.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Final

import networkx as nx
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from graph_build.page.against import COVERS, STATE_IDS
from graph_build.page.assets import Renderer, assets, packed
from graph_build.page.citing import citation, dataset_block
from graph_build.page.columns import columns, content, steps
from graph_build.page.drawing import draw
from graph_build.page.facts import Facts
from graph_build.page.look import look
from graph_build.page.scenes import LARGE, LIMITS, Drawing, Scene
from graph_build.page.scopes import Scope
from graph_build.page.sentence import locator_words
from graph_build.page.sources import Fields
from graph_build.page.summary import COLUMNS, heading, lede, opening_graph, relation_rows, rows_note, scope_name
from graph_build.page.words import LANGUAGES, Language, language_of, say, words

_TEMPLATE: Final = "explorer.html.j2"
_STATIC_ROWS: Final[dict[Renderer, int]] = {"vis": 250, "sigma": 100}  # in the page before any script runs
_PLAIN: Final = 50_000  # letters of data above which the page holds them compressed
_LINES: Final = 250  # lines of the still picture at most
_VAST: Final = 20_000  # nodes above which whoever asks for a page is told that it is slow
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
    head = heading(facts, lang, title)
    environment = _environment()
    context = _context(facts, lang, head, titled=bool(title) or head != say(lang, "title"))
    environment.globals["page"] = context
    if renderer_of(facts) == "sigma":
        _warn(len(facts.nodes))
        nodes = [{"facts": node} for node in facts.nodes]
        return environment.get_template(_TEMPLATE).render(heading=head, nodes=nodes, options="{}")
    return _with_pyvis(facts, environment, head)


def renderer_of(facts: Facts) -> Renderer:
    """Return what draws a page: vis-network up to two thousand nodes, sigma above."""
    return "sigma" if len(facts.nodes) > LARGE else "vis"


def _with_pyvis(facts: Facts, environment: Environment, head: str) -> str:
    from pyvis.network import Network  # late: it pulls in IPython, which costs a second

    net: Any = Network(directed=True, cdn_resources="in_line", heading=head)
    for node in facts.nodes:
        net.add_node(str(node["id"]), label=" ", facts=node)  # names are in the facts, and drawn by our own script
    net.options = _OPTIONS
    net.templateEnv, net.path = environment, _TEMPLATE
    return str(net.generate_html(name="explorer.html", notebook=False))


def _warn(nodes: int) -> None:
    if nodes > _VAST:
        warnings.warn(
            f"a page of {nodes:,} actors and things takes long to open; choose a country (--country), or take the data as GEXF",
            LargePageWarning,
            stacklevel=4,
        )


class LargePageWarning(UserWarning):
    """A page was made that many browsers will find hard to open."""


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
    environment.filters["packed"] = _packed
    environment.filters["columns"] = lambda nodes: columns([node["facts"] for node in nodes])
    environment.filters["language"] = language_of
    environment.policies["json.dumps_kwargs"] = {"sort_keys": False, "ensure_ascii": False, "separators": (",", ":")}
    return environment


def _packed(content: object) -> str:
    """Return data packed; "" for data so small that they may stand as they are."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return packed(text) if len(text) >= _PLAIN else ""


def _context(facts: Facts, lang: Language, head: str, *, titled: bool) -> dict[str, object]:
    drawing = facts.opening.opened
    text = draw(_still(opening_graph(facts)), drawing.places, lanes=drawing.lanes, lang=lang, title=head, heading=False)
    renderer = renderer_of(facts)
    rows = list(relation_rows(facts, lang, _STATIC_ROWS[renderer]))
    parts = assets(renderer)
    cite = {each: citation(facts, head if titled else say(each, "title"), each) for each in LANGUAGES}
    return {
        "assets": {
            name: Markup(getattr(parts, name)) for name in ("packed_library", "script", "style")
        },  # our files, checked
        "policy": parts.policy,
        "renderer": renderer,
        "lang": lang,
        "say": lambda key, **values: say(lang, key, **values),
        "titled": titled,
        "picture": Markup(text),  # written by ElementTree, which escapes every text and attribute
        "lede": lede(facts, lang),
        "scope": scope_name(facts.scope, lang),
        "columns": COLUMNS,
        "rows": rows,
        "rows_note": rows_note(facts, lang, len(rows)) if len(rows) < len(facts.relations) else "",
        "checked": facts.checked,
        "day": facts.day,
        "datasets": facts.datasets,
        "cite": cite[lang],
        "block": dataset_block(facts, head, lang),
        "version": version("govgraph"),
        "content": {
            **content(facts.nodes, facts.relations, facts.sources),
            "page": _data(facts, lang, head) | {"cite": cite},
        },
    }


def _still(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return what the still picture shows: the most connected alone, where there are more lines than a picture can tell."""
    ranked = sorted(graph, key=lambda node: (-graph.degree(node), node))
    while ranked and graph.subgraph(ranked).number_of_edges() > _LINES:
        ranked = ranked[: len(ranked) * 3 // 4]
    return graph.subgraph(ranked) if ranked else graph


def _data(facts: Facts, lang: Language, head: str) -> dict[str, object]:
    """Return what the scripts read besides nodes, relations and sources."""
    order = {str(node["id"]): place for place, node in enumerate(facts.nodes)}
    numbers = {str(known["id"]): place for place, known in enumerate(facts.relations)}
    return {
        "title": head,
        "lang": lang,
        "words": {each: words(each) for each in LANGUAGES},
        "look": look(),
        "scopes": [_scope(scope, order, numbers) for scope in facts.scopes],
        "datasets": facts.datasets,
        "terms": facts.terms,
        "against": [asdict(each) for each in facts.against],
        "covers": COVERS,
        "states": list(STATE_IDS.values()),
        "checked": facts.checked,
        "limits": LIMITS,
        "stories": facts.stories,
        "told": facts.told,
        "locators": locator_words(),
        "version": version("govgraph"),
    }


def _scope(scope: Scope, order: dict[str, int], numbers: dict[str, int]) -> Fields:
    relations = sorted({numbers[key] for _, _, key in scope.graph.edges(keys=True)})
    every = [each for scene in scope.scenes for each in (scene.whole, scene.first) if each]
    drawings = list({id(each): each for each in every}.values())  # scenes of a large scope share one
    places = {id(each): place for place, each in enumerate(drawings)}
    found: list[Fields] = [_scene(scene, places) for scene in scope.scenes]
    opened = scope.scenes.index(scope.opening)
    return {
        "id": scope.id,
        "country": scope.country,
        "day": scope.day,
        "relations": steps(relations),
        "drawings": [_drawing(each, order) for each in drawings],
        "scenes": found,
        "opening": opened,
    }


def _scene(scene: Scene, drawings: dict[int, int]) -> Fields:
    found: Fields = {"family": scene.family, "layout": scene.layout, "kinds": scene.kinds, "things": scene.things}
    return found | {"whole": drawings[id(scene.whole)], "first": scene.first and drawings[id(scene.first)]}


def _drawing(drawing: Drawing, order: dict[str, int]) -> Fields:
    found = sorted((order[node], int(x), int(y)) for node, (x, y) in drawing.places.items())
    places = [steps([index for index, _, _ in found]), [x for _, x, _ in found], [y for _, _, y in found]]
    lanes = [[lane.id, lane.left, lane.top, lane.width, lane.height] for lane in drawing.lanes]
    return {"places": places, "lanes": lanes}
