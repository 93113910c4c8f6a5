"""The graph of a build, put together: each named graph is taken from an earlier build, or made of its dataset."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from graph_build.digests import dataset_digest
from graph_build.earlier import Earlier
from graph_build.encode import dataset_nquads, nquads, organisation_ids
from graph_build.ontology import ontology_quads
from graph_build.readers import Dataset
from graph_build.store import EmbeddedStore
from graph_build.trig import block, joined
from graph_build.vocabulary import term

Watch = Callable[[str, int, int], None]
"""Is told what is being done, how much of that is done, and how much there is of it: 0 where nobody knows."""

_EVERY: Final = 1000  # records between two words to who watches


class Assembly:
    """The graph of a build: its store in memory, and the TriG block of each named graph.

    `digests` are those of the datasets by name. What an earlier build has of a dataset with the same digest is not encoded again.
    """

    def __init__(self, datasets: Sequence[Dataset], before: Earlier | None, watch: Watch) -> None:
        """Load what can be kept, and encode what cannot."""
        organisations = organisation_ids(datasets)
        self.digests = {dataset.name: dataset_digest(dataset, organisations) for dataset in datasets}
        self._before = before
        self._kept = before.kept(self.digests) if before else {}
        changed = [dataset for dataset in datasets if term(f"dataset:{dataset.name}") not in self._kept]
        self.store = EmbeddedStore.memory()
        if self._kept:
            self.store.load_trig(joined(self._kept), own=True)
        else:
            self.store.extend(ontology_quads())
        self.store.load_written(_watched(changed, organisations, watch))
        made = {graph: block(self.store, graph) for graph in self.store.graphs() if graph not in self._kept}
        self._blocks: dict[NamedNode, bytes] = self._kept | made
        self.quads = len(self.store.engine)

    def text(self) -> bytes:
        """Return the whole graph as TriG."""
        return joined(self._blocks)

    def write_store(self, folder: Path) -> None:
        """Write the store on disk: the earlier one with the graphs of what changed replaced, or else all of it anew."""
        if self._before and self._kept and self._before.copy_store(folder):
            if self._replaced_in(folder):
                return
            shutil.rmtree(folder)
        store = EmbeddedStore.disk(folder)
        try:
            store.load_trig(self.text(), own=True)
            store.optimize()
        finally:
            store.close()

    def _replaced_in(self, folder: Path) -> bool:
        """Replace the graphs of what changed; a store into which someone else has written comes out with another size."""
        store = EmbeddedStore.disk(folder)
        try:
            for graph in store.graphs():
                if graph not in self._kept:
                    store.engine.remove_graph(graph)
            made = {graph: text for graph, text in self._blocks.items() if graph not in self._kept}
            store.load_trig(joined(made), own=True)
            store.engine.flush()
            return len(store.engine) == self.quads
        finally:
            store.close()


def fill(store: EmbeddedStore, datasets: Iterable[Dataset], organisations: Container[str]) -> None:
    """Add the ontology and the datasets to a store, one after the other: they need not all be in memory.

    `organisations` are the ids of all bodies that can be part of one another, as `organisation_ids` gives them.
    """
    store.extend(ontology_quads())
    store.load_written(text for dataset in datasets for text in dataset_texts(dataset, organisations))


def dataset_texts(dataset: Dataset, organisations: Container[str]) -> Iterator[str]:
    """Give the quads of a dataset as N-Quads, record by record."""
    yield dataset_nquads(dataset)
    for record in (*dataset.records(), *dataset.stories):
        yield nquads(record, dataset, organisations)


def _watched(datasets: Collection[Dataset], organisations: Container[str], watch: Watch) -> Iterator[str]:
    whole = sum(1 for dataset in datasets for _ in (*dataset.records(), *dataset.stories))
    texts = (text for dataset in datasets for text in dataset_texts(dataset, organisations))
    for number, text in enumerate(texts):
        if number % _EVERY == 0:
            watch("encoding records", min(number, whole), whole)
        yield text
