"""Records of XML as rows: `records` names their element, its children and attributes are the columns, `../name` those of what it is in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from graph_build.errors import Finding, InputError
from graph_build.readers.tabular_grid import Line
from graph_build.readers.tabular_mapping import BETWEEN, folded
from graph_build.readers.xml_stream import xml_pieces
from graph_build.records import Place


def xml_lines(file: Path, records: str) -> Iterator[Line]:
    """Give each element of that name as a row, lazily; without a name it is an `InputError`."""
    name = records.strip("*/").rpartition("/")[2]
    if not name:
        remedy = 'name the element that is a row: records = "training"'
        finding = Finding(str(file), 0, 0, "records", "the mapping does not say which elements are its rows", remedy)
        raise InputError(f"{file} could not be read", [finding], remedy)
    for number, piece in enumerate(xml_pieces(file, {name}), 1):
        found: dict[str, list[str]] = {}
        _collect(piece.element, "", found)
        for up, attributes in enumerate(reversed(piece.outer), 1):
            for key, value in attributes.items():
                found.setdefault("../" * up + key, []).append(value)
        cells = {folded(key): BETWEEN.join(filter(None, map(_clean, texts))) for key, texts in found.items()}
        filled = {key: cell for key, cell in cells.items() if cell}
        yield Line(Place(str(file), piece.line), f"{name}[{number}]", filled)


def _collect(element: Element, path: str, found: dict[str, list[str]]) -> None:
    """Take the attributes and texts of an element and of all below it, by path; its own text stands under `.`."""
    for key, value in element.attrib.items():
        found.setdefault(path + key, []).append(value)
    if element.text and element.text.strip():
        found.setdefault(path.rstrip("/") or ".", []).append(element.text)
    for part in element:
        _collect(part, f"{path}{part.tag}/", found)


def _clean(text: str) -> str:
    return " ".join(text.replace(BETWEEN, " ").split())
