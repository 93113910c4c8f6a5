"""RDF in any syntax (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD) in the words of ORG, CPOV, Popolo, FOAF, schema.org and our own.

A subject of a class that the map knows is one entry, and so is each statement that is a relation by itself (`org:subOrganizationOf`).
Statements of any other property are told of, counted by property.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from graph_build.readers.entries import About, Entry, Note, Opened, Remark, cited, left_out
from graph_build.readers.head import Head
from graph_build.readers.maps import word_map
from graph_build.readers.rdf_change import bodies, successions
from graph_build.readers.rdf_graph import Node, Statements, Value, curie, syntax
from graph_build.readers.rdf_times import passed, spans
from graph_build.readers.rdf_words import Meaning, day, identifiers, inner, labels, link_of, meaning, ours_of, taken
from graph_build.readers.web import web_fault
from graph_build.readers.words import shown
from graph_build.records import Actor, Evidence, Place, Record, Relation, Source, Thing
from graph_build.vocabulary import local_name


def recognise(head: Head) -> bool:
    """Say whether the beginning of a file is RDF in one of its syntaxes."""
    return syntax(head) is not None


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every subject, and every statement that is a relation, as an entry."""
    reading = _Reading(source, Statements(source.files))
    for node in reading.statements.nodes():
        yield from reading.node(node)
    yield from reading.remarks()


@dataclass(slots=True)
class _Reading:
    source: Opened
    statements: Statements
    passed: Counter[str] = field(default_factory=Counter)

    def node(self, node: Node) -> Iterator[Entry | About]:
        """Give the entry of a subject and those of its statements."""
        place, locator = Place(str(self.source.files[node.file]), 0), shown(f"<{node.name}>")
        what = self.meaning(node)
        links = [(name, value) for name, values in node.facts.items() if link_of(name) for value in values]
        if what.sort == "about":
            yield self._about(node)
        entry = _MAKERS[what.sort](self, node, what, place)
        yield Entry(entry.what, place, entry.records, entry.notes, locator, entry.within)
        for name, value in links:
            yield self._link(node, name, value, place, locator)
        used = taken().get(what.sort, _CLASS_ALONE)
        for name, values in node.facts.items():
            if name not in used and not link_of(name):
                self.passed[name] += len(values)

    def remarks(self) -> Iterator[Remark]:
        """Tell of the properties that are not taken over, and of the names of graphs."""
        place = Place(str(self.source.files[0]), 0)
        for name, number in sorted(self.passed.items()):
            yield Remark(
                place, Note(shown(name), f'the property "{shown(name)}" is not taken over: {number:,} statements')
            )
        for name, number in sorted(self.statements.unread.items()):
            message = f'statements about statements are not read: {number:,} with "{shown(curie(name))}"'
            yield Remark(place, Note(shown(curie(name)), message))
        if self.statements.graphs:
            message = f'its statements stand in "{self.statements.graphs:,}" named graphs, which are read as one'
            yield Remark(place, Note("", message))

    def meaning(self, node: Node) -> Meaning:
        """Say what a node is; one without a class may be an actor of an unknown type, or what the record of another carries."""
        found = meaning(node)
        if found.sort or node.classes:
            return found
        naming = {name for _, name in self.statements.named_by(node.name)}
        is_joined = any(map(link_of, (*naming, *node.facts))) or not naming.isdisjoint(_ENDS)
        if is_joined and node.first("name"):
            return Meaning("actor", ("unclassified",), "node")
        return found if naming.isdisjoint(inner()) else Meaning("within", (), found.word)

    def id(self, name: str) -> str:
        """Return the id of a node; concepts of our own schemes that a relation may name keep theirs."""
        scheme, local = ours_of(name)
        return f"{scheme}:{local}" if scheme in ("principle", "topic") else self.source.id("node", local or name)

    def relation_id(self, node: Node) -> str:
        """Return the id of a node that is a relation."""
        return self.source.id("relation", ours_of(node.name)[1] or node.name)

    def text(self, value: Value) -> str:
        """Return a text, or the name of the node that stands for it; of one that is not described its local name."""
        if not value.is_node:
            return value.text
        return labels(self.statements.node(value.text))["label_en"] or local_name(value.text)

    def reference(self, value: Value) -> str:
        """Return a text; of a node its name and its address, where it has them."""
        if not value.is_node:
            return value.text
        label = labels(self.statements.node(value.text))["label_en"]
        address = "" if value.text.startswith("_:") else value.text
        return f"{label} ({address})" if label and address else label or address

    def _about(self, node: Node) -> About:
        url = node.name if not web_fault(node.name) else ""
        licence = next((value.text for value in node.first("licence")), "")
        return About(labels(node)["label_en"], node.text("note"), node.text("publisher"), day(node.text("issued")), licence, url)  # fmt: skip

    def _link(self, node: Node, name: str, value: Value, place: Place, locator: str) -> Entry:
        link = link_of(name)
        where = f"{locator} {name}"
        if not value.is_node:
            return left_out(name, place, name, f'"{shown(value.text)}" is a text, not a node', "name a node", where)
        ends = (value.text, node.name) if link.get("reverse") else (node.name, value.text)
        if not ours_of(value.text)[0] and not self.statements.is_subject(value.text):
            message = f'it names "{shown(value.text)}", of which the file says nothing'
            return left_out(name, place, name, message, "add what it is and its name", where)
        if name.startswith("gov:") and self.statements.describes(link["kind"], *ends):
            return Entry(name, place, (), (), where, within=True)  # the direct triple of a relation adds nothing
        actor, target = map(self.id, ends)
        key = self.source.id("relation", "of", actor, link["kind"], link.get("phrase", ""), target)
        more = {"phrase": link.get("phrase", ""), "function": tuple(link.get("function", ()))}
        return Entry(name, place, (_relation(key, actor, link["kind"], target, place, **more),), locator=where)

    def actor(self, node: Node, what: Meaning, place: Place) -> Entry:
        """Make an actor; what classifies it and nothing here knows goes into the note."""
        names = labels(node)
        if not names["label_en"]:
            return left_out(what.word, place, "name", "it has no name", "give it a skos:prefLabel or foaf:name")
        sorts = [self.text(value) for value in node.all("classification")]
        known = [word_map("popolo")["organizations"].get(sort.lower(), "") for sort in sorts]
        types = what.types
        if types == ("organisation",) and any(known):
            types = tuple(dict.fromkeys(filter(None, known)))
        remarks = [value.text for value in node.all("note") if not value.is_node]
        remarks += [f"classification: {shown(sort)}" for sort in sorts]
        remarks += [f"spatial: {told}" for told in map(self.reference, node.all("spatial")) if told]
        remarks += [f"source: {value.text}" for value in node.all("page") if value.is_node]
        made = Actor(
            self.id(node.name),
            types,
            **names,
            **identifiers(node),
            country=node.text("country"),
            founded=day(node.text("founded")),
            dissolved=day(node.text("dissolved")),
            note="; ".join(filter(None, remarks)),
            place=place,
        )
        return Entry(what.word, place, (made,))

    def thing(self, node: Node, what: Meaning, place: Place) -> Entry:
        """Make a thing of governance."""
        names = labels(node)
        if not names["label_en"]:
            return left_out(what.word, place, "name", "it has no name", "give it a skos:prefLabel")
        definition = next((value.text for value in node.all("definition") if value.language in ("", "en")), "")
        remarks = [value.text for value in node.all("note") if not value.is_node]
        times = spans(node, self.statements)
        remarks += [f"{start or '..'}/{end or '..'}" for start, end in times if start or end]
        made = Thing(self.id(node.name), what.types[0], names["label_en"], names["label_uk"], definition, note="; ".join(remarks), place=place)  # fmt: skip
        return Entry(what.word, place, (made,), tuple(passed(node, self.statements, times)))

    def publication(self, node: Node, what: Meaning, place: Place) -> Entry:
        """Make a source."""
        title = labels(node)["label_en"] or node.name
        address = next((value.text for value in node.all("url")), "")
        made = Source(self.id(node.name), what.types[0], title, node.text("publisher"), day(node.text("issued")), url=address, place=place)  # fmt: skip
        return Entry(what.word, place, (made,))

    def relation(self, node: Node, what: Meaning, place: Place) -> Entry:
        """Make a relation of one that is described in our own words."""
        ends = {
            name: [self.id(value.text) for value in node.facts.get(f"gov:{name}", ()) if value.is_node]
            for name in ("actor", "target", "with")
        }
        if not ends["actor"] or not ends["target"]:
            missing = "actor" if not ends["actor"] else "target"
            return left_out(what.word, place, missing, f"it names no {missing}", f"add gov:{missing}")
        stated = {name: self._stated(node, f"gov:{name}") for name in ("phrase", "scope", "role", "amount", "currency")}
        concepts = {
            name: tuple(ours_of(value.text)[1] for value in node.facts.get(f"gov:{name}", ()))
            for name in ("function", "layer", "principle", "topic", "channel")
        }
        modality, status, confidence = (
            next((ours_of(value.text)[1] for value in node.facts.get(name, ())), default)
            for name, default in (("gov:modality", "actual"), ("adms:status", "accepted"), ("gov:confidence", ""))
        )
        times = spans(node, self.statements)[:1]
        made = Relation(
            self.relation_id(node),
            ends["actor"][0],
            what.types[0],
            ends["target"][0],
            modality,  # type: ignore[arg-type]  # a word that is none is refused by the rules of the tables
            others=tuple(ends["with"]),
            **stated,  # type: ignore[arg-type]
            **concepts,  # type: ignore[arg-type]
            start=times[0][0],
            end=times[0][1],
            negated=self._stated(node, "gov:negated") == "true",
            verified="secondary",
            status=status,
            confidence=confidence,
            note=node.text("note"),
            place=place,
        )
        notes = tuple(passed(node, self.statements, times))
        return Entry(what.word, place, (made, *self._passages(node, made.id, place)), notes)

    def _passages(self, node: Node, relation: str, place: Place) -> Iterator[Record]:
        for value in node.facts.get("prov:hadPrimarySource", ()):
            passage = self.statements.node(value.text)
            for cited_source in passage.facts.get("oa:hasSource", ()):
                yield Evidence(relation, self.id(cited_source.text), self._stated(passage, "gov:locator"), place=place)

    def _stated(self, node: Node, name: str) -> str:
        return next((value.text for value in node.facts.get(name, ()) if not value.is_node), "")

    def membership(self, node: Node, what: Meaning, place: Place) -> Entry:
        """Make the relations of an org:Membership: to the body, to the post, and for the party."""
        who, body, post, party = (
            next((self.id(value.text) for value in node.first(end) if value.is_node), "")
            for end in ("member", "organization", "post", "party")
        )
        if not who or not (body or post or party):
            missing = "member" if not who else "organization"
            return left_out(what.word, place, missing, f"it names no {missing}", f"add org:{missing}")
        role = "; ".join(self.text(value) for value in node.first("role"))
        times, note = spans(node, self.statements), node.text("note") or node.text("name")
        made: list[Relation] = []
        for number, (start, end) in enumerate(times, 1):  # who was a member twice has two memberships
            name = self.relation_id(node) + (f"-{number}" if number > 1 else "")
            more: dict[str, Any] = {"start": start, "end": end, "note": note}
            made += self._memberships(name, (who, body, post, party), role, place, more)
        pages = [value.text for value in node.all("page") if not web_fault(value.text)]
        told = [record for one in made for page in pages for record in cited(self.source, one.id, page)]
        return Entry(what.word, place, (*made, *told), tuple(passed(node, self.statements, times)))

    def _memberships(
        self, name: str, ends: tuple[str, str, str, str], role: str, place: Place, more: dict[str, Any]
    ) -> Iterator[Relation]:
        who, body, post, party = ends
        if body:
            yield _relation(name, who, "membership", body, place, role=role, **more)
        if post:
            phrase = "holds the post of"
            yield _relation(f"{name}-post", who, "membership", post, place, phrase=phrase, role=role, **more)
        if party:
            phrase = "sits on behalf of" if body else "acts on behalf of"
            yield _relation(f"{name}-for", who, "representation", party, place, phrase=phrase, **more)

    def change(self, node: Node, what: Meaning, place: Place) -> Entry:
        """Make the successions of an event by which bodies became others."""
        named = {name: self.id(name) for side in bodies(node, self.statements) for name in side}
        return successions(node, what.word, self.statements, place, (self.relation_id(node), named))

    def inside(self, node: Node, what: Meaning, place: Place) -> Entry:
        """Count what the records of others carry, if some other node names it."""
        if next(self.statements.named_by(node.name), None) or what.sort == "about":
            return Entry(what.word, place, within=True)
        return left_out(what.word, place, "", "nothing in the file names it")

    def unknown(self, node: Node, what: Meaning, place: Place) -> Entry:
        """Leave out what is of no class that is known."""
        if not node.classes:
            return left_out(
                "node", place, "", "it says neither what it is nor a name and a relation", "give it a class"
            )
        return left_out(what.word, place, "", f'"{shown(what.word)}" is no class that is known')


def _relation(name: str, actor: str, kind: str, target: str, place: Place, **more: Any) -> Relation:
    return Relation(name, actor, kind, target, "actual", verified="secondary", place=place, **more)


_CLASS_ALONE = frozenset({"rdf:type"})
_ENDS = frozenset(
    {"org:member", "org:organization", "opengov:post", "opengov:onBehalfOf", "gov:actor", "gov:target", "gov:with"}
)
_MAKERS: dict[str, Callable[[_Reading, Node, Meaning, Place], Entry]] = {
    "actor": _Reading.actor,
    "thing": _Reading.thing,
    "source": _Reading.publication,
    "relation": _Reading.relation,
    "membership": _Reading.membership,
    "change": _Reading.change,
    "within": _Reading.inside,
    "about": _Reading.inside,
    "": _Reading.unknown,
}
