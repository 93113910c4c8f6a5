"""After an update a store holds what a new one would, and only what changed was touched."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from pyoxigraph import Quad

from bench.generate import datasets
from graph_build.builder import fill
from graph_build.encode import organisation_ids
from graph_build.readers import Dataset
from graph_build.store import EmbeddedStore
from graph_build.update import update
from graph_build.vocabulary import ONTOLOGY_GRAPH


@cache
def made() -> tuple[Dataset, ...]:
    return tuple(datasets(4_000))


def statements(store: EmbeddedStore) -> set[Quad]:
    return {quad for quad in store.quads() if quad.graph_name != ONTOLOGY_GRAPH}


def built(sources: tuple[Dataset, ...]) -> set[Quad]:
    store = EmbeddedStore.memory()
    fill(store, sources, organisation_ids(sources))
    return statements(store)


def updated() -> tuple[EmbeddedStore, dict[str, str]]:
    store = EmbeddedStore.memory()
    return store, update(store, made(), organisation_ids(made()), {})


def without_a_relation() -> tuple[Dataset, ...]:
    gone = made()[1].relations[0].id
    kept = tuple(item for item in made()[1].evidence if item.relation != gone)
    changed = replace(made()[1], relations=made()[1].relations[1:], evidence=kept)
    return (made()[0], changed, *made()[2:])


def test_the_first_update_is_a_build() -> None:
    assert statements(updated()[0]) == built(made())


def test_an_unchanged_source_is_not_loaded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    store, known = updated()
    monkeypatch.setattr(EmbeddedStore, "load_written", lambda *_: pytest.fail("something was loaded"))
    assert update(store, made(), organisation_ids(made()), known) == known


def test_a_changed_source_takes_the_place_of_its_own_graphs_only(monkeypatch: pytest.MonkeyPatch) -> None:
    store, known = updated()
    expected, loaded, load = built(without_a_relation()), list[str](), EmbeddedStore.load_written

    def counted(self: EmbeddedStore, texts: list[str]) -> None:
        loaded.extend(texts)
        load(self, texts)

    monkeypatch.setattr(EmbeddedStore, "load_written", counted)
    now = update(store, without_a_relation(), organisation_ids(made()), known)
    assert {name for name in now if now[name] != known[name]} == {made()[1].name}
    assert all(f"/{made()[1].name}>" in text for text in loaded)
    assert statements(store) == expected


def test_a_source_that_is_gone_takes_its_graphs_with_it() -> None:
    store, known = updated()
    update(store, made()[:-1], organisation_ids(made()), known)
    assert statements(store) == built(made()[:-1])
