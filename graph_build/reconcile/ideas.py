"""The words of names as ideas: "Dept", "департамент" and "departement" are one, and so are James and Jim."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from graph_build.reconcile.letters import sound, words
from graph_build.reconcile.tables import table

_LANGUAGE: Final = re.compile(r"(.*\S)@[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", re.DOTALL)
_BRACKET: Final = re.compile(r"\(([^()]*)\)")
_DEGREE: Final = re.compile(r"\s*(?:[^\W\d_]{1,4}\.\s?)+[^\W\d_]{0,3}\s*")
_PARTS: Final = re.compile(r"\s+[-–—|]\s+|\s*/\s*")
_LETTERS: Final = re.compile(r"[A-ZА-ЯҐЄІЇ][\w&]{1,9}")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an actor as it is compared: its words as they sound, the countries in it, and how sure it is that it is a name."""

    words: tuple[str, ...]
    countries: frozenset[str]
    shown: str
    short: bool = False

    @property
    def joined(self) -> str:
        """The words in one order, for a look at the spelling as a whole."""
        return " ".join(sorted(self.words))


def person_names(label: str) -> list[Name]:
    """Return the name of a person without titles and degrees, and once more with the short name that stands in brackets.

    >>> [name.words for name in person_names("Dr. Nicole (Nikki) Budzinski, M.A.")]
    [('nikole', 'budzinski'), ('niki', 'budzinski')]
    """
    label = _without_degrees(_spoken(label))
    spelled = [_BRACKET.sub(" ", label)]
    called = [inside for inside in _BRACKET.findall(label) if inside.istitle() and len(inside.split()) == 1]
    plain = [word for word in spelled[0].split() if word.strip(".").casefold() not in _titles()]
    spelled += [" ".join((inside, *plain[1:])) for inside in called]
    found = (tuple(_given(sound(word)) for word in words(text) if word not in _titles()) for text in spelled)
    return [Name(each, frozenset(), label) for each in found if each]


def _without_degrees(label: str) -> str:
    """Leave out what stands behind commas where it has full stops and short words only, or is a known title."""
    first, *others = label.split(",")
    return ",".join(
        [first, *(part for part in others if not _DEGREE.fullmatch(part) and part.strip().casefold() not in _titles())]
    )


def body_names(label: str) -> list[Name]:
    """Return the names that a label of a body holds: the whole, what stands before a bracket, abbreviations in it.

    >>> [name.words for name in body_names("World Food Programme (WFP)")]
    [('vorld', 'fud', 'prohrame', 'vfp'), ('vorld', 'fud', 'prohrame'), ('vfp',)]
    """
    label = _spoken(label)
    spelled = [(label, False), (_BRACKET.sub(" ", label), False)]
    spelled += [(part, True) for part in _BRACKET.findall(label) if _LETTERS.fullmatch(part.strip())]
    parts = _PARTS.split(label)
    if len(parts) > 1:
        spelled += [(part, True) for part in parts if _LETTERS.fullmatch(part.strip()) and part.strip().isupper()]
    spelled += [(part, False) for part in label.split("/") if "/" in label and len(part.split()) > 2]
    found = [_body(text, short or bool(_is_letters(text))) for text, short in spelled]
    return list(dict.fromkeys(name for name in found if name))


def _is_letters(text: str) -> bool:
    return len(text.split()) == 1 and text.strip().isupper() and len(text.strip()) <= 8


def _body(text: str, short: bool) -> Name | None:
    said = _expanded(text)
    countries = frozenset(country for word in said if (country := _country(word)))
    found = tuple(_country(word).lower() + "!" if _country(word) else _idea(word) for word in said)
    return Name(found, countries, text.strip(), short and len(found) == 1) if found else None


def _expanded(text: str) -> list[str]:
    """Return the words of a text, well known abbreviations written out, empty words left out."""
    for letters, meaning in table("bodies")["letters"].items():
        if letters in text:
            text = re.sub(rf"(?<!\w){re.escape(letters)}(?!\w)", f" {meaning} ", text)
    return [word for word in words(text) if word not in _empty()]


def _spoken(label: str) -> str:
    """Leave out the language that a label may tell at its end."""
    found = _LANGUAGE.fullmatch(label)
    return found[1] if found else label


@lru_cache(65536)
def _country(word: str) -> str:
    for country, stems in table("countries")["stems"].items():
        if any(word == stem or (len(stem) > 3 and word.startswith(stem)) for stem in stems):
            return str(country)
    return ""


@lru_cache(65536)
def _idea(word: str) -> str:
    """Return the word of the table that stands for this one, else the word as it sounds."""
    whole, begun = _idea_words()
    heard = sound(word)
    found = whole.get(heard) or next((idea for start, idea in begun if heard.startswith(start)), "")
    return sound(found) if found else heard


@cache
def _idea_words() -> tuple[dict[str, str], list[tuple[str, str]]]:
    whole: dict[str, str] = {}
    begun: list[tuple[str, str]] = []
    for idea, spelled in table("bodies")["ideas"].items():
        for word in (idea, *spelled):
            heard = "".join(map(sound, words(word.rstrip("*"))))
            if word.endswith("*"):
                begun.append((heard, idea))
            whole.setdefault(heard, idea)
    return whole, begun


@lru_cache(65536)
def _given(heard: str) -> str:
    """Return one name for all its forms; the ending -s that Baltic languages give a name is none of it."""
    known = _given_names()
    return known.get(heard) or known.get(heard.removesuffix("s"), heard)


@cache
def _given_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for spelled in table("persons")["names"]:
        for name in spelled:
            found.setdefault(sound(name), sound(spelled[0]))
    return found


@cache
def _titles() -> frozenset[str]:
    return frozenset(table("persons")["titles"])


@cache
def _empty() -> frozenset[str]:
    return frozenset(word for text in table("bodies")["empty"]["words"] for word in words(text))


@cache
def light() -> frozenset[str]:
    """Return the words that hardly tell one body from another, as they are compared."""
    return frozenset(_idea(word) for text in table("bodies")["light"]["words"] for word in words(text))


@cache
def _generic() -> frozenset[str]:
    return frozenset(sound(idea) for idea in table("bodies")["generic"]["ideas"])


def is_generic(found: Iterable[str]) -> bool:
    """Say whether a name of these words could be that of a body in any country."""
    return all(word in _generic() for word in found)
