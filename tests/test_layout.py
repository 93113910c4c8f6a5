from __future__ import annotations

import math
import subprocess
import sys
from itertools import combinations
from random import Random

import networkx as nx

from graph_build.layout import label_lines, layout


def drawn(count: int = 40, edges: int = 70) -> nx.MultiDiGraph[str]:
    draw = Random(5)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for place in range(count):
        graph.add_node(f"n{place}", label_en="civil society organisations" if place % 3 else "media")
    for place in range(edges):
        start, end = draw.sample(list(graph), 2)
        graph.add_edge(start, end, f"r{place}")
    return graph


def test_labels_of_two_nodes_do_not_overlap() -> None:
    graph = drawn()
    places = layout(graph)
    for one, two in combinations(places, 2):
        (x, y), (u, v) = places[one], places[two]
        width = sum(max(map(len, label_lines(graph.nodes[node]["label_en"]))) for node in (one, two)) * 6 / 2
        assert abs(x - u) > width or abs(y - v) > 28, (one, two)


def test_order_of_input_does_not_matter() -> None:
    graph = drawn()
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for start, end, key in reversed([*graph.edges(keys=True)]):
        turned.add_edge(start, end, key)
    assert layout(graph) == layout(turned)


def test_another_process_draws_the_same() -> None:
    code = "import networkx as nx; from graph_build.layout import layout; print(layout(nx.MultiDiGraph(zip('abcabd', 'bcadde'))))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_parts_without_ties_stand_apart() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph([("a", "b"), ("c", "d"), ("e", "f")])
    places = layout(graph)
    assert len(set(places.values())) == 6
    assert max(abs(value) for place in places.values() for value in place) < 1000


def test_another_seed_draws_another_picture() -> None:
    assert layout(drawn()) != layout(drawn(), seed=8)


def test_a_network_of_a_thousand_is_laid_out() -> None:
    places = layout(drawn(1000, 2000))
    assert len(places) == 1000


def test_an_empty_network_has_no_places() -> None:
    assert layout(nx.MultiDiGraph()) == {}


def test_labels_break_into_three_lines_at_most() -> None:
    assert label_lines("") == ()
    assert len(label_lines("one two three four five six seven eight nine ten eleven")) == 3
    assert label_lines("x" * 1000)[0].endswith("…")


def test_a_large_network_is_laid_out_by_its_groups() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for group in range(30):
        ring = [f"{group:02}-{number:02}" for number in range(30)]
        graph.add_edges_from(zip(ring, ring[1:] + ring[:1], strict=True))
        graph.add_edge(ring[0], f"{(group + 1) % 30:02}-00")
    places = layout(graph)
    assert len(places) == 900 == len(set(places.values()))
    assert places == layout(nx.MultiDiGraph(reversed(list(graph.edges()))))
    within = [math.dist(places[a], places[b]) for a, b in graph.edges() if a[:2] == b[:2]]
    every = [math.dist(places[f"{a:02}-00"], places[f"{b:02}-00"]) for a in range(30) for b in range(a)]
    assert sum(within) / len(within) < 0.2 * sum(every) / len(every)
