"""The state of one demand for one body, with the relations and the grounds that it rests on.

Which choices were made is said in `docs/decisions/0011-gaps.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from graph_build.demands import Demand
from graph_build.facts import Body, Country, Fact, Reach, wider
from graph_build.reach import reached
from graph_build.searches import searched
from graph_build.vocabulary import vocabulary

__all__ = ["STATES", "Found", "Grounded", "said", "verdicts"]

MET: Final = "met"
LAW_ONLY: Final = "law only"
ABSENT: Final = "absent"
CONTRADICTED: Final = "contradicted"
SEARCHED: Final = "not known (searched)"
NOT_SEARCHED: Final = "not known (not searched)"
STATES: Final = (MET, LAW_ONLY, ABSENT, CONTRADICTED, SEARCHED, NOT_SEARCHED)
"""Every state of a gap. *Contradicted* is only of what a norm excludes, and recorded all the same."""

Grounded = tuple[Reach, tuple[str, ...]]
"""A relation that reaches a body, with the provisions or passages that carry it."""


class Found(NamedTuple):
    """What was found for one demand and one body: a state, the relations that it rests on, and remarks."""

    state: str
    facts: tuple[Grounded, ...] = ()
    notes: tuple[str, ...] = ()


_LOOKED_FOR: Final = Found(SEARCHED)
_NOT_LOOKED_FOR: Final = Found(NOT_SEARCHED)


def verdicts(country: Country, demand: Demand) -> Iterator[tuple[Body | None, Found]]:
    """Yield the state of a demand for each body that it is about; for no body, where none of the class is recorded."""
    bodies = country.of_class(demand.target_class)
    if not bodies:
        yield None, _without_body(country, demand)
    test = _excluded if demand.excluded else _required
    known = reached(country, demand.kind, demand.actor_class)
    looked_at = country.looked_at
    for body in bodies:
        # Eight of ten pairs of a large graph are silent.
        reaches = _reaches(country, demand, body, known[body.iri]) if body.iri in known else ()
        if reaches:
            yield body, _warned(demand, test(country, demand, body, reaches))
        else:
            yield body, _unknown(country, demand, body) if body.iri in looked_at else _NOT_LOOKED_FOR


def said(country: Country, fact: Fact, grounds: Iterable[str] = ()) -> str:
    """Return a relation as a sentence, with its limits and its grounds."""
    limit = f" — as to: {fact.scope}" if fact.scope else ""
    denied = "not: " if fact.negated else ""
    cited = f" [{text}]" if (text := "; ".join(grounds)) else ""
    return f"{denied}{country.label(fact.actor)} {fact.verb} {country.label(fact.target)}{limit}{cited}"


def _required(country: Country, demand: Demand, body: Body, reaches: Sequence[Reach]) -> Found:
    """Test what a norm requires: practice goes before law, law before denial, and what remains is not known."""
    day, positive = country.day, _affirmed(demand, reaches)
    done = _best([(reach, shown) for reach in positive if (shown := reach.fact.practice(day))])
    straight = done and not done[0][0].via
    required = () if straight else _best([(reach, cited) for reach in positive if (cited := reach.fact.law(day))])
    denials = _denials(country, demand, reaches)
    if done:
        disputes = [f"disputed: {text}" for reach, _ in done for text in reach.fact.disputes]
        direct = required if required and not required[0][0].via else ()
        return Found(
            MET, done, (*disputes, *_as_notes(country, "required", direct), *_as_notes(country, "denied", denials))
        )
    if required:
        return Found(LAW_ONLY, required, _as_notes(country, "denied", denials))
    if denied := tuple((reach, grounds) for reach, grounds in denials if not reach.via):
        return Found(ABSENT, denied)
    hints = (*_as_notes(country, "denied", denials), *_hints(country, demand, reaches))
    return _unknown(country, demand, body)._replace(notes=hints)


def _excluded(country: Country, demand: Demand, body: Body, reaches: Sequence[Reach]) -> Found:
    """Test what a norm excludes the other way round: a denial keeps it, a relation without limits contradicts it."""
    day = country.day
    against = ((reach, _grounds(reach.fact, day)) for reach in _affirmed(demand, reaches))
    direct = tuple((reach, grounds) for reach, grounds in against if grounds and not reach.via)
    plain = tuple((reach, grounds) for reach, grounds in direct if not reach.fact.scope)
    if plain and not demand.scope and not demand.narrower_than_tested:
        return Found(CONTRADICTED, plain)
    notes = _as_notes(country, "recorded against it", direct)
    denied = tuple((reach, grounds) for reach, grounds in _denials(country, demand, reaches) if not reach.via)
    kept = tuple((reach, grounds) for reach, grounds in denied if reach.fact.practice(day))
    if denied:
        return Found(MET if kept else LAW_ONLY, kept or denied, notes)
    return _unknown(country, demand, body)._replace(notes=notes)


def _without_body(country: Country, demand: Demand) -> Found:
    """Say that no body of the class is recorded; that there is none only where a source says so of the class."""
    denied = tuple(
        (Reach(fact), grounds)
        for fact in country.facts
        if fact.negated
        and (fact.kind == demand.kind or fact.kind == "establishment")
        and _stands_for(country, fact.target, demand.target_class)
        and (country.bodies[fact.actor].country == country.code if fact.actor in country.bodies else False)
        and (grounds := _grounds(fact, country.day))
    )
    if denied and not demand.excluded:
        return Found(ABSENT, denied)
    return _unknown(country, demand, None)._replace(
        notes=("no body of this class is recorded in the country on this day",)
    )


def _stands_for(country: Country, iri: str, wanted: str) -> bool:
    body = country.bodies.get(iri)
    return bool(body and body.stands_for and body.stands_for in wider("actor", wanted))


def _reaches(country: Country, demand: Demand, body: Body, known: Iterable[Reach]) -> list[Reach]:
    """Return of the relations that reach this body those that do so for this demand."""
    return [reach for reach in known if not reach.is_through or _reaches_on(country, demand, reach.fact, body)]


def _reaches_on(country: Country, demand: Demand, fact: Fact, body: Body) -> bool:
    """Whether what is done to the whole holds for this part: not within limits, and not where this actor is denied it."""
    denied = any(known.negated and known.actor == fact.actor for known in country.towards(demand.kind, body.iri))
    return not (demand.scope or fact.scope or denied)


def _affirmed(demand: Demand, reaches: Iterable[Reach]) -> list[Reach]:
    """Return the relations of the demanded function that are not denied."""
    return [reach for reach in reaches if not reach.fact.negated and _is_asked(demand, reach.fact)]


def _is_asked(demand: Demand, fact: Fact) -> bool:
    """Whether the relation has the demanded function or a narrower one; a demand without function asks for none."""
    return not (demand.functions and _narrower(demand.functions).isdisjoint(fact.functions))


@cache
def _narrower(functions: frozenset[str]) -> frozenset[str]:
    """Return functions with all that are a kind of them."""
    return frozenset(
        name for name in vocabulary().schemes["function"] if not functions.isdisjoint(wider("function", name))
    )


def _denials(country: Country, demand: Demand, reaches: Iterable[Reach]) -> tuple[Grounded, ...]:
    """Return the denials that cover the demand: of the same function, a wider one, or any."""
    negated = [reach for reach in reaches if reach.fact.negated]
    if not negated:
        return ()
    asked = frozenset[str]().union(*(wider("function", name) for name in demand.functions))
    return tuple(
        (reach, grounds)
        for reach in negated
        if (not reach.fact.functions or reach.fact.functions.intersection(asked))
        and (grounds := _grounds(reach.fact, country.day))
    )


def _grounds(fact: Fact, day: date) -> tuple[str, ...]:
    return fact.practice(day) or fact.law(day)


def _best(grounded: Sequence[Grounded]) -> tuple[Grounded, ...]:
    """Return those that reach the body itself, or all where none does."""
    return tuple([found for found in grounded if not found[0].via] or grounded) if grounded else ()


def _as_notes(country: Country, word: str, found: Sequence[Grounded]) -> tuple[str, ...]:
    return tuple([f"{word}: {said(country, reach.fact, grounds)}" for reach, grounds in found]) if found else ()


def _hints(country: Country, demand: Demand, reaches: Iterable[Reach]) -> Iterator[str]:
    """Yield what is recorded near the demand and does not count for it, with the reason."""
    for reach in reaches:
        fact = reach.fact
        if reach.via or fact.negated:
            continue
        sentence = said(country, fact)
        if not _is_asked(demand, fact):
            if not fact.functions:
                yield f"function not stated: {sentence}"
        elif fact.modality == "capability":
            yield f"allowed, not required: {sentence}"
        elif fact.modality == "normative":
            yield f"no article in force: {sentence}"
        else:
            yield f"no dated source: {sentence}"


def _warned(demand: Demand, found: Found) -> Found:
    """Add what no program can judge: whether two limits are the same, and whether a body is of the kind demanded."""
    state, facts, notes = found
    if facts and demand.scope and any(reach.fact.scope for reach, _ in facts):
        notes = (*notes, "demand and relation are both limited: compare their scopes")
    if facts and demand.narrower_than_tested:
        notes = (
            *notes,
            *(f"tested by a wider class: see whether it is one of the {name}" for name in demand.narrower_than_tested),
        )
    return Found(state, facts, tuple(dict.fromkeys(notes))) if notes else found


def _unknown(country: Country, demand: Demand, body: Body | None) -> Found:
    looked = searched(country, demand.kind, demand.functions, demand.actor_class, demand.target_class, body)
    return _LOOKED_FOR if looked else _NOT_LOOKED_FOR
