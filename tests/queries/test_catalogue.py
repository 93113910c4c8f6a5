"""Every file of `queries/` keeps the contract of a question, and both engines give the same answer."""

import re
from pathlib import Path

import pytest

from graph_build.catalogue import Query, catalogue, slots
from graph_build.ontology import ontology_quads
from graph_build.resources import resource
from graph_build.store import EmbeddedStore
from graph_build.vocabulary import ONTOLOGY_GRAPH, PREFIXES
from tests.queries.engines import RdflibStore, answer

ALL = list(catalogue().values())
SELECTS = [query for query in ALL if query.theme != "build"]
QUESTIONS = [query for query in ALL if not query.internal]
LINT = ("lint", "build")
# Questions that the program asks itself are small on the norms in Oxigraph, and minutes in rdflib: there the mini dataset will do.
AGREED = [(query, "mini") for query in SELECTS if query.theme not in LINT]
AGREED += [(query, "norms") for query in QUESTIONS]
PROJECT = "https://w3id.org/govgraph/"
INDIVIDUALS = ("id/", "relation/", "source/", "evidence/", "search/", "dataset/", "direct/")


def named(value: object) -> str:
    return value.name if isinstance(value, Query) else str(value)


def text_below_header(query: Query) -> str:
    return query.text.split("# ///\n", 1)[1]


def bare(query: Query) -> str:
    """Return the SPARQL text without comments, strings and IRIs."""
    lines = (re.sub(r"(^|\s)#.*", "", line) for line in text_below_header(query).splitlines())
    return re.sub(r'"[^"\n]*"|<[^>\s]*>', " ", "\n".join(lines))


def test_every_file_is_in_the_catalogue_once() -> None:
    files = [path.stem for path in Path(str(resource("queries"))).rglob("*.rq")]
    assert sorted(files) == sorted(query.name for query in ALL)


def test_there_are_enough_questions() -> None:
    assert len([query for query in QUESTIONS if query.theme not in ("lint", "build", "networks")]) >= 30


@pytest.mark.parametrize("query", ALL, ids=named)
def test_the_name_is_in_kebab_case_and_stands_in_a_theme(query: Query) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", query.name)
    assert query.theme not in ("", "queries")


@pytest.mark.parametrize("query", QUESTIONS, ids=named)
def test_the_header_is_complete_in_both_languages(query: Query) -> None:
    assert query.title
    assert query.question.endswith("?")
    assert query.question_uk.endswith("?")
    assert all(re.search("[а-яіїєґ]", text, re.IGNORECASE) for text in (query.title_uk, query.question_uk))
    assert query.tags
    assert query.columns
    assert all(param.help.endswith(".") for param in query.params.values())
    assert "lang" in query.params or not any(column.endswith("_label") for column in query.columns)


def test_titles_and_questions_tell_questions_apart() -> None:
    for field in ("title", "question", "title_uk", "question_uk"):
        texts = [getattr(query, field) for query in QUESTIONS]
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("query", ALL, ids=named)
def test_every_parameter_has_its_slot(query: Query) -> None:
    assert slots(query.text) == set(query.params)


@pytest.mark.parametrize("query", [query for query in ALL if "\nCONSTRUCT" not in query.text], ids=named)
def test_the_projected_variables_are_the_columns(query: Query) -> None:
    assert EmbeddedStore.memory().select(query.text).variables == tuple(query.columns)
    assert "SELECT *" not in query.text


@pytest.mark.parametrize("query", SELECTS, ids=named)
def test_rows_are_ordered_and_labels_come_before_iris(query: Query) -> None:
    assert re.search(r"^ORDER BY ", query.text, re.MULTILINE)
    if not query.internal:
        types = [column.type == "iri" for column in query.columns.values()]
        assert types == sorted(types)


@pytest.mark.parametrize("query", ALL, ids=named)
def test_prefixes_are_the_projects_and_all_are_used(query: Query) -> None:
    declared = dict(re.findall(r"^PREFIX (\w+): +<([^>]*)>$", query.text, re.MULTILINE))
    assert declared.items() <= PREFIXES.items()
    body = re.sub(r"^\s*PREFIX .*$", "", bare(query), flags=re.MULTILINE)
    assert set(re.findall(r"(?<![\w?])([a-z]+):(?=[\w-])", body)) == set(declared)


@pytest.mark.parametrize("query", SELECTS, ids=named)
def test_every_iri_of_the_project_is_defined(query: Query) -> None:
    used = {iri for iri in _iris(query) if iri.startswith(PROJECT)}
    assert not {iri for iri in used if iri.removeprefix(PROJECT).startswith(INDIVIDUALS)}, (
        "a question names no individual"
    )
    assert used - {ONTOLOGY_GRAPH.value} <= {
        quad.subject.value for quad in ontology_quads() if hasattr(quad.subject, "value")
    }


def _iris(query: Query) -> set[str]:
    names = re.findall(
        r"(?<![\w?])([a-z]+):([A-Za-z][\w-]*)", re.sub(r"^\s*PREFIX .*$", "", bare(query), flags=re.MULTILINE)
    )
    whole = re.findall(
        r"<([^>\s]+)>", "\n".join(line for line in text_below_header(query).splitlines() if "PREFIX" not in line)
    )
    return {PREFIXES[prefix] + local for prefix, local in names} | set(whole)


@pytest.mark.parametrize("query", QUESTIONS, ids=named)
def test_the_example_answers(query: Query, oxigraph: dict[str, EmbeddedStore]) -> None:
    table = answer(oxigraph[query.example.dataset], query, dict(query.example.values))
    assert len(table) >= query.example.rows_at_least > 0
    for column, values in zip(query.columns.values(), zip(*table.rows, strict=True), strict=True):
        assert column.optional or all(value is not None for value in values), column.name


@pytest.mark.parametrize("query", QUESTIONS, ids=named)
@pytest.mark.parametrize("dataset", ["norms", "mini"])
def test_no_column_that_must_be_bound_is_empty(query: Query, dataset: str, oxigraph: dict[str, EmbeddedStore]) -> None:
    needed: dict[str, object] = {
        name: "rel:m-15" if name == "relation" else "id:norm-parliament"
        for name, param in query.params.items()
        if param.required
    }
    for lang in ("en", "uk"):
        table = answer(oxigraph[dataset], query, needed | ({"lang": lang} if "lang" in query.params else {}))
        for column, values in zip(query.columns.values(), zip(*table.rows, strict=True), strict=False):
            assert column.optional or all(value is not None for value in values), column.name


@pytest.mark.parametrize(("query", "dataset"), AGREED, ids=named)
def test_both_engines_agree(
    query: Query, dataset: str, oxigraph: dict[str, EmbeddedStore], rdflib_stores: dict[str, RdflibStore]
) -> None:
    fits = query.example.dataset == dataset
    values = {name: value for name, value in query.example.values.items() if fits or query.params[name].required}
    expected = answer(oxigraph[dataset], query, values)
    assert answer(rdflib_stores[dataset], query, values) == expected
