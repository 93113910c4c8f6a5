"""A SPARQL endpoint that is asked: its whole answer, or an error."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import chain
from typing import Final

from pyoxigraph import Literal, QueryBoolean, QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results

from graph_build.errors import QueryError
from graph_build.store import requests, virtuoso
from graph_build.store.base import Rows, Term
from graph_build.store.outline import asks_once, is_limited, page, solutions
from graph_build.store.transport import Answer, Transport

_UNREADABLE: Final = (SyntaxError, ValueError, OSError)


class Endpoint:
    """Sends queries to one address, each with the graphs that it asks (none = those that the query or the server names).

    An answer that is not whole is a `QueryError`: one that does not parse to its end (a time limit cuts it), one that the
    server marks as partial, and one that ends at the server's limit of rows and cannot be read in pages.
    """

    def __init__(self, url: str, transport: Transport) -> None:
        """Name the address; nothing is sent yet."""
        self.url = url
        self._transport = transport

    def rows(self, query: str, graphs: Sequence[str]) -> Rows:
        """Return the rows of a SELECT, in pages where the server returns no more at once."""
        limit, rows = self._asked(query, graphs)
        if isinstance(rows, bool):
            raise QueryError("this is not a SELECT query")
        whole = rows if limit is None else self._paged(query, graphs, rows.variables, limit)
        return self._once(query, whole) if asks_once(query) else whole

    def truth(self, query: str, graphs: Sequence[str]) -> bool:
        """Return the answer of an ASK."""
        _, rows = self._asked(query, graphs)
        answer = rows if isinstance(rows, bool) else virtuoso.truth(rows)
        if answer is None:
            raise QueryError(f"{self.url} answered no yes or no")
        return answer

    def triples(self, query: str, graphs: Sequence[str]) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE, each once."""
        answer = self._sent(query, graphs, "turtle")
        if virtuoso.is_virtuoso(answer.headers):
            self._refuse_cut(query, graphs)
        try:
            found = parse(io.BytesIO(answer.body), format=RdfFormat.TURTLE)
            return list(dict.fromkeys(quad.triple for quad in found))
        except _UNREADABLE as error:
            raise self._cut(error) from error

    def number(self, query: str, graphs: Sequence[str]) -> int:
        """Return the only cell of a SELECT that counts."""
        _, answer = self._asked(query, graphs)
        cell = answer.rows[0][0] if isinstance(answer, Rows) and answer.rows else None
        if not isinstance(cell, Literal) or not cell.value.isdecimal():
            raise QueryError(f"{self.url} could not count its rows")
        return int(cell.value)

    def _paged(self, query: str, graphs: Sequence[str], variables: tuple[str, ...], limit: int) -> Rows:
        """Return all rows of a query whose answer ends at the server's limit, page by page, until one is not full."""
        pages = [self._page(query, graphs, variables, limit, 0)]
        while len(pages[-1]) == limit:
            pages.append(self._page(query, graphs, variables, limit, limit * len(pages)))
        if self._page(query, graphs, variables, limit, 0) != pages[0]:
            raise QueryError(f"{self.url} was written to while its {limit} rows at a time were read", "ask again")
        return Rows(variables, tuple(chain.from_iterable(pages)))

    def _once(self, query: str, answer: Rows) -> Rows:
        """Return each row once: to the DISTINCT of Virtuoso, two equal rows with dates are in some runs different."""
        once = tuple(dict.fromkeys(answer.rows))
        if len(once) < len(answer.rows) and is_limited(query):
            raise QueryError(f"{self.url} counts rows twice that are the same", "leave LIMIT and OFFSET out")
        return Rows(answer.variables, once)

    def _page(
        self, query: str, graphs: Sequence[str], variables: tuple[str, ...], limit: int, offset: int
    ) -> tuple[tuple[Term | None, ...], ...]:
        _, answer = self._asked(page(query, variables, limit, offset), graphs)
        if isinstance(answer, bool) or answer.variables != variables or len(answer.rows) > limit:
            raise QueryError(f"{self.url} returns at most {limit} rows, and this query cannot be read in pages")
        return answer.rows

    def _refuse_cut(self, query: str, graphs: Sequence[str]) -> None:
        """Raise where Virtuoso has used only some rows of a CONSTRUCT or DESCRIBE: there, unlike in a SELECT, it does not say so."""
        rows = solutions(query)
        limit = self._asked(rows, graphs)[0] if rows else None
        if limit is not None:
            message = f"{self.url} uses only {limit} rows for a CONSTRUCT or DESCRIBE, and this has as many or more"
            raise QueryError(message, "ask with SELECT, which is read in pages")

    def _asked(self, query: str, graphs: Sequence[str]) -> tuple[int | None, Rows | bool]:
        """Return the answer, and at how many rows the server ended it, if it did."""
        answer = self._sent(query, graphs, "json")
        is_virtuoso = virtuoso.is_virtuoso(answer.headers)
        body = virtuoso.readable(answer.body) if is_virtuoso else answer.body
        try:
            found = parse_query_results(io.BytesIO(body), format=QueryResultsFormat.JSON)
            if isinstance(found, QueryBoolean):
                return None, bool(found)
            names = tuple(variable.value for variable in found.variables)
            rows = (tuple(map(virtuoso.plain, row)) if is_virtuoso else tuple(row) for row in found)
            return virtuoso.row_limit(answer.headers), Rows(names, tuple(rows))
        except _UNREADABLE as error:
            raise self._cut(error) from error

    def _sent(self, query: str, graphs: Sequence[str], answer: requests.Form) -> Answer:
        sent = self._transport.send(requests.question(self.url, virtuoso.wording(query), graphs, answer), again=True)
        virtuoso.refuse_partial(sent.headers)
        return sent

    def _cut(self, error: Exception) -> QueryError:
        return QueryError(f"the answer of {self.url} is cut off or not RDF: {error}", "a time limit of the server?")
