"""From sources to a store, and to a folder: the atlas, written whole or not at all, and only what is not there already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, serialize

from graph_build.assembly import Assembly, Watch, dataset_texts, fill
from graph_build.cache import bundled_file, keep
from graph_build.earlier import GRAPH_FILE, RECORD_FILE, STORE_FOLDER, Earlier, Ingredients, record
from graph_build.encode import organisation_ids
from graph_build.errors import Finding, InputError
from graph_build.readers import Dataset, read_all
from graph_build.readers.findings import FINDINGS_FILE, findings_csv
from graph_build.reconcile.sources import read_decided
from graph_build.report import REPORT_FILE, BuildReport, heads, read_report
from graph_build.resources import resource
from graph_build.store import EmbeddedStore, Store
from graph_build.swap import replaced_folder, settle
from graph_build.trig import sorted_quads, trig
from graph_build.validate import validate_passages, validate_shapes

__all__ = ["BuildReport", "build", "build_store", "bundled", "dataset_texts", "fill", "sorted_quads", "trig"]

Source = str | Path | Traversable
Pages = Mapping[str, Callable[[Store], bytes]]
"""What is written beside the graph: for the name of each file, what makes its content from the store."""

_DISK_ABOVE: Final = 1_000_000


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
    watch: Watch = lambda what, done, whole: None,
) -> BuildReport:
    """Write the atlas of the sources (none = the bundled datasets) into a folder that takes the place of an older one.

    With the folder of the `texts`, passages are checked too. A wrong source is an `InputError`; whatever ends the build
    before it is done, an older atlas stays as it was. A store on disk is added when asked for, or above a million quads.
    Where the older atlas is of the same program and sources, it stays as it is; of other sources, the graphs of what has not
    changed are taken from it. The files are always those of a build into an empty folder.
    """
    settle(output)
    made_of = Ingredients.of(_named(sources), disk=disk, pages=pages or (), texts=texts)
    before = Earlier.at(output)
    if before and before.is_of(made_of):
        return read_report(output)
    with replaced_folder(output, made=GRAPH_FILE, manifest=REPORT_FILE) as folder:
        chosen = bundled() if sources is None else sources
        datasets, findings = read_decided(chosen, lambda done: watch("reading sources", done, len(chosen)))
        findings = sorted([*findings, *_passages(datasets, texts)])
        graph = Assembly(datasets, before, watch)
        watch("checking the graph", 0, 0)
        shapes = validate_shapes(graph.store)
        files: dict[str, bytes] = {GRAPH_FILE: graph.text()}
        for name, page in (pages or {}).items():
            watch(f"making {name}", 0, 0)
            files[name] = page(graph.store)
        imports = tuple(dataset.report for dataset in datasets if dataset.report)
        if imports:
            files[FINDINGS_FILE] = findings_csv(findings)
        on_disk = disk or graph.quads > _DISK_ABOVE
        names = tuple(sorted([*files, RECORD_FILE, REPORT_FILE, *([STORE_FOLDER] if on_disk else [])]))
        report = BuildReport(output, names, heads(datasets), graph.quads, imports, tuple(findings), shapes)
        files[REPORT_FILE] = report.as_json()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        if on_disk:
            watch("writing the store", 0, 0)
            graph.write_store(folder / STORE_FOLDER)
        made = record(folder, made_of, graph.digests, list(files), store=on_disk)
        (folder / RECORD_FILE).write_bytes(made.as_json())
    return report


def _named(sources: Sequence[Source] | None) -> list[tuple[str, Traversable]]:
    """Return the sources with the names that messages and records use, which for those of the program are the same everywhere."""
    if sources is None:
        return [(f"datasets/{source.name}", source) for source in bundled()]
    return [(str(source), Path(source) if isinstance(source, str) else source) for source in sources]


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
