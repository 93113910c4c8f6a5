"""Countries, norms and time in a real browser: the ladder, the day, what is drawn first, and what a relation rests on."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.page.conftest import Open
from tests.page.test_accessibility import RULES
from tests.page.test_browser import relations_shown

SVG = "{http://www.w3.org/2000/svg}"


def pressed(page: Page, attribute: str) -> str | None:
    return page.locator(f"[{attribute}][aria-pressed=true]").get_attribute(attribute)


def table_rows(page: Page) -> int:
    page.click("#tab-table")
    return int(re.findall(r"\d+", page.inner_text("#table-count"))[0])


def picture(page: Page) -> str:
    page.click(".download summary")
    with page.expect_download() as waiting:
        page.click("[data-download=svg]")
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def lines_from(drawing: Element) -> int:
    """How many lines there are; a hollow one is two strokes."""
    return len({path.get("d") for path in drawing.findall(f"{SVG}path")})


def test_the_page_opens_on_a_country_with_its_ladder(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    assert pressed(page, "data-scope") == "UA"
    assert pressed(page, "data-layout") == "ladder"
    drawn = picture(page)
    for lane in ("Parliament and courts", "Head of state", "Independent bodies", "Agencies"):
        assert lane in drawn


def test_norms_keep_their_free_drawing_and_offer_the_ladder(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#scope=norms").ready()
    assert pressed(page, "data-layout") == "free"
    assert "Parliament and courts" not in picture(page)
    page.click("[data-layout=ladder]")
    assert "Parliament and courts" in picture(page)


def test_everything_follows_the_scope(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    before = relations_shown(page)
    page.focus("[data-scope=NL]")
    page.keyboard.press("Enter")
    expect(page.locator("#lede")).to_contain_text("Netherlands")
    expect(page.locator("[data-scope=NL]")).to_be_focused()
    assert page.inner_text("#spoken").startswith("Netherlands")
    shown = relations_shown(page)
    assert shown != before
    counts = page.locator("[data-facet=kind]:checked").locator("xpath=../span[@class='count']").all_inner_texts()
    assert sum(map(int, counts)) == shown == table_rows(page)
    again = open_page(norms_page, page.evaluate("location.hash")).ready()
    assert pressed(again, "data-scope") == "NL"


def test_search_finds_an_actor_of_another_scope_and_goes_there(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    page.fill("#search", "CTIVD")
    expect(page.locator("#found [role=option]").first).to_contain_text("Netherlands")
    page.keyboard.press("Enter")
    assert pressed(page, "data-scope") == "NL"
    expect(page.locator("#panel h2")).to_contain_text("Review Committee")
    expect(page.locator("#panel")).not_to_contain_text("Not in the drawing")


def test_a_link_to_an_actor_opens_its_scope(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#node=norm-parliament").ready()
    assert pressed(page, "data-scope") == "norms"
    expect(page.locator("#panel h2")).to_have_text("parliament")


def test_what_is_not_in_force_on_a_day_is_hidden(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#view=table&kind=").ready()
    ids = "found => found.map(each => each.dataset.relation)"
    now = page.eval_on_selector_all("#table tbody tr", ids)
    assert "m-09" in now
    assert "m-11" not in now  # in force from 2001 to 2010
    page.fill("#asof-date", "2005-06-01")
    page.keyboard.press("Tab")
    then = page.eval_on_selector_all("#table tbody tr", ids)
    assert "m-11" in then
    assert "m-09" not in then  # since 2018
    assert "m-14" in then  # of an unknown start: on every day
    expect(page.locator("tr[data-relation=m-14] td.dates")).to_have_text("?")
    expect(page.locator("#asof")).to_have_text("as of 2005-06-01")
    again = open_page(mini_page, page.evaluate("location.hash")).ready()
    assert again.input_value("#asof-date") == "2005-06-01"
    page.click("#asof-back")
    assert page.eval_on_selector_all("#table tbody tr", ids) == now


def test_the_slider_moves_the_day_by_keyboard(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    start = relations_shown(page)
    page.focus("#asof-range")
    page.keyboard.press("Home")
    assert page.get_attribute("#asof-range", "aria-valuetext") == page.input_value("#asof-date") < "2000"
    assert relations_shown(page) < start
    page.keyboard.press("End")
    assert relations_shown(page) == start
    expect(page.locator("#undated")).to_contain_text("without a recorded start")


def test_a_body_that_no_longer_exists_says_what_was(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#node=xx-police").ready()
    expect(page.locator("#panel .past summary")).to_contain_text("Not in force on")
    page.click("#panel .past summary")
    expect(page.locator("#panel .past .badge.over").first).to_be_visible()


def test_many_actors_are_drawn_on_request_and_never_silently(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    first, every = map(int, re.findall(r"\d+", page.locator("#first span").inner_text()))
    assert first <= 24
    assert every > 60
    assert len(re.findall("<text[^>]*text-anchor", picture(page))) >= first
    page.click("#first button")
    expect(page.locator("#first")).to_contain_text(f"All {every} actors")
    assert "every=1" in page.evaluate("location.hash")


def test_parallel_lines_of_a_crowd_are_one_line_that_opens_out(open_page: Open, norms_page: Path) -> None:
    """Every relation between two actors has its line when either is looked at, or when few lines are drawn (0018)."""
    pair = "ua-verkhovna-rada~ua-security-service"
    page = open_page(norms_page).ready()
    crowd = picture(page)
    assert "several relations" in crowd
    drawn = [int(each) for each in re.findall(r">(\d+)</text>", crowd) if int(each) > 1]
    alone = open_page(norms_page, f"#list=pair~{pair}").ready()
    opened = fromstring(picture(alone))
    together = int(re.findall(r"\d+", alone.inner_text("#panel h2"))[0])
    assert together in drawn
    assert lines_from(opened) - lines_from(fromstring(crowd)) == together - 1


def test_an_actor_beyond_the_first_is_drawn_when_it_is_asked_for(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    page.fill("#search", "StateWatch")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("StateWatch")
    expect(page.locator("#panel")).not_to_contain_text("Not in the drawing")


def test_a_relation_shows_what_it_rests_on(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#relation=ua-0003").ready()
    facts = page.locator("#panel dl")
    expect(facts).to_contain_text("Constitution of Ukraine, art. 85(1)(12)")
    expect(facts).to_contain_text("since 2014")
    expect(facts).to_contain_text("Confidence")
    expect(facts).to_contain_text("source was read")
    links = page.eval_on_selector_all("#panel a", "found => found.map(each => each.protocol)")
    assert set(links) == {"https:"}
    assert len(links) > 2


def test_drafts_are_hidden_until_asked_for(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#view=table&kind=").ready()
    assert page.locator("tr[data-relation=m-18]").count() == 0
    page.check("[data-toggle=drafts]")
    expect(page.locator("tr[data-relation=m-18] .badge.draft")).to_be_visible()
    page.uncheck("[data-toggle=drafts]")
    assert page.locator("tr[data-relation=m-18]").count() == 0


def test_heads_of_demands_are_hollow(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#kind=oversight&modality=normative").ready()
    heads = fromstring(picture(page)).findall(f"{SVG}polygon[@stroke-width='1.5']")
    assert any(head.get("fill") == "#FFFFFF" and head.get("stroke") != "#222222" for head in heads)


def test_rows_of_the_table_are_made_when_they_are_looked_at(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#scope=norms&kind=&things=1&view=table").ready()
    rows = page.locator("#table tbody tr")
    assert 100 < rows.count() < 400
    page.locator("#relations .scroll").evaluate("each => each.scrollTo(0, each.scrollHeight)")
    page.wait_for_timeout(300)
    assert rows.count() > 200


@pytest.mark.acceptance(6)
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_axe_finds_nothing_in_a_country(open_page: Open, norms_page: Path, size: tuple[int, int]) -> None:
    opened = open_page(norms_page, "#lang=uk", viewport={"width": size[0], "height": size[1]})
    page = opened.ready()
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert opened.complaints == []
