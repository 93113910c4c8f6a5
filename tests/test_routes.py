from __future__ import annotations

from itertools import pairwise
from random import Random

import networkx as nx
import pytest

from graph_build.errors import NotFoundError
from graph_build.routes import chains


@pytest.fixture
def graph() -> nx.MultiDiGraph[str]:
    draw = Random(3)
    names = [f"actor-{place}" for place in range(40)]
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for place in range(160):
        start, end = draw.sample(names, 2)
        made.add_edge(start, end, f"r-{place}", negated=place % 9 == 0, symmetric=place % 7 == 0)
    return made


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
