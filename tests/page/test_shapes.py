from __future__ import annotations

from math import hypot

import pytest

from graph_build.page.shapes import arrowhead, fans, towards, via


def test_parallel_edges_bend_differently() -> None:
    edges = [("a", "b", str(place)) for place in range(9)] + [("b", "a", "back")]
    sides = [bend if edge[0] == "a" else -bend for edge, bend in fans(edges).items()]
    assert len(set(sides)) == 10
    assert max(map(abs, sides)) < 0.7


def test_a_single_edge_is_straight() -> None:
    assert fans([("a", "b", "1")]) == {("a", "b", "1"): 0}
    assert via((0, 0), (10, 4), 0) == pytest.approx((5, 2))


def test_a_bend_leaves_the_straight_line_to_its_side() -> None:
    left, right = via((0, 0), (100, 0), 0.3), via((0, 0), (100, 0), -0.3)
    assert left[1] == pytest.approx(-right[1])
    assert abs(left[1]) > 10


def test_an_arrow_ends_before_the_symbol() -> None:
    tip = towards((0, 0), (100, 0), 20)
    assert tip == (80, 0)
    assert all(hypot(x - 80, y) <= 9.01 for x, y in arrowhead((0, 0), tip))
