"""The third step, shard by shard: records of one id become one, references are checked, and quads are written."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, Final, cast

from graph_build.encode import editorial_status, nquads, organisation_ids
from graph_build.errors import Finding
from graph_build.readers import Dataset
from graph_build.readers.checks import faults
from graph_build.readers.imports import Intake
from graph_build.readers.references import check_references
from graph_build.readers.sound import TABLE_OF
from graph_build.readers.spool import KINDS, Spool
from graph_build.records import Actor, Evidence, Place, Record, Relation, Source, Thing
from graph_build.spark.chunks import Chunk, packed, shard_of, unpacked
from graph_build.spark.joining import Fact, names_in, root_of
from graph_build.spark.reading import LAST, Said
from graph_build.spark.shards import Shard, Writer, lines_of, writer
from graph_build.spark.sources import Planned
from graph_build.spark.tally import Tally
from graph_build.statements import iri
from graph_build.vocabulary import vocabulary

_FINDINGS: Final = 1_000
_RECENT: Final = 50_000
Row = tuple[str, int, int, Record]
"""The root of the id, the dataset, the number of the kind of record, and the record."""


@dataclass(frozen=True, slots=True)
class Work:
    """What every shard needs to know: the sources, what their datasets are called, how many shards there are, and where they are written."""

    sources: tuple[Planned, ...]
    datasets: tuple[Dataset, ...]
    shards: int
    contested: frozenset[str]
    wanted: frozenset[str]
    folder: Path


@dataclass(slots=True)
class Outcome:
    """What became of a shard: the file, what is to be told of each source, what is wrong, how many relations are of the kind `other`, and what stories tell of."""

    shard: Shard
    tallies: dict[int, Tally] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    relations: Counter[int] = field(default_factory=Counter)
    others: Counter[int] = field(default_factory=Counter)
    first_other: dict[int, Place] = field(default_factory=dict)
    present: list[str] = field(default_factory=list)
    wrong: int = 0


def write_shard(number: int, chunks: Iterable[Chunk], work: Work) -> Iterator[Chunk]:
    """Write the quads that stand in this shard alone; give the others as `line`, who stands to whom as `tie`, and the `outcome`."""
    return packed(_Shard(number, work).run(chunks))


class _Shard:
    def __init__(self, number: int, work: Work) -> None:
        self.number, self.work = number, work
        self.known: dict[str, tuple[Fact, ...]] = {}
        self.whole: list[Row] = []
        self.intakes: dict[int, Intake] = {}
        self.renamed: dict[tuple[int, ...], tuple[str, str]] = {}
        self.outcome = Outcome(Shard(""))
        self.recent: dict[str, None] = {}

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[str, Any]]:
        for chunk in chunks:
            if chunk[0] == "known":
                self.known.update(unpacked(chunk))
            elif chunk[0] == "said":
                for said in unpacked(chunk):
                    self._hear(said)
        self._leave_out()
        with writer(self.work.folder, f"shard-{self.number:05}.nq") as out:
            for _root, rows in groupby(heapq.merge(*self._streams(), key=lambda row: row[:3]), key=lambda row: row[0]):
                yield from self._put(_bundle(rows), out)
            self.outcome.shard = out.shard
        self.outcome.tallies = {number: cast(Tally, intake.report) for number, intake in self.intakes.items()}
        yield "outcome", self.outcome

    def _root(self, name: str) -> str:
        return root_of(name, self.work.contested)

    def _is_here(self, name: str) -> bool:
        return shard_of(self._root(name), self.work.shards) == self.number

    def _hear(self, said: Said) -> None:
        """Take a record: of a source read as a whole as it is, of one read in pieces as its reader's intake takes it."""
        if not self.work.sources[said.dataset].spans:
            self.whole.append((self._root(said.id), said.dataset, KINDS.index(type(said.record)), said.record))
            return
        intake = self._intake(said.dataset)
        record = said.record
        entry = said.order[:3]
        if isinstance(record, Evidence) and self.renamed.get(entry, ("",))[0] == record.relation:
            record = replace(record, relation=self.renamed[entry][1])
        cast(Tally, intake.report).order = said.order
        kept = intake.keep(record, said.what, said.place, said.locator, main=said.main)
        if kept is None or not said.main:
            return
        if kept.joined:
            count = intake.report.of(said.what)
            count.kept, count.joined = count.kept - 1, count.joined + 1
        if isinstance(kept.record, Relation) and kept.record.id != said.id:
            self.renamed[entry] = said.id, kept.record.id

    def _intake(self, dataset: int) -> Intake:
        """Return the intake of a source, which knows already what is in other shards: no relation to that is left out."""
        if dataset not in self.intakes:
            intake = Intake(self.work.sources[dataset].opened, Tally(), Spool())
            for name, facts in self.known.items():
                if not self._is_here(name):
                    for fact in facts:
                        if fact.dataset == dataset:
                            intake.spool.add(fact.outline)
            self.intakes[dataset] = intake
        return self.intakes[dataset]

    def _leave_out(self) -> None:
        for dataset, intake in self.intakes.items():
            cast(Tally, intake.report).order = (dataset, LAST + 2)
            intake.finish()

    def _streams(self) -> Iterator[Iterator[Row]]:
        """Give the records in the order of their roots: of each dataset and kind a stream."""
        yield iter(sorted(self.whole, key=lambda row: row[:3]))
        for dataset, intake in self.intakes.items():
            for kind in KINDS:
                yield self._kept(dataset, intake, kind)
            yield self._own(dataset, intake)

    def _kept(self, dataset: int, intake: Intake, kind: type[Record]) -> Iterator[Row]:
        number = KINDS.index(kind)
        for record in intake.spool.records(kind):
            name = record.relation if isinstance(record, Evidence) else str(getattr(record, "id", ""))
            if self._is_here(name):
                yield self._root(name), dataset, number, record

    def _own(self, dataset: int, intake: Intake) -> Iterator[Row]:
        number = KINDS.index(Relation)  # before the other evidence, as in the dataset of an import
        for evidence in intake.spool.own_evidence(intake.opened.name):
            yield self._root(evidence.relation), dataset, number, evidence

    def _put(self, bundle: dict[int, list[Record]], out: Writer) -> Iterator[tuple[str, Any]]:
        """Check and write all that has one root."""
        datasets = [self._dataset(number, records) for number, records in sorted(bundle.items())]
        others = self._others(datasets)
        if not self._check(bundle, datasets, others):
            return
        organisations = organisation_ids([*datasets, others]) if _has_parts(datasets) else frozenset[str]()
        hidden = {
            actor.id for dataset in (*datasets, others) for actor in dataset.actors if "unspecified" in actor.type
        }
        for dataset in datasets:
            graph = iri(f"dataset:{dataset.name}")
            here: set[str] = set()
            for record in dataset.records():
                if isinstance(record, Actor | Relation) and record.id in self.work.wanted:
                    self.outcome.present.append(record.id)
                for line in lines_of(nquads(record, dataset, organisations)):
                    if _is_own(line, record, dataset):
                        here.add(line)
                    elif line not in self.recent:
                        self.recent[line] = None
                        yield "line", line
                if isinstance(record, Relation):
                    yield from (("tie", tie) for tie in ties_of(record, hidden))
            out.write("".join(sorted(here)), graph, len(here))
        if len(self.recent) > _RECENT:
            self.recent.clear()

    def _dataset(self, number: int, records: list[Record]) -> Dataset:
        tables: dict[str, Any] = {name: [] for name in TABLE_OF.values()}
        for record in records:
            tables[TABLE_OF[type(record)]].append(record)
        made: dict[str, Any] = {name: tuple(table) for name, table in tables.items()}
        return replace(self.work.datasets[number], **made)

    def _others(self, datasets: Iterable[Dataset]) -> Dataset:
        """Return in outline what the records name and is elsewhere."""
        own = {actor.id for dataset in datasets for actor in dataset.actors}
        own |= {thing.id for dataset in datasets for thing in dataset.things}
        sources = {source.id for dataset in datasets for source in dataset.sources}
        tables: dict[type, dict[str, Any]] = {Actor: {}, Thing: {}, Source: {}}
        for name in {name for dataset in datasets for record in dataset.records() for name in names_in(record)}:
            for fact in self.known.get(name, ()):
                if name not in (sources if isinstance(fact.outline, Source) else own):
                    tables[type(fact.outline)].setdefault(name, fact.outline)
        made: dict[str, Any] = {TABLE_OF[kind]: tuple(table.values()) for kind, table in tables.items()}
        return Dataset("", **made)

    def _check(self, bundle: Mapping[int, list[Record]], datasets: list[Dataset], others: Dataset) -> bool:
        """Keep what is wrong, and say whether the records can be written."""
        found = check_references([*datasets, others])
        for number, dataset in zip(sorted(bundle), datasets, strict=True):
            found += [dataset.finding(record.place, *fault) for record in dataset.records() for fault in faults(record)]
            self.outcome.relations[number] += len(dataset.relations)
            for relation in dataset.relations:
                if relation.kind == "other":
                    self.outcome.others[number] += 1
                    self._first(number, relation.place or Place(dataset.place, 0))
        if not found:
            return True
        self.outcome.wrong += sum(finding.severity == "error" for finding in found)
        self.outcome.findings = sorted([*self.outcome.findings, *found], key=_gravest)[:_FINDINGS]
        return all(finding.severity == "warning" for finding in found)

    def _first(self, dataset: int, place: Place) -> None:
        first = self.outcome.first_other.setdefault(dataset, place)
        if (place.file, place.line) < (first.file, first.line):
            self.outcome.first_other[dataset] = place


def _gravest(finding: Finding) -> tuple[bool, Finding]:
    return finding.severity != "error", finding


def _bundle(rows: Iterable[Row]) -> dict[int, list[Record]]:
    bundle: dict[int, list[Record]] = defaultdict(list)
    for _, dataset, _, record in rows:
        bundle[dataset].append(record)
    return bundle


def _has_parts(datasets: Iterable[Dataset]) -> bool:
    return any(relation.kind == "composition" for dataset in datasets for relation in dataset.relations)


def _is_own(line: str, record: Record, dataset: Dataset) -> bool:
    """Say whether no other record can give this line too: its subject is the record's own node, in the graph of its dataset.

    Sources are written with what several may give: the parts of a law are named by the relations that rest on them.
    """
    if isinstance(record, Evidence):
        return any(relation.id == record.relation for relation in dataset.relations)
    if isinstance(record, Relation):
        return line.startswith(iri(f"rel:{record.id}"))
    return isinstance(record, Actor | Thing)


def ties_of(relation: Relation, hidden: Container[str]) -> Iterator[tuple[str, str, int]]:
    """Give the ties that `measures.ties` counts of a relation: start, end and weight; one that is denied weighs nothing."""
    if editorial_status(relation) != "accepted" or relation.actor in hidden:
        return
    symmetric = vocabulary().kinds[relation.kind].symmetric
    for party in dict.fromkeys((relation.target, *relation.others)):
        if party in hidden:
            continue
        weight = 0 if relation.negated or party == relation.actor else 1
        yield relation.actor, party, weight
        if symmetric and weight:
            yield party, relation.actor, weight
