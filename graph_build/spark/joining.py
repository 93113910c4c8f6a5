"""The second step: all that is said under one id comes to one shard, and each shard asks the others for the ids that it names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from graph_build.readers.spool import Spool
from graph_build.records import Actor, Record, Relation, Source, Thing
from graph_build.spark.chunks import Chunk, Key, in_place, of_sort, packed, shard_of, shuffled
from graph_build.spark.reading import Said

if TYPE_CHECKING:
    from pyspark import RDD

_NUMBERED: Final = re.compile(r"-\d+$", re.ASCII)
_CELLS_OF_ACTORS: Final = ("stands_for", "founded", "dissolved")
"""What the checks between records look at; of several that fill a cell the first counts, as when they are joined."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What the others need to know of an actor, thing or source: in which dataset it is, and its outline."""

    dataset: int
    outline: Actor | Thing | Source


def root_of(name: str, contested: Container[str]) -> str:
    """Return the id with which an id must be looked at together: a relation that contradicts `x` becomes `x-2`, `x-3`, ….

    >>> root_of("x-2", {"x"}), root_of("x-2", set())
    ('x', 'x-2')
    """
    root = name
    while contested and (found := _NUMBERED.search(name)):
        name = name[: found.start()]
        root = name if name in contested else root
    return root


def gathered(said: RDD[Said], contested: frozenset[str], split: Mapping[int, str], shards: int) -> RDD[Chunk]:
    """Bring what is said to its shards, in order; with it come `facts` for others, what it `asks` of them, and what is `contested`.

    `split` names the datasets that are read in pieces, by their number.
    """

    def keyed(one: Said) -> tuple[Key, Said]:
        root = root_of(one.id, contested)
        return (shard_of(root, shards), root, one.order), one

    def look(shard: int, pairs: Iterator[tuple[Key, Said]]) -> Iterator[Chunk]:
        return packed(_looked_at(shard, pairs, split))

    return in_place(shuffled(said.map(keyed), shards), look)


def answered(chunks: RDD[Chunk], shards: int) -> RDD[Chunk]:
    """Bring to each shard the facts on the ids that it names, before all else that is there."""
    told = of_sort(chunks, "fact").map(lambda fact: ((shard_of(fact[0], shards), fact[0], 0), fact))
    asked = of_sort(chunks, "asks").map(lambda ask: ((shard_of(ask[0], shards), ask[0], 1), ask))

    def answer(pairs: Iterable[tuple[Key, Any]]) -> Iterator[tuple[Key, Any]]:
        for name, group in groupby(pairs, key=lambda pair: pair[0][1]):
            facts: list[Fact] = []
            for (_, _, asks), (_, value) in group:
                if not asks:
                    facts.append(value)
                elif facts:
                    yield (value, name), (name, tuple(sorted(facts, key=lambda fact: fact.dataset)))

    def pack(_shard: int, pairs: Iterator[tuple[Key, Any]]) -> Iterator[Chunk]:
        return packed(("known", value) for _, value in pairs)

    answers = shuffled(told.union(asked), shards).mapPartitions(answer)
    return in_place(shuffled(answers, shards), pack).union(chunks)  # parted alike: each shard's answers, then its own


def _looked_at(shard: int, pairs: Iterable[tuple[Key, Said]], split: Mapping[int, str]) -> Iterator[tuple[str, Any]]:
    asked: set[str] = set()
    for _, group in groupby(pairs, key=lambda pair: pair[0][1]):
        seen: dict[tuple[int, str], list[Said]] = defaultdict(list)
        for _, said in group:
            yield "said", said
            asked.update(names_in(said.record))
            asked.update(filter(None, [split.get(said.dataset)]))  # its relations will cite the file itself
            if isinstance(said.record, Actor | Thing | Source) or said.dataset in split:
                seen[said.dataset, said.id].append(said)
        for (dataset, name), several in seen.items():
            yield from (("fact", (name, Fact(dataset, outline))) for outline in _outlines(several))
            if dataset in split and _contradict(several):
                yield "contested", name
    yield from (("asks", (name, shard)) for name in sorted(asked))


def names_in(record: Record) -> Iterator[str]:
    """Give the ids that a record names, of actors, things and sources; principles and topics are in the vocabulary."""
    if isinstance(record, Relation):
        ends = (record.actor, record.target, *record.others)
        yield from (end for end in ends if ":" not in end)
        yield from (basis.split(" ")[0] for basis in record.legal_basis)
    elif isinstance(record, Thing):
        yield from filter(None, (*record.broader, *record.addresses, record.source))
    elif isinstance(record, Source):
        yield from (*record.replaces, *record.listed_by, *(name for name in record.about if ":" not in name))
    elif not isinstance(record, Actor):
        yield str(getattr(record, "source", ""))


def _outlines(several: Iterable[Said]) -> Iterator[Actor | Thing | Source]:
    """Give what a node and a source of one id are in outline; what is said first says what it is, as when they are joined."""
    node: Actor | Thing | None = None
    source: Source | None = None
    for said in several:
        record = said.record
        if isinstance(record, Source):
            source = source or Source(record.id, record.type, record.title)
        elif isinstance(record, Thing):
            node = node or Thing(record.id, record.type, record.label_en)
        elif isinstance(record, Actor) and not isinstance(node, Thing):
            before = node or Actor(record.id, (), record.label_en)
            types = tuple(dict.fromkeys((*before.type, *record.type)))
            cells = {name: getattr(before, name) or getattr(record, name) for name in _CELLS_OF_ACTORS}
            node = Actor(record.id, types, record.label_en, **cells)
    yield from filter(None, (node, source))


def _contradict(several: Iterable[Said]) -> bool:
    """Say whether relations of one id contradict each other, so that one of them will be given another."""
    relations = [said.record for said in several if isinstance(said.record, Relation)]
    if len(relations) < 2:
        return False
    spool = Spool()
    return any(getattr(spool.add(relation).record, "id", "") != relation.id for relation in relations)
