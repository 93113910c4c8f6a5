"""The words of the gap: grounds, facts and bodies of a country on a day.

*Practice* is an actual relation that a dated source supports, *law* a normative one with an article; a denial counts with either
ground. `gaps` and `coverage` ask the same facts, so that they cannot disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Final, NamedTuple

from graph_build.vocabulary import Term, local_name, vocabulary

__all__ = ["Body", "Country", "Fact", "Ground", "LookedFor", "Reach", "Reached", "wider"]

_LAWFUL: Final = frozenset({"normative"})


class Ground(NamedTuple):
    """One provision or passage: `sort` is provision, whole act, supports or disputes."""

    sort: str
    title: str
    locator: str
    law: bool
    issued: date | None
    issued_stated: str
    in_force: date | None
    repealed: date | None

    @property
    def is_article(self) -> bool:
        """Whether it is a place in a legal act: not the whole of it, a page or a range of characters."""
        if self.locator.startswith(("whole", "page=", "char=")):
            return False
        cited = self.sort == "supports" and self.law
        return self.sort == "provision" or (cited and any(letter.isdigit() for letter in self.locator))

    def in_force_on(self, day: date) -> bool:
        """Whether the act is in force; where its dates are not known, it is taken to be."""
        return not ((self.in_force and self.in_force > day) or (self.repealed and self.repealed < day))

    def __str__(self) -> str:
        """Return title, place and, for what is not a law, the date."""
        dated = "" if self.law or not self.issued else f" ({self.issued_stated or self.issued})"
        return f"{self.title}, {self.locator}{dated}" if self.locator else f"{self.title}{dated}"


class Fact(NamedTuple):
    """One accepted relation towards one party, in force on the day asked for, with its grounds."""

    relation: str
    actor: str
    target: str
    kind: str
    modality: str
    negated: bool
    verb: str
    scope: str
    start: date | None
    since: str
    until: str
    functions: frozenset[str]
    layers: frozenset[str]
    grounds: tuple[Ground, ...] = ()

    def practice(self, day: date) -> tuple[str, ...]:
        """Return what shows that it is, or is not, done by that day; nothing where no date tells when it was seen."""
        if self.modality != "actual":
            return ()
        shown = [ground for ground in self.grounds if ground.sort == "supports"]
        if self.start is None:
            shown = [ground for ground in shown if ground.issued and ground.issued <= day]
        seen = f"{self.since}: " if self.since else ""
        return tuple(dict.fromkeys([f"{seen}{ground}" for ground in shown]))

    def law(self, day: date, modalities: frozenset[str] = _LAWFUL) -> tuple[str, ...]:
        """Return the articles in force on that day that require it, or exclude it where it is negated."""
        if self.modality not in modalities:
            return ()
        found = [ground for ground in self.grounds if ground.is_article and ground.in_force_on(day)]
        return tuple(dict.fromkeys([f"{ground.title}, {ground.locator}" for ground in found]))

    @property
    def disputes(self) -> tuple[str, ...]:
        """Return the passages that dispute it."""
        return tuple(dict.fromkeys([str(ground) for ground in self.grounds if ground.sort == "disputes"]))


class Body(NamedTuple):
    """An actor with the ids of its classes, wider ones included; an archetype has the class that it stands for."""

    iri: str
    label: str
    classes: frozenset[str]
    country: str = ""
    founded: date | None = None
    dissolved: date | None = None
    stands_for: str = ""

    def exists_on(self, day: date) -> bool:
        """Whether it was founded by then and not yet dissolved; where its dates are not known, it is taken to exist."""
        return not ((self.founded and self.founded > day) or (self.dissolved and self.dissolved < day))


class Reach(NamedTuple):
    """A relation that reaches a body, by which way (none = straight), and whether what it is stated of is another body."""

    fact: Fact
    via: str = ""
    is_through: bool = False


Reached = Mapping[str, Sequence[Reach]]
"""The relations that reach each body, by its IRI."""
LookedFor = Mapping[tuple[str, str], Sequence[tuple[str, str]]]
"""Matter and actor of searches, by whom they looked at: "" and the id of a body, or a country and the id of a class."""


@dataclass(frozen=True)
class Country:
    """The bodies of a country, and others at the ends of their relations, with what is recorded of them on a day."""

    code: str
    day: date
    checked: date | None
    bodies: Mapping[str, Body]
    facts: tuple[Fact, ...]
    looked_for: LookedFor = field(default_factory=dict)
    reached: dict[str, Mapping[str, Reached]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `reach.reached` has found by kind and class: demand after demand asks it again."""
    counted: dict[str, Mapping[str, str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The classes as one of which each actor counts, likewise."""

    def towards(self, kind: str, target: str) -> Sequence[Fact]:
        """Return the facts of a kind towards a body; those of symmetric kinds with it at either end."""
        return self.by_target(kind).get(target, ())

    def by_target(self, kind: str) -> Mapping[str, Sequence[Fact]]:
        """Return the facts of a kind by target; those of symmetric kinds by either end."""
        return self._by_target.get(kind, {})

    @cached_property
    def _by_target(self) -> Mapping[str, Mapping[str, Sequence[Fact]]]:
        found: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        symmetric = {kind.id for kind in vocabulary().kinds.values() if kind.symmetric}
        for fact in self.facts:
            found[fact.kind][fact.target].append(fact)
            if fact.kind in symmetric and fact.actor != fact.target:
                found[fact.kind][fact.actor].append(fact)
        return found

    @cached_property
    def looked_at(self) -> Collection[str]:
        """The bodies at which some search looked."""
        names = {name for where, name in self.looked_for if not where}
        return {iri for iri in self.bodies if local_name(iri) in names} if names else ()

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """What each body is part of on the day."""
        return self._composition(upward=True)

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The parts of each body on the day."""
        return self._composition(upward=False)

    def _composition(self, *, upward: bool) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for fact in self.facts:
            if fact.kind == "composition" and "part" in fact.functions and not fact.negated:
                part, whole = (fact.actor, fact.target) if upward else (fact.target, fact.actor)
                found[part].append(whole)
        return {body: tuple(dict.fromkeys(others)) for body, others in found.items()}

    def above(self, body: str, most: int) -> tuple[tuple[str, ...], ...]:
        """Return the chains of wholes that a body is part of, the nearest first, of at most so many steps."""
        known = self._chains.get((body, most))
        if known is None:
            known = self._chains[body, most] = tuple(self._climbed(body, most))
        return known

    def _climbed(self, body: str, most: int) -> Iterator[tuple[str, ...]]:
        chains: list[tuple[str, ...]] = [(body,)]
        while chains and most:
            chains = [(*chain, up) for chain in chains for up in self.parents.get(chain[-1], ()) if up not in chain]
            yield from (chain[1:] for chain in chains)
            most -= 1

    @cached_property
    def _chains(self) -> dict[tuple[str, int], tuple[tuple[str, ...], ...]]:
        """The answers of `above`, which demand after demand asks again."""
        return {}

    def of_class(self, wanted: str) -> Sequence[Body]:
        """Return the country's own bodies of a class or a narrower one that exist on the day, by label."""
        return self._by_class.get(wanted, ())

    @cached_property
    def own(self) -> Sequence[Body]:
        """The country's own bodies that exist on the day, by label."""
        own = (body for body in self.bodies.values() if body.country == self.code and not body.stands_for)
        return sorted((body for body in own if body.exists_on(self.day)), key=lambda body: (body.label, body.iri))

    @cached_property
    def _by_class(self) -> Mapping[str, list[Body]]:
        found: dict[str, list[Body]] = defaultdict(list)
        for body in self.own:
            for name in body.classes:
                found[name].append(body)
        return found

    def label(self, iri: str) -> str:
        """Return the name of a body, or the IRI of what is not known here."""
        return self.bodies[iri].label if iri in self.bodies else iri


@cache
def wider(scheme: str, name: str) -> frozenset[str]:
    """Return an id and the ids of all wider terms, of the actor types or of a concept scheme.

    >>> sorted(wider("function", "prior-authorisation"))
    ['authorisation', 'prior-authorisation']
    >>> sorted(wider("actor", "penitentiary-service"))
    ['law-enforcement-agency', 'penitentiary-service', 'security-agency']
    """
    terms: Mapping[str, Term] = vocabulary().actor_types if scheme == "actor" else vocabulary().schemes[scheme]
    found: set[str] = set()
    while name in terms and name not in found:
        found.add(name)
        name = terms[name].parent
    return frozenset(found)
