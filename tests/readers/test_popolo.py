"""Popolo in all its shapes: the counts of real parliaments, objects in one another, several files, and what is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from graph_build.records import Relation
from tests.readers.conversion import DATA, adds_up, errors, same_quads

PARLIAMENTS = DATA / "everypolitician-popolo"
real = pytest.mark.skipif(not PARLIAMENTS.exists(), reason="the folder of real files is not there")

COUNTS = {
    "ukraine-verkhovna_rada": {"person": 441, "organization": 12, "membership": 532, "event": 1, "area": 199},
    "netherlands-house_of_representatives": {"person": 152, "organization": 17, "membership": 152, "event": 1},
    "argentina-diputados": {"person": 257, "organization": 42, "membership": 257, "area": 24, "event": 1},
    "armenia-assembly": {"person": 130, "organization": 8, "membership": 146, "area": 130, "event": 1},
    "georgia-parliament": {"person": 148, "organization": 13, "membership": 148, "area": 52, "event": 1},
    "indonesia-council": {"person": 560, "organization": 11, "membership": 560, "area": 77, "event": 1},
    "kenya-assembly": {"person": 350, "organization": 25, "membership": 352, "area": 330, "event": 1},
    "latvia-saeima": {"person": 102, "organization": 8, "membership": 115, "event": 1},
}


def dataset(tmp_path: Path, content: object, name: str = "house.json") -> Dataset:
    file = tmp_path / name
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    made = import_source(file).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


def parliament(name: str) -> Dataset:
    return import_source(PARLIAMENTS / f"{name}-ep-popolo-v1.0.json").dataset()


def seats(made: Dataset) -> list[Relation]:
    return [relation for relation in made.relations if relation.kind == "membership"]


@real
@pytest.mark.parametrize("name", COUNTS)
def test_each_parliament_gives_all_that_its_file_holds(name: str) -> None:
    made = parliament(name)
    assert made.report is not None
    assert {what: count.read for what, count in made.report.counts.items()} == COUNTS[name]
    assert sum(count.left_out for count in made.report.counts.values()) == 0
    assert errors([made]) == []
    adds_up(made)


@real
def test_the_verkhovna_rada_has_its_members_parties_and_dates() -> None:
    made = parliament("ukraine-verkhovna_rada")
    types = [actor.type for actor in made.actors]
    assert (types.count(("person",)), types.count(("parliament",)), types.count(("party",))) == (441, 1, 11)
    found = seats(made)
    assert len(found) == 532
    assert sum(bool(seat.start) for seat in found) == 113
    assert sum(bool(seat.end) for seat in found) == 108
    assert {seat.role for seat in found} == {"member"}
    assert sum(relation.kind == "representation" for relation in made.relations) == 532
    assert not [finding for finding in made.findings if "not in the file" in finding.message]


@real
def test_the_dutch_have_names_in_many_languages_and_wikidata() -> None:
    made = parliament("netherlands-house_of_representatives")
    persons = [actor for actor in made.actors if actor.type == ("person",)]
    told = {label.rpartition("@")[2] for actor in persons for label in actor.alt_labels if "@" in label}
    told |= {"en"} | {"uk" for actor in persons if actor.label_uk}
    assert len(told) == 109
    assert sum(any(match.startswith("Q") for match in actor.exact_match) for actor in persons) == 151


@real
def test_the_same_seat_twice_is_joined_and_told() -> None:
    made = parliament("kenya-assembly")
    assert made.report is not None
    count = made.report.counts["membership"]
    assert (count.read, count.kept, count.joined) == (352, 350, 2)
    assert sum("joined with" in finding.message for finding in made.findings) == 2


@real
@pytest.mark.parametrize("name", ["latvia-saeima", "georgia-parliament"])
def test_a_real_parliament_gives_the_same_quads_as_a_folder(name: str, tmp_path: Path) -> None:
    same_quads(PARLIAMENTS / f"{name}-ep-popolo-v1.0.json", tmp_path / "folder")


FLAT: dict[str, Any] = {
    "persons": [{"id": "p/1", "name": "Ірина", "other_names": [{"name": "Iryna", "lang": "en"}, {"name": "Irina"}]}],
    "organizations": [
        {"id": "rada", "name": "Rada", "classification": "Legislature", "founding_date": "1990"},
        {"id": "committee", "name": "Defence Committee", "classification": "committee", "parent_id": "rada"},
    ],
    "posts": [{"id": "chair", "label": "Chair", "organization_id": "committee"}],
    "memberships": [
        {
            "person_id": "p/1",
            "organization_id": "committee",
            "post_id": "chair",
            "role": "chair",
            "start_date": "2019-08",
        }
    ],
}
EMBEDDED: dict[str, Any] = {
    "persons": [
        {
            **FLAT["persons"][0],
            "memberships": [
                {
                    "organization": {**FLAT["organizations"][1], "parent_id": None, "parent": FLAT["organizations"][0]},
                    "post": FLAT["posts"][0],
                    "role": "chair",
                    "start_date": "2019-08",
                }
            ],
        }
    ]
}


@pytest.mark.parametrize("content", [FLAT, EMBEDDED], ids=["flat", "embedded"])
def test_flat_and_embedded_say_the_same(tmp_path: Path, content: object) -> None:
    made = dataset(tmp_path, content)
    assert {actor.label_en: actor.type for actor in made.actors} == {
        "Iryna": ("person",),
        "Rada": ("parliament",),
        "Defence Committee": ("parliamentary-committee",),
        "Chair": ("post",),
    }
    person = next(actor for actor in made.actors if actor.label_en == "Iryna")
    assert (person.label_native, person.alt_labels) == ("Ірина", ("Irina",))
    labels = {actor.id: actor.label_en for actor in made.actors}
    told = {(labels[r.actor], r.kind, labels[r.target], r.role, r.start, r.function) for r in made.relations}
    assert told == {
        ("Iryna", "membership", "Defence Committee", "chair", "2019-08", ()),
        ("Iryna", "membership", "Chair", "chair", "2019-08", ()),
        ("Defence Committee", "composition", "Rada", "", "", ("part",)),
        ("Chair", "composition", "Defence Committee", "", "", ("part",)),
    }
    assert {(r.modality, r.verified, r.status, r.confidence) for r in made.relations} == {
        ("actual", "secondary", "accepted", "")
    }
    assert {item.relation for item in made.evidence} == {relation.id for relation in made.relations}


def test_a_membership_may_stand_in_both_its_ends_and_is_one(tmp_path: Path) -> None:
    seat = {"id": "593", "role": "member"}
    content = {
        "persons": [{"id": "p", "name": "P", "memberships": [{**seat, "organization_id": "o"}]}],
        "organizations": [{"id": "o", "name": "O", "memberships": [{**seat, "person_id": "p", "end_date": "2020"}]}],
    }
    made = dataset(tmp_path, content)
    assert made.report is not None
    assert (made.report.counts["membership"].kept, made.report.counts["membership"].joined) == (1, 1)
    assert [(r.role, r.end) for r in made.relations] == [("member", "2020")]
    assert [item.locator for item in made.evidence] == ["/persons/0/memberships/0", "/organizations/0/memberships/0"]


def test_no_role_and_no_date_is_made_up(tmp_path: Path) -> None:
    content = {
        "persons": [{"id": "p", "name": "P"}],
        "organizations": [{"id": "o", "name": "O"}],
        "memberships": [{"person_id": "p", "organization_id": "o", "legislative_period_id": "t"}],
        "events": [{"id": "t", "name": "Term 1", "classification": "legislative period", "start_date": "2014-11-27"}],
    }
    made = dataset(tmp_path, content)
    assert [(r.role, r.start, r.end, r.scope) for r in made.relations] == [("", "", "", "Term 1")]
    assert [actor.type for actor in made.actors if actor.label_en == "O"] == [("organisation",)]
    assert "2014-11-27/.." in made.things[0].note


def test_what_dangles_or_lacks_an_end_is_left_out_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "house.json"
    file.write_text(
        '{"persons": [{"id": "p", "name": "P"}, {"id": "q"}],\n"memberships": [\n'
        '{"person_id": "p", "organization_id": "nowhere"},\n{"person_id": "p"},\n7]}',
        encoding="utf-8",
    )
    made = import_source(file).dataset()
    adds_up(made)
    lines = {finding.line: finding.message for finding in made.findings if "left out" in finding.message}
    assert lines.keys() == {1, 3, 4, 5}
    assert "nowhere" in lines[3]
    assert "names no organization" in lines[4]
    assert (made.relations, made.evidence) == ((), ())


def test_a_bad_date_is_dropped_and_told_and_the_seat_stays(tmp_path: Path) -> None:
    content = {
        "persons": [{"id": "p", "name": "P"}],
        "organizations": [{"id": "o", "name": "O"}],
        "memberships": [
            {"person_id": "p", "organization_id": "o", "start_date": "soon", "end_date": "2015-02-30", "role": "a"},
            {"person_id": "p", "organization_id": "o", "start_date": "2015", "end_date": "2014", "role": "b"},
        ],
    }
    made = dataset(tmp_path, content)
    assert [(r.role, r.start, r.end) for r in made.relations] == [("a", "", ""), ("b", "2015", "2014")]
    assert [r.status for r in made.relations] == ["accepted", "draft"]
    assert sum("so the relation is a draft" in finding.message for finding in made.findings) == 1


def test_contact_data_stay_out_and_their_number_is_told(tmp_path: Path) -> None:
    person = {"id": "p", "name": "P", "email": "p@example.org", "birth_date": "1970-01-01"}
    made = dataset(tmp_path, {"persons": [person, {**person, "id": "q"}]})
    assert "p@example.org" not in repr(made.actors)
    assert [(f.field, "2 have it" in f.message) for f in made.findings] == [("birth_date", True), ("email", True)]


def test_files_of_a_folder_are_joined_by_identifier_and_kept_apart_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "houses"
    folder.mkdir()
    rada = [{"scheme": "wikidata", "identifier": "Q7"}]
    for name, body, person in (("a", "Rada", "1"), ("b", "Saeima", "2")):
        content = {
            "persons": [{"id": person, "name": f"Olha {person}", "identifiers": rada}],
            "organizations": [{"id": "legislature", "name": body}],
            "memberships": [{"person_id": person, "organization_id": "legislature"}],
        }
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    (folder / "README.txt").write_text("not a data file", encoding="utf-8")
    made = import_source(folder).dataset()
    adds_up(made)
    assert made.report is not None
    assert (made.name, made.report.counts["person"].joined, made.report.counts["organization"].joined) == (
        "houses",
        1,
        0,
    )
    assert {actor.label_en for actor in made.actors} == {"Olha 1", "Rada", "Saeima"}
    assert len({r.target for r in made.relations}) == 2
    assert len({r.actor for r in made.relations}) == 1
    assert [Path(f.file).name for f in made.findings if "was not read" in f.message] == ["README.txt"]


def test_a_single_object_is_read_with_what_it_holds(tmp_path: Path) -> None:
    content = {
        "id": "abc",
        "name": "ABC",
        "posts": [{"id": "chef", "label": "Chef"}],
        "memberships": [{"person": {"id": "j", "name": "John"}, "post_id": "chef", "role": "Chef"}],
    }
    made = dataset(tmp_path, content)
    assert {actor.label_en for actor in made.actors} == {"ABC", "Chef", "John"}
    assert len(made.relations) == 3


@pytest.mark.parametrize(
    "wrap", [lambda items: items, lambda items: {"total": 2, "result": items}], ids=["array", "result"]
)
def test_a_list_of_objects_is_read_as_what_its_fields_tell(tmp_path: Path, wrap: Callable[[object], object]) -> None:
    body = {
        "id": "o",
        "name": "O",
        "classification": "parliament",
        "legislative_periods": [{"id": "t", "name": "Term 1"}],
    }
    person = {"id": "p", "name": "P", "memberships": [{"organization_id": "o", "legislative_period_id": "t"}]}
    made = dataset(tmp_path, wrap([body, person, {"id": "x"}]))
    assert [(r.kind, r.scope) for r in made.relations] == [("membership", "Term 1")]
    assert [thing.label_en for thing in made.things] == ["Term 1"]
    assert made.report is not None
    assert made.report.counts["object"].left_out == 1


def test_what_should_be_a_list_and_is_none_is_told(tmp_path: Path) -> None:
    odd = {"other_names": {"name": "A. L."}, "memberships": 7, "sources": "https://a.example", "identifiers": []}
    file = tmp_path / "odd.json"
    file.write_text(json.dumps({"persons": [{"id": "a", "name": "Ada", **odd}]}), encoding="utf-8")
    report = import_source(file).dataset().report
    assert report is not None
    told = {finding.field for finding in report.findings if "no list" in finding.message}
    assert told == {"other_names", "memberships", "sources"}


TEXT = st.text(max_size=12) | st.sampled_from(["p", "q", "o", "2015", "2015-02-30", "a|b", "x@uk", "\ud800", "\x00"])
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
FIELDS = [
    "id",
    "name",
    "classification",
    "person_id",
    "organization_id",
    "organization",
    "post_id",
    "area_id",
    "start_date",
    "end_date",
    "role",
    "parent_id",
    "other_names",
    "identifiers",
    "memberships",
    "sources",
    "label",
    "legislative_period_id",
]
OBJECT = st.dictionaries(st.sampled_from(FIELDS), VALUE, max_size=8)
DOCUMENT = st.dictionaries(
    st.sampled_from(["persons", "organizations", "memberships", "posts", "areas", "events"]),
    st.lists(OBJECT | VALUE, max_size=4),
    min_size=1,
).map(lambda made: {"persons": [], **made})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOCUMENT)
@example(
    {"persons": [{"name": "Ada", **dict.fromkeys(("other_names", "identifiers", "memberships", "sources"), True)}]}
)
def test_any_popolo_is_read_counted_and_converts_to_the_same(tmp_path: Path, content: object) -> None:
    from shutil import rmtree

    file = tmp_path / "any.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    rmtree(tmp_path / "folder", ignore_errors=True)
    same_quads(file, tmp_path / "folder")


THEY_WORK_FOR_YOU = {
    "persons": [
        {
            "id": "person/1",
            "other_names": [
                {"given_name": "Diane", "family_name": "Abbott", "note": "Main"},
                {"name": "Diane J Abbott", "note": "Alternate"},
            ],
        },
        {"id": "person/2", "redirect": "person/1"},
        {"id": "person/3", "other_names": [{"honorific_prefix": "Lord", "lordname": "Smith", "lordofname": "Kent"}]},
    ],
    "organizations": [{"id": "labour", "name": "Labour"}, {"id": "commons", "name": "House of Commons"}],
    "posts": [{"id": "cons/1", "label": "MP for Hackney", "organization_id": "commons", "area": {"name": "Hackney"}}],
    "memberships": [
        {"id": "member/1", "person_id": "person/1", "post_id": "cons/1", "on_behalf_of_id": "labour", "start_date": "1997-5-1"},
        {"id": "member/2", "person_id": "person/2", "organization_id": "commons", "role": "Minister"},
        {"id": "member/9", "redirect": "member/1"},
    ],
}  # fmt: skip


def test_names_in_parts_and_redirects_are_read(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    file.write_text(json.dumps(THEY_WORK_FOR_YOU), encoding="utf-8")
    made = import_source(file)
    told = {what: (one.read, one.kept, one.joined, one.left_out) for what, one in made.report.counts.items()}
    assert told == {
        "person": (3, 2, 1, 0),
        "organization": (2, 2, 0, 0),
        "post": (1, 1, 0, 0),
        "area": (1, 0, 1, 0),
        "membership": (3, 2, 1, 0),
    }
    found = made.dataset()
    assert {actor.label_en for actor in found.actors if actor.type == ("person",)} == {
        "Diane Abbott",
        "Lord Smith of Kent",
    }
    assert {relation.actor for relation in found.relations if relation.kind in ("membership", "representation")} == {
        actor.id for actor in found.actors if actor.label_en == "Diane Abbott"
    }
    assert {relation.start for relation in found.relations} == {"", "1997-05-01"}


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ('{"people": [{"_id": "5", "name": "Ann"}], "organizations": [{"_id": "a", "name": "A"}]}', {"Ann", "A"}),
        ('{"persons": [{"id": 5, "name": {"uk": "Анна", "en": "Ann"}}]}', {"Ann"}),
        ('{"@context": "http://popoloproject.com/contexts/person.jsonld", "@type": "Person", "name": "Ann", "other_names": []}', {"Ann"}),
        ('{"id": "5", "name": "Ann", "memberships": []}\n{"id": "6", "name": "Bob", "birth_date": "1970"}\n', {"Bob"}),
    ],
    ids=["people", "languages", "one", "lines"],
)  # fmt: skip
def test_other_dialects_are_read(tmp_path: Path, content: str, names: set[str]) -> None:
    file = tmp_path / "x.json"
    file.write_text(content, encoding="utf-8")
    made = import_source(file).dataset()
    assert {actor.label_en for actor in made.actors} == names
    adds_up(made)


def test_dates_are_read_where_their_notation_leaves_no_doubt(tmp_path: Path) -> None:
    file = tmp_path / "x.popolo.json"
    dates = {"1990-00-00": "1990", "1991-8": "1991-08", "24.08.1991": "1991-08-24", "01/02/2010": ""}
    bodies = [{"id": str(n), "name": str(n), "founding_date": date} for n, date in enumerate(dates)]
    file.write_text(json.dumps({"organizations": bodies}), encoding="utf-8")
    assert [actor.founded for actor in import_source(file).dataset().actors] == list(dates.values())


def test_a_graph_in_the_words_of_the_specification_needs_no_context(tmp_path: Path) -> None:
    graph = [
        {"@type": "Person", "id": "x", "name": "Y"},
        {"@type": "Membership", "person_id": "x", "organization_id": "o"},
        {"@type": "Organization", "id": "o", "name": "O", "classification": "Partido"},
    ]
    file = tmp_path / "graph.json"
    context = "http://www.popoloproject.com/contexts/person.jsonld"
    file.write_text(json.dumps({"@context": context, "@graph": graph}), encoding="utf-8")
    made = import_source(file).dataset()
    assert [relation.kind for relation in made.relations] == ["membership"]
    assert {actor.label_en: actor.type for actor in made.actors} == {"Y": ("person",), "O": ("party",)}
    assert made.findings == ()
