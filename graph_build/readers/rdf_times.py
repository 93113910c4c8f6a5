"""From when to when a node of RDF holds: as it says itself, or as the intervals say that it names, of which there may be several."""

from __future__ import annotations

from collections.abc import Iterator

from graph_build.readers.entries import Note
from graph_build.readers.rdf_graph import Node, Statements
from graph_build.readers.rdf_words import day
from graph_build.readers.words import shown

Span = tuple[str, str]
EDGES = (("start", "beginning"), ("end", "ending"))


def spans(node: Node, statements: Statements) -> list[Span]:
    """Return start and end of each time in which a node holds, sorted; one that says nothing of it has one, which is empty."""
    start, end = (next(_said(node, edge), "") for edge, _ in EDGES)
    intervals = {_interval(statements.node(value.text), statements) for value in node.first("during")} - {("", "")}
    if len(intervals) > 1:
        return sorted(intervals)
    first, last = next(iter(intervals), ("", ""))
    return [(start or first, end or last)]


def _interval(interval: Node, statements: Statements) -> Span:
    start, end = (next(_days(interval, statements, *edge), "") for edge in EDGES)
    return start, end


def _days(interval: Node, statements: Statements, edge: str, instants: str) -> Iterator[str]:
    yield from _said(interval, edge)
    for value in interval.first(instants):
        yield from _said(statements.node(value.text), "instant")


def _said(node: Node, field: str) -> Iterator[str]:
    yield from (told for value in node.all(field) if not value.is_node and (told := day(value.text)))


def passed(node: Node, statements: Statements, kept: list[Span]) -> Iterator[Note]:
    """Tell of each start and end that is said and not kept."""
    intervals = [statements.node(value.text) for value in node.first("during")]
    for place, (edge, instants) in enumerate(EDGES):
        inner = (told for interval in intervals for told in _days(interval, statements, edge, instants))
        for other in sorted({*_said(node, edge), *inner} - {span[place] for span in kept}):
            yield Note(edge, f'it has several, and "{shown(other)}" is not taken over', "describe each time by itself")
