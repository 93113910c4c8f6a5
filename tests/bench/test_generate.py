"""The generated data are the same each time, of the size asked for, and right by our own rules."""

from __future__ import annotations

from functools import cache

import pytest

from bench.generate import CHECKED, country, datasets
from bench.model import COUNTRIES, PATTERNS, SORTS
from graph_build.builder import fill
from graph_build.encode import organisation_ids
from graph_build.ontology import ontology_quads
from graph_build.readers import Dataset, check
from graph_build.store import EmbeddedStore
from graph_build.validate import validate_shapes
from graph_build.vocabulary import vocabulary

SMALL = 10_000


@cache
def small() -> tuple[Dataset, ...]:
    return tuple(datasets(SMALL))


def test_the_same_seed_gives_the_same_records_and_another_one_does_not() -> None:
    assert tuple(datasets(SMALL)) == small()
    assert country("UA", 50, seed=8) != country("UA", 50)


def test_there_are_two_hundred_countries_each_once() -> None:
    assert len(COUNTRIES) == len(set(COUNTRIES)) == 200


def test_every_kind_is_there_and_every_type_is_known() -> None:
    assert {pattern.kind for pattern in PATTERNS} == set(vocabulary().kinds)
    assert {sort.type for sort in SORTS.values()} <= set(vocabulary().actor_types)
    for dataset in small()[1:]:
        assert {relation.kind for relation in dataset.relations} == set(vocabulary().kinds)


def test_every_relation_is_dated_and_has_evidence() -> None:
    for dataset in small()[1:]:
        assert all(relation.start for relation in dataset.relations)
        assert {item.relation for item in dataset.evidence} == {relation.id for relation in dataset.relations}
        assert dataset.checked == CHECKED


def test_the_readers_checks_find_no_error() -> None:
    assert [finding for finding in check(small()) if finding.severity == "error"] == []


def test_the_store_conforms_to_the_shapes_without_a_warning_and_has_the_size_asked_for() -> None:
    store = EmbeddedStore.memory()
    fill(store, small(), organisation_ids(small()))
    assert validate_shapes(store).results == ()
    assert len(store.engine) - len(list(ontology_quads())) == pytest.approx(SMALL, rel=0.1)
