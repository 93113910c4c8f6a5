"""Overlaps and white spots of support, watchdogs and their funders, and mandates given twice, on a country that has each once."""

from __future__ import annotations

from graph_build.catalogue import catalogue
from graph_build.store import EmbeddedStore
from tests.queries.engines import answer

Rows = list[tuple[object, ...]]


def asked(store: EmbeddedStore, question: str, *columns: str, **values: object) -> Rows:
    return [tuple(row[column] for column in columns) for row in answer(store, catalogue()[question], values).records()]


def test_support_overlaps_when_it_is_given_at_the_same_time(oxigraph: dict[str, EmbeddedStore]) -> None:
    columns = ("beneficiary_label", "topic_label", "one_label", "other_label")
    found = asked(oxigraph["helpland"], "support-overlaps", *columns)
    assert found == [("Helpland Police", "human rights", "Embassy of Farland", "Helpland Fund")]
    assert asked(oxigraph["helpland"], "support-overlaps", *columns, as_of="2025-06-30") == []
    assert asked(oxigraph["helpland"], "support-overlaps", *columns, country="XF") == []


def test_white_spots_are_topics_without_support_on_the_day(oxigraph: dict[str, EmbeddedStore]) -> None:
    def spots(**values: object) -> set[object]:
        return {row[0] for row in asked(oxigraph["helpland"], "support-white-spots", "topic_label", **values)}

    assert {"human rights", "gender"}.isdisjoint(spots())
    assert "corruption" in spots()
    assert spots(country="XH", as_of="2009-01-01") - spots(country="XH") == {
        "human rights",
        "gender",
        "border management",
        "police",
    }
    assert asked(oxigraph["helpland"], "support-white-spots", "supported_in", country="XF")[0] == (None,)


def test_where_else_a_white_spot_is_supported(oxigraph: dict[str, EmbeddedStore]) -> None:
    found = asked(oxigraph["helpland"], "support-white-spots", "topic_label", "supported_in", country="XF")
    assert ("human rights", "XH") in found


def test_a_watchdog_that_lives_on_money_tied_to_whom_it_watches(oxigraph: dict[str, EmbeddedStore]) -> None:
    columns = ("watchdog_label", "watched_label", "funder_label", "tie_label")
    assert asked(oxigraph["helpland"], "watchdogs-and-their-funders", *columns) == [
        ("Inspection Office", "Helpland Police", "Helpland Police", "oversight"),
        ("Police Watch", "Helpland Police", "Helpland Fund", "capacity building"),
    ]


def test_a_mandate_given_twice_counts_until_a_rule_settles_it(oxigraph: dict[str, EmbeddedStore]) -> None:
    columns = ("target_label", "function_label", "one_label", "other_label")
    assert asked(oxigraph["helpland"], "double-mandates", *columns) == [
        ("Helpland Police", "inspection", "Inspection Commission", "Inspection Office")
    ]
    assert asked(oxigraph["helpland"], "double-mandates", *columns, as_of="2000-06-30") == []


def test_each_answer_cites_both_sides(oxigraph: dict[str, EmbeddedStore]) -> None:
    mandates = asked(oxigraph["helpland"], "double-mandates", "one_evidence", "other_evidence")
    assert mandates == [("Law on Oversight art. 2", "Law on Oversight art. 1")]
    ties = asked(oxigraph["helpland"], "watchdogs-and-their-funders", "funding_evidence", "tie_evidence")
    assert ties[1] == ("Who helps whom page 1", "Who helps whom page 3|Who helps whom page 6")
