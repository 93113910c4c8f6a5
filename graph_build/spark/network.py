"""The network of a build, spread over the shards: who is in which place of which shard, and the ties that begin there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from graph_build.spark.chunks import Key, shard_of, shuffled

if TYPE_CHECKING:
    from pyspark import RDD

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
"""Of actors: the shard in the upper bits, the place in the shard in the lower ones."""
Tie = tuple[str, str, int]
"""Start, end, and how many relations make it; one that is denied, or of an actor to itself, counts none."""
BITS: Final = 40
LOWER: Final = (1 << BITS) - 1
_RECENT: Final = 50_000


@dataclass(frozen=True, slots=True)
class Links:
    """The ties that begin in a shard: place of the start, number of the end, weight; and what each start gives in all."""

    number: int
    starts: Numbers
    ends: Numbers
    weights: Floats
    made: Floats

    def flows(self, values: Floats) -> Iterator[tuple[int, Numbers, Floats]]:
        """Give for each shard the places that something comes to, and how much, when each start sends its value along its ties."""
        ends, back = np.unique(self.ends, return_inverse=True)
        sums = np.bincount(back, values[self.starts] * self.weights, len(ends)).astype(np.float64)
        for shard, part in by_shards(ends):
            yield shard, ends[part] & LOWER, sums[part]


def by_shards(numbers: Numbers) -> Iterator[tuple[int, slice]]:
    """Give each shard that sorted numbers are of, with their slice.

    >>> list(by_shards(np.array([1, 2, (3 << BITS) + 1])))
    [(0, slice(0, 2, None)), (3, slice(2, 3, None))]
    """
    shards, starts, lengths = np.unique(numbers >> BITS, return_index=True, return_counts=True)
    for shard, start, length in zip(shards.tolist(), starts.tolist(), lengths.tolist(), strict=True):
        yield shard, slice(start, start + length)


def names_of(ties: RDD[Tie], shards: int) -> RDD[Any]:
    """Return the names of all ends, sorted in each shard: the place there is the number of an end."""
    keys = ties.mapPartitions(_ends).map(lambda name: ((shard_of(name, shards), name), None))

    def listed(pairs: Iterable[tuple[Key, None]]) -> Iterator[tuple[str, list[str]]]:
        yield "names", [name for name, _ in groupby(pair[0][1] for pair in pairs)]

    return shuffled(keys, shards).mapPartitions(listed, True)


def links_of(ties: RDD[Tie], names: RDD[Any], shards: int) -> RDD[Any]:
    """Return the ties that begin in each shard, as numbers."""
    by_end = ties.map(lambda tie: ((shard_of(tie[1], shards), tie[1]), (tie[0], tie[2])))
    ended = numbered(by_end, names, shards).map(
        lambda found: ((shard_of(found[1][0], shards), found[1][0]), (found[0], found[1][1]))
    )

    def link(shard: int, parts: Iterable[Any]) -> Iterator[tuple[str, Links]]:
        every = iter(parts)
        names: list[str] = next(every)[1]
        rows = [(start & LOWER, end, weight) for start, (end, weight) in _numbers(shard, names, every) if weight]
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        weights = table[:, 2].astype(np.float64)
        made = np.bincount(table[:, 0], weights, len(names)).astype(np.float64)
        yield "links", Links(len(names), table[:, 0], table[:, 1], weights, made)

    return names.union(shuffled(ended, shards)).mapPartitionsWithIndex(link, True)


def numbered(pairs: RDD[tuple[Key, Any]], names: RDD[Any], shards: int) -> RDD[tuple[int, Any]]:
    """Return the values of pairs whose keys end with a name, with the number of that name."""

    def look(shard: int, parts: Iterable[Any]) -> Iterator[tuple[int, Any]]:
        every = iter(parts)
        return _numbers(shard, next(every)[1], every)

    return names.union(shuffled(pairs, shards)).mapPartitionsWithIndex(look)


def _numbers(shard: int, names: Sequence[str], pairs: Iterable[tuple[Key, Any]]) -> Iterator[tuple[int, Any]]:
    """Give each pair's value with the number of its name: names and pairs are sorted, so one pass does."""
    place = 0
    for (_, name), value in pairs:
        while names[place] != name:
            place += 1
        yield (shard << BITS) + place, value


def _ends(ties: Iterable[Tie]) -> Iterator[str]:
    """Give each end once, or a few times."""
    recent: dict[str, None] = {}
    for start, end, _ in ties:
        for name in (start, end):
            if name not in recent:
                recent[name] = None
                yield name
        if len(recent) > _RECENT:
            recent.clear()
