"""What every dataset of real bodies owes its readers."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from graph_build.builder import bundled
from graph_build.readers import read_dataset
from graph_build.readers.references import check_references

DATASETS = Path(__file__).parents[2] / "datasets"
FOLDERS = sorted(
    folder for folder in DATASETS.iterdir() if (folder / "datapackage.json").is_file() and folder.name != "norms"
)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_body_is_named_in_english_and_ukrainian(folder: Path) -> None:
    assert not [row["id"] for row in rows(folder, "actors") if not (row["label_en"] and row["label_uk"])]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_relation_cites_something_and_says_how_it_was_checked(folder: Path) -> None:
    cited = {row["relation"] for row in rows(folder, "evidence")}
    for row in rows(folder, "relations"):
        assert row["id"] in cited, row
        assert row["verified"] in {"read", "secondary", "memory"}, row
        assert row["confidence"] != "high" or row["verified"] == "read", row


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_law_is_cited_for_what_a_law_provides_and_a_date_for_what_is_done(folder: Path) -> None:
    dated = {row["id"] for row in rows(folder, "sources") if row["issued"] or row["retrieved"]}
    evidence = {(row["relation"], row["source"]) for row in rows(folder, "evidence")}
    named = {row["id"] for row in rows(folder, "actors") if not row.get("stands_for")}
    for row in rows(folder, "relations"):
        if row["actor"] not in named or row["verified"] == "memory":
            continue
        if row["modality"] == "normative" and folder.name not in {"standards", "international"}:
            assert row["legal_basis"], row
        if row["modality"] == "actual":
            assert any((row["id"], source) in evidence for source in dated), row


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_readme_prints_the_shares_that_the_table_has(folder: Path) -> None:
    readme = folder / "README.md"
    if not readme.is_file():
        pytest.fail("each dataset says in a README how sure it is")
    counts = Counter(row["verified"] for row in rows(folder, "relations"))
    numbers = set(map(int, re.findall(r"\d+", readme.read_text(encoding="utf-8"))))
    assert set(counts.values()) <= numbers, counts


def test_no_relation_reaches_beyond_the_life_of_a_body() -> None:
    assert list(map(str, check_references([read_dataset(folder) for folder in bundled()]))) == []


def test_the_day_for_which_each_dataset_holds_is_stated() -> None:
    for folder in FOLDERS:
        checked = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["checked"]
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", checked), folder
