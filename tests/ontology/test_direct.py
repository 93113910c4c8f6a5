from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Quad, Triple
from rdflib import Graph

from graph_build.ask import bind
from graph_build.catalogue import catalogue
from graph_build.encode import encode, encode_dataset
from graph_build.ontology import ontology_quads
from graph_build.readers import read
from graph_build.store.embedded import EmbeddedStore
from graph_build.vocabulary import PREFIXES

_MINI = Path(__file__).parents[1] / "data" / "mini"
Triples = set[tuple[str, str, str]]


@cache
def _quads() -> tuple[Quad, ...]:
    dataset = read(_MINI)
    encoded = [quad for record in dataset.records() for quad in encode(record, dataset)]
    return (*ontology_quads(), *encode_dataset(dataset), *encoded)


def _is_direct(quad: Quad) -> bool:
    return str(quad.graph_name).startswith(f"<{PREFIXES['direct']}")


def _store(quads: Iterable[Quad]) -> EmbeddedStore:
    store = EmbeddedStore.memory()
    store.extend(quads)
    return store


def _plain(found: Iterable[Quad | Triple]) -> Triples:
    return {(str(one.subject)[1:-1], str(one.predicate)[1:-1], str(one.object)[1:-1]) for one in found}


def _oracle(as_of: date | None) -> Triples:
    store = _store(quad for quad in _quads() if not _is_direct(quad))
    return _plain(store.construct(bind(catalogue()["direct"], {"as_of": as_of})))


def test_the_encoder_projects_what_the_query_says() -> None:
    projected = _plain(quad for quad in _quads() if _is_direct(quad))
    assert len(projected) > 20
    assert _oracle(date.fromisoformat(read(_MINI).checked)) == projected


def test_both_engines_say_the_same() -> None:
    graph, as_of = Graph(), date.fromisoformat(read(_MINI).checked)
    for quad in _quads():
        if not _is_direct(quad):
            graph.parse(data=str(Triple(quad.subject, quad.predicate, quad.object)) + " .", format="nt")
    answer = graph.query(bind(catalogue()["direct"], {"as_of": as_of})).graph
    assert answer is not None
    assert {(str(one), str(two), str(three)) for one, two, three in answer} == _oracle(as_of)


@pytest.mark.parametrize(
    ("day", "held"), [("2000-12-31", False), ("2001-01-01", True), ("2010-12-31", True), ("2011-01-01", False)]
)
def test_a_day_outside_the_dates_takes_the_triple_away(day: str, held: bool) -> None:
    police = PREFIXES["id"] + "xx-police"
    pair = (PREFIXES["id"] + "xx-parliament", PREFIXES["gov"] + "equippedToOversee", police)
    assert (pair in _oracle(date.fromisoformat(day))) is held


def test_without_a_day_every_accepted_relation_counts() -> None:
    parliament, police = PREFIXES["id"] + "xx-parliament", PREFIXES["id"] + "xx-police"
    assert (parliament, PREFIXES["gov"] + "oversees", police) in _oracle(None)
