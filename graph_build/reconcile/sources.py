"""Sources of one build with the decisions among them: a table of decisions is given beside them, as one source more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from graph_build.errors import Finding, InputError
from graph_build.readers import Dataset, read, read_all
from graph_build.readers import check as check_datasets
from graph_build.reconcile.decisions import Decision, is_decisions, read_decisions
from graph_build.reconcile.merge import merged

Source = str | Path | Traversable


def read_decided(
    sources: Sequence[Source], tell: Callable[[int], None] = lambda number: None
) -> tuple[list[Dataset], list[Finding]]:
    """Read the sources of one build as `read_all` does, with the merges that the tables of decisions among them accept."""
    others, tables = _parted(sources)
    datasets, findings = read_all(others, tell)
    return _obeyed(datasets, findings, tables)


def read_undecided(sources: Sequence[Source]) -> list[Dataset]:
    """Read the sources as they are, whatever was decided: what proposals are made of.

    A table that cannot be read is an `InputError`; that records name others of a dataset which is not given here does not matter.
    """
    others, _ = _parted(sources)
    if len(others) < 2:
        raise InputError("one source has nothing to be reconciled with", remedy="give two or more")
    datasets = [read(source) for source in others]
    findings = sorted(each for dataset in datasets for each in dataset.findings if each.severity == "error")
    if findings:
        raise InputError("sources could not be read", findings, "mend the rows named")
    return datasets


def check_decided(sources: Sequence[Source]) -> tuple[list[Dataset], list[Finding]]:
    """Read sources and return all that is wrong with them and with the tables of decisions among them, sorted."""
    others, tables = _parted(sources)
    datasets = [read(source) for source in others]
    findings = check_datasets(datasets)
    rows, found = _rows(tables)
    return datasets, sorted([*findings, *found, *merged(datasets, rows)[1]])


def _parted(sources: Sequence[Source]) -> tuple[list[Source], list[Path]]:
    tables = [Path(source) for source in sources if isinstance(source, str | Path) and is_decisions(Path(source))]
    others = [source for source in sources if not (isinstance(source, str | Path) and Path(source) in tables)]
    if tables and not others:
        raise InputError(f"{tables[0]} holds decisions only", remedy="give the sources that they are on, too")
    return others, tables


def _rows(tables: Sequence[Path]) -> tuple[list[Decision], list[Finding]]:
    rows: list[Decision] = []
    findings: list[Finding] = []
    for path in tables:
        try:
            rows += read_decisions(path)
        except InputError as error:
            findings += error.findings
    return rows, findings


def _obeyed(
    datasets: list[Dataset], findings: list[Finding], tables: Sequence[Path]
) -> tuple[list[Dataset], list[Finding]]:
    if not tables:
        return datasets, findings
    rows = [row for path in tables for row in read_decisions(path)]
    made, found = merged(datasets, rows)
    if any(each.severity == "error" for each in found):
        raise InputError("the decisions cannot be obeyed", found, "mend the rows named")
    return made, sorted([*findings, *found])
