"""`govgraph reconcile`, and a build that obeys it."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph_build.cli.app import govgraph, main


def source(path: Path, *names: str) -> Path:
    content = {"persons": [{"id": str(number), "name": name} for number, name in enumerate(names)]}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def two(tmp_path: Path) -> list[str]:
    one = source(tmp_path / "one.json", "Volodymyr Zelenskyy", "Petro Poroshenko", "Leonid Kuchma")
    other = source(tmp_path / "two.json", "Порошенко Петро Олексійович", "Владимир Зеленский", "Леонід Кравчук")
    return [str(one), str(other)]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_proposals_across_scripts_are_written(two: list[str], tmp_path: Path) -> None:
    table = tmp_path / "decisions.csv"
    result = CliRunner().invoke(govgraph, ["reconcile", *two, "-o", str(table)])
    assert result.exit_code == 0, result.output
    found = rows(table)
    assert {(row["left"], row["right"]) for row in found} == {
        ("one-person-0", "two-person-1"),
        ("one-person-1", "two-person-0"),
    }
    assert all(row["decision"] == "" and 0.8 < float(row["score"]) < 1 and "name" in row["reasons"] for row in found)


def test_decisions_survive_another_run(two: list[str], tmp_path: Path) -> None:
    table = tmp_path / "decisions.csv"
    CliRunner().invoke(govgraph, ["reconcile", *two, "-o", str(table)])
    text = table.read_text(encoding="utf-8").splitlines()
    by_hand = "two-person-2,one-person-2,,looked up,reject"  # never proposed, and the other way round
    table.write_text("\n".join([text[0], f"{text[1]}accept", text[2], by_hand]) + "\n", encoding="utf-8")
    decided = {(row["left"], row["right"]): row["decision"] for row in rows(table) if row["decision"]}
    assert len(decided) == 2
    CliRunner().invoke(govgraph, ["reconcile", *two, "-o", str(table)])
    again = table.read_bytes()
    assert {(row["left"], row["right"]): row["decision"] for row in rows(table) if row["decision"]} == decided
    assert len(rows(table)) == 3
    CliRunner().invoke(govgraph, ["reconcile", *two, "-o", str(table)])
    assert table.read_bytes() == again


def test_a_build_obeys_the_table(two: list[str], tmp_path: Path) -> None:
    table, atlas = tmp_path / "decisions.csv", tmp_path / "atlas"
    CliRunner().invoke(govgraph, ["reconcile", *two, "-o", str(table)])
    table.write_text(table.read_text(encoding="utf-8").replace(",\n", ",accept\n"), encoding="utf-8")
    result = CliRunner().invoke(govgraph, ["build", *two, str(table), "-o", str(atlas)])
    assert result.exit_code == 0, result.output
    graph = (atlas / "graph.trig").read_text(encoding="utf-8")
    assert "skos:exactMatch id:two-person-1" in graph
    assert "id:two-person-1 a" not in graph
    assert "\nid:one-person-2 a" in graph.replace("\t", "")
    assert "id:two-person-2 a" in graph


def test_another_file_is_never_overwritten(two: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    precious = tmp_path / "thesis.csv"
    precious.write_text("chapter,text\n1,Once\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["reconcile", *two, "-o", str(precious)])
    assert ended.value.code == 2
    assert precious.read_text(encoding="utf-8") == "chapter,text\n1,Once\n"
    assert "thesis.csv" in capsys.readouterr().err


def test_a_source_is_not_set_against_itself(two: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["reconcile", two[0], two[1], two[0], "-o", str(tmp_path / "decisions.csv")])
    assert ended.value.code == 2
    assert "one.json is named twice" in capsys.readouterr().err
    assert not (tmp_path / "decisions.csv").exists()


def test_one_source_has_nothing_to_be_set_against(two: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["reconcile", two[0], "-o", str(tmp_path / "decisions.csv")])
    assert ended.value.code == 6
