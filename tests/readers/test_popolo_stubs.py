"""What says no more of something than which it is: it is joined with what is said of it elsewhere, and takes nothing from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_build.readers.formats import import_source
from tests.readers.conversion import adds_up, house

CHAMBER: dict[str, Any] = {"id": "o1", "name": "Chamber", "classification": "legislature"}
SAID: dict[str, Any] = {
    "persons": [{"id": "p1", "name": "Ann"}],
    "organizations": [CHAMBER, {"id": "o2", "name": "Club"}],
    "posts": [{"id": "x", "role": "Speaker", "organization_id": "o1"}],
    "events": [{"id": "t", "name": "Term 1"}],
}
STUBS = {name: {"id": raw} for name, raw in (("person", "p1"), ("organization", "o1"), ("post", "x"), ("on_behalf_of", "o2"), ("legislative_period", "t"))}  # fmt: skip


@pytest.mark.parametrize("first", [True, False])
def test_a_stub_of_what_is_in_the_file_is_joined_without_a_word(tmp_path: Path, first: bool) -> None:
    seats = {"memberships": [STUBS]}
    made = house(tmp_path, **{**seats, **SAID} if first else {**SAID, **seats})
    assert made.report is not None
    assert sum(count.left_out for count in made.report.counts.values()) == 0
    assert {what: count.joined for what, count in made.report.counts.items()} == {
        "membership": 0,
        "person": 1,
        "organization": 2,
        "post": 1,
        "event": 1,
    }
    assert made.findings == ()


def test_a_stub_of_what_is_nowhere_else_is_left_out(tmp_path: Path) -> None:
    made = house(tmp_path, persons=[{"id": "q"}], memberships=[{**STUBS, "person": {"id": "r"}}])
    assert sum("it has no name" in finding.message for finding in made.findings) == 5
    assert (made.actors, made.relations) == ((), ())


def test_a_child_that_is_named_elsewhere_is_a_part_of_what_it_stands_in(tmp_path: Path) -> None:
    made = house(tmp_path, organizations=[{**CHAMBER, "children": [{"id": "o2"}]}, {"id": "o2", "name": "Club"}])
    assert [(part.actor, part.target) for part in made.relations] == [
        ("house-organization-o2", "house-organization-o1")
    ]


def test_what_a_nameless_mention_says_is_kept(tmp_path: Path) -> None:
    said = {"id": "o1", "founding_date": "1990"}
    seats = [{**STUBS, "organization": said}]
    made = house(tmp_path, persons=SAID["persons"], organizations=[CHAMBER], memberships=seats)
    assert [(actor.type, actor.founded) for actor in made.actors if actor.label_en == "Chamber"] == [
        (("parliament",), "1990")
    ]


@pytest.mark.parametrize("more", [{}, {"classification": "strange"}, {"classification": "faction"}])
@pytest.mark.parametrize("first", [True, False])
def test_a_body_that_is_classified_elsewhere_is_no_mere_organisation(
    tmp_path: Path, more: dict[str, str], first: bool
) -> None:
    seats = {"memberships": [{"person_id": "p1", "organization": {"id": "o1", "name": "Chamber", **more}}]}
    made = house(tmp_path, **{**seats, **SAID} if first else {**SAID, **seats})
    assert [actor.type for actor in made.actors if actor.label_en == "Chamber"] == [("parliament",)]


def test_a_stub_in_one_file_is_what_another_file_tells_of(tmp_path: Path) -> None:
    folder = tmp_path / "houses"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps({"persons": [], "memberships": [STUBS]}), encoding="utf-8")
    (folder / "b.json").write_text(json.dumps(SAID), encoding="utf-8")
    made = import_source(folder).dataset()
    adds_up(made)
    assert made.findings == ()
    assert len(made.actors) == 4
    assert len(made.relations) == 4


@pytest.mark.parametrize("stub", [{"id": "m1"}, "m1"])
@pytest.mark.parametrize("named", [["person_id", "organization_id"], ["organization_id"], ["person_id"], []])
def test_a_membership_that_its_holders_name_by_its_id_is_theirs(tmp_path: Path, stub: Any, named: list[str]) -> None:
    ends = {"person_id": "p1", "organization_id": "o1"}
    made = house(
        tmp_path,
        persons=[{"id": "p1", "name": "Ann", "memberships": [stub]}],
        organizations=[{**CHAMBER, "memberships": [stub]}],
        memberships=[{"id": "m1", "role": "chair", **{name: ends[name] for name in named}}],
    )
    assert [(seat.actor, seat.target, seat.role) for seat in made.relations] == [
        ("house-person-p1", "house-organization-o1", "chair")
    ]
    assert made.report is not None
    count = made.report.counts["membership"]
    assert (count.read, count.kept, count.joined) == (3, 1, 2)
    assert made.findings == ()


def test_a_membership_of_which_there_is_an_id_alone_is_left_out(tmp_path: Path) -> None:
    made = house(tmp_path, persons=[{"id": "p1", "name": "Ann", "memberships": ["m1", {"id": "m2"}, ["m3"]]}])
    assert sorted(finding.message for finding in made.findings) == [
        'file: the field "memberships" of person is not taken over: 1 have it',
        "membership: left out: it names no organization",
        "membership: left out: it names no organization",
    ]


def test_a_file_may_say_more_of_the_memberships_of_another(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    folder.mkdir()
    people = {"persons": [{"id": "p1", "name": "Ann", "memberships": ["m1"]}], "organizations": [CHAMBER]}
    seats = {"memberships": [{"id": "m1", "organization_id": "o1"}]}
    for name, content in (("a", people), ("b", seats)):
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    made = import_source(folder).dataset()
    adds_up(made)
    assert [seat.actor for seat in made.relations] == ["house-person-p1"]
    assert made.findings == ()
