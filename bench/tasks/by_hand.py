"""Questions of the catalogue against wordings that were written for one set of values, from the question and its columns alone.

Such a wording may do what ours may not: leave out what is not asked for, and tell the engine by a LIMIT how little to expect, which
would cut an answer short that is larger. Rows are counted as `ask` counts them, those that differ in columns of several values as one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from bench.task import Data, Run, Task
from bench.tasks import stores
from bench.tasks.catalogue import figures
from bench.tasks.queries import PROLOGUE
from graph_build.ask import ask, find

_HAND: Final = Path(__file__).with_name("hand")
ASKED: Final[Mapping[str, Mapping[str, object]]] = {
    "actors": {"country": "AE"},
    "changes": {"country": "AE"},
    "double-mandates": {},
    "evidence": {"source": "src:ae-law-1"},
    "oversight-ladder": {},
    "public-money": {},
    "relations": {"country": "AE"},
    "statements": {"country": "AE"},
    "support-overlaps": {},
    "who-authorises": {},
    "who-oversees": {},
    "without-outside-overseer": {},
}


def _each(ask_one: Callable[[str], Callable[[], int]]) -> Run:
    return lambda: {name: figures(ask_one(name)) for name in ASKED}


def _ours(data: Data) -> Run:
    store = stores.ours(data)
    return _each(lambda name: lambda: len(ask(store, name, **ASKED[name])))


def _bare(data: Data) -> Run:
    store = stores.bare(data)

    def answer(name: str) -> Callable[[], int]:
        text = PROLOGUE + (_HAND / f"{name}.rq").read_text(encoding="utf-8")
        single = [place for place, column in enumerate(find(name).columns.values()) if not column.several]
        return lambda: len(
            {tuple(row[place] for place in single) for row in store.query(text, use_default_graph_as_union=True)}  # type: ignore[union-attr]
        )

    return _each(answer)


TASKS = (
    Task("by-hand", "questions against the best wordings that we could write by hand for just these values", {"govgraph": _ours, "pyoxigraph": _bare}),
)  # fmt: skip
