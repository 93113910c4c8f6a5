"""A graph onto a server: as a draft in pieces that servers take, counted, then put in the old one's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple
from uuid import uuid4

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from graph_build.errors import QueryError, UsageError
from graph_build.store.endpoint import Endpoint
from graph_build.store.requests import graph_content, update
from graph_build.store.transport import Transport

_PIECE: Final = 20_000
"""Triples in a request: some 3 MB, a second of work for the slower servers."""
_SIZE: Final = "SELECT (COUNT(*) AS ?rows) { GRAPH <%s> { ?subject ?predicate ?object } }"


class Places(NamedTuple):
    """Where a server takes updates, and where graphs."""

    update: str
    graph_store: str


_KNOWN: Final = (
    ("/query", Places("/update", "/store")),  # Oxigraph
    ("/sparql-auth", Places("/sparql-auth", "/sparql-graph-crud-auth")),  # Virtuoso, whose /sparql only reads
    ("/sparql", Places("/sparql-auth", "/sparql-graph-crud-auth")),
)


def places(url: str, given: Places) -> Places:
    """Return where the server of an endpoint takes what it is to keep; a `UsageError` where that is neither known nor given.

    >>> places("http://localhost:7878/query", Places("", ""))
    Places(update='http://localhost:7878/update', graph_store='http://localhost:7878/store')
    """
    path = url.partition("?")[0]
    for end, known in _KNOWN:
        if path.endswith(end):
            base = path.removesuffix(end)
            return Places(*(said or base + guess for said, guess in zip(given, known, strict=True)))
    if not all(given):
        raise UsageError(f"where does {url} take updates and graphs?", "RemoteStore(url, update=..., graph_store=...)")
    return given


def replace(transport: Transport, endpoint: Endpoint, to: Places, graph: NamedNode, triples: Iterable[Triple]) -> None:
    """Give a named graph this content and no other; whatever goes wrong before the last step leaves the graph as it was.

    The last step is one MOVE, all that the protocol knows of transactions: Oxigraph carries it out whole or not at all,
    Virtuoso triple by triple.
    """
    draft = f"urn:uuid:{uuid4()}"  # no name of ours: nobody asks it by mistake
    try:
        size = 0
        # Nothing first: a server that wants a signature says so now, and not by closing the connection on megabytes.
        transport.send(graph_content(to.graph_store, draft, b"", add=False), again=True)
        for content, length in pieces(triples):
            # Again without harm: a graph holds the same triple once.
            transport.send(graph_content(to.graph_store, draft, content, add=True), again=True)
            size += length
        _refuse_other_size(endpoint, draft, size, graph)
    except BaseException:
        _drop(transport, to.update, draft)
        raise
    _put_in_place(transport, to.update, draft if size else "", graph)


def pieces(triples: Iterable[Triple]) -> Iterator[tuple[bytes, int]]:
    """Return texts, and the number of triples in each. From a blank node on all is one text: its label holds only there.

    >>> from graph_build.vocabulary import term
    >>> [size for _, size in pieces([Triple(term("id:a"), term("gov:oversees"), term("id:b"))])]
    [1]
    """
    rest = iter(triples)
    while piece := list(islice(rest, _PIECE)):
        if any(isinstance(end, BlankNode) for triple in piece for end in (triple.subject, triple.object)):
            piece += rest
        yield serialize(piece, format=RdfFormat.N_TRIPLES) or b"", len(piece)


def _refuse_other_size(endpoint: Endpoint, draft: str, size: int, graph: NamedNode) -> None:
    found = endpoint.number(_SIZE % draft, []) if size else 0
    if found != size:
        message = f"{endpoint.url} kept {found} of {size} triples of {graph.value}, which is left as it was"
        raise QueryError(message, "has the server room, and a limit for requests?")


def _put_in_place(transport: Transport, place: str, draft: str, graph: NamedNode) -> None:
    change = f"MOVE GRAPH <{draft}> TO GRAPH {graph}" if draft else f"CLEAR SILENT GRAPH {graph}"
    try:
        transport.send(
            update(place, change), again=False
        )  # a second MOVE would find no draft, and might clear the graph
    except QueryError as error:
        # The server may still be moving: the draft is left alone.
        remedy = f"ask the server what {graph.value} holds; all of it was in the graph {draft}" if draft else ""
        raise QueryError(error.message, remedy or error.remedy) from None


def _drop(transport: Transport, place: str, draft: str) -> None:
    try:
        transport.send(update(place, f"DROP SILENT GRAPH <{draft}>"), again=False)
    except QueryError:
        return  # the first error is the one to tell
