from __future__ import annotations

from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from graph_build.builder import build_store
from graph_build.network import network, node_id
from graph_build.store import Store

MINI = Path(__file__).parent / "data" / "mini"


@pytest.fixture(scope="module")
def store() -> Store:
    return build_store([MINI])


@pytest.fixture(scope="module")
def graph(store: Store) -> nx.MultiDiGraph[str]:
    return network(store)


def test_each_relation_is_one_edge(graph: nx.MultiDiGraph[str]) -> None:
    keys = {key for _, _, key in graph.edges(keys=True)}
    assert {"m-09", "m-10"} <= keys
    assert graph.number_of_edges("xx-committee-security", "xx-intelligence") == 2


def test_further_parties_give_an_edge_each(graph: nx.MultiDiGraph[str]) -> None:
    ends = {end for _, end, key in graph.edges(keys=True) if key == "m-16"}
    assert ends == {"xx-gazette", "xx-ombudsman", "xx-committee-security"}


def test_an_edge_keeps_what_its_row_says(graph: nx.MultiDiGraph[str]) -> None:
    edge = graph.edges["xx-committee-security", "xx-intelligence", "m-10"]
    assert edge["kind"] == "oversight"
    assert edge["modality"] == "actual"
    assert edge["phrase"] == "visits the premises of"
    assert edge["function"] == ("inspection",)
    assert edge["layer"] == ("parliamentary",)
    assert edge["channel"] == ("committee-hearings",)
    assert edge["start"] == "2019-03"
    assert edge["confidence"] == "medium"
    assert edge["negated"] is False
    assert graph.edges["xx-ombudsman", "xx-old-intelligence", "m-12"]["negated"] is True


def test_symmetric_kinds_say_so(graph: nx.MultiDiGraph[str]) -> None:
    symmetric = {edge["kind"] for _, _, edge in graph.edges(data=True) if edge["symmetric"]}
    assert symmetric == {"partnership", "coordination"}


def test_a_node_keeps_its_names_and_types(graph: nx.MultiDiGraph[str]) -> None:
    node = graph.nodes["xx-parliament"]
    assert (node["label_en"], node["label_uk"]) == ("Parliament of Examplia", "Парламент Екземплії")
    assert {"the Chamber", "EP", "Exampla Parlamento"} <= set(node["alt_labels"])
    assert node["types"] == ("parliament",)
    assert node["country"] == "XX"
    assert node["sort"] == "actor"
    assert graph.nodes["security-budget"]["sort"] == "thing"
    assert graph.nodes["principle:transparency"]["sort"] == "concept"
    assert graph.nodes["norm-parliament"]["stands_for"] == "parliament"
    assert graph.nodes["security-budget"]["definition_en"].startswith("Public money")
    assert graph.nodes["security-budget"]["definition_uk"].startswith("Публічні кошти")


def test_demands_without_an_actor_are_left_out_unless_asked_for(store: Store, graph: nx.MultiDiGraph[str]) -> None:
    assert "norm-unspecified" not in graph
    assert "norm-unspecified" in network(store, hidden=True)


def test_drafts_are_left_out_unless_asked_for(store: Store, graph: nx.MultiDiGraph[str]) -> None:
    keys = {key for _, _, key in network(store, drafts=True).edges(keys=True)}
    assert "m-18" not in {key for _, _, key in graph.edges(keys=True)}
    assert "m-18" in keys


def test_kinds_modalities_layers_and_country_choose(store: Store) -> None:
    kinds = network(store, kinds=["oversight"], modalities=["actual", "capability"])
    assert {edge["kind"] for _, _, edge in kinds.edges(data=True)} == {"oversight"}
    assert {edge["modality"] for _, _, edge in kinds.edges(data=True)} == {"actual", "capability"}
    assert {key for _, _, key in network(store, layers=["independent"]).edges(keys=True)} == {"m-12"}
    abroad = network(store, country="XY")
    assert all("xx-donor" in edge for edge in abroad.edges())


def test_only_relations_in_force_on_a_day(store: Store) -> None:
    then = {key for _, _, key in network(store, as_of=date(2005, 1, 1)).edges(keys=True)}
    assert "m-11" in then
    assert "m-09" not in then


def test_no_node_stands_alone(store: Store) -> None:
    assert list(nx.isolates(network(store, kinds=["funding"]))) == []


def test_ids_are_those_of_tables() -> None:
    assert node_id("https://w3id.org/govgraph/principle/trust") == "principle:trust"
    assert node_id("https://example.org/elsewhere") == "https://example.org/elsewhere"
