"""The questions of the catalogue, one by one, and those of the whole graph that a program answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final

import pyoxigraph

from bench.generate import CHECKED, NORM
from bench.task import Data, Run, Task
from bench.tasks import stores
from graph_build.ask import ask, bind, catalogue
from graph_build.catalogue import Query
from graph_build.coverage import coverage
from graph_build.gaps import gaps_of_all
from graph_build.store import EmbeddedStore

_NOT_ASKED: Final = frozenset({"build", "lint", "wikidata"})  # those that the page and the checks read in other ways
_LONG: Final = 1.0  # CPU seconds after which a question is not put again
_TIMES: Final = 20  # what takes some milliseconds is put so often, unless that takes longer than
_ENOUGH: Final = 0.1  # seconds
_GIVEN: Final = {
    "actor": "id:ae-police-1", "iri": "rel:ae-1", "country": "AE", "xsd:date": CHECKED, "kind": "oversight", "string": "Police",
}  # fmt: skip
_NAMED: Final = {"relation": "rel:ae-1", "norm": f"dataset:{NORM}", "since": "2000-01-01", "until": CHECKED}


def values(query: Query) -> dict[str, object]:
    """Return what a question is asked with: only what it requires."""
    needed = [param for param in query.params.values() if param.required]
    return {param.name: _NAMED.get(param.name) or _GIVEN.get(param.type) for param in needed}


def _each(ask_one: Callable[[Query], Callable[[], int]]) -> Mapping[str, Mapping[str, float]]:
    """Return what each question needed, the best time of some, and its number of rows."""
    return {query.name: figures(ask_one(query)) for query in catalogue().values() if query.theme not in _NOT_ASKED}


def figures(run: Callable[[], int]) -> Mapping[str, float]:
    """Return wall and CPU seconds of the best of some runs, two at least of what is not long, and the number of rows."""
    seconds, cpu, rows, spent = float("inf"), float("inf"), 0, 0.0
    for run_before in range(_TIMES):
        wall, used = time.perf_counter(), time.process_time()
        rows = run()
        seconds, cpu = min(seconds, time.perf_counter() - wall), min(cpu, time.process_time() - used)
        spent += time.perf_counter() - wall
        if cpu > _LONG or (run_before and spent > _ENOUGH):
            break
    return {"seconds": seconds, "cpu_seconds": cpu, "answer": rows}


def _all(data: Data) -> Run:
    store = stores.ours(data)
    return lambda: _each(lambda query: lambda: len(ask(store, query.name, **values(query))))


def _all_bare(data: Data) -> Run:
    store = stores.bare(data)
    return lambda: _each(lambda query: lambda: _rows(store, bind(query, values(query))))


def _rows(store: pyoxigraph.Store, text: str) -> int:
    found = store.query(text, use_default_graph_as_union=True)
    return len([tuple(row) for row in found])  # type: ignore[union-attr]


def _ours(answer: Callable[[EmbeddedStore], object]) -> Callable[[Data], Run]:
    def make(data: Data) -> Run:
        store = stores.ours(data)
        return lambda: answer(store)

    return make


TASKS = (
    Task(
        "catalogue",
        "every question of the catalogue; pyoxigraph is our own wording with nothing around the engine: what we add, not whether a better wording exists",
        {"govgraph": _all, "pyoxigraph": _all_bare},
    ),
    Task("gaps", "every demand of the norm for every body of every country", {
        "govgraph": _ours(lambda store: len(gaps_of_all(store, norm=NORM))),
    }, times=5),
    Task("coverage", "every agency of every country by layer of oversight", {
        "govgraph": _ours(lambda store: len(coverage(store))),
    }, times=5),
)  # fmt: skip
