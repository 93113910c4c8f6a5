"""What people call an actor: label in any language, alias, abbreviation, id or IRI. A name that is not known is never guessed."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches

from graph_build.ask import ask
from graph_build.errors import NotFoundError, UsageError
from graph_build.store import Store
from graph_build.vocabulary import PREFIXES

__all__ = ["Names", "folded", "names"]

_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of a graph, folded, with the IRIs that it stands for: labels and ids apart from aliases.

    A label or id goes before an alias, an actor before a thing or concept.
    """

    labels: dict[str, tuple[str, ...]]
    aliases: dict[str, tuple[str, ...]]
    actors: frozenset[str]
    spelled: dict[str, str]

    def resolve(self, name: str) -> str:
        """Return the IRI of what has this name.

        Raises
        ------
        NotFoundError
            Nothing has this name; the nearest names are offered.
        UsageError
            Several actors have it; their ids are offered.
        """
        found = self.labels.get(folded(name)) or self.aliases.get(folded(name), ())
        chosen = tuple(iri for iri in found if iri in self.actors) or found
        if not chosen:
            raise NotFoundError("actor", name, self.near(name))
        if len(chosen) > 1:
            ids = ", ".join(_short(iri) for iri in chosen)
            raise UsageError(f'"{name}" is the name of {len(chosen)} bodies', f"say which: {ids}")
        return chosen[0]

    def near(self, name: str, most: int = 3) -> list[str]:
        """Return the names most like this one, as they are spelled in the data."""
        return [
            self.spelled[near]
            for near in get_close_matches(folded(name), {**self.labels, **self.aliases}, n=most, cutoff=0.6)
        ]


def folded(name: str) -> str:
    """Return a name without case, accents, articles and doubled spaces, for comparison.

    >>> folded("The  Verkhovna RADA"), folded("Defensoría"), folded("СБУ")
    ('verkhovna rada', 'defensoria', 'сбу')
    """
    # Cyrillic й and ї decompose too: their mark is part of the letter and stays.
    letters = (_bare(letter) for letter in unicodedata.normalize("NFC", name).casefold().replace("’", "'"))
    text = " ".join("".join(letters).split())
    return next((text.removeprefix(article) for article in _ARTICLES if text.startswith(article)), text)


def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)
    return base[0] if len(base) > 1 and "a" <= base[0] <= "z" else letter


def names(store: Store) -> Names:
    """Return every name in a store: labels, aliases, ids, prefixed names and IRIs."""
    labels: dict[str, set[str]] = defaultdict(set)
    aliases: dict[str, set[str]] = defaultdict(set)
    spelled: dict[str, str] = {}
    actors: set[str] = set()
    for iri, name, actor, own in ask(store, "names"):
        if actor:
            actors.add(str(iri))
        (labels if own else aliases)[folded(str(name))].add(str(iri))
        for called in (_short(str(iri)), _short(str(iri)).partition(":")[2], str(iri)):
            labels[folded(called)].add(str(iri))
            spelled.setdefault(folded(called), called)
        spelled.setdefault(folded(str(name)), str(name))
    return Names(_sorted(labels), _sorted(aliases), frozenset(actors), spelled)


def _sorted(found: dict[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(iris)) for name, iris in found.items()}


def _short(iri: str) -> str:
    """Return the prefixed name of an IRI of this project, else the IRI."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri
