from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import networkx as nx
import pytest

from graph_build.ladder import LANES, Ladder, ladder, lane_of

TYPES = {
    "rada": "parliament", "committee": "parliamentary-committee", "court": "court", "president": "head-of-state",
    "ministry": "ministry", "ombudsman": "ombuds-institution", "audit": "audit-institution", "sbu": "intelligence-service",
    "police": "police", "ngo": "ngo", "gazette": "print-media", "nato": "international-organisation",
}  # fmt: skip


@pytest.fixture
def graph() -> nx.MultiDiGraph[str]:
    draw = Random(3)
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, kind in TYPES.items():
        for place in range(4):
            made.add_node(f"{name}-{place}", types=(kind,), country="UA" if name != "nato" else "")
    for place in range(150):
        start, end = draw.sample(list(made), 2)
        made.add_edge(start, end, f"r{place}", kind="oversight")
    return made


def tops(drawn: Ladder) -> dict[str, float]:
    return {lane.id: lane.top for lane in drawn.lanes}


def test_lanes_lie_under_each_other_with_the_sides_beside_them(graph: nx.MultiDiGraph[str]) -> None:
    lanes = {lane.id: lane for lane in ladder(graph, country="UA").lanes}
    rungs = [lanes[name] for name in LANES if name in lanes]
    assert all(above.top + above.height <= below.top for above, below in pairwise(rungs))
    assert lanes["public"].left + lanes["public"].width <= rungs[0].left
    assert rungs[0].left + rungs[0].width <= lanes["international"].left


def test_every_actor_stands_in_its_lane(graph: nx.MultiDiGraph[str]) -> None:
    drawn = ladder(graph, country="UA")
    lanes = {lane.id: lane for lane in drawn.lanes}
    for node, (x, y) in drawn.places.items():
        lane = lanes[lane_of(graph.nodes[node], "UA")]
        assert lane.left <= x <= lane.left + lane.width, node
        assert lane.top <= y <= lane.top + lane.height, node


def test_no_two_actors_stand_in_each_others_place(graph: nx.MultiDiGraph[str]) -> None:
    places = ladder(graph, country="UA").places
    for one, two in combinations(places.values(), 2):
        assert abs(one[0] - two[0]) >= 55 or abs(one[1] - two[1]) >= 40


def test_order_of_input_does_not_matter(graph: nx.MultiDiGraph[str]) -> None:
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for start, end, key, known in reversed([*graph.edges(keys=True, data=True)]):
        turned.add_edge(start, end, key, **known)
    assert ladder(graph) == ladder(turned)


def test_circles_do_no_harm() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("a", "a")])
    nx.set_node_attributes(graph, {name: {"types": ("police",)} for name in "abc"})
    assert len(set(ladder(graph).places.values())) == 3


def test_a_part_of_an_agency_is_a_unit() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("service", types=("intelligence-service",))
    graph.add_node("department", types=("security-agency",))
    graph.add_edge("service", "department", "1", kind="direction")
    whole = graph.copy()
    whole.add_edge("department", "service", "2", kind="composition")
    assert set(tops(ladder(graph))) == {"agency"}
    assert set(tops(ladder(graph, whole=whole))) == {"agency", "unit"}


def test_who_has_another_country_stands_with_the_international_bodies() -> None:
    assert lane_of({"types": ("ministry",), "country": "UA"}, "UA") == "executive"
    assert lane_of({"types": ("ministry",), "country": "SE"}, "UA") == "international"
    assert lane_of({"types": ("intelligence-service", "police")}) == "agency"
    assert lane_of({"types": ()}) == "executive"


def test_an_empty_network_has_no_lanes() -> None:
    assert ladder(nx.MultiDiGraph()) == Ladder({}, ())
