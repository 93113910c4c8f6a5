"""The oversight ladder: actors in lanes by what they are, so that who stands above whom is seen before a name is read.

Lanes lie under each other: parliament and courts, executive, independent bodies, agencies, units, and things of governance last; the public stands to the left of them,
international bodies to the right. Lanes come from types and not from relations, so circles of relations do no harm. Pixels, y downwards.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil, log
from typing import Final

import networkx as nx

from graph_build.vocabulary import vocabulary

__all__ = ["Ladder", "Lane", "ladder", "lane_of"]

Point = tuple[float, float]

LANES: Final = ("parliament", "executive", "independent", "agency", "unit", "thing")
SIDES: Final = ("public", "international")
_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "parliament": ("parliament", "parliamentary-committee", "parliamentarians", "judiciary"),
    "agency": ("security-agency", "security-sector", "private-security-entity", "security-support-service", "personnel"),
    "independent": ("independent-oversight-body", "prosecution", "anti-corruption-body"),
    "public": ("cso", "civil-society", "media", "party", "company", "group", "person"),
    "executive": ("executive", "head-of-state", "public-institution", "local-authority", "officials", "post"),
}  # fmt: skip
_SLOT, _ROW, _HEAD, _GAP, _SIDE_ROW = 124.0, 84.0, 24.0, 8.0, 84.0
_SYMBOL = 16.0  # from the top of a row to the middle of the symbol
_SCREEN = 1.42  # width by height of the space that a drawing has on a screen
_OF_AGENCIES: Final = frozenset({"agency", "executive"})
"""Lanes whose bodies are units where they are part of an agency."""
_SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Lane:
    """A rectangle in which the actors of one lane stand."""

    id: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where every node stands, and the lanes behind them; the middle of the drawing is (0, 0)."""

    places: dict[str, Point]
    lanes: tuple[Lane, ...]


def ladder(graph: nx.MultiDiGraph[str], *, country: str = "", whole: nx.MultiDiGraph[str] | None = None) -> Ladder:
    """Return a layered drawing of a network; the same network gives the same places.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2: whoever has another country stands with the international bodies.
    whole
        The network that says which body is part of which, where `graph` leaves such relations out.

    Examples
    --------
    >>> graph = nx.MultiDiGraph([("rada", "sbu")])
    >>> nx.set_node_attributes(graph, {"rada": {"types": ("parliament",)}, "sbu": {"types": ("intelligence-service",)}})
    >>> drawn = ladder(graph)
    >>> drawn.places["rada"][1] < drawn.places["sbu"][1], [lane.id for lane in drawn.lanes]
    (True, ['parliament', 'agency'])
    """
    lanes = _lanes(graph, country, graph if whole is None else whole)
    if not lanes:
        return Ladder({}, ())
    sizes = {lane: len(members) for lane, members in lanes.items()}
    columns = min(range(3, 13), key=lambda count: abs(log(_extent(sizes, count) / _SCREEN)))
    ties = {node: sorted(set(nx.all_neighbors(graph, node)) - {node}) for node in graph}
    frames = _frames(sizes, columns)
    places: dict[str, Point] = {}
    for sweep in range(_SWEEPS):
        for lane in lanes if sweep % 2 == 0 else reversed(lanes):
            lanes[lane] = _sorted(lanes[lane], lane, ties, places)
            places |= _placed(lanes[lane], frames[lane], columns)
    return _centred(places, [frames[lane] for lane in (*LANES, *SIDES) if lane in frames])


def lane_of(known: Mapping[str, object], country: str = "") -> str:
    """Return the lane of a node by its types, before units are told from agencies.

    >>> lane_of({"types": ("court",)}), lane_of({"types": ("ministry", "donor"), "country": "SE"}, "UA")
    ('parliament', 'international')
    """
    if known.get("sort", "actor") != "actor":
        return "thing"
    found = known.get("types", ())
    types = {wide for name in (found if isinstance(found, tuple) else ()) for wide in _wider(name)}
    home = str(known.get("country") or "")
    abroad = bool(home and country and home != country)
    if abroad or "international-organisation" in types or (not home and types & {"donor", "state"}):
        return "international"
    return next((lane for lane, wanted in _TYPES.items() if types & set(wanted)), "executive")


def _wider(name: str) -> list[str]:
    term = vocabulary().actor_types.get(name)
    return [name, *(_wider(term.parent) if term and term.parent else [])]


def _lanes(graph: nx.MultiDiGraph[str], country: str, whole: nx.MultiDiGraph[str]) -> dict[str, list[str]]:
    first = {node: lane_of(whole.nodes.get(node, {}) or graph.nodes[node], country) for node in sorted(graph)}
    parts = {
        start
        for start, end, edge in whole.out_edges([node for node in first if first[node] in _OF_AGENCIES], data=True)
        if edge.get("kind") == "composition" and start != end and lane_of(whole.nodes[end], country) == "agency"
    }
    own = {node: "unit" if node in parts else lane for node, lane in first.items()}
    found = {lane: [node for node in own if own[node] == lane] for lane in (*LANES, *SIDES)}
    return {lane: members for lane, members in found.items() if members}


def _rows(count: int, columns: int) -> int:
    return ceil(count / columns)


def _height(sizes: Mapping[str, int], columns: int) -> float:
    rungs = [_HEAD + _ROW * _rows(sizes[lane], columns) for lane in LANES if lane in sizes]
    return max(sum(rungs) + _GAP * (len(rungs) - 1), 2 * _SIDE_ROW + _HEAD)


def _side_columns(count: int, height: float) -> int:
    return max(1, ceil((count - 1) * _SIDE_ROW / (height - _HEAD - _ROW)))


def _extent(sizes: Mapping[str, int], columns: int) -> float:
    """Return width by height of a drawing with so many columns."""
    height = _height(sizes, columns)
    sides = sum(_side_columns(sizes[side], height) for side in SIDES if side in sizes)
    return (columns + sides) * _SLOT / height


def _frames(sizes: Mapping[str, int], columns: int) -> dict[str, Lane]:
    height = _height(sizes, columns)
    widths = {side: _SLOT * _side_columns(sizes[side], height) for side in SIDES if side in sizes}
    width = columns * _SLOT if any(lane in sizes for lane in LANES) else 0.0
    found = {"public": Lane("public", -widths.get("public", 0.0) - _GAP, 0.0, widths.get("public", 0.0), height)}
    found["international"] = Lane("international", width + _GAP, 0.0, widths.get("international", 0.0), height)
    top = 0.0
    for lane in (lane for lane in LANES if lane in sizes):
        tall = _HEAD + _ROW * _rows(sizes[lane], columns)
        found[lane] = Lane(lane, 0.0, top, width, tall)
        top += tall + _GAP
    return {lane: frame for lane, frame in found.items() if lane in sizes}


def _sorted(members: list[str], lane: str, ties: Mapping[str, list[str]], places: Mapping[str, Point]) -> list[str]:
    """Sort a lane by the mean place of the neighbours, so that lines cross less (barycentre rule)."""
    axis = 1 if lane in SIDES else 0
    ranks = {node: rank for rank, node in enumerate(members)}

    def middle(node: str) -> float:
        near = [places[other][axis] for other in ties[node] if other in places and other not in ranks]
        near = near or [places[node][axis] if node in places else 0.0]
        return round(sum(near) / len(near), 3)

    return sorted(members, key=lambda node: (middle(node), ranks[node]))


def _placed(members: Collection[str], frame: Lane, columns: int) -> dict[str, Point]:
    """Put a lane into its frame: neighbours in the order share no row where a lane has several."""
    count = len(members)
    if frame.id in SIDES:
        across, room = max(1, round(frame.width / _SLOT)), frame.height - _HEAD - _ROW
        step = min(room / max(count - 1, 1), 2.5 * _ROW)
        top = frame.top + _HEAD + _SYMBOL + (room - step * (count - 1)) / 2
        return {
            node: (frame.left + _SLOT * (rank % across + 0.5), top + step * rank) for rank, node in enumerate(members)
        }
    rows = _rows(count, columns)
    step = min(frame.width / count, 1.7 * _SLOT)
    left = frame.left + (frame.width - step * count) / 2
    return {
        node: (left + step * (rank + 0.5), frame.top + _HEAD + _ROW * (rank % rows) + _SYMBOL)
        for rank, node in enumerate(members)
    }


def _centred(places: Mapping[str, Point], frames: Collection[Lane]) -> Ladder:
    x = (min(lane.left for lane in frames) + max(lane.left + lane.width for lane in frames)) / 2
    y = (min(lane.top for lane in frames) + max(lane.top + lane.height for lane in frames)) / 2
    return Ladder(
        {node: (float(round(a - x)), float(round(b - y))) for node, (a, b) in sorted(places.items())},
        tuple(Lane(lane.id, round(lane.left - x), round(lane.top - y), lane.width, lane.height) for lane in frames),
    )
