"""What a question says of a day: not what a body that was not yet there did, nor what a later law says."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

import graph_build as gb
from graph_build.catalogue import catalogue
from graph_build.store import EmbeddedStore
from tests.queries import engines
from tests.queries.engines import RdflibStore, answer

HELPLAND = Path(__file__).parents[1] / "data" / "helpland"
UNDATED = "xh-17,xh-office,oversight,xh-service,,normative,inspection,independent,,xh-law art. 6,,,high,read\n"
UNDATED += "xh-18,xh-office,accountability,xh-chamber,,normative,,,,xh-law art. 7,,,high,read\n"
OLD = "xh-19,xh-police,accountability,xh-fund,,normative,,,,xh-law art. 8|xh-old-law art. 1,1995,,high,read\n"
ASKED = {"who-oversees": "target", "relations": "target", "provisions": "target", "oversight-ladder": "target"}
ASKED |= {"steps-upward": "body", "statements": "actor", "duties": "target"}
LAWS = (
    "xh-gone-law,law,Gone Law,Parliament of Helpland,1991,1991-01-01,1999-12-31,\n"
    "xh-new-law,law,New Law,Parliament of Helpland,2001,2001-01-01,,\n"
)
RESTS = {"actor": "xh-police", "target": "xh-fund", "modality": "normative", "start": "1995", "confidence": "high"}
RESTS |= {"verified": "read", "legal_basis": "xh-gone-law art. 1|xh-new-law art. 1"}
KINDS: tuple[str, ...] = (
    "accountability",
    "direction",
    "appointment",
    "information",
    "advocacy",
    "conditionality",
    "coordination",
)
KINDS += ("partnership", "support", "funding", "representation", "education", "need")
RELATIONS = (
    *({"kind": kind} for kind in KINDS),
    *({"kind": "oversight", "function": name} for name in ("audit", "authorisation", "complaint-handling")),
    {"kind": "composition", "function": "part"},
    {"kind": "expertise", "negated": "true"},
    {"kind": "mobilisation", "with": "xh-watch"},
    {"kind": "conduct", "target": "principle:transparency"},
    {"kind": "entitlement", "target": "xh-right"},
)
"""What the police does to the fund, each by a law that was repealed in 1999 and by one in force since 2001."""
PAIRS = (
    {"kind": "funding", "actor": "xh-fund", "target": "xh-old-watch", "topic": "human-rights"},
    {"kind": "funding", "actor": "xh-embassy", "target": "xh-old-watch", "topic": "human-rights"},
    {"kind": "oversight", "actor": "xh-old-watch", "target": "xh-service", "function": "monitoring", "layer": "public"},
    {"kind": "support", "actor": "xh-fund", "target": "xh-service"},
    {"kind": "oversight", "actor": "xh-fund", "target": "xh-service", "function": "audit", "layer": "independent"},
    {"kind": "oversight", "actor": "xh-embassy", "target": "xh-service", "function": "audit", "layer": "independent"},
    {"kind": "succession", "actor": "xh-service", "target": "xh-police"},
)
"""By the same two laws: support given twice, a watchdog paid by who supports whom it watches, a mandate given twice, and who took over."""
GROUNDED = {"steps-upward": "body", "coordination-and-overlap": "party", "partnerships": "party", "training": "trainer"}
GROUNDED |= {"expectations": "giver", "money-and-capacity": "giver"}
GROUNDED |= dict.fromkeys(
    ("advocacy", "answers-for", "aspirations", "between", "conditionality", "demands-on-watchdogs", "denied", "duties"),
    "actor",
)
GROUNDED |= dict.fromkeys(
    ("exclusions", "go-betweens", "information", "needs", "oversight-ladder", "part-of", "principles", "public-money"),
    "actor",
)
GROUNDED |= dict.fromkeys(
    ("relations", "protection-and-voice", "representation", "rights-and-laws", "who-answers-to-whom"),
    "actor",
)
GROUNDED |= dict.fromkeys(
    ("who-appoints", "who-authorises", "who-handles-complaints", "who-oversees", "who-steers"), "actor"
)
GROUNDED |= {"steps-to-a-warrant": "", "composition": ""}
"""The questions of a day that give provisions or evidence, and by which parameter each is asked for the police; without one it is asked of all."""
DAYS = {"1998-06-30": {"Gone"}, "2000-06-30": set[str](), "2005-06-30": {"New"}, "any": {"Gone", "New"}}
SINCE = DAYS | {"2000-06-30": {"Gone"}, "2005-06-30": {"Gone", "New"}}
"""What looks back at what had begun by a day cites the laws of that day and those that had ended."""
TWO_SIDES = {
    "support-overlaps": ("one_evidence", "other_evidence"),
    "watchdogs-and-their-funders": ("funding_evidence", "tie_evidence"),
    "double-mandates": ("one_evidence", "other_evidence"),
}
LOOKING_BACK: dict[str, dict[str, str]] = {"took-over": {}, "cases": {"words": "Helpland Police"}}
OTHER_END = {"between": {"partner": "xh-fund"}, "expectations": {"receiver": "xh-fund"}}


@pytest.fixture(scope="module")
def helpland(tmp_path_factory: pytest.TempPathFactory) -> gb.Atlas:
    folder = tmp_path_factory.mktemp("days") / "helpland"
    shutil.copytree(HELPLAND, folder)
    for name, more in (
        ("relations", UNDATED + OLD),
        ("sources", "xh-old-law,law,Old Law,Parliament of Helpland,1994,1994-01-01,\n"),
        ("evidence", "xh-19,xh-law,art. 8,supports\nxh-19,xh-old-law,art. 1,supports\n"),
    ):
        table = folder / f"{name}.csv"
        table.write_text(table.read_text(encoding="utf-8") + more, encoding="utf-8")
    return gb.build(folder)


@pytest.mark.parametrize(("question", "asked"), ASKED.items())
def test_what_has_no_start_is_not_said_before_a_body_was_there(helpland: gb.Atlas, question: str, asked: str) -> None:
    about = "xh-office" if asked == "actor" else "xh-service"
    early = helpland.ask(question, as_of="1999-12-31", **{asked: about}).rows
    assert not early
    assert helpland.ask(question, as_of="2005-12-31", **{asked: about}).rows


def test_an_answer_to_whom_too(helpland: gb.Atlas) -> None:
    assert not helpland.ask("who-answers-to-whom", actor="xh-office", as_of="1999-12-31").rows
    (row,) = helpland.ask("who-answers-to-whom", actor="xh-office", as_of="2005-12-31").records()
    assert row["since"] is None


def test_a_later_law_is_neither_provision_nor_evidence(helpland: gb.Atlas) -> None:
    for question in ("who-answers-to-whom", "relations"):
        (early,) = helpland.ask(question, actor="xh-police", target="xh-fund", as_of="1996-06-30").records()
        (late,) = helpland.ask(question, actor="xh-police", target="xh-fund", as_of="2005-06-30").records()
        assert (early["provision"], early["evidence"]) == ("Old Law, art. 1", "Old Law art. 1")
        assert "Law on Oversight art. 8" in str(late["evidence"])


@pytest.fixture(scope="module")
def two_laws(tmp_path_factory: pytest.TempPathFactory) -> gb.Atlas:
    folder = tmp_path_factory.mktemp("laws") / "helpland"
    shutil.copytree(HELPLAND, folder)
    header = "id,type,title,issuer,issued,in_force,repealed,url\n"
    (folder / "sources.csv").write_text(header + LAWS, encoding="utf-8")
    (folder / "things.csv").write_text("id,type,label_en,label_uk\nxh-right,right,a right,право\n", encoding="utf-8")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"].append({"name": "things", "path": "things.csv"})
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    rows = [RESTS | each | {"id": f"xh-{number}"} for number, each in enumerate(RELATIONS + PAIRS, 30)]
    _write(folder / "relations.csv", rows)
    cited = [(row["id"], law) for row in rows for law in ("xh-gone-law", "xh-new-law")]
    places = [
        {"relation": relation, "source": law, "locator": "art. 1", "stance": "supports"} for relation, law in cited
    ]
    _write(folder / "evidence.csv", places)
    return gb.build(folder)


@pytest.fixture(scope="module")
def in_rdflib(two_laws: gb.Atlas) -> RdflibStore:
    assert isinstance(two_laws.store, EmbeddedStore)
    return engines.in_rdflib(two_laws.store)


def _write(table: Path, rows: list[dict[str, str]]) -> None:
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(("question", "asked"), GROUNDED.items())
@pytest.mark.parametrize(("day", "cited"), DAYS.items())
def test_only_a_law_in_force_on_the_day_is_cited(
    two_laws: gb.Atlas, question: str, asked: str, day: str, cited: set[str]
) -> None:
    """A relation that rests on no law of the day stays, without one."""
    given = OTHER_END.get(question, {}) | ({asked: "xh-police"} if asked else {})
    rows = two_laws.ask(question, as_of=day, **given).records()
    assert rows
    for column in {"provision", "evidence"} & rows[0].keys():
        assert [_laws(row[column]) for row in rows] == [cited] * len(rows), column


@pytest.mark.parametrize(("day", "cited"), DAYS.items())
def test_statements_have_a_row_for_each_law_in_force_on_the_day(two_laws: gb.Atlas, day: str, cited: set[str]) -> None:
    rows = two_laws.ask("statements", actor="xh-police", as_of=day).records()
    assert {_laws(row["provision"]) == cited for row in rows} == {True}
    assert set[str]().union(*(_laws(row["source"]) for row in rows)) == cited


@pytest.mark.parametrize(("question", "sides"), TWO_SIDES.items())
@pytest.mark.parametrize(("day", "cited"), DAYS.items())
def test_either_side_cites_only_a_law_in_force_on_the_day(
    two_laws: gb.Atlas, question: str, sides: tuple[str, str], day: str, cited: set[str]
) -> None:
    (row,) = two_laws.ask(question, as_of=day).records()
    assert [_laws(row[side]) for side in sides] == [cited, cited]


@pytest.mark.parametrize(("question", "asked"), LOOKING_BACK.items())
@pytest.mark.parametrize(("day", "cited"), SINCE.items())
def test_what_looks_back_cites_no_later_law(
    two_laws: gb.Atlas, question: str, asked: dict[str, str], day: str, cited: set[str]
) -> None:
    rows = two_laws.ask(question, as_of=day, **asked).records()
    assert rows
    assert [(_laws(row["provision"]), _laws(row["evidence"])) for row in rows] == [(cited, cited)] * len(rows)


@pytest.mark.parametrize("question", [*TWO_SIDES, *LOOKING_BACK])
@pytest.mark.parametrize("day", ["1998-06-30", "2005-06-30"])
def test_both_engines_agree_on_a_day(two_laws: gb.Atlas, in_rdflib: RdflibStore, question: str, day: str) -> None:
    """Where no law of the day remains, rdflib loses the relation too: it forgets VALUES when it looks into an OPTIONAL again."""
    asked: dict[str, object] = {"as_of": day, **LOOKING_BACK.get(question, {})}
    expected = two_laws.ask(question, **asked)
    assert answer(in_rdflib, catalogue()[question], asked).rows == expected.rows


def _laws(cell: object) -> set[str]:
    return {law for law in ("Gone", "New") if f"{law} Law" in str(cell)}


def test_a_brief_cites_the_laws_of_its_day_and_says_when_they_ended(two_laws: gb.Atlas) -> None:
    early, late = (two_laws.brief("xh-police", as_of=date(year, 6, 30)) for year in (1998, 2005))
    assert "Gone Law</span>, in force since 1991-01-01 until 1999-12-31" in early
    assert "New Law" not in early
    assert "New Law</span>, in force since 2001-01-01" in late
    assert "Gone Law" not in late
