"""The statements of RDF files, subject by subject: kept in a temporary SQLite file, for they come in any order.

Parsed by Oxigraph, which reaches for no network: a JSON-LD context that stands elsewhere is an error that says so. What it parses by
recursion or with entities (JSON, XML) goes first through the parsers of this project, which bound depth and refuse entities.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph_build.errors import Finding, InputError
from graph_build.readers.head import Head, head
from graph_build.readers.json_stream import pieces
from graph_build.readers.maps import word_map
from graph_build.readers.words import shown
from graph_build.readers.xml_stream import xml_pieces
from graph_build.vocabulary import PREFIXES, vocabulary

_TERM: Final = r"(?:<[^<>\"{}|^`\\\s]*>|_:\S+)"
_LITERAL: Final = r"\"(?:[^\"\\]|\\.)*\"(?:@[\w-]+|\^\^<[^<>\s]*>)?"
_START: Final = re.compile(rf"{_TERM}\s+(?:<[^<>\s]+>|a)\s+(?:{_TERM}|\"|\[|[\w-]+:\w)")
_QUAD: Final = re.compile(rf"{_TERM}\s+<[^<>\s]*>\s+(?:{_TERM}|{_LITERAL})\s*{_TERM}\s*\.\s*(?:#.*)?")
_DIRECTIVE: Final = re.compile(r"@(?:prefix|base)\s|(?:PREFIX|BASE)\s+(?:[\w.-]*:\s*)?<", re.IGNORECASE)
LONGEST_LINE: Final = 4 * 2**20
_CHUNK: Final = 65_536
_TOGETHER: Final = 10_000
_BOM: Final = b"\xef\xbb\xbf"
_LARGEST_KNOWN: Final = 64 * 2**20
_KNOWN_CONTEXT: Final = re.compile(rb'("@context"\s*:\s*(?:\[\s*)?)"https?://(?:www\.)?schema\.org/?(?:docs/[\w.]*)?"')
"""The one context that stands elsewhere in most files of the web, and that every reader of them knows."""


@dataclass(frozen=True, slots=True)
class Value:
    """The object of a statement: an IRI, a blank node (`_:b7`) or a text with its language."""

    text: str
    is_node: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A subject, the number of the file that first names it, and what is said of it by prefixed name."""

    name: str
    file: int
    facts: dict[str, tuple[Value, ...]]

    def all(self, field: str) -> tuple[Value, ...]:
        """Return the values of all properties of a field of the map."""
        return tuple(value for name in word_map("rdf")["fields"][field] for value in self.facts.get(name, ()))

    def first(self, field: str) -> tuple[Value, ...]:
        """Return the values of the first property of a field that is there."""
        return next((self.facts[name] for name in word_map("rdf")["fields"][field] if name in self.facts), ())

    def text(self, field: str) -> str:
        """Return the first text of a field, or nothing."""
        return next((value.text for value in self.first(field) if not value.is_node), "")

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes, as prefixed names."""
        return tuple(curie(value.text) for value in self.facts.get("rdf:type", ()) if value.is_node)


@cache
def _prefixes() -> tuple[tuple[str, str], ...]:
    words = word_map("rdf")
    known = {iri: name for name, iri in (*PREFIXES.items(), *words["prefixes"].items())} | words["same_prefixes"]
    return tuple(sorted(known.items(), key=lambda item: (-len(item[0]), item[0])))


@lru_cache(maxsize=16_384)
def curie(iri: str) -> str:
    """Return the prefixed name that the map of RDF uses for an IRI, or the IRI itself.

    >>> curie(f"{PREFIXES['org']}Post"), curie("urn:example:a")
    ('org:Post', 'urn:example:a')
    """
    return next((f"{name}:{iri[len(start) :]}" for start, name in _prefixes() if iri.startswith(start)), iri)


def syntax(start: Head) -> RdfFormat | None:
    """Return the syntax that the beginning of a file is in; TriG holds Turtle and N-Triples too."""
    if start.xml_root == "RDF":
        return RdfFormat.RDF_XML
    if start.json_paths:
        tops = {path.split(".")[1 if path.startswith("[]") else 0 :][0] for path in start.json_paths if path != "[]"}
        return RdfFormat.JSON_LD if {"@context", "@graph", "@id"} & tops else None
    lines = (line.strip() for line in start.text.lstrip("\ufeff").splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    if _DIRECTIVE.match(first):
        return RdfFormat.TRIG
    if _QUAD.fullmatch(first):
        return RdfFormat.N_QUADS
    return RdfFormat.TRIG if _START.match(first) else None


class Statements:
    """All statements of some files; `graphs` and `unread` say what of them has no place here."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        """Read the files; one that is broken is an `InputError` with its line."""
        self.graphs, self.unread = 0, Counter[str]()
        self._numbers: dict[str, int] = {}
        self._base = sqlite3.connect("")
        self._base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA cache_size=-20000;"
            "CREATE TABLE node (number INTEGER PRIMARY KEY, key TEXT UNIQUE);"
            "CREATE TABLE graph (name TEXT UNIQUE);"
            "CREATE TABLE said (subject INTEGER, predicate TEXT, value TEXT, sort INTEGER, language TEXT, file INTEGER,"
            " UNIQUE (subject, predicate, value, sort, language));"
        )
        for number, file in enumerate(files):
            quads = _quads(file)
            while some := list(islice(quads, _TOGETHER)):
                rows = filter(None, [self._row(quad, number) for quad in some])
                self._base.executemany("INSERT OR IGNORE INTO said VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._base.execute("CREATE INDEX by_value ON said (value, predicate)")
        self._base.execute(
            "CREATE TABLE described AS SELECT kind.value AS kind, one.value AS actor, two.value AS target FROM said AS one"
            " JOIN said AS two USING (subject) JOIN said AS kind USING (subject) WHERE kind.predicate = 'rdf:type'"
            " AND one.predicate IN ('gov:actor', 'gov:with') AND two.predicate IN ('gov:target', 'gov:with')"
        )
        self._base.execute("CREATE INDEX by_ends ON described (actor, target)")
        self.graphs = self._base.execute("SELECT count(*) FROM graph").fetchone()[0]

    def nodes(self) -> Iterator[Node]:
        """Give every subject in the order in which the files first name it."""
        asked = "SELECT subject, predicate, value, sort, language, file FROM said ORDER BY subject, rowid"
        for number, rows in groupby(self._base.execute(asked), itemgetter(0)):
            yield self._made(number, [row[1:] for row in rows])

    def node(self, name: str) -> Node:
        """Return what is said of a node; of one that is no subject, nothing."""
        number = self._known(name)
        asked = "SELECT predicate, value, sort, language, file FROM said WHERE subject = ? ORDER BY rowid"
        return self._made(number, self._base.execute(asked, (number,)).fetchall())

    def is_subject(self, name: str) -> bool:
        """Say whether anything is said of a node."""
        asked = "SELECT 1 FROM said WHERE subject = ?"
        return self._base.execute(asked, (self._known(name),)).fetchone() is not None

    def _known(self, name: str) -> int:
        if name.startswith("_:b"):
            return int(name[3:])
        key = self._base.execute("SELECT number FROM node WHERE key = ?", (name,)).fetchone()
        return int(key[0]) if key else 0

    def describes(self, kind: str, actor: str, target: str) -> bool:
        """Say whether the files describe, as a node of its own, a relation of this kind between these ends."""
        known = vocabulary().kinds[kind]
        asked = (
            "SELECT 1 FROM described WHERE kind = ? AND (actor = ? AND target = ? OR ? AND target = ? AND actor = ?)"
        )
        found = self._base.execute(asked, (known.iri, actor, target, known.symmetric, actor, target))
        return found.fetchone() is not None

    def named_by(self, name: str) -> Iterator[tuple[str, str]]:
        """Give subject and predicate, as a prefixed name, of the statements whose object this node is."""
        asked = "SELECT subject, predicate FROM said WHERE value = ? AND sort = 0 ORDER BY said.rowid"
        for subject, predicate in self._base.execute(asked, (name,)):
            yield self._name(subject), predicate

    def _made(self, number: int, rows: Sequence[Sequence[Any]]) -> Node:
        facts: dict[str, list[Value]] = {}
        for predicate, value, sort, language, _ in rows:
            facts.setdefault(predicate, []).append(Value(value, sort == 0, language))
        file = rows[0][4] if rows else 0
        return Node(self._name(number), file, {name: tuple(values) for name, values in facts.items()})

    def _name(self, number: int) -> str:
        found = self._base.execute("SELECT key FROM node WHERE number = ?", (number,)).fetchone()
        return "" if found is None else f"_:b{number}" if found[0].startswith("_:") else str(found[0])

    def _number(self, term: NamedNode | BlankNode, file: int) -> int:
        key = term.value if isinstance(term, NamedNode) else f"_:{file}/{term.value}"
        known = self._numbers.get(key)
        if known is None:
            self._base.execute("INSERT OR IGNORE INTO node (key) VALUES (?)", (key,))
            known = int(self._base.execute("SELECT number FROM node WHERE key = ?", (key,)).fetchone()[0])
            if len(self._numbers) >= _TOGETHER:
                self._numbers.clear()
            self._numbers[key] = known
        return known

    def _row(self, quad: Quad, file: int) -> tuple[int | str, ...] | None:
        """Return a statement as it is kept; one about statements is only counted."""
        subject, value = quad.subject, quad.object
        if not isinstance(quad.graph_name, DefaultGraph):
            self._base.execute("INSERT OR IGNORE INTO graph VALUES (?)", (quad.graph_name.value,))
        if isinstance(subject, Triple) or isinstance(value, Triple):
            self.unread[quad.predicate.value] += 1
            return None
        number, predicate = self._number(subject, file), curie(quad.predicate.value)
        if isinstance(value, Literal):
            row: tuple[str, int, str] = (value.value, 1, (value.language or "").lower())
        elif isinstance(value, BlankNode):
            row = (f"_:b{self._number(value, file)}", 0, "")
        else:
            row = (value.value, 0, "")
        return number, predicate, *row, file


def _quads(file: Path) -> Iterator[Quad]:
    start = head(file)
    form = RdfFormat.N_QUADS if start.name.endswith(".nq") else syntax(start) or RdfFormat.TRIG
    if form == RdfFormat.RDF_XML:
        for _ in xml_pieces(file, ()):
            pass
    elif form == RdfFormat.JSON_LD:
        for _ in pieces(file):
            pass
    try:
        with file.open("rb") as stream:
            stream.seek(len(_BOM) if start.content.startswith(_BOM) else 0)
            bounded = form in (RdfFormat.RDF_XML, RdfFormat.JSON_LD)  # by what has read them already
            whole: Any = stream if bounded else _Lines(stream, file)
            if form == RdfFormat.JSON_LD and file.stat().st_size <= _LARGEST_KNOWN:
                whole = _KNOWN_CONTEXT.sub(_context, stream.read())
            yield from parse(whole, format=form, base_iri=word_map("rdf")["base"])
    except InputError:
        raise
    except (SyntaxError, ValueError) as error:
        raise _broken(file, error) from None


def _context(found: re.Match[bytes]) -> bytes:
    return found[1] + str(word_map("rdf")["contexts"]["schema"]).encode()


class _Lines:
    """A stream that ends where a line has no end: the parser keeps a name or text until it is whole, however long it is."""

    def __init__(self, stream: BinaryIO, file: Path) -> None:
        self._stream, self._file = stream, file
        self._line, self._size = 1, 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; a line that is too long is an `InputError`."""
        chunk = self._stream.read(min(size, _CHUNK) if size > 0 else _CHUNK)
        ends = chunk.count(b"\n")
        self._size = len(chunk) - chunk.rindex(b"\n") if ends else self._size + len(chunk)
        self._line += ends
        if self._size > LONGEST_LINE:
            message = f"a single line is longer than {LONGEST_LINE // 2**20} MB"
            remedy = "write each statement on a line of its own, as N-Triples"
            finding = Finding(str(self._file), self._line, 1, "", message, remedy)
            raise InputError(f"{self._file} could not be read", [finding], remedy)
        return chunk


def _broken(file: Path, error: Exception) -> InputError:
    line = (getattr(error, "lineno", 0) or 0) if isinstance(error, SyntaxError) else 0
    said = shown(str(getattr(error, "msg", "") or error))
    is_remote = "context" in said.lower()
    remedy = "write the context into the file, or save the data as Turtle: nothing is fetched" if is_remote else "mend the file, or save it again as RDF"  # fmt: skip
    message = f"this is not RDF from here on: {said}"
    return InputError(f"{file} could not be read", [Finding(str(file), line, 1, "", message, remedy)], remedy)
