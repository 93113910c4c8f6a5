"""Stories beside the other tables of a dataset: read, checked cell by cell, and kept when a dataset is converted."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from graph_build.builder import build_store
from graph_build.convert import convert
from graph_build.errors import Finding, InputError
from graph_build.page.stories import stories
from graph_build.readers import read
from graph_build.resources import resource

MINI = Path(__file__).parents[1] / "data" / "mini"
COLUMNS = [
    field["name"]
    for field in json.loads(resource("ontology").joinpath("tables", "stories.json").read_text(encoding="utf-8"))[
        "fields"
    ]
]
STEPS = [
    [
        "who-watches",
        "1",
        "Who watches",
        "Хто наглядає",
        "A committee.",
        "",
        "",
        "XX",
        "2020-01-01",
        "xx-police",
        "m-09",
    ],
    ["who-watches", "2", "Who else", "", "Nobody is recorded.", "", "matrix", "XX", "", "", ""],
]


def told(folder: Path, steps: list[list[str]]) -> Path:
    """A copy of the small dataset with stories."""
    shutil.copytree(MINI, folder)
    with (folder / "stories.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *steps])
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"].append({"name": "stories", "path": "stories.csv"})
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def errors(folder: Path) -> list[Finding]:
    try:
        build_store([folder])
    except InputError as error:
        return [finding for finding in error.findings if finding.severity == "error"]
    return []


def test_the_steps_of_a_story_reach_the_page_in_their_order(tmp_path: Path) -> None:
    store = build_store([told(tmp_path / "mini", STEPS)])
    found = stories(store, ["XX"], ["xx-police"], ["m-09"])
    assert found == [
        {
            "id": "who-watches",
            "steps": [
                {
                    "title": ["Who watches", "Хто наглядає"],
                    "text": ["A committee.", ""],
                    "view": "",
                    "scope": "XX",
                    "asof": "2020-01-01",
                    "actors": ["xx-police"],
                    "relations": ["m-09"],
                },
                {
                    "title": ["Who else", ""],
                    "text": ["Nobody is recorded.", ""],
                    "view": "matrix",
                    "scope": "XX",
                    "asof": "",
                    "actors": [],
                    "relations": [],
                },
            ],
        }
    ]
    assert stories(store, ["XX"], ["xx-police"], []) == []  # a page without the relation does not tell of it
    assert stories(store, [], ["xx-police"], ["m-09"]) == []


@pytest.mark.parametrize(
    ("row", "column", "cell", "message"),
    [
        (0, "actors", "xx-polise", 'there is no actor "xx-polise"'),
        (1, "relations", "m-99", 'there is no relation "m-99"'),
        (1, "step", "3", 'step 2 of the story "who-watches" is missing'),
        (1, "step", "1", 'step 2 of the story "who-watches" is missing'),
        (0, "step", "first", 'does not have the form of "step"'),
        (0, "text_en", "", '"text_en" is empty'),
        (0, "as_of", "2021-02-30", "is not a date"),
        (0, "as_of", "2021", 'does not have the form of "as_of"'),
        (1, "view", "map", '"map" is not one of'),
        (0, "country", "Ukraine", 'does not have the form of "country"'),
    ],
)
def test_a_wrong_cell_is_found_where_it_is(tmp_path: Path, row: int, column: str, cell: str, message: str) -> None:
    steps = [list(step) for step in STEPS]
    steps[row][COLUMNS.index(column)] = cell
    folder = told(tmp_path / "mini", steps)
    found = [finding for finding in errors(folder) if message in finding.message]
    assert [(finding.file, finding.line, finding.column, finding.field) for finding in found] == [
        (str(folder / "stories.csv"), row + 2, COLUMNS.index(column) + 1, column)
    ]
    assert found[0].remedy or "is not one of: " in found[0].message


def test_a_story_of_another_dataset_cannot_go_on_here(tmp_path: Path) -> None:
    one = told(tmp_path / "mini", STEPS)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(one / "stories.csv", other)
    package = {
        "name": "other",
        "checked": "2025-01-01",
        "resources": [{"name": "stories", "path": "stories.csv"}],
    }
    (other / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        build_store([one, other])
    messages = [finding.message for finding in caught.value.findings]
    assert messages.count('the dataset "mini" has a story of this name too') == len(STEPS)


def test_a_converted_dataset_keeps_its_stories(tmp_path: Path) -> None:
    convert(told(tmp_path / "mini", STEPS), tmp_path / "out")
    assert [step.title_en for step in read(tmp_path / "out").stories] == ["Who watches", "Who else"]
    assert errors(tmp_path / "out") == []
