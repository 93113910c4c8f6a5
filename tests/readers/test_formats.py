"""How a source is recognised, and that nothing hostile costs more than a message."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph_build.errors import InputError
from graph_build.readers import read
from graph_build.readers.formats import import_source, recognise
from graph_build.readers.head import head
from graph_build.readers.imports import dataset_name
from graph_build.readers.json_stream import DEEPEST, pieces
from graph_build.readers.xml_stream import xml_pieces

POPOLO = '{"persons": [{"id": "p", "name": "P"}]}'
FTM = '{"id": "a", "schema": "Person", "properties": {"name": ["A"]}}'


def written(tmp_path: Path, name: str, content: str | bytes) -> Path:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("anything.bin", POPOLO, "popolo"),
        ("wrong.ftm.json", POPOLO, "popolo"),
        ("wrong.popolo.json", FTM, "ftm"),
        ("bom.json", "\ufeff" + POPOLO, "popolo"),
        ("utf16.json", POPOLO.encode("utf-16"), "popolo"),
        ("delta.json", json.dumps({"op": "ADD", "entity": json.loads(FTM)}), "ftm"),
        ("array.json", f"[{FTM}]", "ftm"),
        ("empty.ftm.json", "", "ftm"),
    ],
)
def test_the_content_goes_before_the_name(tmp_path: Path, name: str, content: str | bytes, form: str) -> None:
    found = recognise(written(tmp_path, name, content))
    assert found is not None
    assert found.name == form


@pytest.mark.parametrize(
    ("name", "content", "look"),
    [
        ("empty", b"", "it is empty"),
        ("binary.csv", b"\x00\x01\x02" * 100, "it is not text"),
        ("image.json", b"\x89PNG\r\n\x1a\n\xff\xfe" + b"\0" * 50, "it is not text"),
        ("other.json", b'{"cheese": [1]}', "JSON with cheese"),
        ("page.svg", b"<!DOCTYPE svg><svg><g/></svg>", "XML with the root element svg"),
        ("note.txt", "Нотатка".encode("cp1251"), "text that begins with"),
        ("list.json", b"[" * 100_000, "text that begins with"),
    ],
)
def test_what_nobody_knows_is_an_error_that_says_what_it_looks_like_and_what_next(
    tmp_path: Path, name: str, content: bytes, look: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(written(tmp_path, name, content))
    assert look in caught.value.message
    assert caught.value.remedy


def test_a_table_is_sent_to_map(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="of no format") as caught:
        read(written(tmp_path, "people.csv", "name,boss\nA,B\n"))
    assert "govgraph map FILE" in caught.value.remedy


def test_a_folder_of_tables_is_sent_to_map(tmp_path: Path) -> None:
    written(tmp_path, "README.txt", "people, and their bosses")
    with pytest.raises(InputError, match="no file of a known format") as caught:
        read(tmp_path)
    assert "give a dataset folder" in caught.value.remedy
    written(tmp_path, "people.tsv", "name\tboss\nA\tB\n")
    with pytest.raises(InputError, match="no file of a known format") as caught:
        read(tmp_path)
    assert "govgraph map FOLDER" in caught.value.remedy


def test_a_folder_of_two_formats_and_an_empty_one_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no file of a known format"):
        read(tmp_path)
    written(tmp_path, "a.json", POPOLO)
    written(tmp_path, "b.json", FTM)
    with pytest.raises(InputError, match="several formats: Popolo JSON, FollowTheMoney entities"):
        read(tmp_path)


def test_the_dataset_is_named_after_the_file_and_its_ids_begin_with_it(tmp_path: Path) -> None:
    made = read(written(tmp_path, "My Parliament, 2020.popolo.json", POPOLO))
    assert made.name == "my-parliament-2020"
    assert [actor.id for actor in made.actors] == ["my-parliament-2020-person-p"]
    assert dataset_name(Path("norm-x.json")) == "file-norm-x"
    assert read(written(tmp_path, "norm-x.json", POPOLO)).actors != ()


def test_a_dataset_folder_loads_no_other_reader() -> None:
    program = "import sys, graph_build.readers as r; r.read(sys.argv[1]); print(*sys.modules)"
    mini = Path(__file__).parents[1] / "data" / "mini"
    loaded = subprocess.run([sys.executable, "-c", program, str(mini)], capture_output=True, check=True, text=True)
    assert not {"ijson", "defusedxml", "graph_build.readers.popolo"} & set(loaded.stdout.split())


@pytest.mark.parametrize(
    "content",
    [
        b'{"persons": ' + b"[" * 100_000,
        b'{"persons": [' + b'{"a":' * 100_000,
        b'{"persons": [{"id": "p", "name": "P"}',
        b'{"persons": [{"id": ' + b"1" * 6_000 + b"}]}",
        b'{"persons": [{"id": "\xff"}]}',
        b'{"persons": [{"id": NaN}]}',
        b'{"persons": []} x',
    ],
)
def test_broken_json_is_an_error_with_its_line(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        import_source(written(tmp_path, "x.popolo.json", content))
    assert [finding.line for finding in caught.value.findings] == [1]


def test_depth_is_limited_where_it_is_told(tmp_path: Path) -> None:
    deep = "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    assert len(list(pieces(written(tmp_path, "fine.json", f'{{"a": {deep}}}')))) == 1
    with pytest.raises(InputError, match="could not be read"):
        list(pieces(written(tmp_path, "deep.json", f'{{"a": [{deep}]}}')))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<a>" * 100_000, "nested deeper"),
        (b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>', "declares entities"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "declares entities"),
        (b"<a>\xff</a>", "not XML from here on"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "not XML from here on"),
        (b"<a " + b"x" * 6_000_000, "longer than 4 MB"),
        (b"", "not XML from here on"),
    ],
)
def test_hostile_xml_is_an_error(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        list(xml_pieces(written(tmp_path, "x.xml", content), {"a"}))
    assert message in caught.value.findings[0].message


def test_xml_comes_piece_by_piece_with_its_lines(tmp_path: Path) -> None:
    file = written(tmp_path, "x.xml", '<r>\n<a n="1">one<b/>tail</a>\n<g><a>two</a></g></r>')
    found = list(xml_pieces(file, {"a"}))
    assert [(piece.name, piece.line, piece.above) for piece in found] == [("a", 2, ("r",)), ("a", 3, ("r", "g"))]
    assert (found[0].element.text, found[0].element[0].tail, found[0].element.get("n")) == ("one", "tail", "1")


_MEMORY = """
import resource, sys
from pathlib import Path
from graph_build.errors import InputError
from graph_build.readers.formats import import_source
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    import_source(Path(sys.argv[1]))
except InputError as error:
    print(error.findings[0].message if error.findings else error.message)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize(
    "start", [b'{"id": "a", "schema": "Person", "properties": {"name": ["', b'{"persons": [{"name": "']
)
def test_a_line_without_end_costs_little_memory(tmp_path: Path, start: bytes) -> None:
    file = tmp_path / "long.json"
    with file.open("wb") as stream:
        stream.write(start)
        stream.seek(400_000_000)  # a hole: NUL bytes that take no room on the disk
        stream.write(b'"]}}')
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(file)], capture_output=True, text=True, check=True, timeout=60
    )
    assert int(done.stdout.splitlines()[-1]) < 150


def test_head_looks_at_the_beginning_only(tmp_path: Path) -> None:
    assert len(head(written(tmp_path, "x", b"a" * 1_000_000)).content) == 65_536


def test_a_report_stays_small_and_printable_whatever_the_file_names(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": str(n), "schema": f"S{n}\ud800" * 9, "properties": {f"p{n}\x07": ["\ud800"], "name": []}})
        for n in range(3_000)
    ]
    report = import_source(written(tmp_path, "many.ftm.json", "\n".join(lines))).report
    assert sum(count.read for count in report.counts.values()) == 3_000
    assert len(report.counts) <= 501
    assert len(report.findings) < 2_500
    assert all(str(finding).isprintable() for finding in report.findings)


def test_what_a_file_says_of_itself_is_made_fit_too(tmp_path: Path) -> None:
    file = written(
        tmp_path, "x.popolo.json", '{"meta": {"sources": ["\\u0007 a", "https://example.org/"]}, "persons": []}'
    )
    made = read(file)
    assert made.description == "Its sources: \ufffd a, https://example.org/"
    assert made.sources[0].url == "https://example.org/"
