"""Load: from records to a store with its direct triples, against engines that only read a file of the same quads."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph

from bench.task import Data, Run, Task
from bench.tasks import stores
from graph_build.builder import fill
from graph_build.encode import organisation_ids
from graph_build.store import EmbeddedStore


def _ours(data: Data) -> Run:
    records = data.datasets()
    organisations = organisation_ids(records)

    def run() -> int:
        store = EmbeddedStore.memory()
        fill(store, records, organisations)
        return len(store.engine)

    return run


def _bare(data: Data) -> Run:
    content = data.quads.read_bytes()

    def run() -> int:
        store = pyoxigraph.Store()
        store.bulk_load(content, pyoxigraph.RdfFormat.N_QUADS)
        return len(store)

    return run


def _ours_on_disk(data: Data) -> Run:
    organisations = organisation_ids(data.generated())

    def run() -> int:
        with TemporaryDirectory() as folder:
            store = EmbeddedStore.disk(Path(folder))
            try:
                fill(store, data.generated(), organisations)
                return len(store.engine)
            finally:
                store.close()

    return run


def _bare_on_disk(data: Data) -> Run:
    def run() -> int:
        with TemporaryDirectory() as folder:
            store = pyoxigraph.Store(folder)
            store.bulk_load(path=str(data.quads), format=pyoxigraph.RdfFormat.N_QUADS)
            quads = len(store)
            del store  # closed here: the engine still tidies its files while the folder is deleted
            return quads

    return run


def _records(data: Data) -> Run:
    return lambda: sum(1 for dataset in data.generated() for _ in dataset.records())


def _maplib(data: Data) -> Run:
    import maplib  # noqa: F401  # not to be timed

    return lambda: str(type(stores.in_maplib(data)).__name__)


def _oxrdflib(data: Data) -> Run:
    import oxrdflib  # noqa: F401

    return lambda: len(stores.in_oxrdflib(data))


def _kglab(data: Data) -> Run:
    import kglab  # noqa: F401

    return lambda: len(stores.in_kglab(data).rdf_graph())


TASKS = (
    Task(
        "load",
        "records to a store with direct triples; peers read the same quads, or their union, from a file",
        {
            "govgraph": _ours,
            "pyoxigraph": _bare,
            "oxrdflib": _oxrdflib,
            "rdflib": lambda data: lambda: len(stores.in_rdflib(data)),
            "kglab": _kglab,
            "maplib": _maplib,
        },
        most={"rdflib": "1M", "kglab": "1M", "oxrdflib": "1M", "maplib": "10M"},
    ),
    Task(
        "load-disk",
        "the same to a store on disk, one country and what the engine sorts in memory at a time: our time is also that of the task `records`",
        {"govgraph": _ours_on_disk, "pyoxigraph": _bare_on_disk},
    ),
    Task("records", "generating the records alone", {"govgraph": _records}),
)
