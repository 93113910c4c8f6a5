"""Lists of records within the rows of JSON and YAML: what no table of a mapping reads is told, once for each path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_build.readers.formats import import_source
from graph_build.readers.tabular_propose import propose
from graph_build.readers.tabular_unread import Unread
from tests.readers.conversion import DATA
from tests.readers.tables import mapped, written

ROWS: list[dict[str, Any]] = [
    {"id": "1", "name": "Alpha", "members": [{"name": "Ann", "roles": [{"of": "x"}]}, {"name": "Bob"}], "tags": ["a"]},
    {"id": "2", "name": "Beta", "members": [{"name": "Cid"}], "deep": {"list": [{}, "text", ["inner"]]}},
]
TABLE = '[[table]]\nfile = "{file}"\nactor.a = {{ key = "id", name = "name", note = ["tags", "deep/list"], type = {{ always = "organisation" }} }}\n'
MEMBERS = '[[table]]\nfile = "{file}"\nrecords = "*/members/*"\nactor.a = {{ name = "name", type = {{ always = "person" }} }}\n'
ROLES = '[[table]]\nfile = "{file}"\nrecords = "*/members/*/roles/*"\nactor.a = {{ name = "of", type = {{ always = "post" }} }}\n'
ALL = {
    "members": ('3 records in the list "members" of 2 rows are not read', "*/members/*"),
    "deep/list": ('2 records in the list "deep/list" of 1 row are not read', "*/deep/list/*"),
}
OF_MEMBERS = {"members/*/roles": ('1 record in the list "members/*/roles" of 1 row is not read', "*/members/*/roles/*")}


def told(tmp_path: Path, mapping: str, **files: str) -> dict[str, tuple[str, str]]:
    """Return what is told of lists that are not read, by their path, with the `records` that is advised."""
    made = mapped(tmp_path, mapping.format(file=next(iter(files)).replace("_", ".")), **files)
    found = [one for one in made.findings if "not read" in one.message]
    assert len({one.field for one in found}) == len(found)
    assert all(one.remedy == f'a [[table]] with records = "*/{one.field}/*" reads them' for one in found)
    return {one.field: (one.message.removeprefix("file: "), one.remedy.split('"')[1]) for one in found}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("x_json", json.dumps(ROWS)),
        ("x_jsonl", "\n".join(map(json.dumps, ROWS))),
        ("x_yaml", json.dumps(ROWS, indent=1)),
    ],
)
def test_lists_of_records_that_no_table_reads_are_told_with_their_counts(tmp_path: Path, file: str, text: str) -> None:
    assert told(tmp_path, TABLE, **{file: text}) == ALL


def test_a_table_that_reads_a_list_ends_the_telling_and_tells_what_is_within(tmp_path: Path) -> None:
    text, deep = json.dumps(ROWS), {"deep/list": ALL["deep/list"]}
    assert told(tmp_path, TABLE + MEMBERS, x_json=text) == deep | OF_MEMBERS
    assert told(tmp_path, TABLE + MEMBERS + ROLES, x_json=text) == deep
    assert told(tmp_path, TABLE + ROLES, x_json=text) == deep  # their names are at hand as ../name
    assert told(tmp_path, MEMBERS, x_json=text) == deep | OF_MEMBERS
    assert told(tmp_path, TABLE + TABLE.replace("actor.a", "actor.b"), x_json=text) == ALL


def test_rows_that_are_lists_are_told_and_read_as_is_advised(tmp_path: Path) -> None:
    text = json.dumps(
        {"A": [{"id": "1", "name": "Ann"}], "B": [{"id": "2", "name": "Bob"}, {"id": "3", "name": "Cid"}]}
    )
    (finding,) = (
        one for one in mapped(tmp_path, TABLE.format(file="x.json"), x_json=text).findings if "lists" in one.message
    )
    assert finding.message == "file: 3 records in 2 rows that are lists are not read"
    assert finding.remedy == 'a [[table]] with records = "*/*" reads them'
    made = mapped(tmp_path, TABLE.format(file="x.json").replace("actor", 'records = "*/*"\nactor', 1), x_json=text)
    assert {actor.label_en for actor in made.actors} == {"Ann", "Bob", "Cid"}
    assert not any("not read" in one.message for one in made.findings)


def test_the_advice_is_true_or_is_not_given(tmp_path: Path) -> None:
    rows = [{"id": "1", "name": "A", "a/b": [{}], 'say "x"': [{"id": "7", "name": "Seven"}]}]
    made = mapped(tmp_path, TABLE.format(file="x.json"), x_json=json.dumps(rows))
    remedies = {one.field: one.remedy for one in made.findings if "not read" in one.message}
    assert remedies["a/b"] == "no table can name where they stand: give them to a file of their own"
    advised = remedies['say "x"'].removeprefix("a [[table]] with ").removesuffix(" reads them")
    mapping = TABLE.format(file="x.json").replace("actor", f"{advised}\nactor", 1)
    assert [actor.label_en for actor in mapped(tmp_path, mapping, x_json=json.dumps(rows)).actors] == ["Seven"]


def test_very_many_paths_and_deep_ones_take_little_memory_and_are_counted() -> None:
    unread = Unread((("*",),))
    value: Any = [[]]
    for number in range(2_000):
        unread.look({f"key {number}": [{}]})
    unread.look({"k" * 100_000: [{}]})
    for _ in range(900):
        value = {"a": value}
    unread.look(value)
    assert len(unread.found) == 501
    notes = list(unread.notes())
    assert notes[-1].message == "1,502 records in further lists of 1,502 rows are not read"
    assert sum(records for records, _ in unread.found.values()) == 2_002


def test_a_proposal_says_which_lists_it_does_not_read(tmp_path: Path) -> None:
    rows = [*ROWS, {"id": "3", "name": "C", "two\nlines": [{}]}]
    proposal = propose(written(tmp_path, "x.json", json.dumps(rows)), tmp_path)
    for message, records in ALL.values():
        assert f'# {message}: a [[table]] with records = "{records}" reads them\n' in proposal
    assert '# 1 record in the list "two\\nlines" of 1 row is not read' in proposal
    made = import_source(written(tmp_path, "x.toml", proposal)).dataset()
    assert made.report is not None
    assert made.report.counts["row"].read == 3  # what is told of the file is no row


@pytest.mark.skipif(not DATA.exists(), reason="the folder of real files is not there")
def test_the_members_of_international_bodies_are_not_lost_without_a_word(tmp_path: Path) -> None:
    file = DATA / "intergovernmental-bodies" / "intblocks.jsonl"
    made = mapped(tmp_path, TABLE.format(file=file))
    said = '36,280 records in the list "includes" of 918 rows are not read'
    assert [one.message for one in made.findings if one.field == "includes"] == [f"file: {said}"]
    assert f'# {said}: a [[table]] with records = "*/includes/*" reads them' in propose(file, tmp_path)


STATE = {
    "persons": [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Bob"}],
    "organizations": [{"id": "o1", "name": "Court", "seats": [{"no": 1}]}],
    "words": ["a"],
    "meta": {"day": "2020"},
}
BESIDE = 'what stands under "words", "meta" at the top of the file is in no table and was not read'


def test_a_proposal_reads_each_list_of_an_object_of_lists(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text(json.dumps(STATE), encoding="utf-8")
    proposal = propose(file, tmp_path)
    assert [line for line in proposal.splitlines() if line.startswith("records")] == [
        'records = "persons/*"',
        'records = "organizations/*"',
    ]
    assert f"# {BESIDE}" in proposal
    mapping = tmp_path / "state.mapping.toml"
    mapping.write_text(proposal, encoding="utf-8")
    made = import_source(mapping).dataset()
    assert [actor.label_en for actor in made.actors] == ["Ann", "Bob", "Court"]
    said = {finding.message: finding.remedy for finding in made.findings if "not read" in finding.message}
    assert said == {
        f"file: {BESIDE}": 'a [[table]] with records = "words" reads the first',
        'file: 1 record in the list "organizations/*/seats" of 1 row is not read': 'a [[table]] with records = "organizations/*/seats/*" reads them',
    }


def test_a_first_step_reads_the_list_of_that_key_alone_and_the_others_are_told(tmp_path: Path) -> None:
    table = TABLE.replace("actor.a", 'records = "persons/*"\nactor.a')
    made = mapped(tmp_path, table.format(file="x.json"), x_json=json.dumps(STATE))
    assert [actor.label_en for actor in made.actors] == ["Ann", "Bob"]
    assert [one.remedy for one in made.findings if '"organizations"' in one.message] == [
        'a [[table]] with records = "organizations/*" reads them'
    ]


def test_lists_under_keys_that_are_data_are_one_table(tmp_path: Path) -> None:
    file = tmp_path / "committees.json"
    file.write_text(json.dumps({f"C{n}": [{"id": n, "name": f"Member {n}"}] for n in range(21)}), encoding="utf-8")
    assert [line for line in propose(file, tmp_path).splitlines() if line.startswith("records")] == ['records = "*/*"']
