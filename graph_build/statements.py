"""The statements that several records share: texts, names, dates, and places in sources.

A statement is made of the texts that N-Quads has for its terms: writing those is some four times faster than making objects of
an engine, and the text goes to any engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode

from graph_build.dates import first_day, is_to_the_day, last_day
from graph_build.readers import character_range
from graph_build.records import Evidence
from graph_build.vocabulary import PAGE_FRAGMENT, concept, end_node, term

Statement = tuple[str, str, str]
"""Subject, predicate and object, as N-Quads writes them."""
_LANGUAGE: Final = re.compile(r"(.*\S)@([a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)", re.DOTALL)
_KEPT: Final = 8192  # terms kept written: the words of the ontology, and the actors and laws of the last records
_ESCAPED: Final = re.compile(r'["\\\n\r]')
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}


@lru_cache(_KEPT)
def iri(curie: str) -> str:
    """Return the IRI of a prefixed name of the project's table, written; what is no IRI is a `ValueError`.

    >>> iri("gov:oversees").endswith("#oversees>")
    True
    """
    return str(term(curie))


@lru_cache(_KEPT)
def address(whole: str) -> str:
    """Return a whole IRI, written; what is no IRI is a `ValueError`."""
    return str(NamedNode(whole))


@lru_cache(_KEPT)
def end(name: str) -> str:
    """Return the IRI of what a table names at an end of a relation, written."""
    return str(end_node(name))


@lru_cache(_KEPT)
def concept_iri(scheme: str, name: str) -> str:
    """Return the IRI of a concept of a scheme, written."""
    return str(concept(scheme, name))


A: Final = iri("rdf:type")
"""What Turtle writes as `a`."""


def literal(value: str, *, language: str = "", datatype: str = "") -> str:
    r"""Return a literal, written; the language is in small letters, as engines store it.

    >>> print(literal('He said "no".\n', language="en-GB"))
    "He said \"no\".\n"@en-gb
    """
    shown = _ESCAPED.sub(lambda found: _ESCAPES[found[0]], value) if _ESCAPED.search(value) else value
    if language:
        return f'"{shown}"@{language.lower()}'
    return f'"{shown}"^^{iri(datatype)}' if datatype else f'"{shown}"'


def text(node: str, predicate: str, value: str) -> Sequence[Statement]:
    """Return a text without a language; an empty one gives nothing."""
    return ((node, iri(predicate), literal(value)),) if value else ()


def names(node: str, predicate: str, english: str, ukrainian: str = "") -> Sequence[Statement]:
    """Return a text in English and in Ukrainian, where there is one."""
    return [
        (node, predicate, literal(value, language=language))
        for language, value in (("en", english), ("uk", ukrainian))
        if value
    ]


def alternative(label: str) -> str:
    """Return another name; `text@uk` tells its language."""
    found = _LANGUAGE.fullmatch(label)
    return literal(found[1], language=found[2]) if found else literal(label)


def day(node: str, exact: str, rough: str, stated: str, *, last: bool = False) -> Sequence[Statement]:
    """Return the first, or the `last`, day that a date covers, and the date as stated where that is not to the day."""
    if not stated:
        return ()
    covered = node, iri(exact), _day(stated, last)
    return (covered, (node, iri(rough), literal(stated))) if rough and not is_to_the_day(stated) else (covered,)


@lru_cache(_KEPT)
def _day(stated: str, last: bool) -> str:
    return literal((last_day(stated) if last else first_day(stated)).isoformat(), datatype="xsd:date")


def legal_basis(node: str, basis: str) -> Iterator[Statement]:
    """Read `SOURCE PROVISION`; without a provision the whole source is the basis."""
    source, _, provision = basis.partition(" ")
    if not provision.strip():
        yield node, iri("gov:legalBasis"), iri(f"src:{source}")
        return
    slug = re.sub(r"[\W_]+", "-", provision.lower()).strip("-") or "whole"
    part = iri(f"src:{source}--{slug}")
    yield node, iri("gov:legalBasis"), part
    yield part, A, iri("eli:LegalResourceSubdivision")
    yield part, iri("eli:is_part_of"), iri(f"src:{source}")
    yield part, iri("dct:title"), literal(provision.strip())


def passage(subject: str, name: str, evidence: Evidence) -> Iterator[Statement]:
    """Link what is said to the place in the source that carries it."""
    node, selector = iri(f"ev:{name}"), iri(f"ev:{name}-selector")
    yield subject, iri("prov:hadPrimarySource"), node
    yield node, A, iri("oa:SpecificResource")
    yield node, iri("oa:hasSource"), iri(f"src:{evidence.source}")
    yield node, iri("oa:hasSelector"), selector
    yield from text(node, "gov:locator", evidence.locator)
    yield from text(node, "gov:stance", evidence.stance)
    yield from text(node, "schema:sha256", evidence.sha256)
    found = character_range(evidence.locator)
    if found:
        yield selector, A, iri("oa:TextPositionSelector")
        for edge, offset in zip(("start", "end"), found, strict=True):
            # Not xsd:nonNegativeInteger, the range of oa:start: Oxigraph stores every kind of integer as xsd:integer.
            yield selector, iri(f"oa:{edge}"), literal(str(offset), datatype="xsd:integer")
        return
    yield selector, A, iri("oa:FragmentSelector")
    yield selector, iri("rdf:value"), literal(evidence.locator)
    if evidence.locator.startswith("page="):
        yield selector, iri("dct:conformsTo"), str(PAGE_FRAGMENT)
