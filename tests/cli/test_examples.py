"""Every example that `--help` shows runs as it stands, in a folder that holds the files it names.

One that names a cluster of its own does not: `tests/spark` builds on a real one.
"""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph_build.cli.app import _run, govgraph

MINI = Path(__file__).parents[1] / "data" / "mini"
EXAMPLES = [
    line.strip()
    for command in govgraph.commands.values()
    for line in (command.epilog or "").splitlines()
    if line.strip().startswith("govgraph ") and "spark://" not in line
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every file and folder that an example names."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(MINI, folder / "my-dataset")
    shutil.copytree(MINI / "texts", folder / "texts")
    (folder / "my.rq").write_text("SELECT ?s WHERE { ?s a gov:Archetype } ORDER BY ?s LIMIT 3", encoding="utf-8")
    rada = {"organizations": [{"id": "rada", "name": "Верховна Рада України", "classification": "legislature"}]}
    (folder / "rada.popolo.json").write_text(json.dumps(rada), encoding="utf-8")
    donor = {"id": "d1", "schema": "Organization", "properties": {"name": ["A Donor"], "country": ["nl"]}}
    (folder / "donations.ftm.json").write_text(json.dumps(donor) + "\n", encoding="utf-8")
    book = Workbook()
    for row in (["Donor", "Recipient", "Amount"], ["A Donor", "A Ministry", 5], ["B Donor", "A Ministry", 7]):
        book.worksheets[0].append(row)
    book.save(folder / "donors.xlsx")
    assert _run(["build", str(MINI), "-o", str(folder / "atlas-2025")]) == 0
    assert _run(["build", str(MINI), "-o", str(folder / "atlas")]) == 0
    return folder


def test_every_command_shows_an_example() -> None:
    assert {line.split()[1] for line in EXAMPLES} >= set(govgraph.commands)


@pytest.mark.acceptance(9)
@pytest.mark.parametrize("line", EXAMPLES)
def test_the_example_runs(line: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    assert _run(shlex.split(line)[1:]) == 0
