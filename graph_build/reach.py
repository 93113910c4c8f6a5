"""Whom an act reaches beyond its two ends: a part acts for the whole, and the whole is acted on with its parts.

What goes through a parent body counts, and is said: every way but the straight one is told in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from typing import Final

from graph_build.facts import Body, Country, Reach, Reached, wider

__all__ = ["reached"]

_UPWARD: Final = frozenset({"oversight", "direction", "norm-setting"})
"""Kinds in which who acts on the whole acts on its parts, too."""
_DOWNWARD: Final = frozenset({"accountability", "information", "expertise"})
"""Kinds in which who turns to a part turns to the whole."""
_TARGET_STEPS: Final = 2
_ACTOR_STEPS: Final = 4
_TOO_WIDE: Final = frozenset({"government", "state", "security-sector"})
_ABROAD: Final = frozenset(
    {"cso", "civil-society", "media", "company", "donor", "group", "international-organisation", "party", "person"}
)
"""Classes whose bodies act across borders; parliaments, courts, ministries and overseers of another state do not count here."""
_ORGANS: Final = frozenset({"parliament", "executive", "head-of-state", "judiciary"})
"""Classes whose acts are the acts of their state, to which standards are addressed."""


def reached(country: Country, kind: str, actor_class: str) -> Reached:
    """Return the relations of a kind that reach each body of the country, by its IRI: those whose other end counts as one of a class.

    The straight ones come first; whom none reaches is not named.
    """
    known = country.reached.get(kind)
    if known is None:
        known = country.reached[kind] = _by_class(country, kind)
    return known.get(actor_class, {})


def _by_class(country: Country, kind: str) -> Mapping[str, Reached]:
    found: dict[str, dict[str, list[Reach]]] = defaultdict(lambda: defaultdict(list))
    stated = country.by_target(kind)
    for body, target, through in _ways(country, kind, stated):
        for fact in stated[target]:
            other = fact.actor if fact.target == target else fact.target
            straight = Reach(fact, through, bool(through))
            for name, way in _counts_as(country, other, target).items():
                reach = Reach(fact, f"{way}; {through}" if through else way, bool(through)) if way else straight
                found[name][body].append(reach)
    return found


def _ways(country: Country, kind: str, stated: Container[str]) -> Iterator[tuple[str, str, str]]:
    """Yield each body as its own target, then the wholes or the parts through which a relation of this kind reaches it, with the way in words.

    Only targets are named of which something is `stated`.
    """
    bodies = [body.iri for body in country.own]
    yield from ((body, body, "") for body in filter(stated.__contains__, bodies))
    if kind in _UPWARD:
        for body in filter(country.parents.__contains__, bodies):
            for chain in country.above(body, _TARGET_STEPS):
                if chain[-1] not in stated or any(_is_too_wide(country, whole) for whole in chain):
                    continue
                yield body, chain[-1], f"through its parent body {country.label(chain[-1])}"
    elif kind in _DOWNWARD:
        for body in filter(country.parts.__contains__, bodies):
            for part in filter(stated.__contains__, country.parts[body]):
                yield body, part, f"through its part {country.label(part)}"


def _is_too_wide(country: Country, whole: str) -> bool:
    return whole in country.bodies and not _TOO_WIDE.isdisjoint(country.bodies[whole].classes)


def _counts_as(country: Country, iri: str, target: str) -> Mapping[str, str]:
    """Return the classes as one of which an actor counts, with the way: "" = it is one.

    A part counts for the whole that it belongs to, but a body's control of itself is not its parent's.
    """
    alone = country.counted.get(iri)
    if alone is None:
        alone = country.counted[iri] = _counts_alone(country, iri)
    if iri == target or iri not in country.parents or iri not in country.bodies:
        return alone
    actor, found = country.bodies[iri], dict(alone)
    for chain in country.above(iri, _ACTOR_STEPS):
        whole = country.bodies.get(chain[-1])
        if whole and whole.iri != target:
            for name in _counting_here(country, whole) - actor.classes:
                found.setdefault(name, f"{actor.label} is part of {whole.label}")
    return found


def _counts_alone(country: Country, iri: str) -> Mapping[str, str]:
    actor = country.bodies.get(iri)
    if actor is None:
        return {}
    found = dict.fromkeys(_counting_here(country, actor), "")
    if _ORGANS & actor.classes and actor.country == country.code:
        found.setdefault("state", f"{actor.label} is an organ of the state")
    return found


def _counting_here(country: Country, actor: Body) -> frozenset[str]:
    """Return the classes of an actor as one of which it counts in this country."""
    if actor.country == country.code or actor.stands_for:
        return actor.classes
    return frozenset(name for name in actor.classes if wider("actor", name) & _ABROAD)
