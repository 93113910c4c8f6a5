"""What is recorded of a country's bodies on a day, read from a store: who they are, their relations, and the grounds of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final

from graph_build.ask import ask
from graph_build.errors import NotFoundError
from graph_build.facts import Body, Country, Fact, Ground, wider
from graph_build.searches import looked_for
from graph_build.store import Store
from graph_build.table import Value
from graph_build.vocabulary import local_name, vocabulary

__all__ = [
    "agencies", "class_id", "country_facts", "described", "described_codes", "kind_id", "known_country", "names_in",
]  # fmt: skip

AGENCY: Final = "security-agency"


def country_facts(store: Store, code: str, *, as_of: date | None = None, lang: str = "en") -> Country:
    """Read what is recorded of a country; without a day, on the day when its dataset was last checked.

    Raises
    ------
    NotFoundError
        The graph has no body of that country.
    """
    known = known_country(store, code)
    checked = known[0]["checked"] if isinstance(known[0]["checked"], date) else None
    day = as_of or checked or date.max
    grounds = _grounds(store, code)
    rows = ask(store, "gap-relations", country=code, as_of=day, lang=lang).records()
    facts = tuple(_fact(row, grounds) for row in rows)
    return Country(code.upper(), day, checked, _bodies(store, code, lang), facts, looked_for(store))


def known_country(store: Store, code: str) -> list[Mapping[str, Value]]:
    """Return the datasets that hold bodies of a country, the one with most first; without any, a `NotFoundError`."""
    known: list[Mapping[str, Value]] = [*ask(store, "countries", country=code).records()]
    if not known:
        raise NotFoundError("country", code, there=described_codes(store))
    return known


def described(store: Store) -> list[Mapping[str, Value]]:
    """Return the countries of which a dataset has security agencies: country, bodies, agencies, checked, dataset."""
    return [row for row in ask(store, "countries").records() if row["agencies"]]


def described_codes(store: Store) -> list[str]:
    """Return the codes of the countries of which a dataset has security agencies, in order."""
    return sorted({str(row["country"]) for row in described(store)})


def agencies(country: Country) -> Sequence[Body]:
    """Return the security agencies of a country that exist on the day, by label."""
    return country.of_class(AGENCY)


@cache
def _class_ids() -> Mapping[str, str]:
    return {term.iri: term.id for term in vocabulary().actor_types.values()}


@cache
def _kind_ids() -> Mapping[str, str]:
    return {kind.iri: kind.id for kind in vocabulary().kinds.values()}


def class_id(iri: object) -> str:
    """Return the id of an actor class; of a class that is not one, nothing."""
    return _class_ids().get(str(iri), "")


def kind_id(iri: object) -> str:
    """Return the id of a kind."""
    return _kind_ids().get(str(iri), "")


def names_in(cell: object) -> frozenset[str]:
    """Return the local names of the IRIs in a cell of several."""
    return frozenset(local_name(iri) for iri in str(cell or "").split("|") if iri)


def _bodies(store: Store, code: str, lang: str) -> dict[str, Body]:
    rows = ask(store, "gap-bodies", country=code, lang=lang).records()
    return {str(row["body"]): _body(row) for row in rows}


def _body(row: Mapping[str, object]) -> Body:
    stands_for = class_id(row["stands_for"])
    own = [stands_for] if stands_for else [class_id(iri) for iri in str(row["classes"]).split("|")]
    classes = frozenset[str]().union(*(wider("actor", name) for name in own))
    founded, dissolved = (row[name] if isinstance(row[name], date) else None for name in ("founded", "dissolved"))
    return Body(
        str(row["body"]),
        str(row["label"]),
        classes,
        str(row["its_country"] or ""),
        _day(founded),
        _day(dissolved),
        stands_for,
    )


def _fact(row: Mapping[str, object], grounds: Mapping[str, tuple[Ground, ...]]) -> Fact:
    relation = str(row["relation"])
    return Fact(
        relation=relation,
        actor=str(row["actor"]),
        target=str(row["target"]),
        kind=kind_id(row["kind"]),
        modality=local_name(str(row["modality"])),
        negated=bool(row["negated"]),
        verb=str(row["phrase"] or row["verb"] or ""),
        scope=str(row["scope"] or ""),
        start=_day(row["start"]),
        since=str(row["since"] or ""),
        until=str(row["until"] or ""),
        functions=names_in(row["functions"]),
        layers=names_in(row["layers"]),
        grounds=grounds.get(relation, ()),
    )


def _grounds(store: Store, code: str) -> dict[str, tuple[Ground, ...]]:
    found: dict[str, list[Ground]] = defaultdict(list)
    for row in ask(store, "gap-grounds", country=code).records():
        found[str(row["relation"])].append(
            Ground(
                str(row["ground"]),
                str(row["title"]),
                str(row["locator"] or ""),
                bool(row["law"]),
                _day(row["issued"]),
                str(row["issued_stated"] or ""),
                _day(row["in_force"]),
                _day(row["repealed"]),
            )
        )
    return {relation: tuple(grounds) for relation, grounds in found.items()}


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
