"""What is recorded of the bodies of all countries, read column by column: each column of a store once, not once for each country.

`practice.country_facts` asks for one country in whole rows; a test holds that both give the same facts.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

from graph_build.ask import ask, bind, find
from graph_build.facts import Body, Country, Fact, Ground, wider
from graph_build.practice import AGENCY, class_id, kind_id
from graph_build.searches import looked_for
from graph_build.store import Store
from graph_build.values import is_true
from graph_build.vocabulary import local_name

__all__ = ["survey", "without_looking_for_cycles"]

Column = Mapping[str, str]
"""The value of one property by subject; of several the last."""
_Source = tuple[bool, date | None, str, date | None, date | None]
"""Whether it is a law, when issued, the same as stated, in force and repealed."""
_UNKNOWN: Final[_Source] = (False, None, "", None, None)


class _Homes(NamedTuple):
    """The countries of each body, the bodies of each country, and the day when the dataset with most of them was last checked."""

    countries: Mapping[str, tuple[str, ...]]
    bodies: Mapping[str, Collection[str]]
    checked: Mapping[str, date | None]


@contextmanager
def without_looking_for_cycles() -> Iterator[None]:
    """Spare Python the search for cycles among the many small objects made here, which have none: a third of the time."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


@without_looking_for_cycles()
def survey(
    store: Store, kinds: Collection[str], *, as_of: date | None = None, lang: str = "en", grounded: Collection[str] = ()
) -> list[Country]:
    """Return what is recorded of each country of which a dataset has security agencies, by code: its relations of these kinds.

    Without a day, each country is read on the day when its dataset was last checked. Only relations of the kinds `grounded` come
    with their grounds; none named = all of them do.
    """
    homes, ends = _homes(store), _column(store, "schema:endDate")
    bodies = _bodies(store, homes, lang)
    relations = _relations(store, kinds, _grounds(store, grounded or kinds), ends, lang)
    of_country = _by_country(relations, homes.countries)
    searches = looked_for(store)
    codes = {code for body in bodies.values() if AGENCY in body.classes for code in homes.countries.get(body.iri, ())}
    countries = []
    for code in sorted(codes):
        day = as_of or homes.checked[code] or date.max
        held = tuple(fact for fact in of_country[code] if _holds(fact, day, ends))
        parties = chain.from_iterable((fact.actor, fact.target) for fact in held)
        known = {iri: bodies[iri] for iri in chain(homes.bodies[code], parties) if iri in bodies}
        countries.append(Country(code, day, homes.checked[code], known, held, searches))
    return countries


def _rows(store: Store, name: str, **values: object) -> Iterator[list[str]]:
    return store.texts(bind(find(name), values))


def _column(store: Store, name: str) -> Column:
    return {row[0]: row[1] for row in _rows(store, "survey-column", property=name)}


def _homes(store: Store) -> _Homes:
    checked = {str(row["dataset"]): row["checked"] for row in ask(store, "datasets").records()}
    countries, bodies = dict[str, tuple[str, ...]](), defaultdict[str, dict[str, None]](dict)
    counts = Counter[tuple[str, str]]()
    for body, code, dataset in _rows(store, "survey-homes"):
        if dataset in checked:
            known = countries.setdefault(body, (code,))
            if code not in known:
                countries[body] = (*known, code)
            bodies[code][body] = None
            counts[code, dataset] += 1
    # The dataset with most bodies of a country tells its day: the last one seen here.
    most = {code: dataset for (code, dataset), _ in sorted(counts.items(), key=_fewest_first)}
    days = {code: checked[dataset] for code, dataset in most.items()}
    return _Homes(countries, bodies, {code: day if isinstance(day, date) else None for code, day in days.items()})


def _fewest_first(count: tuple[tuple[str, str], int]) -> tuple[int, tuple[int, ...]]:
    (_, dataset), bodies = count
    return bodies, tuple(-ord(letter) for letter in dataset)


def _bodies(store: Store, homes: _Homes, lang: str) -> dict[str, Body]:
    classes: dict[str, tuple[str, ...]] = dict.fromkeys(homes.countries, ())  # who has no class is a body, too
    for body, name in _rows(store, "survey-classes"):
        classes[body] = (*classes.get(body, ()), name)
    labels = {
        body: label for name in dict.fromkeys(("en", lang)) for body, label in _rows(store, "survey-labels", lang=name)
    }
    founded, dissolved = _column(store, "schema:foundingDate"), _column(store, "schema:dissolutionDate")
    archetypes = _column(store, "gov:standsFor")
    return {
        body: Body(
            body,
            labels.get(body) or body,
            _widened((archetypes[body],) if body in archetypes else names),
            homes.countries[body][-1] if body in homes.countries else "",
            _day(founded.get(body, "")),
            _day(dissolved.get(body, "")),
            class_id(archetypes[body]) if body in archetypes else "",
        )
        for body, names in classes.items()
    }


def _verbs(store: Store, lang: str) -> Mapping[str, str]:
    label = "label_uk" if lang == "uk" else "label_en"
    return {kind_id(row["kind"]): str(row[label] or "") for row in ask(store, "page-verbs").records()}


def _relations(
    store: Store, kinds: Iterable[str], grounds: Mapping[str, tuple[Ground, ...]], ends: Column, lang: str
) -> list[tuple[Fact, ...]]:
    """Return the accepted relations of some kinds by IRI, each as one fact for each party."""
    verbs, others = _verbs(store, lang), defaultdict[str, set[str]](set)
    for relation, party in _rows(store, "survey-column", property="gov:with"):
        others[relation].add(party)
    denied, scopes = _column(store, "gov:negated"), _column(store, "gov:scope")
    stated = _column(store, "gov:endStated")
    found = dict[str, Fact]()
    for kind in kinds:
        for relation, actor, target, modality, start, start_stated, phrase, function, layer in _rows(
            store, "survey-relations", kind=kind
        ):
            fact = Fact(
                relation,
                actor,
                target,
                kind,
                _name(modality),
                is_true(denied.get(relation, "")),
                phrase or verbs.get(kind, ""),
                scopes.get(relation, ""),
                _day(start),
                start_stated or start,
                stated.get(relation) or ends.get(relation, ""),
                _names(function),
                _names(layer),
                grounds.get(relation, ()),
            )
            known = found.get(relation)
            found[relation] = _joined(known, fact) if known else fact
    return [_parties(fact, others.get(relation, ())) for relation, fact in sorted(found.items())]


def _joined(known: Fact, fact: Fact) -> Fact:
    """Join two rows of a relation, which has several functions or layers."""
    return fact._replace(functions=known.functions | fact.functions, layers=known.layers | fact.layers)


def _parties(fact: Fact, others: Collection[str]) -> tuple[Fact, ...]:
    return tuple(fact._replace(target=party) for party in sorted({fact.target, *others})) if others else (fact,)


def _grounds(store: Store, kinds: Collection[str]) -> Mapping[str, tuple[Ground, ...]]:
    """Return the passages and provisions behind each relation of some kinds, in the order in which they are told."""
    found = defaultdict[str, dict[tuple[str, str, str], _Source]](dict)
    titles, sources = _sources(store)
    for kind in kinds:
        for relation, source, locator, stance in _rows(store, "survey-passages", kind=kind):
            key = stance or "supports", titles.get(source) or source, locator
            found[relation][key] = sources.get(source, _UNKNOWN)
        for relation, basis, law, provision in _rows(store, "survey-provisions", kind=kind):
            source = law or basis
            key = "provision" if law else "whole act", titles.get(source) or source, provision
            if provision or not law:
                found[relation][key] = sources.get(source, _UNKNOWN)
    return {
        relation: tuple(Ground._make((*told, *source)) for told, source in sorted(known.items()))
        for relation, known in found.items()
    }


def _sources(store: Store) -> tuple[Mapping[str, str], Mapping[str, _Source]]:
    titles, found = dict[str, str](), dict[str, _Source]()
    for source, title, act, issued, issued_stated, in_force, repealed in _rows(store, "survey-sources"):
        titles[source] = title
        found[source] = bool(act), _day(issued), issued_stated, _day(in_force), _day(repealed)
    return titles, found


def _by_country(
    relations: Iterable[tuple[Fact, ...]], homes: Mapping[str, tuple[str, ...]]
) -> Mapping[str, list[Fact]]:
    """Return for each country the facts of every relation that has a party there, all parties of it together."""
    found = defaultdict[str, list[Fact]](list)
    for parties in relations:
        codes = {*homes.get(parties[0].actor, ()), *chain.from_iterable(homes.get(fact.target, ()) for fact in parties)}
        for code in codes:
            found[code] += parties
    return found


def _holds(fact: Fact, day: date, ends: Column) -> bool:
    end = _day(ends[fact.relation]) if fact.relation in ends else None
    return not ((fact.start and fact.start > day) or (end and end < day))


@cache
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_name: Final = cache(local_name)


@cache
def _names(iri: str) -> frozenset[str]:
    return frozenset([local_name(iri)] if iri else [])


@cache
def _widened(classes: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(wider("actor", class_id(iri)) for iri in classes))
