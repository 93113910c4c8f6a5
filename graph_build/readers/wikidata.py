"""Wikidata, or another Wikibase, asked over SPARQL: a small file with `[wikidata]` names the items, and is the source.

Every statement about them that is a relation (`maps/wikidata.toml`) becomes a draft, for anyone may edit it, with the statement's own
address and its references as sources. A deprecated one is left out. The answers are kept in the folder NAME.answers beside the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from graph_build.readers.endpoint import Endpoint, Row
from graph_build.readers.entries import About, Entry, Note, Opened, Remark, cited, left_out
from graph_build.readers.head import Head
from graph_build.readers.maps import word_map
from graph_build.readers.request import Request
from graph_build.readers.web import web_fault
from graph_build.readers.wikidata_meaning import DEPRECATED, ITEM, is_relation, relation, types_of
from graph_build.readers.wikidata_times import day
from graph_build.readers.words import shown
from graph_build.records import Actor, Place
from graph_build.vocabulary import PREFIXES, local_name

_TABLE: Final = re.compile(r"^\s*\[\s*wikidata\s*\]", re.MULTILINE)
_TOGETHER: Final = 50


def recognise(head: Head) -> bool:
    """Say whether a file is a request for Wikidata: TOML with a table `[wikidata]`."""
    return head.name.endswith(".toml") and bool(_TABLE.search(head.text))


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every statement about the items, and every item that one names."""
    for file in source.files:
        endpoint, items = _request(file)
        place = Place(str(file), 0)
        yield About(
            title=f"Wikidata on {', '.join(items[:5])}", url=endpoint.url if not web_fault(endpoint.url) else ""
        )
        properties = [PREFIXES["wd"] + name for name in word_map("wikidata")["properties"]]
        named = {PREFIXES["wd"] + item: None for item in items}
        for start in range(0, len(items), _TOGETHER):
            about = [PREFIXES["wd"] + item for item in items[start : start + _TOGETHER]]
            rows = endpoint.rows("wikidata-statements", {"about": about, "property": properties})
            for _, group in groupby(rows, key=lambda row: (row["statement"], row["value"])):
                found = list(group)
                yield _statement(source, found, place)
                named |= {end: None for end in (found[0]["subject"], found[0]["value"]) if _is_item(end)}
        yield from _items(source, endpoint, list(named), place)


def _request(file: Path) -> tuple[Endpoint, list[str]]:
    """Read the file; what it says wrongly is an `InputError`."""
    request = Request.read(file, "wikidata", {"items": list}, 'write [wikidata] and below it items = ["Q212"]')
    items = request.said.get("items", [])
    if not items or not all(isinstance(item, str) and ITEM.fullmatch(item) for item in items):
        raise request.wrong('"items" must list items by their numbers')
    return request.endpoint(word_map("wikidata")["endpoint"], page=2000, most=10_000), list(dict.fromkeys(items))


def _is_item(iri: str) -> bool:
    return iri.startswith(PREFIXES["wd"]) and ITEM.fullmatch(iri.removeprefix(PREFIXES["wd"])) is not None


def _statement(source: Opened, rows: list[Row], place: Place) -> Entry:
    row, what = rows[0], local_name(rows[0]["property"])
    locator, ends = row["statement"], (row["subject"], row["value"])
    if not is_relation(what) or not all(map(_is_item, ends)):
        return left_out(what, place, "value", f'"{shown(row["value"])}" is no item', "", locator)
    rank = local_name(row["rank"])
    if rank == "DeprecatedRank":
        return left_out(what, place, "rank", DEPRECATED, "", locator)
    days, notes = {}, []
    for edge in ("start", "end"):
        days[edge], fault = day((r.get(edge, ""), r.get(f"{edge}_precision", "")) for r in rows)
        notes += [Note(edge, fault)] if fault else []
    numbers = (local_name(ends[0]), local_name(ends[1]))
    is_preferred = rank == "PreferredRank"
    made = relation(source, local_name(locator), what, numbers, days, place, preferred=is_preferred)
    pages = sorted({r["reference"] for r in rows if r.get("reference") and not web_fault(r["reference"])})
    evidence = [record for page in (locator, *pages) for record in cited(source, made.id, page)]
    return Entry(what, place, (made, *evidence), tuple(notes), locator)


def _items(source: Opened, endpoint: Endpoint, items: list[str], place: Place) -> Iterator[Entry]:
    """Give the items by their names; what has none in the languages asked for is called by its number."""
    for start in range(0, len(items), _TOGETHER):
        some = items[start : start + _TOGETHER]
        facts: dict[str, dict[str, list[tuple[str, str]]]] = {item: {} for item in some}
        for row in endpoint.rows("wikidata-items", {"item": some}):
            facts.setdefault(row["item"], {}).setdefault(row["fact"], []).append(
                (row["value"], row.get("precision", ""))
            )
        for item in some:
            yield _item(source, item, facts[item], place)


def _item(source: Opened, item: str, facts: dict[str, list[tuple[str, str]]], place: Place) -> Entry:
    def values(fact: str) -> list[str]:
        return [value for value, _ in facts.get(fact, ())]

    number = local_name(item)
    types, unknown, notes = types_of(list(map(local_name, values("type"))))
    names = [*values("label-en"), *values("label-mul"), *values("label-uk"), number]
    if names[0] == number:
        notes.append(Note("label", f'"{number}" has no name in English or Ukrainian', "give it one"))
    days: dict[str, Any] = {}
    for edge in ("founded", "dissolved"):
        days[edge], fault = day(facts.get(edge, ()))
        notes += [Note(edge, fault)] if fault else []
    countries = values("country")
    made = Actor(
        source.id("item", number.lower()),
        types,
        names[0],
        (*values("label-uk"), "")[0],
        alt_labels=tuple([f"{name}@en" for name in values("alias-en")] + [f"{name}@uk" for name in values("alias-uk")]),
        country=countries[0] if len(countries) == 1 else "",
        **days,
        exact_match=(number,),
        note=f"instance of: {', '.join(unknown)}" if unknown else "",
        place=place,
    )
    return Entry("item", place, (made,), tuple(notes), item)
