from __future__ import annotations

from itertools import pairwise
from random import Random

import networkx as nx
import pytest

from graph_build.errors import NotFoundError
from graph_build.measures import betweenness, brokers, centrality, chains, communities, pagerank, ties


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


def test_chains_come_shortest_first_and_hang_together(graph: nx.MultiDiGraph[str]) -> None:
    found = chains(graph, "actor-0", "actor-1", limit=4)
    assert 0 < len(found) <= 4
    assert [len(chain) for chain in found] == sorted(len(chain) for chain in found)
    for chain in found:
        assert (chain[0].start, chain[-1].end) == ("actor-0", "actor-1")
        assert all(hop.end == following.start for hop, following in pairwise(chain))
        assert all(not graph.edges[edge]["negated"] for hop in chain for edge in hop.edges)
        assert all(hop.edges for hop in chain)


def test_a_hop_holds_all_relations_that_make_it() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", "r1")
    graph.add_edge("a", "b", "r2")
    graph.add_edge("a", "b", "r3", negated=True)
    graph.add_edge("b", "a", "r4", symmetric=True)
    graph.add_edge("b", "a", "r5")
    assert chains(graph, "a", "b")[0][0].edges == (("a", "b", "r1"), ("a", "b", "r2"), ("b", "a", "r4"))
    assert len(chains(graph, "a", "b", direction="any")[0][0].edges) == 4


def test_a_chain_goes_against_the_arrows_only_when_asked() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph([("a", "b"), ("c", "b")])
    assert chains(graph, "a", "c") == []
    assert [hop.end for hop in chains(graph, "a", "c", direction="any")[0]] == ["b", "c"]


def test_a_chain_longer_than_wanted_is_none() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(pairwise("abcdefgh"))
    assert chains(graph, "a", "h", longest=6) == []
    assert len(chains(graph, "a", "h", longest=7)) == 1


def test_an_unknown_end_is_an_error() -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        chains(nx.MultiDiGraph([("a", "b")]), "a", "nobody")
