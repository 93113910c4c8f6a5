"""What is wrong with the sources, put together from all shards: the same findings as on one machine, and the same end where there are errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph_build.errors import Finding, InputError
from graph_build.readers import Dataset
from graph_build.readers.checks import faults, share_of_others
from graph_build.readers.references import check_references
from graph_build.records import Actor, Relation
from graph_build.spark.told import Told
from graph_build.spark.writing import Outcome


def refuse_malformed(told: Told) -> None:
    """End a build of which a source is malformed before its records are looked at any further."""
    if any(finding.severity == "error" for dataset in told.datasets for finding in dataset.findings):
        found_wrong(told, ())


def found_wrong(told: Told, outcomes: Iterable[Outcome]) -> tuple[list[Dataset], list[Finding]]:
    """Return the datasets with the reports of their imports, and all warnings; any error is an `InputError` with the findings."""
    outcomes = list(outcomes)
    datasets = [_reported(number, told, outcomes) for number in range(len(told.datasets))]
    texts = {finding for dataset in datasets for finding in dataset.findings}
    malformed = {(finding.file, finding.line, finding.column) for finding in texts if finding.severity == "error"}
    meanings = {*_stories(told, outcomes), *_shares(told, outcomes)}.union(*(one.findings for one in outcomes))
    findings = sorted(texts | {item for item in meanings if (item.file, item.line, item.column) not in malformed})
    wrong = sum(finding.severity == "error" for finding in findings)
    if wrong:
        places = ", ".join(dataset.place for dataset in datasets)
        raise InputError(f"{wrong} error{'s' if wrong > 1 else ''} in {places}", findings, "mend the rows named")
    return datasets, findings


def _reported(number: int, told: Told, outcomes: Iterable[Outcome]) -> Dataset:
    """Return a dataset with its report, where it is an import that was read in pieces."""
    if number not in told.tallies:
        return told.datasets[number]
    tally = told.tallies[number]
    for outcome in outcomes:
        if number in outcome.tallies:
            tally.join(outcome.tallies[number])
    report = tally.report(str(told.sources[number].path), told.sources[number].title)
    return replace(told.datasets[number], report=report, findings=report.findings)


def _stories(told: Told, outcomes: Iterable[Outcome]) -> Iterator[Finding]:
    """Give what is wrong with the names of the datasets and with their stories, which may tell of what is in any shard."""
    datasets = [replace(dataset, findings=(), report=None) for dataset in told.datasets]
    present = sorted({name for one in outcomes for name in one.present})
    actors = tuple(Actor(name, (), name) for name in present)
    relations = tuple(Relation(name, "", "", "", "actual") for name in present)
    yield from check_references([*datasets, Dataset("", actors=actors, relations=relations)])
    for dataset in datasets:
        yield from (dataset.finding(step.place, *fault) for step in dataset.stories for fault in faults(step))


def _shares(told: Told, outcomes: Iterable[Outcome]) -> Iterator[Finding]:
    for number, dataset in enumerate(told.names):
        firsts = [one.first_other[number] for one in outcomes if number in one.first_other]
        others = sum(one.others[number] for one in outcomes)
        relations = sum(one.relations[number] for one in outcomes)
        first = min(firsts, key=lambda place: (place.file, place.line), default=None)
        yield from share_of_others(dataset, others, relations, first)
