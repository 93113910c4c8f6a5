"""What every store can do, and what a SELECT answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Rows:
    """The whole answer of a SELECT: the names of its variables, and for each row one term, or None, for each variable."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def texts(self) -> Iterator[list[str]]:
        """Yield the rows as bare texts: IRIs and literals without their marks, nothing as an empty text."""
        for row in self.rows:
            yield ["" if term is None else str(getattr(term, "value", term)) for term in row]


class Store(Protocol):
    """A graph that answers SPARQL. The default graph of a query is the union of all named graphs.

    Whatever an engine refuses, and an answer that does not arrive whole, is a `QueryError`.
    """

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT."""
        ...

    def texts(self, query: str) -> Iterator[list[str]]:
        """Yield the rows of a SELECT as bare texts, as `Rows.texts`: for hundred thousands of rows."""
        ...

    def texts_ahead(self, queries: Iterable[str]) -> list[Callable[[], Iterator[list[str]]]]:
        """Return for each of several SELECTs what gives its rows, as `texts`: an engine on this machine works on all meanwhile."""
        ...

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK."""
        ...

    def construct(self, query: str) -> Iterator[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE."""
        ...

    def quads(self) -> Iterator[Quad]:
        """Return everything that the store holds, in no fixed order."""
        ...

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs, sorted."""
        ...

    def close(self) -> None:
        """Let go of files and connections; the store is not used after that."""
        ...
