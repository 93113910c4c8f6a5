from __future__ import annotations

import dataclasses
import json
import re
from typing import Any, get_args

import pytest
from frictionless import Schema

from graph_build import records
from graph_build.resources import resource
from graph_build.vocabulary import vocabulary

_RECORDS = {
    "actors": records.Actor,
    "things": records.Thing,
    "relations": records.Relation,
    "evidence": records.Evidence,
    "sources": records.Source,
    "searches": records.Search,
    "stories": records.Step,
}
_TABLES = sorted(_RECORDS)


def _schema(table: str) -> dict[str, Any]:
    text = resource("ontology").joinpath("tables", f"{table}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _field(table: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(field for field in _schema(table)["fields"] if field["name"] == name)
    return found


@pytest.mark.parametrize("table", _TABLES)
def test_a_schema_is_a_table_schema(table: str) -> None:
    schema = Schema.from_descriptor(_schema(table))
    assert schema.field_names


@pytest.mark.parametrize("table", _TABLES)
def test_columns_are_the_fields_of_the_record(table: str) -> None:
    renamed = {"others": "with"}
    fields = [renamed.get(field.name, field.name) for field in dataclasses.fields(_RECORDS[table])]
    columns = [field["name"] for field in _schema(table)["fields"]]
    assert set(columns) == set(fields) - {"place"}
    assert len(columns) == len(set(columns))


@pytest.mark.parametrize("table", _TABLES)
def test_every_column_is_a_string_with_title_and_description(table: str) -> None:
    for field in _schema(table)["fields"]:
        assert field["type"] == "string"
        assert field["title"]
        assert field["description"].endswith(".")
        re.compile(field.get("constraints", {}).get("pattern", ""))


@pytest.mark.parametrize(
    ("table", "name", "good", "bad"),
    [
        ("actors", "id", "norm-cso", "Norm CSO"),
        ("actors", "type", "cso|donor", "cso, donor"),
        ("actors", "country", "UA", "ua"),
        ("actors", "founded", "1991-08", "08.1991"),
        ("relations", "target", "principle:rule-of-law", "fn:audit"),
        ("relations", "with", "norm-cso|topic:budget", "norm-cso|"),
        ("relations", "amount", "125000.50", "125,000"),
        ("evidence", "sha256", "0" * 64, "0" * 63),
        ("sources", "url", "https://example.org/", "javascript:alert(1)"),
        ("sources", "file", "001.txt", "../001.txt"),
        ("searches", "when", "2026-01-31", "yesterday"),
    ],
)
def test_patterns_take_the_good_and_refuse_the_bad(table: str, name: str, good: str, bad: str) -> None:
    pattern = _field(table, name)["constraints"]["pattern"]
    assert re.fullmatch(pattern, good)
    assert not re.fullmatch(pattern, bad)


def test_enumerations_are_those_of_the_ontology_and_the_records() -> None:
    schemes = vocabulary().schemes
    for name in ("modality", "confidence", "status"):
        assert set(_field("relations", name)["constraints"]["enum"]) == set(schemes[name])
    assert _field("evidence", "stance")["constraints"]["enum"] == list(get_args(records.Stance))
    assert _field("relations", "verified")["constraints"]["enum"] == [one for one in get_args(records.Verified) if one]
