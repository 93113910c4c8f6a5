"""What holds between records: each id once, every id that is named is there, and the rules that join two tables.

Ids resolve across all the datasets of a build.
"""

from __future__ import annotations

import csv
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from io import StringIO
from pathlib import Path
from typing import Final

from graph_build.errors import Finding
from graph_build.readers.dataset import Dataset
from graph_build.readers.lifetimes import check_lifetimes, dated
from graph_build.readers.words import nearest, shown
from graph_build.records import Actor, Evidence, Place, Relation, Source, Thing
from graph_build.resources import resource
from graph_build.vocabulary import vocabulary

_GROUNDS: Final = frozenset({"law", "treaty", "standard", "handbook", "toolkit", "guide", "policy", "web-page"})
"""Types of source that can carry a norm without a legal basis; the same as in the shape govs:NormativeGround."""
_CONCEPT_TARGETS: Final = ("principle", "topic")


@dataclass(frozen=True, slots=True)
class _Index:
    """Every record of the build by its id."""

    actors: dict[str, Actor] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    evidence: dict[str, list[Evidence]] = field(default_factory=dict)
    stories: dict[str, str] = field(default_factory=dict)


def check_references(datasets: Sequence[Dataset]) -> list[Finding]:
    """Return what is wrong between the records of the datasets, in their order."""
    index = _Index()
    findings = [finding for dataset in datasets for finding in _fill(dataset, index)]
    findings += _package_names(datasets)
    if not all(dataset.readable for dataset in datasets):
        return findings  # a table that could not be read would make every id in it dangle
    lives = dated(index.actors)
    for dataset in datasets:
        findings += _relations(dataset, index)
        findings += check_lifetimes(dataset, lives)
        findings += _evidence(dataset, index)
        findings += _things(dataset, index)
        findings += _sources(dataset, index)
    return findings + [finding for dataset in datasets for finding in _stories(dataset, index)]


def _package_names(datasets: Sequence[Dataset]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for dataset in datasets:
        if dataset.name in seen:
            message = f'{seen[dataset.name]} has the name "{dataset.name}" too'
            yield Finding(dataset.place, 1, 1, "name", message, "give each dataset its own name")
        seen.setdefault(dataset.name, dataset.place)


def _fill(dataset: Dataset, index: _Index) -> Iterator[Finding]:
    """Add a dataset to the index; an id that is taken is a finding. Actors and things share one space of ids."""
    for actor in dataset.actors:
        yield from _once(dataset, actor.id, actor.place, index.actors, index.things)
        index.actors.setdefault(actor.id, actor)
    for thing in dataset.things:
        yield from _once(dataset, thing.id, thing.place, index.things, index.actors)
        index.things.setdefault(thing.id, thing)
    for relation in dataset.relations:
        yield from _once(dataset, relation.id, relation.place, index.relations, {})
        index.relations.setdefault(relation.id, relation)
    for source in dataset.sources:
        yield from _once(dataset, source.id, source.place, index.sources, {})
        index.sources.setdefault(source.id, source)
    for evidence in dataset.evidence:
        index.evidence.setdefault(evidence.relation, []).append(evidence)


def _once(
    dataset: Dataset,
    name: str,
    place: Place | None,
    same: Mapping[str, Actor | Thing | Relation | Source],
    beside: Mapping[str, Actor | Thing],
) -> Iterator[Finding]:
    taken = same.get(name) or beside.get(name)
    if name and taken:
        where = f"{taken.place.file}:{taken.place.line}" if taken.place else "another row"
        yield dataset.finding(place, "id", f'the id "{name}" is taken by {where}', "give each its own id")


def _relations(dataset: Dataset, index: _Index) -> Iterator[Finding]:
    for relation in dataset.relations:
        place = relation.place
        yield from _named(dataset, place, "actor", "actor", relation.actor, index.actors)
        for column, name in [("target", relation.target), *(("with", other) for other in relation.others)]:
            yield from _end(dataset, place, column, name, index)
        for basis in relation.legal_basis:
            yield from _named(dataset, place, "legal_basis", "source", basis.split(" ")[0], index.sources)
        actor = index.actors.get(relation.actor)
        if actor:
            yield from _modality(dataset, relation, actor, index)


def _modality(dataset: Dataset, relation: Relation, actor: Actor, index: _Index) -> Iterator[Finding]:
    if actor.stands_for and relation.modality == "actual":
        message = f"{actor.id} is an archetype: nothing is actual of a kind of actor"
        yield dataset.finding(relation.place, "modality", message, "descriptive, or name the actor")
    if not actor.stands_for and relation.modality == "descriptive":
        message = f"{actor.id} is a named actor: descriptive is for kinds of actors"
        yield dataset.finding(relation.place, "modality", message, "actual, or take an archetype")
    if relation.modality == "normative" and not relation.legal_basis and not _grounded(relation, index):
        message = "a normative relation has neither a legal basis nor evidence in a law, standard or handbook"
        yield dataset.finding(relation.place, "legal_basis", message, "add one, or change the modality")


def _grounded(relation: Relation, index: _Index) -> bool:
    """Say whether the relation is cited from a text that sets norms."""
    cited = [index.sources.get(item.source) for item in index.evidence.get(relation.id, ())]
    return any(source and source.type in _GROUNDS for source in cited)


def _evidence(dataset: Dataset, index: _Index) -> Iterator[Finding]:
    seen: set[tuple[str, str, str]] = set()
    for item in dataset.evidence:
        yield from _named(dataset, item.place, "relation", "relation", item.relation, index.relations)
        yield from _named(dataset, item.place, "source", "source", item.source, index.sources)
        key = (item.relation, item.source, item.locator)
        if key in seen:
            yield dataset.finding(item.place, "locator", "this piece of evidence is there twice", "keep one row")
        seen.add(key)


def _things(dataset: Dataset, index: _Index) -> Iterator[Finding]:
    for thing in dataset.things:
        for column, names in (("broader", thing.broader), ("addresses", thing.addresses)):
            for name in names:
                yield from _named(dataset, thing.place, column, "thing", name, index.things)
        if thing.source:
            yield from _named(dataset, thing.place, "source", "source", thing.source, index.sources)
        if thing.source and thing.id in index.relations:
            message = f'a relation has the id "{thing.id}" too, so their evidence would be mixed'
            yield dataset.finding(thing.place, "id", message, "give each its own id")


def _sources(dataset: Dataset, index: _Index) -> Iterator[Finding]:
    for source in dataset.sources:
        for column, names in (("replaces", source.replaces), ("listed_by", source.listed_by)):
            for name in names:
                yield from _named(dataset, source.place, column, "source", name, index.sources)
        for name in source.about:
            yield from _end(dataset, source.place, "about", name, index)


def _stories(dataset: Dataset, index: _Index) -> Iterator[Finding]:
    """Check that a story lies in one dataset, has each step once and in order, and tells of what is there."""
    last: dict[str, int] = {}
    for step in dataset.stories:
        expected = last.get(step.story, 0) + 1
        if step.step != str(expected):
            message = f'step {expected} of the story "{shown(step.story)}" is missing before this one'
            yield dataset.finding(step.place, "step", message, "number its rows 1, 2, 3 and so on")
        last[step.story] = expected
        if index.stories.setdefault(step.story, dataset.name) != dataset.name:
            message = f'the dataset "{index.stories[step.story]}" has a story of this name too'
            yield dataset.finding(step.place, "story", message, "give each its own name")
        for name in step.actors:
            yield from _named(dataset, step.place, "actors", "actor", name, index.actors)
        for name in step.relations:
            yield from _named(dataset, step.place, "relations", "relation", name, index.relations)


def _end(dataset: Dataset, place: Place | None, column: str, name: str, index: _Index) -> Iterator[Finding]:
    """Check what may be an actor, a thing, a principle or a topic."""
    scheme, _, local = name.partition(":")
    if not local:
        if name not in index.actors and name not in index.things:  # putting them together takes long
            yield from _named(dataset, place, column, "actor or thing", name, {**index.actors, **index.things})
    elif scheme in _CONCEPT_TARGETS:
        yield from _named(dataset, place, column, scheme, local, vocabulary().schemes[scheme])
    else:
        message = f'"{shown(name)}" begins with no scheme that may stand here'
        yield dataset.finding(place, column, message, "principle:NAME or topic:NAME")


def _named(
    dataset: Dataset, place: Place | None, column: str, what: str, name: str, known: Mapping[str, object]
) -> Iterator[Finding]:
    if name and name not in known:
        remedy = _bundled(dataset, what, name) or nearest(name, known) or "add it, or read its dataset too"
        yield dataset.finding(place, column, f'there is no {what} "{shown(name)}"', remedy)


def _bundled(dataset: Dataset, what: str, name: str) -> str:
    """Return a remedy where a bundled dataset has what is named: the command that reads it too; else nothing."""
    tables = [f"{word}s.csv" for word in what.split(" or ")]
    folder = next((folder for table in tables for folder, ids in _holders(table) if name in ids), None)
    if folder is None:
        return ""
    place = dataset.place.removesuffix("/datapackage.json")
    command = shlex.join(["govgraph", "validate", place, _from_here(folder)])
    return f'it stands in the bundled dataset "{folder.name}": name its folder too: {command}'


@cache
def _holders(table: str) -> list[tuple[Traversable, frozenset[str]]]:
    """Return the folders of the bundled datasets that have a table, each with the ids of its rows, sorted by name."""
    folders = sorted(resource("datasets").iterdir(), key=lambda folder: folder.name)
    return [(folder, _ids(folder.joinpath(table))) for folder in folders if folder.joinpath(table).is_file()]


def _ids(file: Traversable) -> frozenset[str]:
    return frozenset(row["id"] for row in csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))


def _from_here(folder: Traversable) -> str:
    """Return a folder as one would type it: from the working folder where it lies below that."""
    path, here = Path(str(folder)), Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
