"""An item of Wikidata as an actor: its names, classes, country and days, from an entity in JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from graph_build.readers.entries import Note
from graph_build.readers.maps import word_map
from graph_build.readers.wikidata_json import Statement, as_object, as_text, item_of, text_of, time_of
from graph_build.readers.wikidata_meaning import DEPRECATED, is_relation, types_of
from graph_build.readers.wikidata_times import day
from graph_build.readers.words import shown
from graph_build.records import Actor, Place

_LANGUAGES: Final = ("en", "uk", "mul")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.ASCII)
_ENDED: Final = "P582"
_FACTS: Final = frozenset({"P31", "P17", "P571", "P576", "P856", "P1448", "P1705", "P1813"})
_NAMING: Final = ("P1448", "P1705", "P1813")
"""Official, native and short names."""
_FIELDS: Final = frozenset(
    {"id", "type", "labels", "aliases", "descriptions", "claims", "pageid", "ns", "title", "lastrevid", "modified"}
)
_MOST: Final = 10_000


class Passed(Counter[tuple[str, str]]):
    """How often each sort of thing, by its name, was met and not taken over."""

    def over(self, sort: str, name: str = "", number: int = 1) -> None:
        """Count one more; a hostile file can name any number, and of those beyond many only the sort is counted."""
        self[(sort, name) if len(self) < _MOST else (sort, "")] += number

    def notes(self) -> Iterator[Note]:
        """Tell of each sort once."""
        for (sort, name), number in sorted(self.items()):
            named = f' "{shown(name)}"' if name else ""
            yield Note(name, f"{sort}{named}: {number:,} not taken over")


def actor(
    name: str, number: str, entity: Mapping[str, Any], said: Iterable[Statement], place: Place, passed: Passed
) -> tuple[Actor, tuple[Note, ...]]:
    """Return the actor that an item with this number is, under the id `name`, and what of it is not as the file has it."""
    facts = _Facts(said, passed)
    labels, label, notes = _labels(entity, number, passed)
    types, classes, told = types_of(facts.items(facts.best("P31")))
    country, elsewhere = _country(facts)
    remarks = [f"instance of: {', '.join(classes)}"] if classes else []
    remarks += [f"country: {', '.join(elsewhere)}"] if elsewhere else []
    remarks += [f"website: {page}" for page, _ in facts.texts("P856")]
    for field in (name for name, value in entity.items() if value and name not in _FIELDS):
        passed.over("the field", field)
    made = Actor(
        name,
        types,
        label,
        labels.get("uk", ""),
        alt_labels=tuple(_others(entity, facts, {label, labels.get("uk", "")})),
        country=country,
        founded=facts.day("P571", "founded"),
        dissolved=facts.day("P576", "dissolved"),
        exact_match=(number,),
        identifiers=tuple(facts.identifiers()),
        note="; ".join(remarks),
        place=place,
    )
    return made, (*notes, *told, *facts.notes)


class _Facts:
    """What is said of the item itself: of each property the preferred statements, or else those that are not deprecated."""

    def __init__(self, said: Iterable[Statement], passed: Passed) -> None:
        self.notes = list[Note]()
        self.by_property: dict[str, list[Statement]] = {}
        self.registers: Mapping[str, str] = word_map("wikidata")["identifiers"]
        for statement in said:
            name = statement.property
            if is_relation(name):
                continue
            if name in _FACTS or name in self.registers:
                self.by_property.setdefault(name, []).append(statement)
            elif statement.main.get("datatype") == "external-id":
                passed.over("identifiers of other registers")
            else:
                passed.over("the property", name)
        for name, statements in self.by_property.items():
            self.notes += [Note(name, f"a value is left out: {fault}") for fault in sorted(_faults(statements))]

    def best(self, name: str) -> list[Statement]:
        valid = [one for one in self.by_property.get(name, ()) if not one.fault and one.rank != "deprecated"]
        return [one for one in valid if one.rank == "preferred"] or valid

    def items(self, statements: Iterable[Statement]) -> list[str]:
        return list(dict.fromkeys(filter(None, (item_of(one.main) for one in statements))))

    def texts(self, name: str) -> list[tuple[str, str]]:
        return [found for found in (text_of(one.main) for one in self.best(name)) if found[0]]

    def day(self, name: str, field: str) -> str:
        found, fault = day(time_of(one.main) for one in self.best(name))
        self.notes += [Note(field, fault)] if fault else []
        return found

    def identifiers(self) -> Iterator[str]:
        for name, scheme in self.registers.items():
            yield from (f"{scheme}:{value}" for value, _ in self.texts(name))


def _faults(statements: Iterable[Statement]) -> set[str]:
    faults = {one.fault or (DEPRECATED if one.rank == "deprecated" else "") for one in statements}
    return faults - {""}


def _labels(entity: Mapping[str, Any], number: str, passed: Passed) -> tuple[dict[str, str], str, list[Note]]:
    """Return the labels by language, and which of them is the name: an English one, else Ukrainian, else the first there is."""
    labels = {language: text for language, texts in _texts(entity.get("labels")) for text in texts}
    language = next((one for one in ("en", "mul", "uk") if one in labels), min(labels, default=""))
    others = labels.keys() - {*_LANGUAGES, language}
    if others:
        passed.over("labels in languages other than English and Ukrainian", number=len(others))
    for field in ("aliases", "descriptions"):
        if found := sum(
            len(texts) for one, texts in _texts(entity.get(field)) if field != "aliases" or one not in _LANGUAGES
        ):
            passed.over("descriptions" if field == "descriptions" else "other names in other languages", number=found)
    if not language:
        return labels, number, [Note("label", f'"{number}" has no label', "give it one")]
    note = Note(
        "label", f'"{number}" has no name in English or Ukrainian, and is called by that in "{shown(language)}"'
    )
    return labels, labels[language], [] if language in _LANGUAGES else [note]


def _texts(terms: Any) -> Iterator[tuple[str, list[str]]]:
    """Give the texts of labels, descriptions or aliases by their languages."""
    for language, said in as_object(terms).items():
        several = said if isinstance(said, list) else [said]
        if texts := [text for text in (as_text(as_object(one).get("value")).strip() for one in several) if text]:
            yield language, texts


def _others(entity: Mapping[str, Any], facts: _Facts, known: set[str]) -> Iterator[str]:
    """Give other names with their languages: aliases in English and Ukrainian, and official, native and short names in any."""
    said = [
        (text, language)
        for language, texts in _texts(entity.get("aliases"))
        if language in _LANGUAGES
        for text in texts
    ]
    for text, language in (*said, *(name for one in _NAMING for name in facts.texts(one))):
        if text not in known:
            yield f"{text}@{language if language.isalpha() and language != 'mul' else 'und'}"


def _country(facts: _Facts) -> tuple[str, list[str]]:
    """Return the code of the country, where there is one now, or else the items that are said to be it."""
    said = facts.best("P17")
    items = facts.items([one for one in said if _ENDED not in one.qualifiers] or said)
    codes = word_map("wikidata_countries")["countries"]
    found = {codes.get(item, "") for item in items}
    if len(found) == 1 and "" not in found:
        return found.pop(), []
    if items:
        why = "is of several countries" if len(items) > 1 else "is of a country without an ISO code that is known here"
        facts.notes.append(Note("country", f'it {why}: "{", ".join(items[:5])}"'))
    return "", items
