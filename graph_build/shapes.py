"""The graph against the shapes of the ontology, fast: each rule of `ontology/shapes.ttl` is one query to the store.

The findings are those of pySHACL (`validate_shapes_of_record`), which a test holds them to, in a small part of its time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pyoxigraph import BlankNode, NamedNode, Triple

from graph_build.resources import resource
from graph_build.shapes_file import read_shapes
from graph_build.shapes_model import Select, Shape, Value
from graph_build.shapes_queries import CLASSES, Compiler
from graph_build.shapes_select import in_sets
from graph_build.store import Store, Term
from graph_build.vocabulary import PREFIXES

ShapeSeverity = Literal["violation", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class ShapeResult:
    """One node that breaks a shape; IRIs are shortened to prefixed names where the project has a prefix."""

    severity: ShapeSeverity
    focus: str
    path: str
    value: str
    message: str
    shape: str

    def __str__(self) -> str:
        """Return `severity: focus path value: message`."""
        place = " ".join(part for part in (self.focus, self.path, self.value) if part)
        return f"{self.severity}: {place}: {self.message}"


@dataclass(frozen=True, slots=True)
class ShapesReport:
    """What SHACL says of a graph, sorted; it `conforms` when nothing is worse than a warning."""

    results: tuple[ShapeResult, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return all(result.severity != "violation" for result in self.results)

    def counts(self) -> dict[str, int]:
        """Return how many results there are of each severity, sorted by name."""
        return dict(sorted(Counter(result.severity for result in self.results).items()))


def validate_shapes(store: Store, turtle: bytes | None = None) -> ShapesReport:
    """Check the union of the graphs of a store against the shapes of a Turtle text, or else of the ontology.

    Shapes that say what this does not know are an `InputError`. It needs about 1.5 s for each 100,000 triples.
    """
    shapes = _bundled_shapes() if turtle is None else read_shapes(turtle)
    compiler = Compiler(_narrower(store))
    found = (result for shape in shapes for result in _results(store, shape, compiler))
    return ShapesReport(tuple(sorted(found)))


def short(text: str) -> str:
    """Return an IRI as a message can show it, with the project's prefix; any other text is cut at 200 characters.

    >>> short(PREFIXES["gov"] + "oversees")
    'gov:oversees'
    """
    matches = [(base, prefix) for prefix, base in PREFIXES.items() if text.startswith(base)]
    base, prefix = max(matches, default=("", ""), key=lambda match: len(match[0]))
    return f"{prefix}:{text[len(base) :]}" if base else text[:200]


@cache
def _bundled_shapes() -> tuple[Shape, ...]:
    return read_shapes(resource("ontology").joinpath("shapes.ttl").read_bytes())


def _narrower(store: Store) -> Callable[[Value], set[Value]]:
    """Return what gives a class and all classes below it, read from the store once."""
    below: dict[Term, set[NamedNode]] = {}
    for narrow, wide in store.select(CLASSES).rows:
        if isinstance(narrow, NamedNode) and wide is not None:
            below.setdefault(wide, set()).add(narrow)

    @cache
    def narrower(wide: Value) -> set[Value]:
        found: set[Value] = {wide}
        left = [wide]
        while left:
            new = below.get(left.pop(), set()) - found
            found |= new
            left += new
        return found

    return narrower


def _results(store: Store, shape: Shape, compiler: Compiler) -> Iterator[ShapeResult]:
    path = short(shape.predicate.value) if shape.predicate else ""
    for rule in shape.rules:
        if rule.name == "property":
            continue  # the shape that is held is aimed at the same targets
        for focus, value, _ in store.select(compiler.query(shape, rule)).rows:
            shown = value if shape.path else focus
            yield _result(shape, _short(focus), path, _short(shown), shape.message)
    for select in shape.selects:
        for (focus,) in store.select(compiler.targets(shape)).rows:
            yield from _selected(store, shape, select, focus)


def _selected(store: Store, shape: Shape, select: Select, focus: Term | None) -> Iterator[ShapeResult]:
    """Run a SPARQL constraint for one node, which takes the place of `$this`."""
    head, _, body = select.query.partition("$this")
    found = store.select(in_sets(f"{head}({focus} AS ?this){body.replace('$this', str(focus))}"))
    for row in dict.fromkeys(found.rows):
        cells = dict(zip(found.variables, row, strict=True))
        value = cells.get("value") or (None if shape.path else focus)
        path = cells.get("path") or shape.predicate
        message = _filled(select.message, cells)
        yield _result(shape, _short(focus), _short(path), _short(value), message)


def _filled(message: str, cells: dict[str, Term | None]) -> str:
    """Return the message with `{?name}` and `{$name}` filled in where the row has such a cell."""

    def cell(match: re.Match[str]) -> str:
        found = cells.get(match[1])
        return match[0] if found is None else _text(found)

    return re.sub(r"\{[?$](\w+)\}", cell, message)


def _result(shape: Shape, focus: str, path: str, value: str, message: str) -> ShapeResult:
    severity: ShapeSeverity = (
        "warning" if shape.severity == "warning" else "info" if shape.severity == "info" else "violation"
    )
    return ShapeResult(severity, focus, path, value, message, _short(shape.node))


def _short(value: Term | None) -> str:
    """Return a term as a message can show it; a blank node, whose name changes with each run, shows as nothing."""
    return "" if value is None or isinstance(value, BlankNode) else short(_text(value))


def _text(value: Term) -> str:
    return str(value) if isinstance(value, Triple) else value.value
