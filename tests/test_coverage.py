"""Agencies by layer of oversight: counts that can be compared, and nothing where nothing is recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import graph_build as gb
from graph_build.coverage import LAYERS
from graph_build.errors import NotFoundError

GAPLAND = Path(__file__).parent / "data" / "gapland"


@pytest.fixture(scope="module")
def gapland() -> gb.Atlas:
    return gb.build(GAPLAND)


def cells(atlas: gb.Atlas, agency: str, as_of: date | None = None) -> dict[str, object]:
    (row,) = [row for row in atlas.coverage("XG", as_of=as_of).records() if row["agency_label"] == agency]
    return {layer: row[layer] for layer in LAYERS}


def test_practice_law_parent_and_denial_are_counted_apart(gapland: gb.Atlas) -> None:
    assert cells(gapland, "Gapland Police") == {
        "internal": "not known",
        "executive": "law 1",
        "parliamentary": "law 1, parent 1, denied 1",
        "judicial": "denied 1",
        "independent": "denied 1",
        "public": "not known",
        "international": "not known",
    }


def test_what_law_allows_is_a_power_and_undated_practice_is_not_counted(gapland: gb.Atlas) -> None:
    row = {
        str(row["layer"]): row
        for row in gapland.coverage("XG", long=True).records()
        if row["agency_label"] == "Gapland Service"
    }
    assert row["independent"]["overseers"] == "Auditor of Gapland|Police Commission"
    assert (row["independent"]["practice"], row["independent"]["law"]) == (1, 1)
    assert row["independent"]["state"] == "practice"
    assert "Law No. 2, art. 11" in str(row["independent"]["grounds"])


def test_the_matrix_is_that_of_the_day(gapland: gb.Atlas) -> None:
    assert cells(gapland, "Gapland Service", date(2005, 6, 1))["parliamentary"] == "law 1"
    assert cells(gapland, "Old Bureau", date(1990, 6, 1)) == dict.fromkeys(LAYERS, "not known")


def test_each_agency_has_every_layer_and_the_two_forms_agree(norms: gb.Atlas) -> None:
    matrix, long = norms.coverage(), norms.coverage(long=True)
    states = {(row["agency"], row["layer"]): row for row in long.records()}
    assert len(matrix) > 20
    for row in matrix.records():
        for layer in LAYERS:
            known = states[row["agency"], layer]
            assert (row[layer] == "not known") == (known["state"] == "not known")
            assert bool(known["grounds"]) == (known["state"] != "not known")


def test_several_countries_are_in_one_table_and_an_unknown_one_is_said(norms: gb.Atlas) -> None:
    assert {"NL", "NO"} <= set(norms.coverage().column("country"))
    assert set(norms.coverage("NL").column("country")) == {"NL"}
    with pytest.raises(NotFoundError, match="country"):
        norms.coverage("ZZ")
