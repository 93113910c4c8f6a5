"""The same data in each engine, ready to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph

from bench.task import Data
from graph_build.store import EmbeddedStore

if TYPE_CHECKING:
    import rdflib

Peer = Any  # kglab and maplib have no types


def ours(data: Data) -> EmbeddedStore:
    """Return the project's store."""
    store = EmbeddedStore.memory()
    with data.quads.open("rb") as content:
        store.load_nquads(content)
    return store


def bare(data: Data) -> pyoxigraph.Store:
    """Return a store of pyoxigraph without anything around it."""
    store = pyoxigraph.Store()
    store.bulk_load(path=str(data.quads), format=pyoxigraph.RdfFormat.N_QUADS)
    return store


def in_rdflib(data: Data) -> rdflib.Graph:
    """Return the union of the graphs in rdflib's memory store."""
    import rdflib

    return rdflib.Graph().parse(data.triples, format="nt")


def in_oxrdflib(data: Data) -> rdflib.Graph:
    """Return the union of the graphs behind rdflib's interface to Oxigraph."""
    import oxrdflib  # noqa: F401  # says that it is not installed, where rdflib would say less
    import rdflib

    return rdflib.Graph(store="Oxigraph").parse(data.triples, format="ox-nt")


def in_kglab(data: Data) -> Peer:
    """Return the union of the graphs in kglab."""
    import kglab

    return kglab.KnowledgeGraph().load_rdf(str(data.triples), format="nt")


def in_maplib(data: Data) -> Peer:
    """Return the union of the graphs in maplib."""
    import maplib

    model = maplib.Model()
    model.read(str(data.triples), format="ntriples")
    return model
