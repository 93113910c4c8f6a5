"""What a question says of a day: not what a body that was not yet there did, nor what a later law says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import graph_build as gb

HELPLAND = Path(__file__).parents[1] / "data" / "helpland"
UNDATED = "xh-17,xh-office,oversight,xh-service,,normative,inspection,independent,,xh-law art. 6,,,high,read\n"
UNDATED += "xh-18,xh-office,accountability,xh-chamber,,normative,,,,xh-law art. 7,,,high,read\n"
OLD = "xh-19,xh-police,accountability,xh-fund,,normative,,,,xh-law art. 8|xh-old-law art. 1,1995,,high,read\n"
ASKED = {"who-oversees": "target", "relations": "target", "provisions": "target", "oversight-ladder": "target"}
ASKED |= {"steps-upward": "body", "statements": "actor", "duties": "target"}


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
