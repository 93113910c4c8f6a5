"""Rebuild: an atlas on disk, without its pages, of sources of which one has changed, against all of it anew."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph

from bench.task import Data, Run, Task
from graph_build.builder import build
from graph_build.convert import write_dataset

_CHANGED = "bench-ua"
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []  # kept until the process ends, and gone then


def _folder() -> Path:
    _FOLDERS.append(tempfile.TemporaryDirectory())
    return Path(_FOLDERS[-1].name)


def _sources(data: Data, home: Path) -> list[Path]:
    """Write the data as one folder for each country, and return the folders."""
    datasets = data.datasets()
    for dataset in datasets:
        write_dataset(dataset, home / "sources" / dataset.name)
    return [home / "sources" / dataset.name for dataset in datasets]


def _change(sources: list[Path]) -> None:
    """Let one source say as much as before, but something else: what was looked for in vain."""
    table = next((source for source in sources if source.name == _CHANGED), sources[-1]) / "searches.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Inspections", "Audits"), encoding="utf-8")


def _again(data: Data, *, changed: bool) -> Run:
    home = _folder()
    sources = _sources(data, home)
    build(sources, home / "atlas", disk=True)
    if changed:
        _change(sources)
    return lambda: build(sources, home / "atlas", disk=True).quads


def _anew(data: Data) -> Run:
    home = _folder()
    sources = _sources(data, home)
    _change(sources)
    return lambda: build(sources, home / "atlas", disk=True).quads


def _bare(data: Data) -> Run:
    content, folder = data.quads.read_bytes(), _folder() / "store"

    def run() -> int:
        shutil.rmtree(folder, ignore_errors=True)
        store = pyoxigraph.Store(folder)
        store.bulk_load(content, pyoxigraph.RdfFormat.N_QUADS)
        store.optimize()
        return len(store)

    return run


_TOOLS: dict[str, Callable[[Data], Run]] = {
    "govgraph": partial(_again, changed=True),
    "pyoxigraph": _bare,
    "govgraph, nothing changed": partial(_again, changed=False),
    "govgraph, anew": _anew,
}
TASKS = (
    Task(
        "rebuild",
        "a checked atlas with its store on disk, over one of the same sources but for one; the bare engine loads the quads anew, unchecked",
        _TOOLS,
        most=dict.fromkeys(_TOOLS, "1M"),
    ),
)
