"""Stores: a graph that answers SPARQL, in memory, on disk or on a server."""

from __future__ import annotations

from pathlib import Path

from graph_build.errors import InputError
from graph_build.store.base import Rows, Store, Term
from graph_build.store.embedded import EmbeddedStore
from graph_build.store.remote import RemoteStore

__all__ = ["EmbeddedStore", "RemoteStore", "Rows", "Store", "Term", "open_store"]


def open_store(place: str | Path) -> Store:
    """Open what is at a path or address for reading.

    An address is a SPARQL endpoint. A path is the folder of a disk store, a built atlas (its `store/`, or else its
    `graph.trig`), or a TriG or N-Quads file. Anything else is an `InputError`.
    """
    if str(place).startswith(("http://", "https://")):
        return RemoteStore(str(place))
    path = Path(place)
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        raise InputError(f"there is no store at {path}")
    return _file(path)


def _folder(path: Path) -> EmbeddedStore:
    for folder in (path, path / "store"):
        if (folder / "CURRENT").is_file():  # every RocksDB folder has this file
            return EmbeddedStore.read_only(folder)
    if (path / "graph.trig").is_file():
        return _file(path / "graph.trig")
    raise InputError(f"{path} holds no store and no graph.trig", remedy="name a folder that `govgraph build` made")


def _file(path: Path) -> EmbeddedStore:
    store = EmbeddedStore.memory()
    with path.open("rb") as content:
        if path.suffix == ".nq":
            store.load_nquads(content)
        elif path.suffix == ".trig":
            store.load_trig(content)
        else:
            raise InputError(f"{path} is no graph that this program reads", remedy="give a .trig or .nq file")
    return store
