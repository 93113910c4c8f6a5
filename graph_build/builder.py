"""From sources to a store, and to a folder: the atlas, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, serialize

from graph_build.cache import bundled_file, keep
from graph_build.encode import dataset_nquads, nquads, organisation_ids
from graph_build.errors import Finding, InputError
from graph_build.ontology import ontology_quads
from graph_build.readers import Dataset, read_all
from graph_build.readers.findings import FINDINGS_FILE, Report, findings_csv
from graph_build.reconcile.sources import read_decided
from graph_build.resources import resource
from graph_build.store import EmbeddedStore, Store
from graph_build.swap import replaced_folder
from graph_build.validate import ShapesReport, validate_passages, validate_shapes
from graph_build.vocabulary import PREFIXES

Source = str | Path | Traversable
Pages = Callable[[Store], Mapping[str, bytes]]
"""What is written beside the graph: from the store to the content of each file, by name."""

_DISK_ABOVE: Final = 1_000_000
GRAPH_FILE: Final = "graph.trig"
REPORT_FILE: Final = "validation.json"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: the folder, its files, how much is in the graph, and what was found wrong with it."""

    output: Path
    files: tuple[str, ...]
    datasets: tuple[str, ...]
    quads: int
    imports: tuple[Report, ...]
    findings: tuple[Finding, ...]
    shapes: ShapesReport


def bundled() -> list[Traversable]:
    """Return the folders of the datasets that come with the program, sorted by name."""
    folders = [entry for entry in resource("datasets").iterdir() if entry.joinpath("datapackage.json").is_file()]
    return sorted(folders, key=lambda entry: entry.name)


def build_store(sources: Sequence[Source] | None = None) -> EmbeddedStore:
    """Return a store in memory with the ontology and the sources; none = the bundled datasets, kept in the user's cache.

    A source that is wrong is an `InputError` with every finding.
    """
    if sources is None:
        return _bundled_store()
    datasets, _ = read_decided(sources)
    return _store(datasets)


def build(
    sources: Sequence[Source] | None,
    output: Path,
    *,
    disk: bool = False,
    texts: Path | None = None,
    pages: Pages | None = None,
) -> BuildReport:
    """Write the atlas of the sources (none = the bundled datasets) into a folder that takes the place of an older one.

    With the folder of the `texts`, passages are checked too. A wrong source is an `InputError`; whatever ends the build
    before it is done, an older atlas stays as it was. A store on disk is added when asked for, or above a million quads.
    """
    with replaced_folder(output, made=GRAPH_FILE, manifest=REPORT_FILE) as folder:
        datasets, findings = read_decided(bundled() if sources is None else sources)
        findings = sorted([*findings, *_passages(datasets, texts)])
        store = _store(datasets)
        shapes = validate_shapes(store)
        quads = sorted_quads(store)
        files = dict(pages(store)) if pages else {}
        on_disk = disk or len(quads) > _DISK_ABOVE
        imports = tuple(dataset.report for dataset in datasets if dataset.report)
        if imports:
            files[FINDINGS_FILE] = findings_csv(findings)
        names = tuple(sorted([*files, GRAPH_FILE, REPORT_FILE, *(["store"] if on_disk else [])]))
        report = BuildReport(
            output, names, tuple(dataset.name for dataset in datasets), len(quads), imports, tuple(findings), shapes
        )
        files[GRAPH_FILE] = trig(quads)
        files[REPORT_FILE] = _report(report, datasets)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        if on_disk:
            _write_store(folder / "store", quads)
    return report


def fill(store: EmbeddedStore, datasets: Iterable[Dataset], organisations: Container[str]) -> None:
    """Add the ontology and the datasets to a store, one after the other: they need not all be in memory.

    `organisations` are the ids of all bodies that can be part of one another, as `organisation_ids` gives them.
    """
    store.extend(ontology_quads())
    store.load_written(text for dataset in datasets for text in dataset_texts(dataset, organisations))


def dataset_texts(dataset: Dataset, organisations: Container[str]) -> Iterator[str]:
    """Give the quads of a dataset as N-Quads, record by record."""
    yield dataset_nquads(dataset)
    for record in (*dataset.records(), *dataset.stories):
        yield nquads(record, dataset, organisations)


def sorted_quads(store: Store) -> list[Quad]:
    """Return all quads by graph, subject, predicate and object, each in the order of its N-Quads text."""
    return sorted(
        store.quads(), key=lambda quad: (*map(str, (quad.graph_name, quad.subject, quad.predicate, quad.object)),)
    )


def trig(quads: Iterable[Quad]) -> bytes:
    """Return quads as TriG with the project's prefixes; sorted quads give the same bytes each time."""
    lines = (serialize(quads, format=RdfFormat.TRIG, prefixes=PREFIXES) or b"").splitlines(keepends=True)
    body = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join([*sorted(lines[:body]), *lines[body:]])  # the engine promises no order of prefixes


def _bundled_store() -> EmbeddedStore:
    """Load the kept graph, or build and keep it; a kept file that does not load is made again."""
    file = bundled_file()
    store = EmbeddedStore.memory()
    try:
        with file.open("rb") as content:
            store.load_nquads(content)
    except (OSError, InputError):
        datasets, _ = read_all(bundled())
        store = _store(datasets)
        keep(file, serialize(sorted_quads(store), format=RdfFormat.N_QUADS) or b"")
    return store


def _store(datasets: Sequence[Dataset]) -> EmbeddedStore:
    store = EmbeddedStore.memory()
    fill(store, datasets, organisation_ids(datasets))
    return store


def _passages(datasets: Sequence[Dataset], texts: Path | None) -> list[Finding]:
    """Return what is wrong with the passages; any error ends the build."""
    if texts is None:
        return []
    if not texts.is_dir():
        raise InputError(f"there is no folder of texts {texts}")
    findings = sorted(finding for dataset in datasets for finding in validate_passages(dataset, texts))
    if any(finding.severity == "error" for finding in findings):
        raise InputError("the evidence does not fit the texts", findings, "mend the rows named")
    return findings


def _report(report: BuildReport, datasets: Sequence[Dataset]) -> bytes:
    content = {
        "datasets": [
            {"name": dataset.name, "version": dataset.version, "checked": dataset.checked} for dataset in datasets
        ],
        "files": report.files,
        "quads": report.quads,
        "conforms": report.shapes.conforms,
        "counts": report.shapes.counts(),
        **({"imports": [imported.as_json() for imported in report.imports]} if report.imports else {}),
        "findings": [asdict(finding) for finding in report.findings],
        "shapes": [asdict(result) for result in report.shapes.results],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _write_store(folder: Path, quads: Iterable[Quad]) -> None:
    store = EmbeddedStore.disk(folder)
    try:
        store.extend(quads)
        store.optimize()
    finally:
        store.close()
