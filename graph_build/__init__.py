"""govgraph: a knowledge graph of the actors who govern the security sector, each relation cited.

    import graph_build as gb

    atlas = gb.load()                     # the bundled datasets
    atlas = gb.build("my-dataset/")       # any sources
    atlas = gb.open("atlas/store")        # a store on disk, or the URL of a SPARQL endpoint

The names below are imported when they are first used, so that `govgraph --help` stays fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph_build.ask import Query, Table, catalogue
    from graph_build.atlas import Atlas, build, load, open
    from graph_build.errors import GovgraphError

__all__ = ["Atlas", "GovgraphError", "Query", "Table", "build", "catalogue", "load", "open"]

_HOMES = {
    "Atlas": "atlas",
    "GovgraphError": "errors",
    "Query": "ask",
    "Table": "ask",
    "build": "atlas",
    "catalogue": "ask",
    "load": "atlas",
    "open": "atlas",
}


def __getattr__(name: str) -> object:
    """Import a public name from its room on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'graph_build' has no attribute {name!r}")
    return getattr(import_module(f"graph_build.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
