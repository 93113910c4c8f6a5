"""Nothing of a Popolo file is lost in silence: what is not in a record is in a finding."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from tests.readers.conversion import adds_up, errors, same_quads

CHAMBER: dict[str, Any] = {"id": "o1", "name": "Chamber", "classification": "legislature"}
AREAS = [
    {"id": "a1", "name": "Lviv", "classification": "oblast", "identifier": "UA-46", "parent_id": "a2"},
    {"id": "a2", "name": "West"},
]


def house(tmp_path: Path, **content: object) -> Dataset:
    file = tmp_path / "house.json"
    file.write_text(json.dumps({"persons": [], **content}), encoding="utf-8")
    made = import_source(file).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


def untaken(made: Dataset) -> list[str]:
    return [finding.field for finding in made.findings if "not taken over" in finding.message]


def test_a_post_keeps_its_role_and_all_its_other_labels(tmp_path: Path) -> None:
    post = {"id": "x", "label": "Member for Lviv", "role": "Deputy", "other_label": ["MP", {"name": "Seat 1"}]}
    same = {"id": "y", "role": "Speaker"}
    made = house(tmp_path, organizations=[CHAMBER], posts=[post, same])
    assert [(actor.note, actor.alt_labels) for actor in made.actors[1:]] == [
        ("role: Deputy", ("MP", "Seat 1")),
        ("", ()),
    ]


@pytest.mark.parametrize("embedded", [False, True])
def test_an_area_is_told_with_its_words_and_what_it_lies_in(tmp_path: Path, embedded: bool) -> None:
    whole = "Lviv (oblast, UA-46), West"
    inner = {**AREAS[0], "parent": AREAS[1], "parent_id": ""}
    where: dict[str, Any] = {"area": inner} if embedded else {"area_id": "a1"}
    made = house(
        tmp_path,
        persons=[{"id": "p", "name": "Ann"}],
        organizations=[{**CHAMBER, **where}],
        posts=[{"id": "x", "label": "Seat", "organization_id": "o1", "area_id": "a1"}],
        memberships=[{"person_id": "p", "organization_id": "o1", "area_id": "a1"}],
        areas=[] if embedded else AREAS,
    )
    assert {actor.note for actor in made.actors} == {"", f"area: {whole}"}
    assert [relation.scope for relation in made.relations if relation.kind == "membership"] == [whole]
    assert made.report is not None
    assert (made.report.counts["area"].joined, made.report.counts["area"].left_out) == (2, 0)
    assert made.findings == ()


def test_areas_that_lie_in_each_other_or_in_none_of_the_file_do_not_end_the_reading(tmp_path: Path) -> None:
    areas = [{"id": "a", "name": "A", "parent_id": "b"}, {"id": "b", "name": "B", "parent_id": "a"}]
    lone = {"id": "c", "name": "C", "parent_id": "nowhere"}
    bodies = [{"id": name, "name": name, "area_id": name} for name in ("a", "c", "z")]
    made = house(tmp_path, organizations=bodies, areas=[*areas, lone])
    assert [actor.note for actor in made.actors] == ["area: A, B", "area: C, nowhere", "area: z"]


def test_the_words_of_an_area_do_not_change_the_id_of_a_seat(tmp_path: Path) -> None:
    said = {"persons": [{"id": "p", "name": "Ann"}], "organizations": [CHAMBER]}
    seat = {"person_id": "p", "organization_id": "o1", "area_id": "a1"}
    ids = {
        house(tmp_path, **said, memberships=[seat], areas=areas).relations[0].id
        for areas in (AREAS, [{"id": "a1", "name": "Lviv"}])
    }
    assert len(ids) == 1


def test_a_type_beside_the_classification_is_kept(tmp_path: Path) -> None:
    made = house(tmp_path, organizations=[{**CHAMBER, "type": "unicameral"}])
    assert [actor.note for actor in made.actors] == ["type: unicameral"]


def test_what_the_items_of_lists_have_and_no_record_takes_is_told(tmp_path: Path) -> None:
    person = {
        "id": "p",
        "name": "Ann Kovalenko",
        "other_names": [{"name": "Ann Shevchenko", "end_date": "2010-05", "note": "before marriage"}, "Annie"],
        "identifiers": [{"identifier": "1"}],
        "sources": [{"url": "https://example.org/a", "note": "Biography"}, {"url": "on paper"}, "Hansard"],
    }
    made = house(tmp_path, persons=[person])
    assert untaken(made) == [
        "identifiers.identifier",
        "other_names",
        "other_names.end_date",
        "other_names.note",
        "sources",
        "sources.note",
        "sources.url",
    ]


def test_parts_that_make_a_name_are_taken_and_those_beside_one_are_told(tmp_path: Path) -> None:
    names = [{"given_name": "Diane", "family_name": "Abbott"}, {"name": "D. Abbott", "family_name": "Abbott"}]
    assert untaken(house(tmp_path, persons=[{"id": "p", "other_names": names[:1]}])) == []
    assert untaken(house(tmp_path, persons=[{"id": "p", "other_names": names}])) == ["other_names.family_name"]


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        ("CC BY 4.0", "CC BY 4.0"),
        ({"name": "CC BY", "url": "https://creativecommons.org/licenses/by/4.0/"}, "https://creativecommons.org/licenses/by/4.0/"),
    ],
)  # fmt: skip
def test_the_file_keeps_its_licence_and_its_source(tmp_path: Path, licence: object, told: str) -> None:
    meta = {"license": licence, "source": "https://rada.gov.ua", "sources": ["the registry"], "version": 3}
    made = house(tmp_path, meta=meta)
    own = next(source for source in made.sources if source.type == "dataset")
    assert (own.licence, own.url) == (told, "https://rada.gov.ua")
    assert "https://rada.gov.ua, the registry" in made.description
    assert untaken(made) == ["version"]


def test_what_each_file_of_a_folder_says_of_itself_is_kept_or_told(tmp_path: Path) -> None:
    folder = tmp_path / "houses"
    folder.mkdir()
    for name, licence in (("a", "https://e.org/cc0"), ("b", "https://e.org/mit"), ("c", "https://e.org/mit")):
        meta = {"sources": [f"https://{name}.example"], "license": licence}
        content = {"meta": meta, "persons": [{"id": name, "name": name}]}
        (folder / f"{name}.popolo.json").write_text(json.dumps(content), encoding="utf-8")
    made = import_source(folder).dataset()
    assert made.description.count("Its sources: ") == 3
    assert made.licences == ("https://e.org/cc0", "https://e.org/mit")
    assert [source.url for source in made.sources] == ["https://a.example"]
    assert [finding.message.split('"')[1] for finding in made.findings] == ["https://b.example", "https://c.example"]
    same_quads(folder, tmp_path / "tables")
