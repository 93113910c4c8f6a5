"""From one row to its entry: the actors that it names, the relations that it states, and what it says that has no column of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any, Final

from graph_build.readers.entries import Entry, Note, Opened, Remark, cited
from graph_build.readers.tabular_grid import Line
from graph_build.readers.tabular_index import Index
from graph_build.readers.tabular_mapping import BETWEEN, DATES, SEVERAL, Claim, Party, Table, Test, Value, folded
from graph_build.readers.tabular_values import as_amount, as_country, as_date
from graph_build.readers.web import web_fault
from graph_build.readers.words import shown
from graph_build.records import Actor, Record, Relation, Thing

_STATED: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_CURRENCY: Final = re.compile("[A-Z]{3}", re.ASCII)
_TWO_WAYS: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}.*", re.ASCII)
_FREE: Final = frozenset(["role", "phrase", "label_uk", "label_native"])
_MOST: Final = 10_000
"""How many relations one row may make: beyond that its cells are no lists of parties."""


def entries_of(line: Line, table: Table, index: Index) -> Iterator[Entry | Remark]:
    """Give the entry of a row; where it states no relation though its table is one of relations, its actors apart."""
    if line.told:
        yield Remark(line.place, line.told)
        return
    if line.fault:
        yield Entry(table.each, line.place, (), (Note("", line.fault, "mend the row"),), line.locator)
        return
    for column, words in table.skip.items():
        if matches({column: words}, line.cells):
            said = shown(line.cells.get(folded(column), ""))
            yield Entry(table.each, line.place, (), (Note(column, f'the mapping passes over "{said}"'),), line.locator)
            return
    yield from _Row(line, table, index).entries()


def matches(test: Test, cells: Mapping[str, str]) -> bool:
    """Say whether each column has one of the values; `*` is anything, and an empty text is an empty cell.

    >>> matches({"A": ("x", "y")}, {"a": "Y"}), matches({"A": ("*",)}, {}), matches({"A": ("",)}, {})
    (True, False, True)
    """
    found = {column: folded(cells.get(folded(column), "")) for column in test}
    return all(found[column] in words or ("*" in words and found[column]) for column, words in test.items())


@dataclass(slots=True)
class _Row:
    line: Line
    table: Table
    index: Index
    notes: list[Note] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    """What the cells of the block that is being read say and its fields cannot hold."""

    def entries(self) -> Iterator[Entry]:
        """Give the entry of the row: its relations first, unless it is about an actor."""
        actors: list[Record] = []
        ends: dict[str, list[str]] = {}
        for party in self.table.parties:
            records, names = self.known_party(party)
            actors.extend(records)
            ends[party.label] = names
        if self.line.extra:
            self.note("", f'"{self.line.extra[0]}" stands beyond the last column', "look for a sign that parts cells")
        relations = [
            record for number, claim in enumerate(self.table.claims) for record in self.claim(claim, number, ends)
        ]
        about = self.table.about or (self.table.parties[0].label if not self.table.claims else "")
        if about and ends[about]:
            actors.sort(key=lambda record: getattr(record, "id", "") not in ends[about])
            yield self.entry(self.table.each, [*actors, *relations])
        elif relations:
            yield self.entry(self.table.each, [*relations, *actors])
        else:
            if not self.notes:
                self.note("", "it names nobody" if not actors else "it states no relation: an end is not filled")
            yield self.entry(self.table.each, [])
            if actors:
                yield Entry("actor", self.line.place, tuple(actors), locator=self.line.locator)

    def entry(self, what: str, records: Sequence[Record]) -> Entry:
        return Entry(what, self.line.place, tuple(records), tuple(self.notes), self.line.locator)

    def note(self, field_: str, message: str, remedy: str = "") -> None:
        self.notes.append(Note(field_, message, remedy))

    @property
    def source(self) -> Opened:
        return self.index.source

    def known_party(self, party: Party) -> tuple[list[Record], list[str]]:
        """Return what a block makes of this row; of cells that were met before, what it made of them then."""
        cells = (id(party), *map(self.line.cells.get, party.columns))
        known = self.index.remembered(cells)
        if known is None:
            before = len(self.notes)
            known = self.party(party)
            if len(self.notes) == before:
                self.index.remember(cells, known)
        return known

    def party(self, party: Party) -> tuple[list[Record], list[str]]:
        """Return the records of a block in this row, and the ids of those whom it names."""
        if not self.applies(party):
            return [], []
        found, notes = self.index.named(party, self.line.cells)
        self.notes.extend(notes)
        records: list[Record] = []
        names: list[str] = []
        for named in found:
            known = self.index.found(party, named) if party.elsewhere else set()
            if len(known) == 1:
                names.extend(known)
                continue
            if party.elsewhere:
                self.notes.append(self.index.unclear(party, named, len(known)))
                if known or "type" not in party.fields:
                    continue
            name = named.name or self.index.register(party).names.get(named.key, "")
            if not name:
                self.note("name", f'"{shown(named.key)}" has no name', "give it one")
                continue
            one = self.index.id(party, named)
            records.append(self.thing(party, one, name) if party.thing else self.actor(party, one, name))
            names.append(one)
        return records, list(dict.fromkeys(names))

    def applies(self, part: Party | Claim) -> bool:
        cells = self.line.cells
        return (not part.when or matches(part.when, cells)) and not (part.unless and matches(part.unless, cells))

    def actor(self, party: Party, one: str, name: str) -> Actor:
        facts = self.facts(party)
        kind = facts.pop("type", ()) or ("unclassified",)
        if "country" in facts:
            facts["country"] = as_country(facts["country"])
        if same := facts.get("exact_match", ()):
            facts["exact_match"] = tuple(match for match in same if _is_match(match))
            facts["note"] = "; ".join(filter(None, (facts.get("note", ""), *(m for m in same if not _is_match(m)))))
        return Actor(one, kind, name, place=self.line.place, **facts)

    def thing(self, party: Party, one: str, name: str) -> Thing:
        facts = self.facts(party)
        kind = (*facts.get("type", ()), "event")[0]
        told = [f"{key}: {facts[key]}" for key in ("founded", "dissolved", "country") if facts.get(key)]
        note = "; ".join(filter(None, (*told, facts.get("note", ""))))
        return Thing(one, kind, name, facts.get("label_uk", ""), note=note, place=self.line.place)

    def facts(self, part: Party | Claim) -> dict[str, Any]:
        """Return what the columns say for each field, in the notation of our tables."""
        facts = dict(part.fixed)
        for name, values in part.fields.items():
            if name in facts:
                continue
            if name in SEVERAL:
                facts[name] = self.many(name, values)
            elif name in ("note", "scope"):
                facts[name] = "; ".join(filter(None, [self.told(value, len(values) > 1) for value in values]))
            else:
                value = values[0]
                if len(values) > 1:
                    value = next((value for value in values if value.cell(self.line.cells)), value)
                facts[name] = self.one(name, value)
        if self.untold:
            facts["note"] = "; ".join(filter(None, (*self.untold, facts.get("note", ""))))
            self.untold.clear()
        return facts

    def many(self, name: str, values: Sequence[Value]) -> tuple[str, ...]:
        found = [text for value in values for text in value.texts(self.line.cells)]
        for value in values:
            self.unknown_word(name, value, value.cell(self.line.cells))
        return tuple(dict.fromkeys(found))

    def one(self, name: str, value: Value) -> str:
        cell = value.cell(self.line.cells).replace(BETWEEN, ", ")
        if name in DATES and cell:
            grain = self.line.cells.get(folded(value.precision), "") if value.precision else ""
            return self.date(name, as_date(value.meaning(cell), self.table.dates, grain))
        if name in _FREE:  # words that the mapping does not give stay as they are
            return (value.meaning(cell) or cell) if cell else value.otherwise
        if cell:
            self.unknown_word(name, value, cell)
        return value.meaning(cell) if cell else value.otherwise

    def date(self, name: str, day: str) -> str:
        """Return a day in our notation; one that cannot be told goes into the note."""
        if not day or _STATED.fullmatch(day):
            return day
        if _TWO_WAYS.fullmatch(day):
            message, remedy = (
                "may be a day of two months",
                'if the table shows which, say dates = "DMY" or "MDY" in the mapping',
            )
        else:
            message, remedy = "is no day that can be told", "write YYYY, YYYY-MM or YYYY-MM-DD"
        self.note(name, f'"{shown(day)}" {message}, so it stands in the note', remedy)
        self.untold.append(f"{name}: {day}")
        return ""

    def unknown_word(self, name: str, value: Value, cell: str) -> None:
        if cell and value.words:
            for part in cell.split(value.separator or BETWEEN):
                if part.strip() and folded(part) not in value.words:
                    said = f'"{shown(part.strip())}" is none of the words that the mapping gives for "{name}"'
                    self.note(name, said, "add it to the mapping")

    def told(self, value: Value, with_names: bool) -> str:
        """Return cells as words of a note, under the names of their columns where there are several."""
        cells = self.line.cells
        if value.template or not value.columns:
            return value.cell(cells)
        if len(value.keys) == 1 and not with_names:
            return _list(_meant(value, cells.get(value.keys[0], "")))
        found = [(name, _meant(value, cells.get(key, ""))) for name, key in zip(value.columns, value.keys, strict=True)]
        name_it = with_names or len(value.columns) > 1
        return "; ".join(f"{column}: {_list(cell)}" if name_it else _list(cell) for column, cell in found if cell)

    def claim(self, claim: Claim, number: int, ends: Mapping[str, list[str]]) -> Iterator[Record]:
        """Give a relation for each pair of an actor and a target, or one among all who stand in the same block."""
        if not self.applies(claim):
            return
        actors, targets = _first(claim.actor, ends), _first(claim.target, ends)
        others = [name for block in claim.others for name in ends[block]]
        if claim.actor == claim.target:
            if len(actors) < 2:
                return
            pairs = [(actors[0], actors[1], tuple(actors[2:] + others))]
        elif len(actors) == len(targets) == 1:
            pairs = [(actors[0], targets[0], tuple(others))]
        else:
            pairs = [(one, two, tuple(others)) for one, two in islice(product(actors, targets), _MOST + 1)]
        if len(pairs) > _MOST:
            self.note("", f'its cells would make more than "{_MOST:,}" relations', "look at the separator")
            return
        facts = self.facts(claim)
        pages = facts.pop("page", ())
        self.settle(facts)
        if (
            self.line.shared
            and facts.get("amount")
            and any(key in self.line.shared for value in claim.fields["amount"] for key in value.keys)
        ):
            # A cell over several rows may be one sum for all of them: on each it would count as many times.
            self.note(
                "amount", f'"{facts["amount"]}" stands in a cell merged over several rows, so it stands in the note'
            )
            facts["note"] = "; ".join(filter(None, (f"amount for several rows together: {facts.pop('amount')} {facts.pop('currency')}", facts["note"])))  # fmt: skip
        if len(pairs) > 1 and facts.get("amount"):
            # One sum for all of them: on each relation it would count as many times as there are parties.
            shared = f"amount for all {len(pairs)} together: {facts.pop('amount')} {facts.pop('currency')}"
            facts["note"] = "; ".join(filter(None, (shared, facts["note"])))
        for one, two, with_ in pairs:
            relation = self.relation(claim, number, one, two, with_, facts)
            yield relation
            for page in pages:
                if not web_fault(page):
                    yield from cited(self.source, relation.id, page)

    def settle(self, facts: dict[str, Any]) -> None:
        """Put amounts and days into the form of our tables; what they cannot hold goes into the note."""
        remarks = []
        raw, currency = facts.pop("amount", ""), facts.pop("currency", "").upper()
        amount, own = as_amount(raw, self.table.decimal) if raw else ("", "")
        currency = currency or own
        if amount and not amount.startswith("-") and _CURRENCY.fullmatch(currency):
            facts |= {"amount": amount, "currency": currency}
        elif raw:
            why = (
                "is below nothing" if amount.startswith("-") else "has no currency" if amount else "is no plain amount"
            )
            self.note("amount", f'"{shown(f"{raw} {currency}".strip())}" {why}, so it stands in the note')
            remarks.append(f"amount: {f'{raw} {currency}'.strip()}")
        if day := facts.pop("day", ""):
            facts |= {"start": day, "end": day}
        if facts.get("kind") == "other" and not facts.get("phrase"):
            facts["phrase"] = facts.get("role") or self.table.each
        facts["status"] = facts.get("status") or "accepted"
        facts["note"] = "; ".join(filter(None, (*remarks, facts.get("note", ""))))

    def relation(
        self, claim: Claim, number: int, one: str, two: str, with_: tuple[str, ...], facts: Mapping[str, Any]
    ) -> Relation:
        key = claim.key.cell(self.line.cells) if claim.key else ""
        # Without a key of its own a relation is known by all that its row says: rows that say the same are one.
        words = (key,) if key else tuple(f"{name}={cell}" for name, cell in sorted(self.line.cells.items()))
        made = self.source.id("relation", self.table.each, str(number), one, two, *with_, *words)
        return Relation(
            made, one, target=two, modality="actual", others=with_, verified="secondary", place=self.line.place, **facts
        )


def _first(blocks: Sequence[str], ends: Mapping[str, list[str]]) -> list[str]:
    return next((ends[block] for block in blocks if ends[block]), [])


def _meant(value: Value, cell: str) -> str:
    return (value.meaning(cell) or cell) if cell else ""


def _list(cell: str) -> str:
    return cell.replace(BETWEEN, ", ")


def _is_match(text: str) -> bool:
    return bool(re.fullmatch(r"Q[1-9]\d*", text, re.ASCII)) or not web_fault(text)
