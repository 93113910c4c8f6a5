"""Scenes: the drawings of one scope, each with places computed here and not in the browser."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, Literal

import networkx as nx

from graph_build.ladder import Lane, ladder
from graph_build.layout import Point
from graph_build.page.days import holds
from graph_build.page.look import Family, look
from graph_build.page.placing import placed

_ENOUGH: Final = 6  # relations that make a family worth opening on
_IN_A_COUNTRY: Final = 3  # the same where the family is a ladder
_FEW_OF_LARGE: Final = 300  # nodes up to which a scene of a large scope has places of its own
_LADDERS: Final = ("oversight", "control")  # families of which the direction tells a rank
_OVERSIGHT: Final[Family] = {"id": "oversight", "colour": [], "things": False, "kinds": ["oversight"]}
MANY: Final = 60
"""Actors above which a drawing first shows only the most connected, and says so."""
FIRST: Final = 45
"""How many it then shows."""
LIMITS: Final = {"ladder": (32, 24), "free": (MANY, FIRST)}
"""Both numbers for each layout: on a ladder names stand close to each other, and a first look is to be read (0018)."""
LARGE: Final = 2000
"""Nodes above which a page draws with WebGL, and the scenes of a scope share one drawing."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Places of nodes, and the lanes behind them where they stand on a ladder."""

    places: dict[str, Point]
    lanes: tuple[Lane, ...] = ()


Layout = Literal["ladder", "free"]
"""How a scene is drawn: in lanes by rank, or each near to those it has to do with."""
_Draw = Callable[["nx.MultiDiGraph[str]"], Drawing]


@dataclass(frozen=True, slots=True)
class Scene:
    """A selection with places of its own: `kinds` empty means all, `things` whether things of governance are in it.

    `first` has the places of the most connected alone, where the whole would be too many to read. `relations` counts those
    that hold on the day of the page.
    """

    family: str
    layout: Layout
    kinds: tuple[str, ...]
    things: bool
    whole: Drawing
    first: Drawing | None
    relations: int

    @property
    def opened(self) -> Drawing:
        """What is drawn before the reader asks for more."""
        return self.first or self.whole


def scenes(graph: nx.MultiDiGraph[str], *, country: str, day: str, whole: nx.MultiDiGraph[str]) -> list[Scene]:
    """Return the scenes of a scope: each family of kinds that occurs, all relations between actors, and everything with things.

    In a country oversight alone comes first: it is what the page is opened for, and few enough to be read at once.
    Of a large scope a ladder has only the most connected: thousands would stand in rows that nobody can follow.
    In a country the ladder comes before the free drawing of the same family, elsewhere after it; all relations of a country stand
    on the ladder alone. `whole` is the network of all scopes.
    """

    def rungs(part: nx.MultiDiGraph[str]) -> Drawing:
        drawn = ladder(part, country=country, whole=whole)
        return Drawing(drawn.places, drawn.lanes)

    shared = Drawing(placed(graph)) if len(graph) > LARGE else None

    def scene(family: Family, part: nx.MultiDiGraph[str], name: Layout, draw: _Draw) -> Scene:
        held = on_day(part, day)
        count = len({key for _, _, key in held.edges(keys=True)})
        many, few = LIMITS[name]
        first = draw(most_connected(held, few)) if len(held) > many else None
        whole = shared if shared and len(part) > _FEW_OF_LARGE else draw(part)
        return Scene(family["id"], name, tuple(family["kinds"]), family["things"], whole, first, count)

    both: list[tuple[Layout, _Draw]] = [("ladder", rungs), ("free", _free)]
    found = []
    for family in (_OVERSIGHT, *look()["families"]) if country else look()["families"]:
        part = scene_graph(graph, family["kinds"], things=family["things"])
        if part.number_of_edges():
            ways = (both if country else both[::-1]) if family["id"] in _LADDERS else both[1:]
            found += [scene(family, part, name, draw) for name, draw in ways]
    name, draw = both[0] if country else both[1]
    if (actors := scene_graph(graph, (), things=False)).number_of_edges():
        found.append(scene(_all(things=False), actors, name, draw))
    if not found or any(node.get("sort") != "actor" for _, node in graph.nodes(data=True)):
        found.append(scene(_all(things=True), scene_graph(graph, (), things=True), name, draw))
    return found


def _all(*, things: bool) -> Family:
    return {"id": "all", "colour": [], "things": things, "kinds": []}


def opening(found: Collection[Scene], layout: Layout | None = None) -> Scene:
    """Return the scene that a scope opens on: the first family with enough to show, else all; of those in a `layout`, where there are any."""
    of_it = [scene for scene in found if scene.layout == layout] or [*found]
    return next((scene for scene in of_it if scene.relations >= _enough(scene) or scene.family == "all"), of_it[0])


def _enough(scene: Scene) -> int:
    return _IN_A_COUNTRY if scene.layout == "ladder" else _ENOUGH


def scene_graph(graph: nx.MultiDiGraph[str], kinds: Collection[str], *, things: bool) -> nx.MultiDiGraph[str]:
    """Return the part of a network that a scene shows: chosen kinds, no hidden actors, things only if they are wanted."""
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for start, end, key, edge in sorted(graph.edges(keys=True, data=True), key=lambda each: each[:3]):
        ends = (graph.nodes[start], graph.nodes[end])
        if (kinds and edge["kind"] not in kinds) or any(node.get("hidden") for node in ends):
            continue
        if things or all(node.get("sort") == "actor" for node in ends):
            part.add_edge(start, end, key, **edge)
    nx.set_node_attributes(part, {node: graph.nodes[node] for node in part})
    return part


def on_day(part: nx.MultiDiGraph[str], day: str) -> nx.MultiDiGraph[str]:
    """Return what of a network holds on a day."""
    held: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for start, end, key, edge in part.edges(keys=True, data=True):
        if holds(edge, (part.nodes[start], part.nodes[end]), day):
            held.add_edge(start, end, key, **edge)
    nx.set_node_attributes(held, {node: part.nodes[node] for node in held})
    return held


def most_connected(part: nx.MultiDiGraph[str], few: int = FIRST) -> nx.MultiDiGraph[str]:
    """Return the part between the few nodes with the most relations; the page chooses them by the same rule."""
    kept = set(sorted(part, key=lambda node: (-part.degree(node), node))[:few])
    most: nx.MultiDiGraph[str] = part.subgraph(kept).copy()
    most.remove_nodes_from(list(nx.isolates(most)))
    return most


def _free(part: nx.MultiDiGraph[str]) -> Drawing:
    return Drawing(placed(part))
