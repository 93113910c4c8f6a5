"""Each task runs at a tiny size, and tools that give a number give the same one; what is missing is said."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bench import generate
from bench.__main__ import main, measure
from bench.measure import NOT_INSTALLED, measured
from bench.report import Row, headlines, merged, rows_as_json, table
from bench.task import Data, Task
from bench.tasks import TASKS
from bench.tasks.by_hand import wordings
from graph_build.catalogue import catalogue

TINY = "tiny"
OPTIONAL = ("kglab", "maplib", "oxrdflib")
QUICK = {
    "actor", "changes-of-laws", "checked", "datasets", "expectations", "gap-demand-passages", "gap-searches",
    "law-replacements", "page-datasets", "page-others", "page-stories", "page-verbs", "searches",
}  # fmt: skip
"""Questions that are answered within 10 ms at a million triples."""
SLOW = ("pySHACL", "owlrl")  # pySHACL has its own test, against the fast path; owlrl takes 8 s for the ontology alone


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    generate.SIZES[TINY] = 2_000
    made = Data(TINY, tmp_path_factory.mktemp("bench"))
    made.write()
    return made


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_the_task_runs_and_its_tools_agree(task: Task, data: Data) -> None:
    asked = {tool: make for tool, make in task.tools.items() if tool not in (*OPTIONAL, *SLOW)}
    if not find_spec("scipy"):  # networkx needs it for PageRank, and only there; `make bench` has it
        asked.pop("networkx", None)
    found = {tool: make(data)() for tool, make in asked.items()}
    assert next(iter(task.tools)) == "govgraph"
    assert all(answer not in (0, None, "") or task.name == "validation" for answer in found.values())
    if task.name in (
        "point",
        "chain",
        "whole",
        "inference",
        "network",
        "load",
        "load-disk",
        "rebuild",
        "betweenness",
        "betweenness-undirected",
        "pagerank",
        "layout",
    ):
        assert len(set(found.values())) == 1, found
    if task.name == "by-hand":
        answers: list[Any] = list(found.values())
        ours, theirs = ({part: told["answer"] for part, told in answer.items()} for answer in answers)
        assert any(ours.values())
        assert ours == theirs


def test_every_question_that_takes_its_time_is_held_against_a_wording_by_hand() -> None:
    known = {query.name for query in catalogue().values() if query.theme not in ("build", "lint", "wikidata")}
    assert known - {wording.question for wording in wordings().values()} == QUICK


@pytest.mark.parametrize("tool", OPTIONAL)
def test_a_peer_that_is_not_there_is_named(tool: str, data: Data) -> None:
    found = measured("load", tool, data)
    assert "seconds" in found or str(found["note"]).startswith(NOT_INSTALLED)


def test_a_row_without_figures_says_why() -> None:
    rows = [
        Row("load", "1M", "govgraph", 2.0, 1.0, 10.0, 5),
        Row("load", "1M", "slow", 9.0, 3.0, 10.0, 5),
        Row("load", "1M", "gone", note="not installed"),
    ]
    assert table(rows).splitlines()[2:] == [
        "| govgraph | 1.00 | 2.0000 | 1.0000 | 10 | 5 |",
        "| slow | 3.00 | 9.0000 | 3.0000 | 10 | 5 |",
        "| gone | | | | | not installed |",
    ]


def test_new_rows_take_the_place_of_older_ones_of_their_task_and_size(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    old = [Row("load", "1M", "govgraph", 2.0, 1.0, 10.0), Row("load", "10k", "govgraph", 0.2, 0.1, 10.0)]
    file.write_text(rows_as_json(old))
    new = Row("load", "1M", "rdflib", 5.0, 5.0, 50.0)
    assert merged(file, [new]) == [old[1], new]
    assert {"task", "size", "tool", "seconds", "peak_mb"} <= set(json.loads(rows_as_json([new]))[0])


def test_a_tool_that_fails_or_takes_too_long_is_a_row_with_a_note(monkeypatch: pytest.MonkeyPatch, data: Data) -> None:
    monkeypatch.setattr("bench.__main__._LIMIT", {TINY: 0.01})
    rows = measure(TASKS["point"], data, 1)
    assert {row.note for row in rows} == {"over 0.01 s"}


def test_the_command_writes_rows_and_page(tmp_path: Path) -> None:
    results, page = tmp_path / "results.json", tmp_path / "bench.md"
    main(["--size", "10k", "--task", "search", "--rounds", "1", "--results", str(results), "--page", str(page)])
    tools = {row["tool"]: row for row in json.loads(results.read_text())}
    assert tools["govgraph"]["answer"] > 0
    assert "## search, 10k" in page.read_text()


def test_headlines_show_the_largest_size_that_a_peer_was_measured_at() -> None:
    rows = [
        Row("load", "100k", "govgraph", 2.0, 2.0, 100.0),
        Row("load", "100k", "rdflib", 16.0, 16.0, 100.0),
        Row("load", "1M", "govgraph", 20.0, 20.0, 100.0),
        Row("load", "1M", "rdflib", note="not asked at this size"),
        Row("layout", "1M", "govgraph", 5.0, 5.0, 100.0),
    ]
    told = headlines(rows).splitlines()[2:]
    assert [line.split(" | ")[1:] for line in told] == [["100k", "2 s", "rdflib 8 × |"], ["1M", "5 s", " |"]]
