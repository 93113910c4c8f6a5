"""What a brief says of one body: who it answers to, who may question it, what others of its kind have, what is not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph_build.coverage import cells
from graph_build.demands import demands, has_norm
from graph_build.facts import Body, Country, Fact, Ground
from graph_build.gaps import findings
from graph_build.page.words import Language
from graph_build.practice import country_facts, described_codes
from graph_build.store import Store
from graph_build.vocabulary import Term, vocabulary

__all__ = ["LAYERS", "Claim", "Peer", "Power", "Unmet", "answers", "denied", "peers", "powers", "unmet"]

LAYERS: Final = ("parliamentary", "judicial", "independent", "executive", "internal", "international", "public")
"""The layers in the order of a brief: first those outside the executive."""
_UPWARD: Final = ("accountability", "direction", "appointment", "responsibility")
_MARKS: Final = {"normative": "law", "capability": "allowed", "actual": "practice"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One ground: `mark` is law, allowed or practice; the source, and the place in it where that is a number; since and until as recorded."""

    mark: str
    place: str
    source: Ground
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Power:
    """What one body may or does do to another, in which matters, within which limits, with every ground."""

    who: str
    what: tuple[str, ...]
    scopes: tuple[str, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Peer:
    """A comparable body of another country: by layer the overseers with their mark, law or practice; none = not known."""

    country: str
    label: str
    overseers: Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A demand of the standards that practice is not shown to meet: its state, who should do what, where that stands."""

    state: str
    who: str
    what: str
    standard: str


def powers(country: Country, body: str, lang: Language) -> dict[str, list[Power]]:
    """Return the overseers of a body by layer, each with its powers; those that law or practice denies are not among them."""
    found: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in country.towards("oversight", body):
        if not fact.negated:
            for layer in fact.layers or {""}:
                found[layer][fact.actor].append(fact)
    order = (*LAYERS, "")
    return {
        layer: [power for actor in _sorted(country, found[layer]) if (power := _power(country, actor, found[layer][actor], lang))]
        for layer in sorted(found, key=order.index)
    }  # fmt: skip


def answers(country: Country, body: str, lang: Language) -> list[Power]:
    """Return to whom a body is accountable, and who directs it, answers for it or appoints its head."""
    found: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in country.facts:
        if fact.negated or fact.kind not in _UPWARD:
            continue
        if (fact.actor == body) if fact.kind == "accountability" else (fact.target == body):
            other = fact.target if fact.kind == "accountability" else fact.actor
            found[_UPWARD.index(fact.kind), other].append(fact)
    ordered = sorted(found, key=lambda key: (key[0], country.label(key[1]), key[1]))
    return [power for key in ordered if (power := _power(country, key[1], found[key], lang, kind=True))]


def denied(country: Country, body: str, lang: Language) -> list[Power]:
    """Return what law or practice denies others towards a body."""
    found = [fact for fact in country.facts if fact.negated and fact.target == body]
    ordered = sorted(found, key=lambda fact: (country.label(fact.actor), fact.relation))
    return [power for fact in ordered if (power := _power(country, fact.actor, [fact], lang, kind=True))]


def peers(store: Store, country: Country, body: Body, lang: Language) -> Iterator[Peer]:
    """Yield the most comparable body of each other country that a dataset describes, on the same day.

    Comparable is who shares most types; of equals the one with most recorded overseers.
    """
    for code in [known for known in described_codes(store) if known != country.code]:
        other = country_facts(store, code, as_of=country.day, lang=lang)
        alike = [each for each in other.bodies.values() if each.country == code and each.exists_on(country.day)]
        if not alike:
            continue
        best = max(
            alike,
            key=lambda each: (_alike(body, each), len(other.towards("oversight", each.iri)), each.iri),
        )
        if _alike(body, best) > 0.5:
            known = cells(other, best)
            yield Peer(code, best.label, {layer: tuple(_seen(other, known[layer].practice, known[layer].law)) for layer in LAYERS})  # fmt: skip


def unmet(store: Store, country: Country, body: str, lang: Language) -> list[Unmet] | None:
    """Return the demands of the standards that are not shown to be met for a body; None where the graph has no standards."""
    if not has_norm(store, "standards"):
        return None
    tested = demands(store, "standards", country.day, lang)
    return [
        Unmet(found.state, _label(vocabulary().actor_types, demand.actor_class, lang), _matter(demand.kind, demand.functions, lang), demand.standard.split("|")[0])
        for demand, tested_body, found in findings(country, tested)
        if tested_body is not None and tested_body.iri == body and found.state != "met" and not demand.excluded
    ]  # fmt: skip


def _power(country: Country, actor: str, facts: Iterable[Fact], lang: Language, *, kind: bool = False) -> Power | None:
    """Return what the facts of one actor give; nothing where none of them has a ground in force."""
    grounded = [(fact, claims) for fact in facts if (claims := tuple(_claims(fact, country.day)))]
    if not grounded:
        return None
    functions: dict[str, set[str]] = defaultdict(set)
    for fact, _ in grounded:
        functions[fact.kind if kind else ""] |= fact.functions
    what = (_matter(name, some, lang) for name, some in functions.items())
    distinct = {
        (claim.mark, claim.place, claim.source.title, claim.since): claim for _, some in grounded for claim in some
    }
    limits = tuple(_limits([fact for fact, _ in grounded]))
    return Power(country.label(actor), tuple(filter(None, what)), limits, tuple(distinct.values()))


def _limits(facts: list[Fact]) -> Iterator[str]:
    """Yield the limits of what law gives, or else of what was seen; none where one of these relations has no limit."""
    lawful = [fact for fact in facts if fact.modality != "actual"] or facts
    if all(fact.scope for fact in lawful):
        yield from dict.fromkeys(fact.scope for fact in lawful)


def _claims(fact: Fact, day: date) -> Iterator[Claim]:
    mark = _MARKS.get(fact.modality, "")
    for ground in fact.grounds:
        in_force = ground.in_force_on(day)
        lawful = mark != "practice" and ground.sort in ("provision", "whole act") and in_force
        seen = ground.sort == "supports" and (mark == "practice" or (ground.is_article and in_force))
        if mark and (lawful or seen):
            numbered = any(letter.isdigit() for letter in ground.locator)
            yield Claim(mark, ground.locator if numbered else "", ground, fact.since, fact.until)


def _matter(kind: str, functions: Iterable[str], lang: Language) -> str:
    """Return a kind with its functions in words, as "direction (strategy, tasking)"; either may be missing."""
    told = ", ".join(_label(vocabulary().schemes["function"], name, lang) for name in sorted(functions))
    named = _label(vocabulary().kinds, kind, lang) if kind else ""
    return f"{named} ({told})" if named and told else named or told


def _label(terms: Mapping[str, Term], name: str, lang: Language) -> str:
    term = terms.get(name)
    return name if term is None else term.label_uk if lang == "uk" else term.label_en


def _sorted(country: Country, actors: Iterable[str]) -> list[str]:
    return sorted(actors, key=lambda actor: (country.label(actor), actor))


def _alike(one: Body, other: Body) -> float:
    """Return which share of the types of two bodies both have (Jaccard, 1901)."""
    return len(one.classes & other.classes) / len(one.classes | other.classes)


def _seen(
    country: Country, practice: Mapping[str, list[str]], law: Mapping[str, list[str]]
) -> Iterator[tuple[str, str]]:
    for actor in _sorted(country, {*practice, *law}):
        yield country.label(actor), "practice" if actor in practice else "law"
