"""Shapes as Python values: what `shapes_file` reads and `shapes_queries` asks."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

Node = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint: its name in SHACL without the prefix, with the terms, shapes or the number that it speaks of."""

    name: str
    values: tuple[Value, ...] = ()
    shapes: tuple[Shape, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Select:
    """A SPARQL constraint: the query with its prefixes, and its message in English."""

    query: str
    message: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape: `path` is a SPARQL path, "" for a node shape; `predicate` is the path where it is a single property."""

    node: Node
    path: str
    predicate: NamedNode | None
    severity: str
    message: str
    targets: tuple[tuple[str, Value], ...]
    rules: tuple[Rule, ...]
    selects: tuple[Select, ...]
