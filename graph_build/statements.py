"""The statements that several records share: texts, names, dates, and places in sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph_build.dates import first_day, is_to_the_day, last_day
from graph_build.readers import character_range
from graph_build.records import Evidence
from graph_build.vocabulary import PAGE_FRAGMENT, RDF_TYPE, term

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]
_LANGUAGE: Final = re.compile(r"(.*\S)@([a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)", re.DOTALL)
_XSD_DATE: Final = term("xsd:date")


def text(node: NamedNode, predicate: str, value: str) -> Iterator[Statement]:
    """Give a text without a language; an empty one gives nothing."""
    if value:
        yield node, term(predicate), Literal(value)


def names(node: NamedNode, predicate: NamedNode, english: str, ukrainian: str = "") -> Iterator[Statement]:
    """Give a text in English and in Ukrainian, where there is one."""
    for language, value in (("en", english), ("uk", ukrainian)):
        if value:
            yield node, predicate, Literal(value, language=language)


def alternative(label: str) -> Literal:
    """Return another name; `text@uk` tells its language."""
    found = _LANGUAGE.fullmatch(label)
    return Literal(found[1], language=found[2]) if found else Literal(label)


def day(node: NamedNode, exact: str, rough: str, stated: str, *, last: bool = False) -> Iterator[Statement]:
    """Give the first, or the `last`, day that a date covers, and the date as stated where that is not to the day."""
    if not stated:
        return
    day = last_day(stated) if last else first_day(stated)
    yield node, term(exact), Literal(day.isoformat(), datatype=_XSD_DATE)
    if rough and not is_to_the_day(stated):
        yield node, term(rough), Literal(stated)


def legal_basis(node: NamedNode, basis: str) -> Iterator[Statement]:
    """Read `SOURCE PROVISION`; without a provision the whole source is the basis."""
    source, _, provision = basis.partition(" ")
    if not provision.strip():
        yield node, term("gov:legalBasis"), term(f"src:{source}")
        return
    slug = re.sub(r"[\W_]+", "-", provision.lower()).strip("-") or "whole"
    part = term(f"src:{source}--{slug}")
    yield node, term("gov:legalBasis"), part
    yield part, RDF_TYPE, term("eli:LegalResourceSubdivision")
    yield part, term("eli:is_part_of"), term(f"src:{source}")
    yield part, term("dct:title"), Literal(provision.strip())


def passage(subject: NamedNode, name: str, evidence: Evidence) -> Iterator[Statement]:
    """Link what is said to the place in the source that carries it."""
    node, selector = term(f"ev:{name}"), term(f"ev:{name}-selector")
    yield subject, term("prov:hadPrimarySource"), node
    yield node, RDF_TYPE, term("oa:SpecificResource")
    yield node, term("oa:hasSource"), term(f"src:{evidence.source}")
    yield node, term("oa:hasSelector"), selector
    yield from text(node, "gov:locator", evidence.locator)
    yield from text(node, "gov:stance", evidence.stance)
    yield from text(node, "schema:sha256", evidence.sha256)
    found = character_range(evidence.locator)
    if found:
        yield selector, RDF_TYPE, term("oa:TextPositionSelector")
        for edge, offset in zip(("start", "end"), found, strict=True):
            # Not xsd:nonNegativeInteger, the range of oa:start: Oxigraph stores every kind of integer as xsd:integer.
            yield selector, term(f"oa:{edge}"), Literal(offset)
        return
    yield selector, RDF_TYPE, term("oa:FragmentSelector")
    yield selector, term("rdf:value"), Literal(evidence.locator)
    if evidence.locator.startswith("page="):
        yield selector, term("dct:conformsTo"), PAGE_FRAGMENT
