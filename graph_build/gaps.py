"""Norm against practice: each demand of a norm, tested once for each body of a country that it is about (`docs/decisions/0011-gaps.md`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final

from graph_build.demands import Demand, demands
from graph_build.errors import NotFoundError
from graph_build.facts import Body, Country
from graph_build.practice import country_facts
from graph_build.store import Store
from graph_build.survey import survey, without_looking_for_cycles
from graph_build.table import Table, Value
from graph_build.verdicts import STATES, Found, Grounded, said, verdicts
from graph_build.vocabulary import Term, vocabulary

__all__ = ["STATES", "findings", "gaps", "gaps_of_all"]

COLUMNS: Final = (
    "country",
    "asks",
    "demand",
    "kind_label",
    "function_label",
    "standard",
    "overseer_class",
    "body_label",
    "state",
    "by_label",
    "grounds",
    "via",
    "note",
    "demand_relation",
    "body",
    "by",
    "relation",
)


_NO_CELLS: Final = (None,) * 5


def gaps(store: Store, country: str, *, norm: str = "standards", as_of: date | None = None, lang: str = "en") -> Table:
    """Test each demand of a norm for each body of a country.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2.
    norm
        The dataset that states the demands: standards, norms, or one of your own.
    as_of
        The day; none = when the country's dataset was last checked.
    lang
        Language of labels, en or uk.

    Returns
    -------
    Table
        A row for each demand and body (a demand for whose class no body is recorded has one row without body); `state` is one of
        `STATES`. Several values in a cell are joined by `|`; those of `grounds`, `by` and `relation` are in the same order.

    Raises
    ------
    NotFoundError
        The graph has no body of that country, or no dataset of that name with demands.
    """
    tested = _asked(demands(store, norm, as_of, lang), lang)
    facts = country_facts(store, country, as_of=as_of, lang=lang)
    return Table(
        COLUMNS, tuple(_rows(facts, tested)), facts.checked, f"{norm} against practice: {facts.code}, {facts.day}"
    )


@without_looking_for_cycles()
def gaps_of_all(store: Store, *, norm: str = "standards") -> Table:
    """Return the gaps of every country of which a dataset has security agencies, each on its own date; empty without the norm."""
    title = f"{norm} against practice"
    try:
        tested = demands(store, norm, None, "en")
    except NotFoundError:
        return Table(COLUMNS, (), title=title)
    grounded = {demand.kind for demand in tested} | {"establishment"}
    countries = survey(store, sorted(grounded | {"composition"}), grounded=sorted(grounded), layered=())
    asked = _asked(tested, "en")
    rows = tuple(chain.from_iterable(_rows(facts, asked) for facts in countries))
    return Table(COLUMNS, rows, min((facts.checked for facts in countries if facts.checked), default=None), title)


def findings(country: Country, tested: Iterable[Demand]) -> Iterator[tuple[Demand, Body | None, Found]]:
    """Yield what is found for each demand and each body of a country that it is about; no body where none of its class is recorded."""
    return ((demand, body, found) for demand in tested for body, found in verdicts(country, demand))


def _rows(country: Country, asked: Iterable[tuple[Demand, tuple[Value, ...]]]) -> Iterator[tuple[Value, ...]]:
    code = country.code
    for demand, (asks, words, kind, function, standard, overseer) in asked:
        tested = demand.relation
        for body, (state, facts, remarks) in verdicts(country, demand):
            name, iri = (body.label, body.iri) if body else (None, None)
            by_label, grounds, via, by, relation = _cells(country, facts) if facts else _NO_CELLS
            notes = _joined(remarks) if remarks else None
            yield (
                code, asks, words, kind, function, standard, overseer, name, state,
                by_label, grounds, via, notes, tested, iri, by, relation,
            )  # fmt: skip


def _asked(tested: Iterable[Demand], lang: str) -> list[tuple[Demand, tuple[Value, ...]]]:
    """Return each demand with what its rows have in common."""
    return [(demand, _words(demand, lang)) for demand in tested]


def _words(demand: Demand, lang: str) -> tuple[Value, ...]:
    return (
        "excludes" if demand.excluded else "requires",
        demand.words,
        _label(vocabulary().kinds, demand.kind, lang),
        _joined(_label(vocabulary().schemes["function"], name, lang) for name in sorted(demand.functions)),
        demand.standard or None,
        _label(vocabulary().actor_types, demand.actor_class, lang),
    )


def _cells(country: Country, found: Sequence[Grounded]) -> tuple[str | None, ...]:
    """Return who does it, on which grounds, by which way, and the IRIs of who does it and of the relations."""
    facts = [reach.fact for reach, _ in found]
    ways = [reach.via for reach, _ in found if reach.via]
    return (
        _joined(dict.fromkeys([country.label(fact.actor) for fact in facts])),
        _joined([said(country, reach.fact, grounds) for reach, grounds in found]),
        _joined(dict.fromkeys(ways)) if ways else None,
        _joined([fact.actor for fact in facts]),
        _joined([fact.relation for fact in facts]),
    )


def _joined(values: Iterable[str]) -> str | None:
    """Join several values of one cell; of none nothing."""
    return "|".join([value.replace("|", "/") if "|" in value else value for value in values]) or None


def _label(terms: Mapping[str, Term], name: str, lang: str) -> str:
    term = terms.get(name)
    return (term.label_uk if lang == "uk" and term.label_uk else term.label_en) if term else name
