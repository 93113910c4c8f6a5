"""Stores of so many actors with twice as many relations, in one country, made up by the generator of the benchmark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bench.generate import country
from bench.model import SORTS
from graph_build.builder import fill
from graph_build.encode import organisation_ids
from graph_build.readers import Dataset
from graph_build.records import Relation
from graph_build.store import EmbeddedStore


def generated(actors: int) -> EmbeddedStore:
    """Return a store of one country; the same number gives the same store."""
    dataset = _dataset(actors)
    store = EmbeddedStore.memory()
    fill(store, [dataset], organisation_ids([dataset]))
    return store


def _dataset(actors: int) -> Dataset:
    share = sum(sort.more for sort in SORTS.values()) / 1000  # bodies for each relation, besides one of each sort
    whole = country("UA", max(2 * actors, round((actors - len(SORTS)) / share)))
    relations = _with_all(whole.relations[: 2 * actors], [actor.id for actor in whole.actors])
    kept = {relation.id for relation in relations}
    evidence = tuple(item for item in whole.evidence if item.relation in kept)
    return replace(whole, relations=relations, evidence=evidence)


def _with_all(relations: Sequence[Relation], bodies: Sequence[str]) -> tuple[Relation, ...]:
    """Return the relations, some of a hub given to bodies that have none."""
    tied = {end for relation in relations for end in (relation.actor, relation.target)}
    lonely = [body for body in bodies if body not in tied]
    found = []
    for relation in relations:
        of_a_hub = relation.target.endswith("-1")
        found.append(replace(relation, target=lonely.pop()) if lonely and of_a_hub else relation)
    return tuple(found)
