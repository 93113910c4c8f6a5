"""Kumu in all its shapes: workbooks, pairs of CSV, blueprints, exports of projects, and what we write for it ourselves."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import graph_build as gb
from graph_build.readers.formats import recognise
from tests.readers.conversion import same_quads
from tests.readers.drawn import counts, imported, messages, names, told, types, written


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


SHEETS: dict[str, list[list[object]]] = {
    "Elements": [
        ["Label", "Type", "Description", "Tags", "Budget", "Email"],
        ["Rada", "Parliament", "The parliament", "core|elected", 5, "rada@example.org"],
        ["SBU", "Intelligence agency", None, None, None, None],
        [None, "Ministry"],
        [],
        [],
        ["Label", "Type", "Founded"],
        ["Watchdog", "NGO", "2004"],
    ],
    "Connections": [
        ["From", "To", "Type", "Direction", "Label"],
        ["Rada", "SBU|Watchdog", "Oversees", "directed", "asks about"],
        ["Watchdog", "Nova Fund", "Funded by", None, None],
        ["Rada", "Watchdog", "Cooperation", "mutual", None],
        ["Rada", None, "Oversees"],
    ],
    "Notes (ignore)": [["Label"], ["not an element"]],
    "Legend": [["Colour", "Meaning"], ["red", "bad"]],
}


def test_a_workbook_gives_elements_and_connections(tmp_path: Path) -> None:
    made = imported(workbook(tmp_path / "map.xlsx", SHEETS))
    assert counts(made) == {
        "element": (4, 3, 0, 1),
        "connection": (4, 3, 0, 1),
        "element of connections only": (1, 1, 0, 0),
    }
    assert types(made) == {
        "Rada": ("parliament",), "SBU": ("intelligence-service",), "Watchdog": ("ngo",), "Nova Fund": ("unclassified",),
    }  # fmt: skip
    rada, _, watchdog, _ = made.actors
    assert (rada.note, watchdog.founded) == ("The parliament; Tags: core, elected; Budget: 5", "2004")
    assert told(made) == {
        ("Rada", "oversight", "SBU", "asks about"),
        ("Rada", "oversight", "Watchdog", "asks about"),
        ("Nova Fund", "funding", "Watchdog", ""),
        ("Rada", "partnership", "Watchdog", "Cooperation"),
    }
    assert {item.locator for item in made.evidence} == {"Connections!A2", "Connections!A3", "Connections!A4"}
    for words in ('"Notes (ignore)" says', '"Legend" has neither Label nor From', "stands in connections only", '"Email" of element is not taken over: 1', "it has no label"):  # fmt: skip
        assert words in messages(made)


def test_a_pair_of_tables_is_one_map(tmp_path: Path) -> None:
    folder = tmp_path / "pair"
    folder.mkdir()
    (folder / "elements.csv").write_text(
        "ID;Label;Type\n1;Police;Police\n2;Police;Company\n3;Court;Court\n", encoding="utf-8"
    )
    (folder / "connections.csv").write_text(
        "From,To,Type\n1,3,informs\n2,3,informs\nPolice,3,informs\n", encoding="utf-8"
    )
    made = imported(folder)
    assert counts(made) == {"element": (3, 3, 0, 0), "connection": (3, 2, 0, 1)}
    kinds = {actor.id: actor.type for actor in made.actors}
    assert [kinds[r.actor] for r in made.relations] == [("police",), ("company",)]
    assert '"Police" is the label of 2 elements' in messages(made)


def test_label_and_type_tell_two_elements_apart(tmp_path: Path) -> None:
    made = written(
        tmp_path / "elements.csv", "Label,Type\nPolice,Police\nPolice,Company\nCourt,\nCourt,Court\nCourt,Court\n"
    )
    assert sorted(actor.type for actor in made.actors) == [("company",), ("court",), ("police",)]
    assert counts(made)["element"] == (5, 3, 2, 0)


BLUEPRINT: dict[str, Any] = {
    "elements": [
        {"label": "Ministry", "type": "Ministry", "tags": ["a", "b"], "Country": "Georgia"},
        {"id": "x", "label": "Law on Guns", "type": "Law"},
        {"type": "Company"},
        7,
    ],
    "connections": [
        {"from": "Ministry", "to": "x", "type": "drafts", "direction": "directed"},
        {
            "id": "c",
            "from": "Ministry",
            "to": "Donor",
            "type": "receives funding from",
            "Amount": 1500.5,
            "Currency": "usd",
        },
        {"from": "Donor", "to": "Ministry", "direction": "sideways"},
    ],
    "loops": [{"label": "R1"}],
}


def test_a_blueprint_names_elements_by_label_or_id(tmp_path: Path) -> None:
    made = written(tmp_path / "blueprint.json", json.dumps(BLUEPRINT))
    assert counts(made) == {
        "element": (4, 2, 0, 2), "connection": (3, 3, 0, 0), "loop": (1, 0, 0, 1), "element of connections only": (1, 1, 0, 0),
    }  # fmt: skip
    assert types(made) == {"Ministry": ("ministry",), "Law on Guns": ("law",), "Donor": ("unclassified",)}
    assert told(made) == {
        ("Ministry", "other", "Law on Guns", "drafts"),
        ("Donor", "funding", "Ministry", ""),
        ("Donor", "other", "Ministry", "is linked to"),
    }
    assert [(r.amount, r.currency) for r in made.relations if r.kind == "funding"] == [("1500.5", "USD")]
    assert made.actors[0].country == "GE"
    assert '"sideways" is no direction' in messages(made)


@pytest.mark.parametrize(
    "loop", [{"label": "R1"}, {"_id": "loop-1", "attributes": {"label": "R1", "type": "balancing"}}]
)
def test_a_loop_is_told_by_its_label(tmp_path: Path, loop: object) -> None:
    made = written(tmp_path / "map.kumu.json", json.dumps({**BLUEPRINT, "loops": [loop]}))
    assert 'the loop "R1" is a way through the drawing' in messages(made)


PROJECT: dict[str, Any] = {
    "name": "Oversight map",
    "description": "Who watches whom",
    "defaultMap": "map-1",
    "elements": [
        {"_id": "elem-1", "attributes": {"label": "Ombudsman", "element type": "Ombudsman", "phone number": "1", "secret": "x"}},
        {"_id": "elem-2", "attributes": {"label": "Army", "element type": "Army", "tags": ["big"]}},
    ],
    "connections": [
        {"_id": "conn-1", "from": "elem-1", "to": "elem-2", "direction": "directed", "delayed": True, "attributes": {"connection type": "Supervises", "label": "visits"}},
        {"_id": "conn-2", "from": "elem-1", "to": "elem-9", "direction": "undirected", "attributes": {}},
    ],
    "attributes": [{"_id": "attr-1", "name": "secret", "private": True}],
    "maps": [{"_id": "map-1", "elements": [{"_id": "node-1", "element": "elem-1", "position": {"x": 1, "y": 2}}]}],
    "perspectives": [{"_id": "p"}],
}  # fmt: skip


def test_the_export_of_a_project_keeps_private_fields_private(tmp_path: Path) -> None:
    made = written(tmp_path / "project.json", json.dumps(PROJECT))
    assert counts(made) == {"element": (2, 2, 0, 0), "connection": (2, 1, 0, 1)}
    assert types(made) == {"Ombudsman": ("ombuds-institution",), "Army": ("armed-forces",)}
    assert [(r.kind, r.phrase, r.note) for r in made.relations] == [("oversight", "visits", "delayed: yes")]
    assert (made.title, made.description) == ("Oversight map", "Who watches whom")
    assert "secret" not in repr(made.actors)
    for words in ('"secret" is private', '"maps" is not taken over: 1', '"perspectives" is not taken over: 1'):
        assert words in messages(made)


def test_any_table_under_a_label_is_not_kumu(tmp_path: Path) -> None:
    for text in ("Label,Votes\na,1\n", "Id,Label,Interval\n1,a,\n", "From: me,To: you\n"):
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        assert recognise(tmp_path / "t.csv") is None
    assert recognise(workbook(tmp_path / "t.xlsx", {"One": [["Name", "Votes"]]})) is None


def test_what_we_write_for_kumu_comes_back(mini: gb.Atlas, tmp_path: Path) -> None:
    content = mini.interchange("kumu")
    assert content.text == mini.interchange("kumu").text
    file = tmp_path / "mini.kumu.json"
    file.write_bytes(content.text)
    made = imported(file)
    document = json.loads(content.text)
    assert set(names(made).values()) == {e["label"] for e in document["elements"] if e["sort"] != "concept"}
    labels = {e["id"]: e["id"] if e["sort"] == "concept" else e["label"] for e in document["elements"]}
    rows = {(labels[c["from"]], c["kind"], labels[c["to"]], c.get("phrase", ""), c["modality"], c.get("start", ""), c.get("amount", "")) for c in document["connections"]}  # fmt: skip
    back = names(made)
    assert {
        (back[r.actor], r.kind, back.get(r.target, r.target), r.phrase, r.modality, r.start, r.amount)
        for r in made.relations
    } == rows
    first = next(actor for actor in made.actors if actor.label_en == "Parliament of Examplia")
    assert (first.type, first.country, first.label_uk, first.founded, first.exact_match) == (
        ("parliament",), "XX", "Парламент Екземплії", "1991-08-24", ("Q11010",),
    )  # fmt: skip
    assert set(first.alt_labels) == {"the Chamber", "EP", "Exampla Parlamento"}
    assert "source" not in {f.field for f in made.findings}
    assert not [f for f in made.findings if "left out" in f.message]


def test_what_kumu_cannot_carry_is_counted(norms: gb.Atlas) -> None:
    notes = "\n".join(norms.interchange("kumu").notes())
    for words in ("archetypes", "say no", "several parties", "no evidence"):
        assert words in notes


WORD = st.text(max_size=6) | st.sampled_from(
    [
        "a",
        "b",
        "Law",
        "oversees",
        "Police",
        "mutual",
        "undirected",
        "x|y",
        "topic:budget",
        "normative",
        "\ud800",
        "\x00",
        "2001-02-30",
    ]
)
VALUE = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORD, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORD, inner, max_size=2), max_leaves=3)  # fmt: skip
FIELDS = ["id", "_id", "label", "type", "from", "to", "direction", "attributes", "tags", "description", "kind", "modality", "amount", "start", "sort", "sources", "legal basis"]  # fmt: skip
OBJECT = st.dictionaries(st.sampled_from(FIELDS), VALUE, max_size=7) | VALUE


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(OBJECT, max_size=4), st.lists(OBJECT, max_size=4))
def test_any_blueprint_is_read_counted_and_converts_to_the_same(
    tmp_path: Path, elements: list[object], connections: list[object]
) -> None:
    content = {"elements": [{"label": "a", "type": "Police"}, *elements], "connections": connections, "loops": elements}
    (tmp_path / "any.json").write_text(json.dumps(content), encoding="utf-8")
    rmtree(tmp_path / "folder", ignore_errors=True)
    same_quads(tmp_path / "any.json", tmp_path / "folder")


CELL = st.sampled_from(["", "a", "b", "Label", "From", "To", "Type", "Law", "oversees", "a|b", "mutual", "1999"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, max_size=4), max_size=8))
def test_any_sheet_is_read_counted_and_converts_to_the_same(tmp_path: Path, rows: list[list[object]]) -> None:
    source = workbook(
        tmp_path / "any.xlsx", {"One": [["Label", "Type"], *rows], "Two": [["From", "To", "Type"], *rows]}
    )
    rmtree(tmp_path / "folder", ignore_errors=True)
    same_quads(source, tmp_path / "folder")


@pytest.mark.parametrize("direction", ["directed", "undirected", "mutual"])
def test_direction_is_kept(tmp_path: Path, direction: str) -> None:
    content = {"elements": [{"label": "a"}, {"label": "b"}], "connections": [{"from": "a", "to": "b", "type": "informs", "direction": direction}]}  # fmt: skip
    made = written(tmp_path / "d.json", json.dumps(content))
    wanted = {
        "directed": {("a", "information", "b", "")},
        "undirected": {("a", "other", "b", "informs")},
        "mutual": {("a", "information", "b", ""), ("b", "information", "a", "")},
    }
    assert told(made) == wanted[direction]
