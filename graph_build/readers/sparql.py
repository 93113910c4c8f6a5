"""Any SPARQL endpoint: a small file with `[sparql]` names it and a CONSTRUCT query beside it, and is the source.

What the query builds, in the words of ORG, CPOV, Popolo or our own, is read as RDF. It is asked page by page; each page is kept as
N-Triples in the folder NAME.answers beside the file, and is not asked again. A blank node is one only within a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from graph_build.readers import rdf
from graph_build.readers.endpoint import MOST_PAGES, Endpoint
from graph_build.readers.entries import About, Entry, Note, Opened, Remark
from graph_build.readers.head import Head
from graph_build.readers.request import Request, wrong
from graph_build.readers.words import shown
from graph_build.records import Place

_TABLE: Final = re.compile(r"^\s*\[\s*sparql\s*\]", re.MULTILINE)
_REMEDY: Final = 'write [sparql] and below it endpoint = "https://…/sparql" and query = "NAME.rq"'
_BESIDE: Final = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*")
"""IRIs, texts and comments of a query: what is no word of SPARQL."""


def recognise(head: Head) -> bool:
    """Say whether a file is a request for an endpoint: TOML with a table `[sparql]`."""
    return head.name.endswith(".toml") and bool(_TABLE.search(head.text))


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give what the endpoints answer, all of it as one body of RDF."""
    pages: list[Path] = []
    for file in source.files:
        endpoint, query = _request(file)
        found = list(_pages(endpoint, query))
        pages += found
        yield from _remarks(file, query, len(found))
        about = About(title=f"{endpoint.url} asked with {file.name}", url=endpoint.url)
    if pages:
        yield from rdf.entries(Opened(source.name, tuple(pages)))
    yield about


def _remarks(file: Path, query: str, number: int) -> Iterator[Remark]:
    if not number:
        yield Remark(Place(str(file), 0), Note("query", "the endpoint builds nothing from this query", "look at it"))
    if number > 1 and "ORDER BY" not in _words(query):
        message = f'"{number}" pages came in no order, so some statements may be missing'
        yield Remark(Place(str(file), 0), Note("query", message, "end the query with ORDER BY"))


def _pages(endpoint: Endpoint, query: str) -> Iterator[Path]:
    """Give the kept page of each part of the answer; a page without a statement is the end."""
    for number in range(MOST_PAGES):
        text = f"{query.rstrip()}\nLIMIT {endpoint.page}\nOFFSET {number * endpoint.page}\n"
        key = sha256(f"{endpoint.url}\0{text}".encode()).hexdigest()[:16]
        file = endpoint.kept / f"page-{key}-{number + 1:04}.nt"
        if not file.is_file():
            endpoint.keep(file, _statements(endpoint, text, file))
        if not file.stat().st_size:
            return
        yield file
    raise endpoint.error(endpoint.kept, f'more than "{MOST_PAGES:,}" pages came', "ask for less, or larger pages")


def _statements(endpoint: Endpoint, text: str, file: Path) -> str:
    """Return an answer as N-Triples, sorted: servers give the same statements in any order."""
    import pyoxigraph

    body = endpoint.answer(text, "turtle")
    try:
        quads = list(pyoxigraph.parse(body, pyoxigraph.RdfFormat.TURTLE, without_named_graphs=True))
    except (SyntaxError, ValueError) as error:
        message = f"{endpoint.url} answered what is no Turtle: {shown(str(error))}"
        raise endpoint.error(file, message, "is the address right, and the query a CONSTRUCT?") from None
    return "".join(sorted(f"{quad.triple} .\n" for quad in quads))


def _request(file: Path) -> tuple[Endpoint, str]:
    """Read the file and its query; what they say wrongly is an `InputError`."""
    request = Request.read(file, "sparql", {"query": str}, _REMEDY)
    if "query" not in request.said:
        raise request.wrong('"endpoint" and "query" must be there')
    return request.endpoint("", page=5_000, most=100_000), _query(file, request.said["query"])


def _query(file: Path, name: str) -> str:
    beside = file.parent / name
    if Path(name).name != name or not beside.is_file():
        raise wrong(file, f'"query" must name a file beside this one, and there is no "{shown(name)}"', _REMEDY)
    try:
        text = beside.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise wrong(beside, "the query is not UTF-8", _REMEDY) from None
    words = _words(text).split()
    if "CONSTRUCT" not in words or {"LIMIT", "OFFSET"} & set(words):
        raise wrong(beside, "the query must be a CONSTRUCT without LIMIT and OFFSET, which its pages bring", _REMEDY)
    return text


def _words(query: str) -> str:
    """Return a query in capitals without what is no word of SPARQL, and one space between its words.

    >>> _words("construct where { ?a <http://e.org/limit> 'x' } order  by ?a # offset")
    'CONSTRUCT WHERE { ?A } ORDER BY ?A'
    """
    return " ".join(_BESIDE.sub(" ", query).upper().replace("{", " { ").replace("}", " } ").split())
