from __future__ import annotations

import base64
import gzip
import json
import time
from pathlib import Path

import networkx as nx
import pytest

from graph_build.page import explorer
from graph_build.page.days import holds
from graph_build.page.facts import Facts, facts
from graph_build.page.html import _packed
from graph_build.page.scenes import FIRST, LIMITS, most_connected, on_day, scene_graph
from graph_build.store import Store


def test_countries_come_first_and_every_relation_is_somewhere(norms_facts: Facts) -> None:
    known = norms_facts
    names = [scope.id for scope in known.scopes]
    assert names[0] == "UA"
    assert names[-2:] == ["norms", "international"]
    assert names[1:-2] == sorted(names[1:-2])
    found = {key for scope in known.scopes for _, _, key in scope.graph.edges(keys=True)}
    assert found == {relation["id"] for relation in known.relations}


def test_a_donors_address_makes_no_country(mini: Store) -> None:
    assert [scope.id for scope in facts(mini).scopes] == ["XX", "norms"]


def test_countries_open_on_the_ladder_and_norms_on_the_free_drawing(norms_facts: Facts) -> None:
    for scope in norms_facts.scopes:
        if scope.country or scope.id == "norms":
            assert scope.opening.family == ("oversight" if scope.country else "control")
            assert scope.opening.layout == ("ladder" if scope.country else "free")


def test_a_scope_opens_on_the_day_of_its_own_dataset(norms_facts: Facts) -> None:
    known = norms_facts
    days = {str(data["dataset"]): data["checked"] for data in known.datasets}
    own = {scope.id: scope.day for scope in known.scopes}
    assert own["UA"] == days["ukraine"]
    assert own["NL"] == days["netherlands"]


def test_every_scene_has_a_place_for_whatever_may_be_shown(norms_facts: Facts) -> None:
    for scope in norms_facts.scopes:
        for scene in scope.scenes:
            part = scene_graph(scope.graph, scene.kinds, things=scene.things)
            assert set(part) == set(scene.whole.places)
            if scene.first:
                few = LIMITS[scene.layout][1]
                assert set(scene.first.places) == set(most_connected(on_day(part, scope.day), few))
                assert len(scene.first.places) <= few


def test_a_day_hides_what_is_over_and_keeps_what_is_unknown() -> None:
    body, old = {"founded": "1991-08"}, {"dissolved": "1991"}
    assert holds({"kind": "oversight"}, (body, {}), "2020-01-01")
    assert not holds({"kind": "oversight"}, (body, old), "2020-01-01")
    assert holds({"kind": "succession"}, (body, old), "2020-01-01")
    assert not holds({"kind": "oversight", "end": "2010"}, (body,), "2011-01-01")
    assert not holds({"kind": "oversight", "status": "draft"}, (body,), "2020-01-01")
    assert holds({"kind": "oversight", "start": "long ago"}, (body,), "")


def test_the_most_connected_are_chosen_by_number_and_name() -> None:
    star: nx.MultiDiGraph[str] = nx.MultiDiGraph([(f"n{place:03}", "hub") for place in range(100)])
    kept = most_connected(star)
    assert len(kept) == FIRST
    assert "n000" in kept
    assert "n099" not in kept


def test_few_data_stand_as_they_are_and_many_are_packed_the_same_every_time() -> None:
    assert _packed({"few": 1}) == ""
    many = {"many": ["Ґ" * 10] * 30_000}
    assert _packed(many) == _packed(many)
    assert json.loads(gzip.decompress(base64.b64decode(_packed(many)))) == many


def test_the_bundle_is_made_soon_and_is_the_page_of_the_other_tests(
    norms: Store, norms_page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # the drawings of the other tests are not used
    started = time.process_time()
    made = explorer(norms)
    assert time.process_time() - started < 12  # three times the budget: the machine of the tests may be busy
    assert made.encode() == norms_page.read_bytes()
