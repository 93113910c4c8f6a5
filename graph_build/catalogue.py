"""The questions of the catalogue, read from `queries/**/*.rq`: a typed header in TOML, and SPARQL below it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from typing import Final

from graph_build.errors import QueryError
from graph_build.resources import resource
from graph_build.vocabulary import SCHEMES

PARAM_TYPES: Final = (
    "actor",
    "iri",
    "kind",
    "actor-type",
    "thing-type",
    "source-type",
    *SCHEMES,
    "xsd:date",
    "string",
    "integer",
    "boolean",
    "country",
    "language",
)
COLUMN_TYPES: Final = ("iri", "string", "xsd:date", "boolean", "integer", "decimal")
SLOT: Final = re.compile(r"^ *VALUES \?(?P<name>\w+) \{ UNDEF \}$", re.MULTILINE)
WITH: Final = re.compile(r"^(?P<indent> *)# with (?P<name>\w+): ", re.MULTILINE)
OPEN: Final = re.compile(r"^ *FILTER \( !BOUND\(\?(?P<name>\w+)\) \|\| .* \)$", re.MULTILINE)
LONE: Final = re.compile(r"^ *OPTIONAL \{ \?\w+ [\w:|/]+ (?P<value>\?\w+) \}$", re.MULTILINE)
FIRST: Final = re.compile(
    r"^(?P<indent> *)# first (?P<found>\?\w+(?: \?\w+)*) with (?P<name>\w+): (?P<pattern>.+)$", re.MULTILINE
)
REMARK: Final = re.compile(r"^ *#(?! first \?).*$", re.MULTILINE)
_HEADER: Final = re.compile(r"\A# /// query\n(?P<block>(?:#(?: .*)?\n)*?)# ///\n")
_COLUMN: Final = re.compile(r"(?P<base>[a-z:]+)(?P<mark>[?*]?)")


@dataclass(frozen=True, slots=True)
class Param:
    """What may be asked for: one of `PARAM_TYPES`, said in words by `help`."""

    name: str
    type: str
    help: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """What a row gives: one of `COLUMN_TYPES`.

    `optional` (`?`) may be None. Of `several` (`*`), rows that differ in nothing else become one: strings are joined by `|`
    in alphabetical order, booleans are true when one of them is.
    """

    name: str
    type: str
    optional: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """Values to try the question with, and how many rows they give at least on a dataset."""

    values: Mapping[str, object] = field(default_factory=dict)
    rows_at_least: int = 1
    dataset: str = "norms"


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its words in English and Ukrainian, what may be asked for, what a row gives, and the SPARQL text.

    `severity` is that of what a lint question finds: error or warning.
    """

    name: str
    theme: str
    title: str
    question: str
    title_uk: str
    question_uk: str
    tags: tuple[str, ...]
    params: Mapping[str, Param]
    columns: Mapping[str, Column]
    example: Example
    text: str
    severity: str = ""

    @property
    def internal(self) -> bool:
        """Whether the program asks it for itself: such questions are not offered to people."""
        return "internal" in self.tags


class Catalogue(Mapping[str, Query]):
    """The questions below a folder by name, each read when it is first asked for: to read all takes longer than most answers."""

    def __init__(self, folder: Traversable) -> None:
        """Take the names of the files; one that is not a question is a `QueryError` when it is read."""
        self._files = {entry.name.removesuffix(".rq"): (theme, entry) for theme, entry in _files(folder)}
        self._read: dict[str, Query] = {}

    def __getitem__(self, name: str) -> Query:
        """Return a question; without one of that name a `KeyError`."""
        if name not in self._read:
            theme, entry = self._files[name]
            self._read[name] = parse_query(name, entry.read_text(encoding="utf-8"), theme)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names, sorted."""
        return iter(sorted(self._files))

    def __len__(self) -> int:
        """Return the number of questions."""
        return len(self._files)


@cache
def catalogue() -> Catalogue:
    """Return the bundled questions by name; a file that is not a question is a `QueryError` when it is read.

    >>> catalogue()["who-oversees"].params["target"].type
    'actor'
    """
    return Catalogue(resource("queries"))


def parse_query(name: str, text: str, theme: str = "") -> Query:
    """Return the question that the text of a `.rq` file holds."""
    header = _header(name, text)
    try:
        return Query(
            name=name,
            theme=theme,
            title=str(header["title"]),
            question=str(header["question"]),
            title_uk=str(header.get("title_uk", "")),
            question_uk=str(header.get("question_uk", "")),
            tags=tuple(header.get("tags", ())),
            params={key: _param(name, key, value) for key, value in header.get("params", {}).items()},
            columns={key: _column(name, key, value) for key, value in header["columns"].items()},
            example=_example(header.get("example", {})),
            text=text,
            severity=str(header.get("severity", "")),
        )
    except KeyError as error:
        raise QueryError(
            f"{name}.rq: the header has no {error.args[0]}", "add it to the block `# /// query`"
        ) from error


def slots(text: str) -> set[str]:
    """Return the names of the parameters that the SPARQL text has a line for.

    >>> sorted(slots("  VALUES ?lang { UNDEF }"))
    ['lang']
    """
    return {found["name"] for found in SLOT.finditer(text)}


def _files(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield the files of questions, each with its theme."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith(".rq"):
            yield folder.name, entry


def _header(name: str, text: str) -> dict[str, dict[str, object]]:
    found = _HEADER.match(text)
    if not found:
        raise QueryError(f"{name}.rq does not begin with a header", "begin with `# /// query` and end it with `# ///`")
    try:
        return tomllib.loads("".join(line[2:] + "\n" for line in found["block"].splitlines()))
    except tomllib.TOMLDecodeError as error:
        raise QueryError(f"{name}.rq: the header is not TOML: {error}") from error


def _param(query: str, name: str, said: object) -> Param:
    known: Mapping[str, object] = said if isinstance(said, dict) else {"type": said}
    if known.get("type") not in PARAM_TYPES:
        raise QueryError(f"{query}.rq: parameter {name} has no known type", f"use one of {', '.join(PARAM_TYPES)}")
    return Param(name, str(known["type"]), str(known.get("help", "")), bool(known.get("required", False)))


def _column(query: str, name: str, said: object) -> Column:
    found = _COLUMN.fullmatch(str(said))
    if not found or found["base"] not in COLUMN_TYPES:
        raise QueryError(f"{query}.rq: column {name} has no known type", f"use one of {', '.join(COLUMN_TYPES)}")
    return Column(name, found["base"], bool(found["mark"]), found["mark"] == "*")


def _example(said: Mapping[str, object]) -> Example:
    values = {key: value for key, value in said.items() if key not in ("rows_at_least", "dataset")}
    least = said.get("rows_at_least", 1)
    return Example(values, least if isinstance(least, int) else 1, str(said.get("dataset", "norms")))
