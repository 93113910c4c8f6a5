"""A remote engine: any server that speaks the SPARQL 1.1 protocol."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cached_property
from http.client import HTTPException
from typing import TYPE_CHECKING

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from graph_build.errors import QueryError, UsageError
from graph_build.store.base import Rows
from graph_build.store.keywords import keywords
from graph_build.vocabulary import ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

_OURS = (ONTOLOGY_GRAPH.value, PREFIXES["dataset"], PREFIXES["direct"])
_GRAPHS = "SELECT DISTINCT ?graph { GRAPH ?graph { ?subject ?predicate ?object } }"
_CONTENT = "CONSTRUCT { ?subject ?predicate ?object } WHERE { GRAPH <%s> { ?subject ?predicate ?object } }"


class RemoteStore:
    """A SPARQL endpoint, asked by POST. An answer that does not parse to its end (a time limit cuts it) is an error."""

    def __init__(self, url: str, *, timeout: int = 60) -> None:
        """Name the endpoint; `timeout` is in seconds. Nothing is sent before the first question."""
        if not url.startswith(("http://", "https://")):
            raise UsageError(f"{url} is not the address of a SPARQL endpoint", "it begins with http:// or https://")
        self.url = url
        self._timeout = timeout

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT."""
        return self._select(query, self._dataset(query))

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK."""
        answer = self._results(query, self._dataset(query))
        if not isinstance(answer, QueryBoolean):
            raise QueryError("this is not an ASK query")
        return bool(answer)

    def construct(self, query: str) -> Iterator[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE, each once."""
        if not keywords(query) & {"CONSTRUCT", "DESCRIBE"}:
            raise QueryError("this is not a CONSTRUCT or DESCRIBE query")
        return iter(dict.fromkeys(self._triples(query, self._dataset(query))))

    def quads(self) -> Iterator[Quad]:
        """Return everything that the graphs of the server hold, graph by graph."""
        for graph in self.graphs():
            for triple in self._triples(_CONTENT % graph.value, []):
                yield Quad(triple.subject, triple.predicate, triple.object, graph)

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs, sorted: those of this project, where the server holds others beside."""
        return list(self._graphs)

    def close(self) -> None:
        """Do nothing: each question has its own connection."""

    @cached_property
    def _graphs(self) -> tuple[NamedNode, ...]:
        rows = self._select(_GRAPHS, []).rows
        names = sorted({row[0].value for row in rows if isinstance(row[0], NamedNode)})
        ours = [name for name in names if name.startswith(_OURS)]
        return tuple(NamedNode(name) for name in ours or names)

    def _dataset(self, query: str) -> list[str]:
        """Return the graphs to ask; none where the query names its own, which the protocol would override."""
        return [] if "FROM" in keywords(query) else [graph.value for graph in self._graphs]

    def _select(self, query: str, graphs: list[str]) -> Rows:
        answer = self._results(query, graphs)
        if not isinstance(answer, QuerySolutions):
            raise QueryError("this is not a SELECT query")
        names = tuple(variable.value for variable in answer.variables)
        try:
            return Rows(names, tuple(tuple(solution) for solution in answer))
        except (SyntaxError, ValueError, OSError) as error:
            raise self._cut(error) from error

    def _results(self, query: str, graphs: list[str]) -> QuerySolutions | QueryBoolean:
        body = self._sent(query, graphs, "json")
        try:
            return parse_query_results(io.BytesIO(body), format=QueryResultsFormat.JSON)
        except (SyntaxError, ValueError, OSError) as error:
            raise self._cut(error) from error

    def _triples(self, query: str, graphs: list[str]) -> list[Triple]:
        body = self._sent(query, graphs, "turtle")
        try:
            return [quad.triple for quad in parse(io.BytesIO(body), format=RdfFormat.TURTLE)]
        except (SyntaxError, ValueError, OSError) as error:
            raise self._cut(error) from error

    def _sent(self, query: str, graphs: list[str], answer: str) -> bytes:
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        try:
            response = self._request(query, graphs, answer).query().response
            return bytes(response.read())
        except SPARQLWrapperException as error:
            raise QueryError(f"{self.url} refused the query: {_reason(error)}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise QueryError(
                f"{self.url} did not answer: {error}", "is the server running, and the address right?"
            ) from error

    def _request(self, query: str, graphs: list[str], answer: str) -> SPARQLWrapper:
        from SPARQLWrapper import CONSTRUCT, POST, SELECT, SPARQLWrapper

        request = SPARQLWrapper(self.url, returnFormat=answer)
        request.setMethod(POST)
        request.setOnlyConneg(True)
        request.setTimeout(self._timeout)
        # Not `setQuery`: it would send an update to the server's update endpoint, and warns of what it cannot classify.
        request.queryString, request.queryType = query, SELECT if answer == "json" else CONSTRUCT
        for graph in graphs:
            request.addParameter("default-graph-uri", graph)
            request.addParameter("named-graph-uri", graph)
        return request

    def _cut(self, error: Exception) -> QueryError:
        return QueryError(f"the answer of {self.url} is cut off or not RDF: {error}", "a time limit of the server?")


def _reason(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return " ".join(lines)[:500]
