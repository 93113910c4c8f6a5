"""Distributed collections that carry several sorts of things, each packed many to one: what is not asked for stays packed."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

if TYPE_CHECKING:
    from pyspark import RDD

_TOGETHER: Final = 500
Chunk = tuple[str, bytes]
"""The sort of the things, and so many of them."""
Key = tuple[Any, ...]
"""What a shuffle sorts by; the first is the number of the shard."""


def packed(things: Iterable[tuple[str, Any]]) -> Iterator[Chunk]:
    """Pack things of several sorts; those of one sort keep their order.

    >>> [sort for sort, _ in packed([("odd", 1), ("even", 2), ("odd", 3)])]
    ['odd', 'even']
    """
    waiting: dict[str, list[Any]] = defaultdict(list)
    for sort, thing in things:
        waiting[sort].append(thing)
        if len(waiting[sort]) == _TOGETHER:
            yield sort, pickle.dumps(waiting.pop(sort))
    for sort, several in waiting.items():
        yield sort, pickle.dumps(several)


def unpacked(chunk: Chunk) -> list[Any]:
    """Return the things in a chunk."""
    return list(pickle.loads(chunk[1]))


def of_sort(chunks: RDD[Chunk], sort: str) -> RDD[Any]:
    """Return the things of one sort."""
    return chunks.filter(lambda chunk: chunk[0] == sort).flatMap(unpacked)


def shard_of(name: str, shards: int) -> int:
    """Return the number of the shard in which all that concerns a name is: the same in every process.

    >>> shard_of("norm-parliament", 7)
    5
    """
    return crc32(name.encode("utf-8", "surrogatepass")) % shards


def by_shard(key: Key) -> int:
    """Return the number of the shard that begins a key. Collections parted by it lie side by side, shard by shard."""
    return int(key[0])


def shuffled(pairs: RDD[tuple[Key, Any]], shards: int) -> RDD[tuple[Key, Any]]:
    """Return the pairs in their shards, sorted by key in each; sorting goes through files where memory is short."""
    return pairs.repartitionAndSortWithinPartitions(shards, by_shard)


def in_place(
    pairs: RDD[tuple[Key, Any]], function: Callable[[int, Iterator[tuple[Key, Any]]], Iterator[Chunk]]
) -> RDD[Chunk]:
    """Return what the function makes of each shard, still in its place."""
    return pairs.mapPartitionsWithIndex(function, preservesPartitioning=True)


def kept(chunks: RDD[Chunk]) -> RDD[Chunk]:
    """Keep what was made on the disks of the workers; what is lost with one of them is made again."""
    from pyspark import StorageLevel

    return chunks.persist(StorageLevel.DISK_ONLY)
