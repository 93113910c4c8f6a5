"""GEXF in several dialects: Gephi 1.3 with spans and colours, networkx 1.2, hierarchies, our own export; and what is left out."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

import networkx as nx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import graph_build as gb
from graph_build.errors import InputError
from graph_build.readers.formats import import_source, recognise
from graph_build.vocabulary import local_name
from tests.readers.conversion import same_quads
from tests.readers.drawn import XML_TEXT, counts, imported, messages, names, told, types, written

GEPHI = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <meta lastmodifieddate="2024-05-02"><creator>Gephi 0.10.1</creator><title>Oversight</title><description>Who oversees</description></meta>
  <graph defaultedgetype="directed" timeformat="date" mode="dynamic">
    <attributes class="node" mode="static">
      <attribute id="actor_type" title="Actor Type" type="string"><default>NGO</default></attribute>
      <attribute id="modularity_class" title="Modularity Class" type="integer"/>
      <attribute id="c" title="Country" type="string"/>
      <attribute id="b" title="Budget line" type="string"/>
    </attributes>
    <attributes class="edge" mode="static"><attribute id="k" title="Relation type" type="string"/></attributes>
    <nodes>
      <node id="0" label="National Parliament">
        <attvalues><attvalue for="actor_type" value="Parliament"/><attvalue for="modularity_class" value="3"/><attvalue for="c" value="Ukraine"/></attvalues>
        <viz:size value="10.0"/><viz:position x="1" y="2"/><viz:color r="1" g="2" b="3"/>
      </node>
      <node id="1" label="Security Service" start="1992-03-25">
        <attvalues><attvalue for="actor_type" value="Secret office"/><attvalue for="b" value="6521"/></attvalues>
      </node>
      <node id="2" label="Watchdog"/>
    </nodes>
    <edges>
      <edge id="0" source="0" target="1" label="scrutinises" start="2018-07-08T00:00:00" end="2020"><attvalues><attvalue for="k" value="oversees"/></attvalues></edge>
      <edge id="1" source="2" target="1" type="undirected"><attvalues><attvalue for="k" value="oversees"/></attvalues></edge>
      <edge id="2" source="2" target="0" weight="2.5" label="lobbies"/>
      <edge id="3" source="0" target="2" kind="funded by"><spells><spell start="2001" end="2002"/><spell start="2004-05"/></spells></edge>
      <edge id="4" source="0" target="2" type="mutual"><attvalues><attvalue for="k" value="informs"/></attvalues></edge>
      <edge id="5" source="0" target="9"/>
      <edge id="6" source="0"/>
    </edges>
  </graph>
</gexf>"""


def test_a_file_of_gephi_is_read_by_the_titles_of_its_attributes(tmp_path: Path) -> None:
    made = written(tmp_path / "ssg.gexf", GEPHI)
    assert counts(made) == {"node": (3, 3, 0, 0), "edge": (7, 5, 0, 2)}
    assert types(made) == {
        "National Parliament": ("parliament",),
        "Security Service": ("unclassified",),
        "Watchdog": ("ngo",),
    }
    first, second, _ = made.actors
    assert (first.country, second.founded) == ("UA", "")
    assert second.note == "in the drawing: 1992-03-25/..; Actor Type: Secret office; Budget line: 6521"
    assert told(made) == {
        ("National Parliament", "oversight", "Security Service", "scrutinises"),
        ("Watchdog", "other", "Security Service", "oversees"),
        ("Watchdog", "advocacy", "National Parliament", "lobbies"),
        ("Watchdog", "funding", "National Parliament", ""),
        ("National Parliament", "information", "Watchdog", ""),
        ("Watchdog", "information", "National Parliament", ""),
    }
    spans = {
        (r.kind, r.start, r.end, r.status) for r in made.relations if r.kind in ("oversight", "funding", "advocacy")
    }
    assert spans == {
        ("oversight", "2018-07-08", "2020", "accepted"),
        ("funding", "2001", "2002", "accepted"),
        ("funding", "2004-05", "", "accepted"),
        ("advocacy", "", "", "draft"),  # the free label alone suggests it
    }
    assert {(r.modality, r.verified, r.confidence) for r in made.relations} == {("actual", "secondary", "")}
    assert made.title == "Oversight"
    told_of = messages(made)
    for words in ('"Secret office" is no type', '"Modularity Class" of node is not taken over: 1', '"viz:color" of node',
                  "has no direction", "names only one end", "was taken for", "which is not in the file"):  # fmt: skip
        assert words in told_of


def test_times_that_are_no_dates_stand_in_the_note(tmp_path: Path) -> None:
    text = """<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph mode="dynamic" defaultedgetype="directed">
    <nodes><node id="a" label="A"/><node id="b" label="B"/></nodes><edges>
    <edge source="a" target="b" start="2001.0" end="2003"/><edge source="b" target="a" timeset="&lt;[2019-01-01, 2020-02-03]&gt;"/>
    </edges></graph></gexf>"""
    made = written(tmp_path / "t.gexf", text)
    assert [(r.start, r.end, r.note) for r in made.relations] == [
        ("", "", "from 2001.0 to 2003 of the drawing"),
        ("2019-01-01", "2020-02-03", ""),
    ]


def test_networkx_writes_names_as_ids(tmp_path: Path) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("Ministry of Defence", "Audit Office", relationship="cooperates with", weight=2)
    graph.nodes["Audit Office"]["type"] = "supreme audit institution"
    nx.write_gexf(graph, tmp_path / "n.gexf")
    made = imported(tmp_path / "n.gexf")
    assert types(made) == {"Ministry of Defence": ("unclassified",), "Audit Office": ("audit-institution",)}
    assert told(made) == {("Ministry of Defence", "partnership", "Audit Office", "cooperates with")}
    assert made.relations[0].note == "weight: 2"


def test_nodes_in_nodes_keep_where_they_stand(tmp_path: Path) -> None:
    text = """<gexf version="1.1"><graph><nodes><node id="a" label="A"><nodes><node id="b" label="B"><nodes><node id="c" label="C"/></nodes>
    </node></nodes><edges><edge source="b" target="c"/></edges></node><node id="d" label="D" pid="a"/><node/></nodes></graph></gexf>"""
    made = written(tmp_path / "h.gexf", text)
    assert {actor.label_en: actor.note for actor in made.actors} == {
        "A": "", "B": "stands in: a", "C": "stands in: b", "D": "stands in: a",
    }  # fmt: skip
    assert told(made) == {("B", "other", "C", "is linked to")}
    assert counts(made)["node"] == (5, 4, 0, 1)


def test_a_thing_does_not_act(tmp_path: Path) -> None:
    text = """<gexf version="1.2"><graph defaultedgetype="directed"><attributes class="node"><attribute id="t" title="type"/></attributes>
    <edges><edge id="1" source="l" target="p"/><edge id="2" source="p" target="l" label="passes"/><edge id="3" source="l" target="p" type="undirected"/></edges>
    <nodes><node id="l" label="Law on Police"><attvalues><attvalue for="t" value="Law"/></attvalues></node><node id="p" label="Parliament"/></nodes>
    </graph></gexf>"""
    made = written(tmp_path / "l.gexf", text)
    assert types(made)["Law on Police"] == ("law",)
    assert sorted(told(made)) == [
        ("Parliament", "other", "Law on Police", "is linked to"),
        ("Parliament", "other", "Law on Police", "passes"),
    ]
    assert "a thing does not act" in messages(made)


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_our_own_export_comes_back(mini: gb.Atlas, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"mini.{form}"
    file.write_bytes(mini.export(form))
    made = imported(file)
    network = mini.network(as_of="any", hidden=True)
    named = {
        name: node for name, node in network.nodes(data=True) if node["sort"] != "concept" and not node["stands_for"]
    }
    assert set(names(made).values()) == {str(node["label_en"]) for node in named.values()}
    back = {actor.label_en: actor for actor in made.actors}
    for node in named.values():
        if node["sort"] == "actor":
            actor = back[str(node["label_en"])]
            assert (actor.type, actor.country, actor.label_uk) == (
                tuple(node["types"]),
                node["country"],
                node["label_uk"],
            )
            assert set(actor.alt_labels) == set(node["alt_labels"])
            assert (actor.founded, actor.dissolved) == (node.get("founded", ""), node.get("dissolved", ""))
    edges = {
        (named[a]["label_en"], e["kind"], named[b]["label_en"], e["phrase"], e["modality"], e["negated"], e["function"], e.get("start", ""))
        for a, b, e in network.edges(data=True)
        if a in named and b in named
    }  # fmt: skip
    labels = names(made)
    again = {
        (labels[r.actor], r.kind, labels[r.target], r.phrase, r.modality, r.negated, r.function, r.start)
        for r in made.relations
        if r.target in labels
    }
    assert again == edges
    assert any(edge[4] == "normative" for edge in edges)
    bases = {
        local_name(basis)
        for a, b, e in network.edges(data=True)
        if {a, b} <= named.keys()
        for basis in e["legal_basis"]
    }
    assert {basis for r in made.relations for basis in r.legal_basis} == {
        f"mini-law-{basis.replace('--', ' ')}" for basis in bases
    }
    for words in ("a kind of actor of the norms", "high confidence is not taken over"):
        assert words in messages(made)


def test_files_of_a_folder_may_give_one_id_to_two_nodes(tmp_path: Path) -> None:
    folder = tmp_path / "maps"
    folder.mkdir()
    for name, label in (("a", "Rada"), ("b", "Saeima")):
        text = f'<gexf version="1.2"><graph><nodes><node id="0" label="{label}"/><node id="1" label="NATO"/></nodes><edges><edge source="0" target="1" label="in {label}"/></edges></graph></gexf>'
        (folder / f"{name}.gexf").write_text(text, encoding="utf-8")
    made = imported(folder)
    assert sorted(names(made).values()) == ["NATO", "Rada", "Saeima"]
    assert told(made) == {("Rada", "other", "NATO", "in Rada"), ("Saeima", "other", "NATO", "in Saeima")}


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><gexf><graph><nodes><node id="&a;"/></nodes></graph></gexf>',
        "<gexf><graph><nodes><node id='a'></graph></gexf>",
        "<gexf>" + "<nodes>" * 300,
    ],
)
def test_what_is_no_sound_xml_is_one_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.gexf").write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        import_source(tmp_path / "x.gexf")


def test_other_xml_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<html><gexf/></html>", encoding="utf-8")
    assert recognise(tmp_path / "x.xml") is None


TEXT = XML_TEXT | st.sampled_from(
    ["a", "b", "c", "Law", "parliament", "oversees", "funded by", "mutual", "undirected", "2001", "2001-02-30", "topic:budget", "normative", "true", "x|y"]
)  # fmt: skip
TITLES = ["type", "types", "kind", "label", "label_en", "country", "founded", "modality", "negated", "amount", "currency", "start", "sort",
          "stands_for", "iri", "legal_basis", "confidence", "status", "function", "email", "odd name", "alt_labels", "phrase", "url"]  # fmt: skip
VALUES = st.lists(st.tuples(st.integers(0, len(TITLES) - 1), TEXT), max_size=5)
NODES = st.lists(st.tuples(TEXT, TEXT, VALUES), max_size=4)
EDGES = st.lists(st.tuples(TEXT, st.sampled_from("abc"), st.sampled_from("abc"), TEXT, TEXT, VALUES), max_size=4)


def _values(values: list[tuple[int, str]]) -> str:
    return "<attvalues>" + "".join(f'<attvalue for="{n}" value={quoteattr(v)}/>' for n, v in values) + "</attvalues>"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NODES, EDGES)
@example([("a", "Law", []), ("a", "Order|Law", [])], [])
def test_any_gexf_is_read_counted_and_converts_to_the_same(
    tmp_path: Path, nodes: list[tuple[str, str, list[tuple[int, str]]]], edges: list[tuple[str, str, str, str, str, list[tuple[int, str]]]]
) -> None:  # fmt: skip
    from shutil import rmtree

    titles = "".join(f'<attribute id="{n}" title="{title}"/>' for n, title in enumerate(TITLES))
    body = "".join(f"<node id={quoteattr(a)} label={quoteattr(b)}>{_values(v)}</node>" for a, b, v in nodes)
    lines = "".join(
        f"<edge id={quoteattr(i)} source={quoteattr(a)} target={quoteattr(b)} type={quoteattr(t)} start={quoteattr(s)}>{_values(v)}</edge>"
        for i, a, b, t, s, v in edges
    )
    text = f'<gexf><graph><attributes class="node">{titles}</attributes><attributes class="edge">{titles}</attributes><nodes>{body}</nodes><edges>{lines}</edges></graph></gexf>'
    (tmp_path / "any.gexf").write_text(text, encoding="utf-8")
    rmtree(tmp_path / "folder", ignore_errors=True)
    same_quads(tmp_path / "any.gexf", tmp_path / "folder")


def test_another_name_with_the_sign_that_parts_names_is_one_name_and_said(tmp_path: Path) -> None:
    nodes = '<node id="a" label="Law"/><node id="a" label="Order|Law"/>'
    made = written(tmp_path / "two.gexf", f"<gexf><graph><nodes>{nodes}</nodes><edges/></graph></gexf>")
    assert [actor.alt_labels for actor in made.actors] == [("Order/Law",)]
    assert '"Order|Law" is kept as "Order/Law"' in messages(made)


def test_the_oldest_versions_are_read(tmp_path: Path) -> None:
    made = written(
        tmp_path / "old.gexf",
        """<gexf xmlns="http://www.gexf.net/1.0" version="1.0"><graph defaultedgetype="dir" timetype="date">
        <attributes class="edge"><attribute id="k" title="relation" type="string"/></attributes>
        <nodes count="2"><node id="a" label="Parliament"/><node id="b" label="Ministry"><parents><parent for="a"/></parents></node></nodes>
        <edges><edge id="0" source="a" target="b" cardinal="2.0" datefrom="1995-05-05" dateto="1999-01-01">
        <attvalues><attvalue id="k" value="oversees"/></attvalues></edge>
        <edge id="1" source="a" target="b" type="undir" label="meets"/><edge id="2" source="a" target="b" type="double" label="asks"/></edges>
        </graph></gexf>""",
    )
    assert {(r.kind, r.phrase, r.start, r.end) for r in made.relations} == {
        ("oversight", "", "1995-05-05", "1999-01-01"),
        ("other", "meets", "", ""),
        ("other", "asks", "", ""),
    }
    assert [r.phrase for r in made.relations].count("asks") == 2
    assert next(r.note for r in made.relations if r.kind == "oversight") == "weight: 2.0"
    assert next(actor.note for actor in made.actors if actor.label_en == "Ministry") == "stands in: a"
    assert messages(made) == ""
