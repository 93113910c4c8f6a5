"""What every format must keep: a file gives the same quads built as it is and built from the folder it converts into."""

from __future__ import annotations

import json
from pathlib import Path

from graph_build.convert import convert
from graph_build.encode import encode, encode_dataset, organisation_ids
from graph_build.errors import Finding
from graph_build.readers import Dataset, check, read
from graph_build.readers.formats import import_source

DATA = Path(__file__).parents[3] / "shared" / "data"


def quads(dataset: Dataset) -> set[str]:
    known = organisation_ids([dataset])
    said = [str(quad) for record in dataset.records() for quad in encode(record, dataset, known)]
    return {*said, *(str(quad) for quad in encode_dataset(dataset))}


def errors(datasets: list[Dataset]) -> list[Finding]:
    return [finding for finding in check(datasets) if finding.severity == "error"]


def same_quads(source: Path, folder: Path) -> None:
    """Convert `source` into `folder`, and compare it with what the source gives directly."""
    direct = read(source)
    convert(source, folder)
    converted = read(folder)
    assert errors([direct]) == errors([converted]) == []
    assert quads(converted) == quads(direct)
    adds_up(direct)


def adds_up(dataset: Dataset) -> None:
    """Hold the counts of an import to their sum, and to what is in the dataset."""
    assert dataset.report is not None
    for count in dataset.report.counts.values():
        assert min(count.read, count.kept, count.joined, count.left_out) >= 0
        assert count.read == count.kept + count.joined + count.left_out


def labels(made: Dataset) -> dict[str, str]:
    """Return the English labels of actors and things by their ids."""
    return {actor.id: actor.label_en for actor in made.actors} | {thing.id: thing.label_en for thing in made.things}


def house(tmp_path: Path, **collections: object) -> Dataset:
    """Return what is read of a Popolo file of these collections; every entry of it is counted and nothing is wrong."""
    file = tmp_path / "house.json"
    file.write_text(json.dumps(collections), encoding="utf-8")
    made = import_source(file).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made
