"""FollowTheMoney entities, one a line: streams of Aleph and OpenSanctions, their deltas, and arrays of entities.

The package `followthemoney` is not used: it would bring SQLAlchemy, ICU and ten more for a model of which we need one table, and it
drops what its model does not know, where we have to tell of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import product
from typing import Any, Final

from graph_build.readers.entries import About, Entry, Note, Opened, Remark, cited, left_out
from graph_build.readers.ftm_entity import Entity
from graph_build.readers.ftm_lines import entities, is_wrapped
from graph_build.readers.ftm_statements import is_statements
from graph_build.readers.head import Head
from graph_build.readers.maps import word_map
from graph_build.readers.web import web_fault
from graph_build.readers.words import shown
from graph_build.records import Actor, Place, Record, Relation, Thing

_WIKIDATA: Final = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?[Qq]([1-9]\d*)", re.ASCII)
_DATE: Final = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ].*)?", re.ASCII)
_MOST_PASSED: Final = 10_000
Passed = Counter[tuple[str, str]]
"""How many entities of a schema have a property that is not taken over."""
_MONEY: Final = (("amountEur", "EUR"), ("amountUsd", "USD"))


def recognise(head: Head) -> bool:
    """Say whether the first object is an entity, or a change to one."""
    paths = head.json_paths
    if is_statements(head):
        return True
    if "op" in paths and "entity" in {path.split(".")[0] for path in paths}:
        return True
    if is_wrapped(paths):
        return True
    tops = {path.removeprefix("[].").split(".")[0] for path in paths}
    return {"id", "properties", "schema"} <= tops


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every entity as an entry under the name of its schema, in one pass; at the end, what was not taken over."""
    passed: Passed = Counter()
    yield from told(source, entities(source.files), passed)
    yield from untold(source, passed)


def told(source: Opened, items: Iterable[Entity | Entry], passed: Passed) -> Iterator[Entry]:
    """Give the entry of each entity, and count in `passed` what of it was not taken over."""
    for item in items:
        if isinstance(item, Entry):
            yield item
            continue
        taken: set[str] = set()
        yield _entry(source, item, taken)
        if len(passed) < _MOST_PASSED:  # a hostile file can name any number
            left = (name for name in item.values if name not in taken and item.values[name] and name not in item.inner)
            passed.update((item.schema, name) for name in {*left, *item.odd})
            passed.update(("entity", name) for name in item.extras if name not in word_map("ftm")["extras"]["known"])


def untold(source: Opened, passed: Passed) -> Iterator[Remark]:
    """Give a remark for each property that was not taken over."""
    for (schema, name), number in sorted(passed.items()):
        message = f'"{shown(name)}" of {shown(schema)} is not taken over: {number:,} have it'
        yield Remark(Place(str(source.files[0]), 0), Note(name, message))


def _entry(source: Opened, entity: Entity, taken: set[str]) -> Entry:
    words = word_map("ftm")
    for table, make in (("edges", _edge), ("actors", _actor), ("things", _thing)):
        if entity.schema in words[table]:
            return make(source, _Said(entity, taken), words[table][entity.schema])
    taken.update(entity.values)  # all of it is left out, which is said once
    return left_out(entity.schema, entity.place, "schema", f'"{shown(entity.schema)}" has no place in the graph')


class _Said:
    """What an entity says, with a memory of which properties were asked for, and of what could not be carried."""

    def __init__(self, entity: Entity, taken: set[str]) -> None:
        self.entity, self.taken = entity, taken
        self.notes: list[Note] = []

    def all(self, *names: str) -> tuple[str, ...]:
        there = [name for name in names if name in self.entity.values]
        if not there:
            return ()
        self.taken.update(there)
        if len(there) == 1:
            return self.entity.values[there[0]]
        return tuple(dict.fromkeys(value for name in there for value in self.entity.values[name]))

    def one(self, *names: str) -> str:
        """Return the only value; of several the first, and the others are told of."""
        found = self.all(*names)
        if len(found) > 1:
            self.notes.append(Note(names[0], f'only the first of {len(found)} values is kept: "{shown(found[0])}"'))
        return found[0] if found else ""

    def day(self, *names: str) -> str:
        """Return a date; of a time its day."""
        value = self.one(*names)
        found = _DATE.fullmatch(value)
        return found[1] if found else value

    def remarks(self, *names: str) -> list[str]:
        return [f"{name}: {value}" for name in names if name in self.entity.values for value in self.all(name)]

    def pages(self) -> list[str]:
        return list(self.all("sourceUrl"))


def _names(said: _Said) -> tuple[str, tuple[str, ...]]:
    words = word_map("ftm")["names"]
    names = said.all(*words["first"])
    caption = _caption(said.entity)
    label = caption if caption in names else names[0] if names else ""
    label = label or " ".join(said.all("firstName", "secondName", "middleName", "lastName")) or caption
    more = caption if not any(caption in values for values in said.entity.values.values()) else ""
    others = [name for name in (*names, more, *said.all(*words["others"])) if name not in ("", label)]
    return label, tuple(f"{name}@und" if "@" in name else name for name in dict.fromkeys(others))


def _caption(entity: Entity) -> str:
    """Return what a program shows for an entity, which is mostly one of its values; what it calls the schema is no name."""
    caption = entity.extras.get("caption")
    caption = " ".join(caption.split()) if isinstance(caption, str) else ""
    return "" if caption.replace(" ", "").lower() == entity.schema.lower() else caption


def _actor(source: Opened, said: _Said, sort: str) -> Entry:
    entity = said.entity
    label, others = _names(said)
    label = label or ("; ".join(said.all("role")) if sort == "post" else "")
    if not label:
        return left_out(entity.schema, entity.place, "name", "it has no name")
    types, topics = _types(said, sort)
    country, elsewhere = _country(said)
    same, others_same = _same(said)
    remarks = [
        *said.remarks(*word_map("ftm")["notes"]["node"]),
        *topics,
        *elsewhere,
        *others_same,
        *(f"source: {page}" for page in said.pages()),
    ]
    if entity.schema == "Post":
        remarks += said.remarks("organization")
    name = source.id("entity", entity.id)
    actor = Actor(
        name,
        types,
        label,
        alt_labels=others,
        country=country,
        founded=said.day(*word_map("ftm")["dates"]["founded"]),
        dissolved=said.day(*word_map("ftm")["dates"]["dissolved"]),
        exact_match=same,
        identifiers=_identifiers(said),
        note="; ".join(remarks),
        place=entity.place,
    )
    return Entry(entity.schema, entity.place, (actor, *_links(source, said, name)), tuple(said.notes))


def _types(said: _Said, sort: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the type by schema, or the narrower ones that topics tell of a body; its other topics, such as sanctions, as words."""
    topics = said.all("topics")
    if sort in ("person", "post"):
        if topics:
            said.taken.discard("topics")
        return (sort,), []
    known = word_map("ftm")["topics"]
    types = tuple(dict.fromkeys(known[topic] for topic in topics if topic in known))
    return types or (sort,), [f"topics: {topic}" for topic in topics if topic not in known]


def _country(said: _Said) -> tuple[str, list[str]]:
    """Return the country where there is one and it is a country; anything else as words."""
    codes = said.all("country", "jurisdiction", "mainCountry")
    fits = len(codes) == 1 and re.fullmatch("[A-Za-z]{2}", codes[0])
    if fits and codes[0].lower() not in word_map("ftm")["not_countries"]["codes"]:
        return codes[0].upper(), []
    return "", [f"country: {code}" for code in codes]


def _same(said: _Said) -> tuple[tuple[str, ...], list[str]]:
    """Return the ids of Wikidata and the pages that are the same; what is neither as words, of which it is told."""
    codes = {value: _WIKIDATA.fullmatch(value) for value in said.all("wikidataId")}
    pages = {value: web_fault(value) for value in said.all("wikipediaUrl")}
    wrong = [("wikidataId", value, "is no id of Wikidata") for value, code in codes.items() if not code]
    wrong += [("wikipediaUrl", value, "is no address of a page") for value, fault in pages.items() if fault]
    for name, value, why in wrong:
        said.notes.append(Note(name, f'"{shown(value)}" {why}, so it stands in the note'))
    fits = dict.fromkeys(f"Q{code[1]}" for code in codes.values() if code)
    same = (*fits, *(page for page, fault in pages.items() if not fault))
    return same, [f"{name}: {value}" for name, value, _ in wrong]


def _identifiers(said: _Said) -> tuple[str, ...]:
    found = [
        f"{scheme}:{value}"
        for name, scheme in word_map("ftm")["identifiers"].items()
        if name in said.entity.values
        for value in said.all(name)
    ]
    referents = said.entity.extras.get("referents")
    others = referents if isinstance(referents, list) else []
    return (*found, *(f"referent:{other}" for other in others if isinstance(other, str) and other != said.entity.id))


def _thing(source: Opened, said: _Said, sort: str) -> Entry:
    entity = said.entity
    label, others = _names(said)
    label = label or said.one("title")
    if not label:
        return left_out(entity.schema, entity.place, "name", "it has no name")
    remarks = [*said.remarks(*word_map("ftm")["notes"]["node"], "country", "amount", "currency", "amountEur")]
    remarks += [f"{name}" for name in _identifiers(said)] + [f"also: {name}" for name in others]
    remarks += [f"source: {page}" for page in said.pages()]
    name = source.id("entity", entity.id)
    thing = Thing(name, sort, label, note="; ".join(remarks), place=entity.place)
    return Entry(entity.schema, entity.place, (thing, *_links(source, said, name)), tuple(said.notes))


def _links(source: Opened, said: _Said, name: str) -> Iterator[Relation]:
    """Give the relations that properties of a node make."""
    for name_of, link in word_map("ftm")["links"].items():
        if said.entity.schema in link.get("of", [said.entity.schema]):
            for other in said.all(name_of):
                ends = (source.id("entity", other), name) if link.get("reverse") else (name, source.id("entity", other))
                key = source.id("link", said.entity.id, name_of, other)
                yield _relation(key, ends, link, said.entity.place)


def _relation(name: str, ends: tuple[str, str], link: Mapping[str, Any], place: Place, **more: Any) -> Relation:
    made = partial(Relation, name, ends[0], more.pop("kind", link["kind"]), ends[1], "actual", verified="secondary")
    return made(
        function=tuple(link.get("function", ())), phrase=more.pop("phrase", link.get("phrase", "")), place=place, **more
    )


def _edge(source: Opened, said: _Said, edge: Mapping[str, Any]) -> Entry:
    entity = said.entity
    starts, targets = said.all(edge["from"]), said.all(edge["to"])
    if not starts or not targets:
        missing = edge["to"] if starts else edge["from"]
        return left_out(entity.schema, entity.place, missing, f"it names no {missing}")
    facts = _facts(said, edge)
    pages = said.pages()
    records: list[Record] = []
    for start, target in product(starts, targets):
        pair = (start, target) if len(starts) * len(targets) > 1 else ()
        name = source.id("entity", entity.id, *pair)
        relation = _relation(
            name, (source.id("entity", start), source.id("entity", target)), edge, entity.place, **facts
        )
        records.append(relation)
        for page in pages:
            if not web_fault(page):
                records += cited(source, name, page)
    return Entry(entity.schema, entity.place, tuple(records), tuple(said.notes))


def _facts(said: _Said, edge: Mapping[str, Any]) -> dict[str, Any]:
    """Return the circumstances of an edge. The day of an act, such as a payment, is both its start and its end."""
    words = word_map("ftm")
    role = said.one("role", "relationship")
    start, end, day = said.day("startDate"), said.day("endDate"), said.day("date")
    remarks = said.remarks(*words["notes"]["edge"])
    remarks += [f"source: {page}" for page in said.pages() if web_fault(page)]
    if edge.get("act") and day and not start and not end:
        start = end = day
    elif day:
        remarks.append(f"date: {day}")
    share = said.one("percentage")
    scope = [*said.all(*words["notes"]["scope"]), f"{share.rstrip(' %')} %" if share else ""]
    facts = {"role": role, "start": start, "end": end, "scope": "; ".join(filter(None, scope)), **_money(said, remarks)}
    if edge["kind"] == "other":
        kind = words["roles"].get(role, "other")
        facts |= {"kind": kind, "phrase": (role or edge["phrase"]) if kind == "other" else ""}
    return {**facts, "note": "; ".join(remarks)}


def _money(said: _Said, remarks: list[str]) -> dict[str, str]:
    """Return amount and currency; an amount without a currency, or below nothing, and a currency alone are only told."""
    amount, currency = said.one("amount"), said.one("currency").upper()
    for name, code in _MONEY:
        other = said.one(name)
        if other and not (amount and currency):
            remarks += _half(amount, currency)
            amount, currency = other, code
        elif other and currency != code:
            remarks.append(f"{name}: {other}")
    if amount and (not currency or not re.fullmatch(r"\d+(\.\d+)?", amount, re.ASCII)):
        remarks.append(f"amount: {amount} {currency}".rstrip())
        said.notes.append(
            Note("amount", f'"{shown(amount)} {currency}" is no amount with a currency, so it stands in the note')
        )
        return {}
    remarks += _half("", "" if amount else currency)
    return {"amount": amount, "currency": currency} if amount else {}


def _half(amount: str, currency: str) -> list[str]:
    """Return in words an amount without a currency, or a currency without an amount."""
    return [f"{name}: {value}" for name, value in (("amount", amount), ("currency", currency)) if value]
