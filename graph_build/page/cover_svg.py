"""Coverage as a picture: one small matrix for each country, all on one scale, with legend, days and attribution."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from textwrap import wrap
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from graph_build.coverage import LAYERS, WAYS, Cell, Matrix
from graph_build.facts import Body
from graph_build.layout import label_lines
from graph_build.page.cover import SIGNS, Cover, counted, country_name, days, layer_name, layers_of
from graph_build.page.look import look
from graph_build.page.pens import clean, number, text
from graph_build.page.words import Language, say
from graph_build.vocabulary import SVG_NAMESPACE

_NAMES: Final = 292.0  # width of the names of agencies
_CELL: Final = 38.0
_ROW: Final = 31.0
_HEAD: Final = 142.0  # country, days, counts and the names of layers
_PANEL: Final = _NAMES + _CELL * (len(LAYERS) + 1)
_GAP: Final = 30.0
_MARGIN: Final = 24.0
_LETTERS: Final = 39  # of a name in one line
_DENIED: Final = "#9C1C1C"
_BOX: Final = (32.0, 23.0)


def picture(known: Cover) -> str:
    """Return the picture as an SVG text: two columns of matrices, each cell with the names of its overseers as its title."""
    svg = Element("svg", {"xmlns": SVG_NAMESPACE, "role": "img", "font-family": "system-ui, 'DejaVu Sans', sans-serif"})
    SubElement(svg, "title").text = clean(known.title)
    canvas = SubElement(svg, "rect", {"fill": look()["background"][0]})
    text(svg, known.title, _MARGIN, _MARGIN + 16, size=20, bold=True)
    columns = [_MARGIN + 60] * min(2, max(1, len(known.matrices)))
    for matrix in known.matrices:
        place = columns.index(min(columns))
        columns[place] = _panel(svg, matrix, _MARGIN + place * (_PANEL + _GAP), columns[place], known.lang) + _GAP
    width = max(2 * _MARGIN + len(columns) * (_PANEL + _GAP) - _GAP, 900)
    bottom = _notes(svg, known, _legend(svg, max(columns), width, known.lang), width)
    size = {"width": number(width), "height": number(bottom)}
    canvas.attrib.update(size)
    svg.attrib.update({"viewBox": f"0 0 {size['width']} {size['height']}"} | size)
    return tostring(svg, encoding="unicode")


def _panel(svg: Element, matrix: Matrix, left: float, top: float, lang: Language) -> float:
    """Add the matrix of a country, and return where it ends."""
    text(svg, country_name(matrix.country.code, lang), left, top, size=16, bold=True)
    text(svg, days(matrix, lang), left, top + 18, size=12, fill=look()["quiet"][0])
    text(svg, counted(matrix, lang), left, top + 34, size=12, fill=look()["quiet"][0])
    layers, start = layers_of(matrix), top + _HEAD
    for place, layer in enumerate(layers):
        x, y = left + _NAMES + (place + 0.5) * _CELL, start - 8
        turned = SubElement(svg, "g", {"transform": f"rotate(-55 {number(x)} {number(y)})"})
        text(turned, layer_name(layer, lang), x, y, size=12)
    for row, (agency, cells) in enumerate(matrix.rows):
        _agency(svg, agency, left, start + row * _ROW)
        for place, layer in enumerate(layers):
            x, y = left + _NAMES + place * _CELL, start + row * _ROW
            group = SubElement(svg, "g")
            cell = cells.get(layer, Cell())
            SubElement(group, "title").text = clean(_told(agency, layer_name(layer, lang), cell, matrix, lang))
            _sign(group, cell, x + (_CELL - _BOX[0]) / 2, y + (_ROW - _BOX[1]) / 2)
    return start + max(len(matrix.rows), 1) * _ROW


def _agency(svg: Element, agency: Body, left: float, top: float) -> None:
    rule = {"x1": number(left), "x2": number(left + _PANEL - _CELL), "y1": number(top), "y2": number(top)}
    SubElement(svg, "line", rule | {"stroke": look()["lane"][0], "stroke-width": "1"})
    lines = label_lines(agency.label, _LETTERS)
    shown = lines if len(lines) < 3 else (lines[0], f"{lines[1]}…")
    for place, line in enumerate(shown):
        text(svg, line, left, top + (_ROW / 2 + 4 if len(shown) == 1 else 13 + 13 * place), size=12)


def _told(agency: Body, layer: str, cell: Cell, matrix: Matrix, lang: Language) -> str:
    said = [
        f"{say(lang, f'cover.short.{way}')}: {', '.join(sorted(map(matrix.country.label, overseers)))}"
        for way, overseers in cell.ways.items()
    ]
    return f"{agency.label}, {layer}: {'; '.join(said) or say(lang, 'cover.unknown')}"


def _sign(svg: Element, cell: Cell, left: float, top: float) -> None:
    """Add the box of a cell: the firmest way with its number, and a corner where a source also excludes an overseer."""
    way = next(iter(cell.ways), "unknown")
    box(svg, way, "?" if way == "unknown" else f"{SIGNS[way]}{len(cell.ways[way])}", left, top)
    if cell.denied and way != "denied":
        _corner(svg, left, top)


def _corner(svg: Element, left: float, top: float) -> None:
    right = left + _BOX[0]
    corners = " ".join(f"{number(x)},{number(y)}" for x, y in ((right - 8, top), (right, top), (right, top + 8)))
    SubElement(svg, "polygon", {"points": corners, "fill": _DENIED, "stroke": look()["background"][0]})


def box(svg: Element, way: str, said: str, left: float, top: float) -> None:
    """Add the box of one way of knowing: filled, hollow, dotted with an arrow, crossed, or a dashed "?"."""
    ink, quiet, paper = (look()[name][0] for name in ("ink", "quiet", "background"))
    styles: Mapping[str, tuple[str, str, str, str]] = {
        "practice": (ink, ink, "", paper),
        "law": (paper, ink, "", ink),
        "parent": (paper, quiet, "1.5 2.5", ink),
        "denied": (paper, _DENIED, "", _DENIED),
        "unknown": (look()["lane"][0], quiet, "4 3", quiet),
    }
    fill, stroke, dashes, letters = styles[way]
    frame = {"x": number(left), "y": number(top), "width": number(_BOX[0]), "height": number(_BOX[1]), "rx": "3"}
    style = {"fill": fill, "stroke": stroke, "stroke-width": "1" if way == "unknown" else "2"}
    SubElement(svg, "rect", frame | style | ({"stroke-dasharray": dashes} if dashes else {}))
    x, y = left + _BOX[0] / 2, top + _BOX[1] / 2 + 4.5
    text(svg, said, x, y, size=13, bold=way in ("practice", "denied"), anchor="middle", fill=letters)


def _legend(svg: Element, top: float, width: float, lang: Language) -> float:
    entries = [(way, f"{SIGNS[way]}2", say(lang, f"cover.{way}")) for way in WAYS]
    entries += [("unknown", "?", say(lang, "cover.unknown")), ("corner", "", say(lang, "cover.more"))]
    x, y = _MARGIN, top
    for way, sign, words in entries:
        needed = _BOX[0] + 24 + 7.4 * len(words)
        if x > _MARGIN and x + needed > width - _MARGIN:
            x, y = _MARGIN, y + 32
        if way == "corner":
            _corner(svg, x, y + 6)
        else:
            box(svg, way, sign, x, y)
        text(svg, words, x + _BOX[0] + 8, y + 16, size=12)
        x += needed
    return y + 46


def _notes(svg: Element, known: Cover, top: float, width: float) -> float:
    """Add what the numbers are, that not known is not absent, and where the data come from; return where all ends."""
    said = (
        f"{say(known.lang, 'cover.number')} {say(known.lang, 'cover.recorded')}",
        say(known.lang, "cover.unknown.hint"),
        say(known.lang, "cover.source", datasets=known.attribution, version=version("govgraph")),
    )
    letters = int((width - 2 * _MARGIN) / 7.2)
    for line in (line for words in said for line in wrap(words, letters)):
        text(svg, line, _MARGIN, top, size=12, fill=look()["quiet"][0])
        top += 17
    return top + _MARGIN - 12
