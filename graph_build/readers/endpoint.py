"""Answers of a SPARQL endpoint, page by page, each kept in a folder: asking goes on where it stopped, and what is kept is not asked again.

Polite: one request at a time, with a name of our own; again, later and later, when the server is busy (as long as it asks for).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from time import sleep
from typing import Any, Final
from urllib.error import HTTPError, URLError

from graph_build.errors import Finding, InputError
from graph_build.readers.maps import word_map
from graph_build.readers.words import shown
from graph_build.resources import resource

Row = Mapping[str, str]
_WAITS: Final = (2.0, 8.0, 30.0)
_LONGEST_WAIT: Final = 120.0
_LARGEST: Final = 64 * 2**20
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
MOST_PAGES: Final = 1000
_REQUIRED: Final = {
    "wikidata-statements": ("statement", "subject", "property", "value", "rank"),
    "wikidata-items": ("item", "fact", "value"),
}
_SLOT: Final = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, how many rows a page has, how long to wait for one (seconds), and the folder that keeps the answers."""

    url: str
    page: int
    timeout: int
    kept: Path

    def rows(self, query: str, values: Mapping[str, Sequence[str]]) -> Iterator[Row]:
        """Give the rows of a query of `queries/wikidata` for these IRIs, in its order; no answer is an `InputError`."""
        text = _bound(query, values)
        for number in range(MOST_PAGES):
            page = self._page(query, f"{text}LIMIT {self.page}\nOFFSET {number * self.page}\n", number)
            yield from page
            if len(page) < self.page:
                return
        raise self.error(self.kept, f'more than "{MOST_PAGES:,}" pages came', "ask for fewer items, or larger pages")

    def _page(self, name: str, text: str, number: int) -> list[Row]:
        key = sha256(f"{self.url}\0{text}".encode()).hexdigest()[:16]
        file = self.kept / f"{name}-{key}-{number + 1:04}.json"
        if file.is_file():
            try:
                return _rows(file.read_bytes(), name)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise self.error(file, "this kept answer is damaged", "delete it, and it is asked again") from None
        body = self.answer(text)
        try:
            rows = _rows(body, name)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise self.error(file, f"{self.url} answered what is no table of SPARQL", "is the address right?") from None
        self.keep(file, json.dumps(rows, ensure_ascii=False, indent=0, sort_keys=True))
        return rows

    def keep(self, file: Path, content: str) -> None:
        """Write an answer into the folder, whole or not at all."""
        self.kept.mkdir(exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(content, encoding="utf-8")
        part.replace(file)

    def answer(self, text: str, form: str = "json") -> bytes:
        """Return what the endpoint answers to a query, in a format of SPARQLWrapper; no answer is an `InputError`."""
        for wait in (*_WAITS, None):
            try:
                return _sent(self.url, text, self.timeout, form)
            except (OSError, HTTPException, ValueError) as error:
                if wait is None or not _may_pass(error):
                    remedy = "run it again: the pages that came are kept, and it goes on from there"
                    raise self.error(self.kept, f"{self.url} did not answer: {_said(error)}", remedy) from None
                sleep(_asked_wait(error) or wait)
        raise AssertionError("the last try returns or raises")

    def error(self, file: Path, message: str, remedy: str) -> InputError:
        """Return what to raise where an answer, or what is kept of one, cannot be read."""
        return InputError(f"{self.url} could not be read", [Finding(str(file), 0, 0, "", message, remedy)], remedy)


def _bound(name: str, values: Mapping[str, Sequence[str]]) -> str:
    """Return the text of a query with IRIs in its slots; they are checked before, so that none can end its brackets."""
    text = resource("queries").joinpath("wikidata", f"{name}.rq").read_text(encoding="utf-8")
    return _SLOT.sub(lambda slot: f"VALUES ?{slot[1]} {{ {' '.join(f'<{iri}>' for iri in values[slot[1]])} }}", text)


def _sent(url: str, text: str, timeout: int, form: str) -> bytes:
    from SPARQLWrapper import POST, SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

    wrapper = SPARQLWrapper(url, agent=word_map("wikidata")["agent"])
    wrapper.setReturnFormat(form)
    wrapper.setOnlyConneg(True)
    wrapper.setMethod(POST)
    wrapper.setTimeout(timeout)
    wrapper.setQuery(text)
    try:
        with wrapper.query().response as response:
            body: bytes = response.read(_LARGEST + 1)
    except SPARQLWrapperException as error:  # it hides the code of some answers, but not of a fault of the server
        if type(error).__name__ == "EndPointInternalError":
            raise ConnectionError(shown(str(error))) from None
        raise ValueError(shown(str(error))) from None
    if len(body) > _LARGEST:
        raise ValueError("the answer is too large: ask for smaller pages")
    return body


def _rows(body: bytes, query: str) -> list[Row]:
    """Return the rows of an answer, or of a kept one: the text of each cell by the name of its column."""
    found: Any = json.loads(body)
    rows = found if isinstance(found, list) else found["results"]["bindings"]
    texts: list[Row] = [
        {name: cell if isinstance(cell, str) else cell["value"] for name, cell in row.items()} for row in rows
    ]
    for row in texts:
        if not all(isinstance(row[name], str) for name in (*row, *_REQUIRED[query])):
            raise TypeError
    return texts


def _may_pass(error: Exception) -> bool:
    if isinstance(error, HTTPError):
        return error.code in _BUSY
    return isinstance(error, URLError | ConnectionError | TimeoutError | HTTPException)


def _asked_wait(error: Exception) -> float:
    asked = error.headers.get("Retry-After", "") if isinstance(error, HTTPError) else ""
    return min(float(asked), _LONGEST_WAIT) if asked.isdecimal() else 0.0


def _said(error: Exception) -> str:
    if isinstance(error, HTTPError):
        with error:
            return f"{error.code} {shown(str(error.reason))}"
    return shown(str(error) or type(error).__name__)
