"""What items and statements of Wikidata mean here (`maps/wikidata.toml`), whether an endpoint or a file of entities tells them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from graph_build.readers.entries import Note, Opened
from graph_build.readers.maps import word_map
from graph_build.records import Place, Relation

ITEM: Final = re.compile(r"Q[1-9][0-9]{0,11}", re.ASCII)
"""The number of an item."""
DEPRECATED: Final = "Wikidata marks it as deprecated"


def is_relation(what: str) -> bool:
    """Say whether statements with a property are relations."""
    return what in word_map("wikidata")["properties"]


def relation(
    source: Opened,
    statement: str,
    what: str,
    ends: tuple[str, str],
    days: Mapping[str, str],
    place: Place,
    *,
    preferred: bool,
) -> Relation:
    """Return the draft that a statement is: by its id, its property, the numbers of its subject and its value, and its days."""
    meant = word_map("wikidata")["properties"][what]
    actor, target = (source.id("item", end.lower()) for end in (reversed(ends) if meant.get("reverse") else ends))
    return Relation(
        source.id("statement", statement),
        actor,
        meant["kind"],
        target,
        "actual",
        phrase=meant.get("phrase", ""),
        function=tuple(meant.get("function", ())),
        **days,  # type: ignore[arg-type]
        verified="secondary",
        status="draft",
        note="rank: preferred" if preferred else "",
        place=place,
    )


def types_of(classes: Sequence[str]) -> tuple[tuple[str, ...], list[str], list[Note]]:
    """Return the types that the classes of an item are, the classes that are none here, and what is said of these."""
    known = word_map("wikidata")["types"]
    unknown = [name for name in classes if name not in known]
    notes = [Note("type", f'the class "{", ".join(unknown[:5])}" is no type of actor here')] if unknown else []
    types = tuple(dict.fromkeys(known[name] for name in classes if name in known))
    return types or ("unclassified",), unknown, notes
