"""The same graph in both engines: pyoxigraph behind the project's store, and rdflib's own memory store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, serialize

from graph_build.ask import Table, ask
from graph_build.builder import build_store
from graph_build.catalogue import Query
from graph_build.store import EmbeddedStore, Rows
from graph_build.store.keywords import keywords

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "norms": [ROOT / "datasets" / "norms", ROOT / "datasets" / "international"],  # named bodies live in international
    "netherlands": [ROOT / "datasets" / name for name in ("norms", "international", "netherlands")],
    "helpland": [ROOT / "tests" / "data" / "helpland"],
    "mini": [ROOT / "tests" / "data" / "mini"],
}


@dataclass(frozen=True)
class RdflibStore:
    """As much of a store as a question needs, over rdflib: its union of graphs is one plain graph."""

    graph: rdflib.Graph
    quads: bytes = b""

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT."""
        # Only a query that names graphs needs them; over a dataset rdflib is several times slower.
        found = (self._dataset if "GRAPH" in keywords(query) else self.graph).query(query)
        assert found.vars is not None
        rows = tuple(tuple(_term(value) for value in row) for row in found)  # type: ignore[union-attr]
        return Rows(tuple(str(name) for name in found.vars), rows)

    @cached_property
    def _dataset(self) -> rdflib.Dataset:
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data=self.quads, format="nquads")
        return dataset


def in_oxigraph(name: str) -> EmbeddedStore:
    """Return a dataset with the ontology in pyoxigraph."""
    return build_store(FOLDERS[name])


def in_rdflib(store: EmbeddedStore) -> RdflibStore:
    """Return what a store holds in rdflib."""
    triples = {quad.triple for quad in store.quads()}
    content = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert content is not None
    quads = serialize(store.quads(), format=RdfFormat.N_QUADS)
    return RdflibStore(rdflib.Graph().parse(data=content, format="nt"), quads or b"")


def answer(store: EmbeddedStore | RdflibStore, query: Query, values: dict[str, object]) -> Table:
    """Answer a question in either engine."""
    return ask(store, query.name, **values)  # type: ignore[arg-type]  # rdflib's store only selects


def _term(value: object) -> NamedNode | BlankNode | Literal | None:
    if isinstance(value, rdflib.URIRef):
        return NamedNode(str(value))
    if isinstance(value, rdflib.BNode):
        return BlankNode(str(value))
    if not isinstance(value, rdflib.Literal):
        return None
    if value.language:
        return Literal(str(value), language=value.language)
    return Literal(str(value), datatype=NamedNode(str(value.datatype))) if value.datatype else Literal(str(value))
