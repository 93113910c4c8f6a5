"""A store brought up to its sources: what has not changed is left alone, what has takes the place of its own graphs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from hashlib import sha256

from graph_build.builder import dataset_texts
from graph_build.readers import Dataset
from graph_build.store import EmbeddedStore
from graph_build.vocabulary import term


def update(
    store: EmbeddedStore, datasets: Iterable[Dataset], organisations: Container[str], before: Mapping[str, str]
) -> dict[str, str]:
    """Make the graphs of a store those of the datasets, and return the digest of each by its name.

    `before` are the digests that the last update of this store returned. A dataset with the same digest is not touched; of another,
    the graph of its statements and that of its direct triples are made again; one that is gone takes its graphs with it. The
    digest is of what the records become, direct triples included: a body that became an organisation elsewhere counts, too.
    """
    known: dict[str, str] = {}
    for dataset in datasets:
        texts = list(dataset_texts(dataset, organisations))
        known[dataset.name] = sha256("".join(texts).encode()).hexdigest()
        if before.get(dataset.name) != known[dataset.name]:
            _remove(store, dataset.name)
            store.load_written(texts)
    for name in before.keys() - known.keys():
        _remove(store, name)
    return known


def _remove(store: EmbeddedStore, name: str) -> None:
    for graph in (term(f"dataset:{name}"), term(f"direct:{name}")):
        store.engine.remove_graph(graph)
