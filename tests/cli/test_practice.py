"""`gaps`, `coverage` and `changes` as people type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph_build.cli.app import _run

GAPLAND = str(Path(__file__).parents[1] / "data" / "gapland")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("gapland") / "atlas"
    assert _run(["build", GAPLAND, "-o", str(folder)]) == 0
    return str(folder)


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert _run([*arguments, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["rows"]
    assert isinstance(found, list)
    return found


def test_gaps_of_a_country_on_a_day_and_by_state(built: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = ("gaps", "--country", "xg", "--norm", "gapland", "--store", built)
    assert {row["state"] for row in rows(capsys, *command)} >= {"met", "law only", "absent", "not known (searched)"}
    unknown = {row["state"] for row in rows(capsys, *command, "--state", "not known")}
    assert unknown == {"not known (searched)", "not known (not searched)"}
    assert not [row for row in rows(capsys, *command, "--as-of", "2000-01-01") if row["state"] == "met"]


def test_a_state_that_is_none_is_refused_with_those_there_are(built: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["gaps", "--country", "XA", "--state", "bogus", "--store", built]) == 4
    assert "use one of: met · law only" in capsys.readouterr().err


def test_gaps_print_the_count_of_each_state_and_the_date(built: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["gaps", "--country", "XG", "--norm", "gapland", "--store", built, "--format", "table"]) == 0
    printed = capsys.readouterr()
    assert "data checked 2025-06-30" in printed.err
    assert "absent: 2" in printed.err
    assert "not known" in printed.out


def test_coverage_of_all_countries_and_of_one(built: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert {row["country"] for row in rows(capsys, "coverage", "--store", built)} == {"XG"}
    long = rows(capsys, "coverage", "--country", "XG", "--long", "--store", built)
    assert {row["state"] for row in long} == {"practice", "law only", "denied", "not known"}


@pytest.mark.parametrize(
    ("name", "start"), [("c.html", "<!doctype html>"), ("c.svg", "<svg"), ("c.csv", "country,"), ("c.MD", "| country")]
)
def test_coverage_in_a_file_by_its_ending(built: str, tmp_path: Path, name: str, start: str) -> None:
    assert _run(["coverage", "--country", "XG", "--store", built, "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_text("utf-8").startswith(start)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_changes_between_two_days(built: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = ("changes", "--country", "XG", "--from", "2004-01-01", "--to", "2005-12-31", "--store", built)
    assert {row["change"] for row in rows(capsys, *command)} >= {"begins", "in force", "repealed"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["gaps"], 2),
        (["gaps", "--country", "ZZ", "--norm", "gapland"], 4),
        (["gaps", "--country", "XG", "--norm", "standards"], 4),
        (["coverage", "--country", "ZZ"], 4),
        (["coverage", "--country", "ZZ", "-o", "missing.html"], 4),
        (["coverage", "-o", "coverage.png"], 2),
        (["coverage", "-o", "coverage"], 2),
        (["coverage", "-o", "coverage.csv", "--format", "json"], 2),
        (["coverage", "-o", "coverage.svg", "--long"], 2),
        (["coverage", "-o", "/dev/null/coverage.csv"], 1),
        (["changes", "--from", "2004-01-01", "--to", "2005-01-01"], 2),
        (["changes", "--country", "XG", "--from", "2005-01-01", "--to", "2004-01-01"], 2),
        (["changes", "--country", "XG", "--from", "2005", "--to", "2006-01-01"], 2),
    ],
)
def test_what_is_missing_or_unknown_is_said(
    built: str, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert _run([*arguments, "--store", built]) == code
    assert capsys.readouterr().err
