"""Norm against practice for the page: verdicts and coverage on the day on which a country was checked, as ids of what the page holds.

They are computed by `gaps` and `coverage`, so that the page says the same as `gaps.csv` and `coverage.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from graph_build.ask import ask
from graph_build.coverage import LAYERS, UNSTATED, Cell, cells
from graph_build.demands import Demand, demands, has_norm
from graph_build.facts import Body, Country
from graph_build.gaps import STATES, findings
from graph_build.network import node_id
from graph_build.page.sources import Fields
from graph_build.practice import agencies, country_facts, described
from graph_build.store import Store
from graph_build.survey import survey
from graph_build.verdicts import Found, said
from graph_build.vocabulary import local_name, vocabulary

__all__ = ["COVERS", "STATE_IDS", "Against", "against"]

STATE_IDS: Final = dict(zip(STATES, ("met", "law", "absent", "contradicted", "searched", "unsearched"), strict=True))
"""The id under which the page names each state of a gap."""
COVERS: Final = (*LAYERS, UNSTATED)
"""The layers of a row of coverage, in order; the last is empty where every relation names its layer."""
NOTES: Final[Mapping[str, str]] = {
    "required": "required",
    "denied": "denied",
    "disputed": "disputed",
    "recorded against it": "against",
    "function not stated": "function",
    "allowed, not required": "allowed",
    "no article in force": "article",
    "no dated source": "date",
    "demand and relation are both limited": "limits",
    "tested by a wider class": "wider",
    "no body of this class is recorded in the country on this day": "nobody",
}
"""Which remark of a verdict is which text of the page; what follows the words is said as it is."""
_WAYS: Final = (
    ("parent", re.compile(r"through its parent body (.+)")),
    ("part", re.compile(r"through its part (.+)")),
    ("member", re.compile(r".+? is part of (.+)")),
    ("organ", re.compile(r"(.+) is an organ of the state")),
)


@dataclass(frozen=True, slots=True)
class Against:
    """Gaps and coverage of one country on a day: `gaps` by norm, `covers` a row for each agency."""

    country: str
    day: str
    gaps: dict[str, list[Fields]]
    covers: list[Fields]

    @property
    def relations(self) -> set[str]:
        """The ids of all relations that the gaps name."""
        found = (each["by"] for each in chain.from_iterable(self.gaps.values()))
        named = {str(name) for names in found if isinstance(names, list) for name in names}
        return named | {str(each["demand"]) for each in chain.from_iterable(self.gaps.values())}

    @property
    def bodies(self) -> set[str]:
        """The ids of all bodies that are tested or covered."""
        tested = {str(each["body"]) for each in chain.from_iterable(self.gaps.values())} - {""}
        return tested | {str(row["agency"]) for row in self.covers}


def against(store: Store, codes: Collection[str], as_of: date | None) -> list[Against]:
    """Return gaps and coverage of those of the countries that a dataset describes, in the order given."""
    known = {str(row["country"]) for row in described(store)} & set(codes)
    tested = _norms(store, as_of) if known else {}
    # One country is asked for alone; several are read together, each column of the store once.
    many = survey(store, vocabulary().kinds, as_of=as_of) if len(known) > 1 else ()
    countries = {country.code: country for country in many} or {
        code: country_facts(store, code, as_of=as_of) for code in known
    }
    return [_country(countries[code], tested) for code in codes if code in known]


def _norms(store: Store, as_of: date | None) -> dict[str, list[Demand]]:
    """Return the demands of standards and norms; of other datasets only where the graph has neither."""
    names = [name for name in ("standards", "norms") if has_norm(store, name)]
    names = names or sorted(str(row["dataset"]).rpartition("/")[2] for row in ask(store, "datasets").records())
    found = {name: demands(store, name, as_of, "en") for name in names}
    return {name: known for name, known in found.items() if known}


def _country(country: Country, tested: Mapping[str, list[Demand]]) -> Against:
    names = _unique_names(country)
    told = {said(country, fact): local_name(fact.relation) for fact in country.facts}
    gaps = {
        norm: [_gap(demand, body, found, names, told) for demand, body, found in findings(country, known)]
        for norm, known in tested.items()
    }
    covers = [_cover(agency, cells(country, agency)) for agency in agencies(country)]
    return Against(country.code, country.day.isoformat(), gaps, covers)


def _gap(demand: Demand, body: Body | None, found: Found, names: Mapping[str, str], told: Mapping[str, str]) -> Fields:
    ways = dict.fromkeys(way for reach, _ in found.facts for way in reach.via.split("; ") if way)
    return {
        "demand": local_name(demand.relation),
        "body": node_id(body.iri) if body else "",
        "class": demand.target_class,
        "state": STATE_IDS[found.state],
        "by": list(dict.fromkeys(local_name(reach.fact.relation) for reach, _ in found.facts)),
        "ways": [_way(way, names) for way in ways],
        "notes": [_note(text, told) for text in found.notes],
    }


def _unique_names(country: Country) -> dict[str, str]:
    """Return the id of each body by its name: of the later one where two bodies share it, and then its name still says who is meant."""
    return {body.label: node_id(iri) for iri, body in sorted(country.bodies.items())}


def _way(text: str, names: Mapping[str, str]) -> list[str]:
    """Return how a relation reaches a body, and through whom: the id of a body, or a name where no body has it."""
    for code, form in _WAYS:
        if found := form.fullmatch(text):
            return [code, names.get(found[1], found[1])]
    return ["", text]


def _note(text: str, told: Mapping[str, str]) -> list[str]:
    """Return the id of the words, what follows them, and where that tells a relation, its id."""
    words, _, rest = text.partition(": ")
    relation = told.get(rest.partition(" [")[0], "")
    return [NOTES[words], rest, *([relation] if relation else [])] if words in NOTES else ["", text]


def _cover(agency: Body, row: Mapping[str, Cell]) -> Fields:
    return {"agency": node_id(agency.iri), "cells": [list(_lists(row.get(layer, Cell()))) for layer in COVERS]}


def _lists(cell: Cell) -> Iterator[list[str]]:
    """Yield who is seen at work, who has a power by law, who oversees only a parent body, and who is denied it."""
    known: Iterable[Mapping[str, list[str]]] = (cell.practice, cell.law, cell.parent, cell.denied)
    for each in known:
        yield [node_id(iri) for iri in each]
