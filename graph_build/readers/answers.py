"""Answers of services that no reader takes as they are: what they are called, and what to do with each of them."""

from __future__ import annotations

from typing import Final

from graph_build.readers.head import Head
from graph_build.readers.tabular_solutions import is_solutions

_OF_ENTITIES: Final = frozenset({"id", "labels", "descriptions"})
_ASK: Final = (
    "take them from https://www.wikidata.org/wiki/Special:EntityData/Q212.json instead; or write [wikidata] and below it "
    'items = ["Q212"] into NAME.wikidata.toml, and give that: it asks what is said of them'
)
_MAP: Final = "govgraph map {0} -o NAME.toml writes a mapping; then give NAME.toml instead"


def answer(start: Head) -> tuple[str, str]:
    """Return what an answer is called and what to do with it; of what is no answer that is known, nothing."""
    if is_solutions(start):
        return "it is the answer of a SPARQL endpoint", _MAP.format("FILE")
    if start.xml_root == "sparql":
        return "it is the answer of a SPARQL endpoint in XML", f"save it as CSV or JSON; {_MAP.format('THAT')}"
    if {path.removeprefix("[].").split(".")[0] for path in start.json_paths} >= _OF_ENTITIES:
        return "it holds entities of Wikidata as its REST interface gives them", _ASK
    return "", ""
