"""Begin a question at what is found first.

A line `# first ?found with name: PATTERN` is asked before the question if that parameter is given, and what it finds stands in its
place; where the whole question begins at nothing, there is nothing to ask. The embedded engine needs it where a question has many
parts: it guesses how many rows each part has, and from too many on it would read all labels and sources.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from pyoxigraph import BlankNode

from graph_build.catalogue import FIRST
from graph_build.store import EmbeddedStore, Term

__all__ = ["narrowed"]

_MOST: Final = 10_000  # of what is found first: beyond that, to go through everything takes no longer
_WHOLE: Final = "  "  # the indent of what every answer must have: deeper it is in a part, of which there may be others

Found = Sequence[Sequence[Term | None]]


def narrowed(store: EmbeddedStore, text: str, terms: Mapping[str, str]) -> str | None:
    """Return a bound question with what its lines `# first` find in place of them; None where nothing can be an answer.

    Parameters
    ----------
    text
        The SPARQL of a question.
    terms
        The parameters that are given, as terms of SPARQL.

    Raises
    ------
    QueryError
        The engine refused to look for what comes first.
    """
    prefixes = "\n".join(line for line in text.splitlines() if line.startswith("PREFIX "))

    @cache  # two sides of a question may begin at the same, each under names of its own
    def answer(names: str, pattern: str) -> Found:
        return store.select(f"{prefixes}\nSELECT DISTINCT {names} WHERE {{ {pattern} }} LIMIT {_MOST + 1}").rows

    begun: dict[str, tuple[str, str]] = {}
    for line in FIRST.finditer(text):
        what, name, pattern = line["found"], line["name"], line["pattern"]
        # Of several lines for the same, the first whose parameter is given is enough.
        if name in terms and what not in begun:
            names, unbound = _unnamed(what, pattern)
            rows = answer(names, _bound(unbound, name, terms[name]))
            if not _can_be_listed(rows):
                continue
            if not rows and line["indent"] == _WHOLE:
                return None
            begun[what] = pattern, _listed(what, rows)

    def beginning(line: re.Match[str]) -> str:
        pattern, values = begun.get(line["found"], ("", ""))
        return values if pattern == line["pattern"] else line[0]

    return FIRST.sub(beginning, text)


def _unnamed(what: str, pattern: str) -> tuple[str, str]:
    """Return the variables that are looked for, and the pattern, under names that do not tell one side from the other."""
    names = []
    for place, own in enumerate(what.split()):
        names.append(f"?found{place}")
        pattern = re.sub(rf"\{own}\b", names[-1], pattern)
    return " ".join(names), pattern


def _bound(pattern: str, name: str, term: str) -> str:
    """Return a pattern with its parameter filled in: last, for words that are asked for may look like a variable."""
    return re.sub(rf"\?{name}\b", lambda _: term, pattern)


def _can_be_listed(rows: Found) -> bool:
    """Whether they are not too many; and a node without a name would be a variable in a list."""
    return len(rows) <= _MOST and not any(isinstance(term, BlankNode) for row in rows for term in row)


def _listed(what: str, rows: Found) -> str:
    """Return rows as a subselect: more than a thousand bare VALUES would be joined last, and everything else in full before."""
    values = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    return f"{{ SELECT {what} WHERE {{ VALUES ({what}) {{ {values} }} }} }}"
