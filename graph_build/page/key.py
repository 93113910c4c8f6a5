"""The legend of the still picture: every symbol, colour and dash that occurs in it."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

import networkx as nx

from graph_build.page.look import colours_of, family_of, firmness, is_undated, look, mark_of
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
    """Return demand, law, practice and the others that occur, and the dashes of those without a start."""
    edges = [(edge, (graph.nodes[start], graph.nodes[end])) for start, end, edge in graph.edges(data=True)]
    used = {firmness(edge, ends) for edge, ends in edges}
    order = [("normative", "normative"), ("law", "normative"), *((name, name) for name in look()["modalities"])]
    known = dict.fromkeys(each for each in order if each[0] in used)
    found = [(say(lang, f"modality.{name}"), _stroke(modality)) for name, modality in known]
    if len(edges) > look()["crowd"]:
        found.append((say(lang, "line.several"), {"stroke": look()["ink"][0], "several": "3"}))
    if any(is_undated(edge, ends) for edge, ends in edges):
        found.append(
            (say(lang, "time.none"), {"stroke": look()["ink"][0], "dashes": " ".join(map(str, look()["undated"]))})
        )
    return found


def _stroke(modality: str) -> dict[str, str]:
    hollow = modality in look()["hollow"]
    return {
        "stroke": look()["ink"][0],
        "width": number(look()["tube"][0] if hollow else look()["widths"][modality]),
        "dashes": " ".join(map(str, look()["modalities"][modality])),
        "hollow": "yes" if hollow else "",
    }


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
    if how.get("several"):
        text(svg, how["several"], x + 13, y + 4, size=11, bold=True, anchor="middle", halo=True)
    if how.get("hollow"):
        paper = look()["background"][0]
        SubElement(svg, "line", line | {"stroke": paper, "stroke-width": number(look()["tube"][1])})
        corners = " ".join(f"{number(x + a)},{number(y + b)}" for a, b in ((18, -4.5), (28, 0), (18, 4.5)))
        SubElement(svg, "polygon", {"points": corners, "fill": paper, "stroke": how["stroke"]})
