"""What people call an actor: label in any language, alias, abbreviation, id or IRI. A name that is not known is never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from graph_build.ask import ask
from graph_build.errors import NotFoundError, UsageError
from graph_build.name_index import NameIndex
from graph_build.store import Store
from graph_build.vocabulary import PREFIXES

__all__ = ["Names", "folded", "names"]

_ARTICLES = ("the ", "a ", "an ")
_SHORT: Final = 6  # letters of a name up to which one slip leaves too few runs of letters to find it by
_MANY: Final = 5000  # names with the same words
_ALIKE: Final = 60  # of 100
_WORDED: Final = 80  # as alike a name counts at least that has all words asked for
_JOINED: Final = re.compile("[-\u2010-\u2014]")  # hyphens and dashes: some write them, some a space
_ADDED: Final = re.compile(r"(?P<bare>.+?) *\((?P<added>[^()]+)\)")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a body is, and from when to when it was there."""

    country: str = ""
    founded: date | None = None
    dissolved: date | None = None

    def fits(self, country: str, day: date | None) -> bool:
        """Whether it is of the country and existed on the day; what is not said fits."""
        there = not country or self.country == country
        return there and not (
            day and ((self.founded and self.founded > day) or (self.dissolved and self.dissolved < day))
        )


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of a graph, folded, with the IRIs that it stands for: labels and ids apart from aliases.

    A label or id goes before an alias, an alias before what a label says around its bracket ("Security Service", "MI5" of
    "Security Service (MI5)"), an actor before a thing or concept.
    """

    labels: dict[str, tuple[str, ...]]
    aliases: dict[str, tuple[str, ...]]
    actors: frozenset[str]
    spelled: dict[str, str]
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    homes: dict[str, Home] = field(default_factory=dict)
    index: NameIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make ready the index of labels and aliases."""
        object.__setattr__(self, "index", NameIndex(sorted({*self.labels, *self.aliases})))

    def resolve(self, name: str, *, country: str = "", day: date | None = None) -> str:
        """Return the IRI of what has this name; of several bodies the one of the country that existed on the day, if only one did.

        Raises
        ------
        NotFoundError
            Nothing has this name; the nearest names are offered.
        UsageError
            Several actors have it; their ids are offered.
        """
        chosen = self._called(name)
        if not chosen:
            raise NotFoundError("actor", name, self.near(name))
        fitting = tuple(iri for iri in chosen if self.homes.get(iri, Home()).fits(country, day))
        if len(fitting) == 1:
            return fitting[0]
        if len(chosen) > 1:
            ids = ", ".join(_short(iri) for iri in chosen)
            raise UsageError(f'"{name}" is the name of {len(chosen)} bodies', f"say which: {ids}")
        return chosen[0]

    def _called(self, name: str) -> tuple[str, ...]:
        """Return all that have this name; "A (B)" is a name of what is called A as well as B."""
        asked = folded(name)
        found = self.labels.get(asked) or self.aliases.get(asked) or self.parts.get(asked, ())
        both = _ADDED.fullmatch(name.strip())
        if not found and both:
            found = tuple(iri for iri in self._called(both["bare"]) if iri in self._called(both["added"]))
        return tuple(iri for iri in found if iri in self.actors) or found

    def near(self, name: str, most: int = 3) -> list[str]:
        """Return the names most like this one, and the shortest that have all its words, each of another actor, as they are spelled in the data."""
        asked, known = folded(name), {**self.aliases, **self.labels}
        worded = set(self.index.with_words(asked, _MANY))
        slips = set(_one_slip_from(asked, known)) if len(asked) <= _SHORT else set[str]()
        # To compare with each name takes long in a large graph: only with those that share its words or most of its letters.
        candidates = {*worded, *slips, *self.index.like(asked)}
        alike = {each: max(fuzz.ratio(asked, each), _WORDED if each in worded | slips else 0) for each in candidates}
        nearest: dict[tuple[str, ...], str] = {}
        for each in sorted(candidates, key=lambda each: (-alike[each], len(each), each)):
            # Who types spaces types no id, and is offered none.
            an_id = " " in name and any(iri.endswith(f"/{self.spelled[each]}") for iri in known[each])
            if alike[each] >= _ALIKE and not an_id:
                nearest.setdefault(known[each], self.spelled[each])
        return [*nearest.values()][:most]

    def search(self, text: str, most: int = 20) -> list[tuple[str, str]]:
        """Return names that have all words of a text, or words that begin so, as they are spelled, each with its IRI.

        The best fit comes first; a name of several has a row for each. Ids are names, too.
        """
        found = self.index.with_words(folded(text), most)
        known = [(name, {*self.labels.get(name, ()), *self.aliases.get(name, ())}) for name in found]
        return [(self.spelled[name], iri) for name, iris in known for iri in sorted(iris)][:most]


def _one_slip_from(asked: str, known: Iterable[str]) -> Iterator[str]:
    """Yield the names that one letter more, less or other makes of this one, or two that changed places: abbreviations are mistyped so."""
    lengths = range(len(asked) - 1, len(asked) + 2)
    return (each for each in known if len(each) in lengths and OSA.distance(asked, each, score_cutoff=1) <= 1)


def folded(name: str) -> str:
    """Return a name without case, accents, articles, hyphens and doubled spaces, for comparison.

    >>> folded("The  Verkhovna RADA"), folded("Defensoría"), folded("СБУ"), folded("Auditor-General")
    ('verkhovna rada', 'defensoria', 'сбу', 'auditor general')
    """
    # Cyrillic й and ї decompose too: their mark is part of the letter and stays.
    letters = (_bare(letter) for letter in unicodedata.normalize("NFC", name).casefold().replace("’", "'"))
    text = " ".join("".join(letters).split())
    text = next((text.removeprefix(article) for article in _ARTICLES if text.startswith(article)), text)
    return " ".join(_JOINED.sub(" ", text.replace("&", " and ")).split())


def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)
    return base[0] if len(base) > 1 and "a" <= base[0] <= "z" else letter


def names(store: Store) -> Names:
    """Return every name in a store: labels, aliases, ids, prefixed names and IRIs."""
    labels: dict[str, set[str]] = defaultdict(set)
    aliases: dict[str, set[str]] = defaultdict(set)
    parts: dict[str, set[str]] = defaultdict(set)
    spelled: dict[str, str] = {}
    actors: set[str] = set()
    homes: dict[str, Home] = {}
    for iri, name, actor, own, country, founded, dissolved in ask(store, "names"):
        if actor:
            actors.add(str(iri))
            homes[str(iri)] = Home(str(country or ""), _day(founded), _day(dissolved))
            for part in _parts(str(name)):
                parts[folded(part)].add(str(iri))
        (labels if own else aliases)[folded(str(name))].add(str(iri))
        for called in (_short(str(iri)), _short(str(iri)).partition(":")[2], str(iri)):
            labels[folded(called)].add(str(iri))
            spelled.setdefault(folded(called), called)
        spelled.setdefault(folded(str(name)), str(name))
    return Names(_sorted(labels), _sorted(aliases), frozenset(actors), spelled, _sorted(parts), homes)


def _parts(name: str) -> Iterator[str]:
    """Yield what stands before the bracket of a name, and the abbreviations in it.

    >>> list(_parts("State Bureau of Investigation (SBI/DBR, 2016-)"))
    ['State Bureau of Investigation', 'SBI', 'DBR']
    """
    both = _ADDED.fullmatch(name)
    if both:
        yield both["bare"]
        yield from (word for word in re.findall(r"\w+", both["added"]) if sum(map(str.isupper, word)) > 1)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _sorted(found: dict[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(iris)) for name, iris in found.items()}


def _short(iri: str) -> str:
    """Return the prefixed name of an IRI of this project, else the IRI."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri
