"""An actor as it is compared: its names, its identifiers, its country, and what sort of actor it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from graph_build.reconcile.ideas import Name, body_names, person_names
from graph_build.reconcile.registers import identifiers, registers_apart
from graph_build.records import Actor
from graph_build.vocabulary import vocabulary

_NAMES: Final = 40  # names of one actor that are compared
_OPEN: Final = frozenset({"unclassified", "unspecified"})
_APART: Final = frozenset({"person", "post", "group", "state", "security-sector", "party", "head-of-state"})
"""Types that exclude those outside them; a body of a type that is not here may well be of another such type, too."""
_BODIES: Final = frozenset(
    {"parliament", "parliamentary-committee", "judiciary", "security-agency", "media", "company", "executive"}
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What of an actor counts in the comparison with others."""

    id: str
    sorts: frozenset[str]
    names: tuple[Name, ...]
    identifiers: frozenset[str]
    countries: frozenset[str]
    person: bool


def profile(actor: Actor) -> Profile:
    """Return the profile of an actor."""
    labels = dict.fromkeys((actor.label_en, actor.label_native, actor.label_uk, *actor.alt_labels))
    person = "person" in actor.type
    found: list[Name] = []
    for label in filter(None, labels):
        found += person_names(label) if person else body_names(label)
    names = tuple({name.words: name for name in reversed(found[:_NAMES])}.values())[::-1]
    return Profile(actor.id, _sorts(actor.type), names, identifiers(actor), _countries(actor, names), person)


def _countries(actor: Actor, names: tuple[Name, ...]) -> frozenset[str]:
    """Return the country of the column, else those in the names; a person's name tells none."""
    if actor.country:
        return frozenset({actor.country})
    return frozenset().union(*(name.countries for name in names))


@lru_cache(1024)
def _sorts(types: tuple[str, ...]) -> frozenset[str]:
    """Return the types with all wider ones."""
    known, found = vocabulary().actor_types, set(types)
    for name in types:
        while name in known and known[name].parent:
            name = known[name].parent
            found.add(name)
    return frozenset(found)


def contradiction(one: Profile, other: Profile) -> str:
    """Return why two actors cannot be the same: identifiers, sort or country; or nothing."""
    register = registers_apart(one.identifiers, other.identifiers)
    if register:
        return f"{register} numbers differ"
    if not _may_be(one.sorts, other.sorts):
        return "types differ"
    if one.countries and other.countries and not one.countries & other.countries:
        return "countries differ"
    return ""


def _may_be(one: frozenset[str], other: frozenset[str]) -> bool:
    if one & other or ((one | other) & _OPEN and (one & _OPEN or other & _OPEN)):
        return True
    if one & _APART or other & _APART:
        return False
    return not (one & _BODIES and other & _BODIES)
