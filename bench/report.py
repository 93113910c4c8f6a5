"""What was measured, as rows, as a table of ratios, and as the page of the documentation."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from bench.generate import SIZES

OURS: Final = "govgraph"
HEADLINES: Final = {
    "load": "records to a queryable store; peers load a file of the same quads",
    "load-disk": "the same to a store on disk",
    "point": "who oversees one agency",
    "chain": "whom a unit answers to, to the end",
    "network": "to networkx; pyoxigraph is bare iteration",
    "pagerank": "PageRank",
    "betweenness": "directed betweenness",
    "layout": "places for the drawing",
    "validation": "all shapes",
}
_PACKAGES: Final = (
    "pyoxigraph", "rdflib", "oxrdflib", "kglab", "maplib", "pyshacl", "owlrl", "networkx", "rustworkx", "pyvis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """What a tool needed for a task: best wall and CPU seconds, most memory of its process; a `note` where it has no figures."""

    task: str
    size: str
    tool: str
    seconds: float | None = None
    cpu_seconds: float | None = None
    peak_mb: float | None = None
    answer: object = None
    note: str = ""

    @classmethod
    def all_of(cls, task: str, size: str, tool: str, found: Mapping[str, Any]) -> list[Row]:
        """Return a row of what a process told, and one for each part of its job, named `task: part`."""
        whole = {key: value for key, value in found.items() if key != "parts"}
        parts = found.get("parts", {}).items()
        peak = found.get("peak_mb")
        return [
            cls(task, size, tool, **whole),
            *(cls(f"{task}: {name}", size, tool, **of, peak_mb=peak) for name, of in parts),
        ]


def table(rows: Sequence[Row]) -> str:
    """Return a Markdown table; the ratio is CPU time by that of ours, for wall time says more about what else the machine does."""
    ours = next((row.cpu_seconds for row in rows if row.tool == OURS), None)
    lines = ["| tool | ratio of CPU time | seconds | CPU seconds | peak MB | answer |", "|---|--:|--:|--:|--:|---|"]
    for row in rows:
        if row.seconds is None or row.cpu_seconds is None:
            lines.append(f"| {row.tool} | | | | | {row.note} |")
            continue
        ratio = f"{row.cpu_seconds / ours:.2f}" if ours else ""
        figures = f"{ratio} | {row.seconds:.4f} | {row.cpu_seconds:.4f} | {row.peak_mb:.0f}"
        lines.append(f"| {row.tool} | {figures} | {row.answer} |")
    return "\n".join(lines) + "\n"


def headlines(rows: Iterable[Row]) -> str:
    """Return the Markdown table of the README: for each of `HEADLINES` the largest size that a peer was measured at.

    The ratio is that of seconds on the clock, theirs by ours: above 1, the peer takes so many times as long.
    """
    known = list(rows)
    lines = ["| what | size | govgraph | peers take |", "|---|--:|--:|---|"]
    for task, what in HEADLINES.items():
        of_task = [row for row in known if row.task == task and row.seconds]
        sizes = {row.size for row in of_task if row.tool != OURS} or {row.size for row in of_task}
        largest = max(sizes, key=lambda size: SIZES[size], default="")
        seconds = {row.tool: row.seconds for row in of_task if row.size == largest and row.seconds}
        if ours := seconds.pop(OURS, None):
            peers = ", ".join(f"{tool} {_short(time / ours)} ×" for tool, time in seconds.items())
            lines.append(f"| {what} | {largest} | {_short(ours)} s | {peers} |")
    return "\n".join(lines) + "\n"


def _short(figure: float) -> str:
    return f"{figure:.0f}" if figure >= 10 else f"{figure:.2g}"


def _table_of_parts(rows: Iterable[Row]) -> str:
    """Return what each part of a job took, ours beside that of the other tool."""
    lines = ["| part | our CPU seconds | theirs | ratio | answer |", "|---|--:|--:|--:|--:|"]
    for task, group in groupby(rows, key=lambda row: row.task):
        known = list(group)
        cpu = {row.tool == OURS: row.cpu_seconds or 0 for row in known}
        ours, theirs = cpu.get(True, 0), cpu.get(False, 0)
        ratio = f"{theirs / ours:.2f}" if ours and theirs else ""
        lines.append(f"| {task.partition(': ')[2]} | {ours:.4f} | {theirs:.4f} | {ratio} | {known[0].answer} |")
    return "\n".join(lines) + "\n"


def merged(results: Path, new: Iterable[Row]) -> list[Row]:
    """Return the rows of a file with the new ones in the place of older ones of the same task and size."""
    found = list(new)
    fresh = {(row.task.partition(":")[0], row.size) for row in found}
    older = [Row(**row) for row in json.loads(results.read_text(encoding="utf-8"))] if results.is_file() else []
    return [row for row in older if (row.task.partition(":")[0], row.size) not in fresh] + found


def rows_as_json(rows: Iterable[Row]) -> str:
    """Return the rows one a line, sorted by size and task, so that a changed figure is a changed line."""
    lines = [json.dumps(asdict(row), ensure_ascii=False) for row in _sorted(rows)]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def markdown(rows: Iterable[Row]) -> str:
    """Return the page `docs/bench.md`."""
    rows = list(rows)
    parts = [_HEAD.format(machine=_machine(), versions=_versions()), headlines(rows)]
    for (size, task), group in groupby(_sorted(rows), key=lambda row: (row.size, row.task.partition(":")[0])):
        known = list(group)
        whole = [row for row in known if row.task == task]
        parts.append(f"## {task}, {size}\n\n{table(whole)}")
        if len(known) > len(whole):
            parts.append(_table_of_parts([row for row in known if row.task != task]))
    return "\n".join(parts)


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.size, row.task, row.tool != OURS))


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def _versions() -> str:
    return ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


_HEAD: Final = """# Benchmarks

What `make bench` measured (`make bench SIZE=100k` for less): generated data in the project's own model, each task done by each tool in a
process of its own, one tool after the other and then again, but not one five times slower than ours; the best run counts. `answer` is what the tool found, so that one can
see whether it did the same. A ratio above 1 is CPU time that a tool needs for each second of ours. Another program on the machine makes
wall time much longer and CPU time up to twice as long: ratios within one run hold best.

The last run: {machine}; {versions}.
"""
