"""Answers of SPARQL endpoints that people saved, as tables; and entities of Wikidata, for which there is a request."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_build.errors import InputError
from graph_build.readers.formats import import_source
from graph_build.readers.tabular_propose import propose
from tests.readers.conversion import same_quads

WD = "http://www.wikidata.org/entity/"
BODY = {
    "body": {"type": "uri", "value": f"{WD}Q1"},
    "name": {"type": "literal", "xml:lang": "uk", "value": "Рада"},
    "parent": {"type": "uri", "value": f"{WD}Q2"},
}
PARENT = {"body": {"type": "uri", "value": f"{WD}Q2"}, "name": {"type": "literal", "value": "State"}}
BLANK = {"body": {"type": "bnode", "value": "b0"}, "name": {"type": "literal", "value": "Committee"}}
ANSWER: dict[str, Any] = {
    "head": {"vars": ["body", "name", "parent"]},
    "results": {"bindings": [BODY, PARENT, BLANK, "no solution"]},
}
MAPPING = """
[[table]]
file = "{file}"
each = "solution"
about = "main"
[table.actor.main]
key = "body"
name = "name"
note = "name/lang"
exact_match = "body"
type = {{ always = "organisation" }}
[table.actor.parent]
key = "parent"
elsewhere = true
[[table.relation]]
actor = "main"
target = "parent"
kind = {{ always = "composition" }}
function = {{ always = "part" }}
"""
ENTITY = {"type": "item", "id": "Q212", "labels": {"en": "Ukraine"}, "descriptions": {}, "statements": {}}
"""As the REST interface of Wikibase gives it, which is not read: `wikidata_entities` takes the other form."""


@pytest.mark.parametrize("name", ["answer.json", "answer.srj"])
def test_each_solution_is_a_row_and_each_variable_a_column(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(json.dumps(ANSWER, ensure_ascii=False), encoding="utf-8")
    mapping = tmp_path / "set.mapping.toml"
    mapping.write_text(MAPPING.format(file=name), encoding="utf-8")
    made = import_source(mapping).dataset()
    said = {(actor.label_en, actor.note, actor.exact_match) for actor in made.actors}
    assert said == {("Рада", "uk", ("Q1",)), ("State", "", ("Q2",)), ("Committee", "_:b0", ())}
    names = {actor.id: actor.label_en for actor in made.actors}
    assert [(names[one.actor], names[one.target]) for one in made.relations] == [("Рада", "State")]
    assert any("it is no solution" in finding.message for finding in made.findings)
    same_quads(mapping, tmp_path / "tables")


def test_a_proposal_names_the_variables(tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(ANSWER, indent=1), encoding="utf-8")
    proposal = propose(file, tmp_path)
    assert 'name = "name"' in proposal
    assert "records" not in proposal


def test_an_answer_whose_variables_come_after_many_solutions_is_one(tmp_path: Path) -> None:
    many = [{"body": {"type": "uri", "value": f"{WD}Q{n}"}, "name": BODY["name"]} for n in range(1, 1_500)]
    (tmp_path / "set.json").write_text(json.dumps({"results": {"bindings": many}, "head": ANSWER["head"]}))
    mapping = tmp_path / "set.mapping.toml"
    mapping.write_text(MAPPING.format(file="set.json"), encoding="utf-8")
    assert len(import_source(mapping).dataset().actors) == len(many)
    with pytest.raises(InputError, match="the answer of a SPARQL endpoint"):
        import_source(tmp_path / "set.json")


def test_what_has_bindings_without_terms_is_no_answer(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text(json.dumps({"results": {"bindings": [{"type": "a", "value": {"b": 1}}]}}))
    with pytest.raises(InputError, match="JSON with results"):
        import_source(tmp_path / "other.json")


LABELLED = """body,bodyLabel,bodyAltLabel,parent,parentLabel,country,countryLabel,inception,bodyDescription
{wd}Q1,Рада,VR,{wd}Q9,State,{wd}Q212,Ukraine,1990-01-01T00:00:00Z,a house
{wd}Q2,Committee,,{wd}Q1,Рада,{wd}Q212,Ukraine,,
{wd}Q3,Committee,,{wd}Q1,Рада,{wd}Q212,Ukraine,,
"""
"""As the query service of Wikidata gives what was asked with its label service."""


def test_a_column_beside_that_of_its_labels_is_the_key_of_those_named(tmp_path: Path) -> None:
    (tmp_path / "answer.csv").write_text(LABELLED.format(wd=WD), encoding="utf-8")
    mapping = tmp_path / "set.mapping.toml"
    mapping.write_text(propose(tmp_path / "answer.csv", tmp_path), encoding="utf-8")
    made = import_source(mapping).dataset()
    said = [(one.label_en, one.country, one.founded, one.exact_match, one.alt_labels, one.note) for one in made.actors]
    assert said == [
        ("Рада", "UA", "1990-01-01", (f"{WD}Q1",), ("VR",), "a house"),
        ("State", "", "", (f"{WD}Q9",), (), ""),
        ("Committee", "UA", "", (f"{WD}Q2",), (), ""),
        ("Committee", "UA", "", (f"{WD}Q3",), (), ""),
    ]
    names = {actor.id: actor.label_en for actor in made.actors}
    parts = [(names[one.actor], one.kind, names[one.target]) for one in made.relations]
    assert parts == [("Рада", "composition", "State"), *[("Committee", "composition", "Рада")] * 2]


@pytest.mark.parametrize(
    ("columns", "ends"),
    [
        ("item,itemLabel,position,positionLabel", ("item", "position")),
        ("donor,donorLabel,recipient,recipientLabel", ("donor", "recipient")),
        ("person,personLabel,party,partyLabel", ("person", "party")),
        ("minister,ministerLabel,ministry,ministryLabel", ("minister", "ministry")),
    ],
)
def test_both_ends_of_a_relation_have_their_labels_as_names(
    tmp_path: Path, columns: str, ends: tuple[str, str]
) -> None:
    rows = "".join(f"{WD}Q{n},A{n},{WD}Q{n + 5},B{n}\n" for n in range(1, 4))
    (tmp_path / "answer.csv").write_text(f"{columns}\n{rows}", encoding="utf-8")
    proposal = propose(tmp_path / "answer.csv", tmp_path)
    for end in ends:
        assert f'key = "{end}"\nname = "{end}Label"' in proposal
        assert f'exact_match = "{end}"' in proposal
    assert "[[table.relation]]" in proposal


@pytest.mark.parametrize(
    ("content", "look", "remedy"),
    [
        (json.dumps(ANSWER, indent=1), "it is the answer of a SPARQL endpoint", "govgraph map FILE"),
        ('<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/></sparql>', "in XML", "save it as CSV or JSON"),
        (json.dumps([ENTITY], indent=1), "entities of Wikidata", "[wikidata]"),
        (json.dumps(ENTITY), "entities of Wikidata", "[wikidata]"),
    ],
)
def test_what_is_no_file_of_a_format_is_called_by_its_name(
    tmp_path: Path, content: str, look: str, remedy: str
) -> None:
    file = tmp_path / "answer.txt"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        import_source(file)
    assert look in str(refused.value)
    assert remedy in refused.value.remedy
