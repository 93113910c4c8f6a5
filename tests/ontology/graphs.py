"""The ontology, the shapes and the breaking files as rdflib graphs, read once for all tests of this folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyshacl import validate
from rdflib import SH, Graph

from graph_build.resources import resource
from graph_build.vocabulary import ontology_files, term

HERE = Path(__file__).parent
BREAKING = sorted((HERE / "breaking").glob("*.ttl"))
SHAPES = "https://w3id.org/govgraph/shapes#"


@cache
def ontology() -> Graph:
    graph = Graph()
    for entry in ontology_files():
        graph.parse(data=entry.read_bytes(), format="turtle")
    return graph


@cache
def shapes() -> Graph:
    return Graph().parse(data=resource("ontology").joinpath("shapes.ttl").read_bytes(), format="turtle")


def report(*data: Graph) -> Graph:
    """Validate the ontology together with the data, and return the report."""
    whole = Graph()
    for graph in (ontology(), *data):
        whole += graph
    _, results, _ = validate(whole, shacl_graph=shapes(), allow_warnings=True)
    assert isinstance(results, Graph)
    return results


def findings(results: Graph) -> list[dict[str, str]]:
    """Return `shape`, `focus`, `path`, `value` and `severity` of every result."""
    return [
        {
            "shape": str(results.value(result, SH.sourceShape)).removeprefix(SHAPES),
            "focus": str(results.value(result, SH.focusNode)),
            "path": str(results.value(result, SH.resultPath)),
            "value": str(results.value(result, SH.value)),
            "severity": str(results.value(result, SH.resultSeverity)),
        }
        for result in results.subjects(SH.focusNode)
    ]


def iri(curie: str) -> str:
    """Return the IRI of a prefixed name of the project's table."""
    return term(curie).value
