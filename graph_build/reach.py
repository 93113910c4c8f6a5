"""Whom an act reaches beyond its two ends: a part acts for the whole, and the whole is acted on with its parts.

"Through a parent body counts, and is said" (design section 3): every way but the straight one is told in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from graph_build.facts import Body, Country, Reach, Reaching, wider

__all__ = ["reaching"]

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


def reaching(country: Country, kind: str, body: Body) -> Reaching:
    """Return the relations of a kind that reach a body, the straight ones first, by each class as one of which their other end counts."""
    key = kind, body.iri
    known = country.reaching.get(key)
    if known is None:
        known = country.reaching[key] = _reaching(country, kind, body)
    return known


def _reaching(country: Country, kind: str, body: Body) -> Reaching:
    found: dict[str, list[Reach]] = defaultdict(list)
    for target, through in _target_reaches(country, kind, body):
        for fact in country.by_target.get((kind, target), ()):
            other = fact.actor if fact.target == target else fact.target
            straight = Reach(fact, through, bool(through))
            for name, way in _counts_as(country, other, target).items():
                found[name].append(straight._replace(via="; ".join(filter(None, (way, through)))) if way else straight)
    return found


def _target_reaches(country: Country, kind: str, body: Body) -> Iterator[tuple[str, str]]:
    """Yield the body itself, then the wholes or the parts through which a relation of this kind reaches it, with the way in words."""
    yield body.iri, ""
    if kind in _UPWARD:
        for chain in country.above(body.iri, _TARGET_STEPS):
            if any(_TOO_WIDE & country.bodies[name].classes for name in chain if name in country.bodies):
                continue
            yield chain[-1], f"through its parent body {country.label(chain[-1])}"
    elif kind in _DOWNWARD:
        for part in country.parts.get(body.iri, ()):
            yield part, f"through its part {country.label(part)}"


def _counts_as(country: Country, iri: str, target: str) -> Mapping[str, str]:
    """Return the classes as one of which an actor counts, with the way: "" = it is one.

    A part counts for the whole that it belongs to, but a body's control of itself is not its parent's.
    """
    actor = country.bodies.get(iri)
    if actor is None:
        return {}
    found = dict.fromkeys(_counting_here(country, actor), "")
    if _ORGANS & actor.classes and actor.country == country.code:
        found.setdefault("state", f"{actor.label} is an organ of the state")
    for chain in country.above(iri, _ACTOR_STEPS) if iri != target else ():
        whole = country.bodies.get(chain[-1])
        if whole and whole.iri != target:
            for name in _counting_here(country, whole) - actor.classes:
                found.setdefault(name, f"{actor.label} is part of {whole.label}")
    return found


def _counting_here(country: Country, actor: Body) -> frozenset[str]:
    """Return the classes of an actor as one of which it counts in this country."""
    if actor.country == country.code or actor.stands_for:
        return actor.classes
    return frozenset(name for name in actor.classes if wider("actor", name) & _ABROAD)
