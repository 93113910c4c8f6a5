"""All countries read at once say what each says that is read alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bench.generate import NORM, country, norm
from graph_build.builder import build_store, fill
from graph_build.coverage import coverage_counts
from graph_build.encode import organisation_ids
from graph_build.facts import Fact, Ground
from graph_build.gaps import gaps, gaps_of_all
from graph_build.practice import country_facts
from graph_build.store import EmbeddedStore
from graph_build.survey import survey
from graph_build.vocabulary import vocabulary

GAPLAND = Path(__file__).parent / "data" / "gapland"


def generated() -> EmbeddedStore:
    made = [norm(), country("UA", 400), country("KE", 300)]
    store = EmbeddedStore.memory()
    fill(store, made, organisation_ids(made))
    return store


@pytest.fixture(scope="module", params=["bundled", "gapland", "generated"])
def store(request: pytest.FixtureRequest) -> EmbeddedStore:
    makers = {"bundled": build_store, "gapland": lambda: build_store([GAPLAND]), "generated": generated}
    return makers[request.param]()


def counting(fact: Fact) -> Fact:
    """Leave out what a survey does not tell: how an end was stated, and the pages behind what is only required or allowed."""
    return fact._replace(until="", grounds=tuple(ground for ground in fact.grounds if counts(fact, ground)))


def counts(fact: Fact, ground: Ground) -> bool:
    is_a_page = not ground.locator or ground.locator.startswith(("page=", "char="))
    return fact.modality == "actual" or not (is_a_page and ground.sort in {"supports", "disputes"})


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_every_country_has_the_same_facts_and_bodies(store: EmbeddedStore, lang: str) -> None:
    found = survey(store, vocabulary().kinds, lang=lang)
    assert found
    for known in found:
        alone = country_facts(store, known.code, lang=lang)
        assert (known.day, known.checked, known.looked_for) == (alone.day, alone.checked, alone.looked_for)
        assert [counting(fact) for fact in known.facts] == [counting(fact) for fact in alone.facts]
        # Read alone, a country also has the other ends of drafts and of what no longer holds.
        assert known.bodies.items() <= alone.bodies.items()
        assert {iri for iri, body in alone.bodies.items() if body.country == known.code} <= known.bodies.keys()


def test_a_given_day_holds_for_every_country(store: EmbeddedStore) -> None:
    earlier = date(2015, 6, 1)
    for known in survey(store, ["oversight"], as_of=earlier):
        alone = country_facts(store, known.code, as_of=earlier)
        expected = [counting(fact) for fact in alone.facts if fact.kind == "oversight"]
        assert [counting(fact) for fact in known.facts] == expected


def test_grounds_and_layers_come_only_where_they_are_asked_for(store: EmbeddedStore) -> None:
    bare = survey(store, ["oversight"], grounded=(), layered=())
    for known, whole in zip(bare, survey(store, ["oversight"]), strict=True):
        assert known.facts == tuple(fact._replace(grounds=(), layers=frozenset()) for fact in whole.facts)


def test_what_stands_for_a_class_and_is_no_body_is_left_out() -> None:
    store = generated()
    stranger = "<https://example.org/x> <https://w3id.org/govgraph/ontology#standsFor> <https://example.org/y> ."
    before = survey(store, [])
    store.load_nquads(stranger.encode())
    assert survey(store, []) == before


def test_gaps_and_coverage_of_all_are_those_of_each(store: EmbeddedStore) -> None:
    name = NORM if any(graph.value.endswith(NORM) for graph in store.graphs()) else "standards"
    codes = [known.code for known in survey(store, [])]
    if name == NORM or len(codes) > 1:
        assert gaps_of_all(store, norm=name).rows == tuple(
            row for code in codes for row in gaps(store, code, norm=name)
        )
    assert coverage_counts(store).rows == tuple(row for code in codes for row in coverage_counts(store, code))
