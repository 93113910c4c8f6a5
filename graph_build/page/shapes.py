"""The geometry of a drawing: outlines of symbols, curves that keep parallel relations apart, arrowheads. Pixels, y downwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import Final

Point = tuple[float, float]
Ends = tuple[str, str, str]

OUTLINES: Final[Mapping[str, tuple[Point, ...]]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
    "triangle": ((0, -1.15), (1.1, 0.8), (-1.1, 0.8)),
    "triangleDown": ((0, 1.15), (1.1, -0.8), (-1.1, -0.8)),
    "hexagon": tuple((cos(k * pi / 3), sin(k * pi / 3)) for k in range(6)),
    "star": tuple(
        (sin(k * pi / 5) * (0.55 if k % 2 else 1.25), -cos(k * pi / 5) * (0.55 if k % 2 else 1.25)) for k in range(10)
    ),
}
"""Corners of each symbol around (0, 0) for a radius of 1; "dot" is a circle."""


def radius(degree: int) -> float:
    """Return the radius of a symbol with so many relations: area grows with the number, within limits.

    >>> radius(0), radius(400)
    (7.0, 20.0)
    """
    return min(20.0, 7.0 + 2.0 * sqrt(degree))


def fans(edges: Iterable[Ends], level: Mapping[str, Point] | None = None) -> dict[Ends, float]:
    """Return how far each edge bends, so that all edges between two nodes stay visible; 0 is straight.

    With the places on a ladder, edges between two nodes of one row rise over the nodes between them.

    >>> [round(bend, 2) for bend in fans([("a", "b", "1"), ("a", "b", "2"), ("b", "a", "3")]).values()]
    [-0.18, 0.0, -0.18]
    """
    pairs: dict[tuple[str, str], list[Ends]] = defaultdict(list)
    for edge in edges:
        pairs[min(edge[:2]), max(edge[:2])].append(edge)
    bends = {}
    for together in pairs.values():
        step = min(0.18, 1.2 / len(together))
        for place, edge in enumerate(together):
            bend = (place - (len(together) - 1) / 2) * step
            bends[edge] = (bend if edge[0] <= edge[1] else -bend) + (
                _arch(level[edge[0]], level[edge[1]]) if level else 0
            )
    return bends


def _arch(start: Point, end: Point) -> float:
    across = end[0] - start[0]
    if not across or abs(end[1] - start[1]) > 1:
        return 0.0
    return min(0.3, 60 / abs(across)) * (1 if across > 0 else -1)


def via(start: Point, end: Point, bend: float) -> Point:
    """Return the control point of the curve from start to end: the one that vis-network uses for `curvedCW` and `curvedCCW`."""
    across, up = end[0] - start[0], start[1] - end[1]
    reach = (abs(bend) / 2 + 0.5) * hypot(across, up)
    angle = atan2(up, across) + (bend / 2 + 0.5) * pi
    return start[0] + reach * sin(angle), start[1] + reach * cos(angle)


def middle(start: Point, control: Point, end: Point) -> Point:
    """Return the point half-way along a curve.

    >>> middle((0, 0), (4, 4), (8, 0))
    (4.0, 2.0)
    """
    return (start[0] + 2 * control[0] + end[0]) / 4, (start[1] + 2 * control[1] + end[1]) / 4


def towards(point: Point, target: Point, gap: float) -> Point:
    """Return the point at a distance of `gap` from `target`, on the line from `point`."""
    length = hypot(target[0] - point[0], target[1] - point[1]) or 1.0
    return target[0] - (target[0] - point[0]) / length * gap, target[1] - (target[1] - point[1]) / length * gap


def arrowhead(point: Point, tip: Point, size: float = 9.0) -> tuple[Point, Point, Point]:
    """Return the corners of the head of an arrow that comes from `point`."""
    angle = atan2(tip[1] - point[1], tip[0] - point[0])
    left = (tip[0] - size * cos(angle - 0.42), tip[1] - size * sin(angle - 0.42))
    right = (tip[0] - size * cos(angle + 0.42), tip[1] - size * sin(angle + 0.42))
    return tip, left, right
