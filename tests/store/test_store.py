"""One set of tests for every engine: memory, disk, read-only, `oxigraph serve` and Virtuoso."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph_build.errors import InputError, QueryError
from graph_build.store import EmbeddedStore, RemoteStore, Store, open_store
from graph_build.vocabulary import term
from tests.store.servers import Reply, endpoint

ONE, TWO = term("dataset:one"), term("direct:one")
A, B, P, LABEL = term("id:a"), term("id:b"), term("gov:oversees"), term("skos:prefLabel")
NQUADS = f"""
{A} {LABEL} "агенція"@uk {ONE} .
{A} {P} {B} {TWO} .
{A} {LABEL} "a \\"quoted\\"\\nlabel" {ONE} .
{B} {term("gov:amount")} "12.5"^^<http://www.w3.org/2001/XMLSchema#decimal> {ONE} .
{B} {term("gov:negated")} "true"^^<http://www.w3.org/2001/XMLSchema#boolean> {ONE} .
{B} {term("schema:startDate")} "2018-07-08"^^<http://www.w3.org/2001/XMLSchema#date> {ONE} .
""".encode()


ENGINES = ["memory", "disk", "read-only", "oxigraph", pytest.param("virtuoso", marks=pytest.mark.engines)]


@pytest.fixture(scope="module", params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param in ("oxigraph", "virtuoso"):
        remote: RemoteStore = request.getfixturevalue(request.param)
        remote.load(parse(NQUADS, format=RdfFormat.N_QUADS))
        yield remote
        for graph in (ONE, TWO):
            remote.replace(graph, [])
        return
    folder = tmp_path_factory.mktemp("engine") / "store"
    filled = EmbeddedStore.memory() if request.param == "memory" else EmbeddedStore.disk(folder)
    filled.load_nquads(NQUADS)
    if request.param == "read-only":
        filled.optimize()
        filled.close()
        filled = EmbeddedStore.read_only(folder)
    yield filled
    filled.close()


def test_a_select_gives_names_and_terms_over_the_union_of_the_graphs(store: Store) -> None:
    rows = store.select(f"SELECT ?label ?none ?other {{ {A} {LABEL} ?label ; {P} ?other }} ORDER BY LANG(?label)")
    assert rows.variables == ("label", "none", "other")
    assert rows.rows == ((Literal('a "quoted"\nlabel'), None, B), (Literal("агенція", language="uk"), None, B))


def test_a_select_without_rows_is_empty(store: Store) -> None:
    assert store.select(f"SELECT ?x {{ {B} {P} ?x }}").rows == ()


def test_a_typed_literal_keeps_its_type(store: Store) -> None:
    ((amount,),) = store.select(f"SELECT ?amount {{ {B} {term('gov:amount')} ?amount }}").rows
    assert amount == Literal("12.5", datatype=term("xsd:decimal"))
    ((denied,),) = store.select(f"SELECT ?denied {{ {B} {term('gov:negated')} ?denied }}").rows
    assert denied == Literal("true", datatype=term("xsd:boolean"))
    ((day,),) = store.select(f"SELECT ?day {{ {B} {term('schema:startDate')} ?day }}").rows
    assert day == Literal("2018-07-08", datatype=term("xsd:date"))


@pytest.mark.parametrize(
    "values",
    [
        '(1 "a") (2 "b")',
        '(1 "a,b") (2 "c")',
        '(1 "a \\"b\\"") (2 "c\\nd")',
        '(1 UNDEF) (2 "")',
        '(1 "a\u2028b\u0085c")',
        "",
    ],
    ids=["plain", "comma", "quotes and lines", "nothing", "separators", "no rows"],
)
def test_bare_texts_are_those_of_the_terms(store: Store, values: str) -> None:
    query = f"SELECT ?number ?text {{ VALUES (?number ?text) {{ {values} }} }} ORDER BY ?number"
    assert list(store.texts(query)) == list(store.select(query).texts())


def test_questions_asked_ahead_have_the_answers_of_each(store: Store) -> None:
    queries = [f"SELECT ?value {{ VALUES ?value {{ {number} }} }}" for number in range(5)]
    answers = store.texts_ahead([*queries, "this is no question"])
    assert [list(answer()) for answer in answers[4::-1]] == [list(store.texts(query)) for query in queries[::-1]]
    with pytest.raises(QueryError):
        list(answers[5]())


def test_an_ask_answers_yes_and_no(store: Store) -> None:
    assert store.ask(f"ASK {{ {A} {P} {B} }}") is True
    assert store.ask(f"ASK {{ {B} {P} {A} }}") is False


def test_a_construct_gives_triples(store: Store) -> None:
    query = f"CONSTRUCT {{ ?target {P} ?actor }} WHERE {{ ?actor {P} ?target }}"
    assert list(store.construct(query)) == [Triple(B, P, A)]


def test_a_graph_can_be_named_in_a_query(store: Store) -> None:
    query = f"SELECT ?graph {{ GRAPH ?graph {{ {A} {P} ?target }} }}"
    assert store.select(query).rows == ((TWO,),)
    assert store.ask(f"ASK FROM {ONE} {{ {A} {P} {B} }}") is False
    assert store.ask(f"ASK FROM {TWO} {{ {A} {P} {B} }}") is True


def test_quads_and_graphs_are_those_that_were_loaded(store: Store) -> None:
    quads = set(store.quads())
    assert len(quads) == 6
    assert Quad(A, P, B, TWO) in quads
    assert store.graphs() == [ONE, TWO]


@pytest.mark.parametrize("query", ["SELECT ?x {", "nonsense", "", "SELECT ?x { ?x <no iri> ?y }"])
def test_a_wrong_query_is_a_query_error_with_the_engine_s_words(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match=r"\w"):
        store.select(query)


def test_the_wrong_form_of_query_is_a_query_error(store: Store) -> None:
    select, ask, construct = "SELECT * { ?s ?p ?o }", "ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"
    wrong: list[tuple[Callable[[str], object], str]] = [
        (store.select, ask),
        (store.select, construct),
        (store.ask, select),
        (store.construct, select),
    ]
    for call, query in wrong:
        with pytest.raises(QueryError):
            call(query)


def test_an_update_changes_nothing(store: Store) -> None:
    for call in (store.select, store.ask, store.construct):
        for update in ("CLEAR ALL", "DELETE WHERE { ?s ?p ?o }", f"DROP GRAPH {TWO}", "ASK {} ; CLEAR ALL"):
            with pytest.raises(QueryError):
                call(update)
    assert store.ask(f"ASK {{ {A} {P} {B} }}")


CALLS = [
    "SERVICE <{url}> {{ ?x ?y ?z }}",
    "SERVICE:{{ ?x ?y ?z }}",
    "SERVICEe:{{ ?x ?y ?z }}",
    "SERVICE:#>\n{{ ?x ?y ?z }}",
    "1SERVICE<{url}>{{ ?x ?y ?z }}",
]
PIECES = [
    " ", "\n", "#", "'", '"', "<", ">", "(", ")", "{", "}", ".", ";", "1", "true", "e:", "e:p", ":a", "?", "?s", "|", "\\", "x'",
    "<urn:b>", "'x'", "'''", "e:.", "e:p?1", "e:%41", "e:a\\-", "@en", "<'x>'", "&&", "OPTIONAL", "UNION", "FILTER(?o<2)",
    "FILTER(?o<'x>')", "FILTER(?o!='')", "BIND(1 AS ?b)", "?s ?p ?o",
]  # fmt: skip
SERVICES = [
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service silent <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{SERVICE<{url}>{{?s ?p ?o}}}} }} }}",
    "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
    "PREFIX e: <urn:> SELECT * {{ OPTIONAL {{ ?s e:a\\' ?o }} SERVICE <{url}> {{ ?s ?p e:b\\' }} }}",
    "SELECT * {{ # '\n SERVICE <{url}> {{ ?s ?p '#' }} }}",
    "SELECT * {{ BIND(1<2 AS ?x) SERVICE <{url}> {{ ?s ?p ?o }} FILTER(2>1) }}",
    "PREFIX s: <{url}> SELECT * {{ SERVICE s: {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND('''it's''' AS ?x) SERVICE <{url}> {{ ?s ?p '' }} }}",
    "PREFIX : <{url}> SELECT * {{ SERVICE: {{ ?s ?p ?o }} }}",
    "PREFIX : <{url}/> SELECT * {{ SERVICE:a\\-b # \n {{ ?s ?p ?o }} }}",
    "PREFIX e: <{url}> SELECT * {{ SERVICEe: {{ ?s ?p ?o }} }}",
    "PREFIX e: <{url}> SELECT * {{ serviceSILENTe: {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p 1SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p trueSERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND('a' AS ?o) FILTER(?o<'x>') SERVICE <{url}> {{ ?a ?b ?c }} FILTER(?o != '') }}",
    "PREFIX : <{url}> SELECT * {{ BIND(1 AS ?o) BIND(2 AS ?b) FILTER(?o<?b)SERVICE:#>\n{{ ?a ?b ?c }} }}",
    "PREFIX e: <urn:> SELECT * {{ ?s ?p e:.SERVICE <{url}> {{ ?a ?b ?c }} }}",
]


@pytest.mark.parametrize("query", SERVICES)
def test_an_embedded_store_sends_no_request_for_service(query: str) -> None:
    store = EmbeddedStore.memory()
    with endpoint(Reply(500, "text/plain", b"")) as server:
        for call in (store.select, store.ask, store.construct):
            with pytest.raises(QueryError):
                call(query.format(url=server.url))
        assert server.bodies == []
        with pytest.raises(QueryError, match="SERVICE would send a request"):
            store.select(query.format(url=server.url))


def test_what_is_not_refused_sends_no_request_for_service() -> None:
    """Pieces of queries in any order before and behind a call: most are no SPARQL, some hold the call in a text or a comment."""
    store, dice = EmbeddedStore.memory(), random.Random(1735)
    store.load_nquads(NQUADS)
    with endpoint(Reply(500, "text/plain", b"")) as server:
        calls = [call.format(url=server.url) for call in CALLS]
        for _ in range(4000):
            before, behind = (dice.choices(PIECES, k=dice.randint(0, most)) for most in (6, 3))
            text = "".join([*before, dice.choice(calls), *behind])
            with suppress(QueryError):
                store.select(f"PREFIX : <{server.url}> PREFIX e: <{server.url}> SELECT * {{ ?s ?p ?o {text} }}")
        assert server.bodies == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p 'SERVICE <urn:x>' }",
        'SELECT * { ?s <urn:SERVICE> "it is a SERVICE" } # SERVICE <urn:x>',
        "PREFIX service: <urn:> SELECT * { ?s service:service ?o }",
        "PREFIX a: <https://x.org/the-service/> SELECT * { ?s ?p <https://x.org/id/security-service> FILTER(1 < 2) }",
        'SELECT * { ?s ?p """a "SERVICE" of the state""" }',
        "PREFIX fn: <urn:> SELECT * { ?s fn:security-service ?o . ?s fn:SERVICE.x ?o }",
    ],
)
def test_the_word_service_may_stand_in_names_and_texts(query: str) -> None:
    assert EmbeddedStore.memory().select(query).rows == ()


def test_a_store_on_disk_has_one_writer_and_any_readers(tmp_path: Path) -> None:
    writer = EmbeddedStore.disk(tmp_path / "store")
    writer.load_nquads(NQUADS)
    writer.optimize()
    assert EmbeddedStore.read_only(tmp_path / "store").ask(f"ASK {{ {A} {P} {B} }}")
    with pytest.raises(InputError):
        EmbeddedStore.disk(tmp_path / "store")
    writer.close()
    with pytest.raises(QueryError, match="closed"):
        writer.ask("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("content", [b"this is no N-Quads", b"<urn:a> <urn:b> <urn:c>", b"\xff\xfe"])
def test_a_text_that_is_no_nquads_is_an_input_error(content: bytes) -> None:
    with pytest.raises(InputError):
        EmbeddedStore.memory().load_nquads(content)


@pytest.mark.parametrize("place", ["memory", "disk"])
def test_written_texts_are_loaded_while_they_are_made(place: str, tmp_path: Path) -> None:
    store = EmbeddedStore.memory() if place == "memory" else EmbeddedStore.disk(tmp_path / "store")
    # More than one part, with a character of several bytes wherever parts or reads may end.
    labels = [f"{number} {'їґ' * 5000}" for number in range(1000)]
    store.load_written(f'{A} {LABEL} "{label}" {ONE} .\n' for label in labels)
    assert {quad.object for quad in store.quads()} == {Literal(label) for label in labels}


@pytest.mark.parametrize("place", ["memory", "disk"])
@pytest.mark.parametrize("error", [InputError("row 7 is wrong"), ValueError("a bug"), OSError("no room")])
def test_what_ends_written_texts_halfway_reaches_the_caller(place: str, error: Exception, tmp_path: Path) -> None:
    def texts() -> Iterator[str]:
        yield f"{A} {P} {B} {ONE} .\n"
        raise error

    store = EmbeddedStore.memory() if place == "memory" else EmbeddedStore.disk(tmp_path / "store")
    with pytest.raises(type(error), match=str(error)):
        store.load_written(texts())


def test_a_place_is_opened_by_what_it_is(tmp_path: Path) -> None:
    atlas = tmp_path / "atlas"
    atlas.mkdir()
    (atlas / "graph.trig").write_text(f"{ONE} {{ {A} {P} {B} }}", encoding="utf-8")
    (tmp_path / "graph.nq").write_bytes(NQUADS)
    (tmp_path / "built").mkdir()
    disk = EmbeddedStore.disk(tmp_path / "built" / "store")
    disk.load_nquads(NQUADS)
    disk.optimize()
    disk.close()
    for place in (atlas, atlas / "graph.trig", tmp_path / "graph.nq", tmp_path / "built", tmp_path / "built/store"):
        opened = open_store(place)
        assert opened.ask(f"ASK {{ {A} {P} {B} }}"), place
        opened.close()
    assert isinstance(open_store("http://127.0.0.1:9/query"), RemoteStore)


def test_what_is_no_store_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    for place in (tmp_path, tmp_path / "nothing", tmp_path / "notes.txt"):
        with pytest.raises(InputError):
            open_store(place)


def test_graphs_are_sorted_by_name() -> None:
    store = EmbeddedStore.memory()
    store.extend([Quad(NamedNode("urn:b"), P, B, NamedNode("urn:z")), Quad(A, P, B, NamedNode("urn:a"))])
    assert [graph.value for graph in store.graphs()] == ["urn:a", "urn:z"]
