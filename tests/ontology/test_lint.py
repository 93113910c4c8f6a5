from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store, parse
from rdflib import Graph

from graph_build.catalogue import parse_query
from graph_build.resources import resource
from graph_build.vocabulary import ontology_files
from tests.ontology.graphs import HERE, ontology

_RULES = sorted(Path(str(resource("queries"))).glob("lint/*.rq"))
_NAMES = [path.stem for path in _RULES]
Rows = set[tuple[str, str]]


@cache
def _store(*files: Path) -> Store:
    store = Store()
    texts = [path.read_bytes() for path in files] or [entry.read_bytes() for entry in ontology_files()]
    for text in texts:
        store.extend(parse(text, format=RdfFormat.TURTLE))
    return store


def _text(name: str) -> str:
    return resource("queries").joinpath("lint", f"{name}.rq").read_text(encoding="utf-8")


def _rows(store: Store, name: str) -> Rows:
    solutions = store.query(_text(name))
    assert isinstance(solutions, QuerySolutions)
    return {(row["entity"].value, row["message"].value) for row in solutions}


def _rdflib_rows(graph: Graph, name: str) -> Rows:
    return {(str(row[0]), str(row[1])) for row in graph.query(_text(name)) if isinstance(row, tuple)}


@pytest.mark.parametrize("name", _NAMES)
def test_the_ontology_is_clean(name: str) -> None:
    assert _rows(_store(), name) == set()


@pytest.mark.parametrize("name", _NAMES)
def test_a_bad_file_is_found_by_both_engines(name: str) -> None:
    bad = HERE / "lint" / f"{name}.ttl"
    expected = bad.read_text(encoding="utf-8").splitlines()[0].removeprefix("# finds: ").split(" ")
    found = _rows(_store(bad), name)
    assert sorted(entity.replace("https://w3id.org/govgraph/", "") for entity, _ in found) == expected
    assert found == _rdflib_rows(Graph().parse(bad), name)


def test_every_bad_file_has_its_rule() -> None:
    assert sorted(path.stem for path in (HERE / "lint").glob("*.ttl")) == _NAMES


@pytest.mark.parametrize("name", _NAMES)
def test_a_rule_says_what_it_is(name: str) -> None:
    query = parse_query(name, _text(name), "lint")
    assert list(query.columns) == ["entity", "message"]
    assert "lint" in query.tags
    header = "".join(line[2:] + "\n" for line in _text(name).split("# ///\n")[0].splitlines()[1:])
    assert tomllib.loads(header)["severity"] in ("error", "warning")


def test_the_slowest_rule_agrees_on_the_whole_ontology_in_rdflib() -> None:
    assert _rdflib_rows(ontology(), "undeclared-term") == set()
