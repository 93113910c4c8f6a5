"""Organisation files of IATI, old and new: who an organisation is, and what it plans to give to which others."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source, recognise
from tests.readers.conversion import adds_up, errors, labels, same_quads
from tests.readers.drawn import counts, messages

BUDGET = """<recipient-org-budget{}><recipient-org ref="XM-DAC-47106">{}</recipient-org>
 <period-start iso-date="2014-01-01"/><period-end iso-date="2014-12-31"/><value value-date="2014-01-01">25,000</value>
 {}</recipient-org-budget>"""
NEW = f"""<iati-organisations version="2.03"><iati-organisation default-currency="EUR" xml:lang="en">
 <organisation-identifier>SE-0</organisation-identifier>
 <name><narrative>Sida</narrative><narrative xml:lang="uk">Сіда</narrative></name>
 <reporting-org ref="SE-0" type="10"><narrative>Sida</narrative></reporting-org>
 <total-budget><value>9</value></total-budget>
 {BUDGET.format(' status="2"', "<narrative>DCAF</narrative>", "<budget-line><value>3</value></budget-line>")}
 {BUDGET.format("", "<narrative>DCAF</narrative>", "")}
 <recipient-org-budget><value>1</value></recipient-org-budget>
 <document-link url="https://example.org/plan.pdf"><title><narrative>Plan</narrative></title></document-link>
</iati-organisation></iati-organisations>"""
OLD = f"""<iati-organisations version="1.01"><iati-organisation default-currency="EUR" xml:lang="en">
 <reporting-org ref="SE-0" type="10">Sida</reporting-org><iati-identifier>SE-0</iati-identifier>
 <name>Sida</name><name xml:lang="uk">Сіда</name><total-budget><value>9</value></total-budget>
 {BUDGET.format(' status="2"', "DCAF", "<budget-line><value>3</value></budget-line>")}{BUDGET.format("", "DCAF", "")}
 <recipient-org-budget><value>1</value></recipient-org-budget>
 <document-link url="https://example.org/plan.pdf"><title>Plan</title></document-link>
</iati-organisation></iati-organisations>"""


def organisations(folder: Path, text: str) -> Dataset:
    file = folder / "plans.xml"
    file.write_text(text, encoding="utf-8")
    found = recognise(file)
    assert found is not None
    assert found.name == "iati"
    made = import_source(file).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


@pytest.mark.parametrize("text", [NEW, OLD], ids=["2.03", "1.01"])
def test_plans_for_a_recipient_are_funding_over_their_period(tmp_path: Path, text: str) -> None:
    made = organisations(tmp_path, text)
    assert counts(made) == {
        "iati-organisation": (1, 0, 1, 0),
        "reporting-org": (1, 0, 1, 0),
        "recipient-org-budget": (3, 2, 0, 1),
        "document-link": (1, 1, 0, 0),
        "organisation": (2, 2, 0, 0),
    }
    names = labels(made)
    assert {(names[r.actor], r.kind, names[r.target], r.start, r.end, r.amount, r.currency, r.status) for r in made.relations} == {
        ("Sida", "funding", "DCAF", "2014-01-01", "2014-12-31", "25000", "EUR", "accepted"),
        ("Sida", "funding", "DCAF", "2014-01-01", "2014-12-31", "25000", "EUR", "draft"),
    }  # fmt: skip
    sida = next(actor for actor in made.actors if actor.label_en == "Sida")
    assert (sida.type, sida.label_uk, sida.identifiers) == (("public-institution",), "Сіда", ("org-id:SE-0",))
    assert next(page for page in made.sources if page.type == "web-page").about == (sida.id,)
    said = messages(made)
    for words in (
        '"total-budget" is not taken over: 1',
        '"recipient-org-budget/budget-line"',
        "who plans to give to whom",
    ):
        assert words in said


def test_an_organisation_without_a_name_plans_nothing(tmp_path: Path) -> None:
    made = organisations(tmp_path, f"<iati-organisations><iati-organisation>{BUDGET.format('', 'DCAF', '')}</iati-organisation></iati-organisations>")  # fmt: skip
    assert made.relations == ()
    assert counts(made)["iati-organisation"] == (1, 0, 0, 1)
    assert counts(made)["recipient-org-budget"] == (1, 0, 0, 1)


def test_a_file_of_plans_builds_as_the_folder_that_it_converts_into(tmp_path: Path) -> None:
    file = tmp_path / "plans.xml"
    file.write_text(NEW, encoding="utf-8")
    same_quads(file, tmp_path / "folder")
