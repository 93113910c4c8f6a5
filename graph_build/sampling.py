"""Who stands between others whichever way ties point, in networks too large to try every pair: estimated, with the error."""

from __future__ import annotations

from math import log
from typing import Final, NamedTuple

import networkx as nx
import numpy as np
import numpy.typing as npt

from graph_build.measures import ties

__all__ = ["Estimate", "undirected_betweenness"]

_DOUBT: Final = 0.05
"""How probable it may be that any value of a network lies further from the true one than its error says."""
_Numbers = npt.NDArray[np.int64]
_Values = npt.NDArray[np.float64]


class Estimate(NamedTuple):
    """A value and its error: with a probability of 95 % no value of the network lies further from the true one; 0 = it is the true one."""

    value: float
    error: float


class _Neighbours(NamedTuple):
    """The neighbours of node number n: `of[begin[n] : begin[n + 1]]`."""

    begin: _Numbers
    of: _Numbers


def undirected_betweenness(graph: nx.MultiDiGraph[str], pivots: int = 2000, seed: int = 7) -> dict[str, Estimate]:
    r"""Return for each node the share of shortest paths between others that run through it, ties followed either way, from 0 to 1.

    Paths are counted from `pivots` nodes drawn by lot, with replacement: the same seed gives the same values. Where there are not
    more nodes than pivots, each is taken once, and the error is 0. Directed, `measures.betweenness` is exact and fast at any size.

    Returns
    -------
    dict
        Node to estimate. The value is that of `networkx.betweenness_centrality` of the undirected ties. The error is the empirical
        Bernstein bound for all nodes together, :math:`\sqrt{2 V \ln(3n / 0.05) / k} + 3 R \ln(3n / 0.05) / k` for `k` pivots,
        `n` nodes, a node's variance `V` among the pivots, and the largest share `R` that one pivot can give.

    Raises
    ------
    ValueError
        Fewer than one pivot.

    References
    ----------
    .. [1] U. Brandes and C. Pich, "Centrality Estimation in Large Networks", International Journal of Bifurcation and Chaos 17(7),
       2007, 2303-2318.
    .. [2] J.-Y. Audibert, R. Munos and C. Szepesvári, "Exploration-exploitation Tradeoff Using Variance Estimates in Multi-armed
       Bandits", Theoretical Computer Science 410(19), 2009, 1876-1902.

    Examples
    --------
    >>> undirected_betweenness(nx.MultiDiGraph([("citizens", "media"), ("parliament", "media")]))["media"]
    Estimate(value=1.0, error=0.0)
    """
    if pivots < 1:
        raise ValueError("at least one pivot is needed")
    nodes, neighbours = _neighbours(graph)
    count = len(nodes)
    if count < 3:
        return dict.fromkeys(nodes, Estimate(0.0, 0.0))
    exact = pivots >= count
    drawn = np.arange(count) if exact else np.random.default_rng(seed).integers(count, size=pivots)
    largest = count / (count - 1)  # a pivot is never between others, and is drawn as often as any
    mean, squares = np.zeros(count), np.zeros(count)
    for pivot in drawn:
        share = _dependence(neighbours, pivot) * (largest / (count - 2))
        mean += share / len(drawn)
        squares += share**2 / len(drawn)
    doubt = log(3 * count / _DOUBT) / len(drawn)
    spread = np.sqrt(2 * np.maximum(squares - mean**2, 0) * doubt) + 3 * largest * doubt
    errors = np.zeros(count) if exact else spread
    return {node: Estimate(*pair) for node, *pair in zip(nodes, mean.tolist(), errors.tolist(), strict=True)}


def _neighbours(graph: nx.MultiDiGraph[str]) -> tuple[list[str], _Neighbours]:
    plain = ties(graph).to_undirected()
    nodes = list(plain)
    numbers = {node: number for number, node in enumerate(nodes)}
    begin = np.cumsum([0, *(len(plain[node]) for node in nodes)])
    of = np.fromiter((numbers[other] for node in nodes for other in plain[node]), dtype=np.int64)
    return nodes, _Neighbours(begin, of)


def _dependence(neighbours: _Neighbours, pivot: int) -> _Values:
    """Return how many nodes the pivot reaches through each node, where there are several shortest paths the share of them."""
    count = len(neighbours.begin) - 1
    paths, reached = np.zeros(count), np.zeros(count, dtype=bool)
    paths[pivot], reached[pivot] = 1, True
    nearest = np.array([pivot])
    steps: list[tuple[_Numbers, _Numbers]] = []
    while len(nearest):
        start, end = _steps(neighbours, nearest)
        ahead = ~reached[end]
        start, end = start[ahead], end[ahead]
        steps.append((start, end))
        paths += np.bincount(end, weights=paths[start], minlength=count)
        new = np.zeros(count, dtype=bool)
        new[end] = True
        reached |= new
        nearest = np.flatnonzero(new)
    through = np.zeros(count)
    for start, end in reversed(steps):
        through += np.bincount(start, weights=paths[start] / paths[end] * (1 + through[end]), minlength=count)
    through[pivot] = 0
    return through


def _steps(neighbours: _Neighbours, nodes: _Numbers) -> tuple[_Numbers, _Numbers]:
    """Return both ends of every tie of these nodes."""
    begin = neighbours.begin[nodes]
    several = neighbours.begin[nodes + 1] - begin
    before = np.cumsum(several) - several
    places = np.arange(several.sum()) + np.repeat(begin - before, several)
    return np.repeat(nodes, several), neighbours.of[places]
