"""Relations against the lives of the bodies at their ends: a warning for what cannot be, and none for what is natural."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from graph_build.errors import Finding
from graph_build.readers import Dataset, check, read
from graph_build.readers.lifetimes import AFTER_IT_ENDS, BEFORE_IT_BEGINS, OF_THE_PAST
from graph_build.records import Actor, Modality, Place, Relation
from graph_build.vocabulary import vocabulary

MINI = Path(__file__).parents[1] / "data" / "mini"
COUNCIL = Actor("council", ("independent-oversight-body",), "Council", founded="2010-05", dissolved="2019-06-30")
AGENCY = Actor("agency", ("intelligence-service",), "Agency", founded="2001", dissolved="2020")
PRESS = Actor("press", ("media",), "Press")
BODIES = (COUNCIL, AGENCY, PRESS)


def found(
    actor: str,
    target: str,
    start: str = "",
    end: str = "",
    *,
    kind: str = "oversight",
    modality: Modality = "actual",
    function: tuple[str, ...] = (),
    others: tuple[str, ...] = (),
    negated: bool = False,
) -> list[tuple[str, str]]:
    """Return column and message of what is said of one relation between the three bodies."""
    relation = Relation(
        "r-1", actor, kind, target, modality, others, start=start, end=end, function=function, negated=negated,
        legal_basis=("law art. 1",), place=Place("relations.csv", 2),
    )  # fmt: skip
    dataset = Dataset("tiny", actors=BODIES, relations=(relation,))
    findings = [finding for finding in check([dataset]) if "law" not in finding.message]
    assert all(finding.severity == "warning" and finding.remedy for finding in findings)
    assert all((finding.file, finding.line) == ("relations.csv", 2) for finding in findings)
    return [(finding.field, finding.message) for finding in findings]


COUNCIL_FOUNDED = "2010-04 is before council was founded, 2010-05"
COUNCIL_GONE = "there is no end, but council was dissolved, 2019-06-30"


def test_what_lies_within_both_lives_is_silent() -> None:
    assert found("council", "agency", "2010-05", "2019-06-30") == []
    assert found("press", "agency", "2001", "2020-12-31") == []


def test_a_start_before_either_body_was_founded() -> None:
    assert found("council", "agency", "2010-04", "2012") == [("start", COUNCIL_FOUNDED)]
    assert found("press", "agency", "2000-12-31", "2012") == [
        ("start", "2000-12-31 is before agency was founded, 2001")
    ]
    assert found("press", "agency", "2010-04", "2012", others=("council",)) == [("start", COUNCIL_FOUNDED)]


def test_an_end_before_the_body_was_founded_tells_where_no_start_is_known() -> None:
    assert found("council", "agency", end="2010-04") == [("end", COUNCIL_FOUNDED)]
    assert found("council", "agency", end="2010-05") == []


@pytest.mark.parametrize("start", ["2010", "2010-05", "2010-05-01"])
def test_dates_are_compared_as_far_as_both_are_known(start: str) -> None:
    assert found("council", "press", start, "2012") == []


@pytest.mark.parametrize(
    ("end", "late"), [("2019", False), ("2019-06", False), ("2019-06-30", False), ("2019-07", True), ("2020", True)]
)
def test_an_end_after_a_body_was_dissolved(end: str, late: bool) -> None:
    expected = [("end", f"{end} is after council was dissolved, 2019-06-30")] if late else []
    assert found("council", "press", "2011", end) == expected
    assert found("press", "council", "2011", end) == expected


def test_an_open_end_of_a_dissolved_body_is_told_for_each_end_that_is_gone() -> None:
    gone = "there is no end, but agency was dissolved, 2020"
    assert found("council", "agency", "2011") == [("end", gone), ("end", COUNCIL_GONE)]
    for modality in ("normative", "capability"):
        assert found("council", "press", modality=modality) == [("end", COUNCIL_GONE)]


def test_a_start_after_a_body_was_dissolved_tells_where_no_end_is_known() -> None:
    assert found("press", "council", "2019-07") == [("start", "2019-07 is after council was dissolved, 2019-06-30")]


def test_what_is_described_of_a_kind_of_body_has_no_end() -> None:
    norm = Actor("norm-media", ("media",), "media", stands_for="media")
    relation = Relation("r-1", "norm-media", "oversight", "council", "descriptive")
    assert check([Dataset("tiny", actors=(*BODIES, norm), relations=(relation,))]) == []


@pytest.mark.parametrize("kind", sorted(BEFORE_IT_BEGINS))
def test_a_body_is_made_and_manned_before_its_first_day(kind: str) -> None:
    assert found("press", "council", "2009", "2012", kind=kind) == []
    assert found("council", "press", "2009", "2012", kind=kind) == [
        ("start", "2009 is before council was founded, 2010-05")
    ]


@pytest.mark.parametrize("kind", sorted(AFTER_IT_ENDS))
def test_who_made_a_body_and_who_came_after_it_stays_true(kind: str) -> None:
    assert found("press", "council", "2019-07-01", kind=kind) == []
    assert found("council", "press", "2011", kind=kind) == []


@pytest.mark.parametrize("function", sorted(OF_THE_PAST))
def test_what_looks_back_reaches_a_body_that_is_gone_but_comes_to_an_end(function: str) -> None:
    assert found("press", "council", "2019-09", "2021", function=(function,)) == []
    assert found("press", "council", "2019-09", function=(function,)) == [("end", COUNCIL_GONE)]
    assert len(found("council", "press", "2011", "2021", function=(function,))) == 1


def test_a_denial_is_true_of_a_body_that_is_not_there() -> None:
    assert found("council", "agency", "1990", negated=True) == []


def test_the_bodies_of_another_dataset_are_looked_up() -> None:
    relation = Relation("r-1", "council", "oversight", "press", "actual", start="2009", end="2012")
    findings = check([Dataset("one", relations=(relation,)), Dataset("two", actors=BODIES)])
    assert [finding.message for finding in findings] == ["2009 is before council was founded, 2010-05"]


def test_a_date_that_is_none_is_told_once() -> None:
    body = Actor("council", ("media",), "Council", founded="9999-99")
    relation = Relation("r-1", "council", "oversight", "press", "actual", start="2009")
    findings = check([Dataset("tiny", actors=(body, PRESS), relations=(relation,))])
    assert [finding.field for finding in findings] == ["founded"]


def test_of_a_relation_of_no_kind_only_that_is_told() -> None:
    relation = Relation("r-1", "council", "oversigth", "press", "actual", start="2009")
    assert [finding.field for finding in check([Dataset("tiny", actors=BODIES, relations=(relation,))])] == ["kind"]


def test_the_words_are_those_of_the_ontology() -> None:
    assert set(vocabulary().kinds) >= BEFORE_IT_BEGINS | AFTER_IT_ENDS
    assert set(vocabulary().schemes["function"]) >= OF_THE_PAST


def test_a_row_is_named_by_its_line_and_column(tmp_path: Path) -> None:
    folder = shutil.copytree(MINI, tmp_path / "mini")
    with (folder / "relations.csv").open("r+", encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
        rows[12][rows[0].index("negated")] = ""  # m-12, of a bureau dissolved in 1991
        stream.seek(0)
        csv.writer(stream, lineterminator="\n").writerows(rows)
        stream.truncate()
    end = rows[0].index("end") + 1
    expected = Finding(
        str(folder / "relations.csv"), 13, end, "end",
        "there is no end, but xx-old-intelligence was dissolved, 1991-12",
        "give the end, 1991-12 if the relation ended with the body, or mend dissolved of xx-old-intelligence",
        "warning",
    )  # fmt: skip
    assert check([read(folder)]) == [expected]
