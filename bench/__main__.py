"""`python -m bench --size 1M`: measure every task, interleaved, and write what was measured."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from bench.generate import SIZES
from bench.report import Row, markdown, merged, rows_as_json, table
from bench.task import Data, Task
from bench.tasks import TASKS

ROOT: Final = Path(__file__).parents[1]
_LIMIT: Final = {"10k": 60, "100k": 60, "1M": 600, "10M": 3600}  # seconds of one process, its preparation counted
_PATIENCE: Final = 0.5  # a tool that needed this part of the limit is not asked twice,
_FAR: Final = 5  # nor one that needed so many times our time: what comes by chance is far less


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what is asked for; rows of other sizes and tasks in the files stay."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--size", choices=tuple(SIZES), default="1M")
    parser.add_argument(
        "--task", choices=tuple(TASKS), action="append", help="only this task; may be given several times"
    )
    parser.add_argument("--rounds", type=int, default=2, help="how often each tool is measured, one after the other")
    parser.add_argument("--results", type=Path, default=ROOT / "bench" / "results.json")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "bench.md")
    given = parser.parse_args(arguments)
    data = Data(given.size, ROOT / "bench" / ".data")
    data.write()
    measured = [row for name in given.task or TASKS for row in measure(TASKS[name], data, given.rounds)]
    rows = merged(given.results, measured)
    given.results.write_text(rows_as_json(rows), encoding="utf-8")
    given.page.write_text(markdown(rows), encoding="utf-8")


def measure(task: Task, data: Data, rounds: int) -> list[Row]:
    """Return what each tool needed, best of so many rounds, and print it."""
    tools = [tool for tool in task.tools if task.takes(tool, data.size)]
    found: dict[str, dict[str, Any]] = {}
    for _ in range(rounds):
        for tool in tools:
            if "note" not in found.get(tool, {}) and not _is_slow(
                found.get(tool, {}), found.get(tools[0], {}), data.size
            ):
                found[tool] = _best(found.get(tool), _in_process(task.name, tool, data))
    rows = [row for tool in tools for row in Row.all_of(task.name, data.size, tool, found[tool])]
    rows += [Row(task.name, data.size, tool, note="not asked at this size") for tool in task.tools if tool not in tools]
    sys.stdout.write(
        f"\n{task.name}, {data.size}: {task.what}\n{table([row for row in rows if row.task == task.name])}\n"
    )
    sys.stdout.flush()
    return rows


def _in_process(task: str, tool: str, data: Data) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.measure", task, tool, data.size, str(data.folder)]
    limit = _LIMIT[data.size]
    try:
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=limit, check=True)
    except subprocess.TimeoutExpired:
        return {"note": f"over {limit} s"}
    except subprocess.CalledProcessError as error:
        return {"note": f"failed (exit code {error.returncode})"}
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _is_slow(known: dict[str, Any], ours: dict[str, Any], size: str) -> bool:
    most = min(_PATIENCE * _LIMIT[size], _FAR * float(ours.get("seconds", "inf")))
    return float(known.get("seconds", 0)) > most


def _best(old: dict[str, Any] | None, new: dict[str, Any]) -> dict[str, Any]:
    if old is None or "note" in new:
        return old or new
    best = {
        "seconds": min(old["seconds"], new["seconds"]),
        "cpu_seconds": min(old["cpu_seconds"], new["cpu_seconds"]),
        "peak_mb": max(old["peak_mb"], new["peak_mb"]),
        "answer": new["answer"],
    }
    if "parts" in new:
        pairs = ((name, old["parts"][name], part) for name, part in new["parts"].items())
        best["parts"] = {name: min(former, part, key=lambda each: each["cpu_seconds"]) for name, former, part in pairs}
    return best


if __name__ == "__main__":
    main()
