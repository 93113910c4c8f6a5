"""Whether somebody has looked for what a demand asks: a row of `searches.csv` of the form "KIND of BODY by ACTOR".

KIND is a kind or a function, BODY and ACTOR are ids of actors; either may also be the name of a class. Other rows tell people what
was looked for, but no program can say which demand they answer: they count for none.

Who looked for a whole class looked in one country: that in which most bodies of the dataset lie which records the search.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Final

from graph_build.ask import ask
from graph_build.facts import Body, Country, LookedFor, wider
from graph_build.store import Store
from graph_build.vocabulary import local_name, vocabulary

__all__ = ["looked_for", "searched"]

_FORM: Final = re.compile(
    r"(?P<matter>[\w -]+?) of (?P<target>[\w -]+?) by (?P<actor>[\w -]+?)(?: in an? .*)?", re.IGNORECASE
)
"""How a search says what was looked for: KIND of BODY by ACTOR."""


def looked_for(store: Store) -> LookedFor:
    """Return matter and actor of every search of that form, by the body or by the country and class at whom it looked."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    in_classes: list[tuple[str, str, tuple[str, str]]] = []
    for row in ask(store, "gap-searches").records():
        if told := _FORM.fullmatch(str(row["what"]).strip()):
            looked = told["matter"], told["actor"]
            found["", told["target"].strip()].append(looked)
            if name := _class(told["target"]):
                in_classes.append((str(row["dataset"]), name, looked))
    homes = _homes(store) if in_classes else {}
    for dataset, name, looked in in_classes:
        if dataset in homes:
            found[homes[dataset], name].append(looked)
    return found


def searched(
    country: Country, kind: str, functions: frozenset[str], actor_class: str, target_class: str, body: Body | None
) -> bool:
    """Whether a search looked for this kind or function, by a body of this class, towards this body or, for none, its class here."""
    looked = country.looked_for.get(("", _name(body.iri)) if body else (country.code, target_class))
    if not looked:
        return False
    return any(
        _is_matter(matter, kind, functions) and _is_of_class(country, actor, actor_class) for matter, actor in looked
    )


def _homes(store: Store) -> dict[str, str]:
    """Return the country of each dataset: that of more than half of its bodies."""
    bodies: dict[str, Counter[str]] = defaultdict(Counter)
    for row in ask(store, "countries").records():
        bodies[str(row["dataset"])][str(row["country"])] = int(str(row["bodies"]))
    most = {dataset: known.most_common(1)[0] for dataset, known in bodies.items()}
    return {dataset: code for dataset, (code, count) in most.items() if 2 * count > bodies[dataset].total()}


_name: Final = cache(local_name)


def _is_matter(word: str, kind: str, functions: frozenset[str]) -> bool:
    name = word.strip().lower().replace(" ", "-")
    return name == kind or name in functions


def _is_of_class(country: Country, word: str, wanted: str) -> bool:
    """An actor of the class or a narrower one was looked for, or a whole class that includes it."""
    named = next((body for iri, body in country.bodies.items() if local_name(iri) == word.strip()), None)
    if named:
        return wanted in named.classes
    return _class(word) in wider("actor", wanted)


def _class(word: str) -> str:
    """Return the id of the class that a word names, by id or English label, in singular or plural; else nothing."""
    name = word.strip().lower()
    return next((_named()[known] for known in (name, name.removesuffix("s"), f"{name[:-3]}y") if known in _named()), "")


@cache
def _named() -> Mapping[str, str]:
    terms = vocabulary().actor_types.values()
    return {term.label_en.lower(): term.id for term in terms} | {term.id: term.id for term in terms}
