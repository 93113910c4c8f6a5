"""The network as a still picture: SVG that needs neither script nor font, for the first paint, for print and for reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

import networkx as nx

from graph_build.ladder import Lane
from graph_build.layout import Point, label_lines
from graph_build.page.key import key
from graph_build.page.look import colours_of, is_undated, look, mark_of
from graph_build.page.pens import clean, name_of, number, symbol, text
from graph_build.page.placing import placed
from graph_build.page.shapes import Ends, arrowhead, fans, middle, radius, towards, via
from graph_build.page.words import Language, say
from graph_build.vocabulary import SVG_NAMESPACE

_MOST: Final = 200  # nodes in a still picture; of more, the most connected
_LINE: Final = 14
_MARGIN: Final = 60.0
_LETTER: Final = 8.6  # how wide a letter of a name is at most, on the average and in bold


def draw(
    graph: nx.MultiDiGraph[str],
    places: Mapping[str, Point],
    *,
    lanes: Collection[Lane] = (),
    lang: Language = "en",
    title: str = "",
    note: str = "",
    heading: bool = True,
) -> str:
    """Return a network as an SVG text with its legend; `lanes` lie behind it, `title` stands above, `note` (source, date, licence) below.

    Without `heading` the title is only named, not drawn: where it stands above the picture anyway. Only text that XML can carry
    is written; every label is escaped.
    """
    shown = sorted(graph, key=lambda node: (-graph.degree(node), node))[:_MOST]
    part = graph.subgraph(shown)
    left, top, width, height = _frame([_span(node, part, places[node], lang) for node in shown], lanes)
    svg = Element(
        "svg",
        {"xmlns": SVG_NAMESPACE, "role": "img", "font-family": "system-ui, 'DejaVu Sans', sans-serif"},
    )
    SubElement(svg, "title").text = clean(title)
    canvas = SubElement(svg, "rect", {"fill": look()["background"][0]})
    _lanes(svg, lanes)
    _edges(svg, part, places, bool(lanes))
    _nodes(svg, part, places, lang)
    _lane_names(svg, lanes, lang)
    if title and heading:
        text(svg, title, left + 12, top - 14, size=20, bold=True)
        top, height = top - 44, height + 44
    bottom = key(svg, part, lang, left + 12, top + height + 10, width - 24)
    bottom = _denial_key(svg, part, lang, left + 12, bottom)
    if note:
        text(svg, note, left + 12, bottom + 16, size=12)
        bottom += 30
    box = {"x": number(left), "y": number(top), "width": number(width), "height": number(bottom - top)}
    canvas.attrib.update(box)
    svg.attrib.update({"viewBox": " ".join(box.values()), "width": box["width"], "height": box["height"]})
    return tostring(svg, encoding="unicode")


def svg(graph: nx.MultiDiGraph[str], *, lang: Language = "en", title: str = "", note: str = "", seed: int = 7) -> str:
    """Return a network as an SVG text, laid out with a fixed seed: the same network gives the same text.

    Examples
    --------
    >>> import networkx as nx
    >>> picture = svg(nx.MultiDiGraph([("parliament", "police", {"kind": "oversight", "modality": "normative"})]), title="Oversight")
    >>> picture.startswith("<svg") and "parliament" in picture
    True
    """
    return draw(graph, placed(graph, seed=seed), lang=lang, title=title, note=note)


def _lanes(svg: Element, lanes: Collection[Lane]) -> None:
    for lane in lanes:
        frame = {"x": lane.left, "y": lane.top, "width": lane.width, "height": lane.height}
        SubElement(
            svg, "rect", {name: number(value) for name, value in frame.items()} | {"fill": look()["lane"][0], "rx": "8"}
        )


def _lane_names(svg: Element, lanes: Collection[Lane], lang: Language) -> None:
    """Write the names of lanes above the lines (0018), with a halo in the colour of the lane on which they stand."""
    for lane in lanes:
        text(
            svg,
            say(lang, f"lane.{lane.id}"),
            lane.left + 10,
            lane.top + 17,
            size=12,
            bold=True,
            fill=look()["quiet"][0],
            halo=True,
        )
        svg[-1].set("stroke", look()["lane"][0])


def _denial_key(svg: Element, graph: nx.MultiDiGraph[str], lang: Language, left: float, top: float) -> float:
    """Explain the cross of a denial below the other signs, where one is drawn, and return where the legend ends."""
    if not any(edge.get("negated") for start, end, edge in graph.edges(data=True) if start != end):
        return top
    ink, y = look()["ink"][0], number(top + 8)
    line = {"x1": number(left), "x2": number(left + 26), "y1": y, "y2": y, "stroke": ink, "stroke-width": "2"}
    SubElement(svg, "line", line)
    text(svg, "✕", left + 13, top + 13, size=14, bold=True, anchor="middle", halo=True)
    text(svg, say(lang, "modality.negated"), left + 32, top + 12, size=12)
    return top + 22


def _span(node: str, graph: nx.MultiDiGraph[str], place: Point, lang: Language) -> tuple[float, float, float]:
    """Return how far a node reaches with its name to the left and to the right, and at what height it stands."""
    letters = max(map(len, label_lines(name_of(node, graph.nodes[node], lang))), default=0)
    half = max(_MARGIN, letters * _LETTER / 2 + 4)
    return place[0] - half, place[0] + half, place[1]


def _frame(spans: Collection[tuple[float, float, float]], lanes: Collection[Lane]) -> tuple[float, float, float, float]:
    lefts = [left for left, _, _ in spans] + [lane.left for lane in lanes]
    rights = [right for _, right, _ in spans] + [lane.left + lane.width for lane in lanes]
    ys = [y for _, _, y in spans] + [y for lane in lanes for y in (lane.top, lane.top + lane.height - _MARGIN)]
    left, top = min(lefts, default=-_MARGIN), min(ys, default=0.0) - _MARGIN / 2
    return left, top, max(640.0, max(rights, default=0.0) - left), max(ys, default=0.0) + 1.2 * _MARGIN - top


def bundles(graph: nx.MultiDiGraph[str]) -> dict[Ends, int]:
    """Return the edges that are drawn, and for how many relations each stands.

    In a crowd those of one kind from one actor to another are one line, that of a practised one where there is any, and of a dated one (0018).

    >>> few = nx.MultiDiGraph([("rada", "sbu"), ("rada", "sbu")])
    >>> sorted(bundles(few).values())
    [1, 1]
    """
    if graph.number_of_edges() <= look()["crowd"]:
        return dict.fromkeys(graph.edges(keys=True), 1)
    found: dict[tuple[str, str, object, bool], list[Ends]] = {}
    for edge in sorted(graph.edges(keys=True), key=lambda each: (*_vagueness(graph, each), each)):
        known = graph.edges[edge]
        found.setdefault((*edge[:2], known.get("kind"), bool(known.get("negated"))), []).append(edge)
    return {together[0]: len(together) for together in found.values()}


def _vagueness(graph: nx.MultiDiGraph[str], edge: Ends) -> tuple[bool, bool]:
    known = graph.edges[edge]
    return known.get("modality") in look()["hollow"], is_undated(known, (graph.nodes[edge[0]], graph.nodes[edge[1]]))


def _edges(svg: Element, graph: nx.MultiDiGraph[str], places: Mapping[str, Point], level: bool) -> None:
    lines = bundles(graph)
    order: list[Ends] = sorted(lines)
    bends = fans(order, places if level else None)
    colours = colours_of({str(edge.get("kind", "")) for _, _, edge in graph.edges(data=True)})
    loops: dict[str, int] = {}
    for edge in order:
        start, end, _ = edge
        if start == end:
            loops[start] = loops.get(start, 0) + 1
        known = graph.edges[edge]
        bend = float(loops[start]) if start == end else bends[edge]
        _edge(
            svg,
            colours[str(known.get("kind", ""))],
            known,
            (places[start], places[end]),
            bend,
            radius(graph.degree(end)),
            _dashes(known, (graph.nodes[start], graph.nodes[end])),
        )
        if start != end and lines[edge] > 1:
            x, y = middle(places[start], via(places[start], places[end], bend), places[end])
            text(
                svg,
                str(lines[edge]),
                x,
                y + 4,
                size=11,
                bold=True,
                anchor="middle",
                fill=colours[str(known.get("kind", ""))],
                halo=True,
            )


def _edge(
    svg: Element,
    colour: str,
    known: Mapping[str, object],
    ends: tuple[Point, Point],
    bend: float,
    gap: float,
    dashes: str,
) -> None:
    style = {"fill": "none", "stroke": colour, "stroke-opacity": "0.75"}
    hollow = known.get("modality") in look()["hollow"]
    style["stroke-width"] = number(
        look()["tube"][0] if hollow else look()["widths"].get(str(known.get("modality", "")), 1.5)
    )
    bore = {"fill": "none", "stroke": look()["background"][0], "stroke-width": number(look()["tube"][1])}
    if dashes:
        style["stroke-dasharray"] = bore["stroke-dasharray"] = dashes
    start, end = ends
    if start == end:
        size = 8 + 4 * bend
        loop = {"cx": number(start[0]), "cy": number(start[1] - gap - size + 4), "r": number(size)}
        SubElement(svg, "circle", style | loop)
        if hollow:
            SubElement(svg, "circle", bore | loop)
        return
    control = via(start, end, bend)
    tip = towards(control, end, gap + 2)
    path = f"M{number(start[0])} {number(start[1])}Q{number(control[0])} {number(control[1])} {number(tip[0])} {number(tip[1])}"
    SubElement(svg, "path", style | {"d": path})
    if hollow:  # from end to end, so that nobody takes a demand for practice
        SubElement(svg, "path", bore | {"d": path})
    if known.get("negated"):
        x, y = middle(start, control, tip)
        text(svg, "✕", x, y + 5, size=14, bold=True, anchor="middle", fill=colour)
    corners = " ".join(f"{number(x)},{number(y)}" for x, y in arrowhead(control, tip))
    SubElement(svg, "polygon", {"points": corners} | _head(colour, str(known.get("modality", ""))))


def _dashes(known: Mapping[str, object], nodes: tuple[Mapping[str, object], Mapping[str, object]]) -> str:
    """Return the dashes of a line: long where nobody recorded a start, else those of its modality."""
    modalities = look()["modalities"].get(str(known.get("modality", "")), [])
    return " ".join(map(str, look()["undated"] if is_undated(known, nodes) else modalities))


def _head(colour: str, modality: str) -> dict[str, str]:
    """Return how an arrowhead is painted: hollow for a demand, so that nobody takes it for practice."""
    if modality in look()["hollow"]:
        return {"fill": look()["background"][0], "stroke": colour, "stroke-width": "1.5"}
    return {"fill": colour}


def _nodes(svg: Element, graph: nx.MultiDiGraph[str], places: Mapping[str, Point], lang: Language) -> None:
    for node in sorted(graph, key=lambda each: (graph.degree(each), each)):
        known, (x, y), size = graph.nodes[node], places[node], radius(graph.degree(node))
        mark = mark_of(known.get("types", ()), str(known.get("sort", "actor")))
        symbol(svg, mark.shape, mark.fill, x, y, size)
        for place, line in enumerate(label_lines(name_of(node, known, lang))):
            text(
                svg,
                line,
                x,
                y + size + _LINE * (place + 0.9),
                size=13,
                anchor="middle",
                bold=graph.degree(node) > 8,
                halo=True,
            )
