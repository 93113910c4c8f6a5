"""Sheets of OpenDocument (.ods) through the safe XML parser, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element

from graph_build.readers.tabular_sheet import MOST_COLUMNS, MOST_ROWS, Merged, Traits, letter, made_row
from graph_build.readers.tabular_text import Row
from graph_build.readers.xml_stream import local

_HIDDEN: Final = frozenset({"collapse", "filter"})


def ods_tables(stream: IO[bytes], wanted: str | None, traits: Traits) -> Iterator[tuple[str, bool, Row | None]]:
    """Give each table by its name, whether it is hidden, without a row; after it the rows of the one that is wanted."""
    from defusedxml.ElementTree import iterparse

    name, number, cells, columns = "", 0, 0, 0
    hidden_styles: set[str] = set()
    merged = Merged(traits)
    open_: list[Element] = []
    for event, element in iterparse(stream, events=("start", "end")):
        tag = local(element.tag)
        if event == "start":
            open_.append(element)
            if tag == "table" and sum(local(one.tag) == "table" for one in open_) == 1:
                name, number, columns = _attribute(element, "name"), 0, 0
                is_hidden = _attribute(element, "style-name") in hidden_styles
                traits.hidden |= is_hidden and name == wanted
                yield name, is_hidden, None
            continue
        open_.pop()
        if tag == "style" and any(_attribute(part, "display") == "false" for part in element):
            hidden_styles.add(_attribute(element, "name"))
        elif tag == "table-column" and name == wanted:
            times = _number(_attribute(element, "number-columns-repeated"))
            if _attribute(element, "visibility") in _HIDDEN:
                traits.hidden_columns += [letter(place) for place in range(columns, columns + min(times, 26))]
            columns += times
        elif tag == "table-row" and name == wanted:
            texts, begun = _cells(element, number + 1, traits)
            times = _number(_attribute(element, "number-rows-repeated"))
            traits.hidden_rows += any(texts) and _attribute(element, "visibility") in _HIDDEN
            shared = merged.fill(number + 1, texts, begun)
            for _ in range(min(times, MOST_ROWS - number) if any(texts) else 1):
                number, cells = number + 1, cells + len(texts)
                yield name, False, made_row(number, list(texts), cells, shared)
            number += 0 if any(texts) else times - 1
        if tag in ("table-row", "table-column", "table", "annotation") and open_:
            open_[-1].remove(element)


def _cells(row: Element, number: int, traits: Traits) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the texts of a row, and the areas over several rows that begin in it."""
    texts: list[str] = []
    begun: list[tuple[int, int]] = []
    for cell in row:
        if local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        text, times = _text(cell), _number(_attribute(cell, "number-columns-repeated"))
        over, wide = (_number(_attribute(cell, f"number-{what}-spanned")) for what in ("rows", "columns"))
        if over > 1:
            begun.append((number + over - 1, len(texts)))
        if wide > 1:
            traits.wide[number] = max(traits.wide.get(number, 0), wide)
        if not text and _attribute(cell, "formula"):
            traits.uncomputed += 1
            traits.first_uncomputed = traits.first_uncomputed or f"{letter(len(texts))}{number}"
        if text:
            texts.extend([text] * min(times, MOST_COLUMNS + 1))
        else:
            texts.extend([""] * min(times, max(0, MOST_COLUMNS - len(texts))))
    while texts and not texts[-1]:
        texts.pop()
    return texts, begun


def _text(cell: Element) -> str:
    sort = _attribute(cell, "value-type")
    if sort == "date":
        return _attribute(cell, "date-value").removesuffix("T00:00:00")
    if sort == "boolean":
        return _attribute(cell, "boolean-value")
    if sort in ("float", "currency"):
        return _attribute(cell, "value").removesuffix(".0")
    return "\n".join("".join(part.itertext()) for part in cell if local(part.tag) == "p").strip()


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _number(text: str) -> int:
    return max(1, min(int(text), MOST_ROWS)) if text.isascii() and text.isdigit() and len(text) < 9 else 1
