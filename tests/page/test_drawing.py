from __future__ import annotations

from xml.etree.ElementTree import fromstring

import networkx as nx
import pytest

from graph_build.ladder import Lane
from graph_build.page import svg
from graph_build.page.drawing import bundles, draw
from graph_build.page.look import look

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def graph() -> nx.MultiDiGraph[str]:
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    made.add_node("p", label_en="parliament", label_uk="парламент", types=("parliament",), sort="actor")
    made.add_node("q", label_en="police", types=("police",), sort="actor")
    made.add_edge("p", "q", "1", kind="oversight", modality="normative")
    made.add_edge("p", "q", "2", kind="oversight", modality="descriptive")
    made.add_edge("q", "p", "3", kind="oversight", modality="actual", negated=True)
    return made


@pytest.mark.acceptance(5)
def test_three_relations_of_two_actors_are_three_lines(graph: nx.MultiDiGraph[str]) -> None:
    paths = fromstring(svg(graph)).findall(f"{SVG}path")
    assert len({path.get("d") for path in paths}) == 3
    assert [path.get("stroke") for path in paths].count("#FFFFFF") == 1  # the demand is hollow


def test_in_a_crowd_lines_of_one_kind_are_one_with_their_number(graph: nx.MultiDiGraph[str]) -> None:
    for place in range(look()["crowd"]):
        graph.add_edge("p", f"other {place}", "1", kind="oversight", modality="normative")
    graph.add_edge("p", "q", "4", kind="funding", modality="normative")
    drawn = bundles(graph)
    assert {edge: drawn[edge] for edge in drawn if {"p", "q"} == {*edge[:2]}} == {
        ("p", "q", "2"): 2,  # the described one stands for the demand too
        ("p", "q", "4"): 1,
        ("q", "p", "3"): 1,
    }
    texts = [text.text for text in fromstring(svg(graph)).iter(f"{SVG}text")]
    assert texts.count("2") == 1
    assert "several relations" in texts


def test_labels_stand_in_the_chosen_language_or_else_in_the_other(graph: nx.MultiDiGraph[str]) -> None:
    texts = [text.text for text in fromstring(svg(graph, lang="uk")).iter(f"{SVG}text")]
    assert {"парламент", "police"} <= set(texts)


def test_a_denial_is_crossed_and_the_legend_says_so(graph: nx.MultiDiGraph[str]) -> None:
    texts = [text.text for text in fromstring(svg(graph)).iter(f"{SVG}text")]
    assert (texts.count("✕"), texts.count("denied")) == (2, 1)
    graph.remove_edge("q", "p", "3")
    texts = [text.text for text in fromstring(svg(graph)).iter(f"{SVG}text")]
    assert (texts.count("✕"), texts.count("denied")) == (0, 0)


def test_the_sheet_is_wide_enough_for_the_names_at_its_edges(graph: nx.MultiDiGraph[str]) -> None:
    graph.nodes["p"]["label_en"] = graph.nodes["q"]["label_en"] = "Extraterritoriality-Wide Commission"
    left, _, width, _ = map(float, str(fromstring(draw(graph, {"p": (-900, 0), "q": (900, 0)})).get("viewBox")).split())
    assert left < -900 - 90
    assert left + width > 900 + 90


def test_the_names_of_lanes_lie_above_the_lines(graph: nx.MultiDiGraph[str]) -> None:
    lane = Lane("agency", -200, -100, 400, 200)
    drawn = list(fromstring(draw(graph, {"p": (-100, 0), "q": (100, 0)}, lanes=[lane])))
    name = next(each for each in drawn if each.text == "Agencies")
    assert name.get("paint-order") == "stroke"
    assert name.get("stroke") == look()["lane"][0]
    assert f"{SVG}path" not in {each.tag for each in drawn[drawn.index(name) :]}
    fills = [each.get("fill") for each in drawn]
    assert fills.index(look()["lane"][0]) < fills.index("none")  # the lane itself lies behind


def test_title_legend_and_note_are_in_the_picture(graph: nx.MultiDiGraph[str]) -> None:
    texts = [text.text for text in fromstring(svg(graph, title="Who oversees", note="as of 2026")).iter(f"{SVG}text")]
    assert {"Who oversees", "as of 2026", "demand", "oversight", "parliament"} <= set(texts)


def test_hostile_labels_stay_text() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        [("<script>alert(1)</script>", "\x00\x1bcontrol", {"kind": "oversight", "modality": "actual"})]
    )
    picture = svg(graph, title="</title><script>x</script>")
    assert {each.tag for each in fromstring(picture).iter()} <= {
        f"{SVG}{name}" for name in ("svg", "title", "rect", "text", "path", "polygon", "circle", "line")
    }


def test_a_relation_to_its_own_kind_is_a_loop() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        [
            ("cso", "cso", {"kind": "partnership", "modality": "normative"}),
            ("cso", "cso", {"kind": "partnership", "modality": "actual"}),
        ]
    )
    radii = [
        circle.get("r") for circle in fromstring(svg(graph)).findall(f"{SVG}circle") if circle.get("fill") == "none"
    ]
    assert len(set(radii)) == 2


def test_an_empty_network_is_an_empty_sheet() -> None:
    assert fromstring(svg(nx.MultiDiGraph())).tag == f"{SVG}svg"


def test_the_same_network_gives_the_same_picture(graph: nx.MultiDiGraph[str]) -> None:
    assert svg(graph) == svg(graph.copy())
