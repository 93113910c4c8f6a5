from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from graph_build.catalogue import PARAM_TYPES, Column, Param
from graph_build.errors import QueryError
from graph_build.store import EmbeddedStore
from graph_build.values import as_term, as_value, plain_value
from graph_build.vocabulary import SCHEMES, term, vocabulary


def parsed(text: str) -> NamedNode | Literal:
    """Return the one term that SPARQL reads in a text; a text that is more than a term does not parse so."""
    ((found,),) = EmbeddedStore.memory().select(f"SELECT ?x {{ VALUES ?x {{ {text} }} }}").rows
    assert isinstance(found, NamedNode | Literal)
    return found


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("actor", "id:norm-media", term("id:norm-media")),
        ("actor", "http://example.org/a", NamedNode("http://example.org/a")),
        ("iri", "urn:uuid:1", NamedNode("urn:uuid:1")),
        ("kind", "oversight", term("gov:Oversight")),
        ("kind", "capacity building", term("gov:CapacityBuilding")),
        ("kind", "gov:Funding", term("gov:Funding")),
        ("layer", "parliamentary", term("layer:parliamentary")),
        ("layer", term("layer:judicial").value, term("layer:judicial")),
        ("actor-type", "cso", term("gov:CivilSocietyOrganisation")),
        ("source-type", "Handbook", term("gov:Handbook")),
        ("string", 'a "b" \\ \n?x', Literal('a "b" \\ \n?x')),
        ("xsd:date", date(2026, 1, 2), Literal("2026-01-02", datatype=term("xsd:date"))),
        ("xsd:date", "2026-01-02", Literal("2026-01-02", datatype=term("xsd:date"))),
        ("integer", "12", Literal("12", datatype=term("xsd:integer"))),
        ("integer", -3, Literal("-3", datatype=term("xsd:integer"))),
        ("boolean", "yes", Literal(True)),
        ("boolean", False, Literal(False)),
        ("country", "ua", Literal("UA")),
        ("language", "uk", Literal("uk")),
    ],
)
def test_a_value_becomes_the_term_of_its_type(type_: str, value: object, expected: NamedNode | Literal) -> None:
    assert parsed(as_term(Param("x", type_), value)) == expected


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("actor", "the committee"),
        ("actor", "x> ?p ?o } #"),
        ("actor", "id:a b"),
        ("actor", "id:a>"),
        ("actor", ""),
        ("actor", 7),
        ("iri", "http://a\n"),
        ("kind", "oversigt"),
        ("kind", "gov:Oversight> } #"),
        ("kind", "https://w3id.org/govgraph/ontology#Nothing"),
        ("modality", "parliamentary"),
        ("xsd:date", "2018-13-45"),
        ("xsd:date", "2018"),
        ("xsd:date", "20180101"),
        ("xsd:date", "2018-01-01T00:00"),
        ("xsd:date", datetime(2018, 1, 1)),
        ("xsd:date", 2018),
        ("integer", "1.5"),
        ("integer", True),
        ("boolean", "perhaps"),
        ("country", "UKR"),
        ("country", '"} #'),
        ("language", "fr"),
        ("string", None),
        ("string", "\ud800"),
        ("string", "a\0b"),
    ],
)
def test_a_value_of_another_type_is_refused_with_a_remedy(type_: str, value: object) -> None:
    with pytest.raises(QueryError, match="parameter x: ") as caught:
        as_term(Param("x", type_), value)
    assert caught.value.remedy


def test_a_misspelt_concept_offers_the_nearest() -> None:
    with pytest.raises(QueryError) as caught:
        as_term(Param("x", "kind"), "oversigt")
    assert "oversight" in caught.value.remedy


def test_every_concept_can_be_given_by_id_in_ukrainian_and_in_english() -> None:
    for scheme in SCHEMES:
        for known in vocabulary().schemes[scheme].values():
            for name in (known.id, known.label_en.upper(), known.label_uk, known.iri):
                assert as_term(Param("x", scheme), name) == f"<{known.iri}>"


@given(st.text())
def test_no_text_becomes_more_than_one_literal(text: str) -> None:
    try:
        written = as_term(Param("x", "string"), text)
    except QueryError:
        assert "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)
        return
    assert parsed(written) == Literal(text)


@given(st.sampled_from([name for name in PARAM_TYPES if name != "string"]), st.text(max_size=40))
def test_no_text_becomes_more_than_one_term(type_: str, text: str) -> None:
    try:
        written = as_term(Param("x", type_), text)
    except QueryError:
        return
    assert parsed(written)


@given(st.text(alphabet='abc<>"{}|^`\\ \n\t#?;.', max_size=20))
def test_no_hostile_text_gets_out_of_an_iri(text: str) -> None:
    try:
        written = as_term(Param("x", "actor"), "id:" + text)
    except QueryError:
        return
    assert parsed(written) == term("id:" + text)


@pytest.mark.parametrize(
    ("type_", "term_", "expected"),
    [
        ("iri", NamedNode("urn:a"), "urn:a"),
        ("string", Literal("суд", language="uk"), "суд"),
        ("string", NamedNode("urn:a"), "urn:a"),
        ("xsd:date", Literal("2026-01-02", datatype=term("xsd:date")), date(2026, 1, 2)),
        ("boolean", Literal(True), True),
        ("boolean", Literal(False), False),
        ("integer", Literal(7), 7),
        ("decimal", Literal("1.50", datatype=term("xsd:decimal")), Decimal("1.50")),
        ("string", None, None),
    ],
)
def test_a_term_becomes_a_value_of_the_column(type_: str, term_: NamedNode | Literal | None, expected: object) -> None:
    assert as_value(Column("x", type_), term_) == expected


def test_a_cell_that_is_not_of_its_column_is_an_error() -> None:
    with pytest.raises(QueryError, match="column x: 'soon' is not of type xsd:date"):
        as_value(Column("x", "xsd:date"), Literal("soon"))


@pytest.mark.parametrize(
    ("term_", "expected"),
    [
        (Literal("9999-99-99", datatype=term("xsd:date")), "9999-99-99"),
        (Literal("2026-01-02", datatype=term("xsd:date")), date(2026, 1, 2)),
        (Literal(7), 7),
        (Literal(True), True),
        (Literal("1.5", datatype=term("xsd:decimal")), Decimal("1.5")),
        (Literal("1e3", datatype=term("xsd:double")), 1000.0),
        (Literal("суд", language="uk"), "суд"),
        (NamedNode("urn:a"), "urn:a"),
        (BlankNode("b"), "b"),
        (None, None),
    ],
)
def test_a_free_term_becomes_what_its_datatype_says(term_: NamedNode | Literal | None, expected: object) -> None:
    assert plain_value(term_) == expected
