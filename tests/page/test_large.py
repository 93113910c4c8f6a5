"""A page of thousands of actors: sigma draws it, and all else works as in a small one."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph_build.page import html
from graph_build.page.assets import assets
from graph_build.page.facts import Facts, facts
from graph_build.page.html import LargePageWarning, render, renderer_of
from tests.page.conftest import Open, written
from tests.page.generated import generated

# How many points of a WebGL layer are inked, read in the frame in which it was drawn.
INKED = """(layer) => new Promise((done) => requestAnimationFrame(() => {
  const canvas = document.querySelector(`#canvas .sigma-${layer}`);
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [canvas.width, canvas.height];
  copy.getContext('2d').drawImage(canvas, 0, 0);
  const data = copy.getContext('2d').getImageData(0, 0, copy.width, copy.height).data;
  let inked = 0;
  for (let at = 3; at < data.length; at += 4) inked += data[at] > 0;
  done(inked);
}))"""


@pytest.fixture(scope="module")
def large() -> Facts:
    return facts(generated(2_200))


@pytest.fixture(scope="module")
def large_page(large: Facts, folder: Path) -> Path:
    return written(folder, "large", render(large))


def shown(page: Page) -> int:
    return int(page.evaluate("document.querySelector('#lede').textContent.match(/\\d+/)[0]"))


def until_inked(page: Page, points: int) -> None:
    """Wait for the names; the policy of the page forbids Playwright's own way of waiting."""
    for _ in range(100):
        if page.evaluate(INKED, "labels") > points:
            return
        page.wait_for_timeout(100)
    raise AssertionError("no names are drawn")


def test_sigma_draws_what_is_too_much_for_vis_network(large: Facts, large_page: Path) -> None:
    text = large_page.read_text(encoding="utf-8")
    assert renderer_of(large) == "sigma"
    assert len(large.nodes) > 2_000
    assert assets("sigma").packed_library in text
    assert assets("vis").packed_library not in text
    assert text.count("<script>") == 1
    assert render(large) == text


def test_the_whole_is_drawn_when_asked_for_and_nothing_is_loaded(open_page: Open, large_page: Path) -> None:
    opened = open_page(large_page)
    page = opened.ready()
    page.click("[data-every=true]")
    expect(page.locator("#first")).to_contain_text("are drawn")
    until_inked(page, 2_000)
    zoomed = f"() => {{ document.querySelector('[data-zoom=in]').click(); return ({INKED})('nodes'); }}"
    symbols = page.evaluate(zoomed)
    assert symbols > 2000  # points of WebGL, one or more for each symbol
    assert opened.requests == [large_page.as_uri()]
    assert [said for said in opened.complaints if "GPU stall" not in said and "GL Driver" not in said] == []


def test_search_focus_and_link_work_as_in_a_small_page(open_page: Open, large_page: Path) -> None:
    page = open_page(large_page).ready()
    page.fill("#search", "Border Guard 7")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("Border Guard 7")
    before = shown(page)
    page.click("[data-near='1']")
    near = shown(page)
    assert 0 < near < before
    # Few are laid out anew, large enough to be read, and their names are drawn.
    until_inked(page, 300)
    again = open_page(large_page, page.evaluate("location.hash")).ready()
    assert shown(again) == near
    expect(again.locator("#panel h2")).to_contain_text("Border Guard 7")


def test_a_click_on_a_symbol_selects_it_and_arrows_walk_on(open_page: Open, large_page: Path) -> None:
    page = open_page(large_page, "#layout=free").ready()
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#panel .title h2")).to_be_visible()
    name = page.locator("#panel h2").inner_text()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).not_to_have_text(name)


def test_the_day_and_the_filters_choose(open_page: Open, large_page: Path) -> None:
    page = open_page(large_page).ready()
    now = shown(page)
    page.fill("#asof-date", "2001-01-01")
    assert 0 < shown(page) < now
    page.click("#asof-back")
    page.check("[data-facet=modality][data-value=actual]")
    assert 0 < shown(page) < now


def test_the_table_has_every_relation_in_parts_and_the_matrix_says_what_it_leaves_out(
    open_page: Open, large_page: Path
) -> None:
    page = open_page(large_page, "#view=table&kind=").ready()
    assert re.search(r"\d{3,}", page.locator("#table-count").inner_text())
    assert page.locator("#table tbody tr").count() <= 300
    page.fill("#table-filter", "Border Guard 7 of")
    assert page.locator("#table tbody tr").first.inner_text().count("Border Guard 7 of") >= 1
    matrix = open_page(large_page, "#view=matrix&every=1").ready()
    assert matrix.locator("#matrix-table tbody tr").count() == 250
    expect(matrix.locator("#matrix-tools")).to_contain_text("More would not fit into a table")


def test_without_webgl_the_drawing_is_a_still_picture_and_the_rest_works(open_page: Open, large_page: Path) -> None:
    opened = open_page(
        large_page, before="HTMLCanvasElement.prototype.getContext = ((old) => function (name, ...rest) {"
        " return name.includes('webgl') ? null : old.call(this, name, ...rest); })(HTMLCanvasElement.prototype.getContext)",
    )  # fmt: skip
    page = opened.ready()
    expect(page.locator("#canvas")).to_contain_text("WebGL is missing")
    symbols = page.locator("#canvas svg text", has_text="Border Guard")
    expect(symbols.first).to_be_visible()
    expect(page.locator(".zoom")).to_be_hidden()
    before = symbols.count()
    page.click("[data-every=true]")
    assert symbols.count() > before
    page.click("[data-view=table]")
    page.click("[data-view=network]")
    expect(symbols.first).to_be_visible()
    page.fill("#search", "Border Guard 7")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("Border Guard 7")
    assert [said for said in opened.complaints if "webgl" not in said.lower()] == []


def test_what_is_too_much_for_most_browsers_is_made_with_a_warning(
    large: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "_VAST", 2_000)
    with pytest.warns(LargePageWarning, match="takes long to open"):
        render(large)
    monkeypatch.setattr(html, "_VAST", 20_000)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        render(large)
