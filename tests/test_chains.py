"""Accountability as chains, and what changed: told in sentences, on a day, with sources."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

import graph_build as gb
from graph_build.errors import NotFoundError

GAPLAND = Path(__file__).parent / "data" / "gapland"


@pytest.fixture(scope="module")
def gapland() -> gb.Atlas:
    return gb.build(GAPLAND)


def test_a_chain_leads_step_by_step_to_an_elected_body_with_citations(gapland: gb.Atlas) -> None:
    rows = gapland.chains("Gapland Police").records()
    chain = [row["sentence"] for row in rows if row["chain"] == 1]
    assert chain == [
        "Police Commission oversees Gapland Police (normative; Law No. 1; since 2001-01-01).",
        "Police Commission is accountable to Parliament of Gapland (normative; Law No. 1, art. 8; since 2001-01-01).",
    ]
    last = {row["chain"]: row for row in rows}
    assert all("Parliament" in str(row["sentence"]) or "Committee" in str(row["sentence"]) for row in last.values())


def test_a_step_that_practice_denies_is_no_step(gapland: gb.Atlas) -> None:
    assert not [
        row
        for row in gapland.chains("xg-police").records()
        if row["relation"] and str(row["relation"]).endswith("xg-18")
    ]
    before = gapland.chains("xg-police", as_of=date(2005, 1, 1)).records()
    assert before  # there are chains on that day, by other relations


def test_chains_are_those_of_the_day_and_none_is_an_empty_table(gapland: gb.Atlas) -> None:
    on_2000 = gapland.chains("xg-police", as_of=date(2000, 1, 1))
    assert len(on_2000) == 0
    assert len(gapland.chains("xg-old-service")) == 0
    assert len({row["chain"] for row in gapland.chains("xg-police", limit=1).records()}) == 1


def test_every_dutch_agency_step_is_cited(norms: gb.Atlas) -> None:
    rows = norms.chains("KMar").records()
    assert rows
    assert all(row["provision"] or row["evidence"] for row in rows)
    assert [row["chain"] for row in rows] == sorted(int(str(row["chain"])) for row in rows)


def test_chains_take_less_than_two_seconds_of_processor_time(norms: gb.Atlas) -> None:
    norms.chains("AIVD")
    began = time.process_time()
    norms.chains("AIVD")
    assert time.process_time() - began < 2


def test_changes_tell_relations_bodies_and_laws_by_date(gapland: gb.Atlas) -> None:
    rows = gapland.changes("XG", date(2004, 1, 1), date(2005, 12, 31)).records()
    told = [(str(row["date"]), row["change"], row["actor_label"]) for row in rows]
    assert told == sorted(told, key=lambda row: row[:2])
    assert ("2004-12-31", "repealed", "Law No. 0") in told
    assert ("2005-01-01", "in force", "Law No. 2") in told
    assert ("2005-01-01", "begins", "High Court of Gapland") in told
    (court,) = [row for row in rows if row["actor_label"] == "High Court of Gapland"]
    assert court["provision"] == "Law No. 2, art. 9"


def test_what_a_source_only_saw_is_attested_and_does_not_begin(gapland: gb.Atlas) -> None:
    rows = gapland.changes("XG", date(2010, 1, 1), date(2010, 12, 31)).records()
    assert [(row["change"], row["actor_label"]) for row in rows] == [("first attested", "Committee on Services")]
    founded = gapland.changes("XG", date(1994, 1, 1), date(1995, 12, 31)).records()
    assert {(row["change"], row["actor_label"]) for row in founded} == {
        ("dissolved", "Old Bureau"),
        ("founded", "Gapland Service"),
    }


def test_changes_of_an_unknown_country_are_an_error(gapland: gb.Atlas) -> None:
    with pytest.raises(NotFoundError, match="country"):
        gapland.changes("ZZ", date(2010, 1, 1), date(2011, 1, 1))
