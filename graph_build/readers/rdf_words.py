"""What the words of RDF are: the map of RDF (`maps/rdf.toml`) and our own ontology, as lookups."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from graph_build.readers.maps import word_map
from graph_build.readers.rdf_graph import Node, curie
from graph_build.readers.web import web_fault
from graph_build.vocabulary import PREFIXES, Term, vocabulary

_OURS: Final = ("id", "rel", "src", "ev", "layer", "fn", "mod", "conf", "status", "topic", "channel", "principle")
_MOMENT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*|Z|[+-]\d{2}:\d{2})", re.ASCII)
_VAGUE: Final = ("organisation", "unclassified")
_COMMON: Final = ("name", "alternative", "identifier", "same", "note")
_FIELDS: Final = {
    "actor": (*_COMMON, "classification", "founded", "dissolved", "spatial", "country", "page"),
    "thing": ("name", "definition", "note", "start", "end", "during"),
    "source": ("name", "publisher", "issued", "url"),
    "membership": ("name", "note", "start", "end", "during", "role", "member", "organization", "post", "party", "page"),
    "relation": ("start", "end", "during", "note"),
    "change": ("name", "note", "original", "resulting", "changed"),
    "within": ("name", "start", "end", "beginning", "ending", "instant"),
    "about": ("name", "note", "publisher", "issued", "licence"),
}
_INNER: Final = ("during", "beginning", "ending", "role", "classification", "spatial")
_OWN: Final = {
    "relation": [
        "actor",
        "target",
        "with",
        "phrase",
        "scope",
        "role",
        "amount",
        "currency",
        "function",
        "layer",
        "principle",
        "topic",
        "channel",
        "modality",
        "negated",
        "confidence",
    ],
    "within": ["locator"],
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a subject is: the sort of record, its types or kind, and the word of the file that says so."""

    sort: str
    types: tuple[str, ...]
    word: str


@lru_cache(maxsize=16_384)
def ours_of(iri: str) -> tuple[str, str]:
    """Return the prefix and the rest of an IRI of our own that names a record or a concept, else nothing.

    >>> ours_of(f"{PREFIXES['topic']}budget"), ours_of("urn:example:a")
    (('topic', 'budget'), ('', ''))
    """
    return next(((name, iri[len(PREFIXES[name]) :]) for name in _OURS if iri.startswith(PREFIXES[name])), ("", ""))


@cache
def _classes() -> Mapping[str, tuple[str, str]]:
    """Return sort and type by class, as a prefixed name: of the map, and of our own ontology."""
    words, own = word_map("rdf"), vocabulary()
    found = {name: ("actor", kind) for name, kind in words["actors"].items()}
    found |= {name: ("thing", kind) for name, kind in words["things"].items()}
    found |= dict.fromkeys(words["within"]["classes"], ("within", ""))
    found |= dict.fromkeys(words["within"]["about"], ("about", ""))
    found |= dict.fromkeys(words["membership"]["classes"], ("membership", "membership"))
    found |= dict.fromkeys(words["change"]["classes"], ("change", ""))
    terms: tuple[tuple[str, Mapping[str, Term]], ...] = (
        ("actor", own.actor_types),
        ("thing", own.thing_types),
        ("source", own.source_types),
        ("relation", own.kinds),
    )
    return found | {curie(term.iri): (sort, key) for sort, known in terms for key, term in known.items()}


def meaning(node: Node) -> Meaning:
    """Say what a node is by its classes: the more exact types, where it has several."""
    known = [(name, *_classes()[name]) for name in sorted(node.classes) if name in _classes()]
    if not known:
        return Meaning("", (), min(node.classes, default="node"))
    exact = [one for one in known if one[2] not in _VAGUE] or known
    word, sort, _ = exact[0]
    types = tuple(dict.fromkeys(kind for _, same, kind in exact if same == sort))
    if types and set(types) <= set(_VAGUE):
        types = types[:1] if "organisation" not in types else ("organisation",)
    return Meaning(sort, types, word)


@cache
def _links() -> Mapping[str, Mapping[str, Any]]:
    ours = {
        curie(address): {"kind": kind.id, **({"function": ["part"]} if kind.id == "composition" else {})}
        for kind in vocabulary().kinds.values()
        for modality, address in kind.direct
        if not modality
    }
    narrower = {
        curie(address): {"kind": kind.id}
        for kind in vocabulary().kinds.values()
        for said, address in kind.direct
        if said
    }
    return {**narrower, **ours, **word_map("rdf")["links"]}


def link_of(name: str) -> Mapping[str, Any]:
    """Return what a property, as a prefixed name, says as a relation; nothing if it is none."""
    return _links().get(name, {})


def day(text: str) -> str:
    """Return the day of a moment or of a day with a time zone; any other text as it is.

    >>> day("2019-01-02T00:00:00Z"), day("2019-01Z"), day("2019")
    ('2019-01-02', '2019-01Z', '2019')
    """
    found = _MOMENT.fullmatch(text.strip())
    return found[1] if found else text.strip()


def labels(node: Node) -> dict[str, Any]:
    """Return the names as an actor has them: English where there is one, else the first, and all others with their languages."""
    names = [value for value in node.first("name") if not value.is_node and value.text.strip()]
    english = next((name for name in names if name.language.split("-")[0] == "en"), None)
    plain = next((name for name in names if not name.language), None)
    main = english or plain or (names[0] if names else None)
    ukrainian = next((name.text for name in names if name.language == "uk"), "")
    rest = [*names, *(value for value in node.all("alternative") if not value.is_node)]
    others = [
        f"{name.text}@{name.language}" if name.language else name.text
        for name in rest
        if name is not main and not (name.language == "uk" and name.text == ukrainian)
    ]
    return {
        "label_en": main.text if main else "",
        "label_uk": ukrainian,
        "alt_labels": tuple(dict.fromkeys(others)),
    }


def identifiers(node: Node) -> dict[str, Any]:
    """Return the addresses of the same actor elsewhere, its own among them, and its other identifiers."""
    found = [value.text for value in node.all("same") if value.is_node]
    own = [] if ours_of(node.name)[0] else [node.name]
    short = [iri.removeprefix(PREFIXES["wd"]) if iri.startswith(PREFIXES["wd"]) else iri for iri in (*own, *found)]
    same = tuple(dict.fromkeys(iri for iri in short if ":" not in iri or not web_fault(iri)))
    return {"exact_match": same, "identifiers": tuple(v.text for v in node.all("identifier") if not v.is_node)}


@cache
def inner() -> frozenset[str]:
    """Return the properties whose objects the record of the subject carries: a node that one names needs no class of its own."""
    return frozenset(name for field in _INNER for name in word_map("rdf")["fields"][field])


@cache
def taken() -> dict[str, frozenset[str]]:
    """Return the properties that become a record, or a part of one, by what the subject is."""
    words = word_map("rdf")["fields"]
    found = {}
    for sort, fields in _FIELDS.items():
        names = {name for field in fields for name in words[field]}
        names |= {f"gov:{name}" for name in _OWN.get(sort, ())}
        if sort == "actor":  # the event that a body names says what became of it
            names |= {word_map("rdf")["change"][side] for side in ("original", "resulting")}
        found[sort] = frozenset(names | {"rdf:type", "prov:hadPrimarySource", "oa:hasSource", "adms:status"})
    return found
