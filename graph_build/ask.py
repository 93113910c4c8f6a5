"""Ask a question: the bundled ones by name, with checked parameters, or any SPARQL text.

A parameter stands in the text as the whole line `VALUES ?name { UNDEF }`, which restricts nothing. Binding replaces that line
by a term which the RDF library wrote, so no value can become part of the query. What follows `# with name:` on a line is wanted only
when that parameter is given: it tells the engine where to begin, or finds a label that nobody would see otherwise. A filter on one line
that lets all pass without its parameter is left out then, with the OPTIONAL of which only it read the value: the engine's plan of a
long question takes longer than its answer. What follows `# first ?found with name:` is asked before by `narrowing`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from graph_build.catalogue import LONE, OPEN, REMARK, SLOT, WITH, Column, Param, Query, catalogue
from graph_build.errors import NotFoundError, QueryError
from graph_build.narrowing import narrowed
from graph_build.store import EmbeddedStore, Rows
from graph_build.table import Table, Value
from graph_build.values import as_term, as_value, as_values, plain_value

if TYPE_CHECKING:
    from graph_build.store import Store

__all__ = ["Query", "Table", "ask", "bind", "catalogue", "catalogue_table", "checked_on", "find", "free_query"]


def find(name: str) -> Query:
    """Return the question of that name; else a `NotFoundError` with the nearest names."""
    known = catalogue()
    if name not in known:
        raise NotFoundError("question", name, get_close_matches(name, known, cutoff=0.5))
    return known[name]


def ask(store: Store, name: str, /, **params: object) -> Table:
    """Answer a bundled question.

    Parameters
    ----------
    store
        The graph to ask.
    name
        The question's name, a file stem of `queries/`.
    params
        Values by the names that the question declares; None is as good as absent. An actor is an IRI or `id:...` here,
        a kind or concept its id, its label or its IRI, a day a `date` or `YYYY-MM-DD`.

    Raises
    ------
    NotFoundError
        There is no such question.
    QueryError
        A parameter is unknown, missing or not of its type; or the engine refused the query.
    """
    query = find(name)
    answer = _select(store, query, params)
    if answer.variables != tuple(query.columns):
        raise QueryError(f"{name} answered {answer.variables}, not its columns", "the engine changed the query")
    columns = list(query.columns.values())
    rows = list(zip(*map(as_values, columns, zip(*answer.rows, strict=True)), strict=True))
    return Table(tuple(query.columns), _merged(columns, rows), checked_on(store), query.title)


def bind(query: Query, values: Mapping[str, object]) -> str:
    """Return the SPARQL text of a question with its parameters filled in.

    >>> text = bind(find("who-oversees"), {"target": "id:norm-executive"})
    >>> "VALUES ?target { <" in text and "id/norm-executive> }" in text
    True
    """
    given = {name: value for name, value in values.items() if value is not None}
    for name in given:
        if name not in query.params:
            raise QueryError(f"{query.name} has no parameter {name!r}", _offer(name, query.params))
    for param in query.params.values():
        if param.required and param.name not in given:
            raise QueryError(f"{query.name} needs the parameter {param.name!r}", param.help)
    terms = {name: as_term(query.params[name], value) for name, value in given.items()}

    def filled(slot: re.Match[str]) -> str:
        return slot[0].replace("UNDEF", terms[slot["name"]]) if slot["name"] in terms else slot[0]

    return SLOT.sub(filled, _asked_with(query.text, frozenset(query.params), frozenset(terms)))


@lru_cache(maxsize=1024)  # the same questions are asked again and again, of other bodies
def _asked_with(text: str, params: frozenset[str], given: frozenset[str]) -> str:
    """Return what of a question is asked when values of these parameters are given: without its header and remarks."""

    def wanted(line: re.Match[str]) -> str:
        return line["indent"] if line["name"] in given else line[0]

    def asked(line: re.Match[str]) -> str:
        return line[0] if line["name"] in given or line["name"] not in params else ""

    return _without_unread(REMARK.sub("", OPEN.sub(asked, WITH.sub(wanted, text))))


def _without_unread(text: str) -> str:
    """Leave out each OPTIONAL of one value that nobody reads: what read it was the filter of a parameter that is not given."""
    named = Counter(re.findall(r"\?\w+", text))
    return LONE.sub(lambda line: line[0] if named[line["value"]] > 1 else "", text)


def _select(store: Store, query: Query, values: Mapping[str, object]) -> Rows:
    """Return the rows of a question; in the embedded engine it begins at what its lines `# first` find."""
    text = bind(query, values)
    if not isinstance(store, EmbeddedStore):
        return store.select(text)
    terms = {name: as_term(query.params[name], value) for name, value in values.items() if value is not None}
    narrow = narrowed(store, text, terms)
    return Rows(tuple(query.columns), ()) if narrow is None else store.select(narrow)


def free_query(store: Store, text: str) -> Table:
    """Answer any SELECT; values take the Python type of their datatype."""
    answer = store.select(text)
    rows = tuple(tuple(plain_value(term) for term in row) for row in answer.rows)
    return Table(answer.variables, rows, checked_on(store))


def checked_on(store: Store) -> date | None:
    """Return the day for which the answers of a store hold: the earliest on which one of its datasets was checked."""
    query = find("checked")
    days = (as_value(query.columns["checked"], day) for (day,) in store.select(query.text).rows)
    return min((day for day in days if isinstance(day, date)), default=None)


def catalogue_table(tag: str | None = None) -> Table:
    """Return the questions as a table: name, title, question, params, columns, tags; only those with a tag, if one is given.

    A parameter is written `name: type`, with `!` when it is required; `|` stands between several.
    """
    return Table(("name", "title", "question", "params", "columns", "tags"), tuple(map(_catalogue_row, _tagged(tag))))


def catalogue_records(tag: str | None = None) -> list[dict[str, object]]:
    """Return the questions for programs: as `catalogue_table`, but params, columns and tags are lists and mappings.

    >>> [param["name"] for param in catalogue_records("works")[0]["params"]][-1]
    'lang'
    """
    return [
        {
            "name": query.name,
            "title": query.title,
            "question": query.question,
            "params": [
                {"name": param.name, "type": param.type, "required": param.required, "help": param.help}
                for param in query.params.values()
            ],
            "columns": list(query.columns),
            "tags": list(query.tags),
        }
        for query in _tagged(tag)
    ]


def _tagged(tag: str | None) -> list[Query]:
    chosen = [query for query in catalogue().values() if not query.internal and (tag is None or tag in query.tags)]
    if tag is not None and not chosen:
        raise NotFoundError(
            "tag", tag, get_close_matches(tag, {tag for query in catalogue().values() for tag in query.tags})
        )
    return chosen


def _catalogue_row(query: Query) -> tuple[Value, ...]:
    params = (f"{param.name}{'!' if param.required else ''}: {param.type}" for param in query.params.values())
    return query.name, query.title, query.question, "|".join(params), "|".join(query.columns), "|".join(query.tags)


def _offer(name: str, params: Mapping[str, Param]) -> str:
    near = get_close_matches(name, params, n=1)
    return f"did you mean {near[0]}?" if near else f"it takes {', '.join(params) or 'none'}"


def _merged(columns: Sequence[Column], rows: Sequence[tuple[Value, ...]]) -> tuple[tuple[Value, ...], ...]:
    """Make one row of those that differ only in columns of several values, at the place of the first."""
    if not any(column.several for column in columns):
        return tuple(dict.fromkeys(rows))
    single, several = (
        [place for place, column in enumerate(columns) if column.several is kind] for kind in (False, True)
    )
    groups: dict[tuple[Value, ...], list[tuple[Value, ...]]] = {}
    for row in rows:
        groups.setdefault(tuple([row[place] for place in single]), []).append(row)
    return tuple(_joined(columns, several, group) for group in groups.values())


def _joined(columns: Sequence[Column], several: Sequence[int], group: Sequence[tuple[Value, ...]]) -> tuple[Value, ...]:
    joined = list(group[0])
    for place in several:
        known = {row[place] for row in group} - {None}
        if columns[place].type == "boolean":
            joined[place] = any(known)
        else:
            joined[place] = "|".join(sorted(map(str, known))) or None
    return tuple(joined)
