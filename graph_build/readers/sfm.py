"""Security force workbooks: units and their command, persons and their postings, incidents; each value with its own sources.

The form is that of Security Force Monitor (sheets units, persons, persons_extra, incidents, sources, locations). First and last
cited dates say when sources speak of something: they are noted, and are a start or an end only where a flag of the row says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from graph_build.errors import InputError
from graph_build.readers.entries import Entry, Note, Opened, Remark, cited, left_out
from graph_build.readers.head import Head
from graph_build.readers.maps import word_map
from graph_build.readers.sfm_rows import Claims, claims, columns_of, tables
from graph_build.readers.tabular_values import as_country, as_date
from graph_build.readers.web import web_fault
from graph_build.readers.words import shown
from graph_build.records import Actor, Evidence, Place, Record, Relation, Source, Thing

_SHEETS = ("unit:", "person:", "person_extra:", "incident:")


def recognise(head: Head) -> bool:
    """Say whether a workbook or a table has the columns of the form."""
    if head.zip_names:
        return any(name.endswith(("workbook.xml", "content.xml")) for name in head.zip_names) and _has_sheets(head)
    first = head.first_line.lower().lstrip('\ufeff"')
    return first.startswith(_SHEETS) and first.count(":") > 2


def _has_sheets(head: Head) -> bool:
    from graph_build.readers.tabular_book import sheet_names

    try:
        names = [name for name in sheet_names(head.path) if name.lower() in word_map("sfm")["sheets"]]
        return any(columns_of(head.path, name)[0] in ("units", "persons", "incidents") for name in names)
    except InputError:  # a broken workbook is told of by the reader that it is given to
        return False


def entries(source: Opened) -> Iterator[Entry | Remark]:
    """Give each row as an entry: a first pass learns names, sources and places, so that the sheets may come in any order."""
    book = _Book(source)
    sheets = list(tables(source))
    for file, sheet in sheets:
        for row in claims(file, sheet):
            book.learn(row)
    passed: Counter[tuple[str, str]] = Counter()
    for file, sheet in sheets:
        if not columns_of(file, sheet)[0]:
            note = Note("", f'the sheet "{shown(sheet or file.name)}" is none of the form and was not read')
            yield Remark(Place(str(file), 0), note)
        for row in claims(file, sheet):
            yield book.entry(row)
            passed.update((row.sheet, name) for name in _passed(row))
    for (sheet, name), number in sorted(passed.items()):
        message = f'the column "{name}" of {sheet} is not taken over: {number:,} rows have it'
        yield Remark(Place(str(source.files[0]), 0), Note(name, message))


def _passed(row: Claims) -> Iterator[str]:
    words = word_map("sfm")
    prefix = next(prefix for prefix, sheet in words["prefixes"].items() if sheet == row.sheet)
    for name in row.cells:
        whole = f"{prefix}:{name}"
        if whole.endswith(tuple(words["passed"]["suffixes"])) or whole in words["passed"]["names"]:
            yield whole


class _Book:
    """What is known of the whole workbook, and how its rows become records."""

    def __init__(self, source: Opened) -> None:
        self.source = source
        self.units: dict[str, set[str]] = {}
        self.persons: dict[str, set[str]] = {}
        self.known: set[str] = set()
        self.labels: dict[str, str] = {}
        self.types: dict[str, tuple[str, ...]] = {}
        self.pages: set[str] = set()
        self.places: dict[str, str] = {}
        self.used_places: set[str] = set()

    def learn(self, row: Claims) -> None:
        if row.sheet in ("units", "persons"):
            kind = "unit" if row.sheet == "units" else "person"
            one = self.id(kind, row.text("id:admin"), row.text("name"))
            self.known.add(one)
            self.labels.setdefault(one, row.text("name"))
            self.learn_type(one, row.several("classification"))
            names = self.units if kind == "unit" else self.persons
            for name in (row.text("name"), *row.several("other_names")):
                if name and (name == row.text("name") or name not in names):
                    names.setdefault(name, set()).add(one)
            self.used_places.update(row.several("location"))
        elif row.sheet == "incidents":
            self.used_places.update(row.several("location"))
        elif row.sheet == "sources":
            self.pages.update(filter(None, (row.text("access_point_id:admin"), row.text("id:admin"))))
        elif row.sheet == "locations":
            for key in ("id:admin", "humane_id:admin", "id", "name"):
                if row.text(key):
                    self.places.setdefault(row.text(key), row.text("name") or row.text("humane_id:admin"))

    def learn_type(self, one: str, said: Sequence[str]) -> None:
        """Unite the types that the rows of a unit give; only where none is known is it no more than an organisation."""
        words = word_map("sfm")["classifications"]
        known = [words[item.lower()] for item in said if item.lower() in words]
        if known:
            self.types[one] = tuple(dict.fromkeys((*self.types.get(one, ()), *known)))

    def id(self, kind: str, key: str, name: str) -> str:
        return self.source.id(kind, key) if key else self.source.id(kind, "name", name)

    def entry(self, row: Claims) -> Entry:
        what = word_map("sfm")["sheets"][row.sheet]
        if row.notes:
            return Entry(what, row.place, (), tuple(row.notes), row.locator)
        made = _MAKERS[row.sheet](self, row)
        if isinstance(made, Note):
            return left_out(what, row.place, made.field, made.message, made.remedy, row.locator)
        within = row.sheet == "locations"
        return Entry(what, row.place, tuple(made), tuple(row.notes), row.locator, within)

    def unit(self, row: Claims) -> Sequence[Record] | Note:
        if not row.text("name"):
            return Note("unit:name", "it has no name", "give it one")
        first, last = row.date("first_cited_date"), row.date("last_cited_date")
        one = self.id("unit", row.text("id:admin"), row.text("name"))
        places = [self.place(row, name) for name in row.several("location")]
        remarks = [
            row.said("classification"),
            row.cited_dates(),
            row.said("base_name", "base"),
            f"location: {', '.join(places)}" if places else "",
            row.cited_dates("location") and f"there {row.cited_dates('location')}",
            *self.sources_in_words(row, "name", "classification", "other_names", "country", "base_name", "location"),
        ]
        actor = Actor(
            one,
            self.types.get(one, ("organisation",)),
            row.text("name"),
            alt_labels=tuple(row.several("other_names")),
            country=as_country(row.text("country")),
            founded=first if row.flag("first_cited_date_start") else "",
            dissolved=last if row.flag("last_cited_date_open", "is_end") else "",
            note="; ".join(filter(None, remarks)),
            place=row.place,
        )
        return [actor, *self.command(row, one)]

    def place(self, row: Claims, name: str) -> str:
        if name not in self.places:
            row.notes.append(Note("location", f'the location "{shown(name)}" is not in the sheet of locations'))
        return self.places.get(name, name)

    def command(self, row: Claims, one: str) -> Iterator[Record]:
        """Give what the row says of the unit's place under another."""
        name, key = row.text("related_unit"), row.text("related_unit_id:admin")
        if not name and not key:
            return
        other = self.named("unit", key, name)
        if isinstance(other, Note):
            row.notes.append(other)
            return
        if other not in self.known:
            yield Actor(other, ("organisation",), name, place=row.place)
        words = word_map("sfm")
        said = row.text("relation_type").lower()
        known = words["relations"].get(said)
        if said and not known:
            row.notes.append(Note("relation_type", f'"{shown(said)}" is no type of relation that is known'))
        known = known or {"kind": "other"}
        kinds = row.several("related_unit_class")
        facts = self.facts(row, "related_unit", "related_unit_open")
        facts["note"] = "; ".join(filter(None, (row.said("related_unit_class", "class"), facts["note"])))
        ends = (other, one) if known.get("turned") else (one, other)
        phrase = "" if known["kind"] != "other" else (said or "is related to")
        yield from self.stated(row, "related_unit", *ends, known["kind"], facts | {"function": tuple(known.get("function", ())), "phrase": phrase})  # fmt: skip
        if any(kind.lower() in words["commands"] for kind in kinds):
            yield from self.stated(
                row, "related_unit", ends[1], ends[0], "direction", facts | {"function": ("command",)}
            )

    def facts(self, row: Claims, name: str, open_: str) -> dict[str, Any]:
        """Return the dates of a relation: start and end only where the row says that they are that."""
        first, last = row.date(f"{name}_first_cited_date"), row.date(f"{name}_last_cited_date")
        starts = row.flag(f"{name}_first_cited_date_start") or row.flag(f"{name}_first_cited_date_founding")
        ends = row.flag(f"{name}_last_cited_date_end") or row.flag(open_, "is_end")
        return {
            "start": first if starts else "",
            "end": last if ends else "",
            "note": row.cited_dates(name),
        }

    def named(self, kind: str, key: str, name: str) -> str | Note:
        """Return the id of a unit or person that a row names by its key, or else by a name that only one bears."""
        if key:
            return self.id(kind, key, name) if name or self.id(kind, key, name) in self.known else Note(kind, f'it names the {kind} "{shown(key)}", which is not in the file', "add it")  # fmt: skip
        bearers = (self.units if kind == "unit" else self.persons).get(name, set())
        if len(bearers) > 1:
            return Note(kind, f'it names "{shown(name)}", which "{len(bearers)}" are called', "name it by its id")
        return next(iter(bearers), self.id(kind, "", name))

    def stated(
        self, row: Claims, value: str, actor: str, target: str, kind: str, facts: dict[str, Any]
    ) -> Iterator[Record]:
        """Give a relation with the confidence and the sources that the row has for the value that states it."""
        sure = row.text(f"{value}:confidence").lower()
        note = "; ".join(filter(None, (facts.get("note", ""), f"confidence: {sure}" if sure else "")))
        words = [f"{name}={facts[name]}" for name in sorted(facts)]
        made = self.source.id("relation", kind, actor, target, *words)
        yield Relation(
            made, actor, kind, target, "actual", verified="secondary", place=row.place,
            confidence=sure if sure in ("low", "medium") else "", **(facts | {"note": note}),
        )  # fmt: skip
        yield from self.cited(row, f"{value}:source", made)

    def cited(self, row: Claims, column: str, relation: str) -> Iterator[Record]:
        for page in row.several(column):
            if page in self.pages:
                yield Evidence(relation, self.source.id("source", page), "the page", place=row.place)
            elif not web_fault(page):
                yield from cited(self.source, relation, page)
            else:
                row.notes.append(Note(column, f'the source "{shown(page)}" is not in the sheet of sources'))

    def sources_in_words(self, row: Claims, *values: str) -> Iterator[str]:
        """Say the sources of values that no relation carries."""
        for value in values:
            pages = row.several(f"{value}:source")
            if pages and row.text(value):
                yield f"source of {value.replace('_', ' ')}: {', '.join(pages)}"

    def person(self, row: Claims) -> Sequence[Record] | Note:
        if not row.text("name"):
            return Note("person:name", "it has no name", "give it one")
        one = self.id("person", row.text("id:admin"), row.text("name"))
        sources = self.sources_in_words(row, "name", "other_names", "country")
        actor = Actor(
            one,
            ("person",),
            row.text("name"),
            alt_labels=tuple(row.several("other_names")),
            country=as_country(row.text("country")),
            note="; ".join(sources),
            place=row.place,
        )
        return [actor, *self.posting(row, one)]

    def posting(self, row: Claims, one: str) -> Iterator[Record]:
        name, key = row.text("posting_unit_name") or row.text("posting_unit"), row.text("posting_unit_id:admin")
        if not name and not key:
            if any(cell.startswith("posting_") for cell in row.cells):
                row.notes.append(
                    Note("posting_unit_name", "a posting names no unit, so it makes no relation", "add it")
                )
            return
        unit = self.named("unit", key, name)
        if isinstance(unit, Note):
            row.notes.append(unit)
            return
        if unit not in self.known:
            yield Actor(unit, ("organisation",), name, place=row.place)
        facts = self.facts(row, "posting", "posting_last_cited_date_open")
        told = [row.said("posting_title", "title"), row.said("posting_rank", "rank"), facts["note"]]
        told += [row.said("posting_first_cited_date_start_context", "start"), row.said("posting_last_cited_date_end_context", "end")]  # fmt: skip
        facts["note"] = "; ".join(filter(None, told))
        yield from self.stated(row, "posting_unit", one, unit, "membership", facts | {"role": row.text("posting_role")})

    def extra(self, row: Claims) -> Sequence[Record] | Note:
        one = self.named("person", row.text("id:admin"), row.text("name"))
        if isinstance(one, Note):
            return one
        if one not in self.known:
            return Note("person_extra:name", f'"{shown(row.text("name"))}" is not in the sheet of persons', "add it")
        links = [*row.several("external_link:source"), *row.several("external_link")]
        told = [row.said("external_link_description", "link"), *links]
        return [Actor(one, ("person",), self.labels[one], note="; ".join(filter(None, told)), place=row.place)]

    def incident(self, row: Claims) -> Sequence[Record] | Note:
        said = row.several("violation_type") or row.several("violation_description")
        if not said and not row.text("id:admin"):
            return Note("incident:violation_type", "it says neither what happened nor its id")
        start, end = row.date("start_date"), row.date("end_date")
        places = [self.place(row, name) for name in row.several("location")]
        one = self.source.id("incident", row.text("id:admin") or "\n".join(row.cells.values()))
        label = ", ".join(filter(None, [*said[:3], start])) or f"incident {row.text('id:admin')}"
        told = [
            f"{start or '..'}/{end or '..'}" if start or end else "",
            row.text("location_description"),
            ", ".join(places),
            row.text("violation_description"),
            row.said("perpetrator_classification", "classification of perpetrators"),
        ]
        event = Thing(one, "event", label[:300], note="; ".join(filter(None, told)), place=row.place)
        return [event, *self.perpetrators(row, one, start, end)]

    def perpetrators(self, row: Claims, event: str, start: str, end: str) -> Iterator[Record]:
        for kind in ("unit", "person"):
            keys, names = row.several(f"perpetrator_{kind}_id:admin"), row.several(f"perpetrator_{kind}_name")
            if keys and names and len(keys) != len(names):
                message = f'"{len(keys)}" ids stand beside "{len(names)}" names, so the ids are followed'
                row.notes.append(Note(f"perpetrator_{kind}_name", message, "give each its id"))
                names = [""] * len(keys)
            for key, name in zip(keys or [""] * len(names), names or [""] * len(keys), strict=True):
                one = self.named(kind, key, name)
                if isinstance(one, Note):
                    row.notes.append(one)
                    continue
                if one not in self.known:
                    yield Actor(one, ("person",) if kind == "person" else ("organisation",), name, place=row.place)
                facts = {"phrase": "is named as a perpetrator of", "start": start, "end": end}
                yield from self.stated(row, "all", one, event, "other", facts)

    def page(self, row: Claims) -> Sequence[Record] | Note:
        key = row.text("access_point_id:admin") or row.text("id:admin")
        title = row.text("title") or row.text("url")
        if not key or not title:
            return Note("source:title", "it has no id, or neither title nor address", "add it")
        url, archived = row.text("url"), row.text("archive_url")
        told = [f"author: {row.text('author')}" if row.text("author") else ""]
        told += [f"cited for: {row.text('access_point_trigger')}" if row.text("access_point_trigger") else ""]
        told += [f"address: {address}" for address in (url, archived) if address and web_fault(address)]
        return [
            Source(
                self.source.id("source", key),
                "web-page" if url and not web_fault(url) else "other-work",
                title,
                issuer=row.text("publication_name"),
                issued=as_date(row.text("published_timestamp")),
                url="" if web_fault(url) else url,
                archived="" if web_fault(archived) else archived,
                note="; ".join(filter(None, told)),
                place=row.place,
            )
        ]

    def location(self, row: Claims) -> Sequence[Record] | Note:
        keys = {row.text(key) for key in ("id:admin", "humane_id:admin", "id", "name")} - {""}
        return [] if keys & self.used_places else Note("location", "nothing in the workbook is there")


_MAKERS = {
    "units": _Book.unit,
    "persons": _Book.person,
    "persons_extra": _Book.extra,
    "incidents": _Book.incident,
    "sources": _Book.page,
    "locations": _Book.location,
}
