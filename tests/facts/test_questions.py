"""Reference questions with known answers: the catalogue answers each with a citation, and gives another answer to another question.

They are not part of the project: without `../shared/facts` beside it, all of this is skipped.

How a question is put to the catalogue stands in `ASKED`: named questions with parameters, as a person who reads their titles would
fill them in. Names in the expected answers become bodies by the atlas's own names, never by likeness.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import graph_build as gb
from graph_build.ask import find
from graph_build.errors import GovgraphError
from graph_build.names import folded

FACTS = Path(__file__).parents[3] / "shared" / "facts"
FILE = FACTS / "questions.jsonl"
pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason="the reference questions are kept beside the project")
COUNTRIES = {"Ukraine": "UA", "Netherlands": "NL", "Argentina": "AR", "United Kingdom": "GB", "Georgia": "GE"}
COUNTRIES |= {"Norway": "NO", "Kenya": "KE", "England and Wales": "GB"}


@dataclass(frozen=True)
class Ask:
    """One question put to the catalogue: its name, parameters, the columns that are the answer, and the part of the answer it gives.

    `part` is the date, act or country before the colon of an expected entry ("2015: President"); empty = no colon.
    """

    query: str
    params: tuple[tuple[str, object], ...]
    columns: tuple[str, ...] = ("actor",)
    part: str = ""


@dataclass(frozen=True)
class Put:
    """How a question is put, and put again about somebody or some day else."""

    asks: tuple[Ask, ...]
    others: tuple[Ask, ...]
    verdict: str = ""


def ask(query: str, *columns: str, part: str = "", **params: object) -> Ask:
    return Ask(query, tuple(params.items()), columns or ("actor",), part)


ASKED: Mapping[str, Put] = {
    "L01": Put(
        (ask("who-appoints", target="SBU"),), (ask("who-appoints", target="NABU"), ask("who-appoints", target="SSSG"))
    ),
    "L04": Put(
        (ask("who-oversees", target="SBU", actor_type="parliamentary-committee", modality="actual"),),
        (ask("who-oversees", target="AIVD", actor_type="parliamentary-committee", modality="actual"),),
    ),
    "L06": Put(
        (
            ask("provisions", target="SBI", kind="oversight", layer="public"),
            ask("provisions", target="NABU", kind="oversight", layer="public"),
        ),
        (ask("provisions", target="SBU", kind="oversight", layer="public"),),
    ),
    "L07": Put(
        (ask("who-authorises", target="AIVD", actor_type="independent-oversight-body"),
         ask("who-authorises", target="MIVD", actor_type="independent-oversight-body")),
        (ask("who-authorises", target="MI5", actor_type="independent-oversight-body"),
         ask("who-authorises", target="AIVD", actor_type="independent-oversight-body", as_of="2015-12-31")),
    ),
    "L09": Put(
        (ask("who-oversees", target="Argentine Federal Police", actor_type="parliamentary-committee"),
         ask("who-oversees", target="Argentine National Gendarmerie", actor_type="parliamentary-committee")),
        (ask("who-oversees", target="SIDE", actor_type="parliamentary-committee"),),
    ),
    "L11": Put(
        (ask("who-handles-complaints", target="MI5"), ask("who-handles-complaints", target="GCHQ")),
        (ask("who-handles-complaints", target="AIVD"), ask("who-handles-complaints", target="MI5", as_of="1985-01-01")),
    ),
    "L13": Put(
        (ask("who-steers", target="SSSG", kind="direction", function="management"),
         ask("who-appoints", target="SSSG")),
        (ask("who-steers", target="SBU", kind="direction"), ask("who-appoints", target="SBU")),
    ),
    "A02": Put(
        (ask("yes-or-no", target="SBU", type="independent-oversight-body", kind="oversight", layer="independent"),),
        (ask("yes-or-no", target="AIVD", type="independent-oversight-body", kind="oversight", layer="independent"),
         ask("yes-or-no", target="PST", type="independent-oversight-body", kind="oversight", layer="independent")),
        verdict="no",
    ),
    "A03": Put(
        (ask("yes-or-no", actor="EUAM", target="SBU", kind="direction"),
         ask("yes-or-no", actor="EUAM", target="National Police of Ukraine", kind="direction"),
         ask("yes-or-no", actor="EUAM", target="Ministry of Internal Affairs of Ukraine", kind="direction")),
        (ask("yes-or-no", actor="President of Ukraine", target="SBU", kind="direction"),),
        verdict="no",
    ),
    "A06": Put(
        (ask("yes-or-no", actor="EOS Committee", target="Ministry of Defence of Norway", function="inspection"),
         ask("yes-or-no", actor="EOS Committee", target="Ministry of Justice and Public Security of Norway",
             function="inspection")),
        (ask("yes-or-no", actor="EOS Committee", target="PST", function="inspection"),),
        verdict="no",
    ),
    "A09": Put(
        (ask("yes-or-no", actor="IPOA", target="Kenya Defence Forces"),
         ask("yes-or-no", actor="IPOA", target="Kenya Prisons Service")),
        (ask("yes-or-no", actor="IPOA", target="National Police Service of Kenya"),),
        verdict="no",
    ),
    "A10": Put(
        (ask("yes-or-no", actor="CTIVD", target="BZK", kind="direction", matter="unlawful operation"),
         ask("yes-or-no", actor="CTIVD", target="Ministry of Defence of the Netherlands", kind="direction", matter="unlawful operation")),
        (ask("yes-or-no", actor="BZK", target="AIVD", kind="direction"),),
        verdict="no",
    ),
    "A11": Put(
        (ask("yes-or-no", actor="IOPC", target="MI5", function="complaint-handling"),),
        (ask("yes-or-no", actor="IOPC", target="Metropolitan Police Service", function="complaint-handling"),
         ask("yes-or-no", actor="IPT", target="MI5", function="complaint-handling")),
        verdict="no",
    ),
    "C02": Put(
        (ask("cases", "actor", "target", words="Bihus.Info", function="investigation", country="UA"),),
        (ask("cases", "actor", "target", words="Maidan"), ask("cases", "actor", "target", words="Balie")),
    ),
    "C04": Put(
        (ask("who-oversees", "actor", "target", actor="SAPO"), ask("who-authorises", target="NABU")),
        (ask("who-authorises", target="AIVD"), ask("who-oversees", "actor", "target", actor="TIB")),
    ),
    "C07": Put(
        (ask("steps-to-a-warrant", service="AIVD", matter="journalist"),),
        (ask("steps-to-a-warrant", service="MIVD", matter="journalist"),
         ask("steps-to-a-warrant", service="AIVD", matter="letters")),
    ),
    "C08": Put(
        (ask("who-handles-complaints", target="National Police Service of Kenya", layer="internal"),
         ask("who-oversees", target="IAU"),
         ask("who-steers", target="National Police Service of Kenya", kind="direction", function="tasking")),
        (ask("who-handles-complaints", target="Metropolitan Police Service"), ask("who-oversees", target="SBU")),
    ),
    "C10": Put(
        (ask("who-authorises", target="MI5"), ask("who-handles-complaints", target="MI5")),
        (ask("who-authorises", target="AIVD"), ask("who-handles-complaints", target="AIVD"),
         ask("who-authorises", target="MI5", as_of="1985-01-01")),
    ),
    "T01": Put(
        (ask("law-replacements", "older_law", words="2469-VIII", older="Civilian Control"),),
        (ask("law-replacements", "older_law", words="Wiv 2017"), ask("law-replacements", "older_law", words="912-IX")),
    ),
    "T02": Put(
        (ask("who-appoints", target="NABU", as_of="2015-12-31", part="2015"),
         ask("who-appoints", target="NABU", as_of="2023-12-31", part="2023")),
        (ask("who-appoints", target="SBU", as_of="2023-12-31", part="2023"),),
    ),
    "T04": Put(
        (ask("yes-or-no", "verdict", actor="SAPO", target="Office of the Prosecutor General of Ukraine",
             kind="composition", as_of="2022-12-31", part="2022"),
         ask("yes-or-no", "verdict", actor="SAPO", target="Office of the Prosecutor General of Ukraine",
             kind="composition", as_of="2024-06-30", part="June 2024")),
        (ask("yes-or-no", "verdict", actor="NABU", target="Office of the Prosecutor General of Ukraine",
             kind="composition", as_of="2022-12-31", part="2022"),),
    ),
    "T07": Put(
        (ask("who-handles-complaints", target="AIVD", as_of="2015-12-31", part="2015"),
         ask("who-handles-complaints", target="AIVD", as_of="2020-12-31", part="2020")),
        (ask("who-handles-complaints", target="MI5", as_of="2020-12-31", part="2020"),),
    ),
    "T08": Put(
        (ask("who-answers-to-whom", "target", actor="Intelligence and Security Committee (statutory, 1994-2013)",
             as_of="2005-12-31", part="2005"),
         ask("who-answers-to-whom", "target", actor="ISC", part="2013 Act")),
        (ask("who-answers-to-whom", "target", actor="EOS Committee", as_of="2005-12-31", part="2005"),),
    ),
    "T10": Put(
        (ask("yes-or-no", "verdict", actor="Senate of Argentina", target="AFI", kind="appointment",
             as_of="2016-12-31", part="2016"),
         ask("yes-or-no", "verdict", actor="Senate of Argentina", target="SIDE", kind="appointment",
             as_of="2025-12-31", part="2025")),
        (ask("yes-or-no", "verdict", actor="Senate of Argentina", target="AFI", kind="appointment",
             as_of="2025-12-31", part="2016"),),
    ),
    "T13": Put(
        (ask("who-handles-complaints", target="NSIS", as_of="2005-12-31", part="1998 Act"),
         ask("who-handles-complaints", target="NIS", country="KE", as_of="2024-12-31", part="2012 Act")),
        (ask("who-handles-complaints", target="National Police Service of Kenya", as_of="2024-12-31", part="2012 Act"),),
    ),
    "M02": Put(
        tuple(ask("who-authorises", country=code, target_type="intelligence-service", part=name)
              for name, code in (("Netherlands", "NL"), ("United Kingdom", "GB"), ("Argentina", "AR"))),
        (ask("who-authorises", country="NO", target_type="intelligence-service", part="Netherlands"),
         ask("who-authorises", country="NL", target_type="intelligence-service", as_of="2015-12-31", part="Netherlands")),
    ),
    "M03": Put(
        (ask("who-handles-complaints", target="Police forces of England and Wales", layer="independent",
             as_of="2023-12-31", part="England and Wales"),
         ask("who-handles-complaints", target="National Police Service of Kenya", layer="independent",
             as_of="2023-12-31", part="Kenya"),
         ask("who-oversees", country="GE", layer="independent", function="investigation",
             as_of="2023-12-31", part="Georgia")),
        (ask("who-handles-complaints", target="Police forces of England and Wales", layer="independent",
             as_of="2010-12-31", part="England and Wales"),),
    ),
    "P01": Put(
        (ask("provisions", "act", "article", target="SBU", kind="oversight", words="Security Service of Ukraine"),),
        (ask("provisions", "act", "article", target="SBI", kind="oversight"),
         ask("provisions", "act", "article", target="AIVD", kind="oversight")),
    ),
    "P03": Put(
        (ask("provisions", "act", "article", actor="EOS Committee", target="Storting", kind="accountability"),),
        (ask("provisions", "act", "article", actor="ISC", kind="accountability"),
         ask("provisions", "act", "article", actor="EOS Committee", target="PST")),
    ),
    "P04": Put(
        (ask("provisions", "act", "article", actor="Inspectie JenV", target="Politie", kind="oversight"),
         ask("who-steers", target="Inspectie JenV")),
        (ask("provisions", "act", "article", actor="CTIVD", target="AIVD", kind="oversight"),
         ask("who-steers", target="CTIVD")),
    ),
}  # fmt: skip


def questions() -> list[dict[str, object]]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()] if FILE.is_file() else []


@cache
def rows(atlas: gb.Atlas, one: Ask, as_of: object) -> tuple[Mapping[str, object], ...]:
    """Return the rows of an answer, on the day of the question unless the ask has its own."""
    day = {"as_of": as_of} if "as_of" in find(one.query).params else {}
    return tuple(atlas.ask(one.query, **(day | dict(one.params))).records())


def told(atlas: gb.Atlas, one: Ask, as_of: object) -> set[str]:
    """Return what an answer says: bodies, verdicts, or act and article in one."""
    found = rows(atlas, one, as_of)
    if one.columns == ("act", "article"):
        return {f"{row['act']} {row['article']}" for row in found}
    return {str(row[column]) for row in found for column in one.columns}


def known_as(atlas: gb.Atlas, name: str, accept: Sequence[str], country: str) -> set[str]:
    """Return the bodies that bear the expected name or an accepted one in the country; of a name that nobody bears, nothing."""
    bodies = set()
    for called in (name, *accept, *re.split(r" with | / ", name)):
        try:
            bodies.add(atlas.names.resolve(called, country=country))
        except GovgraphError:
            continue
    return bodies


def parted(entry: str) -> tuple[str, str]:
    """Return the part of the answer that an entry is for, and the entry: "2015: yes" -> "2015", "yes"."""
    part, mark, rest = entry.partition(": ")
    return (part, rest) if mark else ("", entry)


def says(atlas: gb.Atlas, answer: set[str], entry: str, accept: Sequence[str], country: str) -> bool:
    """Whether an answer holds the entry: a body by its name, yes or no as the verdict, a law and its article."""
    if entry in ("yes", "no"):
        return any(value.startswith(f"{entry}: ") for value in answer)
    bodies = known_as(atlas, entry, accept, country)
    if bodies:
        return bool(bodies & answer)
    return any(cites(value, called) for value in answer for called in (entry, *accept))


def cites(value: str, wanted: str) -> bool:
    """Whether an answer is the law and article that are wanted: all numbers of these, and a word of the title or the law's number.

    >>> cites("Law No. 2229-XII on the Security Service of Ukraine art. 31", "Law 2229-XII of 25 March 1992 art. 31")
    True
    >>> cites("Law No. 2229-XII on the Security Service of Ukraine art. 32", "Law 2229-XII of 25 March 1992 art. 31")
    False
    """
    article = re.search(r"\b(?:arts?|ss?)\. ([\d\w-]+)", wanted)
    if article and not re.search(rf"\b(?:arts?|ss?)\. {re.escape(article[1])}(?![\w-])", value):
        return False
    act = wanted[: article.start()] if article else wanted
    numbers = re.findall(r"\b\d+-[IVX]+\b", act)
    if numbers:
        return all(number in value for number in numbers)
    asked = {word for word in re.findall(r"\w{3,}", folded(act)) if word not in ("law", "act", "lov", "the", "and")}
    return bool(asked) and len(asked & set(re.findall(r"\w{3,}", folded(value)))) * 2 >= len(asked)


def entries(question: Mapping[str, object], key: str) -> Iterator[tuple[str, str, list[str]]]:
    accept = question["accept"]
    assert isinstance(accept, dict)
    for entry in question[key]:  # type: ignore[attr-defined]
        yield *parted(entry), accept.get(entry, [])


def home(question: Mapping[str, object], part: str) -> str:
    return COUNTRIES.get(part) or COUNTRIES.get(str(question["country"]), "")


def answers(atlas: gb.Atlas, question: Mapping[str, object], asks: Sequence[Ask], part: str) -> set[str]:
    """Return what the asks of one part say, of all of them if the entry is of none."""
    chosen = [one for one in asks if not part or one.part == part]
    return {value for one in chosen for value in told(atlas, one, question["as_of"])}


def verdicts_of(atlas: gb.Atlas, one: Ask, question: Mapping[str, object]) -> set[str]:
    return {str(row["verdict"]) for row in rows(atlas, one, question["as_of"])}


QUESTIONS = questions()


def named(question: object) -> str:
    return str(question["id"]) if isinstance(question, dict) else ""


def test_every_question_is_put() -> None:
    assert {str(question["id"]) for question in QUESTIONS} == set(ASKED)


@pytest.mark.parametrize("question", QUESTIONS, ids=named)
def test_the_expected_answer_is_given(question: dict[str, object], norms: gb.Atlas) -> None:
    put = ASKED[str(question["id"])]
    if question["match"] == "none_or_gap":
        for one in put.asks:
            verdicts = verdicts_of(norms, one, question)
            assert all(verdict.startswith((f"{put.verdict}: ", "not known: ")) for verdict in verdicts), verdicts
            assert any(verdict.startswith(f"{put.verdict}: ") for verdict in verdicts), verdicts
        return
    for part, entry, accept in entries(question, "expected"):
        answer = answers(norms, question, put.asks, part)
        assert says(norms, answer, entry, accept, home(question, part)), (entry, sorted(answer))


@pytest.mark.parametrize("question", QUESTIONS, ids=named)
def test_nothing_that_must_not_be_answered_is(question: dict[str, object], norms: gb.Atlas) -> None:
    put = ASKED[str(question["id"])]
    for part, entry, _ in entries(question, "must_not_contain"):
        if question["match"] == "none_or_gap":  # only a yes could say it
            given = {verdict for one in put.asks for verdict in verdicts_of(norms, one, question)}
            assert not [verdict for verdict in given if verdict.startswith("yes")], given
        else:
            answer = answers(norms, question, put.asks, part)
            assert not says(norms, answer, entry, (), home(question, part)), (entry, sorted(answer))


@pytest.mark.parametrize("question", QUESTIONS, ids=named)
def test_each_row_cites_a_law_and_article_or_a_document(question: dict[str, object], norms: gb.Atlas) -> None:
    for one in ASKED[str(question["id"])].asks:
        found = rows(norms, one, question["as_of"])
        assert found, one
        for row in found:
            if str(row.get("verdict", "")).startswith("not known"):
                continue
            cited = [row.get(column) for column in ("provision", "evidence", "article", "act", "newer_law")]
            assert any(cited), row


@pytest.mark.parametrize("question", QUESTIONS, ids=named)
def test_another_question_has_another_answer(question: dict[str, object], norms: gb.Atlas) -> None:
    put = ASKED[str(question["id"])]
    assert put.others
    for other in put.others:
        given = told(norms, other, question["as_of"])
        if put.verdict and other.columns == ("actor",):
            given = verdicts_of(norms, other, question)
            assert not given or any(verdict.startswith(("yes", "not known")) for verdict in given), (other, given)
            continue
        same = [
            told(norms, one, question["as_of"])
            for one in put.asks
            if (one.query, one.part) == (other.query, other.part)
        ]
        same.append({value for one in put.asks for value in told(norms, one, question["as_of"])})
        assert given not in same, (other, sorted(given))


def test_no_question_or_dataset_names_the_id_of_a_question() -> None:
    root = Path(__file__).parents[2]
    ids = re.compile("|".join(rf"(?<![\w-]){one}(?![\w-])" for one in ASKED))
    files = [*root.glob("queries/**/*.rq"), *root.glob("datasets/*/relations.csv"), *root.glob("graph_build/**/*.py")]
    assert not [file.name for file in files if ids.search(file.read_text(encoding="utf-8"))]
