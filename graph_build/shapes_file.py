"""What `ontology/shapes.ttl` says, as Python values: shapes, their targets, their rules. What is not known is an error."""

from __future__ import annotations

from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from graph_build.errors import InputError
from graph_build.shapes_model import Node, Rule, Select, Shape, Value
from graph_build.vocabulary import RDF_TYPE, term

_VALUED: Final = {
    "class",
    "datatype",
    "nodeKind",
    "pattern",
    "lessThan",
    "lessThanOrEquals",
    "disjoint",
    "minInclusive",
}
_COUNTED: Final = {"minCount", "maxCount", "minLength", "maxLength"}
_LISTED: Final = {"in", "languageIn"}
_HOLDING: Final = {"not", "node", "property"}
_JOINING: Final = {"or", "and"}
_QUALIFIED: Final = ("qualifiedMinCount", "qualifiedMaxCount")
_TARGETS: Final = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_OF_PATHS: Final = {
    "minCount",
    "maxCount",
    "hasValue",
    "uniqueLang",
    "lessThan",
    "lessThanOrEquals",
    "disjoint",
    "qualified",
}
_REPEATED: Final = {"oneOrMorePath": "+", "zeroOrMorePath": "*"}
_SEVERITIES: Final = ("Violation", "Warning", "Info")


def read_shapes(turtle: bytes) -> tuple[Shape, ...]:
    """Return the shapes that have targets, and the property shapes that such shapes hold, aimed at the same targets.

    A word of SHACL that is not known here, and a node that no shape uses, is an `InputError`: a rule is never passed over.
    """
    return _Reader(turtle).shapes()


class _Reader:
    """The triples of the file by subject and predicate; SHACL's own words are known by their local names."""

    def __init__(self, turtle: bytes) -> None:
        parser = parse(turtle, format=RdfFormat.TURTLE)
        triples = [(quad.subject, quad.predicate, quad.object) for quad in parser]
        self.shacl = parser.prefixes.get("sh", "")
        self.facts: dict[Node, dict[str, list[Value]]] = {}
        self.unread: set[Node] = set()
        for subject, predicate, value in triples:
            self.facts.setdefault(subject, {}).setdefault(self.word(predicate), []).append(value)
            self.unread.add(subject)

    def shapes(self) -> tuple[Shape, ...]:
        aimed: dict[Node, dict[tuple[str, Value], None]] = {}
        for subject, facts in self.facts.items():
            targets = {(kind, value): None for kind in _TARGETS for value in facts.get(kind, ())}
            for node in [subject, *facts.get("property", ())] if targets else []:
                aimed.setdefault(self.resource(node), {}).update(targets)
        found = tuple(self.shape(node, tuple(targets)) for node, targets in aimed.items())
        for shape in found:
            if not shape.message and any(rule.name != "property" for rule in shape.rules):
                raise self.refused(shape.node, "has no message")
        for node in sorted(self.unread, key=str):
            raise self.refused(node, "is used by no shape that has a target")
        return found

    def shape(self, node: Node, targets: tuple[tuple[str, Value], ...] = (), within: tuple[Node, ...] = ()) -> Shape:
        if node in within:
            raise self.refused(node, "is a shape that holds itself")
        facts = self.take(node)
        if set(facts.pop(RDF_TYPE.value, ())) - {self.named("NodeShape"), self.named("PropertyShape")}:
            raise self.refused(node, "is something else than a shape")
        message, severity = _english(facts.pop("message", [])), self.severity(node, facts.pop("severity", []))
        path = facts.pop("path", [])
        for kind in _TARGETS:
            facts.pop(kind, None)
        if not targets and "sparql" in facts:
            raise self.refused(node, "has sh:sparql inside another constraint, which is not known here")
        selects = tuple(self.select(self.resource(value)) for value in facts.pop("sparql", ()))
        rules = tuple(rule for word in list(facts) for rule in self.rules(node, word, facts, (*within, node)))
        if not path:
            for rule in rules:
                if rule.name in _OF_PATHS or rule.name in _QUALIFIED:
                    raise self.refused(node, f"has sh:{rule.name} without sh:path")
        elif any(rule.name == "property" for rule in rules):
            raise self.refused(node, "has sh:property beside sh:path, which is not known here")
        predicate = path[0] if path and isinstance(path[0], NamedNode) else None
        written = self.path(path[0]) if path else ""
        return Shape(node, written, predicate, severity, message, targets, rules, selects)

    def rules(self, node: Node, word: str, facts: dict[str, list[Value]], within: tuple[Node, ...]) -> list[Rule]:
        values = facts[word]
        if word in _VALUED or word == "hasValue":
            return [Rule(word, self.fixed(node, [value])) for value in values]
        if word in _COUNTED:
            return [Rule(word, count=self.number(node, value)) for value in values]
        if word in _LISTED:
            return [Rule(word, self.fixed(node, self.items(value))) for value in values]
        if word in _HOLDING:
            return [Rule(word, shapes=(self.shape(self.resource(value), within=within),)) for value in values]
        if word in _JOINING:
            return [
                Rule(word, shapes=tuple(self.shape(self.resource(item), within=within) for item in self.items(value)))
                for value in values
            ]
        if word == "uniqueLang" and [str(value.value) for value in values] == ["true"]:
            return [Rule(word)]
        if word == "qualifiedValueShape":
            shapes = [self.shape(self.resource(value), within=within) for value in values]
            return [
                Rule(name, shapes=(shape,), count=self.number(node, value))
                for name in _QUALIFIED
                for value in facts.get(name, ())
                for shape in shapes
            ]
        if word in _QUALIFIED and "qualifiedValueShape" in facts:
            return []
        raise self.refused(node, f"has {self.said(word)}, which is not known here")

    def select(self, node: Node) -> Select:
        facts = self.take(node)
        texts = [value.value for value in facts.pop("select", ())]
        message = _english(facts.pop("message", []))
        prefixes = [line for owner in facts.pop("prefixes", ()) for line in self.prefixes(self.resource(owner))]
        if set(facts.pop(RDF_TYPE.value, ())) - {self.named("SPARQLConstraint")} or facts or len(texts) != 1:
            raise self.refused(node, "is a SPARQL constraint of a form that is not known here")
        if not message:
            raise self.refused(node, "has no message")
        return Select("\n".join([*sorted(prefixes), texts[0]]), message)

    def prefixes(self, node: Node) -> list[str]:
        lines = []
        for owner in map(self.resource, self.take(node).get("declare", ())):
            declared = self.take(owner)
            lines.append(f"PREFIX {declared['prefix'][0].value}: <{declared['namespace'][0].value}>")
        return lines

    def path(self, value: Value) -> str:
        if isinstance(value, NamedNode):
            return str(value)
        node = self.resource(value)
        facts = self.facts.get(node, {})
        if term("rdf:first").value in facts:
            return f"({'/'.join(map(self.path, self.items(node)))})"
        ((word, values),) = self.take(node).items() or [("", [])]
        if word == "alternativePath":
            return f"({'|'.join(map(self.path, self.items(values[0])))})"
        if word == "inversePath":
            return f"(^{self.path(values[0])})"
        if word in _REPEATED:
            return f"({self.path(values[0])}{_REPEATED[word]})"
        raise self.refused(node, f"is a path with {self.said(word)}, which is not known here")

    def items(self, value: Value) -> list[Value]:
        found: list[Value] = []
        while value != term("rdf:nil"):
            facts = self.take(self.resource(value))
            if set(facts) != {term("rdf:first").value, term("rdf:rest").value}:
                raise self.refused(self.resource(value), "is not a list")
            found += facts[term("rdf:first").value]
            (value,) = facts[term("rdf:rest").value]
        return found

    def take(self, node: Node) -> dict[str, list[Value]]:
        self.unread.discard(node)
        if node not in self.facts:
            raise self.refused(node, "is not described in the file")
        return dict(self.facts[node])

    def resource(self, value: Value) -> Node:
        if isinstance(value, Literal):
            raise InputError(f"the shapes have {value} where a shape, a path or a list should be")
        return value

    def fixed(self, node: Node, values: list[Value]) -> tuple[Value, ...]:
        if any(isinstance(value, BlankNode) for value in values):
            raise self.refused(node, "compares with a blank node")
        return tuple(values)

    def number(self, node: Node, value: Value) -> int:
        if not value.value.isdecimal():
            raise self.refused(node, f"has {value} where a number should be")
        return int(value.value)

    def severity(self, node: Node, values: list[Value]) -> str:
        found = [self.word(value) for value in values if isinstance(value, NamedNode)] or ["Violation"]
        if found[0] not in _SEVERITIES:
            raise self.refused(node, f"has the severity {self.said(found[0])}, which is not known here")
        return found[0].lower()

    def word(self, iri: NamedNode) -> str:
        inside = self.shacl and iri.value.startswith(self.shacl)
        return iri.value.removeprefix(self.shacl) if inside else iri.value

    def named(self, word: str) -> NamedNode:
        return NamedNode(self.shacl + word)

    def said(self, word: str) -> str:
        return f"<{word}>" if ":" in word else f"sh:{word}"

    def refused(self, node: Node, why: str) -> InputError:
        """Return the error, said of the named shape: a blank node is known by the nodes that lead to it."""
        while isinstance(node, BlankNode):
            owners = [subject for subject, facts in self.facts.items() if any(node in held for held in facts.values())]
            if not owners:
                break
            node = owners[0]
        remedy = "write it in words of SHACL that are known, or teach them to graph_build/shapes_file.py and shapes_queries.py"
        return InputError(f"the shapes cannot be applied: {node} {why}", remedy=remedy)


def _english(values: list[Value]) -> str:
    texts = [value for value in values if isinstance(value, Literal)]
    best = sorted(texts, key=lambda text: (text.language != "en", text.language or "", text.value))
    return best[0].value if best else ""
