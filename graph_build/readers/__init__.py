"""Readers: one for each format of source. All give a `Dataset`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from graph_build.errors import Finding, InputError
from graph_build.readers.checks import character_range, check_records
from graph_build.readers.dataset import Dataset, read_dataset, table_schema
from graph_build.readers.references import check_references

__all__ = ["Dataset", "character_range", "check", "read", "read_all", "read_dataset", "table_schema"]


def read(source: str | Path | Traversable) -> Dataset:
    """Read one source: a dataset folder, or a file (or folder of files) of a known format; any other is an `InputError`."""
    place = Path(source) if isinstance(source, str) else source
    if place.is_file() and place.name == "datapackage.json" and isinstance(place, Path):
        return read_dataset(place.parent)
    if place.is_dir() and (place.joinpath("datapackage.json").is_file() or not isinstance(place, Path)):
        return read_dataset(place)
    if not isinstance(place, Path) or not place.exists():
        raise InputError(f"there is no file or folder {place}")
    from graph_build.readers.formats import import_source  # late: a dataset folder needs no other reader

    return import_source(place).dataset()


def check(datasets: Sequence[Dataset]) -> list[Finding]:
    """Return all that is wrong with datasets that are built together, sorted: texts, tables, records, references."""
    texts = {finding for dataset in datasets for finding in dataset.findings}
    malformed = {(finding.file, finding.line, finding.column) for finding in texts if finding.severity == "error"}
    meanings = {finding for dataset in datasets for finding in check_records(dataset)} | set(check_references(datasets))
    # A cell that has not the right form is named once: what it would mean is an echo.
    return sorted(texts | {item for item in meanings if (item.file, item.line, item.column) not in malformed})


def read_all(
    sources: Sequence[str | Path | Traversable], tell: Callable[[int], None] = lambda number: None
) -> tuple[list[Dataset], list[Finding]]:
    """Read the sources of one build and return them with the warnings; any error is an `InputError` with every finding.

    It will `tell` before each how many have been read.
    """
    datasets = []
    for number, source in enumerate(sources):
        tell(number)
        datasets.append(read(source))
    findings = check(datasets)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        count = f"{len(errors)} error{'s' if len(errors) > 1 else ''}"
        raise InputError(
            f"{count} in {', '.join(dataset.place for dataset in datasets)}", findings, "mend the rows named"
        )
    return datasets, findings
