"""Popolo and FollowTheMoney written from a graph, and read again: what they carry comes back, and the rest is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import graph_build as gb
from graph_build.cli import main
from graph_build.cli.export import FORMATS_OF_OTHERS
from graph_build.export import INTERCHANGE
from graph_build.readers import Dataset, read
from tests.readers.conversion import DATA, errors

PARLIAMENTS = DATA / "everypolitician-popolo"
SAMPLES = DATA / "ftm-samples"

Told = tuple[str, ...]


def told(made: Dataset) -> tuple[list[Told], list[tuple[Told, ...]]]:
    """Return actors and relations without ids, for ids are those of the dataset."""
    names = {actor.id: actor.label_en for actor in made.actors} | {thing.id: thing.label_en for thing in made.things}
    actors = [
        (
            a.label_en,
            *a.type,
            a.country,
            a.founded,
            a.dissolved,
            *sorted(a.identifiers),
            *sorted(m for m in a.exact_match if m[0] == "Q"),
        )
        for a in made.actors
    ]
    relations = [
        ((names[r.actor], r.kind, names[r.target]), (r.role, r.start, r.end, r.amount, r.currency))
        for r in made.relations
    ]
    return sorted(actors), sorted(relations)


def again(source: Path, form: str, tmp_path: Path) -> Dataset:
    """Build a source, write it in a format, and read that."""
    file = tmp_path / f"again.{form}.json"
    file.write_bytes(gb.build(source).interchange(form).text)
    made = read(file)
    assert errors([made]) == []
    return made


HOUSE = {
    "persons": [
        {
            "id": "p",
            "name": "Ірина",
            "other_names": [{"name": "Iryna", "lang": "en"}],
            "identifiers": [{"scheme": "wikidata", "identifier": "Q7"}, {"scheme": "rada", "identifier": "12"}],
        }
    ],
    "organizations": [
        {"id": "rada", "name": "Rada", "classification": "parliament", "founding_date": "1990-07"},
        {"id": "c", "name": "Committee", "classification": "parliamentary committee", "parent_id": "rada"},
        {"id": "f", "name": "Party", "classification": "party"},
    ],
    "posts": [{"id": "chair", "label": "Chair", "organization_id": "c"}],
    "memberships": [
        {
            "person_id": "p",
            "organization_id": "c",
            "post_id": "chair",
            "on_behalf_of_id": "f",
            "role": "chair",
            "start_date": "2019-08",
        },
        {"person_id": "p", "organization_id": "rada", "end_date": "2024-02-29"},
    ],
}


def test_a_parliament_goes_out_as_popolo_and_comes_back(tmp_path: Path) -> None:
    source = tmp_path / "house.json"
    source.write_text(json.dumps(HOUSE), encoding="utf-8")
    first, second = read(source), again(source, "popolo", tmp_path)
    assert told(first) == told(second)
    assert len(first.relations) == 6


@pytest.mark.skipif(not PARLIAMENTS.exists(), reason="the folder of real files is not there")
def test_a_real_parliament_goes_out_as_popolo_and_comes_back(tmp_path: Path) -> None:
    source = PARLIAMENTS / "latvia-saeima-ep-popolo-v1.0.json"
    assert told(read(source)) == told(again(source, "popolo", tmp_path))


@pytest.mark.skipif(not SAMPLES.exists(), reason="the folder of real files is not there")
@pytest.mark.parametrize("name", ["donations.ijson", "eu_authorities.ftm.json"])
def test_a_real_stream_goes_out_as_entities_and_comes_back(name: str, tmp_path: Path) -> None:
    assert told(read(SAMPLES / name)) == told(again(SAMPLES / name, "ftm", tmp_path))


def test_every_kind_survives_followthemoney(mini: gb.Atlas, tmp_path: Path) -> None:
    made = mini.interchange("ftm")
    file = tmp_path / "mini.ftm.json"
    file.write_bytes(made.text)
    edges = [json.loads(line) for line in made.text.splitlines()]
    oversight = [e for e in edges if e["schema"] == "UnknownLink" and e["properties"].get("role") == ["oversight"]]
    assert oversight
    again = read(file)
    assert errors([again]) == []
    assert "oversight" in {relation.kind for relation in again.relations}
    assert len(again.relations) == sum("subject" in e["properties"] or e["schema"] not in ("Person", "Organization", "PublicBody", "Company", "LegalEntity", "Position", "Event", "Project") for e in edges)  # fmt: skip


@pytest.mark.parametrize("form", ["popolo", "ftm"])
def test_what_a_format_cannot_carry_is_counted(norms: gb.Atlas, form: str) -> None:
    made = norms.interchange(form)
    assert any("archetypes" in note for note in made.notes())
    assert any("say no" in note for note in made.notes())
    assert made.text == norms.export(form) == norms.interchange(form).text


def test_the_command_offers_every_format_that_is_written() -> None:
    assert set(FORMATS_OF_OTHERS) == set(INTERCHANGE)


def test_the_command_writes_and_says_what_it_left_out(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "ftm", "-o", str(tmp_path / "all.ftm.json")])
    assert not ended.value.code
    assert "left out: " in capfd.readouterr().err
    assert read(tmp_path / "all.ftm.json").actors
