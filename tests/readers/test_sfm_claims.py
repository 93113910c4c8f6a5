"""Security force tables of other makes: claims, one assertion a row, and what WhoWasInCommand gives."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source, recognise
from tests.readers.conversion import DATA, adds_up, errors, same_quads
from tests.readers.drawn import counts, messages, told

CLAIM = ["type:claim", "status:meta", "researcher:meta", "citation:refs:claim", "about_entity:ref:claim"]
RANGE = ["first_precise:range", "last_precise:range", "first_imprecise:range", "last_imprecise:range", "starting:range", "ending:range", "public_notes:meta"]  # fmt: skip
TABLES: dict[str, list[list[str]]] = {
    "units": [
        [*CLAIM, "name:annotation", "unit:names:assertion", "unit:classifications:assertion", "country:annotation", *RANGE],
        ["unit", "accepted", "TW", "c1", "u1", "1 Brigade", "First Brigade", "Army", "ml", "", "", "2012-09-01", "2012-09-30", "Y", "N", ""],
        ["unit", "accepted", "TW", "c1", "u2", "Command", "Command", "Army", "ml", "2010-01-01", "2010-05-05", "", "", "N", "N", ""],
        ["unit", "accepted", "TW", "c1", "u1", "1 Brigade", "1 Bde", "Military", "ml", "2014-01-01", "2014-01-01", "", "", "N", "N", ""],
    ],
    "relations": [
        [*CLAIM, "relation:unit:refs:assertion", "relation:unit:names:qa", "relation:types:assertion", "relation:related_unit:refs:assertion", "relation:related_unit:names:qa", "relation:related_unit_classes:assertion", *RANGE],
        ["relation", "accepted", "", "c1", "r1", "u1", "1 Brigade", "child-of", "u2", "", "Command", "2013-01-01", "2014-01-01", "", "", "Y", "Y", ""],
        ["relation", "conflict", "", "c9", "r2", "u1", "", "member-of", "u3", "Third", "", "2013-01-01", "", "", "", "N", "N", "wrong"],
        ["relation", "accepted", "", "", "r3", "u1", "", "child-of", "u7", "", "", "", "", "", "", "N", "N", ""],
    ],
    "postings": [
        [*CLAIM, "posting:person:refs:assertion", "posting:person:names:qa", "posting:unit:refs:assertion", "posting:roles:assertion", "posting:ranks:assertion", *RANGE],
        ["posting", "accepted", "", "c1", "x", "p1", "A Soldier", "u1", "Commander", "Colonel", "", "", "2012-09-01", "2012-09-30", "Y", "N", ""],
    ],
    "positionings": [
        [*CLAIM, "positioning:unit:refs:assertion", "positioning:base_names:assertion", "positioning:location:refs:assertion", *RANGE],
        ["positioning", "accepted", "", "c1", "x", "u1", "Old Fort", "l1", "2013-01-01", "2013-01-01", "", "", "N", "N", ""],
    ],
    "trainings": [
        [*CLAIM, "training:trainer_unit:refs:assertion", "training:trainer_unit:names:qa", "training:recepient_unit:refs:assertion", "training:course:refs:assertion", *RANGE],
        ["training", "accepted", "", "c1", "x", "us1", "US Army", "u1", "Peacekeeping", "2013-01-01", "2013-01-05", "", "", "Y", "Y", ""],
    ],
    "incidents": [
        [*CLAIM, "incident:violation:types:assertion", "incident:perpetrator:refs:assertion", *RANGE],
        ["incident", "accepted", "", "c1", "i1", "Torture", "u1", "2013-04-05", "2013-04-05", "", "", "Y", "Y", ""],
    ],
    "materiel": [[*CLAIM, "materiel:names:assertion"], ["materiel", "accepted", "", "c1", "x", "Radar"]],
    "locations": [["id:entity", "name:annotation", "origin:location"], ["l1", "Kidal", "osm"], ["l2", "Gao", "osm"]],
    "citations": [
        ["source:access_point_id:admin", "source:access_point_trigger", "source:archive_url"],
        ["c1", "12", "https://web.archive.org/1"],
    ],
}  # fmt: skip
UNIT = [
    "unit:id:admin",
    "unit:name",
    "unit:country",
    "unit:classification",
    "unit:other_names",
    "unit:first_cited_date",
]
BRIGADE = ["u1", "1 Brigade", "Mali", "Army;Military", "First Brigade", "2012-01-"]


def folder(path: Path, tables: dict[str, list[list[str]]]) -> Path:
    path.mkdir()
    for name, rows in tables.items():
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return path


def force(path: Path, tables: dict[str, list[list[str]]]) -> Dataset:
    made = import_source(folder(path, tables)).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


def test_every_claim_is_counted_under_its_sort(tmp_path: Path) -> None:
    made = force(tmp_path / "mali", TABLES)
    assert counts(made) == {
        "unit claim": (3, 1, 2, 0),
        "relation claim": (3, 2, 0, 1),
        "posting claim": (1, 1, 0, 0),
        "positioning claim": (1, 1, 0, 0),
        "training claim": (1, 1, 0, 0),
        "incident claim": (1, 1, 0, 0),
        "claim": (1, 0, 0, 1),
        "location": (2, 0, 1, 1),
        "source": (1, 1, 0, 0),
    }
    assert told(made) == {
        ("1 Brigade", "composition", "Command", ""),
        ("Command", "direction", "1 Brigade", ""),
        ("1 Brigade", "membership", "Third", ""),
        ("A Soldier", "membership", "1 Brigade", ""),
        ("US Army", "capacity-building", "1 Brigade", ""),
        ("1 Brigade", "other", "Torture, 2013-04-05", "is named as a perpetrator of"),
    }
    said = messages(made)
    for words in (
        '"materiel" has no place',
        'the unit "u7", which is not in the file',
        '"researcher:meta"',
        '"c9" is not in',
    ):
        assert words in said


def test_a_range_is_a_start_or_an_end_only_where_its_flags_say_so(tmp_path: Path) -> None:
    made = force(tmp_path / "mali", TABLES)
    spans = {
        relation.kind: (relation.start, relation.end, relation.status)
        for relation in made.relations
        if relation.role == ""
    }
    assert spans["composition"] == ("2013-01-01", "2014-01-01", "accepted")
    assert spans["membership"] == ("", "", "draft")
    posting = next(relation for relation in made.relations if relation.role == "Commander")
    assert (posting.start, posting.end) == ("2012-09", "")
    assert "on some day from 2012-09-01 to 2012-09-30" in posting.note
    cited = {item.source for item in made.evidence if item.relation == posting.id}
    assert "https://web.archive.org/1" in {source.archived for source in made.sources if source.id in cited}


def test_a_unit_carries_what_all_its_claims_say(tmp_path: Path) -> None:
    made = force(tmp_path / "mali", TABLES)
    brigade = next(actor for actor in made.actors if actor.label_en == "1 Brigade")
    assert (brigade.founded, brigade.country, brigade.type) == ("2012-09", "ML", ("armed-forces",))
    assert brigade.alt_labels == ("First Brigade", "1 Bde")
    for words in ("base: Old Fort, location: Kidal", "on all days from 2014-01-01 to 2014-01-01", "source: c1"):
        assert words in brigade.note
    assert "contradicts" not in messages(made)


def test_claims_build_as_the_folder_that_they_convert_into(tmp_path: Path) -> None:
    same_quads(folder(tmp_path / "mali", TABLES), tmp_path / "folder")


def test_columns_may_be_named_by_their_keys(tmp_path: Path) -> None:
    rows = [
        [":claim/type", ":claim/statuses", ":claim/citation:refs", ":claim/about-entity:ref", ":annotation/name", ":assertion/unit:names", ":range-imprecise/first", ":range-imprecise/last", ":range/starting?"],
        ["unit", "accepted", "", "u1", "1 Brigade", "", "2012-01-01", "2012-12-31", "Y"],
    ]  # fmt: skip
    (unit,) = force(tmp_path / "keys", {"units": rows}).actors
    assert (unit.label_en, unit.founded) == ("1 Brigade", "2012")


@pytest.mark.skipif(not DATA.exists(), reason="the folder of real files is not there")
def test_the_example_of_the_handbook_is_known(tmp_path: Path) -> None:
    example = DATA / "sfm-security-force-schema/example-claim-as-row.csv"
    found = recognise(example)
    assert found is not None
    assert found.name == "sfm"
    (tmp_path / "postings.csv").write_bytes(example.read_bytes())
    people = [[*CLAIM, "name:annotation", "person:names:assertion"], ["person", "accepted", "", "", "bcce8f1d-8336-466c-be8e-c6074f96cde4", "Aung Soe", ""]]  # fmt: skip
    units = [[*CLAIM, "name:annotation", "unit:names:assertion"], ["unit", "accepted", "", "", "dfe9a709-1a80-4bce-8040-68c6502b4f3e", "Northeastern", ""]]  # fmt: skip
    files = folder(tmp_path / "beside", {"people": people, "units": units})
    for file in files.iterdir():
        file.rename(tmp_path / file.name)
    files.rmdir()
    made = import_source(tmp_path).dataset()
    (posting,) = made.relations
    assert (posting.role, posting.start, posting.end, posting.status) == ("Commander", "2012-09", "", "draft")
    assert "rank: Brigadier General" in posting.note


def test_the_tables_of_whowasincommand_are_one_force(tmp_path: Path) -> None:
    made = force(
        tmp_path / "mali",
        {
            "basic": [[*UNIT, "unit:name:confidence"], [*BRIGADE, "3"], ["u2", "Command", "Mali", "Army", "", "", "1"]],
            "parentage": [
                [*UNIT, "unit:related_unit", "unit:related_unit:name", "unit:related_unit:country", "unit:related_unit_class", "unit:related_unit:confidence", "unit:related_unit_first_cited_date", "unit:related_unit_first_cited_date_start", "unit:related_unit_last_cited_date", "unit:related_unit_open"],
                [*BRIGADE, "u2", "Command", "Mali", "Command", "2", "2013", "True", "2014-05-06", "E"],
                [*BRIGADE, "u9", "Far Command", "Ghana", "", "", "", "", "", ""],
            ],
            "memberships": [[*UNIT, "unit:membership_id", "unit:related_unit"], [*BRIGADE, "o1", "MINUSMA"]],
            "areas": [[*UNIT, "unit:area_ops_id", "unit:area_ops_name"], [*BRIGADE, "1", "Kidal"], [*BRIGADE, "2", "Gao"]],
            "personnel": [
                [*UNIT, "person:admin:id", "person:name", "person_extra:date_of_birth", "person:posting_role", "person:posting_first_cited_date:year", "person:posting_first_cited_date:month", "person:posting_first_cited_date_start"],
                [*BRIGADE, "p1", "A Soldier", "1960", "Commander", "2013", "4", "True"],
            ],
            "sources": [["source:id:admin", "source:title", "source:type", "source:url"], ["s1", "Report", "web", "https://e.org"]],
        },
    )  # fmt: skip
    assert counts(made) == {"unit": (7, 2, 5, 0), "person": (1, 1, 0, 0), "source": (1, 1, 0, 0)}
    assert told(made) == {
        ("1 Brigade", "composition", "Command", ""),
        ("Command", "direction", "1 Brigade", ""),
        ("1 Brigade", "composition", "Far Command", ""),
        ("1 Brigade", "membership", "MINUSMA", ""),
        ("A Soldier", "membership", "1 Brigade", ""),
    }
    part = next(r for r in made.relations if r.kind == "composition" and r.end)
    assert (part.start, part.end, part.confidence) == ("2013", "2014-05-06", "medium")
    assert next(r.start for r in made.relations if r.role == "Commander") == "2013-04"
    brigade, far = (next(a for a in made.actors if a.label_en == name) for name in ("1 Brigade", "Far Command"))
    assert (brigade.type, brigade.country, far.country) == (("armed-forces",), "ML", "GH")
    for words in (
        "first cited 2012-01",
        "area of operation: Kidal",
        "area of operation: Gao",
        "confidence of name: high",
    ):
        assert words in brigade.note
    said = messages(made)
    assert "contradicts" not in said
    assert 'the column "person_extra:date_of_birth" of persons is not taken over: 1 rows have it' in said
    assert 'the column "unit:area_ops_id" of units is not taken over: 2 rows have it' in said


CELL = st.sampled_from(["", "unit", "posting", "u1", "x; y", "2012-09-01", "2012-02-31", "Y", "conflict", "https://e.org"]) | st.text(
    st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=5
)  # fmt: skip
COLUMNS = sorted(
    {column for name, rows in TABLES.items() if name not in ("locations", "citations") for column in rows[0]}
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), CELL), max_size=4))
def test_any_claims_give_a_dataset_without_errors(tmp_path: Path, rows: Sequence[dict[str, str]]) -> None:
    with (tmp_path / "claims.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *([row.get(name, "") for name in COLUMNS] for row in rows)])
    made = import_source(tmp_path / "claims.csv").dataset()
    assert errors([made]) == []
    adds_up(made)
