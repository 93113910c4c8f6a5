"""A query that a user writes: answered by its form, with the project's prefixes known, and its errors told in the user's own lines."""

from __future__ import annotations

import re
from typing import Final

from graph_build.ask import Table, checked_on, free_query
from graph_build.errors import QueryError
from graph_build.export import turtle
from graph_build.store import Store
from graph_build.store.keywords import keywords
from graph_build.vocabulary import PREFIXES

__all__ = ["answer"]

_PREFIX_LINES: Final = tuple(f"PREFIX {prefix}: <{base}>" for prefix, base in PREFIXES.items())
_PLACED: Final = re.compile(
    r"error at (?P<line>\d+):(?P<column>\d+)(?:: expected (?:one of )?(?P<expected>.*))?", re.DOTALL
)
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)+"')
_FEW: Final = 6  # words that a query may go on with, in a message


def answer(store: Store, text: str) -> Table | str:
    """Answer a query by its form: SELECT as a table, ASK as a table of one cell, CONSTRUCT and DESCRIBE as Turtle.

    It need not declare the project's prefixes. Raises `QueryError` with the line and column of what is not SPARQL.
    """
    prefixes = _prefixes_for(text)
    try:
        return _by_form(store, "\n".join([*prefixes, text]))
    except QueryError as error:
        raise _in_lines_of_its_own(error, len(prefixes)) from error


def _by_form(store: Store, text: str) -> Table | str:
    words = keywords(text)
    if words & {"CONSTRUCT", "DESCRIBE"}:
        return turtle(store.construct(text)).decode()
    if "ASK" in words:
        return Table(("answer",), ((store.ask(text),),), checked_on(store))
    return free_query(store, text)


def _prefixes_for(text: str) -> list[str]:
    """Return the project's prefixes that a query does not declare itself, a line each."""
    own = {line.split()[1].casefold() for line in text.splitlines() if line.strip().casefold().startswith("prefix ")}
    return [line for line in _PREFIX_LINES if line.split()[1].casefold() not in own]


def _in_lines_of_its_own(error: QueryError, before: int) -> QueryError:
    """Return an error of an engine about a query with the line as its writer counts it, and without a page of grammar."""
    found = _PLACED.search(error.message)
    if not found:
        return error
    place = f"line {int(found['line']) - before}, column {found['column']} of the query"
    return QueryError(f"{place}: it is not SPARQL{_expected(found['expected'] or '')}", error.remedy)


def _expected(grammar: str) -> str:
    """Say with which words a query may go on, the first few of what an engine lists.

    >>> _expected('"a" or "b" or [0-9] or "a"')
    '; expected "a" or "b"'
    """
    words = list(dict.fromkeys(_QUOTED.findall(grammar)))
    more = " or something else" if len(words) > _FEW else ""
    return f"; expected {' or '.join(words[:_FEW])}{more}" if words else ""
