"""Scenes: the drawings that the page can open on, each with a layout of its own, computed here and not in the browser."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import networkx as nx

from graph_build.layout import Point, layout
from graph_build.page.look import look

_MANY = 1500  # nodes above which one layout must do for all scenes
_ENOUGH = 6  # relations that make a family worth opening on


@dataclass(frozen=True, slots=True)
class Scene:
    """A selection with its own layout: `kinds` empty means all, `things` whether things of governance are in it."""

    id: str
    kinds: tuple[str, ...]
    things: bool
    places: dict[str, Point]
    relations: int


def scenes(graph: nx.MultiDiGraph[str]) -> list[Scene]:
    """Return one scene for each family of kinds that occurs, then all relations between actors, then everything."""
    found = []
    if len(graph) <= _MANY:
        for family in look()["families"]:
            part = scene_graph(graph, family["kinds"], things=family["things"])
            if part.number_of_edges():
                found.append(_scene(family["id"], tuple(family["kinds"]), family["things"], part))
        found.append(_scene("all", (), False, scene_graph(graph, (), things=False)))
    everything = _scene("everything", (), True, graph)
    if len(graph) > _MANY:
        found.append(Scene("all", (), False, everything.places, everything.relations))
    return [*found, everything]


def opening(found: Collection[Scene]) -> Scene:
    """Return the scene that the page opens on: the first family with enough to show, else all."""
    return next(scene for scene in found if scene.relations >= _ENOUGH or scene.id in ("all", "everything"))


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


def _scene(name: str, kinds: tuple[str, ...], things: bool, part: nx.MultiDiGraph[str]) -> Scene:
    count = len({key for _, _, key in part.edges(keys=True)})
    return Scene(name, kinds, things, layout(part), count)
