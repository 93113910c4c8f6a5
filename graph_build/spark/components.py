"""The connected components of a network that no single machine holds.

References
----------
.. [1] R. Kiveris, S. Lattanzi, V. Mirrokni, V. Rastogi and S. Vassilvitskii, "Connected Components in MapReduce and Beyond",
   ACM Symposium on Cloud Computing, 2014: the alternating algorithm of large stars and small stars.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from graph_build.spark.chunks import Key, shuffled
from graph_build.spark.network import BITS, LOWER, Links, Numbers, by_shards

if TYPE_CHECKING:
    from pyspark import RDD

Edges = tuple[Numbers, Numbers]
"""The two ends of each edge."""


def components(links: RDD[Any], names: RDD[Any], shards: int) -> RDD[Any]:
    """Return for each actor the name of the one by which its component is called: that with the smallest number."""
    edges = _sent(links.mapPartitionsWithIndex(_of_links), _both_ways, shards)
    before = None
    while True:
        large = _sent(edges.mapPartitions(_large_stars, True), _from_the_larger, shards)
        small = large.mapPartitions(_small_stars, True).cache()
        state = sorted(small.map(_signature).collect())
        if state == before:
            return _called(small, names, shards)
        before = state
        edges = _sent(small, _both_ways, shards)


def _of_links(shard: int, parts: Iterable[tuple[str, Links]]) -> Iterator[Edges]:
    for _, links in parts:
        yield links.starts + (shard << BITS), links.ends


def _both_ways(edges: Edges) -> Edges:
    return np.concatenate(edges), np.concatenate(edges[::-1])


def _from_the_larger(edges: Edges) -> Edges:
    return np.maximum(*edges), np.minimum(*edges)


def _sent(edges: RDD[Edges], turned: Callable[[Edges], Edges], shards: int) -> RDD[Edges]:
    """Bring each edge, turned, to the shard of its first end, sorted and once."""

    def send(number: int, parts: Iterable[Edges]) -> Iterator[tuple[Key, Edges]]:
        for part in parts:
            first, second = _once(*turned(part))
            for shard, own in by_shards(first):
                yield (shard, number), (first[own], second[own])

    def take(parts: Iterable[tuple[Key, Edges]]) -> Iterator[Edges]:
        every = [edges for _, edges in parts] or [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        yield _once(np.concatenate([first for first, _ in every]), np.concatenate([second for _, second in every]))

    return shuffled(edges.mapPartitionsWithIndex(send), shards).mapPartitions(take, True)


def _once(first: Numbers, second: Numbers) -> Edges:
    """Return the edges sorted, each once, without those from an actor to itself."""
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    new = np.ones(len(first), dtype=bool)
    new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    new &= first != second
    return first[new], second[new]


def _smallest(first: Numbers, second: Numbers) -> Numbers:
    """Return for each edge the smallest second end that its first end has; the edges are sorted."""
    _, starts, counts = np.unique(first, return_index=True, return_counts=True)
    return np.repeat(second[starts], counts)


def _large_stars(parts: Iterable[Edges]) -> Iterator[Edges]:
    """Tie the larger neighbours of each actor to the smallest of its neighbours and itself."""
    for first, second in parts:
        smallest = np.minimum(_smallest(first, second), first)
        larger = second > first
        yield second[larger], smallest[larger]


def _small_stars(parts: Iterable[Edges]) -> Iterator[Edges]:
    """Tie each actor, and its smaller neighbours, to the smallest of them."""
    for first, second in parts:
        smallest = _smallest(first, second)
        yield _once(np.concatenate([first, second]), np.concatenate([smallest, smallest]))


def _signature(edges: Edges) -> tuple[int, int]:
    """Return what changes when edges do: their number, and a sum over them."""
    mixed = edges[0].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) ^ edges[1].astype(np.uint64)
    return len(mixed), int((mixed * np.uint64(0xC2B2AE3D27D4EB4F)).sum(dtype=np.uint64))


def _called(stars: RDD[Edges], names: RDD[Any], shards: int) -> RDD[Any]:
    """Return the names of the centres: each shard asks for those that its actors belong to."""

    def ask(number: int, parts: Iterable[Edges]) -> Iterator[tuple[Key, Numbers]]:
        for _, second in parts:
            centres = np.unique(second)
            for shard, own in by_shards(centres):
                yield (shard, number), centres[own]

    def answer(number: int, parts: Iterable[Any]) -> Iterator[tuple[Key, Any]]:
        every = iter(parts)
        own: list[str] = next(every)[1]
        for (_, asks), centres in every:
            yield (asks, number), (centres, [own[place] for place in (centres & LOWER).tolist()])

    def tell(_shard: int, parts: Iterable[Any]) -> Iterator[tuple[str, list[str]]]:
        every = iter(parts)
        called: list[str] = list(next(every)[1])
        first, second = next(every)
        known: dict[int, str] = {}
        for _, (centres, given) in every:
            known.update(zip(centres.tolist(), given, strict=True))
        for actor, centre in zip((first & LOWER).tolist(), second.tolist(), strict=True):
            called[actor] = known[centre]
        yield "groups", called

    own_stars = _sent(stars, lambda edges: edges, shards)
    asked = shuffled(own_stars.mapPartitionsWithIndex(ask), shards)
    told = shuffled(names.union(asked).mapPartitionsWithIndex(answer), shards)
    return names.union(own_stars).union(told).mapPartitionsWithIndex(tell, True)
