"""A remote store's errors, signatures and repetitions, on made-up servers; and its time limits on a real one."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from graph_build.errors import QueryError, UsageError
from graph_build.store import RemoteStore
from graph_build.store.credentials import Credentials
from graph_build.store.outline import form, page
from graph_build.store.upload import pieces
from graph_build.vocabulary import term
from tests.store.servers import Reply, endpoint, oxigraph

JSON = "application/sparql-results+json"
YES = Reply(200, JSON, b'{"head":{},"boolean":true}')
ASK = "ASK FROM <urn:g> { ?s ?p ?o }"
CUT = [
    b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}}',
    b'{"head":{"vars":["s"]},"results":{"bindings":[The SPARQL operation has been cancelled',
    b"",
    b"<html>Service busy</html>",
]
ADA = Credentials("ada", "l0velace/&")


@pytest.mark.parametrize("body", CUT)
def test_an_answer_that_is_cut_off_is_an_error_never_an_empty_answer(body: bytes) -> None:
    with endpoint(Reply(200, JSON, body)) as server:
        with pytest.raises(QueryError, match="cut off or not RDF"):
            RemoteStore(server.url).select("SELECT ?s FROM <urn:g> { ?s ?p ?o }")
        with pytest.raises(QueryError):
            RemoteStore(server.url).ask(ASK)


def test_triples_that_are_cut_off_are_an_error() -> None:
    body = b"<urn:a> <urn:b> <urn:c> .\nThe SPARQL operation has been cancelled"
    with endpoint(Reply(200, "text/turtle", body)) as server, pytest.raises(QueryError, match="cut off or not RDF"):
        RemoteStore(server.url).construct("CONSTRUCT { ?s ?p ?o } FROM <urn:g> WHERE { ?s ?p ?o }")


def test_a_body_shorter_than_announced_is_an_error() -> None:
    body = b"<urn:a> <urn:b> <urn:c> .\n"
    with endpoint(Reply(200, "text/turtle", body, {"Content-Length": "900"})) as server, pytest.raises(QueryError):
        RemoteStore(server.url).construct("CONSTRUCT { ?s ?p ?o } FROM <urn:g> WHERE { ?s ?p ?o }")


def test_an_answer_that_virtuoso_calls_incomplete_is_an_error() -> None:
    said = {"X-SQL-State": "S1TAT", "X-SQL-Message": "RC...: Returning incomplete results. Activity: 1 rnd"}
    with (
        endpoint(Reply(200, JSON, YES.body, said)) as server,
        pytest.raises(QueryError, match=r"incomplete results\.$"),
    ):
        RemoteStore(server.url).ask(ASK)


@pytest.mark.parametrize("status", [400, 401, 404, 500, 504])
def test_a_refusal_of_the_server_is_a_query_error_at_once(status: int) -> None:
    with endpoint(Reply(status, "text/plain", b"not today\x1b[31m")) as server:
        with pytest.raises(QueryError, match=f"{status} .*not today"):
            RemoteStore(server.url).ask(ASK)
        assert len(server.bodies) == 1


def test_a_busy_server_is_asked_again_and_not_for_ever() -> None:
    busy = Reply(503, "text/plain", b"busy")
    with endpoint(busy, Reply(429, "text/plain", b"slow down"), YES) as server:
        assert RemoteStore(server.url).ask(ASK)
        assert len(server.bodies) == 3
    with endpoint(busy) as server:
        with pytest.raises(QueryError, match="503"):
            RemoteStore(server.url).ask(ASK)
        assert len(server.bodies) == 4


def test_a_time_out_is_an_error_and_not_asked_again() -> None:
    with endpoint(Reply(200, JSON, YES.body, after=1.5)) as server:
        with pytest.raises(QueryError, match=r"within 0\.3 seconds"):
            RemoteStore(server.url, timeout=0.3).ask(ASK)
        assert len(server.bodies) == 1


def test_a_redirection_is_an_error_that_names_the_new_address_and_sends_it_nothing() -> None:
    with endpoint(YES) as other, endpoint(Reply(302, "text/plain", b"", {"Location": other.url})) as server:
        with pytest.raises(QueryError, match=re.escape(other.url)):
            RemoteStore(server.url, credentials=Credentials(token="s3cret")).ask(ASK)
        assert other.bodies == []


def test_a_token_is_sent_and_never_shown() -> None:
    signed = Credentials(token="s3cret")
    with endpoint(Reply(403, "text/plain", b"no right for s3cret")) as server:
        with pytest.raises(QueryError) as caught:
            RemoteStore(server.url, credentials=signed).ask(ASK)
        assert server.signatures == ["Bearer s3cret"]
    assert "s3cret" not in f"{caught.value} {caught.value.remedy} {signed!r}"


def test_a_password_is_sent_as_the_server_asks_basic() -> None:
    asked = Reply(401, "text/plain", b"who?", {"WWW-Authenticate": 'Basic realm="graph"'})
    with endpoint(asked, YES) as server:
        assert RemoteStore(server.url, credentials=ADA).ask(ASK)
        assert server.signatures == ["", "Basic YWRhOmwwdmVsYWNlLyY="]


def test_a_password_is_sent_as_the_server_asks_digest_and_then_at_once() -> None:
    challenge = {"WWW-Authenticate": 'Digest realm="graph", nonce="n0nce", qop="auth", algorithm="MD5"'}
    with endpoint(Reply(401, "text/plain", b"who?", challenge), YES) as server:
        store = RemoteStore(server.url, credentials=ADA)
        assert store.ask(ASK)
        assert store.ask(ASK)
        unsigned, first, second = server.signatures
    assert unsigned == ""
    for number, signature in enumerate((first, second), 1):
        said = dict(re.findall(r'(\w+)="?([^",]*)"?', signature))
        assert int(said["nc"], 16) == number
        who, what = (hashlib.md5(text.encode()).hexdigest() for text in ("ada:graph:l0velace/&", "POST:/query"))
        answer = f"{who}:n0nce:{said['nc']}:{said['cnonce']}:auth:{what}"
        assert said["response"] == hashlib.md5(answer.encode()).hexdigest()


def test_a_wrong_password_is_an_error_that_does_not_show_it() -> None:
    for scheme in ('Basic realm="graph"', 'Digest realm="graph", nonce="n0nce", qop="auth"'):
        with endpoint(Reply(401, "text/plain", b"l0velace/& is wrong", {"WWW-Authenticate": scheme})) as server:
            with pytest.raises(QueryError, match="401") as caught:
                RemoteStore(server.url, credentials=ADA).ask(ASK)
            assert len(server.bodies) < 10
        assert "l0velace" not in str(caught.value)


def test_the_password_of_an_address_is_used_and_not_shown() -> None:
    asked = Reply(401, "text/plain", b"who?", {"WWW-Authenticate": 'Basic realm="graph"'})
    with endpoint(asked, YES, Reply(500, "text/plain", b"")) as server:
        store = RemoteStore(server.url.replace("//", "//ada:l0velace%2F%26@"))
        assert store.ask(ASK)
        assert server.signatures[-1] == "Basic YWRhOmwwdmVsYWNlLyY="
        with pytest.raises(QueryError) as caught:
            store.ask(ASK)
    assert "l0velace" not in f"{caught.value} {store.url} {vars(store)}"


def test_the_environment_names_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVGRAPH_STORE_TOKEN", "s3cret")
    with endpoint(YES) as server:
        assert RemoteStore(server.url).ask(ASK)
        assert server.signatures == ["Bearer s3cret"]


def test_a_server_s_time_limit_is_a_query_error(tmp_path: Path) -> None:
    slow = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    rows = b"".join(b"<urn:%d> <urn:p> <urn:%d> <urn:g> .\n" % (n, n) for n in range(300))
    with oxigraph(tmp_path / "store", "--timeout-s", "1") as url:
        store = RemoteStore(f"{url}/query", timeout=60)
        store.load(parse(rows, format=RdfFormat.N_QUADS))
        with pytest.raises(QueryError, match="cut off"):
            store.select(slow)


def test_no_server_is_a_query_error_and_no_address_a_usage_error() -> None:
    with pytest.raises(QueryError, match="did not answer"):
        RemoteStore("http://127.0.0.1:9/", timeout=2).ask(ASK)
    with pytest.raises(UsageError):
        RemoteStore("file:///etc/passwd")


def test_a_remote_query_names_every_graph_of_the_project_and_no_other() -> None:
    names = ["https://w3id.org/govgraph/dataset/one", "urn:of-others"]
    bindings = ",".join(f'{{"graph":{{"type":"uri","value":"{name}"}}}}' for name in names)
    body = f'{{"head":{{"vars":["graph"]}},"results":{{"bindings":[{bindings}]}}}}'.encode()
    with endpoint(Reply(200, JSON, body)) as server:
        RemoteStore(server.url).select("SELECT ?graph { ?graph ?p ?o }")
        first, second = server.bodies
    assert b"default-graph-uri" not in first
    assert second.count(b"default-graph-uri=") == second.count(b"named-graph-uri=") == 1
    assert b"govgraph%2Fdataset%2Fone" in second or b"govgraph/dataset/one" in second


ROW = b'{"s":{"type":"uri","value":"urn:a"}}'
TWICE = Reply(200, JSON, b'{"head":{"vars":["s"]},"results":{"bindings":[' + ROW + b"," + ROW + b"]}}")


def test_a_row_that_a_server_takes_for_two_is_told_once_where_distinct_is_asked() -> None:
    with endpoint(TWICE) as server:
        store = RemoteStore(server.url)
        assert len(store.select("SELECT DISTINCT ?s FROM <urn:g> { ?s ?p ?o }").rows) == 1
        assert len(store.select("SELECT ?s FROM <urn:g> { SELECT DISTINCT ?s { ?s ?p ?o } }").rows) == 2


def test_a_row_that_is_counted_twice_towards_a_limit_is_an_error() -> None:
    with endpoint(TWICE) as server, pytest.raises(QueryError, match="counts rows twice"):
        RemoteStore(server.url).select("SELECT DISTINCT ?s FROM <urn:g> { ?s ?p ?o } LIMIT 2")


def test_a_reduced_answer_may_tell_a_row_twice() -> None:
    with endpoint(TWICE) as server:
        assert len(RemoteStore(server.url).select("SELECT REDUCED ?s FROM <urn:g> { ?s ?p ?o } LIMIT 2").rows) == 2


@pytest.mark.parametrize("word", ["DISTINCT", "distinct", "# DISTINCT\n REDUCED", "ALL", ""])
def test_places_in_pages_do_not_depend_on_what_is_the_same_row(word: str) -> None:
    said = page(f"PREFIX a: <urn:a> SELECT {word} ?s {{ ?s ?p 'DISTINCT' }}", ["s"], 10, 20)
    assert re.search(r"\b(DISTINCT|REDUCED)\b(?!')", re.sub("#.*", "", said), re.IGNORECASE) is None
    assert said.endswith("ORDER BY ?s \n} } LIMIT 10 OFFSET 20")
    limited = page("SELECT DISTINCT ?s { ?s ?p ?o } LIMIT 9", ["s"], 10, 0)
    assert "DISTINCT ?s" in limited


def test_a_load_whose_draft_is_not_whole_changes_nothing_and_says_so() -> None:
    count = b'{"head":{"vars":["rows"]},"results":{"bindings":[{"rows":{"type":"literal","value":"1"}}]}}'
    done, counted = Reply(204, "text/plain", b""), Reply(200, JSON, count)
    names = [term("id:a"), term("id:b")]
    quads = [Quad(name, term("gov:oversees"), name, term("dataset:one")) for name in names]
    with endpoint(done, done, counted, done) as server:
        with pytest.raises(QueryError, match=r"kept 1 of 2 triples of .*left as it was"):
            RemoteStore(server.url).load(quads)
        assert not any(b"MOVE" in body for body in server.bodies)
        assert b"DROP" in server.bodies[-1]


def test_a_move_is_sent_once_and_its_failure_says_where_the_graph_is() -> None:
    done, busy = Reply(204, "text/plain", b""), Reply(503, "text/plain", b"busy")
    count = b'{"head":{"vars":["rows"]},"results":{"bindings":[{"rows":{"type":"literal","value":"1"}}]}}'
    with endpoint(done, done, Reply(200, JSON, count), busy) as server:
        with pytest.raises(QueryError) as caught:
            RemoteStore(server.url).load([Quad(term("id:a"), term("gov:oversees"), term("id:a"), term("dataset:one"))])
        assert sum(b"MOVE" in body for body in server.bodies) == 1
        assert b"MOVE" in server.bodies[-1]
    assert "urn:uuid:" in caught.value.remedy


def test_where_an_unknown_server_takes_graphs_is_to_be_said() -> None:
    quads = [Quad(term("id:a"), term("gov:oversees"), term("id:a"), term("dataset:one"))]
    with pytest.raises(UsageError, match="where does"):
        RemoteStore("http://127.0.0.1:9/ds").load(quads)


def test_long_graphs_are_sent_in_pieces_and_those_with_blank_nodes_in_one() -> None:
    lines = b"".join(b"<urn:%d> <urn:p> <urn:%d> .\n" % (n, n) for n in range(45_000))
    triples = [quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)]
    assert [size for _, size in pieces(triples)] == [20_000, 20_000, 5_000]
    blank = [quad.triple for quad in parse(b"_:a <urn:p> _:b .", format=RdfFormat.N_TRIPLES)]
    assert [size for _, size in pieces(triples[:30_000] + blank + triples[30_000:])] == [20_000, 25_001]


@pytest.mark.parametrize("query", ["CLEAR ALL", "\\u0043LEAR ALL", "ASK { ?s ?p ?o FILTER(?o<'x>') } ; CLEAR ALL #'"])
def test_what_may_be_read_as_an_update_is_no_query(query: str) -> None:
    with pytest.raises(QueryError, match="this is an update"):
        form(query)


def test_words_of_updates_may_stand_in_names_and_texts() -> None:
    assert form("SELECT * { GRAPH add:x { ?s <urn:load> 'CLEAR ALL' } }") == "SELECT"
