from __future__ import annotations

from random import Random

import networkx as nx
import numpy as np
import pytest

from graph_build.measures import ties
from graph_build.sampling import Estimate, undirected_betweenness


def drawn(nodes: int, relations: int) -> nx.MultiDiGraph[str]:
    draw = Random(5)
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    made.add_nodes_from(f"actor-{place}" for place in range(nodes))
    for place in range(relations):
        start, end = draw.sample(sorted(made), 2)
        made.add_edge(start, end, f"r-{place}", negated=place % 9 == 0, symmetric=place % 7 == 0)
    return made


def true_values(graph: nx.MultiDiGraph[str]) -> dict[str, float]:
    return nx.betweenness_centrality(ties(graph).to_undirected())


@pytest.mark.parametrize("relations", [20, 60, 160], ids=["in pieces", "sparse", "dense"])
def test_with_a_pivot_for_each_node_it_is_that_of_networkx(relations: int) -> None:
    graph = drawn(40, relations)
    found = undirected_betweenness(graph, pivots=40)
    assert {node: each.value for node, each in found.items()} == pytest.approx(true_values(graph))
    assert {each.error for each in found.values()} == {0.0}


def test_estimates_lie_around_the_true_values() -> None:
    """The mean of many draws is the true value, as far as their spread allows: none is drawn to one side."""
    graph = drawn(40, 60)
    draws = [undirected_betweenness(graph, pivots=39, seed=seed) for seed in range(60)]
    for node, value in true_values(graph).items():
        values = np.array([found[node].value for found in draws])
        assert abs(values.mean() - value) <= 4.5 * values.std() / len(draws) ** 0.5 + 1e-12


def test_no_true_value_lies_further_than_the_error() -> None:
    graph = drawn(200, 300)
    true = true_values(graph)
    for seed in range(3):
        found = undirected_betweenness(graph, pivots=150, seed=seed)
        assert all(abs(found[node].value - value) <= found[node].error for node, value in true.items())


def test_the_error_is_that_of_the_formula() -> None:
    """A ring: each node has the same share for each pivot at the same distance, so that mean and variance can be told beforehand."""
    ring: nx.MultiDiGraph[str] = nx.MultiDiGraph((f"{place:02}", f"{(place + 1) % 5:02}") for place in range(5))
    found = undirected_betweenness(ring, pivots=4, seed=1)
    pivots = np.random.default_rng(1).integers(5, size=4)
    for node, name in enumerate(sorted(ring)):
        # Of five in a ring, each stands between a neighbour and the one behind it, which is one of the three others.
        shares = np.array([5 / 4 / 3 if (pivot - node) % 5 in (1, 4) else 0 for pivot in pivots])
        doubt = np.log(3 * 5 / 0.05) / 4
        assert found[name].value == pytest.approx(shares.mean())
        assert found[name].error == pytest.approx(np.sqrt(2 * shares.var() * doubt) + 3 * 5 / 4 * doubt)


def test_the_same_seed_gives_the_same_values_and_more_pivots_a_smaller_error() -> None:
    graph = drawn(200, 300)
    few, many = (undirected_betweenness(graph, pivots=pivots) for pivots in (20, 180))
    assert few == undirected_betweenness(graph, pivots=20)
    assert few != undirected_betweenness(graph, pivots=20, seed=8)
    assert max(each.error for each in many.values()) < max(each.error for each in few.values()) / 2


def test_fewer_than_three_nodes_have_none_between_them() -> None:
    assert undirected_betweenness(nx.MultiDiGraph()) == {}
    assert undirected_betweenness(nx.MultiDiGraph([("a", "b")])) == dict.fromkeys("ab", Estimate(0.0, 0.0))


def test_without_a_pivot_nothing_can_be_told() -> None:
    with pytest.raises(ValueError, match="at least one pivot"):
        undirected_betweenness(nx.MultiDiGraph([("a", "b")]), pivots=0)
