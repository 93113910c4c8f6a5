"""Whom an act reaches beyond its two ends: a part acts for the whole, and the whole is acted on with its parts.

"Through a parent body counts, and is said" (design section 3): every way but the straight one is told in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph_build.facts import Body, Country, Fact, Touching, wider

__all__ = ["Reach", "actor_reach", "touching"]

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


@dataclass(frozen=True, slots=True)
class Reach:
    """A relation that reaches a body, and by which way; none = straight."""

    fact: Fact
    via: str = ""


def touching(country: Country, kind: str, body: Body) -> Touching:
    """Return the relations of a kind that reach a body, the straight ones first: each with its other end, the end reached and the way in words."""
    key = kind, body.iri
    if key not in country.touching:
        country.touching[key] = tuple(
            (fact, fact.actor if fact.target == target else fact.target, target, through)
            for target, through in _target_reaches(country, kind, body)
            for fact in country.by_target.get((kind, target), ())
        )
    return country.touching[key]


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


def actor_reach(country: Country, wanted: str, iri: str, target: str) -> str | None:
    """Return by which way an actor counts as one of the class wanted: "" = it is one, None = it does not count.

    A part counts for the whole that it belongs to, but a body's control of itself is not its parent's.
    """
    actor = country.bodies.get(iri)
    if actor is None:
        return None
    if wanted in actor.classes:
        return "" if _counts_here(country, actor, wanted) else None
    if wanted == "state" and _ORGANS & actor.classes and actor.country == country.code:
        return f"{actor.label} is an organ of the state"
    if iri == target:
        return None
    for chain in country.above(iri, _ACTOR_STEPS):
        whole = country.bodies.get(chain[-1])
        if whole and wanted in whole.classes and whole.iri != target and _counts_here(country, whole, wanted):
            return f"{actor.label} is part of {whole.label}"
    return None


def _counts_here(country: Country, actor: Body, wanted: str) -> bool:
    at_home = actor.country == country.code or bool(actor.stands_for)
    return at_home or bool(wider("actor", wanted) & _ABROAD)
