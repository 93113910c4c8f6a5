"""Security force workbooks: units under command, postings, incidents; sources and confidence by value, cited dates that are no spans."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source, recognise
from tests.readers.conversion import DATA, adds_up, errors, same_quads
from tests.readers.tables import ods, written, xlsx

TEMPLATE = DATA / "sfm-security-force-schema/sfm_data_entry_20210316.xlsx"
Rows = list[dict[str, object]]

UNITS: Rows = [
    {
        "id:admin": "u-1", "name": "1st Brigade", "name:source": "s-1", "name:confidence": "High",
        "other_names": "First Brigade; 1 Bde", "classification": "Army; Military", "country": "ng",
        "first_cited_date_year": 2012, "first_cited_date_month": 9, "last_cited_date": "2014-03-01",
        "relation_type": "child", "related_unit_id:admin": "u-2", "related_unit": "Northern Command",
        "related_unit:source": "s-1; s-2", "related_unit:confidence": "Medium", "related_unit_class": "Command",
        "related_unit_first_cited_date": "2012-09-10", "related_unit_first_cited_date_start": "N",
        "base_name": "Old Fort", "location": "l-1", "owner:admin": "TW",
    },
    {"id:admin": "u-1", "name": "1st Brigade", "relation_type": "member", "related_unit": "Joint Operation", "related_unit:source": "s-9"},
    {"id:admin": "u-2", "name": "Northern Command", "classification": "Something", "country": "NG",
     "first_cited_date": "1990", "first_cited_date_start": "Y"},
    {"classification": "Army"},
]  # fmt: skip
PERSONS: Rows = [
    {
        "id:admin": "p-1", "name": "A Soldier", "country": "ng", "posting_unit_id:admin": "u-1", "posting_unit_name": "1st Brigade",
        "posting_unit:source": "https://example.org/news", "posting_unit:confidence": "High", "posting_role": "Commander",
        "posting_rank": "Brigadier General", "posting_rank:confidence": "Low", "posting_first_cited_date": "2014-09-08",
        "posting_first_cited_date_start": "Y", "posting_last_cited_date": "2015-01-01", "posting_last_cited_date_end": "N",
    },
    {"id:admin": "p-1", "name": "A Soldier", "posting_unit_name": "Unlisted Unit", "posting_role": ""},
    {"id:admin": "p-2", "name": "Another", "posting_role": "Chief"},
]  # fmt: skip
BOOK: dict[str, tuple[str, Rows]] = {
    "units": ("unit", UNITS),
    "persons": ("person", PERSONS),
    "persons_extra": ("person_extra", [{"id:admin": "p-1", "name": "A Soldier", "gender": "m", "external_link_description": "profile"}]),
    "incidents": ("incident", [{"id:admin": "i-1", "start_date": "2013-04-05", "violation_type": "Torture", "perpetrator_unit_id:admin": "u-1", "perpetrator_unit_name": "1st Brigade", "all:source": "s-1"}]),
    "sources": ("source", [
        {"access_point_id:admin": "s-1", "title": "A report", "url": "https://example.org/report", "publication_name": "A paper", "published_timestamp": "2014-02-03T00:00:00"},
        {"access_point_id:admin": "s-2", "title": "A book"},
        {"title": "Nameless"},
    ]),
    "locations": ("location", [{"id:admin": "l-1", "name": "Kaduna", "geo_type": "node"}, {"id:admin": "l-2", "name": "Elsewhere"}]),
}  # fmt: skip


def sheets(book: dict[str, tuple[str, Rows]]) -> dict[str, list[list[object]]]:
    made: dict[str, list[list[object]]] = {"notes": [["Title", "A sample"]]}
    for name, (prefix, rows) in book.items():
        columns = list(dict.fromkeys(key for row in rows for key in row))
        made[name] = [
            [f"{prefix}:{key}" for key in columns],
            *([row.get(key, "") for key in columns] for row in rows),
            [],
        ]
    return made


def force(tmp_path: Path) -> Dataset:
    made = import_source(xlsx(tmp_path / "force.xlsx", sheets(BOOK))).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


def test_every_row_is_counted(tmp_path: Path) -> None:
    report = force(tmp_path).report
    assert report is not None
    assert {what: (one.read, one.kept, one.joined, one.left_out) for what, one in report.counts.items()} == {
        "unit": (4, 2, 1, 1),
        "person": (3, 2, 1, 0),
        "person extra": (1, 0, 1, 0),
        "incident": (1, 1, 0, 0),
        "source": (3, 2, 0, 1),
        "location": (2, 0, 1, 1),
    }


def test_a_unit_has_its_names_type_and_what_sources_say_of_when(tmp_path: Path) -> None:
    made = force(tmp_path)
    units = {actor.label_en: actor for actor in made.actors}
    brigade, command = units["1st Brigade"], units["Northern Command"]
    assert (brigade.type, brigade.country, brigade.alt_labels) == (
        ("armed-forces",),
        "NG",
        ("First Brigade", "1 Bde"),
    )
    assert (brigade.founded, brigade.dissolved) == ("", "")
    assert "first cited 2012-09, last cited 2014-03-01" in brigade.note
    assert "base: Old Fort; location: Kaduna" in brigade.note
    assert "source of name: s-1" in brigade.note
    assert (command.type, command.founded) == (("organisation",), "1990")
    assert units["Joint Operation"].type == ("organisation",)


def test_command_has_its_own_sources_and_confidence(tmp_path: Path) -> None:
    made = force(tmp_path)
    names = {actor.id: actor.label_en for actor in made.actors}
    found = {(one.kind, names.get(one.actor), names.get(one.target)): one for one in made.relations}
    part = found["composition", "1st Brigade", "Northern Command"]
    assert (part.confidence, part.function, part.start) == ("medium", ("part",), "")
    assert "class: Command; first cited 2012-09-10" in part.note
    assert found["direction", "Northern Command", "1st Brigade"].function == ("command",)
    assert ("membership", "1st Brigade", "Joint Operation") in found
    cited = {item.source for item in made.evidence if item.relation == part.id}
    titles = {source.title for source in made.sources if source.id in cited}
    assert titles == {"A report", "A book", "force.xlsx"}
    assert any('"s-9" is not in the sheet of sources' in finding.message for finding in made.findings)


def test_a_posting_starts_only_where_a_flag_says_so(tmp_path: Path) -> None:
    made = force(tmp_path)
    posting = next(relation for relation in made.relations if relation.role == "Commander")
    assert (posting.start, posting.end, posting.confidence) == ("2014-09-08", "", "")
    assert posting.note == (
        "rank: Brigadier General (confidence: low); first cited 2014-09-08, last cited 2015-01-01; confidence: high"
    )
    assert sum(relation.kind == "membership" and relation.role == "" for relation in made.relations) == 2
    assert any("a posting names no unit" in finding.message for finding in made.findings)
    assert any('"person_extra:gender" of persons_extra is not taken over' in item.message for item in made.findings)


def test_what_a_row_says_beyond_its_columns_or_in_no_known_form_is_told(tmp_path: Path) -> None:
    header = "unit:id:admin,unit:name,unit:country,,unit:first_cited_date_year,unit:first_cited_date_month,unit:first_cited_date_day,unit:first_cited_date_start"
    rows = ("u1,A,ua,,2014,,5,Y", "u2,B,ua,,'14,5,,Y", "u3,C,ua,lost,2014,,,perhaps", "u4,D, E,ua,,2014,,,N,0")
    (tmp_path / "units.csv").write_text("\n".join((header, *rows)), encoding="utf-8")
    made = import_source(tmp_path / "units.csv").dataset()
    adds_up(made)
    assert [actor.label_en for actor in made.actors] == ["A", "B", "C", "D"]
    said = [(finding.line, finding.message.partition(": ")[2]) for finding in made.findings]
    for line, words in (
        (2, 'the day "5" has no month'),
        (3, '"\'14-5" has no year'),
        (4, '"lost" stands under no header'),
        (4, '"perhaps" is neither yes nor no'),
        (5, '"ua; N; 0" stands under no header'),
    ):
        assert [text for at, text in said if at == line and words in text], (line, words, said)


def test_an_incident_names_who_is_said_to_have_done_it(tmp_path: Path) -> None:
    made = force(tmp_path)
    (event,) = made.things
    (named,) = [relation for relation in made.relations if relation.target == event.id]
    assert (event.type, event.label_en) == ("event", "Torture, 2013-04-05")
    assert (named.kind, named.phrase, named.start) == ("other", "is named as a perpetrator of", "2013-04-05")


def test_an_open_document_gives_the_same(tmp_path: Path) -> None:
    one = force(tmp_path)
    (tmp_path / "again").mkdir()
    other = import_source(ods(tmp_path / "again/force.ods", sheets(BOOK))).dataset()
    assert [actor.label_en for actor in other.actors] == [actor.label_en for actor in one.actors]
    assert [relation.id for relation in other.relations] == [relation.id for relation in one.relations]


def test_the_sheets_as_csv_files_in_a_folder_are_one_source(tmp_path: Path) -> None:
    import csv

    for name, rows in sheets(BOOK).items():
        if name in ("units", "persons", "incidents"):
            with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(rows)
    made = import_source(tmp_path).dataset()
    assert {actor.label_en for actor in made.actors} >= {"1st Brigade", "A Soldier"}
    assert errors([made]) == []


def test_a_workbook_builds_as_the_folder_that_it_converts_into(tmp_path: Path) -> None:
    same_quads(xlsx(tmp_path / "force.xlsx", sheets(BOOK)), tmp_path / "folder")


def test_another_workbook_is_not_taken_for_one_of_this_form(tmp_path: Path) -> None:
    assert recognise(xlsx(tmp_path / "x.xlsx", {"units": [["name", "size"], ["a", 1]]})) is None
    assert recognise(written(tmp_path, "broken.xlsx", b"PK\x03\x04 xl/workbook.xml")) is None


@pytest.mark.skipif(not TEMPLATE.exists(), reason="the folder of real files is not there")
def test_the_real_form_without_an_entry_is_accepted() -> None:
    form = recognise(TEMPLATE)
    assert form is not None
    assert form.name == "sfm"
    made = import_source(TEMPLATE).dataset()
    assert (made.actors, made.relations) == ((), ())
    assert errors([made]) == []
    assert {finding.message.split('"')[1] for finding in made.findings} == {"notes", "fieldset"}


@pytest.mark.skipif(not TEMPLATE.exists(), reason="the folder of real files is not there")
def test_the_real_form_has_the_columns_that_are_read() -> None:
    from graph_build.readers.tabular_book import book_rows, sheet_names

    real = {cell for name in sheet_names(TEMPLATE) for cell in next(iter(book_rows(TEMPLATE, name))).cells}
    used = {f"{prefix}:{key}" for prefix, rows in BOOK.values() for row in rows for key in row}
    assert used <= real


CELL = st.sampled_from(["", "u-1", "x; y", "2014", "13/13/2013", "Y", "high", "https://e.org", "a\nb"]) | st.text(
    st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=6
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(sorted({key for row in UNITS for key in row})), CELL), max_size=4))
def test_any_cells_give_a_dataset_without_errors(tmp_path: Path, rows: Rows) -> None:
    import csv

    columns = sorted({key for row in UNITS for key in row})
    with (tmp_path / "units.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [[f"unit:{key}" for key in columns], *([row.get(key, "") for key in columns] for row in rows)]
        )
    made = import_source(tmp_path / "units.csv").dataset()
    assert errors([made]) == []
    adds_up(made)
