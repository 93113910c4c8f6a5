"""The graph as others' formats see it: actors, things and relations with their facts, and what a format could not carry.

`export_popolo` and `export_ftm` write from here. Each says how many of what it left out and why, as a reader does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph_build.ask import find
from graph_build.store import Store
from graph_build.vocabulary import PREFIXES, local_name, vocabulary

Fact = tuple[str, str]
"""A value and its language, if it has one."""


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, a thing or a relation: its id, and what is said of it by the local name of each property."""

    id: str
    facts: Mapping[str, tuple[Fact, ...]]

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a property."""
        return tuple(value for value, _ in self.facts.get(name, ()))

    def one(self, name: str) -> str:
        """Return the first value of a property, or nothing."""
        return next(iter(self.all(name)), "")

    def label(self, language: str = "en") -> str:
        """Return the label in a language, or nothing."""
        return next((value for value, told in self.facts.get("prefLabel", ()) if told == language), "")

    def date(self, stated: str, exact: str) -> str:
        """Return a date as its source states it."""
        return self.one(stated) or self.one(exact)

    @property
    def names(self) -> tuple[str, ...]:
        """All names but the English label, sorted."""
        found = {value for name in ("prefLabel", "altLabel") for value in self.all(name)}
        return tuple(sorted(found - {self.label()}))


@dataclass(slots=True)
class Content:
    """What an export makes of a graph: its text, and what it left out, counted by reason."""

    text: bytes = b""
    passed: Counter[str] = field(default_factory=Counter)

    def notes(self) -> tuple[str, ...]:
        """Return a line for each reason."""
        return tuple(f"{number:,} {reason}" for reason, number in sorted(self.passed.items()))


class Interchange:
    """The nodes of a store, sorted by id. Archetypes are no bodies: they and their relations stay out, and are counted."""

    def __init__(self, store: Store) -> None:
        """Ask the store once."""
        self._nodes = list(_nodes(store, "export-actors"))
        self._relations = list(_nodes(store, "export-relations"))

    @cached_property
    def actors(self) -> dict[str, Node]:
        """Named actors by id."""
        return {node.id: node for node in self._nodes if "Actor" in self._classes(node) and not node.one("standsFor")}

    @cached_property
    def things(self) -> dict[str, Node]:
        """Things by id."""
        return {node.id: node for node in self._nodes if "Thing" in self._classes(node)}

    def relations(self, content: Content, form: str) -> Iterator[tuple[str, Node]]:
        """Give the relations that any format of edges can carry, with their kinds; the others are counted in `content`."""
        norms = {node.id for node in self._nodes if node.one("standsFor")}
        for relation in self._relations:
            kind = _kind_of(relation)
            ends = {local_name(end) for end in relation.all("actor") + relation.all("target") + relation.all("with")}
            if relation.one("negated") == "true":
                content.passed[f"relations that say no: {form} has no word for that"] += 1
            elif ends & norms:
                content.passed[f"relations of archetypes: {form} holds named bodies only"] += 1
            elif local_name(relation.one("status")) != "accepted":
                content.passed[f"relations that are not accepted: {form} has no word for a draft"] += 1
            else:
                yield kind, relation

    @staticmethod
    def types(node: Node) -> tuple[str, ...]:
        """Return the types of an actor or thing by the ids that tables use."""
        known = {
            term.iri: name
            for table in (vocabulary().actor_types, vocabulary().thing_types)
            for name, term in table.items()
        }
        return tuple(known[iri] for iri in node.all("type") if iri in known)

    @staticmethod
    def _classes(node: Node) -> set[str]:
        return {local_name(iri) for iri in node.all("type")}


def _kind_of(relation: Node) -> str:
    kinds = {kind.iri: name for name, kind in vocabulary().kinds.items()}
    return next((kinds[iri] for iri in relation.all("type") if iri in kinds), "")


def _nodes(store: Store, question: str) -> Iterator[Node]:
    """Gather the rows of a question, which are sorted by node, into one node each."""
    name, facts = "", dict[str, list[Fact]]()
    for row in store.select(find(question).text).rows:
        node, prop, value, *language = (getattr(term, "value", "") for term in row)
        if node != name and name:
            yield Node(local_name(name), {key: tuple(values) for key, values in facts.items()})
            facts = {}
        name = str(node)
        facts.setdefault(local_name(str(prop)), []).append((str(value), str(language[0]) if language else ""))
    if name:
        yield Node(local_name(name), {key: tuple(values) for key, values in facts.items()})


def wikidata(node: Node) -> str:
    """Return the Wikidata item of an actor, or nothing."""
    found = (match for match in node.all("exactMatch") if match.startswith(PREFIXES["wd"]))
    return next((local_name(match) for match in found), "")
