"""FollowTheMoney statements, in CSV and in lines of JSON: gathered into the entities that they are about."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from graph_build.readers.formats import import_source, recognise
from tests.readers.conversion import adds_up, errors, same_quads
from tests.readers.drawn import counts, messages, told

COLUMNS = [
    "canonical_id",
    "entity_id",
    "schema",
    "prop",
    "prop_type",
    "value",
    "dataset",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "id",
]
ROWS = [
    ["NK-1", "us-1", "LegalEntity", "country", "country", "ua", "us_list", "", "Ukraine", "f", "2023", "a"],
    ["occ", "occ", "Occupancy", "holder", "entity", "eu-1", "eu_list", "", "", "f", "2023", "b"],
    ["NK-1", "us-1", "Person", "name", "name", "Ivan Petrenko", "us_list", "eng", "", "f", "2023", "c"],
    ["NK-1", "eu-1", "Person", "name", "name", "Іван Петренко", "eu_list", "ukr", "", "f", "2023", "d"],
    ["NK-1", "eu-1", "Person", "id", "identifier", "eu-1", "eu_list", "", "", "f", "2023", "e"],
    ["post", "post", "Position", "name", "name", "Minister", "eu_list", "", "", "f", "2023", "f"],
    ["occ", "occ", "Occupancy", "post", "entity", "post", "eu_list", "", "", "f", "2023", "g"],
    ["occ", "occ", "Occupancy", "startDate", "date", "2020-01", "eu_list", "", "", "f", "2023", "h"],
    ["NK-1", "x-1", "Person", "alias", "name", "Somebody Else", "x_list", "", "", "t", "2023", "i"],
    ["", "", "Person", "name", "name", "Nobody", "x_list", "", "", "f", "2023", "j"],
]


def written(folder: Path, form: str) -> Path:
    file = folder / f"statements.{form}"
    with file.open("w", encoding="utf-8", newline="") as stream:
        if form == "csv":
            csv.writer(stream).writerows([COLUMNS, *ROWS])
        else:
            lines = (dict(zip(COLUMNS, row, strict=True)) for row in ROWS)
            stream.writelines(json.dumps({**line, "lang": line["lang"] or None}) + "\n" for line in lines)
    return file


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_statements_of_an_entity_are_one_wherever_they_stand(tmp_path: Path, form: str) -> None:
    file = written(tmp_path, form)
    found = recognise(file)
    assert found is not None
    assert found.name == "ftm"
    made = import_source(file).dataset()
    adds_up(made)
    assert errors([made]) == []
    assert counts(made) == {"statement": (2, 0, 0, 2), "Person": (1, 1, 0, 0), "Occupancy": (1, 1, 0, 0), "Position": (1, 1, 0, 0)}  # fmt: skip
    assert told(made) == {("Ivan Petrenko", "membership", "Minister", "holds the post of")}
    person = next(actor for actor in made.actors if actor.type == ("person",))
    assert (person.alt_labels, person.country) == (("Іван Петренко",), "UA")
    assert person.identifiers == ("referent:us-1", "referent:eu-1")
    assert made.relations[0].start == "2020-01"
    said = messages(made)
    assert "a proposal that nobody accepted" in said
    assert '"dataset" of entity is not taken over: 3 have it' in said
    assert '"lang" of entity is not taken over: 1 have it' in said


def test_two_schemata_that_do_not_fit_are_told(tmp_path: Path) -> None:
    file = tmp_path / "two.csv"
    rows = ["entity_id,schema,prop,value", "a,Company,name,Acme", "a,Vessel,name,Acme", "b,Organization,name,Bee", "b,LegalEntity,country,ua"]  # fmt: skip
    file.write_text("\n".join(rows), encoding="utf-8")
    made = import_source(file).dataset()
    assert {actor.label_en: actor.type for actor in made.actors} == {"Acme": ("company",), "Bee": ("organisation",)}
    assert '"schema Vessel" of entity is not taken over: 1 have it' in messages(made)


def test_statements_build_as_the_folder_that_they_convert_into(tmp_path: Path) -> None:
    same_quads(written(tmp_path, "csv"), tmp_path / "folder")
