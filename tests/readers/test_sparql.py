"""Any SPARQL endpoint: a server that the test starts, asked page by page, and requests and answers that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from graph_build.errors import InputError
from graph_build.readers import endpoint as asking
from graph_build.readers.formats import import_source, recognise
from tests.readers.conversion import same_quads
from tests.readers.drawn import counts, imported, messages, told, types
from tests.store.servers import Reply, endpoint, oxigraph

DATA = """
@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix e: <https://example.org/> .
e:rada a org:FormalOrganization ; skos:prefLabel "Parliament"@en, "Рада"@uk .
e:committee a org:OrganizationalUnit ; skos:prefLabel "Committee"@en ; org:unitOf e:rada .
e:anna a <http://xmlns.com/foaf/0.1/Person> ; <http://xmlns.com/foaf/0.1/name> "Anna" .
e:seat a org:Membership ; org:member e:anna ; org:organization e:committee ; e:secret "never asked for" .
"""
QUERY = """# Everything, in an order: "limit" in a comment is no LIMIT
PREFIX e: <https://example.org/offset>
CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER (?p != <https://example.org/secret>) }"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("sparql") / "store") as address:
        urlopen(
            Request(f"{address}/store?default", DATA.encode(), {"Content-Type": "text/turtle"}, method="POST")
        ).close()
        yield f"{address}/query"


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(asking, "sleep", waited.append)
    return waited


def request(folder: Path, address: str, more: str = "", query: str = QUERY + " ORDER BY ?s ?p ?o") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "bodies.rq").write_text(query, encoding="utf-8")
    path = folder / "bodies.sparql.toml"
    path.write_text(f'[sparql]\nendpoint = "{address}"\nquery = "bodies.rq"\n{more}', encoding="utf-8")
    return path


def test_what_the_query_builds_is_read_as_rdf(server: str, tmp_path: Path) -> None:
    path = request(tmp_path, server)
    found = recognise(path)
    assert found is not None
    assert found.name == "sparql"
    made = imported(path)
    assert types(made)["Parliament"] == ("organisation",)
    assert told(made) == {("Committee", "composition", "Parliament", ""), ("Anna", "membership", "Committee", "")}
    assert messages(made) == ""
    assert {source.url for source in made.sources} == {server}


def test_pages_give_the_same_and_are_kept(server: str, tmp_path: Path) -> None:
    whole = imported(request(tmp_path / "whole", server))
    path = request(tmp_path / "paged", server, "page = 3\n")
    paged = imported(path)
    assert (told(paged), counts(paged)) == (told(whole), counts(whole))
    folder = tmp_path / "paged/bodies.sparql.answers"
    kept = sorted(folder.iterdir())
    assert len(kept) == 5
    before = [file.read_bytes() for file in kept]
    kept[1].unlink()
    assert told(imported(path)) == told(whole)
    assert [file.read_bytes() for file in sorted(folder.iterdir())] == before


def test_pages_without_an_order_are_told(server: str, tmp_path: Path) -> None:
    assert "in no order" in messages(imported(request(tmp_path, server, "page = 3\n", QUERY)))


def test_what_is_kept_needs_no_server(tmp_path: Path, waits: list[float]) -> None:
    with oxigraph(tmp_path / "store") as address:
        path = request(tmp_path / "asked", f"{address}/query")
        assert "builds nothing" in messages(imported(path))
    assert "builds nothing" in messages(imported(path))
    assert waits == []


def test_converts_into_a_folder_that_says_the_same(server: str, tmp_path: Path) -> None:
    same_quads(request(tmp_path, server), tmp_path / "folder")


def test_a_busy_server_is_asked_again_and_goes_on_from_what_is_kept(tmp_path: Path, waits: list[float]) -> None:
    page = Reply(200, "text/turtle", b"<https://e.org/a> <http://xmlns.com/foaf/0.1/name> 'A' .")
    with endpoint(page, Reply(503, "text/plain", b"busy")) as listener:
        path = request(tmp_path, listener.url, "page = 1\n")
        with pytest.raises(InputError) as caught:
            import_source(path)
        assert "goes on from there" in str(caught.value.remedy)
        assert waits == [2.0, 8.0, 30.0]
        listener.answers[:] = [Reply(200, "text/turtle", b"")]
        assert counts(imported(path)) == {"node": (1, 0, 0, 1)}


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, "text/html", b"<html>hello</html>"),
        Reply(200, "text/turtle", b"<a> <b> <c> ."),
        Reply(200, "text/turtle", b"\xff\xfe"),
        Reply(400, "text/plain", b"what?"),
    ],
)
def test_what_is_no_answer_is_an_error_at_once(tmp_path: Path, waits: list[float], reply: Reply) -> None:
    with endpoint(reply) as listener, pytest.raises(InputError):
        import_source(request(tmp_path, listener.url))
    assert waits == []


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", QUERY),
        ("[sparql]\n", QUERY),
        ('[sparql]\nendpoint = "https://e.org"', QUERY),
        ('[sparql]\nquery = "bodies.rq"', QUERY),
        ('sparql = 7\n"[sparql]" = 1', QUERY),
        ('[sparql]\nendpoint = "file:///etc/passwd"\nquery = "bodies.rq"', QUERY),
        ('[sparql]\nendpoint = "https://e.org"\nquery = "../bodies.rq"', QUERY),
        ('[sparql]\nendpoint = "https://e.org"\nquery = "none.rq"', QUERY),
        ('[sparql]\nendpoint = "https://e.org"\nquery = "bodies.rq"\npage = true', QUERY),
        ('[sparql]\nendpoint = "https://e.org"\nquery = "bodies.rq"\nlimit = 3', QUERY),
        ('[sparql]\nendpoint = "https://e.org"\nquery = "bodies.rq"', "SELECT * WHERE { ?s ?p ?o }"),
        ('[sparql]\nendpoint = "https://e.org"\nquery = "bodies.rq"', QUERY + " LIMIT 3"),
        ("[sparql]\nendpoint = [", QUERY),
    ],
)
def test_a_request_that_says_what_cannot_be_is_an_error(tmp_path: Path, text: str, query: str) -> None:
    path = request(tmp_path, "https://e.org", query=query)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_source(path)
    assert caught.value.remedy
