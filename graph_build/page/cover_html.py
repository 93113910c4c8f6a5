"""Coverage as one HTML text without any script: a table for each country, and below it who oversees on which ground."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Final

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from graph_build.coverage import WAYS, Cell, Matrix
from graph_build.page.assets import styled
from graph_build.page.cover import SIGNS, Cover, counted, country_name, days, layer_name, layers_of
from graph_build.page.words import Language, say

_TEMPLATE: Final = "coverage.html.j2"
_Fields = dict[str, object]


def page(known: Cover) -> str:
    """Return the page: it loads nothing and runs nothing, all values are escaped, the same matrices give the same text."""
    style, policy = styled("coverage")
    lang = known.lang
    return (
        _environment()
        .get_template(_TEMPLATE)
        .render(
            lang=lang,
            say=lambda key, **values: say(lang, key, **values),
            title=known.title,
            style=Markup(style),  # our own file, checked
            policy=policy,
            countries=[_country(place, matrix, lang) for place, matrix in enumerate(known.matrices, 1)],
            ways=[(way, SIGNS[way]) for way in WAYS],
            attribution=known.attribution,
            version=version("govgraph"),
        )
    )


@cache
def _environment() -> Environment:
    template = files("graph_build.page").joinpath("template", _TEMPLATE).read_text(encoding="utf-8")
    return Environment(
        loader=DictLoader({_TEMPLATE: template}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _country(place: int, matrix: Matrix, lang: Language) -> _Fields:
    layers = layers_of(matrix)
    return {
        "anchor": f"c{place}",
        "name": country_name(matrix.country.code, lang),
        "days": days(matrix, lang),
        "counted": counted(matrix, lang),
        "layers": [layer_name(layer, lang) for layer in layers],
        "agencies": [
            {
                "anchor": f"c{place}-{row}",
                "label": agency.label,
                "cells": [
                    _cell(f"c{place}-{row}-{column}", layer_name(layer, lang), cells.get(layer, Cell()), matrix)
                    for column, layer in enumerate(layers)
                ],
            }
            for row, (agency, cells) in enumerate(matrix.rows, 1)
        ],
    }


def _cell(anchor: str, layer: str, cell: Cell, matrix: Matrix) -> _Fields:
    return {
        "anchor": anchor,
        "layer": layer,
        "numbers": [(way, SIGNS[way], len(overseers)) for way, overseers in cell.ways.items()],
        "ways": [(way, list(_overseers(overseers, matrix))) for way, overseers in cell.ways.items()],
    }


def _overseers(overseers: Mapping[str, list[str]], matrix: Matrix) -> Iterator[tuple[str, list[str]]]:
    """Yield overseers by name, each with its grounds once."""
    for label, iri in sorted((matrix.country.label(iri), iri) for iri in overseers):
        yield label, list(dict.fromkeys(text.removeprefix("denied: ") for text in overseers[iri]))
