"""What the tables of a security force say together: who is called what, which sources and places there are, what cites what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graph_build.readers.entries import Note, Opened, cited
from graph_build.readers.maps import word_map
from graph_build.readers.sfm_rows import Claims
from graph_build.readers.web import web_fault
from graph_build.readers.words import shown
from graph_build.records import Evidence, Record, Relation

_PLACE_KEYS = ("id:admin", "humane_id:admin", "id", "name")


class Book:
    """What a first pass over all rows learns."""

    def __init__(self, source: Opened) -> None:
        """Begin with nothing known."""
        self.source = source
        self.units: dict[str, set[str]] = {}
        self.persons: dict[str, set[str]] = {}
        self.known: set[str] = set()
        self.labels: dict[str, str] = {}
        self.types: dict[str, tuple[str, ...]] = {}
        self.pages: set[str] = set()
        self.places: dict[str, str] = {}
        self.used_places: set[str] = set()
        self.lines: dict[str, dict[str, None]] = {}
        """What all the rows of a unit or person say of it beside its names, line by line."""

    def learn(self, row: Claims) -> None:
        """Take in a row, before any becomes a record."""
        if row.sheet in ("units", "persons"):
            self._bearer("unit" if row.sheet == "units" else "person", row)
            if row.has("unit:"):
                self._bearer("unit", row.part("unit:"))
        elif row.sheet in ("unit_claims", "person_claims"):
            kind = row.sheet.partition("_")[0]
            names = (row.text("name:annotation"), *row.several(f"{kind}:names:assertion"))
            sorts = row.several("unit:classifications:assertion")
            self._named(kind, row.text("about_entity:ref:claim"), [name for name in names if name], sorts)
        elif row.sheet == "sources":
            self.pages.update(filter(None, map(row.text, ("access_point_id:admin", "access_point_id", "id:admin"))))
        elif row.sheet == "locations":
            for key in ("id:entity", *_PLACE_KEYS):
                if row.text(key):
                    name = row.text("name") or row.text("name:annotation") or row.text("humane_id:admin")
                    self.places.setdefault(row.text(key), name)
        for column in ("location", "positioning:location:refs:assertion", "incident:location:refs:assertion"):
            self.used_places.update(row.several(column))

    def _bearer(self, kind: str, row: Claims) -> None:
        names = [name for name in (row.text("name"), *row.several("other_names")) if name]
        self._named(kind, row.first("id:admin", "admin:id"), names, row.several("classification"))

    def _named(self, kind: str, key: str, names: Sequence[str], sorts: Sequence[str]) -> None:
        """Learn a unit or person by its first name; another of its names is nobody's who has it as the first."""
        label = names[0] if names else ""
        if not key and not label:
            return
        one = self.id(kind, key, label)
        self.known.add(one)
        self.labels.setdefault(one, label)
        self._learn_type(one, sorts)
        bearers = self.units if kind == "unit" else self.persons
        for name in names:
            if name == label or name not in bearers:
                bearers.setdefault(name, set()).add(one)

    def _learn_type(self, one: str, said: Sequence[str]) -> None:
        """Unite the types that the rows of a unit give; only where none is known is it no more than an organisation."""
        words = word_map("sfm")["classifications"]
        known = [words[item.lower()] for item in said if item.lower() in words]
        if known:
            self.types[one] = tuple(dict.fromkeys((*self.types.get(one, ()), *known)))

    def id(self, kind: str, key: str, name: str) -> str:
        """Return the id of a unit or person by its key, or else by its name."""
        return self.source.id(kind, key) if key else self.source.id(kind, "name", name)

    def named(self, kind: str, key: str, name: str) -> str | Note:
        """Return the id of a unit or person that a row names by its key, or else by a name that only one bears."""
        if key:
            one = self.id(kind, key, name)
            if name or one in self.known:
                return one
            return Note(kind, f'it names the {kind} "{shown(key)}", which is not in the file', "add it")
        bearers = (self.units if kind == "unit" else self.persons).get(name, set())
        if len(bearers) > 1:
            return Note(kind, f'it names "{shown(name)}", which "{len(bearers)}" are called', "name it by its id")
        return next(iter(bearers), self.id(kind, "", name))

    def add_lines(self, one: str, lines: Iterable[str]) -> None:
        """Keep what a row says of a unit or person, for all of its rows to carry."""
        self.lines.setdefault(one, {}).update(dict.fromkeys(filter(None, lines)))

    def note(self, one: str) -> str:
        """Return what all the rows say of a unit or person."""
        return "; ".join(self.lines.get(one, ()))

    def place(self, row: Claims, name: str) -> str:
        """Return the name of a place that a row names by its id."""
        if name not in self.places:
            row.notes.append(Note("location", f'the location "{shown(name)}" is not in the sheet of locations'))
        return self.places.get(name, name)

    def stated(
        self, row: Claims, value: str, actor: str, target: str, kind: str, facts: dict[str, Any]
    ) -> Iterator[Record]:
        """Give a relation with the confidence and the sources that the row has for the value that states it."""
        sure = row.confidence(value)
        note = "; ".join(filter(None, (facts.get("note", ""), f"confidence: {sure}" if sure else "")))
        words = [f"{name}={facts[name]}" for name in sorted(facts)]
        made = self.source.id("relation", kind, actor, target, *words)
        yield Relation(
            made, actor, kind, target, "actual", verified="secondary", place=row.place,
            confidence=sure if sure in ("low", "medium") else "", **(facts | {"note": note}),
        )  # fmt: skip
        yield from self.cited(row, f"{value}:source", made)

    def cited(self, row: Claims, column: str, relation: str) -> Iterator[Record]:
        """Give the evidence for a relation: the sources that a cell names by their ids or addresses."""
        for page in row.several(column):
            if page in self.pages:
                yield Evidence(relation, self.source.id("source", page), "the page", place=row.place)
            elif not web_fault(page):
                yield from cited(self.source, relation, page)
            else:
                row.notes.append(Note(column, f'the source "{shown(page)}" is not in the sheet of sources'))
