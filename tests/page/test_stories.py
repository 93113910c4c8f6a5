"""Stories in a real browser: each step sets the page, lights what it tells of, and cites it; by keys, in both languages, from a link."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from graph_build.builder import build_store
from graph_build.page import explorer
from tests.page.conftest import Open, written
from tests.page.hands import Keyboard
from tests.page.test_accessibility import RULES
from tests.readers.test_stories import STEPS, told

DUTCH = "nl-interception-2016-2019"
CLAIMS = """() => document.querySelectorAll('#panel .claims > li').length"""


def test_a_story_is_told_step_by_step_by_keys_alone(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    hands = Keyboard(page)
    hands.press("#stories summary")
    hands.press(f"#story-list [data-story={DUTCH}]")
    expect(page.locator("#panel h2")).to_be_focused()
    expect(page.locator("#spoken")).to_have_text(re.compile("Step 1 of 4.*Dutch services"))
    assert page.locator("[data-scope][aria-pressed=true]").get_attribute("data-scope") == "NL"
    assert page.input_value("#asof-date") == "2016-06-30"
    expect(page.locator("#panel [data-move='story.back']")).to_be_disabled()
    titles = [page.inner_text("#panel h2")]
    for _ in range(3):
        hands.press("#panel [data-move='story.next']")
        titles.append(page.inner_text("#panel h2"))
        assert page.evaluate(CLAIMS) >= 4
        expect(page.locator("#panel .claims .basis").first).to_contain_text("Wiv 20")
    assert len(set(titles)) == 4
    expect(page.locator("#panel [data-move='story.next']")).to_be_disabled()
    assert page.input_value("#asof-date") == "2019-07-01"
    hands.press("#panel .close")
    expect(page.locator("#panel h2")).to_have_text("How to read the drawing")
    assert "story" not in page.evaluate("location.hash")


def test_a_step_waits_while_the_reader_looks_at_what_it_tells_of(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, f"#story={DUTCH}&step=3").ready()
    page.click("#panel .claims button.more >> nth=0")
    expect(page.locator("#panel h2")).to_have_text("Relation")
    page.click("#panel .close")
    expect(page.locator("#panel h2")).to_contain_text("a board must agree")  # the story goes on
    page.click("#panel .claims button.name >> nth=0")
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_contain_text("a board must agree")


def test_a_link_brings_the_step_back_as_it_was_left(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, f"#story={DUTCH}&step=2").ready()
    page.click("[data-lang=uk]")
    expect(page.locator("#panel h2")).to_have_text(re.compile("^2016: перевірка"))
    assert page.locator("#panel .told").get_attribute("lang") is None  # it is in the language of the page
    page.click("#tab-table")
    page.fill("#asof-date", "2017-01-01")
    page.keyboard.press("Tab")
    fragment = page.evaluate("location.hash")
    assert f"story={DUTCH}&step=2" in fragment
    assert "scope" not in fragment  # the step says where it is
    again = open_page(norms_page, fragment).ready()
    assert again.input_value("#asof-date") == "2017-01-01"
    assert again.inner_text("#panel h2") == page.inner_text("#panel h2")
    assert again.evaluate("location.hash") == fragment
    for wrong in (f"#story={DUTCH}&step=99", "#story=__proto__&step=1", f"#story={DUTCH}&step=-1"):
        lost = open_page(norms_page, wrong).ready()
        expect(lost.locator("#panel h2")).to_have_text("How to read the drawing")


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_axe_finds_nothing_in_a_story_and_nothing_is_cut(
    open_page: Open, norms_page: Path, size: tuple[int, int]
) -> None:
    opened = open_page(norms_page, f"#story={DUTCH}&step=4", viewport={"width": size[0], "height": size[1]})
    page = opened.ready()
    page.click("#stories summary")
    box = page.locator("#story-list").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert opened.complaints == []


def test_paper_has_the_story_and_no_buttons(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, f"#story={DUTCH}&step=1", viewport={"width": 690, "height": 1000}).ready()
    page.emulate_media(media="print")
    assert page.locator("#panel .told").is_visible()
    for hidden in ("#panel .moves", "#stories"):
        assert not page.locator(hidden).is_visible(), hidden


def test_hostile_stories_stay_text(open_page: Open, tmp_path: Path) -> None:
    evil = '</script><img src=x onerror="window.__ran=1">\u2028\u202e'
    steps = [["evil", "1", evil, evil, evil * 3, "", "", "XX", "", "xx-police", "m-09"], STEPS[0], STEPS[1]]
    page_file = written(tmp_path, "evil", explorer(build_store([told(tmp_path / "mini", steps)])))
    opened = open_page(page_file)
    page = opened.ready()
    page.click("#stories summary")
    page.click("#story-list [data-story=evil]")
    assert "onerror=" in page.inner_text("#panel h2")
    assert "onerror=" in page.inner_text("#panel .told")
    assert page.evaluate("window.__ran") is None
    assert page.locator("#panel img").count() == 0
    assert opened.requests == [page_file.as_uri()]
    assert opened.complaints == []
    page.click("#stories summary")
    page.click("#story-list [data-story=who-watches]")
    page.click("#panel [data-move='story.next']")
    expect(page.locator("#tab-matrix")).to_have_attribute("aria-selected", "true")


def test_a_page_without_stories_has_no_place_for_them(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page).ready()
    assert not page.locator("#stories").is_visible()
    expect(page.locator("#panel")).not_to_contain_text("Stories")
