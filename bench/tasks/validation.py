"""Validation: the shapes of the ontology on the graph."""

from __future__ import annotations

from bench.task import Data, Run, Task
from bench.tasks import stores
from graph_build.validate import validate_shapes, validate_shapes_of_record


def _ours(data: Data) -> Run:
    store = stores.ours(data)
    return lambda: len(validate_shapes(store).results)


def _pyshacl(data: Data) -> Run:
    store = stores.ours(data)
    return lambda: len(validate_shapes_of_record(store).results)


TASKS = (
    Task(
        "validation",
        "all shapes of the ontology; the answer is the number of findings",
        {"govgraph": _ours, "pySHACL": _pyshacl},
        most={"pySHACL": "100k"},
    ),
)
