from collections.abc import Callable
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

import graph_build as gb
from graph_build import countries
from graph_build.errors import GovgraphError, NotFoundError, QueryError, UsageError
from graph_build.store import EmbeddedStore
from graph_build.table import Table

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
TEXTS = Path(__file__).parent / "data" / "mini" / "texts"


def test_the_public_names_are_there_and_build_stays_a_function() -> None:
    assert callable(gb.build)
    assert isinstance(gb.build(Path(__file__).parent / "data" / "mini"), gb.Atlas)
    assert callable(gb.build)
    assert set(gb.__all__) <= set(dir(gb))
    with pytest.raises(AttributeError):
        _ = gb.nothing


def test_a_question_takes_actors_by_name(mini: gb.Atlas) -> None:
    answer = mini.ask("who-oversees", target="EIS", as_of=date(2020, 1, 1))
    assert "Committee on Security" in answer.column("actor_label")
    assert answer.checked == date(2025, 11, 2)
    assert len(mini.ask("who-oversees", target="EIS", as_of="2017-01-01")) == 0


def test_answers_hold_for_the_day_on_which_the_data_were_checked_unless_another_is_given(mini: gb.Atlas) -> None:
    ended = "Parliament of Examplia"  # its oversight of the police ended in 2010
    assert ended not in mini.ask("who-oversees", target="xx-police").column("actor_label")
    assert ended in mini.ask("who-oversees", target="xx-police", as_of="2005-01-01").column("actor_label")
    assert ended in mini.ask("who-oversees", target="xx-police", as_of="any").column("actor_label")
    assert len(list(mini.card("xx-police", as_of="any").lines())) > len(list(mini.card("xx-police").lines()))
    assert mini.network(as_of="any").number_of_edges() > mini.network().number_of_edges()


def test_an_unknown_actor_question_or_parameter_is_said(mini: gb.Atlas) -> None:
    with pytest.raises(NotFoundError):
        mini.ask("who-oversees", target="KGB of Nowhere")
    with pytest.raises(NotFoundError, match="question"):
        mini.ask("who-overseas")
    with pytest.raises(QueryError, match="no parameter"):
        mini.ask("who-oversees", victim="EIS")


def test_sparql_of_every_form(mini: gb.Atlas) -> None:
    rows = mini.sparql("SELECT ?o WHERE { id:xx-committee-security gov:oversees ?o }")
    assert isinstance(rows, Table)
    assert rows.rows == (("https://w3id.org/govgraph/id/xx-intelligence",),)
    yes = mini.sparql("ASK { id:xx-committee-security gov:activelyOversees id:xx-intelligence }")
    assert isinstance(yes, Table)
    assert yes.rows == ((True,),)
    turtle = mini.sparql("CONSTRUCT { ?s gov:oversees ?o } WHERE { ?s gov:oversees ?o }")
    assert isinstance(turtle, str)
    assert "gov:oversees" in turtle
    own = mini.sparql("PREFIX gov: <urn:else:>\nSELECT ?s WHERE { ?s gov:oversees ?o }")
    assert isinstance(own, Table)
    assert not own.rows


def test_a_broken_or_reaching_query_is_an_error_of_ours(mini: gb.Atlas) -> None:
    for text in ("SELCT broken", "SELECT ?s WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"):
        with pytest.raises(GovgraphError):
            mini.sparql(text)


def test_the_card_groups_relations_and_shows_passages_only_with_texts(mini: gb.Atlas) -> None:
    lines = list(mini.card("EIS").lines())
    assert lines[0].startswith("Examplian Intelligence Service")
    assert any("Committee on Security" in line and "normative" in line for line in lines)
    assert not any("“" in line for line in lines)
    shown = list(gb.Atlas(mini.store, texts=TEXTS).card("civil society organisations", lang="uk").lines())
    assert any("“" in line for line in shown)


def test_a_card_has_what_its_actor_does_and_meets_and_not_what_a_joint_act_holds_between_others(mini: gb.Atlas) -> None:
    for iri in {str(row["actor"]) for row in mini.ask("actors").records()}:
        shown = mini.card(iri, as_of="any").relations.rows
        ends = {end: mini.ask("relations", as_of="any", **{end: iri}).rows for end in ("actor", "target")}
        assert shown == tuple((end, *row) for end, rows in ends.items() for row in rows)


def test_the_card_of_a_thing_has_relations_too(mini: gb.Atlas) -> None:
    assert any("civil society organisations" in line for line in mini.card("principle:transparency").lines())


def test_paths_are_told_with_their_evidence(mini: gb.Atlas) -> None:
    told = mini.path("Republic of Ypsilon", "The Examplian Gazette", directed=True, as_of="any")
    assert told.column("step") == [1, 2]
    assert told.column("actor_label") == ["Republic of Ypsilon", "Examplian Watch"]
    assert all(told.column("evidence"))
    assert not mini.path("The Examplian Gazette", "Republic of Ypsilon", directed=True).rows


def test_the_network_has_one_edge_per_relation(mini: gb.Atlas) -> None:
    graph = mini.network(kinds=["oversight"], country="XX")
    assert isinstance(graph, nx.MultiDiGraph)
    assert all(data["kind"] == "oversight" for *_, data in graph.edges(data=True))
    assert {key for *_, key in graph.edges(keys=True)} >= {"m-09", "m-10"}


def test_rdflib_gets_every_triple(mini: gb.Atlas) -> None:
    assert len(mini.to_rdflib()) == len({quad.triple for quad in mini.store.quads()})


def test_the_norms_conform(norms: gb.Atlas) -> None:
    assert norms.validate().conforms


def test_statements_have_the_columns_of_the_design(norms: gb.Atlas) -> None:
    header = norms.export("statements").decode().splitlines()[0]
    assert header == (
        "doc,start,end,subject,subject_type,relation,relation_family,object,object_type,modality,negated,layer,function,"
        "topic,channel,source,provision,valid_from,valid_to,confidence,verified"
    )


def test_a_whole_graph_is_not_cut_by_country(mini: gb.Atlas) -> None:
    with pytest.raises(UsageError):
        mini.export("ttl", country="XX")


def test_an_answer_about_a_country_holds_for_the_day_of_its_dataset(norms: gb.Atlas) -> None:
    days = {str(row["country"]): row["checked"] for row in norms.ask("countries").records() if row["agencies"]}
    assert len(set(days.values())) > 1
    later = max(days, key=lambda code: str(days[code]))
    assert norms.ask("who-oversees", country=later).checked == days[later]
    assert norms.ask("who-oversees").checked == min(day for day in days.values() if isinstance(day, date))


def test_a_body_founded_after_the_oldest_check_is_shown_as_its_own_dataset_has_it(norms: gb.Atlas) -> None:
    card = norms.card("gb-armed-forces-commissioner")
    assert card.relations.rows
    assert card.as_of == card.relations.checked == norms.gaps("GB").checked


def test_chains_hold_for_a_day_too_unless_any_is_asked_for(norms: gb.Atlas) -> None:
    def ended(table: Table, day: date) -> set[object]:
        return {row["until"] for row in table.records() if row["until"] and str(row["until"]) < str(day)}

    day = norms.gaps("GB").checked
    assert day
    assert not ended(norms.chains("gb-mi5", limit=20), day)
    assert norms.chains("gb-mi5", limit=20) == norms.chains("gb-mi5", limit=20, as_of=day)
    assert ended(norms.chains("gb-mi5", limit=20, as_of="any"), day)


@pytest.mark.parametrize(
    "ask", ["ask", "network", "network-of-a-day", "view", "export", "gaps", "coverage", "coverage_picture", "changes"]
)
def test_a_country_without_a_body_is_refused_with_the_one_that_was_meant(ask: str, norms: gb.Atlas) -> None:
    asked: dict[str, Callable[[], object]] = {
        "ask": lambda: norms.ask("who-oversees", country="UK"),
        "network": lambda: norms.network(country="UK"),
        "network-of-a-day": lambda: norms.network(country="UK", as_of=date(2020, 1, 1)),
        "view": lambda: norms.view(country="UK"),
        "export": lambda: norms.export("statements", country="UK"),
        "gaps": lambda: norms.gaps("UK"),
        "coverage": lambda: norms.coverage("UK"),
        "coverage_picture": lambda: norms.coverage_picture("UK"),
        "changes": lambda: norms.changes("UK", date(2020, 1, 1), date(2021, 1, 1)),
    }
    with pytest.raises(NotFoundError, match='no country matches "UK"') as found:
        asked[ask]()
    assert found.value.suggestions == ("GB",)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("United Kingdom", ["GB"]),
        ("the Netherlands", ["NL"]),
        ("ukrane", ["UA"]),
        ("Україна", ["UA"]),
        ("Велика Британія", ["GB"]),
        ("KEN", ["KE"]),
        ("GBR", ["GB"]),
        ("united", ["GB", "US"]),
        ("ZZ", []),
        ("SBU", []),
        ("", []),
    ],
)
def test_a_country_is_meant_by_what_its_state_is_called(said: str, meant: list[str], norms: gb.Atlas) -> None:
    assert countries.meant(norms.store, said, norms.names) == meant


def test_where_no_country_can_be_meant_those_there_are_are_told(norms: gb.Atlas) -> None:
    for nowhere in ("ZZ", "Atlantis"):
        with pytest.raises(NotFoundError) as found:
            norms.gaps(nowhere)
        assert not found.value.suggestions
        assert found.value.remedy == "use one of: AR · GB · GE · KE · NL · NO · UA"


@pytest.mark.parametrize("day", [date(1980, 1, 1), date(2000, 1, 1), date(2015, 1, 1), date(2020, 1, 1)], ids=str)
def test_the_network_of_a_day_has_the_relations_of_that_day(day: date, norms: gb.Atlas) -> None:
    edges = {data["iri"] for *_, data in norms.network(as_of=day, hidden=True).edges(data=True)}
    assert edges
    assert edges <= {row["relation"] for row in norms.ask("relations", as_of=day).records()}


def test_a_path_of_a_day_is_told_whole(norms: gb.Atlas) -> None:
    told = norms.path("SBU", "Verkhovna Rada", as_of=date(1980, 1, 1)).records()
    steps = {chain: [row["step"] for row in told if row["chain"] == chain] for chain in {row["chain"] for row in told}}
    assert all(set(each) == set(range(1, max(map(int, map(str, each))) + 1)) for each in steps.values())


def test_actors_without_such_relations_have_no_path_and_are_there_all_the_same(norms: gb.Atlas) -> None:
    assert len(norms.path("AIVD", "TIB", as_of=date(1950, 1, 1))) == 0
    assert len(norms.path("media", "government", kinds=["funding"])) == 0
    with pytest.raises(NotFoundError, match='no kind matches "bogus"') as found:
        norms.path("media", "government", kinds=["bogus"])
    assert "oversight" in str(found.value.remedy)


@pytest.mark.parametrize(
    ("text", "place"), [("SELECT ?x WHERE {", "line 1, column 18"), ("SELECT ?x\nWHERE { ?x ?y }", "line 2, column 16")]
)
def test_an_error_in_a_query_names_the_line_of_its_writer(text: str, place: str, mini: gb.Atlas) -> None:
    with pytest.raises(QueryError, match=place) as found:
        mini.sparql(text)
    assert len(found.value.message) < 200


def test_a_body_whose_dataset_nobody_described_is_shown_all_the_same() -> None:
    store = EmbeddedStore.memory()
    body, said = "https://w3id.org/govgraph/id/xx-police", "https://w3id.org/govgraph/ontology#"
    store.load_nquads(
        f"""<{body}> <{RDF_TYPE}> <{said}Actor> <urn:g> .
        <{body}> <{said}country> "XX" <urn:g> .
        <{body}> <http://www.w3.org/2004/02/skos/core#prefLabel> "Police of X"@en <urn:g> .""".encode()
    )
    card = gb.Atlas(store).card("Police of X")
    assert (card.about["actor"], card.as_of, len(card.relations)) == (body, None, 0)
