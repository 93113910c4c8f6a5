"""Statements in the shape of Wikidata, on a server that the test starts, and answers of servers that are busy, broken or hostile."""

from __future__ import annotations

import json
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

PREFIXES = """
@prefix wd: <http://www.wikidata.org/entity/> . @prefix s: <http://www.wikidata.org/entity/statement/> .
@prefix p: <http://www.wikidata.org/prop/> . @prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix psv: <http://www.wikidata.org/prop/statement/value/> . @prefix pqv: <http://www.wikidata.org/prop/qualifier/value/> .
@prefix pr: <http://www.wikidata.org/prop/reference/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix wikibase: <http://wikiba.se/ontology#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix ref: <http://www.wikidata.org/reference/> . @prefix v: <http://www.wikidata.org/value/> .
"""
PROPERTIES = "".join(f"wd:{p} wikibase:claim p:{p} ; wikibase:statementProperty ps:{p} .\n" for p in ("P39", "P361", "P488", "P569"))  # fmt: skip
STATEMENTS = """
wd:Q101 rdfs:label "Parliament"@en, "Рада"@uk, "Parlament"@de ; skos:altLabel "VR"@en ; wdt:P31 wd:Q35749 ; wdt:P17 wd:Q900 .
wd:Q101 p:P571 s:Q101-f . s:Q101-f psv:P571 v:y1990 .
wd:Q900 wdt:P297 "UA" .
wd:Q102 rdfs:label "Committee"@en ; wdt:P31 wd:Q777 .
wd:Q103 rdfs:label "Anna"@en ; wdt:P31 wd:Q5 .
wd:Q104 rdfs:label "Комітет"@uk .
wd:Q102 p:P361 s:Q102-a . s:Q102-a ps:P361 wd:Q101 ; wikibase:rank wikibase:PreferredRank .
wd:Q102 p:P488 s:Q102-b . s:Q102-b ps:P488 wd:Q103 ; wikibase:rank wikibase:NormalRank ; pqv:P580 v:m2019 ; pqv:P582 v:d2020 ;
  prov:wasDerivedFrom ref:one, ref:two . ref:one pr:P854 <https://example.org/1> . ref:two pr:P854 <https://example.org/2> .
wd:Q103 p:P39 s:Q103-a . s:Q103-a ps:P39 wd:Q104 ; wikibase:rank wikibase:NormalRank ; pqv:P580 v:c1900 .
wd:Q103 p:P39 s:Q103-b . s:Q103-b ps:P39 wd:Q104 ; wikibase:rank wikibase:DeprecatedRank .
wd:Q103 p:P39 s:Q103-c . s:Q103-c ps:P39 _:somebody ; wikibase:rank wikibase:NormalRank .
wd:Q103 p:P39 s:Q103-d . s:Q103-d ps:P39 wd:Q104 ; wikibase:rank wikibase:NormalRank ; pqv:P580 v:y1990, v:m2019 .
wd:Q103 p:P569 s:Q103-e . s:Q103-e ps:P569 "1970" ; wikibase:rank wikibase:NormalRank .
v:y1990 wikibase:timeValue "1990-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 9 .
v:m2019 wikibase:timeValue "2019-08-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 10 .
v:d2020 wikibase:timeValue "2020-02-29T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 11 .
v:c1900 wikibase:timeValue "1900-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 7 .
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("wikidata") / "store") as address:
        body = (PREFIXES + PROPERTIES + STATEMENTS).encode()
        urlopen(Request(f"{address}/store?default", body, {"Content-Type": "text/turtle"}, method="POST")).close()
        yield f"{address}/query"


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(asking, "sleep", waited.append)
    return waited


def request(folder: Path, address: str, more: str = "") -> Path:
    path = folder / "rada.wikidata.toml"
    path.write_text(f'[wikidata]\nitems = ["Q102", "Q103"]\nendpoint = "{address}"\n{more}', encoding="utf-8")
    return path


def test_statements_become_drafts_with_qualifiers_rank_and_references(server: str, tmp_path: Path) -> None:
    made = imported(request(tmp_path, server))
    assert told(made) == {
        ("Committee", "composition", "Parliament", ""),
        ("Anna", "membership", "Committee", "chairs"),
        ("Anna", "membership", "Комітет", "holds the post of"),
    }
    assert counts(made) == {
        "P361": (1, 1, 0, 0),
        "P488": (1, 1, 0, 0),
        "P39": (4, 2, 0, 2),
        "item": (4, 4, 0, 0),
    }
    assert {(r.status, r.verified, r.modality, r.confidence) for r in made.relations} == {
        ("draft", "secondary", "actual", "")
    }
    chair = next(r for r in made.relations if r.phrase == "chairs")
    assert (chair.start, chair.end) == ("2019-08", "2020-02-29")
    pages = {source.id: source.url for source in made.sources}
    assert {pages[e.source] for e in made.evidence if e.relation == chair.id and pages[e.source]} == {
        "http://www.wikidata.org/entity/statement/Q102-b",
        "https://example.org/1",
        "https://example.org/2",
        server,
    }
    assert next(r for r in made.relations if r.kind == "composition").note == "rank: preferred"
    said = messages(made)
    for words in ("less exactly than to the year", "marks it as deprecated", "is no item", "several values", "Q777"):
        assert words in said


def test_items_have_names_types_and_countries(server: str, tmp_path: Path) -> None:
    made = imported(request(tmp_path, server))
    assert types(made) == {
        "Parliament": ("parliament",),
        "Committee": ("unclassified",),
        "Anna": ("person",),
        "Комітет": ("unclassified",),
    }
    rada = next(actor for actor in made.actors if actor.label_en == "Parliament")
    assert (rada.label_uk, rada.country, rada.founded) == ("Рада", "UA", "1990")
    assert (rada.exact_match, rada.alt_labels) == (("Q101",), ("VR@en",))


def test_pages_give_the_same_and_are_kept(server: str, tmp_path: Path) -> None:
    whole, paged = tmp_path / "whole", tmp_path / "paged"
    whole.mkdir()
    paged.mkdir()
    path = request(paged, server, "page = 2\n")
    assert imported(path).relations == _at(imported(request(whole, server)).relations, path)
    kept = sorted((paged / "rada.wikidata.answers").iterdir())
    assert len(kept) > 6
    before = [file.read_bytes() for file in kept]
    (kept[2]).unlink()
    imported(path)
    assert [file.read_bytes() for file in sorted((paged / "rada.wikidata.answers").iterdir())] == before


def _at(relations: tuple, path: Path) -> tuple:  # type: ignore[type-arg]
    from dataclasses import replace

    from graph_build.records import Place

    return tuple(replace(relation, place=Place(str(path), 0)) for relation in relations)


def test_what_is_kept_is_not_asked_again(server: str, tmp_path: Path, waits: list[float]) -> None:
    with oxigraph(tmp_path / "store") as address:
        path = request(tmp_path, f"{address}/query")
        first = imported(path)
    assert imported(path).relations == first.relations  # the server is gone
    (next((tmp_path / "rada.wikidata.answers").glob("wikidata-items-*"))).write_text("{", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_source(path)
    assert "damaged" in str(caught.value.findings[0])


def test_converts_into_a_folder_that_says_the_same(server: str, tmp_path: Path) -> None:
    same_quads(request(tmp_path, server), tmp_path / "folder")


def table(*rows: dict[str, str]) -> Reply:
    cells = [{name: {"type": "uri", "value": value} for name, value in row.items()} for row in rows]
    body = json.dumps({"head": {"vars": []}, "results": {"bindings": cells}})
    return Reply(200, "application/sparql-results+json", body.encode())


def test_a_busy_server_is_asked_again_later_and_later(tmp_path: Path, waits: list[float]) -> None:
    busy = Reply(503, "text/plain", b"busy")
    limited = Reply(429, "text/plain", b"slowly", {"Retry-After": "7"})
    with endpoint(busy, limited, Reply(500, "text/plain", b"oh"), table()) as listener:
        made = imported(request(tmp_path, listener.url))
        assert len(listener.bodies) == 5
    assert waits == [2.0, 7.0, 30.0]
    assert {actor.label_en for actor in made.actors} == {"Q102", "Q103"}
    assert '"Q102" has no name' in messages(made)


def test_a_server_that_stays_away_is_an_error_and_pages_stay(tmp_path: Path, waits: list[float]) -> None:
    wd, ontology = "http://www.wikidata.org/entity/", "http://wikiba.se/ontology#"
    row = {"statement": f"{wd}statement/a", "subject": f"{wd}Q102", "property": f"{wd}P361", "value": f"{wd}Q101", "rank": f"{ontology}NormalRank"}  # fmt: skip
    with endpoint(table(row), Reply(503, "text/plain", b"busy")) as listener:
        path = request(tmp_path, listener.url, "page = 1\n")
        with pytest.raises(InputError) as caught:
            import_source(path)
        assert "goes on from there" in str(caught.value.remedy)
        assert len(list((tmp_path / "rada.wikidata.answers").iterdir())) == 1
        listener.answers[:] = [table()]
        assert counts(imported(path))["P361"] == (1, 1, 0, 0)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, "text/html", b"<html>hello</html>"),
        Reply(200, "application/sparql-results+json", b'{"results": {"bindings": [{"statement": {"value": "x"}}]}}'),
        Reply(200, "application/sparql-results+json", b'{"results": {"bindings": [7]}}'),
        Reply(200, "application/sparql-results+json", b"[" * 100_000),
        Reply(400, "text/plain", b"what?"),
        Reply(404, "text/plain", b"nothing here"),
    ],
)
def test_what_is_no_answer_is_an_error_at_once(tmp_path: Path, waits: list[float], reply: Reply) -> None:
    with endpoint(reply) as listener, pytest.raises(InputError):
        import_source(request(tmp_path, listener.url))
    assert waits == []


@pytest.mark.parametrize(
    "text",
    [
        "[wikidata]\n",
        "[wikidata]\nitems = []",
        '[wikidata]\nitems = ["Q1> } DROP ALL"]',
        "[wikidata]\nitems = [1]",
        '[wikidata]\nitems = ["Q1"]\nendpoint = "file:///etc/passwd"',
        '[wikidata]\nitems = ["Q1"]\npage = 0',
        '[wikidata]\nitems = ["Q1"]\nitem = "Q2"',
        "[wikidata]\nitems = [",
    ],
)
def test_a_request_that_says_what_cannot_be_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "request.toml"
    path.write_text(text, encoding="utf-8")
    form = recognise(path)
    assert form is not None
    assert form.name == "wikidata"
    with pytest.raises(InputError) as caught:
        import_source(path)
    assert caught.value.findings[0].file == str(path)
