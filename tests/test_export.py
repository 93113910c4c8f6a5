import csv
import io
import json
import os
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest
import rdflib

import graph_build as gb
from graph_build.errors import InputError
from graph_build.export import gexf, graphml
from graph_build.swap import write_atomically

FORMS = ("ttl", "trig", "nq", "jsonld", "gexf", "graphml", "csv", "statements", "svg", "html")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_graph_gives_the_same_bytes(mini: gb.Atlas, form: str) -> None:
    first = mini.export(form)
    assert first
    assert first == gb.build(Path(__file__).parent / "data" / "mini").export(form)


@pytest.mark.parametrize(("form", "syntax"), [("ttl", "turtle"), ("jsonld", "json-ld")])
def test_rdf_exports_say_the_same(mini: gb.Atlas, form: str, syntax: str) -> None:
    read = rdflib.Graph().parse(data=mini.export(form), format=syntax)
    assert set(read) == set(mini.to_rdflib())


def test_json_ld_has_labels_by_language(mini: gb.Atlas) -> None:
    assert '"uk": "Національна поліція Екземплії"' in mini.export("jsonld").decode()
    json.loads(mini.export("jsonld"))


def test_network_programs_read_what_is_written(mini: gb.Atlas, tmp_path: Path) -> None:
    for form, read in (("gexf", nx.read_gexf), ("graphml", nx.read_graphml)):
        file = tmp_path / f"graph.{form}"
        file.write_bytes(mini.export(form))
        graph = read(file)
        assert len(graph) == len(mini.network(hidden=True, as_of="any"))
        assert graph.number_of_edges() == mini.network(hidden=True, as_of="any").number_of_edges()


def test_gexf_bears_the_day_of_the_data_not_of_today(mini: gb.Atlas) -> None:
    assert b'lastmodifieddate="2025-11-02"' in mini.export("gexf")


def test_hostile_labels_stay_text() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", label_en='</node><script>\x00\x1b[31m"', types=("x", "y"), country=None)
    graph.add_edge("a", "a", "r1", negated=False, functions=("audit",))
    for written in (gexf(graph, "2026-01-01"), graphml(graph)):
        ET.fromstring(written)
        assert b"<script>" not in written
        assert b"\x00" not in written


def test_csv_is_guarded_and_complete(mini: gb.Atlas) -> None:
    rows = list(csv.DictReader(io.StringIO(mini.export("csv").decode())))
    assert len(rows) == len(mini.ask("relations", as_of="any"))


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="no file that can be replaced"):
        write_atomically(tmp_path / "pipe", b"new")
    assert (tmp_path / "pipe").is_fifo()


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    write_atomically(file, b"old")

    def refuse(self: Path, target: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
