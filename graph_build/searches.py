"""Whether somebody has looked for what a demand asks: a row of `searches.csv` of the form "KIND of BODY by ACTOR".

KIND is a kind or a function, BODY and ACTOR are ids of actors; either may also be the name of a class. Other rows tell people what
was looked for, but no program can say which demand they answer: they count for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from graph_build.facts import Body, Country, wider
from graph_build.vocabulary import local_name, vocabulary

__all__ = ["searched"]


def searched(
    country: Country, kind: str, functions: frozenset[str], actor_class: str, target_class: str, body: Body | None
) -> bool:
    """Whether a search of the country's dataset looked for this kind or function, by a body of this class, towards this body."""
    return any(
        _is_matter(matter, kind, functions)
        and _is_target(country, target, target_class, body)
        and _is_of_class(country, actor, actor_class)
        for matter, target, actor in country.looked_for
    )


def _is_matter(word: str, kind: str, functions: frozenset[str]) -> bool:
    name = word.strip().lower().replace(" ", "-")
    return name == kind or name in functions


def _is_target(country: Country, word: str, target_class: str, body: Body | None) -> bool:
    if body and local_name(body.iri) == word.strip():
        return True
    return body is None and _classes(word) == target_class


def _is_of_class(country: Country, word: str, wanted: str) -> bool:
    """An actor of the class or a narrower one was looked for, or a whole class that includes it."""
    named = next((body for iri, body in country.bodies.items() if local_name(iri) == word.strip()), None)
    if named:
        return wanted in named.classes
    return _classes(word) in wider("actor", wanted)


def _classes(word: str) -> str:
    """Return the id of the class that a word names, by id or English label, in singular or plural; else nothing."""
    name = word.strip().lower()
    return next((_named()[known] for known in (name, name.removesuffix("s"), f"{name[:-3]}y") if known in _named()), "")


@cache
def _named() -> Mapping[str, str]:
    terms = vocabulary().actor_types.values()
    return {term.label_en.lower(): term.id for term in terms} | {term.id: term.id for term in terms}
