"""The texts of a country profile: lists of names that people wrote for people, taken apart where their signs leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

from graph_build.readers.maps import word_map

_BREAK: Final = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")
_YEAR: Final = re.compile(r"\(\d{3,4}( est\.)?\)\s*$")
_LONGEST: Final = 90


class Named(NamedTuple):
    """A name, and what stands in parentheses after it."""

    name: str
    beside: str = ""


def blocks(text: str) -> list[str]:
    """Return the lines of a text without its markup, and without the year of the information at the end.

    >>> blocks("Army: A<br><br><em>Police</em>&nbsp;(2025)")
    ['Army: A', 'Police']
    """
    lines = (" ".join(unescape(_TAG.sub("", part)).split()) for part in _BREAK.split(text))
    return [line for line in (_YEAR.sub("", line).strip() for line in lines) if line]


def parted(text: str, sign: str) -> list[str]:
    """Return the parts of a text between signs that stand in no parentheses.

    >>> parted("Navy (includes A, B), Army", ",")
    ['Navy (includes A, B)', 'Army']
    """
    found, depth = [""], 0
    for letter in text:
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        if letter == sign and not depth:
            found.append("")
        else:
            found[-1] += letter
    return [part.strip() for part in found if part.strip()]


def named(text: str) -> Named | None:
    """Return a name with what stands beside it; of what is a sentence, or no name, nothing.

    >>> named("the Armed Forces of Malta (AFM)"), named("no regular military forces")
    (Named(name='Armed Forces of Malta', beside='AFM'), None)
    """
    name, sign, rest = text.strip(" .").partition("(")
    name = re.sub(r"^(?:the|and) (?=[A-Z])", "", name.strip())
    if not name or len(name) > _LONGEST or not name[0].isupper() or "," in name or is_sentence(name):
        return None
    beside, _, after = rest.rpartition(")")
    if sign and (after.strip() or rest.count(")") != rest.count("(") + 1):
        return None  # something follows, or a parenthesis is not closed: which part is the name nobody can tell
    return Named(name, beside.strip())


def is_sentence(text: str) -> bool:
    """Say whether words of a sentence stand in a text.

    >>> is_sentence("Air Force"), is_sentence("Air Defense forces organized into a Command")
    (False, True)
    """
    words = {word.lower().strip(",") for word in text.partition("(")[0].split()}
    return bool(words & set(word_map("factbook")["prose"]["words"]))


def groups(text: str) -> Iterator[tuple[str, list[str]]]:
    """Give each body of a list of forces with those that are listed under it, as they are written.

    >>> list(groups("Armed Forces (AF): Army, Navy; Coast Guard<br>Ministry of Interior: Police"))
    [('Armed Forces (AF)', ['Army', 'Navy']), ('Coast Guard', []), ('Ministry of Interior', ['Police'])]
    """
    for block in blocks(text):
        for group in parted(block, ";"):
            parts = parted(group, ":")  # of a colon alone none
            if len(parts) > 1:
                yield parts[0], parted(": ".join(parts[1:]), ",")
            elif parts:
                yield from ((body, []) for body in parted(group, ","))
