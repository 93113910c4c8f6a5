"""The tasks, in the order in which they are reported."""

from __future__ import annotations

from typing import Final

from bench.task import Task
from bench.tasks import (
    by_hand,
    catalogue,
    drawing,
    inference,
    load,
    measures,
    names,
    network,
    page,
    queries,
    rebuild,
    validation,
)

_MODULES: Final = (
    load, rebuild, queries, inference, catalogue, by_hand, names, validation, network, measures, drawing, page,
)  # fmt: skip
TASKS: Final[dict[str, Task]] = {task.name: task for module in _MODULES for task in module.TASKS}
