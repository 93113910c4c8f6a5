"""What the attributes of a drawing mean: people name them as they like, and the map of words knows how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final

from graph_build.readers.maps import word_map
from graph_build.vocabulary import Kind, Term, local_name, vocabulary

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS: Final = re.compile(r"[\W_]+")
_LONGEST: Final = 200

Fields = Mapping[str, tuple[str, ...]]
"""The values of each attribute, by its name in the file."""


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return a name or word as the map has it: small letters, one space for any other sign.

    >>> folded("Actor_Type"), folded("FUNDED_BY"), folded(":directlyOversees"), folded("Орган влади")
    ('actor type', 'funded by', 'directly oversees', 'орган влади')
    """
    return _SIGNS.sub(" ", _CAMEL.sub(" ", name[:_LONGEST])).casefold().strip()


class Said:
    """The attributes of one node or edge, with a memory of which were asked for; `remarks` is what else its note must hold."""

    def __init__(self, what: str, fields: Fields) -> None:
        """Take the attributes of a "node" or an "edge"."""
        self._names: Mapping[str, list[str]] = word_map("drawings")[what]
        self._is_node = what == "node"
        self._by: dict[str, tuple[str, tuple[str, ...]]] = {}
        for name, values in fields.items():
            clean = tuple(value.strip() for value in values if value.strip())
            key = folded(name)
            self._by[key] = (name, tuple(dict.fromkeys((*self._by.get(key, ("", ()))[1], *clean))))
        self._taken: set[str] = set()
        self.remarks: list[str] = []

    def named(self, meaning: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Give the attributes that have a meaning, by folded name, in the order of the map; they are not yet taken."""
        return ((name, self._by[name][1]) for name in self._names[meaning] if name in self._by and self._by[name][1])

    def take(self, name: str) -> None:
        """Remember that an attribute has its place in a record."""
        self._taken.add(name)

    def all(self, meaning: str) -> tuple[str, ...]:
        """Return the values of the first attribute with a meaning; `|` parts several in one."""
        for name, values in self.named(meaning):
            self.take(name)
            return tuple(dict.fromkeys(part.strip() for value in values for part in value.split("|") if part.strip()))
        return ()

    def one(self, meaning: str) -> str:
        """Return the only value of the first attribute with a meaning; further values go into the note."""
        for name, values in self.named(meaning):
            self.take(name)
            self.remarks += [f"{self._by[name][0]}: {value}" for value in values[1:]]
            return values[0]
        return ""

    def rest(self) -> list[str]:
        """Return the attributes that have no place in a record, as lines of a note."""
        passed = _derived() if self._is_node else _derived() | _numbered()
        return [
            f"{name}: {', '.join(values)}"
            for key, (name, values) in self._by.items()
            if values and key not in self._taken and key not in _passed() and key not in passed
        ]

    def passed(self) -> list[str]:
        """Return the names of attributes that are not taken over."""
        names = _passed() | (frozenset() if self._is_node else _numbered())
        return [
            name
            for key, (name, values) in self._by.items()
            if values and key in names and key not in self._taken and key not in _derived()
        ]


@cache
def _passed() -> frozenset[str]:
    sorts = word_map("drawings")["passed"]
    return frozenset(name for sort in ("look", "measured", "contact") for name in sorts[sort])


@cache
def _numbered() -> frozenset[str]:
    return frozenset(word_map("drawings")["passed"]["numbered"])


@cache
def _derived() -> frozenset[str]:
    return frozenset(word_map("drawings")["derived"]["names"])


def type_of(word: str, *, own: bool = False) -> str:
    """Return the type of actor or thing that a word is, or nothing; in our `own` tables ids are meant as they are.

    >>> type_of("Ministries"), type_of("NGO"), type_of("executive"), type_of("executive", own=True), type_of("Blue")
    ('ministry', 'ngo', '', 'executive', '')
    """
    if own and (word in vocabulary().actor_types or word in vocabulary().thing_types):
        return word
    return next((_types()[form] for form in _forms(folded(word)) if form in _types()), "")


@cache
def _types() -> dict[str, str]:
    found = _words((*vocabulary().thing_types.values(), *vocabulary().actor_types.values()))
    return {**found, **word_map("drawings")["types"]}


def _forms(word: str) -> Iterator[str]:
    yield word
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    if word.endswith("s"):
        yield word[:-1]


def _words(terms: Iterable[Term]) -> dict[str, str]:
    return {folded(word): term.id for term in terms for word in (term.id, term.label_en)}


def kind_of(word: str, *, own: bool = False) -> Mapping[str, Any]:
    """Return the kind of relation that a word is, with its `function` and whether it is told in `reverse`; or nothing.

    >>> kind_of("accountableTo")["kind"], kind_of("FUNDED_BY"), kind_of("likes")
    ('accountability', {'kind': 'funding', 'reverse': True}, {})
    """
    if own and word in vocabulary().kinds:
        return {"kind": word}
    return _kinds().get(folded(word), {})


def is_own_word(word: str, kind: str) -> bool:
    """Say whether a word is the kind's own name, or that of its direct property.

    >>> is_own_word("Oversees", "oversight"), is_own_word("supervises", "oversight")
    (True, False)
    """
    return folded(word) in _own_words(vocabulary().kinds[kind])


def _own_words(kind: Kind) -> set[str]:
    return {folded(word) for word in (kind.id, kind.label_en, *(local_name(iri) for _, iri in kind.direct))}


@cache
def _kinds() -> dict[str, Mapping[str, Any]]:
    found = {word: {"kind": kind.id} for kind in vocabulary().kinds.values() for word in _own_words(kind)}
    return {**found, **word_map("drawings")["kinds"]}


def is_yes(word: str) -> bool:
    """Say whether a cell says yes.

    >>> is_yes("True"), is_yes("0")
    (True, False)
    """
    return word.casefold() in word_map("drawings")["yes"]["words"]
