"""Rules of shapes as SPARQL: from a rule to the query that finds what breaks it.

Every pattern is made of sets: the candidates first, then what is taken from them with MINUS or kept with a join or a
filter, for the engine answers those in linear time, and a FILTER NOT EXISTS of two patterns in quadratic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from pyoxigraph import Literal

from graph_build.errors import InputError
from graph_build.shapes_model import Rule, Shape, Value
from graph_build.vocabulary import RDF_TYPE, SUBCLASS_OF, local_name, term

CLASSES: Final = f"SELECT DISTINCT ?narrower ?wider WHERE {{ ?narrower {SUBCLASS_OF} ?wider }}"
"""The query for all pairs of a class and a class above it."""

_KINDS: Final = {
    "IRI": "isIRI({0})",
    "Literal": "isLiteral({0})",
    "BlankNode": "isBlank({0})",
    "IRIOrLiteral": "(isIRI({0}) || isLiteral({0}))",
    "BlankNodeOrIRI": "(isBlank({0}) || isIRI({0}))",
    "BlankNodeOrLiteral": "(isBlank({0}) || isLiteral({0}))",
}
_LEXICAL: Final = {
    "xsd:integer": "^[+-]?[0-9]+$",
    "xsd:decimal": "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$",
    "xsd:boolean": "^(true|false|0|1)$",
}
"""Lexical forms as XML Schema gives them: a cast would refuse numbers that are only too long for the engine."""
_CAST: Final = ("xsd:date", "xsd:dateTime")
_PLAIN: Final = ("xsd:string", "rdf:langString")
_COMPARED: Final = {"lessThan": "<", "lessThanOrEquals": "<="}
_LEAST: Final = ("minCount", "qualifiedMinCount", "hasValue")
_MOST: Final = ("maxCount", "qualifiedMaxCount")


@dataclass(frozen=True, slots=True)
class Names:
    """The variables of a rule: the node in focus, its value, and what else tells one finding from another."""

    focus: str = "?focus"
    value: str = "?value"
    other: str = "?other"


@dataclass(slots=True)
class Compiler:
    """Makes queries; `narrower` gives a class and all classes below it."""

    narrower: Callable[[Value], Iterable[Value]]
    fresh: count[int] = field(default_factory=count)

    def query(self, shape: Shape, rule: Rule) -> str:
        """Return a query of the rule of a shape: rows of `?focus ?value ?other`, the last two unbound where a rule has none."""
        names = Names()
        if not shape.path:
            names = Names(value=names.focus)
        pattern = self._faults(shape, rule, self._focus(shape, rule), names)
        return f"SELECT DISTINCT ?focus ?value ?other WHERE {{ {pattern} }}"

    def targets(self, shape: Shape) -> str:
        """Return a query of the nodes in focus of a shape: rows of `?focus`."""
        return f"SELECT DISTINCT ?focus WHERE {{ {self._targets(shape)} }}"

    def _focus(self, shape: Shape, rule: Rule) -> str:
        """Return the pattern of the nodes in focus; none is needed where the path starts at exactly these nodes."""
        subjects = {str(what) for kind, what in shape.targets if kind == "targetSubjectsOf"}
        alone = len(subjects) == len(shape.targets)
        if alone and subjects == set(shape.path.strip("()").split("|")) and rule.name not in _LEAST:
            return ""
        return self._targets(shape)

    def _targets(self, shape: Shape) -> str:
        kinds: dict[str, list[Value]] = {}
        for kind, what in shape.targets:
            kinds.setdefault(kind, []).append(what)
        parts = [self._target(kind, found) for kind, found in kinds.items()]
        return f"{{ SELECT DISTINCT ?focus WHERE {{ {{ {' } UNION { '.join(parts)} }} }} }}"

    def _target(self, kind: str, found: list[Value]) -> str:
        if kind == "targetNode":
            return f"VALUES ?focus {{ {_row(found)} }}"
        if kind == "targetClass":
            return self._instances("?focus", found)
        ends = "?focus ?property ?end" if kind == "targetSubjectsOf" else "?end ?property ?focus"
        return f"VALUES ?property {{ {_row(found)} }} {ends} ."

    def _instances(self, node: str, classes: Iterable[Value]) -> str:
        below = {narrow: None for wide in classes for narrow in self.narrower(wide)}
        if len(below) == 1:
            return f"{node} {RDF_TYPE} {_row(below)} ."
        kind = f"?class{next(self.fresh)}"
        return f"VALUES {kind} {{ {_row(below)} }} {node} {RDF_TYPE} {kind} ."

    def _faults(self, shape: Shape, rule: Rule, given: str, names: Names) -> str:
        """Return the pattern of the given nodes (and their values) that break a rule."""
        if rule.name in _LEAST:
            return f"{given} MINUS {{ {self._least(shape, rule, names)} }}" if _asks(rule) else f"{given} FILTER(false)"
        if rule.name in _MOST:
            return f"{given} {self._grouped(names, self._counted(shape, rule, names), f'> {rule.count}')}"
        if rule.name == "uniqueLang":
            return f"{given} {self._languages(shape, names)}"
        given = f"{given} {names.focus} {shape.path} {names.value} ." if shape.path else given
        if rule.name == "class":
            return f"{given} MINUS {{ {self._instances(names.value, rule.values)} }}"
        if rule.name == "disjoint":
            return f"{given} {names.focus} {rule.values[0]} {names.value} ."
        if rule.name in _COMPARED:
            # Each pair is a finding, so that a value may be shown twice; values of two types cannot be compared, and that
            # is one too, as SHACL says. There pySHACL follows Python: it orders some by type, and others end its run.
            test = f"{names.value} {_COMPARED[rule.name]} {names.other}"
            return f"{given} {names.focus} {rule.values[0]} {names.other} . FILTER(!COALESCE({test}, false))"
        if rule.shapes:
            return self._logic(rule, given, names.value)
        return f"{given} FILTER(!COALESCE({_test(rule, names.value)}, false))"

    def _logic(self, rule: Rule, given: str, node: str) -> str:
        if rule.name == "not":
            return self._conforming(rule.shapes[0], given, node)
        if rule.name == "and":
            kept = given
            for shape in rule.shapes:
                kept = self._conforming(shape, kept, node)
            return f"{given} MINUS {{ {kept} }}"
        for shape in rule.shapes:  # or: what fails one after the other; node and property: a single shape
            given = self._failing(shape, given, node)
        return given

    def _failing(self, shape: Shape, given: str, node: str) -> str:
        """Return the pattern of the given nodes that do not conform to a shape."""
        if len(shape.rules) == 1:
            return self._faults(shape, shape.rules[0], given, self._names(shape, node))
        return f"{given} MINUS {{ {self._conforming(shape, given, node)} }}"

    def _conforming(self, shape: Shape, given: str, node: str) -> str:
        """Return the pattern of the given nodes that conform to a shape."""
        for rule in shape.rules:
            given = self._kept(shape, rule, given, self._names(shape, node))
        return given

    def _kept(self, shape: Shape, rule: Rule, given: str, names: Names) -> str:
        if rule.name in _LEAST and _asks(rule):
            return f"{given} {self._least(shape, rule, names)}"
        if not shape.path and rule.name == "class":
            return f"{given} {self._instances(names.value, rule.values)}"
        if not shape.path and rule.name in ("node", "property"):
            return self._conforming(rule.shapes[0], given, names.value)
        if not shape.path and not rule.shapes:
            return f"{given} FILTER({_test(rule, names.value)})"
        return f"{given} MINUS {{ {self._faults(shape, rule, given, names)} }}"

    def _least(self, shape: Shape, rule: Rule, names: Names) -> str:
        """Return the pattern of all nodes with at least so many values."""
        if rule.name == "hasValue":
            return f"{names.focus} {shape.path} {rule.values[0]} ."
        counted = self._counted(shape, rule, names)
        return counted if rule.count == 1 else self._grouped(names, counted, f">= {rule.count}")

    def _counted(self, shape: Shape, rule: Rule, names: Names) -> str:
        value = f"?counted{next(self.fresh)}" if rule.count == 1 and rule.name in _LEAST else names.value
        values = f"{names.focus} {shape.path} {value} ."
        return self._conforming(rule.shapes[0], values, value) if rule.shapes else values

    def _grouped(self, names: Names, values: str, limit: str) -> str:
        having = f"HAVING (COUNT(DISTINCT {names.value}) {limit})"
        return f"{{ SELECT {names.focus} WHERE {{ {values} }} GROUP BY {names.focus} {having} }}"

    def _languages(self, shape: Shape, names: Names) -> str:
        """Return the pattern of the nodes with a language that several values have; each such language is a finding."""
        values = f"{names.focus} {shape.path} {names.value} . BIND(LCASE(LANG({names.value})) AS {names.other})"
        group = f"GROUP BY {names.focus} {names.other} HAVING (COUNT(DISTINCT {names.value}) > 1)"
        return f'{{ SELECT {names.focus} {names.other} WHERE {{ {values} FILTER({names.other} != "") }} {group} }}'

    def _names(self, shape: Shape, node: str) -> Names:
        number = next(self.fresh)
        return Names(node, f"?value{number}" if shape.path else node, f"?other{number}")


def _asks(rule: Rule) -> bool:
    """Whether a rule of a least number asks for anything."""
    return rule.name == "hasValue" or rule.count > 0


def _test(rule: Rule, value: str) -> str:
    """Return the expression that is true of a value that keeps a rule; it may be an error of one that does not.

    Where pySHACL differs, it is by a quirk: Python's `$` lets a pattern end before a last newline; and dates before the
    year 1 are none in Python, so that it takes them for ill-typed.
    """
    match rule.name:
        case "in":
            return f"({' || '.join(f'sameTerm({value}, {item})' for item in rule.values) or 'false'})"
        case "nodeKind":
            return _one_of(_KINDS, "node kind", rule, local_name(rule.values[0].value)).format(value)
        case "pattern":
            return f"REGEX(STR({value}), {Literal(rule.values[0].value)})"
        case "minLength":
            return f"STRLEN(STR({value})) >= {rule.count}"
        case "maxLength":
            return f"STRLEN(STR({value})) <= {rule.count}"
        case "minInclusive":
            return f"{value} >= {rule.values[0]}"
        case "languageIn":
            return f"({' || '.join(f'LANGMATCHES(LANG({value}), {item})' for item in rule.values) or 'false'})"
        case _:
            return _typed(rule, value)


def _typed(rule: Rule, value: str) -> str:
    """Return the expression that is true of a literal of the type whose text is one of that type."""
    kinds = {term(name).value: name for name in (*_LEXICAL, *_CAST, *_PLAIN)}
    name = _one_of(kinds, "datatype", rule, rule.values[0].value)
    test = f"DATATYPE({value}) = {rule.values[0]}"
    if name in _LEXICAL:
        return f"{test} && REGEX(STR({value}), {Literal(_LEXICAL[name])})"
    # A cast of a text that is none of its dates is an error, and so never true.
    return f"{test} && isLiteral({rule.values[0]}(STR({value})))" if name in _CAST else test


def _one_of(known: Mapping[str, str], what: str, rule: Rule, key: str) -> str:
    if key not in known:
        raise InputError(f"the shapes cannot be applied: {rule.values[0]} is no {what} that is known here")
    return known[key]


def _row(found: Iterable[Value]) -> str:
    return " ".join(map(str, found))
