"""What the quick look passes, frictionless passes too."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_build.readers import cells, table_schema
from graph_build.readers.cells import cell_findings
from graph_build.readers.dataset import TABLES

CELLS = (
    "", " ", "a", "a\n", "a-1", "a|b", "|", "Å", "UA", "ua", "UA\n", "2020", "2020-02", "2020-02-30", "20200", "2020\n",
    "1", "1.5", "1,5", "true", "false", "TRUE", "yes", "normative", "actual", "read", "supports", "accepted", "high",
    "https://example.org/a", "https://example.org/a\nb", "ftp://example.org", "principle:rule-of-law", "0" * 64, "x" * 121,
    "x" * 301, "null", "NA", "\u2028", "٢٠٢٠",
)  # fmt: skip
"""Cells that fit some column, nearly fit one, or might be taken for something else."""


@pytest.mark.parametrize("table", TABLES)
def test_the_quick_look_passes_no_cell_that_frictionless_finds_wrong(table: str) -> None:
    fields = [cells._field(field["name"], table_schema(table)) for field in table_schema(table)["fields"]]
    fields.append({"name": "beside", "type": "string", "constraints": {}})  # a row of empty cells is none
    rows = [[*[cell] * (len(fields) - 1), "x"] for cell in CELLS]
    errors = cells._errors([field["name"] for field in fields], rows, fields)
    wrong = {(error.field_number - 1, CELLS[error.row_number - 2]) for error in errors}
    assert wrong
    assert not [(fields[number]["name"], cell) for number, cell in wrong if cells._is_sound(fields[number], {cell})]


@settings(max_examples=15, deadline=None)
@given(rows=st.lists(st.lists(st.sampled_from(CELLS), min_size=4, max_size=4), max_size=4))
def test_a_table_has_the_same_findings_with_the_quick_look_and_without(rows: list[list[str]]) -> None:
    schema, columns = table_schema("evidence"), ("relation", "source", "locator", "stance")
    lines = list(enumerate(rows, 2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "_is_sound", lambda *_: False)
        expected = cell_findings("here", columns, lines, schema)
    assert cell_findings("here", columns, lines, schema) == expected


def test_a_sound_table_is_not_given_to_frictionless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "frictionless", None)
    row = ["ua-1", "law-1", "art. 6", ""]
    assert (
        cell_findings("here", ("relation", "source", "locator", "stance"), [(2, row)], table_schema("evidence")) == []
    )


def test_a_column_that_is_more_than_a_text_is_always_looked_at() -> None:
    number = json.loads('{"fields": [{"name": "share", "type": "number", "constraints": {}}]}')
    assert [found.line for found in cell_findings("here", ("share",), [(2, ["half"]), (3, ["0.5"])], number)] == [2]
