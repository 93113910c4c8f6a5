"""Entities of Wikidata in JSON: what `Special:EntityData/Q212.json` and the API answer, and dumps, one entity a line or as an array.

Each item is an actor, and every statement that is a relation (`maps/wikidata.toml`) a draft, as in an answer to a request
(`wikidata`). An item that statements name and the file does not describe is called by its number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graph_build.readers.entries import About, Entry, Note, Opened, Remark, cited, left_out
from graph_build.readers.head import Head
from graph_build.readers.web import web_fault
from graph_build.readers.wikidata_items import Passed, actor
from graph_build.readers.wikidata_json import (
    Found,
    Snaks,
    Statement,
    as_text,
    found,
    is_entities,
    item_of,
    statements,
    text_of,
    time_of,
    values,
)
from graph_build.readers.wikidata_meaning import DEPRECATED, ITEM, is_relation, relation
from graph_build.readers.wikidata_times import day
from graph_build.readers.words import shown
from graph_build.records import Actor, Place, Record
from graph_build.vocabulary import PREFIXES

_TIMES: Final = {"start": "P580", "end": "P582"}
_ADDRESS, _WORK, _TITLE, _ISSUED, _RETRIEVED, _PAGE = "P854", "P248", "P1476", "P577", "P813", "P304"
_CITING: Final = frozenset({_ADDRESS, _WORK, _TITLE, _ISSUED, _RETRIEVED, _PAGE})


def recognise(head: Head) -> bool:
    """Say whether a file holds entities of a Wikibase with their labels, in JSON."""
    return is_entities(head.json_paths)


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every item, every statement that is a relation, and at the end what is named alone, and what was not taken over."""
    told = _Told(source)
    for file in source.files:
        for one in found(file):
            yield from _entity(told, one, Place(str(file), one.line))
    yield from (_stub(told, item, place) for item, place in told.named.items() if item not in told.given)
    yield from (Remark(Place(str(source.files[0]), 0), note) for note in told.passed.notes())


@dataclass(slots=True)
class _Told:
    """Which items were named and given so far, and how often what is not taken over was met."""

    source: Opened
    named: dict[str, Place] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    passed: Passed = field(default_factory=Passed)

    def id(self, item: str) -> str:
        return self.source.id("item", item.lower())


def _entity(told: _Told, one: Found, place: Place) -> Iterator[Entry]:
    value = one.value
    if one.fault or not isinstance(value, dict):
        yield left_out("entity", place, "", one.fault or "it is no object", "mend it", one.pointer)
        return
    number = as_text(value.get("id")) or one.key
    if "missing" in value:
        yield left_out("entity", place, "id", f'Wikidata has no "{shown(number)}"', "", one.pointer)
    elif not ITEM.fullmatch(number):
        yield left_out("entity", place, "id", f'"{shown(number)}" is no item', "", one.pointer)
    else:
        yield from _said(told, number, value, place)


def _said(told: _Told, number: str, entity: Mapping[str, Any], place: Place) -> Iterator[Entry]:
    """Give an item and its relations."""
    told.given.add(number)
    said = list(statements(entity))
    made, notes = actor(told.id(number), number, entity, said, place, told.passed)
    yield Entry("item", place, (made,), notes, number)
    for statement in said:
        if is_relation(statement.property):
            yield _relation(told, number, statement, place)


def _stub(told: _Told, item: str, place: Place) -> Entry:
    note = Note("label", f'"{item}" is named in statements only, so it is called by its number', "add its entity")
    return Entry(
        "item of statements only",
        place,
        (Actor(told.id(item), ("unclassified",), item, exact_match=(item,), place=place),),
        (note,),
        item,
    )


def _relation(told: _Told, subject: str, statement: Statement, place: Place) -> Entry:
    what, value = statement.property, item_of(statement.main)
    locator = _address(subject, statement)
    fault = (
        DEPRECATED if statement.rank == "deprecated" else statement.fault or ("" if value else "the value is no item")
    )
    if fault:
        return left_out(what, place, "value", fault, "", locator)
    told.named.setdefault(value, place)
    days, notes = _days(told, statement)
    name, is_preferred = locator.rpartition("/")[2], statement.rank == "preferred"
    made = relation(told.source, name, what, (subject, value), days, place, preferred=is_preferred)
    pages = [record for reference in statement.references for record in _pages(told, made.id, reference, notes)]
    return Entry(what, place, (made, *cited(told.source, made.id, locator), *pages), tuple(notes), locator)


def _address(subject: str, statement: Statement) -> str:
    """Return the address of a statement, as RDF of Wikidata has it; of one without an id, that of its property at the item."""
    name = statement.id.replace("$", "-", 1)
    plain = (
        name
        if name.replace("-", "").isalnum() and name.isascii()
        else f"{subject}-{statement.property}-{item_of(statement.main)}"
    )
    return f"{PREFIXES['wd']}statement/{plain}"


def _days(told: _Told, statement: Statement) -> tuple[dict[str, str], list[Note]]:
    days, notes = {}, []
    for edge, name in _TIMES.items():
        days[edge], fault = day(map(time_of, values(statement.qualifiers, name)))
        notes += [Note(edge, fault)] if fault else []
    for name in statement.qualifiers.keys() - _TIMES.values():
        told.passed.over("the qualifier", name)
    return days, notes


def _pages(told: _Told, relation: str, reference: Snaks, notes: list[Note]) -> Iterator[Record]:
    """Give what a reference cites: its addresses, and the work in which it is stated."""
    for name in reference.keys() - _CITING:
        told.passed.over("the part of a reference", name)
    addresses = [text_of(snak)[0] for snak in values(reference, _ADDRESS)]
    notes += [Note("reference", fault) for fault in map(web_fault, addresses) if fault]
    title = next((text_of(snak)[0] for snak in values(reference, _TITLE)), "")
    issued, _ = day(map(time_of, values(reference, _ISSUED)))
    locator = _locator(reference)
    for address in addresses:
        if not web_fault(address):
            yield from cited(told.source, relation, address, title, locator, issued)
    for work in filter(None, map(item_of, values(reference, _WORK))):
        yield from cited(told.source, relation, PREFIXES["wd"] + work, locator=locator)


def _locator(reference: Snaks) -> str:
    """Return where in a page or work it is said, and when that was looked up."""
    parts = [f"p. {text_of(snak)[0]}" for snak in values(reference, _PAGE)]
    retrieved, _ = day(map(time_of, values(reference, _RETRIEVED)))
    parts += [f"as retrieved on {retrieved}"] if retrieved else []
    return ", ".join(parts if not parts or parts[0].startswith("p.") else ["the page", *parts])
