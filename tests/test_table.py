import csv
import io
import json
import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_build.errors import MissingDependencyError, UsageError
from graph_build.table import Table

TABLE = Table(
    ("actor", "since", "amount", "shown", "note"),
    (
        ("Mühle, Ltd", date(2018, 7, 8), Decimal("125000.50"), True, 'says "no"'),
        ("Суд", None, None, False, None),
    ),
    date(2025, 11, 2),
    "Who",
)


def test_a_row_is_a_tuple_in_the_order_of_the_columns() -> None:
    assert list(TABLE) == list(TABLE.rows)
    assert len(TABLE) == 2
    assert TABLE.records()[1]["actor"] == "Суд"


def test_csv_is_rfc_4180() -> None:
    text = TABLE.to_csv()
    assert text.startswith("actor,since,amount,shown,note\r\n")
    assert '"Mühle, Ltd",2018-07-08,125000.50,true,"says ""no"""\r\n' in text
    assert text.endswith("Суд,,,false,\r\n")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")'])
def test_a_formula_in_a_cell_stays_text(cell: str) -> None:
    for text, delimiter in ((Table(("a",), ((cell,),)).to_csv(), ","), (Table(("a",), ((cell,),)).to_tsv(), "\t")):
        assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[1] == ["'" + cell]


def test_a_negative_number_is_no_formula() -> None:
    assert Table(("a", "b"), ((-1, Decimal("-2.5")),)).to_csv() == "a,b\r\n-1,-2.5\r\n"


# No Unicode database has surrogates in text that came from a graph.
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.tuples(_TEXTS, _TEXTS), max_size=5))
def test_csv_gives_back_what_went_in(rows: list[tuple[str, str]]) -> None:
    text = Table(("a", "b"), tuple(rows)).to_csv()
    read = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert len(read) == len(rows)
    for given_row, read_row in zip(rows, read, strict=True):
        for cell, seen in zip(given_row, read_row, strict=True):
            assert seen in (cell, "'" + cell)
            assert not seen.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_json_keeps_title_day_and_exact_amounts() -> None:
    whole = json.loads(TABLE.to_json())
    assert whole["checked"] == "2025-11-02"
    assert whole["title"] == "Who"
    assert whole["columns"] == list(TABLE.columns)
    assert whole["rows"][0] == {
        "actor": "Mühle, Ltd", "since": "2018-07-08", "amount": "125000.50", "shown": True, "note": 'says "no"',
    }  # fmt: skip


def test_jsonl_has_one_object_a_line() -> None:
    assert [json.loads(line)["actor"] for line in TABLE.to_jsonl().splitlines()] == ["Mühle, Ltd", "Суд"]


def test_markdown_shows_markup_as_text() -> None:
    text = Table(("a",), (("<script>x</script> | [b](javascript:c)\n*d*",),), date(2025, 11, 2)).to_markdown()
    assert "<script>" not in text
    assert "\\| \\[b\\](javascript:c) \\*d\\*" in text
    assert text.splitlines()[1:2] == ["| --- |"]
    assert "Checked 2025-11-02." in text


def test_a_notebook_shows_markup_as_text() -> None:
    shown = Table(("a",), (("<img src=x onerror=alert(1)>",),))._repr_html_()
    assert "<img" not in shown
    assert "&lt;img" in shown


def test_pandas_gets_rows_and_columns() -> None:
    frame = TABLE.to_pandas()
    assert list(frame.columns) == list(TABLE.columns)
    assert frame.shape == (2, 5)


def test_without_pandas_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingDependencyError) as caught:
        TABLE.to_pandas()
    assert "pip install" in caught.value.remedy


def test_only_and_column_name_what_is_not_there() -> None:
    assert TABLE.only("note", "actor").rows[1] == (None, "Суд")
    assert TABLE.only("actor").checked == TABLE.checked
    assert TABLE.column("shown") == [True, False]
    with pytest.raises(UsageError, match="no column 'actors'") as caught:
        TABLE.only("actors")
    assert "since" in caught.value.remedy
