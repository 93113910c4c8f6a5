"""Tables side by side and below one another on one sheet: both are read, or what was left out is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_build.errors import InputError
from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from graph_build.readers.tabular_propose import propose
from tests.readers.conversion import adds_up, errors
from tests.readers.tables import Cells, ods, written, xlsx

LISTS: Cells = [
    ["Ministries", None, None, "Agencies", None],
    ["Name", "Founded", None, "Name", "Founded"],
    ["Defence", 1991, None, "Service", 1992],
    ["Interior", 1990, None, "Bureau", 2015],
    ["Justice", 1991, None, None, None],
]
GRAPH: Cells = [
    ["Name", "Type", None, None, "From", "To", "Relation"],
    ["Rada", "Parliament", None, None, "Rada", "Service", "oversees"],
    ["Service", "Agency", None, None, "President", "Service", "directs"],
    ["President", "Head of state", None, None, None, None, None],
]
LOWER: Cells = [
    ["Name", "Founded", None, None],
    ["Defence", 1991, None, None],
    [],
    [None, None, None, "Donor", "Recipient"],
    [None, None, None, "Norway", "Defence"],
]


def read(folder: Path, mapping: str) -> Dataset:
    made = import_source(written(folder, "m.toml", mapping)).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


def sheet(folder: Path, rows: Cells, make: str = "xlsx") -> Path:
    if make == "csv":
        lines = (";".join("" if cell is None else str(cell) for cell in row) for row in rows)
        return written(folder, "t.csv", "\n".join(lines) + "\n")
    return {"xlsx": xlsx, "ods": ods}[make](folder / f"t.{make}", {"S": rows})


def said(made: Dataset) -> str:
    return "\n".join(finding.message for finding in made.findings)


def stated(made: Dataset) -> set[tuple[str, str, str]]:
    names = {one.id: one.label_en for one in made.actors}
    return {(names[one.actor], one.kind, names[one.target]) for one in made.relations}


@pytest.mark.parametrize("make", ["xlsx", "ods", "csv"])
def test_two_lists_side_by_side_are_two_tables(tmp_path: Path, make: str) -> None:
    mapping = propose(sheet(tmp_path, LISTS, make), tmp_path)
    assert 'columns = "A:B"' in mapping
    assert 'columns = "D:E"' in mapping
    made = read(tmp_path, mapping)
    assert {(one.label_en, one.founded) for one in made.actors} == {
        ("Defence", "1991"),
        ("Interior", "1990"),
        ("Justice", "1991"),
        ("Service", "1992"),
        ("Bureau", "2015"),
    }
    assert "were not read" not in said(made)


def test_actors_and_their_relations_side_by_side_are_two_tables(tmp_path: Path) -> None:
    made = read(tmp_path, propose(sheet(tmp_path, GRAPH), tmp_path))
    assert stated(made) == {("Rada", "oversight", "Service"), ("President", "direction", "Service")}
    assert {(one.label_en, one.type) for one in made.actors} == {
        ("Rada", ("parliament",)),
        ("Service", ("public-institution",)),
        ("President", ("head-of-state",)),
    }


def test_tables_that_begin_in_other_rows_and_columns_are_two(tmp_path: Path) -> None:
    for rows in (LOWER, [row for row in LOWER if row]):
        made = read(tmp_path, propose(sheet(tmp_path, rows), tmp_path))
        assert stated(made) == {("Norway", "funding", "Defence")}
        assert {one.label_en for one in made.actors} == {"Norway", "Defence"}


@pytest.mark.parametrize(
    "header",
    [
        ["Donor", "Country", None, "Recipient", "Country"],
        ["Person", "Born", None, "Body", "Post"],
        ["Donor", "Country", None, "Agency", "Head"],
    ],
)
def test_a_relation_over_an_empty_column_is_one_table_and_the_column_is_told(
    tmp_path: Path, header: list[str | None]
) -> None:
    rows = [header, ["Anna", "UA", None, "Police", "UA"], ["Borys", "SE", None, "Court", "GE"]]
    mapping = propose(sheet(tmp_path, rows), tmp_path)
    assert mapping.count("[[table]]") == 1 + mapping.count("give each a [[table]]")
    assert "# empty: column C" in mapping
    assert {one.place.line for one in read(tmp_path, mapping).relations if one.place} == {2, 3}


def test_groups_over_names_that_are_the_same_on_both_sides_are_one_table(tmp_path: Path) -> None:
    rows: Cells = [
        ["Donor", None, None, "Recipient", None],
        ["Name", "Country", None, "Name", "Country"],
        ["Norway", "NO", None, "Police", "UA"],
        ["Sweden", "SE", None, "Court", "UA"],
    ]
    made = read(tmp_path, propose(sheet(tmp_path, rows), tmp_path))
    assert stated(made) == {("Norway", "funding", "Police"), ("Sweden", "funding", "Court")}


def test_columns_that_no_table_of_the_mapping_has_are_told_with_their_place(tmp_path: Path) -> None:
    mapping = propose(sheet(tmp_path, GRAPH), tmp_path)
    made = read(tmp_path, mapping[: mapping.rindex("[[table]]")])
    (found,) = [finding for finding in made.findings if "were not read" in finding.message]
    assert 'the sheet "S": columns E, F, G are in no table of the mapping' in found.message
    assert "up to 3 rows" in found.message
    assert found.line == 1


def test_a_wider_table_below_an_empty_row_has_its_own_header_whatever_its_words(tmp_path: Path) -> None:
    rows: Cells = [
        ["Donor", "Recipient"],
        ["Norway", "Police"],
        [],
        ["Körperschaft", "Vorsteher", "Ort"],
        ["Amt", "Meier", "Bonn"],
        ["Kammer", "Schulz", "Köln"],
    ]
    made = read(tmp_path, propose(sheet(tmp_path, rows), tmp_path))
    assert stated(made) == {("Norway", "funding", "Police")}
    assert {"Amt", "Kammer"} <= {one.label_en for one in made.actors}
    assert 'the column "Ort" is not taken over: 2 rows have it' in said(made)


def test_a_row_below_an_empty_one_that_may_be_a_header_is_named_in_the_mapping(tmp_path: Path) -> None:
    rows: Cells = [["Donor", "Recipient"], ["Norway", "Police"], [], ["Amt", "Meier"], ["Kammer", "Schulz"]]
    mapping = propose(sheet(tmp_path, rows), tmp_path)
    assert "# row 4 stands below an empty one" in mapping
    assert "this one last = 2" in mapping


def test_a_header_without_a_row_above_another_table_is_no_table(tmp_path: Path) -> None:
    rows: Cells = [["Name", "Type", "Country"], [], ["Donor", "Recipient", "Purpose"], ["Norway", "Police", "radios"]]
    made = read(tmp_path, propose(sheet(tmp_path, rows), tmp_path))
    assert stated(made) == {("Norway", "funding", "Police")}


def test_a_column_of_remarks_beyond_an_empty_one_is_part_of_its_table(tmp_path: Path) -> None:
    rows: Cells = [["Name", "Type", None, "Remarks"], ["Rada", "Parliament", None, "old"], ["Court", "Court", None, ""]]
    mapping = propose(sheet(tmp_path, rows), tmp_path)
    assert "columns =" not in mapping.replace("with its columns =", "")
    assert {one.note for one in read(tmp_path, mapping).actors} == {"old", ""}


def test_columns_without_a_header_are_called_by_their_letters_in_the_sheet(tmp_path: Path) -> None:
    rows: Cells = [["Name", None, "x"], ["Rada", "b", "a"]]
    mapping = '[[table]]\nfile = "t.xlsx"\nheader = 1\ncolumns = "B:C"\n[table.actor.a]\nname = "column B"\n'
    sheet(tmp_path, rows)
    assert [one.label_en for one in read(tmp_path, mapping).actors] == ["b"]


@pytest.mark.parametrize("columns", ["A", "C:A", "a:b", "1:2", "A:ZZZ"])
def test_columns_that_are_none_are_an_error_of_the_mapping(tmp_path: Path, columns: str) -> None:
    sheet(tmp_path, LISTS)
    mapping = f'[[table]]\nfile = "t.xlsx"\ncolumns = "{columns}"\n[table.actor.a]\nname = "Name"\n'
    with pytest.raises(InputError) as refused:
        read(tmp_path, mapping)
    assert f'"{columns}" names no columns' in refused.value.findings[0].message
    assert '"A:C"' in refused.value.findings[0].remedy
