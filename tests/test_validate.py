"""The graph against the shapes, and passages against the texts."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import Literal, Quad, RdfFormat, serialize
from rdflib import SH, Graph

from graph_build.builder import build_store
from graph_build.errors import Finding
from graph_build.readers import check, read
from graph_build.resources import resource
from graph_build.store import EmbeddedStore
from graph_build.validate import ShapesReport, passage, validate_passages, validate_shapes, validate_shapes_of_record
from graph_build.vocabulary import PREFIXES, term

MINI = Path(__file__).parent / "data" / "mini"
TEXTS = MINI / "texts"


@cache
def broken_store() -> EmbeddedStore:
    store = build_store([MINI])
    graph, relation = term("dataset:mini"), term("rel:m-02")
    store.extend(
        [
            Quad(relation, term("adms:status"), term("status:draft"), graph),
            Quad(relation, term("gov:phrase"), Literal("no language"), graph),
        ]
    )
    (label,) = store.engine.quads_for_pattern(
        term("id:defence-budget"), term("skos:prefLabel"), Literal("оборонний бюджет", language="uk")
    )
    store.engine.remove(label)
    return store


@cache
def broken_report() -> ShapesReport:
    return validate_shapes(broken_store())


def test_the_fixture_conforms() -> None:
    assert [str(result) for result in validate_shapes(build_store([MINI])).results] == []


def test_a_violation_names_node_path_and_reason() -> None:
    report = broken_report()
    assert not report.conforms
    status = [item for item in report.results if (item.focus, item.path) == ("rel:m-02", "adms:status")]
    assert [(item.severity, item.message) for item in status] == [
        ("violation", "A relation has exactly one status of the scheme.")
    ]
    phrase = [item for item in report.results if item.path == "gov:phrase"]
    assert [(item.focus, item.value) for item in phrase] == [("rel:m-02", "no language")]


def test_a_warning_does_not_break_conformity() -> None:
    warnings = [item for item in broken_report().results if item.severity == "warning"]
    assert [item.focus for item in warnings] == ["id:defence-budget"]
    assert ShapesReport(tuple(warnings)).conforms
    assert broken_report().counts()["warning"] == 1


def test_the_report_is_sorted() -> None:
    assert list(broken_report().results) == sorted(broken_report().results)


def test_an_empty_store_conforms() -> None:
    assert validate_shapes(EmbeddedStore.memory()).conforms


def test_the_passages_of_the_fixture_are_right() -> None:
    assert validate_passages(read(MINI), TEXTS) == []


def changed(folder: Path, column: str, cell: str) -> tuple[str, list[Finding]]:
    """Write a cell of the first row of the evidence, and return the file with what is found."""
    shutil.copytree(MINI, folder)
    file = folder / "evidence.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0][column] = cell
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(file), validate_passages(read(folder), TEXTS)


@pytest.mark.parametrize(
    ("column", "cell", "number", "message"),
    [
        ("locator", "char=0,99999", 3, "the range ends at 99999, the text page.txt at"),
        ("locator", "char=56,128", 4, "the passage char=56,128 of page.txt has another digest"),
        ("sha256", "0" * 64, 4, "of page.txt has another digest"),
    ],
)
def test_a_wrong_passage_is_found_with_line_and_column(
    tmp_path: Path, column: str, cell: str, number: int, message: str
) -> None:
    file, found = changed(tmp_path / "mini", column, cell)
    assert [(item.file, item.line, item.column) for item in found] == [(file, 2, number)]
    assert message in found[0].message


NORWAY = Path(__file__).parents[1] / "datasets" / "norway"


def test_what_a_bundled_dataset_holds_is_missed_with_the_command_that_reads_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(NORWAY.parents[1])
    found = check([read(shutil.copytree(NORWAY, tmp_path / "my norway"))])
    told = [item.remedy for item in found if item.message == 'there is no actor "greco"']
    command = f"govgraph validate '{tmp_path}/my norway' datasets/international"
    assert told == [f'it stands in the bundled dataset "international": name its folder too: {command}']
    monkeypatch.chdir(tmp_path)  # elsewhere the whole path is what can be typed
    needed = {item.remedy.rsplit(f" {NORWAY.parent}/", 1)[-1] for item in check([read(NORWAY)])}
    assert needed == {"international", "netherlands"}
    together = [NORWAY, *(NORWAY.parent / name for name in needed)]
    assert not [item for item in check([read(folder) for folder in together]) if item.file.startswith(str(NORWAY))]


def test_an_id_that_nobody_bundles_or_only_as_something_else_brings_no_command(tmp_path: Path) -> None:
    folder = shutil.copytree(NORWAY, tmp_path / "norway")
    table = folder / "relations.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",greco,", ",zzzzzz,").replace(",greco\n", ",zzzzzz\n"), encoding="utf-8")
    evidence = folder / "evidence.csv"
    lines = evidence.read_text(encoding="utf-8").split("\n", 2)  # an actor is not what a source column can name
    lines[1] = ",".join([lines[1].split(",")[0], "greco", *lines[1].split(",")[2:]])
    evidence.write_text("\n".join(lines), encoding="utf-8")
    remedies = {item.message: item.remedy for item in check([read(folder)])}
    assert remedies['there is no actor "zzzzzz"'] == "add it, or read its dataset too"
    assert "bundled" not in remedies['there is no source "greco"']


def test_a_text_that_is_not_there_is_found(tmp_path: Path) -> None:
    found = validate_passages(read(MINI), tmp_path)
    assert {item.message for item in found} == {f"there is no readable text page.txt in {tmp_path}"}
    assert len(found) == 10


def test_ranges_count_code_points_of_the_text_with_its_newlines(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "text.txt").write_bytes("\ufeff🕊\r\nмир".encode())
    assert passage(tmp_path, "text.txt", "char=1,2") == "🕊"
    assert passage(tmp_path, "text.txt", "char=4,7") == "мир"
    assert passage(tmp_path, "text.txt", "char=4,8") is None
    assert passage(tmp_path, "text.txt", "page=1") is None
    assert passage(tmp_path, "missing.txt", "char=0,1") is None
    assert passage(tmp_path / "below", "../text.txt", "char=1,2") is None


def test_the_digest_is_that_of_the_utf8_bytes() -> None:
    dove = next(item for item in read(MINI).evidence if item.stance == "disputes" and item.source == "page")
    text = passage(TEXTS, "page.txt", dove.locator)
    assert text is not None
    assert "🕊" in text
    assert sha256(text.encode()).hexdigest() == dove.sha256


def test_aiming_property_shapes_at_the_targets_changes_no_result() -> None:
    """pySHACL on the shapes as they are written finds as much on the same nodes."""
    shapes = Graph().parse(
        data=resource("ontology").joinpath("shapes.ttl").read_text(encoding="utf-8"), format="turtle"
    )
    union = serialize((quad.triple for quad in broken_store().quads()), format=RdfFormat.N_TRIPLES) or b""
    _, plain, _ = pyshacl.validate(Graph().parse(data=union, format="nt"), shacl_graph=shapes)
    assert isinstance(plain, Graph)
    nodes = Counter(str(node) for node in plain.objects(None, SH.focusNode))
    found = Counter(
        item.focus.replace("rel:", PREFIXES["rel"]).replace("id:", PREFIXES["id"])
        for item in validate_shapes_of_record(broken_store()).results
    )
    assert nodes == found
    assert nodes.total() > 2
