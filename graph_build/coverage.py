"""Who is watched, and from where: the security agencies of a country by layer of oversight, counted and never scored.

The same counts on the same words for every country: *practice* and *law* as in `facts`, but that law here is also what an article
only allows, for an inspection that may be made is a power. "Not known" is shown wherever nothing is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from graph_build.facts import Body, Country, Fact
from graph_build.practice import agencies, country_facts
from graph_build.store import Store
from graph_build.survey import survey
from graph_build.table import Table, Value

__all__ = [
    "LAYERS",
    "UNKNOWN",
    "UNSTATED",
    "WAYS",
    "Cell",
    "Matrix",
    "cells",
    "coverage",
    "coverage_counts",
    "matrices",
]

LAYERS: Final = ("internal", "executive", "parliamentary", "judicial", "independent", "public", "international")
UNSTATED: Final = "not stated"
WAYS: Final[Mapping[str, str]] = {
    "practice": "practice",
    "law": "law only",
    "parent": "through parent body",
    "denied": "denied",
}
"""The ways in which overseers are known, the firmest first, and the state of a cell in which that is the firmest."""
UNKNOWN: Final = "not known"
_POWERS: Final = frozenset({"normative", "capability"})
_COUNTS: Final = (
    "country", "as_of", "agency_label", "layer", "state", "practice", "law", "denied", "through_parent", "overseers", "grounds", "agency",
)  # fmt: skip


@dataclass(slots=True)
class Cell:
    """The overseers of one agency in one layer: by dated practice, by law, denied by a negated relation, or of its parent body only."""

    practice: dict[str, list[str]] = field(default_factory=dict)
    law: dict[str, list[str]] = field(default_factory=dict)
    denied: dict[str, list[str]] = field(default_factory=dict)
    parent: dict[str, list[str]] = field(default_factory=dict)

    @property
    def ways(self) -> dict[str, Mapping[str, list[str]]]:
        """Return the overseers with their grounds by each of `WAYS` in which any is known."""
        known = zip(WAYS, (self.practice, self.law, self.parent, self.denied), strict=True)
        return {way: overseers for way, overseers in known if overseers}

    @property
    def state(self) -> str:
        """Return practice, law only, through parent body, denied or not known: the first that fits.

        What one source denies of one overseer is not the absence of every overseer: gaps test that.
        """
        return next((WAYS[way] for way in self.ways), UNKNOWN)

    def __str__(self) -> str:
        """Return the counts in words, as "practice 2, law 3"; a body that is in both counts in each."""
        return ", ".join(f"{way} {len(overseers)}" for way, overseers in self.ways.items()) or UNKNOWN


@dataclass(frozen=True, slots=True)
class Matrix:
    """The security agencies of a country on a day, each with its overseers by layer."""

    country: Country
    rows: tuple[tuple[Body, Mapping[str, Cell]], ...]

    @property
    def unknown(self) -> int:
        """The number of cells of `LAYERS` in which nothing is recorded."""
        return sum(1 for _, known in self.rows for layer in LAYERS if not known[layer].ways)


def coverage(store: Store, country: str | None = None, *, as_of: date | None = None, lang: str = "en") -> Table:
    """Return agency by layer of oversight, for one country or for every country that a dataset describes.

    A cell counts distinct overseers, as "practice 2, law 3": how many are shown at work by a dated source, how many have a power by
    an article (one can be in both); "parent 1" are those who oversee only a body that the agency is part of; "denied 1" those of
    whom law or practice denies it, by a negated relation. Without any of these it says "not known". Raises `NotFoundError` for a
    country without bodies.
    """
    rows: list[tuple[Value, ...]] = []
    checked = []
    for facts, agency, known in _matrix(store, country, as_of, lang):
        unstated = str(known[UNSTATED]) if UNSTATED in known else None
        rows.append(
            (facts.code, agency.label, *(str(known[layer]) for layer in LAYERS), unstated, facts.day, agency.iri)
        )
        checked.append(facts.checked)
    columns = ("country", "agency_label", *LAYERS, "layer_not_stated", "as_of", "agency")
    return Table(
        columns, tuple(rows), min((day for day in checked if day), default=None), "Oversight of agencies by layer"
    )


def coverage_counts(store: Store, country: str | None = None, *, as_of: date | None = None, lang: str = "en") -> Table:
    """Return the same as `coverage`, a row for each agency and layer: state, counts, overseers and grounds."""
    rows: list[tuple[Value, ...]] = []
    checked = []
    for facts, agency, known in _matrix(store, country, as_of, lang):
        checked.append(facts.checked)
        rows += [_count(facts, agency, layer, known[layer]) for layer in (*LAYERS, UNSTATED) if layer in known]
    return Table(
        _COUNTS, tuple(rows), min((day for day in checked if day), default=None), "Oversight of agencies by layer"
    )


def _count(facts: Country, agency: Body, layer: str, cell: Cell) -> tuple[Value, ...]:
    everyone = {**cell.practice, **cell.law, **cell.parent}
    grounds = [text for known in cell.ways.values() for texts in known.values() for text in texts]
    return (
        facts.code, facts.day, agency.label, layer, cell.state, len(cell.practice), len(cell.law), len(cell.denied), len(cell.parent),
        "|".join(sorted(facts.label(iri) for iri in everyone)) or None, "|".join(dict.fromkeys(grounds)) or None, agency.iri,
    )  # fmt: skip


def _matrix(
    store: Store, country: str | None, as_of: date | None, lang: str
) -> Iterator[tuple[Country, Body, Mapping[str, Cell]]]:
    for matrix in matrices(store, country, as_of=as_of, lang=lang):
        for agency, known in matrix.rows:
            yield matrix.country, agency, known


def matrices(
    store: Store, country: str | None = None, *, as_of: date | None = None, lang: str = "en"
) -> Iterator[Matrix]:
    """Yield the matrix of one country, or of every country that a dataset describes, by code; errors as for `coverage`."""
    found = [country_facts(store, country, as_of=as_of, lang=lang)] if country else _all(store, as_of, lang)
    for facts in found:
        yield Matrix(facts, tuple((agency, cells(facts, agency)) for agency in agencies(facts)))


def _all(store: Store, as_of: date | None, lang: str) -> list[Country]:
    """Return every country with what the cells are made of: who oversees, on which ground, and what is part of what."""
    return survey(
        store, ("oversight", "composition"), as_of=as_of, lang=lang, grounded=("oversight",), layered=("oversight",)
    )


def cells(facts: Country, agency: Body) -> dict[str, Cell]:
    """Return the overseers of an agency by layer; `UNSTATED` is there only where a relation names no layer."""
    found: dict[str, Cell] = {layer: Cell() for layer in LAYERS}
    for fact in facts.towards("oversight", agency.iri):
        for layer in fact.layers or {UNSTATED}:
            _add(found.setdefault(layer, Cell()), fact, facts.day)
    for chain in facts.above(agency.iri, most=1):
        for fact in facts.towards("oversight", chain[-1]):
            if fact.negated or fact.scope or fact.actor == agency.iri:
                continue
            for layer in fact.layers or {UNSTATED}:
                _add_parent(found.setdefault(layer, Cell()), fact, facts)
    return found


def _add(cell: Cell, fact: Fact, day: date) -> None:
    shown, required = fact.practice(day), fact.law(day, _POWERS)
    if fact.negated:
        if shown or required:
            cell.denied.setdefault(fact.actor, []).extend(f"denied: {text}" for text in shown or required)
        return
    if shown:
        cell.practice.setdefault(fact.actor, []).extend(shown)
    if required:
        cell.law.setdefault(fact.actor, []).extend(required)


def _add_parent(cell: Cell, fact: Fact, facts: Country) -> None:
    grounds = fact.practice(facts.day) or fact.law(facts.day, _POWERS)
    known = {*cell.practice, *cell.law, *cell.denied}
    if grounds and fact.actor not in known:
        cell.parent.setdefault(fact.actor, []).extend(f"{facts.label(fact.target)}: {text}" for text in grounds)
