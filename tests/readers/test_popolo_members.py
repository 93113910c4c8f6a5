"""What a member is: a person or an organisation, however the membership embeds it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from tests.readers.conversion import adds_up, house, labels

CHAMBER: dict[str, Any] = {"id": "o1", "name": "Chamber", "classification": "legislature"}
CLUB: dict[str, Any] = {"id": "o2", "name": "Club", "classification": "party"}


def seats(made: Dataset) -> list[tuple[str, str]]:
    named = labels(made)
    return [(named[relation.actor], named[relation.target]) for relation in made.relations]


@pytest.mark.parametrize("first", ["memberships", "organizations"])
@pytest.mark.parametrize(
    "member",
    [{"id": "o2"}, {"id": "o2", "name": "Club"}, {"_id": "o2"}, {"@type": "Organization", **CLUB}, CLUB],
    ids=["stub", "name", "mongo", "typed", "whole"],
)
def test_an_organisation_may_be_a_member(tmp_path: Path, member: dict[str, Any], first: str) -> None:
    said: dict[str, Any] = {
        "memberships": [{"id": "m", "member": member, "organization_id": "o1"}],
        "organizations": [CHAMBER, CLUB],
    }
    made = house(tmp_path, persons=[], **dict(sorted(said.items(), key=lambda pair: pair[0] != first)))
    assert sorted(actor.id for actor in made.actors) == ["house-organization-o1", "house-organization-o2"]
    assert seats(made) == [("Club", "Chamber")]


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ({"@type": "popolo:Organization", "id": "x", "name": "X"}, "organization"),
        ({"id": "x", "name": "X", "classification": "party"}, "organization"),
        ({"id": "x", "name": "X", "classification": "club", "start_date": "1990"}, "organization"),
        ({"id": "x", "name": "X", "gender": "female"}, "person"),
        ({"id": "x", "name": "X"}, "person"),
        ({"name": "X", "founding_date": "1990"}, "organization"),
    ],
)
def test_a_member_that_stands_nowhere_else_is_what_it_says(tmp_path: Path, member: object, kind: str) -> None:
    made = house(tmp_path, organizations=[CHAMBER], memberships=[{"member": member, "organization_id": "o1"}])
    assert [actor.id.split("-")[1] for actor in made.actors if actor.label_en == "X"] == [kind]
    assert seats(made) == [("X", "Chamber")]


def test_a_member_told_of_once_is_the_same_where_less_is_said(tmp_path: Path) -> None:
    said = [{"id": "x"}, {"id": "x", "name": "Club"}, {"id": "x", "name": "Club", "classification": "party"}]
    seated = [{"id": f"m{n}", "member": one, "organization_id": "o1"} for n, one in enumerate(said)]
    bare = {"id": "m9", "member_id": "x", "organization_id": "o1"}
    made = house(tmp_path, organizations=[CHAMBER], memberships=[*seated, bare])
    assert seats(made) == [("Club", "Chamber")] * 4
    assert len(made.actors) == 2


def test_an_embedded_member_keeps_what_it_holds(tmp_path: Path) -> None:
    member = {"id": "x", "name": "Club", "posts": [{"id": "h", "label": "Head"}], "memberships": [{"person_id": "p"}]}
    made = house(
        tmp_path,
        persons=[{"id": "p", "name": "Ann"}],
        organizations=[CHAMBER],
        memberships=[{"member": member, "organization_id": "o1"}],
    )
    assert sorted(seats(made)) == [("Ann", "Club"), ("Club", "Chamber"), ("Head", "Club")]


def test_the_whole_of_an_embedded_member_is_an_organisation_too(tmp_path: Path) -> None:
    member = {"id": "x", "name": "Club", "parent": {"id": "y", "name": "League"}}
    made = house(tmp_path, organizations=[CHAMBER], memberships=[{"member": member, "organization_id": "o1"}])
    assert sorted(seats(made)) == [("Club", "Chamber"), ("Club", "League")]
    assert not [actor for actor in made.actors if "person" in actor.type]


def test_a_member_of_another_file_is_what_it_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "houses"
    folder.mkdir()
    seat = {"id": "m", "member": {"id": "o2"}, "organization_id": "o1"}
    (folder / "a.json").write_text(json.dumps({"persons": [], "memberships": [seat]}), encoding="utf-8")
    (folder / "b.json").write_text(json.dumps({"organizations": [CHAMBER, CLUB]}), encoding="utf-8")
    made = import_source(folder).dataset()
    adds_up(made)
    assert seats(made) == [("Club", "Chamber")]
