"""The README says what is so: its numbers, its rows and its commands."""

import csv
import json
import re
import shlex
from pathlib import Path

import pytest

import graph_build as gb
from bench.report import Row, headlines
from graph_build.ask import catalogue_table
from graph_build.cli.app import _run, govgraph

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def number(pattern: str) -> int:
    found = re.search(pattern, README)
    assert found, pattern
    return int(found[1].replace(",", ""))


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "datasets" / "norms" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_numbers_are_those_of_the_data() -> None:
    assert number(r"(\d+) relations that five web pages") == len(rows("relations"))
    assert number(r"(\d+) works") == sum(not row["file"] for row in rows("sources"))
    assert number(r"# (\d+) questions") == len(catalogue_table())


def test_the_size_of_the_bundled_graph_is_that_of_the_store(norms: gb.Atlas) -> None:
    assert number(r"atlas: ([\d,]+) quads") == sum(1 for _ in norms.store.quads())


def test_the_rows_shown_are_the_first_of_the_answer(norms: gb.Atlas) -> None:
    shown = re.findall(r"^\| (\w[^|]+) \| ([^|]+) \| ([^|]+) \| (\w+) \| (\S+ \S+) \|$", README, re.MULTILINE)
    answer = norms.ask("who-oversees", target="security sector agencies")
    told = answer.only("actor_label", "phrase", "target_label", "modality_label", "evidence").rows
    assert len(shown) >= 2
    assert shown == list(told[: len(shown)])


def test_the_speeds_are_those_measured() -> None:
    measured = json.loads((ROOT / "bench" / "results.json").read_text(encoding="utf-8"))
    assert headlines(Row(**row) for row in measured) in README


def test_every_command_named_exists() -> None:
    named = set(re.findall(r"govgraph (\w+)", README)) - {"is"}
    assert named
    assert named <= set(govgraph.commands)


COMMANDS = [
    re.sub(r"\s+#.*", "", line.strip())
    for line in README.splitlines()
    if line.startswith("    govgraph ") and not re.search(r"my-dataset|old-atlas|-o ", line)
]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_shown_run(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out
