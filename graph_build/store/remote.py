"""A remote engine: any server that speaks the SPARQL 1.1 protocols (Query, Update, Graph Store)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from graph_build.errors import QueryError, UsageError
from graph_build.store.base import Rows
from graph_build.store.credentials import Credentials, split_address
from graph_build.store.endpoint import Endpoint
from graph_build.store.keywords import has_keyword
from graph_build.store.outline import form
from graph_build.store.transport import Transport
from graph_build.store.upload import Places, places, replace
from graph_build.vocabulary import ONTOLOGY_GRAPH, PREFIXES

_OURS: Final = (ONTOLOGY_GRAPH.value, PREFIXES["dataset"], PREFIXES["direct"])
# Not DISTINCT, which says the same: Virtuoso 7.2.5 never answers that.
_GRAPHS: Final = "SELECT ?graph { GRAPH ?graph { ?subject ?predicate ?object } } GROUP BY ?graph"
_CONTENT: Final = "SELECT ?subject ?predicate ?object { GRAPH <%s> { ?subject ?predicate ?object } }"


class RemoteStore:
    """A graph on a server, asked and loaded over HTTP. An answer that does not arrive whole is an error, never a shorter one."""

    def __init__(
        self,
        url: str,
        *,
        update: str = "",
        graph_store: str = "",
        credentials: Credentials | None = None,
        timeout: float = 60,
    ) -> None:
        """Name the endpoint; nothing is sent before the first question.

        Where updates and graphs go is known of Oxigraph and Virtuoso, and else to be said. Credentials are those given, or
        in the address, or of the environment. `timeout` is in seconds.
        """
        if not url.startswith(("http://", "https://")):
            raise UsageError(f"{url} is not the address of a SPARQL endpoint", "it begins with http:// or https://")
        self.url, signed = split_address(url)
        self._given = Places(update, graph_store)
        self._transport = Transport(self.url, credentials or signed or Credentials.of_environment(), timeout)
        self._endpoint = Endpoint(self.url, self._transport)

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT."""
        _demand(query, "SELECT")
        return self._endpoint.rows(query, self._dataset(query))

    def texts(self, query: str) -> Iterator[list[str]]:
        """Yield the rows of a SELECT as bare texts."""
        return self.select(query).texts()

    def texts_ahead(self, queries: Iterable[str]) -> list[Callable[[], Iterator[list[str]]]]:
        """Return for each SELECT what asks it and gives its rows: one after the other, for the server has other users."""
        return [partial(self.texts, query) for query in queries]

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK."""
        _demand(query, "ASK")
        return self._endpoint.truth(query, self._dataset(query))

    def construct(self, query: str) -> Iterator[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE, each once."""
        _demand(query, "CONSTRUCT", "DESCRIBE")
        return iter(self._endpoint.triples(query, self._dataset(query)))

    def quads(self) -> Iterator[Quad]:
        """Return everything that the graphs of the server hold, graph by graph."""
        for graph in self.graphs():
            for subject, predicate, value in self._endpoint.rows(_CONTENT % graph.value, []).rows:
                if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode) or not value:
                    raise QueryError(f"{self.url} answered what is no triple of {graph.value}")
                yield Quad(subject, predicate, value, graph)

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs, sorted: those of this project, where the server holds others beside."""
        return list(self._graphs)

    def replace(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Give a named graph this content and no other; until all of it has arrived the graph stays as it was."""
        replace(self._transport, self._endpoint, places(self.url, self._given), graph, triples)
        self.__dict__.pop("_graphs", None)

    def load(self, quads: Iterable[Quad]) -> list[NamedNode]:
        """Replace each named graph that the quads are in, one after the other, and return their names; others stay."""
        content: dict[NamedNode, dict[Triple, None]] = {}
        for quad in quads:
            if not isinstance(quad.graph_name, NamedNode):
                raise UsageError("only quads of named graphs are loaded", "give each a graph")
            content.setdefault(quad.graph_name, {})[quad.triple] = None
        names = sorted(content, key=lambda name: name.value)
        for name in names:
            self.replace(name, content.pop(name))
        return names

    def close(self) -> None:
        """Do nothing: each question has its own connection."""

    @cached_property
    def _graphs(self) -> tuple[NamedNode, ...]:
        rows = self._endpoint.rows(_GRAPHS, []).rows
        names = sorted({row[0].value for row in rows if isinstance(row[0], NamedNode)})
        ours = [name for name in names if name.startswith(_OURS)]
        return tuple(NamedNode(name) for name in ours or names)

    def _dataset(self, query: str) -> list[str]:
        """Return the graphs to ask; none where the query names its own, which the protocol would override."""
        return [] if has_keyword(query, "FROM") else [graph.value for graph in self._graphs]


def _demand(query: str, *forms: str) -> None:
    if form(query) not in forms:
        raise QueryError(f"this is not a {' or '.join(forms)} query")
