"""Answers of services that no reader takes as they are: what they are called, and what to do with each of them."""

from __future__ import annotations

import json
import re
from typing import Final

from graph_build.readers.head import Head
from graph_build.readers.tabular_solutions import is_solutions

_ITEM: Final = re.compile(r"Q[1-9][0-9]{0,11}", re.ASCII)
_OF_ENTITIES: Final = frozenset({"id", "labels", "descriptions"})
_MOST: Final = 5
_ASK: Final = (
    "write [wikidata] and below it items = {0} into NAME.wikidata.toml, and give that: it asks what is said of them"
)
_MAP: Final = "govgraph map {0} -o NAME.toml writes a mapping; then give NAME.toml instead"


def answer(start: Head) -> tuple[str, str]:
    """Return what an answer is called and what to do with it; of what is no answer that is known, nothing."""
    if is_solutions(start):
        return "it is the answer of a SPARQL endpoint", _MAP.format("FILE")
    if start.xml_root == "sparql":
        return "it is the answer of a SPARQL endpoint in XML", f"save it as CSV or JSON; {_MAP.format('THAT')}"
    if (items := _items(start)) is not None:
        return "it holds entities of Wikidata", _ASK.format(json.dumps(items or ["Q212"]))
    return "", ""


def _items(start: Head) -> list[str] | None:
    """Return the first items that a file of entities says to hold; of any other file nothing."""
    parts = [path.removeprefix("[].").split(".") for path in start.json_paths]
    if {part[0] for part in parts} >= _OF_ENTITIES:
        return []
    found = {part[1] for part in parts if part[0] == "entities" and len(part) > 2 and part[2] == "labels"}
    return sorted(filter(_ITEM.fullmatch, found))[:_MOST] if found else None
