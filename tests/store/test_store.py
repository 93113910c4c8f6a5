"""One set of tests for every engine: memory, disk, read-only, and a server."""

from __future__ import annotations

import http.server
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph_build.errors import InputError, QueryError, UsageError
from graph_build.store import EmbeddedStore, RemoteStore, Store, open_store
from graph_build.vocabulary import term

ONE, TWO = term("dataset:one"), term("direct:one")
A, B, P, LABEL = term("id:a"), term("id:b"), term("gov:oversees"), term("skos:prefLabel")
NQUADS = f"""
{A} {LABEL} "агенція"@uk {ONE} .
{A} {P} {B} {TWO} .
{A} {LABEL} "a \\"quoted\\"\\nlabel" {ONE} .
{B} {term("gov:amount")} "12.5"^^<http://www.w3.org/2001/XMLSchema#decimal> {ONE} .
""".encode()


@contextmanager
def server(folder: Path, *options: str) -> Iterator[str]:
    """Run `oxigraph serve` on a free port of this machine, and end it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    program = Path(sys.executable).with_name("oxigraph")
    command = [str(program), "serve", "--location", str(folder), "--bind", address, *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(address)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(10)


def _wait(address: str) -> None:
    host, port = address.split(":")
    for _ in range(200):
        with suppress(OSError), socket.create_connection((host, int(port)), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"no server at {address}")


def put(url: str, content: bytes) -> None:
    request = Request(f"{url}/store", content, {"Content-Type": "application/n-quads"}, method="POST")
    with urlopen(request, timeout=30) as answer:
        assert answer.status in (200, 201, 204)


@pytest.fixture(scope="module", params=["memory", "disk", "read-only", "remote"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("engine") / "store"
    if request.param == "remote":
        with server(folder) as url:
            put(url, NQUADS)
            yield RemoteStore(f"{url}/query", timeout=30)
        return
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
    assert len(quads) == 4
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
        with pytest.raises(QueryError):
            call("CLEAR ALL")
    assert store.ask(f"ASK {{ {A} {P} {B} }}")


class _Endpoint(http.server.BaseHTTPRequestHandler):
    """Answers every request with the body, status and type that its server holds."""

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))  # type: ignore[attr-defined]
        status, kind, body = self.server.answer  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def endpoint(status: int, kind: str, body: bytes) -> Iterator[tuple[str, list[bytes]]]:
    with http.server.HTTPServer(("127.0.0.1", 0), _Endpoint) as listener:
        listener.answer, listener.bodies = (status, kind, body), []  # type: ignore[attr-defined]
        thread = threading.Thread(target=listener.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.server_port}/", listener.bodies  # type: ignore[attr-defined]
        finally:
            listener.shutdown()
            thread.join()


JSON = "application/sparql-results+json"
CUT = [
    b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}}',
    b'{"head":{"vars":["s"]},"results":{"bindings":[The SPARQL operation has been cancelled',
    b"",
    b"<html>Service busy</html>",
]


@pytest.mark.parametrize("body", CUT)
def test_an_answer_that_is_cut_off_is_an_error_never_an_empty_answer(body: bytes) -> None:
    with endpoint(200, JSON, body) as (url, _):
        with pytest.raises(QueryError, match="cut off or not RDF"):
            RemoteStore(url).select("SELECT ?s FROM <urn:g> { ?s ?p ?o }")
        with pytest.raises(QueryError):
            RemoteStore(url).ask("ASK FROM <urn:g> { ?s ?p ?o }")


def test_triples_that_are_cut_off_are_an_error() -> None:
    body = b"<urn:a> <urn:b> <urn:c> .\nThe SPARQL operation has been cancelled"
    with endpoint(200, "text/turtle", body) as (url, _), pytest.raises(QueryError, match="cut off or not RDF"):
        RemoteStore(url).construct("CONSTRUCT { ?s ?p ?o } FROM <urn:g> WHERE { ?s ?p ?o }")


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_a_refusal_of_the_server_is_a_query_error(status: int) -> None:
    with endpoint(status, "text/plain", b"not today") as (url, _), pytest.raises(QueryError):
        RemoteStore(url).ask("ASK FROM <urn:g> { ?s ?p ?o }")


def test_a_server_s_time_limit_is_a_query_error(tmp_path: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r }"
    rows = b"".join(b"<urn:%d> <urn:p> <urn:%d> <urn:g> .\n" % (n, n) for n in range(300))
    with server(tmp_path / "store", "--timeout-s", "1") as url:
        put(url, rows)
        with pytest.raises(QueryError):
            RemoteStore(f"{url}/query", timeout=60).select(slow)


def test_no_server_is_a_query_error_and_no_address_a_usage_error() -> None:
    with pytest.raises(QueryError, match="did not answer"):
        RemoteStore("http://127.0.0.1:9/", timeout=2).ask("ASK FROM <urn:g> { ?s ?p ?o }")
    with pytest.raises(UsageError):
        RemoteStore("file:///etc/passwd")


def test_a_remote_query_names_every_graph_of_the_project_and_no_other() -> None:
    names = ["https://w3id.org/govgraph/dataset/one", "urn:of-others"]
    bindings = ",".join(f'{{"graph":{{"type":"uri","value":"{name}"}}}}' for name in names)
    body = f'{{"head":{{"vars":["graph"]}},"results":{{"bindings":[{bindings}]}}}}'.encode()
    with endpoint(200, JSON, body) as (url, bodies):
        RemoteStore(url).select("SELECT ?graph { ?graph ?p ?o }")
    assert b"default-graph-uri" not in bodies[0]
    assert bodies[1].count(b"default-graph-uri=") == bodies[1].count(b"named-graph-uri=") == 1
    assert b"govgraph%2Fdataset%2Fone" in bodies[1] or b"govgraph/dataset/one" in bodies[1]


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
]


@pytest.mark.parametrize("query", SERVICES)
def test_an_embedded_store_sends_no_request_for_service(query: str) -> None:
    store = EmbeddedStore.memory()
    with endpoint(500, "text/plain", b"") as (url, bodies):
        for call in (store.select, store.ask, store.construct):
            with pytest.raises(QueryError):
                call(query.format(url=url))
        assert bodies == []
        with pytest.raises(QueryError, match="SERVICE would send a request"):
            store.select(query.format(url=url))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p 'SERVICE <urn:x>' }",
        'SELECT * { ?s <urn:SERVICE> "it is a SERVICE" } # SERVICE <urn:x>',
        "PREFIX service: <urn:> SELECT * { ?s service:service ?o }",
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
