"""The words of the graph: every IRI that Python knows, and what the ontology says of them.

No IRI is spelled anywhere else in Python. The constants are checked against `ontology/` and the reused vocabularies by a
test; kinds, types and concepts are read from the Turtle files, so that a new kind or concept is one stanza there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from graph_build.resources import resource

_BASE: Final = "https://w3id.org/govgraph/"
PREFIXES: Final[dict[str, str]] = {
    "gov": _BASE + "ontology#",
    "id": _BASE + "id/",
    "rel": _BASE + "relation/",
    "src": _BASE + "source/",
    "ev": _BASE + "evidence/",
    "search": _BASE + "search/",
    "story": _BASE + "story/",
    "dataset": _BASE + "dataset/",
    "direct": _BASE + "direct/",
    "layer": _BASE + "layer/",
    "fn": _BASE + "function/",
    "mod": _BASE + "modality/",
    "conf": _BASE + "confidence/",
    "status": _BASE + "status/",
    "topic": _BASE + "topic/",
    "channel": _BASE + "channel/",
    "principle": _BASE + "principle/",
    "adms": "http://www.w3.org/ns/adms#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The project's table of prefixes: the same in queries, in Turtle and in every export."""

SCHEMES: Final = ("layer", "function", "modality", "confidence", "status", "topic", "channel", "principle")


def term(curie: str) -> NamedNode:
    """Return the IRI that a prefixed name of the project's table stands for.

    >>> term("gov:oversees").value
    'https://w3id.org/govgraph/ontology#oversees'
    """
    prefix, local = curie.split(":", 1)
    return NamedNode(PREFIXES[prefix] + local)


def concept(scheme: str, local: str) -> NamedNode:
    """Return the IRI of a concept of one of `SCHEMES`."""
    return NamedNode(f"{_BASE}{scheme}/{local}")


def end_node(name: str) -> NamedNode:
    """Return the IRI of what a table names at an end of a relation: an actor or thing by id, or `principle:X`, `topic:X`.

    >>> end_node("topic:budget").value, end_node("nato").value
    ('https://w3id.org/govgraph/topic/budget', 'https://w3id.org/govgraph/id/nato')
    """
    scheme, colon, local = name.partition(":")
    return concept(scheme, local) if colon else NamedNode(f"{_BASE}id/{name}")


def local_name(iri: str) -> str:
    """Return what follows the last `/` or `#`.

    >>> local_name("https://w3id.org/govgraph/layer/parliamentary")
    'parliamentary'
    """
    return iri.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]


RDF_TYPE: Final = term("rdf:type")
LABEL: Final = term("rdfs:label")
PREF_LABEL: Final = term("skos:prefLabel")
NOTATION: Final = term("skos:notation")
DEFINITION: Final = term("skos:definition")
SUBCLASS_OF: Final = term("rdfs:subClassOf")
SYMMETRIC: Final = term("owl:SymmetricProperty")
ACTOR_CLASS: Final = term("gov:Actor")
THING_CLASS: Final = term("gov:Thing")
RELATION_CLASS: Final = term("gov:Relation")
SOURCE_CLASS: Final = term("gov:Source")
PROJECTS: Final = term("gov:projects")
PROJECTS_MODALITY: Final = term("gov:projectsModality")
PAGE_FRAGMENT: Final = NamedNode("http://tools.ietf.org/rfc/rfc3778")
"""What the fragment `page=12` conforms to, in the words of the Web Annotation vocabulary."""
SVG_NAMESPACE: Final = "http://www.w3.org/2000/svg"
ONTOLOGY_GRAPH: Final = NamedNode(_BASE + "ontology")


@dataclass(frozen=True, slots=True)
class Term:
    """A class or concept of the ontology: `id` is what stands in a table cell, `parent` the id of the next wider term."""

    id: str
    iri: str
    label_en: str
    label_uk: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Kind(Term):
    """A kind of relation with the direct properties that its relations give, by modality ("" = any)."""

    direct: tuple[tuple[str, str], ...] = ()
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the ontology files define, by the ids that tables use."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    actor_types: dict[str, Term] = field(default_factory=dict)
    thing_types: dict[str, Term] = field(default_factory=dict)
    source_types: dict[str, Term] = field(default_factory=dict)
    schemes: dict[str, dict[str, Term]] = field(default_factory=dict)


def ontology_files() -> list[Traversable]:
    """Return the Turtle files of the ontology and its schemes (not the shapes), in a fixed order."""
    root = resource("ontology")
    files = [entry for entry in root.iterdir() if entry.name.endswith(".ttl") and entry.name != "shapes.ttl"]
    files += [entry for entry in root.joinpath("schemes").iterdir() if entry.name.endswith(".ttl")]
    return sorted(files, key=lambda entry: entry.name)


@cache
def vocabulary() -> Vocabulary:
    """Read the ontology once and return its terms."""
    store = Store()
    for entry in ontology_files():
        store.extend(parse(entry.read_bytes(), format=RdfFormat.TURTLE))
    return Vocabulary(
        kinds=_kinds(store),
        actor_types=_classes(store, ACTOR_CLASS),
        thing_types=_classes(store, THING_CLASS),
        source_types=_classes(store, SOURCE_CLASS),
        schemes={scheme: _concepts(store, scheme) for scheme in SCHEMES},
    )


def _texts(store: Store, subject: NamedNode, predicate: NamedNode) -> dict[str, str]:
    found = (quad.object for quad in store.quads_for_pattern(subject, predicate, None))
    return {text.language or "": text.value for text in found if isinstance(text, Literal)}


def _term(store: Store, subject: NamedNode, parent: str = "") -> Term:
    labels = _texts(store, subject, LABEL) | _texts(store, subject, PREF_LABEL)
    notation = _texts(store, subject, NOTATION).get("") or local_name(subject.value)
    return Term(notation, subject.value, labels.get("en", ""), labels.get("uk", ""), parent)


def _subjects(store: Store, predicate: NamedNode, target: NamedNode) -> list[NamedNode]:
    found = {quad.subject for quad in store.quads_for_pattern(None, predicate, target)}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)


def _classes(store: Store, root: NamedNode, parent: str = "") -> dict[str, Term]:
    """Return the classes below `root`, wider ones first."""
    found: dict[str, Term] = {}
    for node in _subjects(store, SUBCLASS_OF, root):
        found[_term(store, node).id] = _term(store, node, parent)
    for known in list(found.values()):
        found |= {
            key: value for key, value in _classes(store, NamedNode(known.iri), known.id).items() if key not in found
        }
    return found


def _concepts(store: Store, scheme: str) -> dict[str, Term]:
    nodes = _subjects(store, term("skos:inScheme"), NamedNode(_BASE + scheme))
    broader = {node: store.quads_for_pattern(node, term("skos:broader"), None) for node in nodes}
    parents = {
        node: [local_name(quad.object.value) for quad in quads if isinstance(quad.object, NamedNode)]
        for node, quads in broader.items()
    }
    terms = [_term(store, node, (parents[node] or [""])[0]) for node in nodes]
    return {local_name(known.iri): known for known in terms}


def _kinds(store: Store) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for node in _subjects(store, SUBCLASS_OF, RELATION_CLASS):
        named = _term(store, node)
        properties = _subjects(store, PROJECTS, node)
        direct = sorted((_modality(store, prop), prop.value) for prop in properties)
        symmetric = any(next(store.quads_for_pattern(prop, RDF_TYPE, SYMMETRIC), None) for prop in properties)
        found[named.id] = Kind(named.id, named.iri, named.label_en, named.label_uk, "", tuple(direct), symmetric)
    return found


def _modality(store: Store, prop: NamedNode) -> str:
    quad = next(store.quads_for_pattern(prop, PROJECTS_MODALITY, None), None)
    return local_name(quad.object.value) if quad and isinstance(quad.object, NamedNode) else ""
