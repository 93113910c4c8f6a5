"""The legend of the still picture: every symbol, colour and dash that occurs in it."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

import networkx as nx

from graph_build.page.look import colours_of, family_of, look, mark_of
from graph_build.page.pens import number, symbol, text
from graph_build.page.words import Language, say
from graph_build.vocabulary import Term, vocabulary

_ROW = 22.0
_Entry = tuple[str, dict[str, str]]


def key(svg: Element, graph: nx.MultiDiGraph[str], lang: Language, left: float, top: float, width: float) -> float:
    """Add the legend in rows of at most `width`, and return where it ends."""
    x, y = left, top + 14
    for label, how in [*_groups(graph, lang), *_colours(graph, lang), *_modalities(graph, lang)]:
        needed = 46 + 7.0 * len(label)
        if x > left and x + needed > left + width:
            x, y = left, y + _ROW
        _swatch(svg, how, x, y)
        text(svg, label, x + 32, y + 4, size=12)
        x += needed
    return y + 14


def _groups(graph: nx.MultiDiGraph[str], lang: Language) -> list[_Entry]:
    nodes = [node for _, node in graph.nodes(data=True)]
    marks = {mark_of(node.get("types", ()), str(node.get("sort", "actor"))) for node in nodes}
    order = [group["id"] for group in look()["groups"]]
    known = sorted(marks, key=lambda mark: order.index(mark.group))
    return [(say(lang, f"group.{mark.group}"), {"shape": mark.shape, "fill": mark.fill}) for mark in known]


def _colours(graph: nx.MultiDiGraph[str], lang: Language) -> list[_Entry]:
    """Return the kinds where each has a colour of its own, else the families."""
    used = {str(edge.get("kind", "")) for _, _, edge in graph.edges(data=True)}
    colours = colours_of(used)
    found = [family for family in look()["families"] if family["id"] in {family_of(kind)["id"] for kind in used}]
    if len(found) == 1:
        order = [kind for kind in found[0]["kinds"] if kind in used]
        return [(_label(vocabulary().kinds.get(kind), lang) or kind, {"stroke": colours[kind]}) for kind in order]
    return [(say(lang, f"family.{family['id']}"), {"stroke": family["colour"][0]}) for family in found]


def _label(term: Term | None, lang: Language) -> str:
    return "" if term is None else (term.label_uk if lang == "uk" else term.label_en)


def _modalities(graph: nx.MultiDiGraph[str], lang: Language) -> list[_Entry]:
    used = {str(edge.get("modality", "")) for _, _, edge in graph.edges(data=True)}
    found = [name for name in look()["modalities"] if name in used]
    ink = look()["ink"][0]
    return [
        (
            say(lang, f"modality.{name}"),
            {
                "stroke": ink,
                "width": number(look()["widths"][name]),
                "dashes": " ".join(map(str, look()["modalities"][name])),
                "hollow": "yes" if name in look()["hollow"] else "",
            },
        )
        for name in found
    ]


def _swatch(svg: Element, how: dict[str, str], x: float, y: float) -> None:
    if "shape" in how:
        symbol(svg, how["shape"], how["fill"], x + 16, y, 7)
        return
    line = {
        "x1": number(x),
        "x2": number(x + 26),
        "y1": number(y),
        "y2": number(y),
        "stroke": how["stroke"],
        "stroke-width": how.get("width", "2"),
    }
    SubElement(svg, "line", line | ({"stroke-dasharray": how["dashes"]} if how.get("dashes") else {}))
    if how.get("hollow"):
        corners = " ".join(f"{number(x + a)},{number(y + b)}" for a, b in ((18, -4.5), (28, 0), (18, 4.5)))
        SubElement(svg, "polygon", {"points": corners, "fill": look()["background"][0], "stroke": how["stroke"]})
