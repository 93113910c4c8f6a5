"""Columns: what a page holds of many things, and how its scripts read them."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from graph_build.page.columns import columns, shared
from tests.page.test_html import unrolled

LETTERS = ("Верховна Рада", "Верховна-2", "😀", "😁", "😁 two", "__proto__", "__proto__0", "e\u0301", "e\u0300", "")


def test_what_is_missing_stays_apart_from_what_is_empty() -> None:
    assert columns([{"id": "x", "a": 0}, {"id": "y", "b": ""}]) == {
        "id": ([0, 0], ["x", "y"]),
        "a": [0, None],
        "b": [None, ""],
    }


def test_nothing_has_columns_too() -> None:
    assert columns([]) == {"id": ([], [])}


@given(st.lists(st.text(alphabet="ab-😀é", max_size=5)))
def test_ids_come_back(ids: list[str]) -> None:
    assert [item["id"] for item in unrolled(json.loads(json.dumps(columns([{"id": each} for each in ids]))))] == ids


def test_letters_that_are_two_in_a_browser_come_back_there(browser: Browser) -> None:
    script = Path("graph_build/page/static/data.js").read_text(encoding="utf-8")
    source = script[script.index("const wholeIds") : script.index("const unrolled")]
    page = browser.new_page()
    assert page.evaluate(f"(held) => {{ {source} return wholeIds(held); }}", shared(LETTERS)) == list(LETTERS)
    page.close()
