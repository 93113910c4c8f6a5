"""The explorer: one HTML page that works offline, the same as a still picture, and as the output of a notebook cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

from graph_build.errors import NotFoundError
from graph_build.page.cover import CoveragePicture, cover
from graph_build.page.cover_html import page as cover_page
from graph_build.page.cover_svg import picture as cover_picture
from graph_build.page.drawing import draw, svg
from graph_build.page.facts import facts
from graph_build.page.html import render
from graph_build.page.scenes import Layout
from graph_build.page.summary import COLUMNS, heading, lede, opening_graph, relation_rows
from graph_build.page.view import View
from graph_build.page.words import Language, say
from graph_build.store import Store

__all__ = ["CoveragePicture", "Layout", "View", "coverage_picture", "explorer", "svg", "view"]


def explorer(
    store: Store,
    *,
    lang: Language = "en",
    title: str = "",
    country: str = "",
    as_of: date | None = None,
    layout: Layout | None = None,
    texts: Path | None = None,
) -> str:
    """Return the explorer of a store as one HTML text that needs no network.

    Parameters
    ----------
    lang
        The language that it opens in; the reader can change it.
    title
        The heading; without one, the title of the dataset, or a general one for several.
    country
        Only relations of that country (ISO 3166-1 alpha-2).
    as_of
        The day that the page opens on; without one, that on which the data were checked. The reader can change it.
    layout
        How the network is drawn when the page opens: "ladder", in lanes by rank, or "free"; without one, a country's oversight
        is a ladder. The reader can change it.
    texts
        The folder of the sources' texts. Only with it does the page hold the passages; a page to publish is made without.
    """
    return render(
        facts(store, country=country, as_of=as_of, layout=_known_layout(layout), texts=texts), lang=lang, title=title
    )


def view(
    store: Store,
    *,
    lang: Language = "en",
    title: str = "",
    country: str = "",
    as_of: date | None = None,
    layout: Layout | None = None,
    texts: Path | None = None,
) -> View:
    """Return the explorer as an object that shows itself in a notebook and saves itself to a file; options as for `explorer`."""
    known = facts(store, country=country, as_of=as_of, layout=_known_layout(layout), texts=texts)
    scene = known.opening.opened
    head, day = heading(known, lang, title), say(lang, "header.asof", date=known.day)
    return View(
        html=render(known, lang=lang, title=title),
        title=head,
        sentence=f"{head}: {lede(known, lang)} {day}.",
        picture=draw(opening_graph(known), scene.places, lanes=scene.lanes, lang=lang, title=head, note=day),
        columns=tuple(say(lang, f"column.{name}") for name in COLUMNS),
        rows=tuple(tuple(row) for row in relation_rows(known, lang, 50)),
    )


def _known_layout(layout: Layout | None) -> Layout | None:
    if layout is not None and layout not in get_args(Layout):
        raise NotFoundError("layout", str(layout), get_args(Layout))
    return layout


def coverage_picture(
    store: Store, country: str | None = None, *, as_of: date | None = None, lang: Language = "en"
) -> CoveragePicture:
    """Return who oversees each security agency, by layer, as a page and a picture; options and errors as for `coverage.coverage`."""
    known = cover(store, country, as_of=as_of, lang=lang)
    return CoveragePicture(html=cover_page(known), svg=cover_picture(known), title=known.title)
