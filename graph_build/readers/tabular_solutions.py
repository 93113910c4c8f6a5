"""Answers of SPARQL endpoints in JSON (`application/sparql-results+json`) as rows: each solution is one, each variable a column.

A name of Wikidata's is its number (`Q212`), a blank node `_:b0`, and the language of a text is a column of its own, `label/lang`;
of the datatypes none is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from graph_build.readers.head import Head, head
from graph_build.readers.json_stream import Path_, paths, pieces
from graph_build.vocabulary import PREFIXES

_SOLUTIONS: Final = ("results", "bindings")
_BINDINGS: Final = "results.bindings"
_TERM: Final = ("results", "bindings", "[]", "a variable", "type or value")


def is_solutions(start: Head) -> bool:
    """Say whether a file is such an answer: it has solutions, and variables or, where these come last, terms with type and value."""
    if _BINDINGS not in start.json_paths:
        return False
    return "head.vars" in start.json_paths or _has_terms(start)


def _has_terms(start: Head) -> bool:
    found = paths(start.text.lstrip().encode(), depth=len(_TERM))
    terms = {tuple(path.split(".")) for path in found if path.startswith(f"{_BINDINGS}.[].")}
    return {"type", "value"} <= {term[-1] for term in terms if len(term) == len(_TERM)}


def solutions(file: Path) -> Iterator[tuple[int, tuple[str, ...], Any, str]]:
    """Give line, place, values by column, and fault of each solution; of a file that is no such answer, nothing."""
    if not is_solutions(head(file)):
        return
    for piece in pieces(file, _apart):
        if piece.path[:2] == _SOLUTIONS and len(piece.path) == 3:
            is_row = isinstance(piece.value, dict)
            row = dict(_cells(piece.value)) if is_row else {}
            yield piece.line, (str(piece.path[-1]),), row, "" if is_row else "it is no solution"


def _apart(path: Path_) -> bool:
    return path in ((), _SOLUTIONS[:1], _SOLUTIONS)


def _cells(solution: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for variable, term in solution.items():
        if not isinstance(term, dict):
            yield variable, term
            continue
        value = term.get("value")
        if isinstance(value, str):
            blank = term.get("type") == "bnode" and not value.startswith("_:")
            yield variable, f"_:{value}" if blank else value.removeprefix(PREFIXES["wd"])
        else:  # a statement about statements, or what is no answer at all
            yield variable, value
        if language := term.get("xml:lang"):
            yield f"{variable}/lang", language
