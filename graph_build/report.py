"""What a build tells: kept in the folder as `validation.json`, and read again when there was nothing to do."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from graph_build.errors import Finding
from graph_build.readers import Dataset
from graph_build.readers.findings import Count, Report
from graph_build.shapes import ShapeResult, ShapesReport

REPORT_FILE: Final = "validation.json"
Head = tuple[str, str, str]
"""Name, version and day of check of a dataset."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: the folder, its files, how much is in the graph, and what was found wrong with it.

    `unchanged` says that all of it was there already, so that nothing was written.
    """

    output: Path
    files: tuple[str, ...]
    heads: tuple[Head, ...]
    quads: int
    imports: tuple[Report, ...]
    findings: tuple[Finding, ...]
    shapes: ShapesReport
    unchanged: bool = False

    @property
    def datasets(self) -> tuple[str, ...]:
        """The names of the datasets."""
        return tuple(name for name, _, _ in self.heads)

    def as_json(self) -> bytes:
        """Return the content of the report's file."""
        content = {
            "datasets": [dict(zip(("name", "version", "checked"), head, strict=True)) for head in self.heads],
            "files": self.files,
            "quads": self.quads,
            "conforms": self.shapes.conforms,
            "counts": self.shapes.counts(),
            **({"imports": [imported.as_json() for imported in self.imports]} if self.imports else {}),
            "findings": [asdict(finding) for finding in self.findings],
            "shapes": [asdict(result) for result in self.shapes.results],
        }
        return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def heads(datasets: Iterable[Dataset]) -> tuple[Head, ...]:
    """Return what a report says of each dataset."""
    return tuple((dataset.name, dataset.version, dataset.checked) for dataset in datasets)


def read_report(output: Path) -> BuildReport:
    """Return the report that an earlier build left in a folder, where nothing was to be done again."""
    content: dict[str, Any] = json.loads((output / REPORT_FILE).read_bytes())
    return BuildReport(
        output,
        tuple(content["files"]),
        tuple((head["name"], head["version"], head["checked"]) for head in content["datasets"]),
        content["quads"],
        tuple(map(_imported, content.get("imports", []))),
        tuple(Finding(**finding) for finding in content["findings"]),
        ShapesReport(tuple(ShapeResult(**result) for result in content["shapes"])),
        unchanged=True,
    )


def _imported(content: dict[str, Any]) -> Report:
    counts = {what: Count(**count) for what, count in content["counts"].items()}
    return Report(content["source"], content["format"], counts)
