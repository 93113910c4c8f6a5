"""The outline of a SPARQL query, as far as a client must know it: its form, and where its order and its template stand.

Nothing is parsed here: the words and braces outside strings, IRIs and comments are enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph_build.errors import QueryError
from graph_build.store.keywords import marks, readings

_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})


def form(query: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE; a text that is none, or that may change something, is a `QueryError`.

    Virtuoso carries out an update that is sent as a query, where the user has the right.

    >>> form("PREFIX ask: <urn:ask> CONSTRUCT WHERE { ?s ask:x ?o }")
    'CONSTRUCT'
    """
    if not _UPDATES.isdisjoint(readings(query)):  # in whichever way it is read
        raise QueryError("this is an update, not a query", "use SELECT, ASK, CONSTRUCT or DESCRIBE")
    found = next((word for word, _ in marks(query) if word in _FORMS), "")
    if not found:
        raise QueryError("this is no SPARQL query", "begin with SELECT, ASK, CONSTRUCT or DESCRIBE")
    return found


def page(query: str, variables: Sequence[str], limit: int, offset: int) -> str:
    """Return the SELECT that asks for a part of a SELECT's rows, in its own order and then in that of all its variables.

    The order stands in a subselect: Virtuoso sorts no more rows than it returns, unless they are sorted further inside. DISTINCT
    is left out where no LIMIT counts on it, so that places in the order do not depend on what a server takes for the same row.
    """
    start, names = _start(query), " ".join(f"?{name}" for name in variables)
    place = _end_of_order(query)
    more = f"\n{'' if _is_ordered(query) else 'ORDER BY '}{names}"  # on a new line: the last one may end in a comment
    once = _once(query)
    asked = f"SELECT{query[once:place]}" if once and not is_limited(query) else query[start:place]
    ordered = f"{asked}{more} {query[place:]}"
    return f"{query[:start]}SELECT {names} WHERE {{ {{ {ordered}\n}} }} LIMIT {limit} OFFSET {offset}"


def asks_once(query: str) -> bool:
    """Return whether a SELECT asks for each row once: DISTINCT, not REDUCED, which leaves that to the server.

    >>> asks_once("SELECT DISTINCT ?s { ?s ?p ?o }"), asks_once("SELECT ?s { SELECT DISTINCT ?s { ?s ?p ?o } }")
    (True, False)
    """
    return query[: _once(query)].upper().endswith("DISTINCT")


def is_limited(query: str) -> bool:
    """Return whether a query leaves rows out by LIMIT or OFFSET."""
    return _end_of_order(query) < len(query)


def solutions(query: str) -> str:
    """Return the SELECT of as many rows as a CONSTRUCT fills its template, or a DESCRIBE looks for things; "" if it does not look.

    >>> solutions("CONSTRUCT { ?o <urn:p> ?s } WHERE { ?s ?p ?o } LIMIT 5")
    'SELECT (1 AS ?row)  WHERE { ?s ?p ?o } LIMIT 5'
    """
    start = _start(query)
    place = _end_of_template(query, start)
    return f"{query[:start]}SELECT (1 AS ?row) {query[place:]}" if "{" in query[place:] else ""


def _end_of_template(query: str, start: int) -> int:
    found = [(word, place) for word, place in marks(query) if place > start]
    if form(query) == "CONSTRUCT" and found and found[0][0] == "{":
        depth = 0
        for word, place in found:
            depth += {"{": 1, "}": -1}.get(word, 0)
            if not depth:
                return place + 1
    # The short form of CONSTRUCT, whose pattern is its template, and DESCRIBE: what is asked begins at once.
    return next((place for word, place in found if word in ("FROM", "WHERE", "{")), len(query))


def _start(query: str) -> int:
    return next(place for word, place in marks(query) if word in _FORMS)


def _once(query: str) -> int:
    """Return where the DISTINCT or REDUCED of a SELECT ends; 0 without."""
    start = _start(query)
    word, place = next((found for found in marks(query) if found[1] > start), ("", 0))
    return place + len(word) if word in ("DISTINCT", "REDUCED") else 0


def _tail(query: str) -> list[tuple[str, int]]:
    """Return the words after the last brace: what is said of the order and number of rows."""
    found = marks(query)
    last = max((number for number, (word, _) in enumerate(found) if word == "}"), default=-1)
    return found[last + 1 :]


def _is_ordered(query: str) -> bool:
    return any(word == "ORDER" for word, _ in _tail(query))


def _end_of_order(query: str) -> int:
    return next((place for word, place in _tail(query) if word in ("LIMIT", "OFFSET")), len(query))
