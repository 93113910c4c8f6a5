"""One tool at one task, in a process of its own: `python -m bench.measure TASK TOOL SIZE FOLDER` prints what it cost as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.memory import peak_mb
from bench.task import Data
from bench.tasks import TASKS

NOT_INSTALLED = "not installed"


def measured(task_name: str, tool: str, data: Data) -> dict[str, object]:
    """Return the best wall and CPU seconds of the runs, the most memory that the process held, and the size of the answer."""
    task = TASKS[task_name]
    make = task.tools[tool]
    seconds, cpu, answer = float("inf"), float("inf"), None
    try:
        run = make(data)
    except ImportError as error:
        return {"note": f"{NOT_INSTALLED}: {error}"}
    for _ in range(task.times):
        wall, used, answer = _timed(run)
        seconds, cpu = min(seconds, wall), min(cpu, used)
    figures: dict[str, object] = {
        "seconds": seconds,
        "cpu_seconds": cpu,
        "peak_mb": round(peak_mb(), 1),
        "answer": answer,
    }
    return figures | {"answer": len(answer), "parts": answer} if isinstance(answer, dict) else figures


def _timed(run: Callable[[], object]) -> tuple[float, float, object]:
    used, wall = time.process_time(), time.perf_counter()
    answer = run()
    return time.perf_counter() - wall, time.process_time() - used, answer


if __name__ == "__main__":
    _, name, tool_name, size, folder = sys.argv
    sys.stdout.write("\n" + json.dumps(measured(name, tool_name, Data(size, Path(folder)))) + "\n")
