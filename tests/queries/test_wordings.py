"""Where the fast wording of a question is not the plain one, both say the same."""

from itertools import combinations

import networkx as nx
import pytest

from graph_build.ask import ask
from graph_build.store import EmbeddedStore
from graph_build.vocabulary import PREFIXES, local_name, term, vocabulary

PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
PLAIN_ASPIRATIONS = """
SELECT DISTINCT ?relation WHERE {
  VALUES ?kind { gov:Oversight }
  ?relation a ?kind ; gov:actor ?actor ; gov:target|gov:with ?target ; gov:modality ?modality ; adms:status status:accepted .
  FILTER ( ?modality IN (mod:normative, mod:capability) )
  FILTER NOT EXISTS { ?relation gov:negated true }
  FILTER NOT EXISTS {
    ?done a ?kind ; gov:actor ?actor ; gov:target|gov:with ?target ; gov:modality ?practice ; adms:status status:accepted .
    FILTER ( ?practice IN (mod:descriptive, mod:actual) )
    FILTER NOT EXISTS { ?done gov:negated true }
  }
}"""
PLAIN_UNWATCHED = """
SELECT DISTINCT ?actor WHERE {
  ?relation a gov:Oversight ; gov:actor ?actor ; adms:status status:accepted .
  FILTER NOT EXISTS { ?relation gov:negated true }
  FILTER NOT EXISTS {
    ?over a gov:Oversight ; gov:target|gov:with ?actor ; adms:status status:accepted .
    FILTER NOT EXISTS { ?over gov:negated true }
  }
  FILTER NOT EXISTS {
    ?answers a gov:Accountability ; gov:actor ?actor ; adms:status status:accepted .
    FILTER NOT EXISTS { ?answers gov:negated true }
  }
}"""


@pytest.fixture(params=["norms", "mini"])
def store(request: pytest.FixtureRequest, oxigraph: dict[str, EmbeddedStore]) -> EmbeddedStore:
    return oxigraph[request.param]


@pytest.mark.parametrize(
    ("name", "values", "column", "plain"),
    [
        ("aspirations", {"kind": "oversight"}, "relation", PLAIN_ASPIRATIONS),
        ("unwatched-watchdogs", {}, "actor", PLAIN_UNWATCHED),
    ],
)
def test_the_fast_wording_says_what_the_plain_one_says(
    store: EmbeddedStore, name: str, values: dict[str, str], column: str, plain: str
) -> None:
    expected = {
        row[0].value for row in store.select(PROLOGUE + plain).rows if row[0] is not None and hasattr(row[0], "value")
    }
    assert expected
    assert set(ask(store, name, **values).column(column)) == expected


def test_brokers_are_those_whose_neighbours_are_strangers(store: EmbeddedStore) -> None:
    graph = _ties(store)
    found = {str(row["actor"]): (row["neighbours"], row["strangers"]) for row in ask(store, "brokers").records()}
    expected = {}
    for actor in graph:
        near = list(graph[actor])
        strangers = sum(not graph.has_edge(one, other) for one, other in combinations(near, 2))
        if strangers and local_name(actor) != "norm-unspecified":
            expected[actor] = (len(near), strangers)
    assert expected
    assert found == expected


def _ties(store: EmbeddedStore) -> "nx.Graph[str]":
    """Return which actors stand in some direct relation."""
    quads = list(store.quads())
    direct = {iri for kind in vocabulary().kinds.values() for _, iri in kind.direct}
    actors = {
        quad.subject.value for quad in quads if quad.object == term("gov:Actor") and hasattr(quad.subject, "value")
    }
    graph: nx.Graph[str] = nx.Graph()
    for quad in quads:
        ends = {getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")}
        if quad.predicate.value in direct and len(ends) == 2 and ends <= actors:
            graph.add_edge(*ends)
    return graph
