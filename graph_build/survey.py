"""What is recorded of the bodies of all countries, read column by column: each column of a store once, not once for each country.

`practice.country_facts` asks for one country in whole rows; a test holds that both give the same facts, but that here an end is
told by its day alone, not as it was stated, and that a page behind what is only required or allowed, which no verdict reads, is
not there.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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

Answers = Mapping[tuple[str, str], Callable[[], Iterator[list[str]]]]
"""What a store answers, by the name of a question and its parameter: it works on the later while the first are read."""
Column = Mapping[str, str]
"""The value of one property by subject; of several the last."""
_Source = tuple[bool, date | None, str, date | None, date | None]
"""Whether it is a law, when issued, the same as stated, in force and repealed."""
_NOWHERE: Final = ("",)
_UNKNOWN: Final[_Source] = (False, None, "", None, None)
_COLUMNS: Final = (
    "schema:endDate", "schema:foundingDate", "schema:dissolutionDate", "gov:standsFor", "gov:with", "gov:negated", "gov:scope",
    "gov:phrase",
)  # fmt: skip


class _Homes(NamedTuple):
    """The countries of each body, the bodies of each country, and the day when the dataset with most of them was last checked."""

    countries: Mapping[str, tuple[str, ...]]
    bodies: Mapping[str, Mapping[str, None]]
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
    store: Store,
    kinds: Collection[str],
    *,
    as_of: date | None = None,
    lang: str = "en",
    grounded: Collection[str] | None = None,
    layered: Collection[str] | None = None,
) -> list[Country]:
    """Return what is recorded of each country of which a dataset has security agencies, by code: its relations of these kinds.

    Without a day, each country is read on the day when its dataset was last checked. Only relations of the kinds `grounded` come
    with their grounds, and only those of the kinds `layered` with their layers; None = all of them do.
    """
    grounded, layered = kinds if grounded is None else grounded, kinds if layered is None else layered
    answers = _asked(store, kinds, grounded, layered, lang)
    homes, ends = _homes(store, answers), _column(answers, "schema:endDate")
    bodies = _bodies(answers, homes, lang)
    grounds, layers = _grounds(answers, grounded), _layers(answers, layered)
    relations = _relations(answers, kinds, grounds, layers, ends, _verbs(store, lang))
    of_country = _by_country(relations, homes.countries)
    searches = looked_for(store)
    codes = {code for body in bodies.values() if AGENCY in body.classes for code in homes.countries.get(body.iri, ())}
    countries = []
    for code in sorted(codes):
        day = as_of or homes.checked[code] or date.max
        held = tuple([fact for fact in of_country[code] if _holds(fact, day, ends)])
        parties = chain.from_iterable([(fact.actor, fact.target) for fact in held])
        known = {iri: bodies[iri] for iri in {**homes.bodies[code], **dict.fromkeys(parties)} if iri in bodies}
        countries.append(Country(code, day, homes.checked[code], known, held, searches))
    return countries


def _asked(store: Store, kinds: Iterable[str], grounded: Iterable[str], layered: Iterable[str], lang: str) -> Answers:
    questions = [*_questions(kinds, grounded, layered, lang)]
    texts = [bind(find(name), dict.fromkeys(find(name).params, given)) for name, given in questions]
    return dict(zip(questions, store.texts_ahead(texts), strict=True))


def _questions(
    kinds: Iterable[str], grounded: Iterable[str], layered: Iterable[str], lang: str
) -> Iterator[tuple[str, str]]:
    """Yield all that a survey asks, each a question of the catalogue and its parameter, in the order in which the answers are read."""
    yield from (("survey-homes", ""), ("survey-classes", ""))
    yield from (("survey-labels", name) for name in dict.fromkeys(("en", lang)))
    yield from (("survey-column", name) for name in _COLUMNS)
    yield "survey-sources", ""
    yield from ((name, kind) for kind in grounded for name in ("survey-passages", "survey-provisions"))
    yield from (("survey-layers", kind) for kind in layered)
    yield from (("survey-relations", kind) for kind in kinds)


def _rows(answers: Answers, name: str, given: str = "") -> Iterator[list[str]]:
    return answers[name, given]()


def _column(answers: Answers, name: str) -> Column:
    return dict(_rows(answers, "survey-column", name))


def _homes(store: Store, answers: Answers) -> _Homes:
    checked = {str(row["dataset"]): row["checked"] for row in ask(store, "datasets").records()}
    rows = [row for row in _rows(answers, "survey-homes") if row[2] in checked]
    countries, bodies = dict[str, tuple[str, ...]](), defaultdict[str, dict[str, None]](dict)
    for body, code, _ in rows:
        known = countries.setdefault(body, (code,))
        if code not in known:
            countries[body] = (*known, code)
        bodies[code][body] = None
    counts = Counter((code, dataset) for _, code, dataset in rows)
    # The dataset with most bodies of a country tells its day: the last one seen here.
    most = {code: dataset for (code, dataset), _ in sorted(counts.items(), key=_fewest_first)}
    days = {code: checked[dataset] for code, dataset in most.items()}
    return _Homes(countries, bodies, {code: day if isinstance(day, date) else None for code, day in days.items()})


def _fewest_first(count: tuple[tuple[str, str], int]) -> tuple[int, tuple[int, ...]]:
    (_, dataset), bodies = count
    return bodies, tuple(-ord(letter) for letter in dataset)


def _bodies(answers: Answers, homes: _Homes, lang: str) -> dict[str, Body]:
    classes: dict[str, tuple[str, ...]] = dict.fromkeys(homes.countries, ())  # who has no class is a body, too
    for body, name in _rows(answers, "survey-classes"):
        classes[body] = (*classes.get(body, ()), name)
    labels = dict(chain.from_iterable(_rows(answers, "survey-labels", name) for name in dict.fromkeys(("en", lang))))
    founded, dissolved = _column(answers, "schema:foundingDate"), _column(answers, "schema:dissolutionDate")
    countries = homes.countries
    bodies = {
        iri: Body(
            iri,
            labels.get(iri) or iri,
            _widened(names),
            countries.get(iri, _NOWHERE)[-1],
            _day(founded.get(iri, "")),
            _day(dissolved.get(iri, "")),
        )
        for iri, names in classes.items()
    }
    for iri, archetype in _column(answers, "gov:standsFor").items():
        if iri in bodies:
            bodies[iri] = bodies[iri]._replace(classes=_widened((archetype,)), stands_for=class_id(archetype))
    return bodies


def _verbs(store: Store, lang: str) -> Mapping[str, str]:
    label = "label_uk" if lang == "uk" else "label_en"
    return {kind_id(row["kind"]): str(row[label] or "") for row in ask(store, "page-verbs").records()}


def _relations(
    answers: Answers,
    kinds: Iterable[str],
    grounds: Mapping[str, tuple[Ground, ...]],
    layers: Mapping[str, frozenset[str]],
    ends: Column,
    verbs: Mapping[str, str],
) -> list[tuple[Fact, ...]]:
    """Return the accepted relations of some kinds by IRI, each as one fact for each party."""
    others = defaultdict[str, set[str]](set)
    for relation, party in _rows(answers, "survey-column", "gov:with"):
        others[relation].add(party)
    denied = {relation for relation, value in _column(answers, "gov:negated").items() if is_true(value)}
    scopes = _column(answers, "gov:scope")
    phrases = _column(answers, "gov:phrase")
    found = dict[str, Fact]()
    for kind in kinds:
        for relation, actor, target, modality, start, start_stated, function in _rows(
            answers, "survey-relations", kind
        ):
            fact = Fact(
                relation,
                actor,
                target,
                kind,
                _name(modality),
                relation in denied,
                phrases.get(relation) or verbs.get(kind, ""),
                scopes.get(relation, ""),
                _day(start),
                start_stated or start,
                ends.get(relation, ""),
                _names(function),
                layers.get(relation, frozenset()),
                grounds.get(relation, ()),
            )
            known = found.get(relation)  # a row for each of its functions
            found[relation] = fact._replace(functions=known.functions | fact.functions) if known else fact
    return [
        _parties(fact, others[relation]) if relation in others else (fact,) for relation, fact in sorted(found.items())
    ]


def _parties(fact: Fact, others: Collection[str]) -> tuple[Fact, ...]:
    return tuple(fact._replace(target=party) for party in sorted({fact.target, *others}))


def _grounds(answers: Answers, kinds: Collection[str]) -> Mapping[str, tuple[Ground, ...]]:
    """Return the passages and provisions behind each relation of some kinds, in the order in which they are told."""
    found = defaultdict[str, list[Ground]](list)
    titles, sources = _sources(answers)

    def ground(sort: str, source: str, locator: str) -> Ground:
        return Ground(sort, titles.get(source) or source, locator, *sources.get(source, _UNKNOWN))

    for kind in kinds:
        for relation, source, locator, stance in _rows(answers, "survey-passages", kind):
            found[relation].append(ground(stance or "supports", source, locator))
        for relation, basis, law, provision in _rows(answers, "survey-provisions", kind):
            if provision or not law:
                found[relation].append(ground("provision" if law else "whole act", law or basis, provision))
    return {relation: _in_order(known) for relation, known in found.items()}


def _in_order(known: list[Ground]) -> tuple[Ground, ...]:
    """Return each place once, by sort, title and locator."""
    return tuple(sorted({ground[:3]: ground for ground in known}.values())) if len(known) > 1 else tuple(known)


def _layers(answers: Answers, kinds: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found = dict[str, frozenset[str]]()
    for kind in kinds:
        for relation, layer in _rows(answers, "survey-layers", kind):
            found[relation] = found.get(relation, frozenset()) | _names(layer)
    return found


def _sources(answers: Answers) -> tuple[Mapping[str, str], Mapping[str, _Source]]:
    titles, found = dict[str, str](), dict[str, _Source]()
    for source, title, act, issued, issued_stated, in_force, repealed in _rows(answers, "survey-sources"):
        titles[source] = title
        found[source] = bool(act), _day(issued), issued_stated, _day(in_force), _day(repealed)
    return titles, found


def _by_country(
    relations: Iterable[tuple[Fact, ...]], homes: Mapping[str, tuple[str, ...]]
) -> Mapping[str, list[Fact]]:
    """Return for each country the facts of every relation that has a party there, all parties of it together."""
    found = defaultdict[str, list[Fact]](list)
    for parties in relations:
        codes = {*homes.get(parties[0].actor, ())}
        for fact in parties:
            codes.update(homes.get(fact.target, ()))
        for code in codes:
            found[code] += parties
    return found


def _holds(fact: Fact, day: date, ends: Column) -> bool:
    end = _day(ends.get(fact.relation, ""))
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
