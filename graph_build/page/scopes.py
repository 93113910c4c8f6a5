"""Scopes: what a reader looks at, a country, the norms, or what lies between countries; each with its relations and scenes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import networkx as nx

from graph_build.page.scenes import Layout, Scene, opening, scenes

NORMS: Final = "norms"
INTERNATIONAL: Final = "international"
_OWN: Final = 5  # relations between a country's own actors that make it more than the address of a donor
_FIRST: Final = "UA"  # the country that the page opens on, where it is in the data

Edge = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Relations that are looked at together, and the day on which they open: `country` is "" for norms and between countries.

    With a `layout` it opens on a scene of that, where it has one.
    """

    id: str
    country: str
    day: str
    graph: nx.MultiDiGraph[str]
    scenes: list[Scene]
    layout: Layout | None = None

    @property
    def opening(self) -> Scene:
        """The scene that the scope opens on."""
        return opening(self.scenes, self.layout)


def scopes(graph: nx.MultiDiGraph[str], days: Mapping[str, str], layout: Layout | None = None) -> list[Scope]:
    """Return the countries that have relations of their own, then norms, then the rest: every relation is in one of them.

    What is said of a kind of body in a country (as that it has none) belongs to the country. `days` says for each relation when it
    was checked; a scope opens on the day of most of its relations.
    """
    countries, homes = _countries(graph), _edges_of_countries(graph)
    parts = {country: homes[country] for country in countries}
    own = {edge for edges in parts.values() for edge in edges}
    parts[NORMS] = [edge for edge in graph.edges(keys=True) if edge not in own and _stand_for(graph, edge)]
    seen = {edge for edges in parts.values() for edge in edges}
    parts[INTERNATIONAL] = [edge for edge in graph.edges(keys=True) if edge not in seen]
    found = []
    for name, edges in parts.items():
        country = name if name in countries else ""
        part = _part(graph, edges)
        day = _usual(days.get(key, "") for _, _, key in edges)
        if edges or (name == NORMS and not any(parts.values())):
            drawn = scenes(part, country=country, day=day, whole=graph)
            found.append(Scope(name, country, day, part, drawn, layout))
    return found


def _part(graph: nx.MultiDiGraph[str], edges: Iterable[Edge]) -> nx.MultiDiGraph[str]:
    """Return a network of these edges alone: a copy, since a view of so many edges is slow to walk."""
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for start, end, key in edges:
        part.add_edge(start, end, key, **graph.edges[start, end, key])
    nx.set_node_attributes(part, {node: graph.nodes[node] for node in part})
    return part


def _usual(days: Iterable[str]) -> str:
    counts = Counter(days)
    return min(counts, key=lambda day: (-counts[day], day), default="")


def _countries(graph: nx.MultiDiGraph[str]) -> list[str]:
    own: Counter[str] = Counter()
    for start, end in {(start, end) for start, end, _ in graph.edges(keys=True)}:
        home = graph.nodes[start].get("country")
        if home and home == graph.nodes[end].get("country"):
            own[str(home)] += 1
    found = [country for country, count in own.items() if count >= _OWN]
    return sorted(found, key=lambda country: (country != _FIRST, country))


def _edges_of_countries(graph: nx.MultiDiGraph[str]) -> Mapping[str, list[Edge]]:
    """Return for each country the edges of which one end lies there."""
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges(keys=True):
        for country in {str(graph.nodes[end].get("country") or "") for end in edge[:2]} - {""}:
            found[country].append(edge)
    return found


def _stand_for(graph: nx.MultiDiGraph[str], edge: Edge) -> bool:
    return any(graph.nodes[end].get("stands_for") for end in edge[:2])
