"""Tables with HXL tags in which organisations stand: flows of money from one to another, and lists of organisations.

The tags are the mapping: `maps/hxl.toml` says which attribute is which end. A flow that names one end and a direction has the
reporting organisation at the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from graph_build.readers.entries import About, Entry, Note, Opened, Remark, left_out
from graph_build.readers.head import Head, head
from graph_build.readers.hxl_table import Column, Occurrences, TaggedTable, beside_rows, has_tags, tagged_tables
from graph_build.readers.iati_organisations import Mention, Organisations
from graph_build.readers.iati_text import Said, as_amount, as_day
from graph_build.readers.maps import word_map
from graph_build.readers.tabular_book import is_workbook, sheet_names
from graph_build.readers.tabular_values import as_amount as worded_amount
from graph_build.readers.tabular_values import as_date
from graph_build.readers.words import shown
from graph_build.records import Place, Relation, Thing

_LANGUAGE: Final = re.compile(r"i_([a-z]{2,3})")
_ABOUT: Final = tuple(one.name for one in fields(About))
_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)


def recognise(head: Head) -> bool:
    """Say whether a file is a table with a row of HXL tags."""
    return has_tags(head)


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every row as a flow, or as the organisations that it names; the organisations come last, each once."""
    organisations = Organisations(source)
    for file in source.files:
        seen, sheets = Occurrences(), set[str]()
        for table in tagged_tables(head(file)):
            sheets.add(table.sheet)
            yield from _table(table, source, organisations, seen)
        for sheet in sorted(_sheets(file) - sheets):
            of = f'the sheet "{shown(sheet)}" of it' if sheet else "it"
            yield Remark(Place(str(file), 1), Note("", f"{of} has no row of HXL tags, so it was not read"))
        yield from _said_of_itself(file)
    yield from organisations.entries()


def _said_of_itself(file: Path) -> Iterator[About | Remark]:
    """Give what a file of JSON says of itself beside its rows, and what of that is not taken over."""
    words, said = word_map("hxl")["about"], dict[str, str]()
    for piece in beside_rows(head(file)):
        name = str(piece.path[-1]).lower() if piece.path else ""
        is_about = len(piece.path) == 1 or str(piece.path[0]).lower() in words["within"]
        field = next((one for one in _ABOUT if name in words[one]), "") if is_about else ""
        if field and field not in said and isinstance(piece.value, str):
            said[field] = piece.value
        else:
            yield Remark(Place(str(file), piece.line), Note("", f'"{piece.pointer}" is no row, and is not taken over'))
    if said:
        yield About(**said)


def _sheets(file: Path) -> set[str]:
    """Return the names of the sheets of a file; a text has one without a name."""
    return set(sheet_names(file)) if is_workbook(head(file)) else {""}


def _table(
    table: TaggedTable, source: Opened, organisations: Organisations, seen: Occurrences
) -> Iterator[Entry | Remark]:
    plan, file = _Plan.of(table), table.file
    if not plan.ends:
        message = "no column is tagged as an organisation, so no row makes anything"
        yield Remark(Place(str(file), 1), Note("", message))
    yield from _no_currency(plan, file)
    passed: Counter[Column] = Counter()
    for row in table.rows():
        place, locator = Place(str(file), row.number), table.locator(row)
        if row.fault:
            what = "flow" if plan.is_of_flows else "row"
            yield left_out(what, place, "", row.fault, "mend the row", locator)
        else:
            notes = [Note("", told, "write each value into a row or a column of its own") for told in row.told]
            yield _row(_Row(plan, row.cells, place, locator, source, organisations, notes), seen, passed)
    for column, number in sorted(passed.items(), key=lambda item: item[0].number):
        message = f'the column "{shown(column.header)}" is not taken over; rows that fill it: {number:,}'
        yield Remark(Place(str(file), 1), Note(column.header, message))


def _no_currency(plan: _Plan, file: Path) -> Iterator[Remark]:
    column = plan.fields.get("amount")
    known = word_map("hxl")["currencies"]["codes"]
    if column and "currency" not in plan.fields and not column.attributes & set(known):
        message = f'nothing tells the currency of "{column.header}", so its amounts stand in the notes'
        remedy = "add a column with the tag #currency, or a tag such as #value+usd, if the currency is known"
        yield Remark(Place(str(file), 1), Note("amount", message, remedy))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the columns of a table are for: the parts of each end, the fields of the flow, and the rest."""

    ends: Mapping[str, Mapping[str, list[Column]]]
    fields: Mapping[str, Column]
    rest: tuple[Column, ...]
    width: int

    @property
    def is_of_flows(self) -> bool:
        """Whether the rows say who gives to whom."""
        return bool({"provider", "receiver"} & set(self.ends))

    @classmethod
    def of(cls, table: TaggedTable) -> _Plan:
        words = word_map("hxl")
        ends: dict[str, dict[str, list[Column]]] = {}
        for column in table.columns:
            if column.tag in words["organisations"]["tags"]:
                ends.setdefault(_end(column), {}).setdefault(_part(column), []).append(column)
        free = [column for column in table.columns if column.tag not in words["organisations"]["tags"]]
        fields: dict[str, Column] = {}
        for name, wanted in words["fields"].items():
            found = next((column for tag in wanted for column in free if column.fits(tag)), None)
            if found and not (name == "amount" and "currency" in found.attributes):
                fields[name] = found
                free.remove(found)
        return cls(ends, fields, tuple(free), len(table.columns))


def _end(column: Column) -> str:
    """Return the end that a column is of; one without is a list of its own."""
    names = column.attributes | {column.tag}
    return next((end for end, known in word_map("hxl")["ends"].items() if names & set(known)), "")


def _part(column: Column) -> str:
    return next((part for part, known in word_map("hxl")["parts"].items() if column.attributes & set(known)), "name")


@dataclass(slots=True)
class _Row:
    """The cells of a row, by what they are for."""

    plan: _Plan
    cells: Sequence[str]
    place: Place
    locator: str
    source: Opened
    organisations: Organisations
    notes: list[Note] = field(default_factory=list)

    def cell(self, column: Column | None) -> str:
        """Return the cell of a column; a row may end before it."""
        return self.cells[column.number] if column and column.number < len(self.cells) else ""

    def field(self, name: str) -> str:
        """Return the cell of a field of the flow."""
        return self.cell(self.plan.fields.get(name))

    def organisation(self, end: str) -> str:
        """Return the id of the organisation at an end, or nothing."""
        parts = self.plan.ends.get(end, {})
        names = tuple(
            Said(self.cell(column), _language(column))
            for part in ("name", "acronym")
            for column in parts.get(part, ())
            if self.cell(column)
        )
        reference = next(filter(None, map(self.cell, parts.get("id", ()))), "")
        code = next(filter(None, map(self.cell, parts.get("type", ()))), "")
        mention, whose = Mention(reference, names, code), self._publisher("id", "name").upper()
        found = self.organisations.id(mention, whose, (end,), self.place)
        return found or (self.organisations.untold(mention, whose, (end,), self.place) if names else "")

    def publisher_name(self) -> str:
        """Return the name of the reporting organisation, or nothing."""
        return self._publisher("name", "id")

    def _publisher(self, *parts: str) -> str:
        columns = (column for part in parts for column in self.plan.ends.get("reporting", {}).get(part, ()))
        return next(filter(None, map(self.cell, columns)), "")

    def spends(self, end: str) -> bool:
        """Say whether the cell of the receiver tells that the giver spends the money itself."""
        known = word_map("hxl")["spending"]["names"]
        return end == "receiver" and any(
            self.cell(column).lower() in known for column in self.plan.ends.get(end, {}).get("name", ())
        )


def _language(column: Column) -> str:
    return next((found[1] for found in map(_LANGUAGE.fullmatch, sorted(column.attributes)) if found), "")


def _row(row: _Row, seen: Occurrences, passed: Counter[Column]) -> Entry:
    """Return a row as an entry; add to `passed` the columns that a list of organisations has no place for."""
    if beyond := ", ".join(filter(None, row.cells[row.plan.width :])):
        row.notes.append(
            Note("", f'"{shown(beyond)}" stands beyond the last column', "look for a sign that parts cells")
        )
    if any("\N{REPLACEMENT CHARACTER}" in cell for cell in row.cells):
        row.notes.append(
            Note(
                "", "some signs were lost when the file was saved, or are not of its encoding", "save it anew as UTF-8"
            )
        )
    named = {end: row.organisation(end) for end in row.plan.ends if not row.spends(end)}
    if not row.plan.is_of_flows:
        if any(named.values()):
            passed.update(filter(row.cell, (*row.plan.fields.values(), *row.plan.rest)))
            return Entry("row", row.place, (), tuple(row.notes), within=True)
        return Entry("row", row.place, (), (Note("", "it names no organisation"), *row.notes))
    giver, taker = _ends(row, named)
    spending: tuple[Thing, ...] = ()
    if giver and not taker and row.spends("receiver"):
        taker = row.source.id("spending", giver)
        label = f"own spending of {row.publisher_name() or 'the giver'}"
        spending = (Thing(taker, "activity", label, note="money that the giver spends itself", place=row.place),)
    if not giver or not taker:
        missing = " and ".join(name for name, end in (("who gives", giver), ("who receives", taker)) if not end)
        return _left(row, f"it does not say {missing}", "name the other end where it is known")
    if giver == taker:
        return _left(row, "it names one organisation as both giver and receiver", "")
    facts = _facts(row, named.get("reporting", ""), (giver, taker))
    words = (Path(row.place.file).name, giver, taker, *(str(facts[name]) for name in sorted(facts)))
    name = row.source.id("flow", *words, str(seen.add(words)))
    relation = Relation(
        name, giver, "funding", taker, "actual", phrase="funds", verified="secondary", place=row.place, **facts
    )
    return Entry("flow", row.place, (relation, *spending), tuple(row.notes), row.locator)


def _left(row: _Row, message: str, remedy: str) -> Entry:
    return Entry("flow", row.place, (), (Note("", message, remedy), *row.notes))


def _ends(row: _Row, named: Mapping[str, str]) -> tuple[str, str]:
    """Return who gives and who receives; the end that a direction implies is the reporting organisation."""
    giver, taker, reporting = (named.get(end, "") for end in ("provider", "receiver", "reporting"))
    raw = row.field("direction")
    way = word_map("hxl")["directions"].get(raw.lower(), "")
    if raw and not way:
        row.notes.append(Note("direction", f'"{shown(raw)}" is no direction that is known'))
    if not giver and way == "out":
        giver = reporting
    if not taker and way == "in":
        taker = reporting
    return giver, taker


def _facts(row: _Row, reporting: str, ends: tuple[str, str]) -> dict[str, Any]:
    words, iati, codes = word_map("hxl"), word_map("iati"), word_map("iati_codes")
    remarks: list[str] = []
    flags = [
        said
        for attribute, said in words["flags"].items()
        for column in row.plan.rest
        if attribute in column.attributes and row.cell(column).lower() in words["yes"]["words"]
    ]
    sector, country = row.field("sector"), row.field("country")
    named = codes["sectors"].get(sector, "")
    remarks += [f"sector: {named} ({sector})" if named else f"sector: {sector}" if sector else ""]
    when = as_day(row.field("date")) or as_day(as_date(row.field("date")))
    if row.field("date") and not when:
        row.notes.append(Note("date", f'"{shown(row.field("date"))}" is no date'))
        remarks.append(f"date: {row.field('date')}")
    money = _money(row, remarks)
    remarks += [f"{column.header}: {row.cell(column)}" for column in row.plan.rest if row.cell(column)]
    if reporting and reporting not in ends:
        names = [row.cell(column) for columns in row.plan.ends["reporting"].values() for column in columns]
        remarks.append(f"reported by: {', '.join(filter(None, names))}")
    return {
        "topic": tuple(iati["topics"].get(sector) or iati["topics"].get(sector[:3] if len(sector) == 5 else "", ())),
        "scope": "; ".join(filter(None, (row.field("activity"), codes["countries"].get(country, country), *flags))),
        "start": when,
        "end": when,
        **money,
        "note": "; ".join(filter(None, remarks)),
    }


def _money(row: _Row, remarks: list[str]) -> dict[str, str]:
    """Return amount and currency; what is below nothing, or has no currency, is kept in words."""
    column = row.plan.fields.get("amount")
    raw = row.cell(column)
    if not column or not raw:
        return {}
    told = sorted(column.attributes & set(word_map("hxl")["currencies"]["codes"]))
    currency = (row.field("currency") or "".join(told[:1])).upper()
    digits, with_it = worded_amount(raw)  # with signs of other languages, and perhaps the currency beside it
    amount = as_amount(raw) or ("" if digits.startswith("-") else digits)
    if with_it and currency and with_it != currency:
        amount = ""  # the cell says one currency and its column another
    currency = currency or with_it
    if amount and _CURRENCY.fullmatch(currency):
        return {"amount": amount, "currency": currency}
    if not amount or currency:  # that a whole column has no currency is told once
        why = "is below nothing" if raw.startswith("-") or digits.startswith("-") else "is no amount with a currency"
        row.notes.append(Note("amount", f'"{shown(f"{raw} {currency}".strip())}" {why}, so it stands in the note'))
    remarks.insert(0, f"{column.header}: {raw} {currency}".strip())
    return {}
