"""Every reader against files that were made to do harm: a finding, in bounded memory and time, and never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from graph_build.errors import InputError
from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from tests.readers.conversion import adds_up, errors
from tests.readers.samples import BOOKS, MAPPED, TEXTS, book, repacked, source

SOUND = {**TEXTS, **MAPPED}
XML = ("x.iati.xml", "plans.iati.xml", "x.gexf", "x.graphml", "x.rdf")
JSON = (
    "x.popolo.json",
    "x.factbook.json",
    "x.kumu.json",
    "x.littlesis.json",
    "x.oligrapher.json",
    "x.jsonld",
    "x.wikidata.json",
    "grants.json",
)
LINES = ("x.ftm.json", "x.delta.json", "x.wikidata.jsonl", "grants.jsonl")


def read(file: Path) -> Dataset | str:
    """Return what a file becomes, which must be sound, or the message of the error that says why it becomes nothing."""
    try:
        made = import_source(file).dataset()
    except InputError as error:
        if not (error.findings or error.remedy):
            raise
        return error.findings[0].message if error.findings else error.message
    adds_up(made)
    assert errors([made]) == []
    return made


@pytest.mark.parametrize("name", SOUND)
def test_the_samples_are_sound(tmp_path: Path, name: str) -> None:
    made = read(source(tmp_path, name, SOUND[name]))
    assert isinstance(made, Dataset)
    assert name == "x.nt" or made.actors


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a"> %a;]>',
    ],
    ids=["bomb", "file", "network"],
)
def test_entities_end_the_reading(tmp_path: Path, name: str, declared: str) -> None:
    said = read(source(tmp_path, name, declared.encode() + SOUND[name]))
    assert isinstance(said, str)
    assert "declares entities" in said


@pytest.mark.parametrize("name", XML)
def test_xml_nested_deep_ends_the_reading(tmp_path: Path, name: str) -> None:
    start = SOUND[name].rindex(b"</")
    said = read(source(tmp_path, name, SOUND[name][:start] + b"<a>" * 100_000))
    assert isinstance(said, str)
    assert "nested deeper" in said


@pytest.mark.parametrize("name", JSON)
def test_json_nested_deep_ends_the_reading(tmp_path: Path, name: str) -> None:
    whole = json.loads(SOUND[name])
    deep = SOUND[name].rstrip()[:-1] + (b', "deep": ' if isinstance(whole, dict) else b", ")
    for opened in (b"[", b'{"a":'):
        said = read(source(tmp_path, name, deep + opened * 100_000))
        assert isinstance(said, str)
        assert "nested deeper" in said


@pytest.mark.parametrize("name", LINES)
def test_a_line_nested_deep_is_left_out_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    whole = read(source(tmp_path, name, SOUND[name]))
    made = read(source(tmp_path, name, SOUND[name] + b"\n" + b'{"a":' * 100_000 + b"\n"))
    assert isinstance(whole, Dataset)
    assert isinstance(made, Dataset)
    assert {actor.id for actor in made.actors} == {actor.id for actor in whole.actors}
    assert any("deep" in finding.message or "not JSON" in finding.message for finding in made.findings)


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp1251", "utf-8-sig"])
def test_another_encoding_is_read_or_told(tmp_path: Path, name: str, encoding: str) -> None:
    text = SOUND[name].decode().replace('encoding="UTF-8"', "").replace(" uk", " de")
    content = text.encode(encoding, "replace")
    said = read(source(tmp_path, name, content))
    if encoding == "utf-8-sig":
        assert isinstance(said, Dataset)
        assert {actor.label_en for actor in said.actors} == {
            actor.label_en for actor in _dataset(read(source(tmp_path, name, SOUND[name]))).actors
        }


def _dataset(made: Dataset | str) -> Dataset:
    assert isinstance(made, Dataset), made
    return made


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.parametrize(
    "content",
    [PICTURE, b"%PDF-1.7\n" + PICTURE, b"", b"\xd0\xcf\x11\xe0" + PICTURE],
    ids=["png", "pdf", "empty", "xls"],
)
def test_what_is_something_else_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    if name.startswith(LINES) or name == "x.nt" or not content:
        read(source(tmp_path, name, content))  # nothing, or lines that cannot be read: each of them is told
    else:
        said = read(source(tmp_path, name, content))
        assert isinstance(said, str) or (said.findings and not said.actors)


@pytest.mark.parametrize("name", [name for name in BOOKS if name.endswith(".xlsx")])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_in_a_workbook_end_the_reading(tmp_path: Path, name: str, part: str) -> None:
    file = book(tmp_path, name)
    with ZipFile(file) as archive:
        old = archive.read(part)
    start = old.index(b"?>") + 2 if b"?>" in old else 0
    bad = old[:start] + b'<!DOCTYPE a [<!ENTITY x "aaaa"><!ENTITY y "&x;&x;">]>' + old[start:]
    said = read(source(tmp_path, name, repacked(file, part, bad).read_bytes()))
    assert isinstance(said, str)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("grants.ods", "content.xml"),
        ("grants.xlsx", "xl/worksheets/sheet1.xml"),
        ("grants.xlsx", "xl/workbook.xml"),
        ("grants.xlsb", "xl/_rels/workbook.bin.rels"),
    ],
)
def test_an_encoding_that_nobody_knows_ends_the_reading_of_a_workbook(tmp_path: Path, name: str, part: str) -> None:
    file = book(tmp_path, name)
    with ZipFile(file) as archive:
        old = archive.read(part)
    start = old.index(b"?>") + 2 if old.startswith(b"<?xml") else 0
    content = b'<?xml version="1.0" encoding="UTF-6"?>' + old[start:]
    said = read(source(tmp_path, name, repacked(file, part, content).read_bytes()))
    assert isinstance(said, str)
    assert "unknown encoding" in said


@pytest.mark.parametrize("name", [name for name in BOOKS if not name.endswith(".xls")])
def test_a_workbook_packed_to_harm_is_refused(tmp_path: Path, name: str) -> None:
    file = book(tmp_path, name)
    with ZipFile(file, "a", ZIP_DEFLATED) as archive, archive.open("xl/media/a.bin", "w") as stream:
        for _ in range(300):
            stream.write(bytes(2**20))
    said = read(source(tmp_path, name, file.read_bytes()))
    assert isinstance(said, str)
    assert "packed so tight" in said or "of no format" in said or "MB" in said


_MEMORY = """
import resource, sys
from pathlib import Path
from graph_build.errors import InputError
from graph_build.readers.formats import FORMATS, import_source
assert all(form.reader for form in FORMATS)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for name in sys.argv[1:]:
    try:
        import_source(Path(name))
    except InputError as error:
        assert error.findings or error.remedy
    used = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(name, used)
    assert used < 250, name
"""


def hole(file: Path, start: bytes, size: int) -> Path:
    """Write a file that goes on without a line end: a hole in it takes no room on the disk."""
    with file.open("wb") as stream:
        stream.write(start)
        stream.truncate(size)
    return file


def letters(file: Path, start: bytes, size: int) -> Path:
    with file.open("wb") as stream:
        stream.write(start)
        for _ in range(size // 2**20):
            stream.write(b"a" * 2**20)
    return file


LONGEST = ("x.ftm.json", "x.popolo.json", "x.gexf", "grants.csv")
"""One for each way in which files are read; of the others a shorter line tells the same."""


@pytest.mark.parametrize(
    ("make", "names", "size"),
    [(hole, LONGEST, 2 * 10**9), (letters, tuple(SOUND), 20 * 2**20)],
    ids=["two gigabytes", "letters"],
)
def test_a_line_without_end_costs_little_memory(
    tmp_path: Path, make: Callable[[Path, bytes, int], Path], names: tuple[str, ...], size: int
) -> None:
    files = []
    for name in names:
        folder = tmp_path / name
        folder.mkdir()
        files.append(str(source(folder, name, SOUND[name])))
        make(folder / name, SOUND[name] + b"\n" if name in LINES else SOUND[name].rstrip()[:-2], size)
    done = subprocess.run([sys.executable, "-c", _MEMORY, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == len(names)
