"""Entities of Wikibase in JSON, as `Special:EntityData/Q212.json`, the API and the dumps have them: statements, ranks, values.

The form is that of `doc/json` of Wikibase (https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html). What PHP writes for
an empty object is `[]`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from graph_build.readers.head import head
from graph_build.readers.json_stream import Piece, pieces
from graph_build.readers.lines import json_lines
from graph_build.readers.wikidata_meaning import ITEM
from graph_build.readers.wikidata_times import from_julian
from graph_build.readers.words import shown

_OTHER_ENTITY: Final = re.compile(r"[PLM][1-9][0-9]{0,11}", re.ASCII)
_JULIAN: Final = "Q1985786"
_DAY: Final = "11"
_ENTITIES: Final = "entities"
_ABOUT_THE_ANSWER: Final = ("success", _ENTITIES)
Snaks = Mapping[str, Any]
"""What is said with each property: a list of values, each with its `snaktype` and `datavalue`."""


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a file as an entity: where, and its value or why there is none; `key` is the name that the file gives it."""

    line: int
    pointer: str
    value: Any = None
    key: str = ""
    fault: str = ""


def found(file: Path) -> Iterator[Found]:
    """Give what stands in a file: one entity a line, an array of them, one by itself, or those under `entities`."""
    start = head(file)
    tops = {path.split(".")[0] for path in start.json_paths}
    if _ENTITIES not in tops and _is_lines(start.text):
        yield from (
            Found(line.number, f"line {line.number}", line.value, fault=line.fault) for line in json_lines(file)
        )
        return
    is_one = {"id", "labels"} <= tops and _ENTITIES not in tops
    for piece in pieces(file, lambda path: not is_one and path in ((), (_ENTITIES,))):
        yield from _of_piece(piece, is_one)


def _of_piece(piece: Piece, is_one: bool) -> Iterator[Found]:
    first = piece.path[0] if piece.path else ""
    is_inside = first == _ENTITIES and len(piece.path) > 1
    if is_one or is_inside or isinstance(first, int):
        yield Found(piece.line, piece.pointer, piece.value, str(piece.path[-1]) if is_inside else "")
    elif first not in _ABOUT_THE_ANSWER:
        yield Found(piece.line, piece.pointer, fault=f'"{shown(str(first))}" is no entity')


def _is_lines(text: str) -> bool:
    """Say whether each line is an entity by itself; a first one that is longer than what was looked at is taken for that."""
    lines = [line for line in text.splitlines() if line.strip()][:2]
    if not lines or not lines[0].startswith("{"):
        return False
    try:
        return isinstance(json.loads(lines[0]), dict)
    except (ValueError, RecursionError):
        return len(lines) == 1 or lines[1].startswith("{")


def is_entities(paths: frozenset[str]) -> bool:
    """Say by the paths of a file whether it holds entities with their names in this form, or entities that are missing."""
    parts = [path.removeprefix("[].").split(".") for path in paths]
    tops = {part[0] for part in parts}
    below = {
        part[2]
        for part in parts
        if part[0] == _ENTITIES and len(part) > 2 and (ITEM.fullmatch(part[1]) or _OTHER_ENTITY.fullmatch(part[1]))
    }
    if below & {"labels", "claims", "missing"}:
        return True
    is_named = any(part[0] == "labels" and len(part) == 3 and part[2] in ("language", "value") for part in parts)
    return "id" in tops and ({"labels", "claims"} <= tops or (is_named and "type" in tops))


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim about an entity; `fault` says where it has no value that is known."""

    property: str
    id: str
    rank: str
    main: Snaks
    qualifiers: Snaks
    references: tuple[Snaks, ...]
    fault: str = ""


def statements(entity: Mapping[str, Any]) -> Iterator[Statement]:
    """Give all statements about an entity in the order of the file."""
    for name, claims in as_object(entity.get("claims")).items():
        for claim in claims if isinstance(claims, list) else [claims]:
            yield _statement(name, as_object(claim))


def _statement(name: str, claim: Mapping[str, Any]) -> Statement:
    main = as_object(claim.get("mainsnak"))
    sort = main.get("snaktype")
    fault = {"value": "", "somevalue": "the value is not known", "novalue": "it is said that there is none"}
    references = claim.get("references")
    return Statement(
        name,
        as_text(claim.get("id")),
        as_text(claim.get("rank")) or "normal",
        main,
        as_object(claim.get("qualifiers")),
        tuple(as_object(as_object(one).get("snaks")) for one in (references if isinstance(references, list) else ())),
        fault.get(sort, "it has not the form of a statement") if isinstance(sort, str) else "it has no main value",
    )


def values(snaks: Snaks, name: str) -> list[Mapping[str, Any]]:
    """Return what is said with a property, where there is a value."""
    said = snaks.get(name)
    return [snak for snak in map(as_object, said if isinstance(said, list) else ()) if snak.get("snaktype") == "value"]


def item_of(snak: Mapping[str, Any]) -> str:
    """Return the number of the item that a value is, or nothing; old files give it without its letter."""
    value = as_object(_value(snak))
    number = value.get("id") or (value.get("entity-type") == "item" and f"Q{value.get('numeric-id')}")
    return number if isinstance(number, str) and ITEM.fullmatch(number) else ""


def text_of(snak: Mapping[str, Any]) -> tuple[str, str]:
    """Return the text that a value is, with its language where it has one."""
    value = _value(snak)
    said = as_object(value)
    return (value, "") if isinstance(value, str) else (as_text(said.get("text")), as_text(said.get("language")))


def time_of(snak: Mapping[str, Any]) -> tuple[str, str]:
    """Return the time that a value is, with its precision; a day of the Julian calendar as the Gregorian one has it."""
    value = as_object(_value(snak))
    moment, precision = as_text(value.get("time")), str(value.get("precision", ""))
    if as_text(value.get("calendarmodel")).endswith(_JULIAN) and precision == _DAY:
        moment = from_julian(moment)
    return moment, precision


def as_object(value: Any) -> Mapping[str, Any]:
    """Return an object; of what is none, as `[]` for an empty one, an empty one."""
    return value if isinstance(value, dict) else {}


def as_text(value: Any) -> str:
    """Return a text; of what is none, an empty one."""
    return value if isinstance(value, str) else ""


def _value(snak: Mapping[str, Any]) -> Any:
    return as_object(snak.get("datavalue")).get("value")
