"""The questions of the catalogue, one by one, and those of the whole graph that a program answers."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from bench.generate import CHECKED, NORM
from bench.task import Data, Run, Task
from bench.tasks import stores
from graph_build.ask import ask, catalogue
from graph_build.catalogue import Query
from graph_build.coverage import coverage
from graph_build.gaps import gaps_of_all
from graph_build.store import EmbeddedStore

_GIVEN = {
    "actor": "id:ae-police-1", "iri": "rel:ae-1", "country": "AE", "xsd:date": CHECKED, "kind": "oversight", "string": "Police",
}  # fmt: skip
_NAMED = {"relation": "rel:ae-1", "norm": f"dataset:{NORM}", "since": "2000-01-01", "until": CHECKED}


def values(query: Query) -> dict[str, object]:
    """Return what a question is asked with: only what it requires."""
    needed = [param for param in query.params.values() if param.required]
    return {param.name: _NAMED.get(param.name) or _GIVEN.get(param.type) for param in needed}


def _all(data: Data) -> Run:
    store = stores.ours(data)

    def run() -> int:
        for query in catalogue().values():
            if query.theme not in ("build", "lint"):
                begun = time.process_time()
                rows = len(ask(store, query.name, **values(query)))
                sys.stderr.write(f"  {query.name:32} {time.process_time() - begun:8.3f} CPU s {rows:8} rows\n")
        return len(catalogue())

    return run


def _ours(answer: Callable[[EmbeddedStore], object]) -> Callable[[Data], Run]:
    def make(data: Data) -> Run:
        store = stores.ours(data)
        return lambda: answer(store)

    return make


TASKS = (
    Task("catalogue", "every question of the catalogue once", {"govgraph": _all}),
    Task("gaps", "every demand of the norm for every body of every country", {
        "govgraph": _ours(lambda store: len(gaps_of_all(store, norm=NORM))),
    }),
    Task("coverage", "every agency of every country by layer of oversight", {"govgraph": _ours(lambda store: len(coverage(store)))}),
)  # fmt: skip
