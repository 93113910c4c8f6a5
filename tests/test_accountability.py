"""The questions on accountability: each answers with its citation, on a date, and another actor gets another answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import graph_build as gb
from graph_build.catalogue import catalogue

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def atlases(mini: gb.Atlas, norms: gb.Atlas) -> dict[str, gb.Atlas]:
    helpland = gb.build(DATA / "helpland")
    return {"mini": mini, "norms": norms, "netherlands": norms, "helpland": helpland}  # the bundle holds both


@pytest.fixture(scope="module")
def gapland() -> gb.Atlas:
    return gb.build(DATA / "gapland")


@pytest.mark.parametrize(
    "name", [query.name for query in catalogue().values() if query.theme in ("accountability", "gaps")]
)
def test_every_question_answers_its_example(atlases: dict[str, gb.Atlas], name: str) -> None:
    example = catalogue()[name].example
    assert len(atlases[example.dataset].ask(name, **example.values)) >= example.rows_at_least


def labels(atlas: gb.Atlas, question: str, column: str = "actor_label", **params: object) -> set[object]:
    return set(atlas.ask(question, **params).column(column))


def test_who_handled_complaints_changes_with_the_day(norms: gb.Atlas) -> None:
    assert labels(norms, "who-handles-complaints", target="AIVD", as_of="2015-06-01") == {
        "National Ombudsman of the Netherlands"
    }
    assert labels(norms, "who-handles-complaints", target="AIVD", as_of="2020-12-31") == {
        "Review Committee on the Intelligence and Security Services (CTIVD)"
    }


def test_who_authorises_has_its_article_and_differs_by_body(norms: gb.Atlas) -> None:
    rows = norms.ask("who-authorises", target="AIVD", actor="TIB", as_of="2025-12-31").records()
    assert any("art. 32(2)" in str(row["provision"]) for row in rows)
    assert labels(norms, "who-authorises", target="AIVD") != labels(
        norms, "who-authorises", target="nl-national-police"
    )


def test_who_appoints_names_each_share_in_the_appointment(norms: gb.Atlas) -> None:
    rows = norms.ask("who-appoints", target="nl-ctivd").records()
    assert len(rows) == 2
    assert all(row["provision"] for row in rows)
    assert labels(norms, "who-appoints", target="nl-ctivd") != labels(
        norms, "who-appoints", target="nl-national-ombudsman"
    )


def test_an_exclusion_says_not_and_has_its_ground(norms: gb.Atlas) -> None:
    rows = norms.ask("exclusions", actor="EOS", target="no-ministry-defence").records()
    assert rows
    assert all(str(row["phrase"]).startswith("not: ") for row in rows)
    assert any("s. 10" in str(row["provision"]) for row in rows)
    assert len(norms.ask("exclusions", actor="EOS", target="no-pst", country="NL")) == 0


def test_a_pair_gives_its_acts_and_articles_in_force_on_the_day(gapland: gb.Atlas) -> None:
    rows = gapland.ask("provisions", actor="xg-court", target="xg-service", as_of="2010-01-01").records()
    assert [(row["act"], row["article"], row["in_force"]) for row in rows] == [("Law No. 2", "art. 9", "2005-01-01")]
    assert len(gapland.ask("provisions", actor="xg-court", target="xg-service", as_of="2004-01-01")) == 0


def test_laws_tell_what_they_replaced(gapland: gb.Atlas) -> None:
    (row,) = gapland.ask("laws", act="src:xg-law-2").records()
    assert row["replaces"] == "Law No. 0"
    assert {row["title"] for row in gapland.ask("laws", country="XG", as_of="2003-01-01").records()} == {
        "Law No. 0",
        "Law No. 1",
    }


def test_the_line_of_a_body_is_whole_from_any_member(norms: gb.Atlas) -> None:
    from_new, from_old = (norms.ask("succession", body=name).rows for name in ("AIVD", "nl-cvd"))
    assert from_new == from_old
    assert len(from_new) >= 2
    assert norms.ask("succession", body="nl-national-police").rows != from_new


def test_taking_over_is_told_of_the_body_itself_and_not_of_its_line(norms: gb.Atlas) -> None:
    assert labels(norms, "took-over", "target_label", actor="nl-mivd") == {"Military Intelligence Service (MID)"}
    assert len(norms.ask("succession", body="nl-mivd")) > len(norms.ask("took-over", actor="nl-mivd"))
    assert labels(norms, "took-over", target="nl-mid") == {"Military Intelligence and Security Service (MIVD)"}
    assert not norms.ask("took-over", actor="nl-mivd", as_of="1990-01-01").rows


def test_a_function_finds_the_functions_just_below_it(norms: gb.Atlas) -> None:
    for question, more in (("provisions", {}), ("who-oversees", {}), ("yes-or-no", {"actor": "TIB"})):
        wide = norms.ask(question, target="AIVD", function="authorisation", **more).records()
        narrow = norms.ask(question, target="AIVD", function="prior-authorisation", **more).records()
        assert narrow
        assert {row["relation"] for row in narrow} <= {row["relation"] for row in wide}
        audits = norms.ask(question, target="AIVD", function="audit", **more).records()
        assert {row["relation"] for row in audits}.isdisjoint({row["relation"] for row in narrow})


def test_agencies_without_an_outside_overseer_on_a_day(gapland: gb.Atlas) -> None:
    question = "without-outside-overseer"
    assert labels(gapland, question, "agency_label", as_of="1990-06-01") == {"Gapland Police", "Old Bureau"}
    assert labels(gapland, question, "agency_label", as_of="2000-06-01") == {"Gapland Police"}
    assert labels(gapland, question, "agency_label", as_of="2020-01-01") == set()
    within = {
        row["agency_label"]: row["overseers_within"]
        for row in gapland.ask(question, as_of="2000-06-01", lang="uk").records()
    }
    nobody = gapland.ask(question, as_of="1990-06-01").column("overseers_within")
    assert nobody == [None, None]
    assert within == {"Поліція Прогалії": "Міністерство порядку"}


def test_who_answers_to_whom(gapland: gb.Atlas) -> None:
    (row,) = gapland.ask("who-answers-to-whom", actor="xg-commission", as_of=date(2010, 1, 1)).records()
    assert (row["target_label"], row["provision"]) == ("Parliament of Gapland", "Law No. 1, art. 8")


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("Justice and Security Act 2013", "ISA 1994"),
        ("Investigatory Powers Act 2016", "RIPA 2000"),
        ("Wiv 2002", "Wiv 1987"),
        ("Auditor General Act of 13 December 2024", "Auditor General Act of 7 May 2004"),
    ],
)
def test_a_law_that_takes_the_place_of_another_or_of_a_part_of_it_says_so(
    norms: gb.Atlas, newer: str, older: str
) -> None:
    rows = norms.ask("law-replacements", newer=newer, older=older).records()
    assert rows
    assert all(row["older_repealed"] for row in rows)
    assert not norms.ask("law-replacements", newer=older, older=newer).rows


def test_a_case_that_is_over_is_still_told_but_not_before_it_began(norms: gb.Atlas) -> None:
    words = "visit suspended"
    assert labels(norms, "cases", words=words, as_of="2025-12-31") == {"UN Subcommittee on Prevention of Torture (SPT)"}
    assert labels(norms, "cases", words=words, as_of="2016-06-30") == labels(norms, "cases", words=words)
    assert not norms.ask("cases", words=words, as_of="2015-12-31").rows


@pytest.mark.parametrize(("lang", "verdict"), [("en", "no: denied by law"), ("uk", "ні: заперечено законом")])
def test_what_law_denies_is_called_denied(norms: gb.Atlas, lang: str, verdict: str) -> None:
    rows = norms.ask("yes-or-no", actor="ar-ombudsman", target="PSA", as_of="2026-01-01", lang=lang).records()
    assert verdict in {row["verdict"] for row in rows}


def test_a_body_does_nothing_on_a_day_when_it_was_not_there(norms: gb.Atlas) -> None:
    question = {"actor": "TIB", "target": "AIVD", "kind": "oversight"}
    (early,) = norms.ask("yes-or-no", as_of="2016-12-31", **question).records()
    assert str(early["verdict"]).startswith("no: who would act did not exist")
    assert early["provision"]
    assert early["since"]
    later = norms.ask("yes-or-no", as_of="2020-12-31", **question).records()
    assert any(str(row["verdict"]).startswith("yes: ") for row in later)
    assert not any("did not exist" in str(row["verdict"]) for row in later)
    gone = norms.ask("yes-or-no", actor="ar-bicameral-intelligence", target="AFI", as_of="2025-12-31").records()
    assert {str(row["verdict"]) for row in gone} == {"no: towards whom did not exist on this day"}
    (undated,) = norms.ask("yes-or-no", actor="ODIHR", target="OSCE", as_of="1985-01-01").records()
    assert undated["verdict"] == "no: who would act did not exist on this day"
    assert any(row["since"] is None for row in norms.ask("yes-or-no", actor="ODIHR", target="OSCE").records())
    (never_said,) = norms.ask("yes-or-no", actor="TIB", target="Rijksrecherche", as_of="2020-12-31").records()
    assert never_said["verdict"] == "not known: nothing recorded"


@pytest.mark.parametrize(
    ("question", "target", "day", "right", "wrong"),
    [
        ("who-authorises", "AIVD", "2015-12-31", "Wiv 2002", "Wiv 2017"),
        ("who-authorises", "AIVD", "2025-12-31", "Wiv 2017", "Wiv 2002"),
        ("who-oversees", "AIVD", "2015-12-31", "Wiv 2002", "Wiv 2017"),
        ("who-steers", "AIVD", "2025-12-31", "Wiv 2017", "Wiv 2002"),
        ("who-authorises", "MI5", "2010-12-31", "Security Service Act 1989", "Investigatory Powers Act 2016"),
        ("yes-or-no", "AIVD", "2015-12-31", "Wiv 2002", "Wiv 2017"),
    ],
)
def test_the_provision_is_of_a_law_in_force_on_the_day(
    norms: gb.Atlas, question: str, target: str, day: str, right: str, wrong: str
) -> None:
    provisions = " ".join(str(row["provision"]) for row in norms.ask(question, target=target, as_of=day).records())
    assert right in provisions
    assert wrong not in provisions
