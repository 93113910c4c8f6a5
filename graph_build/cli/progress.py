"""How far a long job is: a bar with its rate and the time left, on a terminal and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give what is told of each step how much is done, and how much there is (0 = nobody knows); it shows that on standard error.

    The bars go away at the end. Where standard error is no terminal, nothing is written.
    """
    if not sys.stderr.isatty():
        yield lambda step, done, whole: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed and task.total else "")

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        steps: dict[str, TaskID] = {}

        def watch(step: str, done: int, whole: int) -> None:
            if step not in steps:
                for earlier in bars.tasks:
                    bars.update(earlier.id, total=earlier.total or 1, completed=earlier.total or 1)
                steps[step] = bars.add_task(step, total=whole or None)
            bars.update(steps[step], completed=done)

        yield watch
