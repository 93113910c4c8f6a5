"""Values of Python and terms of RDF: what a parameter may be, and what a cell of an answer becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph_build.catalogue import Column, Param
from graph_build.errors import QueryError
from graph_build.table import Value
from graph_build.vocabulary import PREFIXES, SCHEMES, Term, vocabulary

RdfTerm = NamedNode | BlankNode | Literal | Triple
_XSD: Final = PREFIXES["xsd"]
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_YES_NO: Final[Mapping[str, bool]] = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def as_term(param: Param, value: object) -> str:
    """Return a value as SPARQL writes it; one that is not of the parameter's type is a `QueryError` with the remedy.

    >>> as_term(Param("as_of", "xsd:date"), "2026-01-01").split("^^")[0]
    '"2026-01-01"'
    >>> as_term(Param("kind", "kind"), "capacity building").rpartition("#")[2]
    'CapacityBuilding>'
    """
    make = _WRITERS.get(param.type)
    return str(make(param, value) if make else _concept(param, value))


def as_value(column: Column, term: RdfTerm | None) -> Value:
    """Return a term as a Python value of the column's type; IRIs stay whole, languages are dropped."""
    if term is None or isinstance(term, Triple):
        return None if term is None else str(term)
    try:
        return _READERS[column.type](term.value)
    except (ValueError, InvalidOperation) as error:
        raise QueryError(f"column {column.name}: {term.value!r} is not of type {column.type}") from error


def as_values(column: Column, terms: Iterable[RdfTerm | None]) -> list[Value]:
    """Return the terms of a column as `as_value` does, in half the time where they stay text."""
    if column.type in ("iri", "string"):
        return [None if term is None else str(term) if isinstance(term, Triple) else term.value for term in terms]
    return [as_value(column, term) for term in terms]


def is_true(text: str) -> bool:
    """Whether a bare text is a truth value that holds; stores write it in either of the forms of `xsd:boolean`.

    >>> is_true("true"), is_true("1"), is_true("")
    (True, True, False)
    """
    return text in ("true", "1")


def plain_value(term: RdfTerm | None) -> Value:
    """Return a term as a Python value by its datatype; what Python cannot hold stays text.

    >>> plain_value(Literal("2026-01-01", datatype=NamedNode(_XSD + "date")))
    datetime.date(2026, 1, 1)
    """
    if term is None or isinstance(term, Triple):
        return None if term is None else str(term)
    if not isinstance(term, Literal):
        return term.value
    try:
        return _BY_DATATYPE.get(term.datatype.value.removeprefix(_XSD), str)(term.value)
    except (ValueError, InvalidOperation):
        return term.value


def _refuse(param: Param, value: object, remedy: str) -> QueryError:
    return QueryError(f"parameter {param.name}: {value!r} is not of type {param.type}", remedy)


def _text(param: Param, value: object) -> str:
    """Return the value if it is text that RDF can hold."""
    if not isinstance(value, str) or "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise _refuse(param, value, "give it as text")
    return value


def _iri(param: Param, value: object) -> NamedNode:
    prefix, _, local = _text(param, value).partition(":")
    try:
        return NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else str(value))
    except ValueError as error:
        raise _refuse(param, value, "give a whole IRI, or a prefixed name such as id:norm-parliament") from error


def _string(param: Param, value: object) -> Literal:
    return Literal(_text(param, value))


def _day(param: Param, value: object) -> Literal:
    """Only whole days: `date` reads forms that others would not."""
    text = value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else _text(param, value)
    try:
        day = date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError as error:
        raise _refuse(param, value, "give a day as YYYY-MM-DD") from error
    return Literal(day.isoformat(), datatype=NamedNode(_XSD + "date"))


def _integer(param: Param, value: object) -> Literal:
    try:
        number = value if isinstance(value, int) and not isinstance(value, bool) else int(_text(param, value))
    except ValueError as error:
        raise _refuse(param, value, "give a whole number") from error
    return Literal(str(number), datatype=NamedNode(_XSD + "integer"))


def _boolean(param: Param, value: object) -> Literal:
    known = value if isinstance(value, bool) else _YES_NO.get(_text(param, value).lower())
    if known is None:
        raise _refuse(param, value, "give yes or no")
    return Literal(known)


def _country(param: Param, value: object) -> Literal:
    code = _text(param, value).upper()
    if not _COUNTRY.fullmatch(code):
        raise _refuse(param, value, "give two letters as in ISO 3166-1, for example UA")
    return Literal(code)


def _language(param: Param, value: object) -> Literal:
    if value not in ("en", "uk"):
        raise _refuse(param, value, "give en or uk")
    return _string(param, value)


def _concept(param: Param, value: object) -> NamedNode:
    """Return a class or concept by its id, its label or its IRI."""
    known = _terms(param.type)
    wanted = _text(param, value)
    found = known.get(wanted) or next((term for term in known.values() if wanted.lower() in _names(term)), None)
    if found is None and wanted.partition(":")[0] in {*PREFIXES, "http", "https"}:
        iri = _iri(param, wanted).value
        found = next((term for term in known.values() if term.iri == iri), None)
    if found is None:
        near = get_close_matches(wanted, known, n=3)
        raise _refuse(param, value, f"did you mean: {' · '.join(near)}" if near else f"use one of {', '.join(known)}")
    return NamedNode(found.iri)


def _names(term: Term) -> tuple[str, ...]:
    return term.id.lower(), term.label_en.lower(), term.label_uk.lower()


def _terms(name: str) -> dict[str, Term]:
    words = vocabulary()
    classes: dict[str, dict[str, Term]] = {
        "kind": {**words.kinds},
        "actor-type": words.actor_types,
        "thing-type": words.thing_types,
        "source-type": words.source_types,
    }
    return words.schemes[name] if name in SCHEMES else classes[name]


_WRITERS: Final[Mapping[str, Callable[[Param, object], NamedNode | Literal]]] = {
    "actor": _iri,
    "iri": _iri,
    "string": _string,
    "xsd:date": _day,
    "integer": _integer,
    "boolean": _boolean,
    "country": _country,
    "language": _language,
}


def _truth(text: str) -> bool:
    return text in ("true", "1")


_READERS: Final[Mapping[str, Callable[[str], Value]]] = {
    "iri": str,
    "string": str,
    "xsd:date": date.fromisoformat,
    "boolean": _truth,
    "integer": int,
    "decimal": Decimal,
}
_BY_DATATYPE: Final[Mapping[str, Callable[[str], Value]]] = {
    "date": date.fromisoformat,
    "boolean": _truth,
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
}
