"""Where the actors of a network stand in a drawing: seeded, the same in every run, with room for their labels.

Units are pixels at scale 1, x to the right and y downwards. A connected part is laid out by stress majorisation, which keeps distances in the
drawing near to distances in the network; then labels are pushed apart; then the parts are packed beside each other. A large part is laid out
by its groups: each for itself, then the groups as if each were one node with a large box.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

import networkx as nx
import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

__all__ = ["label_lines", "layout"]

Floats = NDArray[np.float64]
Point = tuple[float, float]

LINE: Final = 18
"""Characters of a label after which it continues on a new line."""
_CHARACTER, _LINE_HEIGHT, _NODE = 6.8, 15.0, 26.0
_DENSE = 700  # nodes above which groups are laid out first: stress and pushing cost the square of their number
_ROUNDS, _ROUNDS_INSIDE = 300, 80  # of pushing at most, in a drawing and in each group of a large one
_APART = 40.0  # pixels between groups
_WIDE = 1.7  # screens are wide, and so are labels
_SCREEN = 1.4  # width by height of the space that a drawing has on a screen
_FEW = 10  # nodes below which a drawing is not stretched
_WORK = 6000  # nodes by rounds of stress: a first draft of many nodes is near its end sooner than it pays to go on
_LOOK, _NEAR = 6, 90.0  # boxes nearer than so many pixels may come to overlap within so many rounds
_STILL = 0.01  # of the length of a relation: when no node moves farther in a round, the drawing is done
_SIDEWAYS = 0.45  # below 1, boxes rather move sideways than up or down, although labels are wider than high


@cache
def label_lines(label: str, width: int = LINE) -> tuple[str, ...]:
    """Break a label into lines of about `width` characters, at most three; the rest becomes an ellipsis.

    >>> label_lines("independent oversight bodies of the sector")
    ('independent', 'oversight bodies', 'of the sector')
    """
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    cut = [line if len(line) <= width + 10 else line[: width + 9] + "…" for line in lines[:3]]
    return (*cut[:2], cut[2] + "…") if len(lines) > 3 else tuple(cut)


def layout(graph: nx.MultiDiGraph[str], *, seed: int = 7) -> dict[str, Point]:
    """Return a place for every node, rounded to whole pixels, the middle of the drawing at (0, 0).

    Parameters
    ----------
    graph
        A network; `label_en` and `label_uk` of its nodes say how much room each needs.
    seed
        Start of the random numbers of the first draft: another seed gives another drawing of the same quality.

    References
    ----------
    .. [1] E. R. Gansner, Y. Koren and S. North, "Graph Drawing by Stress Majorization", Graph Drawing 2004, LNCS 3383, 239-250.
    .. [2] T. M. J. Fruchterman and E. M. Reingold, "Graph Drawing by Force-Directed Placement", Software: Practice and Experience
       21(11), 1991, 1129-1164.

    Examples
    --------
    >>> places = layout(nx.MultiDiGraph([("parliament", "police"), ("ombudsman", "police")]))
    >>> sorted(places), places == layout(nx.MultiDiGraph([("ombudsman", "police"), ("parliament", "police")]))
    (['ombudsman', 'parliament', 'police'], True)
    """
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in graph.edges() if a != b))
    parts = sorted((sorted(part) for part in nx.connected_components(plain)), key=lambda part: (-len(part), part))
    boxes = {node: _box(data) for node, data in graph.nodes(data=True)}
    return _packed([_part(plain, part, boxes, seed) for part in parts], boxes)


def _box(data: Mapping[str, object]) -> Point:
    """Return the width and height that a node takes with its label in the longer of both languages."""
    sizes = [
        (max((len(line) for line in lines), default=0), len(lines))
        for lines in (label_lines(str(data.get(name) or "")) for name in ("label_en", "label_uk"))
    ]
    return max(34.0, max(size[0] for size in sizes) * _CHARACTER + 10), _NODE + max(
        size[1] for size in sizes
    ) * _LINE_HEIGHT


def _part(
    plain: nx.Graph[str], part: list[str], boxes: Mapping[str, Point], seed: int, rounds: int = _ROUNDS
) -> dict[str, Point]:
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    if len(part) > _DENSE:
        groups = _groups(plain, part, seed)
        if 1 < len(groups) < len(part):
            return _grouped(plain, groups, boxes, seed)
    numbers = {node: number for number, node in enumerate(part)}
    compact = rx.PyGraph()
    compact.add_nodes_from(part)
    # A subgraph gives its edges in the order of a set, which changes from run to run: the sum of the forces would too.
    ends = sorted(sorted((numbers[a], numbers[b])) for a, b in plain.subgraph(part).edges())
    compact.add_edges_from([(a, b, 1.0) for a, b in ends])
    draft = rx.spring_layout(compact, seed=seed, num_iter=100 if len(part) > _DENSE else 50)
    places = np.array([draft[number] for number in range(len(part))], dtype=np.float64)
    sizes = np.array([boxes[node] for node in part], dtype=np.float64)
    if 2 < len(part) <= _DENSE:
        places = _stress(places, rx.graph_distance_matrix(compact))
    spread = _levelled(places) * np.sqrt(float((sizes[:, 0] * sizes[:, 1]).mean())) * np.array([_WIDE, 1.0])
    spread = _pushed_apart(spread * 1.05, sizes, rounds) if len(part) <= _DENSE else spread * np.sqrt(len(part))
    spread = _stretched(spread)
    # What was moved are boxes; the symbol stands at the top of its box, the label below it.
    tops = spread[:, 1] - sizes[:, 1] / 2
    return {node: (float(x), float(y)) for node, x, y in zip(part, spread[:, 0], tops + _NODE / 2, strict=True)}


def _groups(plain: nx.Graph[str], part: list[str], seed: int) -> list[list[str]]:
    """Return connected groups that have more to do with each other than with the rest, by Louvain's method."""
    numbers = {node: number for number, node in enumerate(part)}
    counted: nx.Graph[int] = nx.Graph()  # numbers, because the order of a set of strings changes from run to run
    counted.add_nodes_from(range(len(part)))
    ends = ((numbers[a], numbers[b]) for a, b in plain.subgraph(part).edges())
    counted.add_edges_from(sorted((min(pair), max(pair)) for pair in ends))
    found = nx.community.louvain_communities(counted, seed=seed)
    pieces = (piece for group in found for piece in nx.connected_components(counted.subgraph(group)))
    return sorted(sorted(part[number] for number in piece) for piece in pieces)


def _grouped(plain: nx.Graph[str], groups: list[list[str]], boxes: Mapping[str, Point], seed: int) -> dict[str, Point]:
    """Lay out each group, then the groups, each a node whose box is the frame of its members."""
    frames = {
        str(number): _framed(_part(plain, group, boxes, seed, _ROUNDS_INSIDE), boxes)
        for number, group in enumerate(groups)
    }
    of = {node: str(number) for number, group in enumerate(groups) for node in group}
    between: nx.Graph[str] = nx.Graph()
    between.add_nodes_from(frames)
    between.add_edges_from(
        sorted({(of[a], of[b]) for group in groups for a in group for b in plain[a] if of.get(b, of[a]) != of[a]})
    )
    outer = {name: (width + _APART, height + _APART) for name, (_, width, height) in frames.items()}
    placed: dict[str, Point] = {}
    for name, (x, y) in _part(between, sorted(frames), outer, seed).items():
        members, width, _ = frames[name]
        left, top = x - width / 2, y - _NODE / 2 + _APART / 2
        placed |= {node: (left + across, top + down) for node, (across, down) in members.items()}
    return placed


def _stress(places: Floats, distances: Floats) -> Floats:
    """Move the places until their distances are as near as can be to `distances`, near pairs counting most (SMACOF)."""
    count = len(places)
    wanted = np.asarray(distances, dtype=np.float64) + np.eye(count)
    weights = (1 - np.eye(count)) / wanted**2
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + np.ones((count, count)) / count)
    pulled = weights * wanted
    for _ in range(max(30, min(100, _WORK // count))):
        gaps = np.hypot(*(places[:, axis, None] - places[None, :, axis] for axis in (0, 1)))
        pull = -pulled / np.maximum(gaps, 1e-9)
        np.fill_diagonal(pull, 0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        moved = inverse @ (pull @ places)
        still = np.abs(moved - places).max() < _STILL
        places = moved
        if still:
            break
    return places


def _levelled(places: Floats) -> Floats:
    """Turn the places so that they reach farthest sideways."""
    centred = places - places.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    signs = np.where(
        axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1.0, 1.0
    )  # a singular vector has no sign of its own
    turned: Floats = centred @ (axes * signs[:, None]).T
    return turned


def _stretched(places: Floats) -> Floats:
    """Stretch the shorter side towards the proportions of a screen: apart, boxes stay apart."""
    width, height = np.maximum(np.ptp(places, axis=0), 1.0)
    if len(places) < _FEW:
        return places
    factors = np.array([max(1.0, _SCREEN * height / width), max(1.0, width / height / _SCREEN)])
    stretched: Floats = places * np.minimum(factors, 1.7)
    return stretched


def _pushed_apart(places: Floats, sizes: Floats, rounds: int) -> Floats:
    """Push boxes that overlap away from each other, along the axis where less is to do."""
    first, second = np.triu_indices(len(places), 1)
    need = (sizes[first] + sizes[second]) / 2
    near = np.arange(len(first))
    for turn in range(rounds):
        # Only pairs that stand near each other are looked at; who they are is looked up again every few rounds.
        if turn % _LOOK == 0:
            gaps = np.abs(places[first] - places[second]) - need
            near = np.flatnonzero((gaps < _NEAR).all(axis=1))
        one, two, wanted = first[near], second[near], need[near]
        across, down = (places[one, axis] - places[two, axis] for axis in (0, 1))
        hit = np.flatnonzero((np.abs(across) < wanted[:, 0] - 0.5) & (np.abs(down) < wanted[:, 1] - 0.5))
        if not len(hit):
            break
        over_x, over_y = wanted[hit, 0] - np.abs(across[hit]), wanted[hit, 1] - np.abs(down[hit])
        sideways = _SIDEWAYS * over_x < over_y
        axis = np.where(sideways, 0, 1)
        way = np.where(np.where(sideways, across[hit], down[hit]) < 0, -1.0, 1.0)
        step = 0.3 * way * np.where(sideways, over_x, over_y)
        move = np.zeros_like(places)
        np.add.at(move, (one[hit], axis), step)
        np.add.at(move, (two[hit], axis), -step)
        places = places + move
    return places


def _packed(parts: list[dict[str, Point]], boxes: Mapping[str, Point]) -> dict[str, Point]:
    """Put the parts beside each other in rows, the largest first, and move the whole around (0, 0)."""
    framed = [_framed(part, boxes) for part in parts]
    area = sum((width + 30) * (height + 30) for _, width, height in framed)
    row_width = max([width for _, width, _ in framed] + [float(np.sqrt(area * _WIDE)) * 1.1], default=0.0)
    placed: dict[str, Point] = {}
    left = top = row_height = 0.0
    for part, width, height in framed:
        if left and left + width > row_width:
            left, top, row_height = 0.0, top + row_height + 30, 0.0
        placed |= {node: (x + left, y + top) for node, (x, y) in part.items()}
        left, row_height = left + width + 30, max(row_height, height)
    return _centred(placed)


def _framed(part: dict[str, Point], boxes: Mapping[str, Point]) -> tuple[dict[str, Point], float, float]:
    left = min(x - boxes[node][0] / 2 for node, (x, _) in part.items())
    top = min(y - _NODE / 2 for y in (y for _, y in part.values()))
    width = max(x + boxes[node][0] / 2 for node, (x, _) in part.items()) - left
    height = max(y - _NODE / 2 + boxes[node][1] for node, (_, y) in part.items()) - top
    return {node: (x - left, y - top) for node, (x, y) in part.items()}, width, height


def _centred(placed: dict[str, Point]) -> dict[str, Point]:
    if not placed:
        return {}
    xs, ys = [x for x, _ in placed.values()], [y for _, y in placed.values()]
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {node: (float(round(x - middle[0])), float(round(y - middle[1]))) for node, (x, y) in sorted(placed.items())}
