"""The manifest of an output: what a bulk loader needs to know, and what tells whether all of it has arrived."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from graph_build.errors import Finding
from graph_build.readers import Dataset
from graph_build.readers.findings import FINDINGS_FILE, findings_csv
from graph_build.spark.shards import Shard, writer

MANIFEST: Final = "manifest.json"
_FORMAT: Final = "application/n-quads"


def write_manifest(
    folder: Path, files: Iterable[Shard], datasets: Sequence[Dataset], findings: Iterable[Finding]
) -> tuple[tuple[str, ...], dict[str, int]]:
    """Write the manifest and the findings, remove the shards that hold nothing, and return the names of the files and the graphs.

    The manifest has the format, the quads of each graph, and for each file its quads, bytes and SHA-256.
    """
    files = list(files)
    for file in files:
        if not file.size:
            (folder / file.name).unlink(missing_ok=True)
    listed = [file for file in files if file.size]
    if any(dataset.report for dataset in datasets):
        with writer(folder, FINDINGS_FILE) as out:
            out.write(findings_csv(findings).decode())
        listed.append(out.shard)
    graphs: Counter[str] = Counter()
    for file in listed:
        graphs.update({graph.strip("<>"): number for graph, number in file.graphs.items()})
    made = {file.name: _described(file) for file in sorted(listed, key=lambda file: file.name)}
    content = {
        "format": _FORMAT,
        "quads": graphs.total(),
        "graphs": dict(sorted(graphs.items())),
        "datasets": [{"name": one.name, "version": one.version, "checked": one.checked} for one in datasets],
        "imports": [dataset.report.as_json() for dataset in datasets if dataset.report],
        "files": {MANIFEST: {}, **made},
    }
    (folder / MANIFEST).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return (MANIFEST, *made), dict(content["graphs"])  # type: ignore[call-overload]


def _described(file: Shard) -> dict[str, Any]:
    quads = {"quads": file.graphs.total()} if file.graphs else {}
    return {**quads, "bytes": file.size, "sha256": file.digest}
