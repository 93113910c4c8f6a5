"""Measures of a network that no single machine holds: degrees, PageRank and components, of the ties that `graph_build.measures` counts.

Actors are numbered within their shards and ties are arrays of numbers; what goes between shards in a round is one array for each
pair of shards, so that a round is array operations. A collection here has one element a shard, side by side with those of the others.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph_build.spark.chunks import Key, shuffled
from graph_build.spark.components import components
from graph_build.spark.network import Floats, Links, links_of, names_of
from graph_build.spark.shards import Shard, writer

if TYPE_CHECKING:
    from pyspark import RDD

COLUMNS: Final = ("actor", "degree_in", "degree_out", "pagerank", "component")
_DAMPING: Final = 0.85
_TOLERANCE: Final = 1e-8
_ROUNDS: Final = 500
_AT_ONCE: Final = 10  # rounds in one job: to ask after each whether it was the last takes longer than the round


def write(ties: RDD[tuple[str, str, int]], folder: Path, shards: int) -> list[Shard]:
    """Write a table of measures for each shard: a row for every actor or thing that stands in an accepted relation.

    Degrees count relations that are not negated, received and made; the PageRank is that of `graph_build.measures.pagerank`; two
    actors are in one component, named by one of its members, where ties connect them in whatever direction.
    """
    names = names_of(ties, shards).cache()
    links = links_of(ties, names, shards).cache()
    total = links.map(lambda part: part[1].number).sum()
    rounds = folder / ".rounds"
    ranks = _pagerank(links, total, shards, rounds)
    groups = components(links, names, shards)
    received = _received(links, links, shards, lambda own: np.ones(own["links"].number), lambda _: 0.0)
    tables = names.union(links).union(ranks).union(received).union(groups).mapPartitionsWithIndex(_table(folder))
    written: list[Shard] = tables.collect()
    shutil.rmtree(rounds, ignore_errors=True)
    return [shard for shard in written if shard.size]


def _table(folder: Path) -> Callable[[int, Iterable[tuple[str, Any]]], Iterator[Shard]]:
    def table(number: int, parts: Iterable[tuple[str, Any]]) -> Iterator[Shard]:
        own = dict(parts)
        columns = own["names"], own["received"][0], own["links"].made, own["ranks"][0], own["groups"]
        with writer(folder, f"measures-{number:05}.csv") as out:
            out.write(_row(COLUMNS))
            for name, come, gone, share, group in zip(*columns, strict=True):
                out.write(_row((name, str(int(come)), str(int(gone)), f"{share:.12g}", group)))
        yield out.shard

    return table


def _row(cells: Sequence[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(cells)
    return stream.getvalue()


def _pagerank(links: RDD[Any], total: int, shards: int, rounds: Path) -> RDD[Any]:
    """Return the shares by power iteration, as networkx does it: until all of them together move by less than the tolerance."""
    links.context.setCheckpointDir(rounds.as_uri())
    ranks = _each(links, lambda own: (np.full(own.number, 1 / max(total, 1)), 0.0), "ranks")
    for _ in range(0, _ROUNDS if total else 0, _AT_ONCE):
        passed = [ranks]
        for _ in range(_AT_ONCE):
            passed.append(_next(links, passed[-1], total, shards).cache())
        ranks = passed.pop()
        ranks.checkpoint()  # cuts off what would be done anew when a worker is lost
        moved = fsum(ranks.map(lambda part: float(part[1][1])).collect())
        for older in passed:
            older.unpersist()
        if moved < total * _TOLERANCE:
            break
    return ranks


def _next(links: RDD[Any], ranks: RDD[Any], total: int, shards: int) -> RDD[Any]:
    """Return the shares after one round, and how far they moved. What those have who give to nobody goes to all."""

    def flow(own: dict[str, Any]) -> Floats:
        made: Floats = own["links"].made
        shares: Floats = np.divide(own["ranks"][0], made, out=np.zeros(len(made)), where=made > 0)
        return shares

    def idle(own: dict[str, Any]) -> float:
        return float(own["ranks"][0][own["links"].made == 0].sum())

    def add(parts: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
        own = dict(parts)
        received, idle = own["received"]
        shares = (1 - _DAMPING + _DAMPING * idle) / total + _DAMPING * received
        yield "ranks", (shares, float(np.abs(shares - own["ranks"][0]).sum()))

    received = _received(links, links.union(ranks), shards, flow, idle)
    return links.union(ranks).union(received).mapPartitions(add, True)


def _each(links: RDD[Any], make: Callable[[Links], Any], sort: str) -> RDD[Any]:
    return links.mapPartitions(lambda parts: ((sort, make(own)) for _, own in parts), True)


def _received(
    links: RDD[Any],
    parts: RDD[Any],
    shards: int,
    flow: Callable[[dict[str, Any]], Floats],
    idle: Callable[[dict[str, Any]], float],
) -> RDD[Any]:
    """Return what comes to each actor when all send their `flow` along their ties, times the weights, and the sum of all `idle`."""

    def send(number: int, parts: Iterable[tuple[str, Any]]) -> Iterator[tuple[Key, Any]]:
        own = dict(parts)
        rest = idle(own)
        flows = {shard: (ends, sums) for shard, ends, sums in own["links"].flows(flow(own))}
        for shard in range(shards):
            yield (shard, number), (rest, flows.get(shard))

    def take(parts: Iterable[Any]) -> Iterator[tuple[str, tuple[Floats, float]]]:
        every = iter(parts)
        received, rest = np.zeros(next(every)[1].number), 0.0
        for _, (more, sent) in every:  # in the order of the shards they come from: sums of floats depend on it
            rest += more
            if sent:
                received[sent[0]] += sent[1]
        yield "received", (received, rest)

    messages = shuffled(parts.mapPartitionsWithIndex(send), shards)
    return links.union(messages).mapPartitions(take, True)
