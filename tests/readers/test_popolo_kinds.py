"""What an object is that stands in no collection: each example of the specification, and what is like an event but none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_build.errors import InputError
from graph_build.readers.formats import import_source
from graph_build.readers.popolo_kinds import kind_of_single
from tests.readers.conversion import DATA, adds_up, errors

EXAMPLES = DATA / "popolo-spec" / "examples"
READ: dict[str, dict[str, int]] = {
    "embedding-membership": {"membership": 1, "person": 1, "organization": 1, "post": 1},
    "embedding-organization": {"organization": 1, "membership": 2, "post": 2},
    "embedding-person": {"person": 1, "membership": 2},
    "embedding-post": {"post": 1, "organization": 1, "membership": 1},
    "event": {"event": 1},
    "membership": {"membership": 1},
    "organization": {"organization": 1},
    "person": {"person": 1},
    "post": {"post": 1},
}
"""How many of which each example holds; the others are parts of objects, or votes and speeches, and no Popolo for us."""


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the folder of real files is not there")
def test_each_example_of_the_specification_is_what_it_is_called() -> None:
    told = {}
    for file in sorted(EXAMPLES.glob("*.json")):
        try:
            made = import_source(file).dataset()
        except InputError:
            continue
        assert made.report is not None
        told[file.stem] = {what: count.read for what, count in made.report.counts.items()}
        assert errors([made]) == []
        adds_up(made)
    assert told == READ


def test_a_single_event_is_a_thing_and_no_organisation(tmp_path: Path) -> None:
    event = {"id": "s", "name": "Session 1", "classification": "session", "start_date": "2011-06-02", "identifiers": []}
    file = tmp_path / "event.json"
    file.write_text(json.dumps(event), encoding="utf-8")
    made = import_source(file).dataset()
    assert (made.actors, [thing.label_en for thing in made.things]) == ((), ["Session 1"])


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"classification": "session", "end_date": "2012"}, "event"),
        ({"classification": "session", "location": "Kyiv", "parent_id": "s"}, "event"),
        ({"attendees": []}, "event"),
        ({"status": "confirmed"}, "event"),
        ({"status": "active", "classification": "club"}, "organization"),
        ({"classification": "Party", "start_date": "1990"}, "organization"),
        ({"classification": "party", "identifier": "UA-1"}, "organization"),
        ({"classification": "club", "founding_date": "1990", "location": "Kyiv"}, "organization"),
        ({"gender": "female", "location": "Kyiv", "status": "active"}, "person"),
        ({"classification": "ward", "identifier": "ocd:1", "parent_id": "boston"}, "area"),
        ({"parent_id": "o"}, "organization"),
        ({"status": "active"}, ""),
    ],
)
def test_a_kind_is_told_by_what_only_it_has(fields: dict[str, Any], kind: str) -> None:
    assert kind_of_single({"id": "x", "name": "X", **fields}) == kind
