from __future__ import annotations

from random import Random

import networkx as nx
import pytest

from graph_build.measures import betweenness, brokers, centrality, communities, pagerank, ties


@pytest.fixture
def graph() -> nx.MultiDiGraph[str]:
    draw = Random(3)
    names = [f"actor-{place}" for place in range(40)]
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for place in range(160):
        start, end = draw.sample(names, 2)
        made.add_edge(start, end, f"r-{place}", negated=place % 9 == 0, symmetric=place % 7 == 0)
    return made


def test_betweenness_is_that_of_networkx(graph: nx.MultiDiGraph[str]) -> None:
    assert betweenness(graph) == pytest.approx(nx.betweenness_centrality(ties(graph)))


def test_pagerank_is_that_of_networkx(graph: nx.MultiDiGraph[str]) -> None:
    # The public one needs scipy, which is no dependency; this is the same method in plain Python.
    from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python  # type: ignore[attr-defined]

    assert pagerank(graph) == pytest.approx(_pagerank_python(ties(graph), tol=1e-10), abs=1e-6)


def test_degrees_count_relations_and_a_symmetric_one_both_ways() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        [("a", "b", {}), ("a", "b", {}), ("b", "c", {"symmetric": True}), ("c", "a", {"negated": True})]
    )
    found = centrality(graph)
    assert (found["b"].degree_in, found["b"].degree_out) == (3, 1)
    assert (found["a"].degree_in, found["a"].degree_out) == (0, 2)
    assert next(iter(found)) == "b"


def test_an_empty_network_has_no_measures() -> None:
    empty: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    assert (centrality(empty), brokers(empty), communities(empty)) == ({}, [], [])


def test_a_broker_stands_where_no_tie_goes_around_it() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph([("a", "m"), ("m", "c"), ("b", "m"), ("a", "c")])
    found = brokers(graph)
    assert [(broker.actor, broker.pairs) for broker in found] == [("m", 1)]


def test_communities_are_the_same_in_any_order_of_input(graph: nx.MultiDiGraph[str]) -> None:
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for start, end, key, data in reversed([*graph.edges(keys=True, data=True)]):
        turned.add_edge(start, end, key, **data)
    assert communities(graph) == communities(turned)
    assert sum(map(len, communities(graph))) == len(graph)


def test_two_groups_with_one_tie_between_them_are_told_apart() -> None:
    left = [("a", "b"), ("b", "c"), ("c", "a")]
    right = [("x", "y"), ("y", "z"), ("z", "x")]
    found = communities(nx.MultiDiGraph([*left, *right, ("a", "x")]))
    assert sorted(map(sorted, found)) == [["a", "b", "c"], ["x", "y", "z"]]
