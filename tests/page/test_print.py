"""What comes out on paper: countries one after another, and the matrix, with the fills that tell law from practice and the keys to them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.page.conftest import Open

PAPER = {"width": 690, "height": 1000}  # A4 within its margins
BOXES = """() => [...document.querySelectorAll('#cards .card')].map((card) => {
  const ends = (each) => each.getBoundingClientRect();
  return [ends(card).top, ends(card.querySelector('table')).bottom, ends(card).bottom];
})"""
# What is filled, and would be light text on white paper without its fill.
UNFILLED = """(filled) => [...document.querySelectorAll(filled)].filter((each) => getComputedStyle(each).printColorAdjust !== 'exact').length"""


def printed(open_page: Open, path: Path, fragment: str) -> Page:
    page = open_page(path, fragment, viewport=PAPER).ready()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    return page


def test_countries_stand_one_below_the_other(open_page: Open, norms_page: Path) -> None:
    boxes = printed(open_page, norms_page, "#view=compare").evaluate(BOXES)
    assert len(boxes) > 2
    assert [(table, card) for _, table, card in boxes if table > card] == []
    assert [(end, top) for (_, _, end), (top, _, _) in pairwise(boxes) if end > top] == []


@pytest.mark.parametrize(
    ("view", "filled", "key"),
    [
        ("compare", "#compare .number.practice", "#cover-key"),
        ("matrix", "#matrix .box.done", "#matrix-key .legend.key"),
    ],
)
def test_fills_and_their_key_are_printed(open_page: Open, norms_page: Path, view: str, filled: str, key: str) -> None:
    page = printed(open_page, norms_page, f"#view={view}")
    assert page.locator(filled).count() > 5
    assert page.evaluate(UNFILLED, filled) == 0
    assert page.locator(key).is_visible()
    assert page.locator(f"{key} {filled.split()[1]}").first.is_visible()


def test_the_head_of_a_matrix_is_on_every_sheet_with_all_its_columns(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#scope=UA&view=matrix").ready()
    page.emulate_media(media="print")
    names = page.locator("#matrix-table thead th .name span")
    assert names.count() > 20
    # A browser repeats a head on each sheet, but not the buttons in it: they are no boxes here. It makes a sheet smaller, to five eighths at most.
    drawn = "all => all.map((each) => getComputedStyle(each.parentElement).display)"
    assert set(names.evaluate_all(drawn)) == {"contents"}
    assert page.evaluate("document.getElementById('matrix-table').offsetWidth") <= PAPER["width"] * 1.6


# Of each part of the matrix: the names above its columns, and how wide it is.
PARTS = """() => [...document.querySelectorAll('#matrix-scroll table')].filter((each) => each.offsetWidth).map((table) =>
  [[...table.tHead.rows[0].cells].slice(1).map((each) => each.textContent), table.offsetWidth, table.tBodies[0].rows.length])"""


def test_columns_that_one_sheet_has_no_room_for_go_on_with_the_names_of_the_rows(
    open_page: Open, norms_page: Path
) -> None:
    page = open_page(norms_page, "#scope=UA&kind=&view=matrix", viewport=PAPER).ready()
    [[names, width, rows]] = page.evaluate(PARTS)
    assert len(names) == 60
    assert width > PAPER["width"] * 1.6
    for _ in range(2):  # whoever prints twice has no more of it
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    parts = page.evaluate(PARTS)
    assert [name for own, _, _ in parts for name in own] == names
    assert {found for _, _, found in parts} == {rows}
    assert max(wide for _, wide, _ in parts) <= PAPER["width"] * 1.6
    assert page.locator("#matrix-table").count() == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert [found[0] for found in page.evaluate(PARTS)] == [names]
