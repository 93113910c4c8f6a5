"""The pens of the still picture: symbols, texts and numbers as SVG has them."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from graph_build.page.look import look
from graph_build.page.shapes import OUTLINES
from graph_build.page.words import Language


def name_of(node: str, known: Mapping[str, object], lang: Language) -> str:
    """Return the label of a node in a language, else in the other, else its id."""
    order = ("label_uk", "label_en") if lang == "uk" else ("label_en", "label_uk")
    return next((str(known[name]) for name in order if known.get(name)), node)


def symbol(svg: Element, shape: str, fill: str, x: float, y: float, size: float) -> None:
    """Add a symbol of a node to a drawing."""
    style = {"fill": fill, "stroke": look()["outline"][0], "stroke-width": "1.5"}
    if shape not in OUTLINES:
        SubElement(svg, "circle", style | {"cx": number(x), "cy": number(y), "r": number(size)})
        return
    corners = " ".join(f"{number(x + a * size)},{number(y + b * size)}" for a, b in OUTLINES[shape])
    SubElement(svg, "polygon", style | {"points": corners})


def text(
    svg: Element,
    words: str,
    x: float,
    y: float,
    *,
    size: int,
    bold: bool = False,
    anchor: str = "start",
    fill: str = "",
    halo: bool = False,
) -> None:
    """Add a line of text to a drawing; a halo keeps it readable over lines."""
    style = {
        "x": number(x),
        "y": number(y),
        "font-size": str(size),
        "fill": fill or look()["ink"][0],
        "text-anchor": anchor,
    }
    if bold:
        style["font-weight"] = "600"
    if halo:
        style |= {
            "stroke": look()["background"][0],
            "stroke-width": "3",
            "paint-order": "stroke",
            "stroke-linejoin": "round",
        }
    SubElement(svg, "text", style).text = clean(words)


def number(value: float) -> str:
    """Return a number with at most one digit after the point: enough for pixels, and the same on every machine."""
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.05 else "0"


def clean(text: str) -> str:
    """Leave out control characters, which XML cannot carry."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")
