"""What Virtuoso 7 does otherwise than the SPARQL recommendations say; measured on 7.2.5.1, see docs/decisions/0016-engines.md."""

from __future__ import annotations

import re
from email.message import Message
from typing import Final

from pyoxigraph import Literal

from graph_build.errors import QueryError
from graph_build.store.base import Rows, Term
from graph_build.vocabulary import term

_OPEN: Final = re.compile(r"^ *VALUES \?\w+ \{ UNDEF \}$", re.MULTILINE)
_TRUE: Final = "__ASK_RETVAL"
_BOOLEAN: Final = term("xsd:boolean")
_WORDS: Final = {"1": Literal("true", datatype=_BOOLEAN), "0": Literal("false", datatype=_BOOLEAN)}


def wording(query: str) -> str:
    r"""Return a query without the lines that leave a parameter open: they restrict nothing, but in a subselect Virtuoso loses rows by them.

    >>> wording("SELECT ?s {\n  VALUES ?s { UNDEF }\n  ?s ?p ?o }")
    'SELECT ?s {\n\n  ?s ?p ?o }'
    """
    return _OPEN.sub("", query)


def is_virtuoso(headers: Message) -> bool:
    """Whether the server that sent these headers is a Virtuoso."""
    return str(headers.get("Server", "")).startswith("Virtuoso")


def refuse_partial(headers: Message) -> None:
    """Raise a `QueryError` where the headers say that the time ran out and the body is what there was by then (status 200)."""
    if headers.get("X-SQL-State"):
        said = str(headers.get("X-SQL-Message", "")).partition("Activity:")[0]
        raise QueryError(
            f"the answer is incomplete: {said.strip() or headers['X-SQL-State']}", "a time limit of the server?"
        )


def row_limit(headers: Message) -> int | None:
    """Return at how many rows the answer ends because the server returns no more (`ResultSetMaxRows`), if it does."""
    said = str(headers.get("X-SPARQL-MaxRows", ""))
    return int(said) if said.isdecimal() else None


def readable(body: bytes) -> bytes:
    """Return JSON results whose blank nodes have labels: Virtuoso writes addresses there."""
    return body.replace(b'"type": "bnode", "value": "nodeID://', b'"type": "bnode", "value": "')


def truth(rows: Rows) -> bool | None:
    """Return what an ASK was answered, which comes as a table: of the number 1, or of no row; None for any other table."""
    if rows.variables != (_TRUE,):
        return None
    return any(isinstance(cell, Literal) and cell.value == "1" for row in rows.rows for cell in row)


def plain(cell: Term | None) -> Term | None:
    """Return a stored truth value as true or false, where Virtuoso says 1 or 0."""
    if isinstance(cell, Literal) and cell.datatype == _BOOLEAN:
        return _WORDS.get(cell.value, cell)
    return cell
