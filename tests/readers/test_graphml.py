"""GraphML in several dialects: yEd with groups and arrows, networkx, Cytoscape, Neo4j; and what is left out."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from xml.sax.saxutils import escape, quoteattr

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_build.errors import InputError
from graph_build.readers.formats import import_source
from tests.readers.conversion import same_quads
from tests.readers.drawn import XML_TEXT, counts, imported, messages, told, types, written

YED = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <!--Created by yEd 3.23 <graph edgedefault="undirected">-->
  <key attr.name="description" attr.type="string" for="node" id="d5"/>
  <key for="node" id="d6" yfiles.type="nodegraphics"/>
  <key for="edge" id="d9" yfiles.type="edgegraphics"/>
  <graph edgedefault="directed" id="G">
    <node id="n0" yfiles.foldertype="group">
      <data key="d6"><y:ProxyAutoBoundsNode><y:Realizers active="0"><y:GroupNode><y:NodeLabel>Executive</y:NodeLabel></y:GroupNode>
        <y:GroupNode><y:NodeLabel>Folder 1</y:NodeLabel></y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode></data>
      <graph edgedefault="directed" id="n0:">
        <node id="n0::n0"><data key="d5"><![CDATA[Runs the forces]]></data>
          <data key="d6"><y:ShapeNode><y:Geometry height="30"/><y:NodeLabel fontSize="12">Ministry
of Defence<y:LabelModel/></y:NodeLabel></y:ShapeNode></data></node>
      </graph>
    </node>
    <node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>Parliament</y:NodeLabel></y:ShapeNode></data></node>
    <node id="n2"><data key="d6"><y:ShapeNode><y:NodeLabel hasText="false"/></y:ShapeNode></data></node>
    <edge id="e0" source="n1" target="n0::n0"><data key="d9"><y:PolyLineEdge><y:Arrows source="none" target="standard"/><y:EdgeLabel>oversees<y:LabelModel/></y:EdgeLabel></y:PolyLineEdge></data></edge>
    <edge id="e1" source="n1" target="n2"><data key="d9"><y:PolyLineEdge><y:Arrows source="delta" target="none"/><y:EdgeLabel>sends gifts to</y:EdgeLabel></y:PolyLineEdge></data></edge>
    <edge id="e2" source="n1" target="n2"><data key="d9"><y:PolyLineEdge><y:Arrows source="none" target="none"/></y:PolyLineEdge></data></edge>
    <edge id="e3" source="n1" target="n0"><data key="d9"><y:PolyLineEdge><y:Arrows source="standard" target="standard"/><y:EdgeLabel>dines with</y:EdgeLabel></y:PolyLineEdge></data></edge>
    <hyperedge><endpoint node="n0"/><endpoint node="n1"/></hyperedge>
  </graph>
</graphml>"""


def test_a_drawing_of_yed_has_labels_arrows_and_groups(tmp_path: Path) -> None:
    made = written(tmp_path / "y.graphml", YED)
    assert counts(made) == {"node": (4, 4, 0, 0), "edge": (4, 4, 0, 0), "hyperedge": (1, 0, 0, 1)}
    assert {actor.label_en: actor.note for actor in made.actors} == {
        "Executive": "",
        "Ministry of Defence": "Runs the forces; stands in: Executive",
        "Parliament": "",
        "n2": "",
    }
    assert told(made) == {
        ("Parliament", "oversight", "Ministry of Defence", ""),
        ("n2", "other", "Parliament", "sends gifts to"),
        ("Parliament", "other", "n2", "is linked to"),
        ("Parliament", "other", "Executive", "dines with"),
        ("Executive", "other", "Parliament", "dines with"),
    }
    assert {r.status for r in made.relations if r.kind == "oversight"} == {"draft"}  # its label is free text
    for words in ('"n2" has no label', '"nodegraphics" of node is not taken over: 4', "joins 2 nodes at once"):
        assert words in messages(made)


def test_networkx_writes_keys_and_defaults(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("mod", label="Ministry of Defence", category="Ministry", founded="1991-09-24", email="a@example.org")
    graph.add_node("SBU")
    graph.add_edge("mod", "SBU", relation="FUNDS", amount="1 500,50 €", since=2003)
    graph.add_edge("mod", "SBU", relation="FUNDS", amount="-3 EUR", start_date="12.05.2014")
    nx.write_graphml(graph, tmp_path / "n.graphml")
    made = imported(tmp_path / "n.graphml")
    assert types(made) == {"Ministry of Defence": ("ministry",), "SBU": ("unclassified",)}
    assert [(r.kind, r.amount, r.currency, r.start, r.note) for r in made.relations] == [
        ("funding", "1500.50", "EUR", "", "since: 2003"),
        ("funding", "", "", "2014-05-12", "amount: -3 EUR"),
    ]
    assert "a@example.org" not in repr(made.actors)
    assert '"email" of node is not taken over: 1' in messages(made)


def test_cytoscape_names_edges_after_their_ends(tmp_path: Path) -> None:
    text = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">
    <key id="name" for="node" attr.name="name" attr.type="string"/><key id="shared" for="node" attr.name="shared name" attr.type="string"/>
    <node id="61"><data key="SUID">61</data><data key="shared">NABU</data><data key="name">NABU</data><data key="selected">false</data></node>
    <node id="62"><data key="shared">SAPO</data><data key="name">SAP Office</data></node>
    <edge id="70" source="61" target="62"><data key="name">NABU (reports to) SAPO</data><data key="interaction">reports to</data></edge>
    </graph></graphml>"""
    made = written(tmp_path / "c.graphml", text)
    assert told(made) == {("NABU", "accountability", "SAP Office", "reports to")}
    assert [(actor.alt_labels, actor.note) for actor in made.actors] == [((), ""), (("SAPO",), "")]
    assert made.relations[0].note == ""


def test_neo4j_has_labels_for_types(tmp_path: Path) -> None:
    text = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph id="G" edgedefault="directed">
    <node id="n0" labels=":Person"><data key="labels">:Person</data><data key="name">Olha</data></node>
    <node id="n1" labels=":Company"><data key="name">Zbroya</data></node>
    <edge id="e0" source="n1" target="n0" label="OWNED_BY"><data key="label">OWNED_BY</data></edge></graph></graphml>"""
    made = written(tmp_path / "n.graphml", text)
    assert types(made) == {"Olha": ("person",), "Zbroya": ("company",)}
    assert told(made) == {("Olha", "ownership", "Zbroya", "")}
    assert made.relations[0].note == "told as: OWNED_BY"


def test_direction_is_the_edges_own_or_the_graphs(tmp_path: Path) -> None:
    text = """<graphml><graph edgedefault="undirected"><node id="a"><desc>the first</desc><port name="north"/></node><node id="b"/>
    <edge source="a" target="b" directed="true"><data key="type">supervises</data></edge>
    <edge source="b" target="a"><data key="type">supervises</data></edge>
    <edge source="b"/><edge source="a" target="z"/></graph></graphml>"""
    made = written(tmp_path / "d.graphml", text)
    assert told(made) == {("a", "oversight", "b", "supervises"), ("b", "other", "a", "supervises")}
    assert counts(made)["edge"] == (4, 2, 0, 2)
    assert made.actors[0].note == "the first"
    assert '"port" of node is not taken over: 1' in messages(made)


def test_the_same_edge_twice_is_joined(tmp_path: Path) -> None:
    edge = '<edge source="a" target="b"><data key="label">knows</data></edge>'
    made = written(
        tmp_path / "d.graphml",
        f'<graphml><graph edgedefault="directed"><node id="a"/><node id="b"/>{edge}{edge}</graph></graphml>',
    )
    assert counts(made)["edge"] == (2, 1, 1, 0)


def test_groups_may_be_deep_and_entities_may_not_be(tmp_path: Path) -> None:
    deep = "".join(f'<node id="n{n}"><graph>' for n in range(80)) + "</graph></node>" * 80
    made = written(tmp_path / "deep.graphml", f"<graphml><graph>{deep}</graph></graphml>")
    assert len(made.actors) == 80
    (tmp_path / "bad.graphml").write_text('<!DOCTYPE a [<!ENTITY b "c">]><graphml>&b;</graphml>', encoding="utf-8")
    with pytest.raises(InputError):
        import_source(tmp_path / "bad.graphml")


TEXT = XML_TEXT | st.sampled_from(
    [
        "a",
        "b",
        "Law",
        "police",
        "oversees",
        "actual",
        "normative",
        "descriptive",
        "2019",
        "topic:budget",
        "concept",
        "5 EUR",
        "true",
    ]
)
NAMES = st.sampled_from(["type", "label", "kind", "modality", "sort", "amount", "start", "end", "country", "url", "x", "layer", "stands_for", "identifiers", "same as"])  # fmt: skip
DATA = st.dictionaries(NAMES, TEXT, max_size=5)
KEY = st.sampled_from(["a", "b", "topic:budget", "ä"])


def _data(data: dict[str, str]) -> str:
    return "".join(f"<data key={quoteattr(name)}>{escape(value)}</data>" for name, value in data.items())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(KEY, DATA), max_size=4), st.lists(st.tuples(KEY, KEY, DATA, st.booleans()), max_size=4))
def test_any_graphml_is_read_counted_and_converts_to_the_same(
    tmp_path: Path, nodes: list[tuple[str, dict[str, str]]], edges: list[tuple[str, str, dict[str, str], bool]]
) -> None:
    body = "".join(f"<node id={quoteattr(key)}>{_data(data)}</node>" for key, data in nodes)
    lines = "".join(
        f'<edge source={quoteattr(a)} target={quoteattr(b)} directed="{str(way).lower()}">{_data(data)}</edge>'
        for a, b, data, way in edges
    )
    (tmp_path / "any.graphml").write_text(f"<graphml><graph>{lines}{body}</graph></graphml>", encoding="utf-8")
    rmtree(tmp_path / "folder", ignore_errors=True)
    same_quads(tmp_path / "any.graphml", tmp_path / "folder")


def test_a_drawing_of_yfiles_for_the_web_has_labels(tmp_path: Path) -> None:
    made = written(
        tmp_path / "live.graphml",
        """<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/yfiles-common/3.0"
          xmlns:x="http://www.yworks.com/xml/yfiles-common/markup/3.0">
        <key id="d2" for="node" attr.name="NodeLabels"/><key id="d4" for="edge" attr.name="EdgeLabels"/>
        <graph edgedefault="directed">
        <node id="n0"><data key="d2"><x:List><y:Label><y:Label.Text>Ministry</y:Label.Text></y:Label></x:List></data></node>
        <node id="n1"><data key="d2"><x:List><y:Label Text="Parliament"/></x:List></data></node>
        <edge id="e" source="n1" target="n0"><data key="d4"><x:List><y:Label Text="oversees"/></x:List></data></edge>
        </graph></graphml>""",
    )
    assert told(made) == {("Parliament", "oversight", "Ministry", "")}
