"""What becomes of sources on a disk: a built folder, what is wrong with them, and a server that they are loaded into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph_build.assembly import Watch
from graph_build.builder import build, build_store, bundled
from graph_build.coverage import coverage_counts
from graph_build.errors import Finding, Severity
from graph_build.gaps import gaps_of_all
from graph_build.reconcile.sources import check_decided
from graph_build.report import BuildReport
from graph_build.store import RemoteStore, Store, open_store
from graph_build.validate import ShapeResult, validate_passages, validate_shapes

__all__ = ["FolderReport", "build_folder", "findings", "publish"]


@dataclass(frozen=True, slots=True)
class FolderReport:
    """What `build_folder` made: where, what, and the warnings."""

    output: Path
    report: BuildReport
    warnings: tuple[Finding, ...] = field(default=())

    def __str__(self) -> str:
        """Return the line that the command prints."""
        datasets = ", ".join(self.report.datasets)
        if self.report.unchanged:
            return f"{self.output}: nothing changed; {self.report.quads:,} quads from {datasets}"
        shapes = "shapes conform" if self.report.shapes.conforms else f"shapes: {self.report.shapes.counts()}"
        files = " ".join(self.report.files)
        imports = "".join(f"{imported}\n" for imported in self.report.imports)
        return f"{imports}{self.output}: {self.report.quads:,} quads from {datasets}; {shapes}; wrote {files}"


def build_folder(
    sources: Sequence[Path],
    output: Path,
    *,
    disk: bool = False,
    texts: Path | None = None,
    watch: Watch = lambda what, done, whole: None,
) -> FolderReport:
    """Build sources (none = the bundled datasets) into a folder: graph, page, gaps, coverage and report, whole or not at all."""
    pages = {
        "explorer.html": lambda store: _explorer(store).encode(),
        "gaps.csv": lambda store: gaps_of_all(store).to_csv().encode(),
        "coverage.csv": lambda store: coverage_counts(store).to_csv().encode(),
    }
    report = build(sources or None, output, disk=disk, texts=texts, pages=pages, watch=watch)
    return FolderReport(output, report, report.findings)


def _explorer(store: Store) -> str:
    from graph_build import page  # late: pyvis pulls in IPython, which costs a second

    return page.explorer(store)


def publish(place: str | Path, url: str) -> list[str]:
    """Load a built folder or store into a SPARQL server and return the names of its graphs there; other graphs stay.

    Each graph takes the place of an older one when all of it has arrived; see `graph_build.store.RemoteStore`.
    """
    return [graph.value for graph in RemoteStore(url).load(open_store(place).quads())]


def findings(sources: Sequence[Path], *, texts: Path | None = None) -> list[Finding]:
    """Return all that is wrong with datasets (none = the bundled ones): tables, references, passages, shapes; sorted."""
    datasets, found = check_decided(sources or bundled())
    if texts is not None:
        found += [finding for dataset in datasets for finding in validate_passages(dataset, texts)]
    if not any(finding.severity == "error" for finding in found):
        found += map(_shape_finding, validate_shapes(build_store(sources or None)).results)
    return sorted(found)


def _shape_finding(result: ShapeResult) -> Finding:
    severity: Severity = "error" if result.severity == "violation" else "warning"
    return Finding(result.focus, 0, 0, result.path, result.message, f"shape {result.shape}", severity)
