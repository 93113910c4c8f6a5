"""Accountability told as chains: from a body, step by step, up to an elected one; and what changed between two days."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice, pairwise
from typing import Final

import networkx as nx

from graph_build.ask import ask, checked_on
from graph_build.practice import known_country
from graph_build.store import Store
from graph_build.table import Table, Value
from graph_build.vocabulary import local_name

__all__ = ["changes", "upward"]

_LONGEST: Final = 6
_CHAIN_COLUMNS: Final = (
    "chain", "step", "sentence", "actor_label", "phrase", "target_label", "kind_label", "modality_label", "scope", "provision", "since", "until",
    "evidence", "relation",
)  # fmt: skip
_CHANGE_COLUMNS: Final = (
    "date", "change", "actor_label", "phrase", "target_label", "kind_label", "modality_label", "provision", "evidence", "relation", "actor", "target",
)  # fmt: skip
Row = Mapping[str, Value]


def upward(store: Store, actor: str, *, as_of: date | None = None, limit: int = 5, lang: str = "en") -> Table:
    """Return the shortest chains of accountability from the actor with this IRI to elected bodies.

    A step goes up by what binds a body to another: it is accountable to it or part of it, overseen, directed, answered for or
    headed by it; a step that a source denies in practice is left out. A chain ends at the first parliament or committee of one. Without
    any the table is empty: none is recorded.

    Returns
    -------
    Table
        A row for each relation of each step; `sentence` says it with its source.
    """
    steps, elected = _steps(store, actor, as_of, lang)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted(steps))
    found = islice(_paths(graph, actor, elected), limit)
    rows = tuple(row for number, chain in enumerate(found, 1) for row in _rows(number, chain, steps))
    return Table(_CHAIN_COLUMNS, rows, checked_on(store), "Chains of accountability")


def _steps(
    store: Store, actor: str, as_of: date | None, lang: str
) -> tuple[dict[tuple[str, str], list[Row]], set[str]]:
    """Return the relations of every step that leads up from the actor, by lower and upper end, and the elected ends."""
    steps: dict[tuple[str, str], list[Row]] = defaultdict(list)
    elected: set[str] = set()
    waiting, seen = deque([(actor, 0)]), {actor}
    while waiting:
        body, depth = waiting.popleft()
        for row in _held(ask(store, "steps-upward", body=body, as_of=as_of, lang=lang).records()):
            superior = str(row["superior"])
            steps[body, superior].append(row)
            if row["elected"]:
                elected.add(superior)
            elif superior not in seen and depth + 1 < _LONGEST:
                seen.add(superior)
                waiting.append((superior, depth + 1))
    return steps, elected - {actor}


def _held(rows: Iterable[Row]) -> list[Row]:
    """Leave out denials, and what one of them meets in practice: a committee that was never constituted oversees nobody."""
    known = list(rows)
    denied = {_claim(row) for row in known if row["denied"] and local_name(str(row["modality"])) == "actual"}
    return [row for row in known if not row["denied"] and _claim(row) not in denied]


def _claim(row: Row) -> tuple[Value, ...]:
    return row["actor"], row["kind_label"], row["target"]


def _paths(graph: nx.DiGraph[str], actor: str, elected: set[str]) -> Iterator[list[str]]:
    """Yield the chains to any elected body, the shortest first: all of them lead to one node that stands above."""
    if actor not in graph or not elected:
        return
    top = ""
    for body in sorted(elected):
        graph.remove_edges_from(list(graph.out_edges(body)))
        graph.add_edge(body, top)
    if nx.has_path(graph, actor, top):
        yield from (path[:-1] for path in nx.shortest_simple_paths(graph, actor, top) if len(path) <= _LONGEST + 2)


def _rows(number: int, chain: list[str], steps: Mapping[tuple[str, str], list[Row]]) -> Iterator[tuple[Value, ...]]:
    for step, pair in enumerate(pairwise(chain), 1):
        for row in steps[pair]:
            yield number, step, _sentence(row), *(row[column] for column in _CHAIN_COLUMNS[3:])


def _sentence(row: Row) -> str:
    limit = f", as to {row['scope']}," if row["scope"] else ""
    source = str(row["provision"] or row["evidence"] or "").replace("|", "; ").strip()
    dates = " ".join(
        f"{word} {row[column]}" for word, column in (("since", "since"), ("until", "until")) if row[column]
    )
    grounds = "; ".join(filter(None, (str(row["modality_label"]), source, dates)))
    return f"{row['actor_label']} {row['phrase']} {row['target_label']}{limit} ({grounds})."


def changes(store: Store, country: str, since: date, until: date, *, lang: str = "en") -> Table:
    """Return what changed in a country between two days, both included: relations, bodies and laws, by date.

    `change` is begins or ends of a relation (first or last attested, where a source only saw it), founded or dissolved of a body, in force
    or repealed of a law. A country of which the graph has no body is a `NotFoundError`.
    """
    known_country(store, country)
    asked = {"country": country, "since": since, "until": until}
    relations = ask(store, "changes", **asked, lang=lang)
    rows = [tuple(row[name] for name in _CHANGE_COLUMNS) for row in relations.records()]
    for row in ask(store, "changes-of-bodies", **asked, lang=lang).records():
        rows.append((row["date"], row["change"], row["body_label"], *[None] * 7, row["body"], None))
    for row in ask(store, "changes-of-laws", **asked).records():
        rows.append((row["date"], row["change"], row["title"], *[None] * 5, row["other"], None, row["act"], None))
    rows.sort(key=lambda row: (str(row[0]), str(row[1])))
    return Table(_CHANGE_COLUMNS, tuple(rows), relations.checked, f"Changes: {country}, {since} to {until}")
