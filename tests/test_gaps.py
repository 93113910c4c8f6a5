"""Norm against practice, on a small country that has each state once, and on the bundled ones."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

import graph_build as gb
from graph_build.errors import NotFoundError
from graph_build.facts import Ground, wider
from graph_build.gaps import gaps_of_all
from graph_build.network import network
from graph_build.practice import described
from graph_build.table import Value
from graph_build.verdicts import STATES

GAPLAND = Path(__file__).parent / "data" / "gapland"
Row = Mapping[str, Value]


@pytest.fixture(scope="module")
def gapland() -> gb.Atlas:
    return gb.build(GAPLAND)


def rows_of(atlas: gb.Atlas, demand: str, day: str | None = None) -> list[Row]:
    as_of = date.fromisoformat(day) if day else None
    table = atlas.gaps("XG", norm="gapland", as_of=as_of)
    return [row for row in table.records() if str(row["demand_relation"]).endswith(f"/{demand}")]


def row_of(atlas: gb.Atlas, demand: str, day: str | None = None) -> Row:
    (row,) = rows_of(atlas, demand, day)
    return row


@pytest.mark.parametrize(
    ("demand", "state"),
    [
        ("gd-01", "met"),
        ("gd-03", "law only"),
        ("gd-04", "absent"),
        ("gd-05", "not known (searched)"),
        ("gd-06", "not known (not searched)"),
        ("gd-08", "contradicted"),
    ],
)
def test_each_state(gapland: gb.Atlas, demand: str, state: str) -> None:
    assert row_of(gapland, demand)["state"] == state


def test_both_sides_are_cited(gapland: gb.Atlas) -> None:
    row = row_of(gapland, "gd-03")
    assert row["standard"] == "Principles of Oversight, principle 3"
    assert row["grounds"] == "High Court of Gapland oversees Gapland Service [Law No. 2, art. 9]"
    assert row["by_label"] == "High Court of Gapland"
    assert row["overseer_class"] == "court"


def test_a_committee_acts_for_its_parliament_and_it_is_said(gapland: gb.Atlas) -> None:
    row = row_of(gapland, "gd-01")
    assert row["by_label"] == "Committee on Services"
    assert row["via"] == "Committee on Services is part of Parliament of Gapland"
    assert "required: Parliament of Gapland oversees Gapland Service [Law No. 1, art. 5]" in str(row["note"])


def test_oversight_of_the_ministry_reaches_its_police_and_a_denial_is_told(gapland: gb.Atlas) -> None:
    row = row_of(gapland, "gd-10")
    assert (row["state"], row["via"]) == ("met", "through its parent body Ministry of Order")
    assert "denied: not: Committee on Services oversees Gapland Police" in str(row["note"])


def test_a_narrower_function_counts_and_a_dispute_is_told(gapland: gb.Atlas) -> None:
    row = row_of(gapland, "gd-02")
    assert row["state"] == "met"
    assert "audits" in str(row["grounds"])
    assert row["note"] == "disputed: Nobody audits, paragraph 2 (2021-05-02)"
    assert "budget-control" in wider("function", "audit")


@pytest.mark.parametrize(
    ("demand", "day", "state"),
    [
        ("gd-01", "2000-06-01", "not known (not searched)"),
        ("gd-01", "2005-01-01", "law only"),
        ("gd-01", "2010-01-01", "met"),
        ("gd-03", "2004-12-31", "not known (not searched)"),
        ("gd-10", "2004-01-01", "not known (not searched)"),
    ],
)
def test_the_state_is_that_of_the_day(gapland: gb.Atlas, demand: str, day: str, state: str) -> None:
    assert row_of(gapland, demand, day)["state"] == state


def test_bodies_are_those_that_exist_on_the_day(gapland: gb.Atlas) -> None:
    assert row_of(gapland, "gd-01")["body_label"] == "Gapland Service"
    assert row_of(gapland, "gd-01", "1990-01-01")["body_label"] == "Old Bureau"


@pytest.mark.parametrize(
    ("demand", "note"),
    [
        ("gd-05", "function not stated: Police Commission oversees Gapland Police"),
        ("gd-14", "no dated source: Police Commission oversees Gapland Service"),
        ("gd-15", "allowed, not required: Police Commission may watch Gapland Service"),
    ],
)
def test_what_does_not_count_is_told_with_the_reason(gapland: gb.Atlas, demand: str, note: str) -> None:
    row = row_of(gapland, demand)
    assert str(row["state"]).startswith("not known")
    assert (row["note"], row["by"], row["grounds"]) == (note, None, None)


def test_an_exclusion_is_kept_by_law_or_contradicted(gapland: gb.Atlas) -> None:
    kept = {str(row["body_label"]): row for row in rows_of(gapland, "gd-07")}
    assert kept["Police Commission"]["state"] == "law only"
    assert kept["Police Commission"]["asks"] == "excludes"
    assert str(kept["Police Commission"]["grounds"]).startswith("not: Ministry of Order gives orders to")
    assert str(kept["Auditor of Gapland"]["state"]).startswith("not known")


def test_a_denial_of_the_whole_class_is_an_absence(gapland: gb.Atlas) -> None:
    row = row_of(gapland, "gd-17")
    assert (row["state"], row["by_label"]) == ("absent", "courts")
    assert row["grounds"] == "not: courts oversees Gapland Police [Law No. 1, art. 6]"


def test_limits_on_both_sides_are_left_to_the_reader(gapland: gb.Atlas) -> None:
    row = row_of(gapland, "gd-16")
    assert "as to: in wartime" in str(row["grounds"])
    assert row["note"] == "demand and relation are both limited: compare their scopes"


def test_a_kind_of_a_class_is_told_and_never_contradicted(norms: gb.Atlas) -> None:
    rows = [row for row in norms.gaps("NL").records() if "national preventive mechanisms" in str(row["demand"])]
    assert rows
    for row in rows:
        assert row["state"] != "contradicted"
        if row["by"] and "visits" in str(row["demand"]):
            assert "one of the national preventive mechanisms" in str(row["note"])


def test_a_class_without_body_is_one_row_that_claims_nothing(gapland: gb.Atlas) -> None:
    row = row_of(gapland, "gd-09")
    assert (row["body"], row["state"]) == (None, "not known (not searched)")


def test_a_search_for_a_class_counts_only_where_its_dataset_looked(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(GAPLAND, tmp_path / "gapland"))
    with (copy / "searches.csv").open("a", encoding="utf-8") as table:
        table.write("establishment of anti-corruption bodies by parliament,https://www.example.org/laws,2025-06-01\n")
    with (copy / "actors.csv").open("a", encoding="utf-8") as table:
        table.write("xf-police,police,Police of Farland,Поліція Далекії,XF,1990,,\n")
    atlas = gb.build(copy)
    states = {
        code: [row["state"] for row in table.records() if str(row["demand_relation"]).endswith("/gd-09")]
        for code, table in ((code, atlas.gaps(code, norm="gapland")) for code in ("XG", "XF"))
    }
    assert states == {"XG": ["not known (searched)"], "XF": ["not known (not searched)"]}
    assert gaps_of_all(atlas.store, norm="gapland").rows == (
        *atlas.gaps("XF", norm="gapland"),
        *atlas.gaps("XG", norm="gapland"),
    )


@pytest.mark.parametrize("demand", ["gd-11", "gd-12", "gd-13"])
def test_no_agent_a_draft_and_a_mere_capability_are_not_tested(gapland: gb.Atlas, demand: str) -> None:
    assert rows_of(gapland, demand) == []


def test_another_states_court_and_a_draft_do_not_meet_a_demand(gapland: gb.Atlas) -> None:
    table = gapland.gaps("XG", norm="gapland")
    cells = " ".join(str(row) for row in table.rows)
    assert "xg-07" not in cells
    assert "xg-13" not in cells


def test_unknown_country_and_norm_are_said(gapland: gb.Atlas) -> None:
    with pytest.raises(NotFoundError, match="country"):
        gapland.gaps("ZZ", norm="gapland")
    with pytest.raises(NotFoundError, match="norm"):
        gapland.gaps("XG")


def test_without_the_norm_there_are_no_gaps_for_a_build(gapland: gb.Atlas) -> None:
    assert len(gaps_of_all(gapland.store)) == 0
    assert len(gaps_of_all(gapland.store, norm="gapland")) == len(gapland.gaps("XG", norm="gapland"))


def test_labels_and_answers_are_in_ukrainian_too(gapland: gb.Atlas) -> None:
    ours = gapland.gaps("XG", norm="gapland", lang="uk")
    assert "Служба Прогалії" in ours.column("body_label")
    assert ours.column("state") == [state for state in ours.column("state") if state in STATES]
    assert sorted(map(str, ours.column("state"))) == sorted(
        map(str, gapland.gaps("XG", norm="gapland").column("state"))
    )


def test_an_article_is_in_force_between_its_days() -> None:
    ground = Ground("provision", "Act", "art. 1", True, None, "", date(2001, 1, 1), date(2004, 12, 31))
    days = (date(2000, 12, 31), date(2001, 1, 1), date(2004, 12, 31), date(2005, 1, 1))
    assert [ground.in_force_on(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("sort", "locator", "law", "is_article"),
    [
        ("provision", "art. 6", True, True),
        ("supports", "art. 6", True, True),
        ("supports", "art. 6", False, False),
        ("supports", "whole text", True, False),
        ("supports", "page=3", True, False),
        ("supports", "preamble", True, False),
        ("provision", "whole", True, False),
        ("disputes", "art. 6", True, False),
        ("whole act", "", True, False),
    ],
)
def test_an_article_is_a_place_in_a_legal_act(sort: str, locator: str, law: bool, is_article: bool) -> None:
    assert Ground(sort, "Act", locator, law, None, "", None, None).is_article is is_article


# The bundled countries.


@pytest.fixture(scope="module", params=["standards", "norms"])
def bundled_gaps(request: pytest.FixtureRequest, norms: gb.Atlas) -> list[Row]:
    table = gaps_of_all(norms.store, norm=request.param)
    return [*table.records()]


def test_every_met_rests_on_practice_every_law_on_an_article_every_absence_on_a_source(
    norms: gb.Atlas, bundled_gaps: list[Row]
) -> None:
    edges = {key: data for _, _, key, data in network(norms.store, hidden=True).edges(keys=True, data=True)}
    for row in bundled_gaps:
        facts = [edges[str(iri).rsplit("/", 1)[-1]] for iri in str(row["relation"] or "").split("|") if iri]
        if str(row["state"]).startswith("not known"):
            assert not facts
            continue
        assert facts, row
        assert row["grounds"]
        assert row["standard"]
        if row["state"] == "law only":
            assert re.search(r", [^\[]*\d[^\[]*\]", str(row["grounds"])), row["grounds"]
            assert "whole" not in str(row["grounds"]).casefold().split("[")[-1], row["grounds"]
        if row["asks"] == "requires":
            wanted = {"met": ("actual", False), "law only": ("normative", False)}
            for fact in facts:
                assert fact["status"] == "accepted"
                if row["state"] in wanted:
                    assert (fact["modality"], fact["negated"]) == wanted[str(row["state"])]
                else:
                    assert fact["negated"]


def test_the_countries_are_comparable(norms: gb.Atlas, bundled_gaps: list[Row]) -> None:
    assert {row["country"] for row in bundled_gaps} == {row["country"] for row in described(norms.store)}
    assert {row["state"] for row in bundled_gaps} <= set(STATES)


def test_dutch_courts_authorise_by_law_and_the_tib_in_practice(norms: gb.Atlas) -> None:
    rows = [row for row in norms.gaps("NL").records() if "(AIVD)" in str(row["body_label"])]
    prior = [row for row in rows if row["function_label"] == "prior authorisation" and row["asks"] == "requires"]
    states = {str(row["overseer_class"]): str(row["state"]) for row in prior}
    assert states == {"court": "law only", "independent oversight body": "met"}
    before = [
        row
        for row in norms.gaps("NL", as_of=date(2015, 1, 1)).records()
        if row["function_label"] == "prior authorisation"
    ]
    assert not any("(TIB)" in str(row["by_label"]) for row in before)


def test_one_country_takes_less_than_a_second_of_processor_time(norms: gb.Atlas) -> None:
    norms.gaps("NL")
    began = time.process_time()
    norms.gaps("NL")
    assert time.process_time() - began < 1
