"""`govgraph convert` and `build` on a file: what is written, what is told, and what is left alone."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from graph_build.builder import build
from graph_build.cli import main
from graph_build.convert import convert
from graph_build.errors import InputError
from graph_build.readers import read
from tests.readers.conversion import quads

MINI = Path(__file__).parents[1] / "data" / "mini"
HOUSE = {
    "persons": [{"id": "p", "name": "P", "email": "p@example.org"}],
    "organizations": [{"id": "o", "name": "O", "classification": "parliament"}],
    "memberships": [
        {"person_id": "p", "organization_id": "o", "start_date": "2019", "end_date": "2020"},
        {"person_id": "q", "organization_id": "o"},
    ],
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    file = tmp_path / "house.popolo.json"
    file.write_text(json.dumps(HOUSE), encoding="utf-8")
    return file


def test_convert_writes_a_folder_that_validates_and_says_what_it_left_out(
    house: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["convert", str(house), "-o", str(tmp_path / "house")])
    assert not ended.value.code
    told = capfd.readouterr().err
    assert "membership: 2 read, 1 kept, 0 joined, 1 left out" in told
    assert "house-person-q" in told
    assert "email" in told
    findings = list(csv.DictReader((tmp_path / "house/import/findings.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["field"] for row in findings} == {"email", ""}
    with pytest.raises(SystemExit) as ended:
        main(["validate", str(tmp_path / "house")])
    assert not ended.value.code


def test_convert_leaves_a_folder_with_anything_in_it_alone(house: Path, tmp_path: Path) -> None:
    convert(house, tmp_path / "house")
    (tmp_path / "house" / "actors.csv").write_text("edited", encoding="utf-8")
    with pytest.raises(InputError, match="is not empty"):
        convert(house, tmp_path / "house")
    assert (tmp_path / "house" / "actors.csv").read_text(encoding="utf-8") == "edited"


def test_a_dataset_folder_converts_to_its_own_quads(tmp_path: Path) -> None:
    assert convert(MINI, tmp_path / "again") is None
    assert quads(read(tmp_path / "again")) == quads(read(MINI))


def test_build_takes_the_file_and_writes_what_it_found(house: Path, tmp_path: Path) -> None:
    report = build([house, MINI], tmp_path / "atlas")
    assert "findings.csv" in report.files
    content = json.loads((tmp_path / "atlas" / "validation.json").read_bytes())
    assert content["conforms"] is True
    assert [(item["format"], item["counts"]["membership"]) for item in content["imports"]] == [
        ("Popolo JSON", {"read": 2, "kept": 1, "joined": 0, "left_out": 1})
    ]
    assert len((tmp_path / "atlas" / "findings.csv").read_text(encoding="utf-8").splitlines()) == 1 + len(
        report.findings
    )
    build([house, MINI], tmp_path / "atlas")  # an atlas that was made from files is replaced like any other


def test_the_direct_triples_of_an_import_leave_out_what_has_ended(house: Path, tmp_path: Path) -> None:
    made = read(house)
    assert made.checked == ""
    assert not any("direct/house" in quad for quad in quads(made))
