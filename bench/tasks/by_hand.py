"""Questions of the catalogue against wordings that were written for one set of values, from the question and its columns alone.

A file of `hand/` is one such wording; its first line says what is asked: `# NAME PARAMETER=VALUE …`. It may do what ours may not:
leave out what is not asked for, and tell the engine by a LIMIT how little to expect, which would cut an answer short that is larger.
Every question that takes more than 10 ms at a million triples has one, and those that are asked about a country, a body or a day have
others. Rows are counted as `ask` counts them, those that differ in columns of several values as one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from bench.task import Data, Run, Task
from bench.tasks import stores
from bench.tasks.catalogue import figures
from bench.tasks.queries import PROLOGUE
from graph_build.ask import ask, find

_HAND: Final = Path(__file__).with_name("hand")


class Wording(NamedTuple):
    """A wording by hand: the question, what it is asked with, and the SPARQL text."""

    question: str
    values: Mapping[str, str]
    text: str


def wordings() -> dict[str, Wording]:
    """Return the wordings by the names of their files."""
    return {file.stem: _read(file) for file in sorted(_HAND.glob("*.rq"))}


def _read(file: Path) -> Wording:
    text = file.read_text(encoding="utf-8")
    question, *values = text.partition("\n")[0].removeprefix("# ").split()
    return Wording(question, dict(value.split("=", 1) for value in values), PROLOGUE + text)


def _each(ask_one: Callable[[Wording], Callable[[], int]]) -> Run:
    return lambda: {name: figures(ask_one(wording)) for name, wording in wordings().items()}


def _ours(data: Data) -> Run:
    store = stores.ours(data)
    return _each(lambda asked: lambda: len(ask(store, asked.question, **asked.values)))


def _bare(data: Data) -> Run:
    store = stores.bare(data)

    def answer(asked: Wording) -> Callable[[], int]:
        columns = find(asked.question).columns.values()
        single = [place for place, column in enumerate(columns) if not column.several]
        return lambda: len(
            {tuple(row[place] for place in single) for row in store.query(asked.text, use_default_graph_as_union=True)}  # type: ignore[union-attr]
        )

    return _each(answer)


TASKS = (
    Task("by-hand", "questions against the best wordings that we could write by hand for just these values", {"govgraph": _ours, "pyoxigraph": _bare}),
)  # fmt: skip
