"""Every kind of bad input: a finding with file, line and column, never a traceback and never a loss."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_build.encode import encode
from graph_build.errors import Finding, InputError
from graph_build.readers import check, read, read_all, table_schema
from graph_build.readers.dataset import TABLES

MINI = Path(__file__).parents[1] / "data" / "mini"
FILES = [name for name in TABLES if (MINI / f"{name}.csv").is_file()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(MINI, tmp_path / "mini")


def rows_of(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def change(file: Path, row: str, column: str, cell: str) -> tuple[int, int]:
    """Write a cell of the first row that begins with `row`, and return its line and column."""
    rows = rows_of(file)
    number = rows[0].index(column)
    line = next(index for index, cells in enumerate(rows) if cells[0] == row)
    rows[line][number] = cell
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    return line + 1, number + 1


def errors(folder: Path) -> list[Finding]:
    return [finding for finding in check([read(folder)]) if finding.severity == "error"]


def warnings(folder: Path) -> list[Finding]:
    return [finding for finding in check([read(folder)]) if finding.severity == "warning"]


def test_the_fixture_has_no_fault() -> None:
    datasets, findings = read_all([MINI])
    assert findings == []
    assert [len(list(dataset.records())) for dataset in datasets] == [15 + 5 + 25 + 26 + 5 + 1]


def test_a_record_has_the_values_of_its_row() -> None:
    relation = next(relation for relation in read(MINI).relations if relation.id == "m-16")
    assert relation.others == ("xx-ombudsman", "xx-committee-security")
    assert (relation.phrase, relation.start, relation.negated) == ("sends its findings to", "2024-02-29", False)
    assert relation.place is not None
    assert relation.place.line == 17


WRONG_CELLS = [
    ("actors", "xx-police", "id", "", '"id" is empty'),
    ("actors", "xx-police", "id", "XX Police", 'does not have the form of "id"'),
    ("actors", "xx-police", "label_en", "", '"label_en" is empty'),
    ("actors", "xx-police", "type", "polise", 'no actor type "polise"'),
    ("actors", "xx-police", "country", "Examplia", 'does not have the form of "country"'),
    ("actors", "xx-police", "founded", "2021-02-30", '"2021-02-30" is not a date'),
    ("actors", "xx-police", "founded", "2021-13", '"2021-13" is not a date'),
    ("actors", "xx-police", "founded", "long ago", 'does not have the form of "founded"'),
    ("actors", "xx-old-intelligence", "dissolved", "1949", "1949 is before 1950"),
    ("actors", "xx-police", "exact_match", "Q0", "neither a Wikidata item nor a web address"),
    ("actors", "xx-police", "stands_for", "police", "an archetype has an id that begins with norm-"),
    ("actors", "norm-cso", "stands_for", "", "an archetype has an id that begins with norm-"),
    ("actors", "norm-cso", "stands_for", "csoo", 'no actor type "csoo"'),
    ("things", "defence-budget", "type", "bugdet", 'no thing type "bugdet"'),
    ("things", "defence-budget", "broader", "no-such", 'no thing "no-such"'),
    ("things", "multi-year-grants", "addresses", "no-such", 'no thing "no-such"'),
    ("things", "lack-of-resources", "source", "no-such", 'no source "no-such"'),
    ("relations", "m-01", "actor", "norm-parliment", 'no actor "norm-parliment"'),
    ("relations", "m-01", "target", "no-such", 'no actor or thing "no-such"'),
    ("relations", "m-03", "target", "principle:openness", 'no principle "openness"'),
    ("relations", "m-16", "with", "xx-ombudsman|no-such", 'no actor or thing "no-such"'),
    ("relations", "m-16", "with", "layer:public", 'does not have the form of "with"'),
    ("relations", "m-01", "kind", "oversigth", 'no kind of relation "oversigth"'),
    ("relations", "m-01", "modality", "must", '"must" is not one of: normative'),
    ("relations", "m-01", "modality", "actual", "an archetype: nothing is actual of a kind of actor"),
    ("relations", "m-10", "modality", "descriptive", "a named actor: descriptive is for kinds of actors"),
    ("relations", "m-01", "negated", "maybe", '"maybe" is not one of: true, false'),
    ("relations", "m-01", "function", "scrutinny", 'no function "scrutinny"'),
    ("relations", "m-01", "layer", "parliament", 'no layer "parliament"'),
    ("relations", "m-02", "topic", "budgets", 'no topic "budgets"'),
    ("relations", "m-01", "channel", "hearrings", 'no channel "hearrings"'),
    ("relations", "m-03", "principle", "openness", 'no principle "openness"'),
    ("relations", "m-17", "phrase", "", 'a relation of the kind "other" has no phrase'),
    ("relations", "m-15", "amount", "much", 'does not have the form of "amount"'),
    ("relations", "m-15", "currency", "", "an amount has no currency"),
    ("relations", "m-15", "end", "2021", "2021 is before 2022"),
    ("relations", "m-09", "legal_basis", "no-law art. 6", 'no source "no-law"'),
    ("relations", "m-10", "confidence", "certain", '"certain" is not one of: low, medium, high'),
    ("relations", "m-12", "confidence", "high", "high confidence needs a source that was read"),
    ("relations", "m-01", "status", "fine", '"fine" is not one of: accepted'),
    ("evidence", "m-01", "relation", "m-99", 'no relation "m-99"'),
    ("evidence", "m-01", "source", "no-such", 'no source "no-such"'),
    ("evidence", "m-01", "locator", "", '"locator" is empty'),
    ("evidence", "m-01", "locator", "char=12", '"char=12" is not a range'),
    ("evidence", "m-01", "locator", "char=50,12", '"char=50,12" is an empty range'),
    ("evidence", "m-12", "locator", "page=iv", '"page=iv" is not a page'),
    ("evidence", "m-01", "sha256", "abc", 'does not have the form of "sha256"'),
    ("evidence", "m-01", "sha256", "", "a range has no digest"),
    ("evidence", "m-01", "stance", "maybe", '"maybe" is not one of: supports, disputes'),
    ("sources", "page", "type", "pamphlet", 'no source type "pamphlet"'),
    ("sources", "page", "url", "javascript:alert(1)", '"javascript:alert(1)" does not have the form of "url"'),
    ("sources", "page", "archived", "//example.org/x", 'does not have the form of "archived"'),
    ("sources", "page", "url", "https://", '"https://" is not a web address'),
    ("sources", "page", "file", "..", '".." is not the name of a file'),
    ("relations", "m-01", "phrase", "says " * 100, "is longer than 300 signs"),
    ("sources", "page", "url", "https://exa mple.org/<x>", "is not a well-formed address"),
    ("sources", "page", "retrieved", "2025", "2025 is not a day"),
    ("sources", "page", "file", "../secret.txt", 'does not have the form of "file"'),
    ("sources", "xx-law-12", "replaces", "no-such", 'no source "no-such"'),
    ("sources", "xx-law-12", "about", "topic:spying", 'no topic "spying"'),
    ("sources", "xx-gazette-2024", "listed_by", "no-such", 'no source "no-such"'),
    ("sources", "xx-law-12", "repealed", "2018", ""),
    ("searches", "oversight of xx-ministry-defence by xx-parliament", "when", "2025-02-29", "is not a date"),
]


@pytest.mark.parametrize(("table", "row", "column", "cell", "message"), WRONG_CELLS)
def test_a_wrong_cell_is_found_where_it_is(
    folder: Path, table: str, row: str, column: str, cell: str, message: str
) -> None:
    file = folder / f"{table}.csv"
    line, number = change(file, row, column, cell)
    found = [item for item in errors(folder) if (item.file, item.line, item.column) == (str(file), line, number)]
    if not message:  # a year holds the day that it must not be before
        assert found == []
        return
    assert [message in item.message for item in found] == [True]
    assert found[0].field == column
    assert f"{file}:{line}:{number}: error: {column}: " in str(found[0])


def test_a_misspelt_word_brings_the_nearest_ones(folder: Path) -> None:
    change(folder / "relations.csv", "m-01", "kind", "oversigth")
    assert [finding.remedy for finding in errors(folder)] == ["did you mean: oversight"]


def test_a_normative_relation_needs_a_ground(folder: Path) -> None:
    line, _ = change(folder / "relations.csv", "m-14", "legal_basis", "")
    assert errors(folder) == []  # the law is cited as evidence
    change(folder / "evidence.csv", "m-14", "source", "xx-gazette-2024")
    found = errors(folder)
    assert [(finding.line, finding.field) for finding in found] == [(line, "legal_basis")]
    assert "neither a legal basis nor evidence in a law, standard or handbook" in found[0].message


def test_the_same_id_twice_is_found_and_says_where_the_first_is(folder: Path) -> None:
    line, number = change(folder / "actors.csv", "xx-police", "id", "xx-ombudsman")
    found = [finding for finding in errors(folder) if "taken" in finding.message]
    assert [(finding.line, finding.column) for finding in found] == [(line + 1, number)]
    assert f"actors.csv:{line}" in found[0].message


def test_an_actor_and_a_thing_cannot_share_an_id(folder: Path) -> None:
    line, _ = change(folder / "things.csv", "access-to-information", "id", "xx-police")
    found = [finding for finding in errors(folder) if "taken" in finding.message]
    assert [(Path(finding.file).name, finding.line) for finding in found] == [("things.csv", line)]


def test_ids_resolve_across_datasets(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    table = "id,actor,kind,target,modality\no-1,xx-watchdog,partnership,xx-gazette,actual\n"
    (other / "relations.csv").write_text(table, encoding="utf-8")
    package = {"name": "other", "checked": "2025-11-02", "resources": [{"name": "relations", "path": "relations.csv"}]}
    (other / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert [finding.message for finding in check([read(other)])] == [
        'there is no actor "xx-watchdog"',
        'there is no actor or thing "xx-gazette"',
    ]
    assert check([read(folder), read(other)]) == []


def test_two_datasets_cannot_share_a_name(folder: Path) -> None:
    assert any('has the name "mini" too' in finding.message for finding in check([read(MINI), read(folder)]))


def header(edit: Callable[[str], str]) -> Callable[[Path], None]:
    def edit_file(file: Path) -> None:
        first, rest = file.read_text(encoding="utf-8").split("\n", 1)
        file.write_text(edit(first) + "\n" + rest, encoding="utf-8")

    return edit_file


def appended(row: bytes) -> Callable[[Path], None]:
    def edit_file(file: Path) -> None:
        file.write_bytes(file.read_bytes() + row)

    return edit_file


def content(new: bytes) -> Callable[[Path], None]:
    def edit_file(file: Path) -> None:
        file.write_bytes(new)

    return edit_file


BROKEN_TABLES: list[tuple[Callable[[Path], None], int, int, str]] = [
    (header(lambda line: line.replace("label_en,", "")), 1, 12, 'the column "label_en" is missing'),
    (header(lambda line: line.replace("label_uk", "label_ua")), 1, 4, 'no column "label_ua" in this table'),
    (header(lambda line: line.replace("label_uk", "label_en")), 1, 4, 'the column "label_en" is there twice'),
    (header(lambda line: line.replace(",", ";")), 1, 1, "the columns are parted by semicolons"),
    (appended("\nzz,police,Жандармерія".encode()), 18, 4, "the row ends after 3 of 12 cells"),
    (appended(b"zz,police,Guard,,,,,,,,,,more,and more\n"), 17, 13, "the row has 14 cells, the header 12"),
    (appended(b"zz,police,caf\xe9 police,,,,,,,,,\n"), 17, 3, "byte 0xE9 here is not UTF-8"),
    (appended(b'zz,police,"a, b",\xfe,,,,,,,,\n'), 17, 4, "byte 0xFE here is not UTF-8"),
    (appended(b"zz,police,\0,,,,,,,,,\n"), 17, 3, "there is a NUL byte here"),
    (appended(b'zz,police,"never closed,,,,,,,,,\n'), 17, 1, "this is not CSV from here on"),
    (content(b""), 1, 1, "the table has no header"),
    (content("id,type,label_en\n".encode("utf-16")), 1, 1, "NUL byte"),
]


@pytest.mark.parametrize(("edit", "line", "column", "message"), BROKEN_TABLES)
def test_a_broken_table_is_found_where_it_breaks(
    folder: Path, edit: Callable[[Path], None], line: int, column: int, message: str
) -> None:
    edit(folder / "actors.csv")
    found = [finding for finding in errors(folder) if Path(finding.file).name == "actors.csv"]
    assert message in found[0].message
    assert (found[0].file, found[0].line) == (str(folder / "actors.csv"), line)
    if b"\0" not in (folder / "actors.csv").read_bytes()[:10]:
        assert found[0].column == column


def test_an_unreadable_table_does_not_make_every_id_in_it_dangle(folder: Path) -> None:
    (folder / "actors.csv").write_bytes(b"\xff")
    assert [finding.message for finding in errors(folder)] == ["byte 0xFF here is not UTF-8"]


def test_lines_are_those_of_the_file_also_after_cells_of_several_lines(folder: Path) -> None:
    change(folder / "actors.csv", "norm-cso", "note", "one\ntwo\nthree")
    change(folder / "actors.csv", "xx-police", "country", "Examplia")
    rows = (folder / "actors.csv").read_text(encoding="utf-8").split("\n")
    assert [finding.line for finding in errors(folder)] == [rows.index(next(r for r in rows if "xx-police" in r)) + 1]


def test_an_empty_row_is_a_warning_and_a_byte_order_mark_is_nothing(folder: Path) -> None:
    text = (folder / "things.csv").read_text(encoding="utf-8")
    first, rest = text.split("\n", 1)
    (folder / "things.csv").write_text(f"{first}\r\n,,,,,,,,,,,\r\n{rest}", encoding="utf-8-sig", newline="")
    assert errors(folder) == []
    assert [(finding.line, finding.message) for finding in warnings(folder)] == [
        (2, "the row is empty and was passed over")
    ]
    assert len(read(folder).things) == 5


@pytest.mark.parametrize("hostile", ["x" * 100_000, "</script><script>alert(1)</script>", "=HYPERLINK(1)", "@SUM(A1)"])
def test_hostile_text_is_kept_as_text(folder: Path, hostile: str) -> None:
    change(folder / "actors.csv", "xx-police", "label_en", hostile)
    assert check([read(folder)]) == []
    assert next(actor.label_en for actor in read(folder).actors if actor.id == "xx-police") == hostile


def test_a_message_shows_a_long_or_hostile_cell_short_and_on_one_line(folder: Path) -> None:
    change(folder / "actors.csv", "xx-police", "country", "A\x1b[31m\n" + "B" * 100_000)
    (found,) = errors(folder)
    assert len(str(found)) < 400
    assert str(found).isprintable()


def test_every_error_is_reported_at_once(folder: Path) -> None:
    rows = rows_of(folder / "relations.csv")
    kind = rows[0].index("kind")
    for row in rows[1:]:
        row[kind] = "nothing"
    with (folder / "relations.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    with pytest.raises(InputError, match="25 errors in") as caught:
        read_all([folder])
    assert [finding.line for finding in caught.value.findings] == list(range(2, 27))
    assert caught.value.exit_code == 6


def test_what_is_known_from_memory_becomes_a_draft(folder: Path) -> None:
    assert next(relation.status for relation in read(folder).relations if relation.id == "m-18") == "draft"
    line, number = change(folder / "relations.csv", "m-18", "status", "accepted")
    assert [(item.line, item.column) for item in warnings(folder)] == [(line, number)]


def test_too_many_others_are_a_warning(folder: Path) -> None:
    for name in ("m-10", "m-15"):
        change(folder / "relations.csv", name, "kind", "other")
        change(folder / "relations.csv", name, "phrase", "does something to")
    assert [item.message for item in warnings(folder)] == ['3 of 25 relations are of the kind "other"']


def test_evidence_given_twice_is_found(folder: Path) -> None:
    file = folder / "evidence.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    assert [(item.line, item.message) for item in errors(folder)] == [(28, "this piece of evidence is there twice")]


PACKAGES: list[tuple[str, str, str]] = [
    ('"name": "mini"', '"name": "Mini Set"', "is no name of a dataset"),
    ('"checked": "2025-11-02"', '"checked": "2025"', "the day for which the dataset holds is missing"),
    ('"checked": "2025-11-02"', '"checked": "2025-02-30"', "day is out of range for month"),
    ('"path": "things.csv"', '"path": "thing.csv"', "there is no file thing.csv"),
    ('"path": "things.csv"', '"path": "../things.csv"', "is not a file of this folder"),
    ('"path": "things.csv"', '"path": "https://example.org/things.csv"', "is not a file of this folder"),
    ('"name": "things"', '"name": "thinks"', 'there is no table "thinks"'),
    ('"https://creativecommons', '"javascript:creativecommons', "is not a web address"),
    ('"version": "1.0.0",', '"version": "1.0.0"', "this is not JSON"),
    ("Examplia, a", "\\ud800 a", "an escaped letter is not whole"),
]


@pytest.mark.parametrize(("old", "new", "message"), PACKAGES)
def test_a_wrong_description_is_found(folder: Path, old: str, new: str, message: str) -> None:
    file = folder / "datapackage.json"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = errors(folder)
    assert message in found[0].message
    assert found[0].file == str(file)
    if "not JSON" not in message and "escaped" not in message:
        line = next(
            n for n, row in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if new.split(":")[-1] in row
        )
        assert found[0].line == line


def test_a_table_beside_the_listed_ones_is_not_lost_in_silence(folder: Path) -> None:
    (folder / "persons.csv").write_text("id\n", encoding="utf-8")
    assert ["persons.csv is in the folder, but not listed" in item.message for item in warnings(folder)] == [True]


def test_what_is_no_dataset_is_an_input_error(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nothing", MINI / "actors.csv"):
        with pytest.raises(InputError):
            read(place)


@pytest.mark.parametrize("name", TABLES)
def test_the_schema_of_a_table_is_a_table_schema(name: str) -> None:
    from frictionless import Schema

    assert Schema.from_descriptor(dict(table_schema(name))).field_names[0] in ("id", "relation", "what", "story")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), st.binary(max_size=300), st.booleans())
def test_any_bytes_are_read_or_reported(folder: Path, table: str, junk: bytes, after: bool) -> None:
    file = folder / f"{table}.csv"
    whole = (MINI / file.name).read_bytes()
    file.write_bytes(whole + junk if after else junk)
    assert all(finding.line >= 0 and str(finding).isprintable() for finding in check([read(folder)]))
    file.write_bytes(whole)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), st.data())
def test_any_cells_are_read_or_reported(folder: Path, table: str, data: st.DataObject) -> None:
    """What passes the checks can be encoded; what cannot be encoded does not pass."""
    file = folder / f"{table}.csv"
    rows = rows_of(MINI / file.name)
    cells = st.one_of(
        st.text(max_size=12), st.sampled_from([*rows[1], "a|b", "Q1", "char=1,2", "2020-02", "topic:budget"])
    )
    row = data.draw(st.integers(1, len(rows) - 1))
    rows[row] = [data.draw(cells) if data.draw(st.integers(0, 9)) == 0 else cell for cell in rows[row]]
    with file.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        csv.writer(stream).writerows(rows)
    if not errors(folder):
        datasets, _ = read_all([folder])
        assert all(list(encode(record, datasets[0])) for record in datasets[0].records())
    shutil.copy(MINI / file.name, file)
