"""Matrix, gaps, countries, reforms and paths in a real browser: the same selection, the same citations, all of it in the address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.page.conftest import Open
from tests.page.test_accessibility import RULES
from tests.page.test_browser import relations_shown
from tests.page.test_browser_scopes import picture

KEY = re.compile(r"\b(?:gap|gaps|cover|path|matrix|event|reforms|layer|order|modality|time|view)\.[a-z]\w*(?:\.\w+)*")


def numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", text)]


def again(open_page: Open, page: Page, path: Path) -> Page:
    """Open the same address anew."""
    return open_page(path, page.evaluate("location.hash")).ready()


def test_gaps_count_every_state_and_always_what_is_not_known(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#view=gaps").ready()
    counts = {
        each.get_attribute("data-gap"): numbers(each.inner_text())[0] for each in page.locator("[data-gap]").all()
    }
    assert list(counts) == ["met", "law", "absent", "contradicted", "searched", "unsearched"]
    assert sum(counts.values()) == numbers(page.inner_text("#gap-count"))[0]
    assert counts["unsearched"] > 0
    expect(page.locator("#gap-count")).to_contain_text("Computed for 20")
    page.click("[data-gap=met]")
    assert numbers(page.inner_text("#gap-count"))[0] == counts["met"]
    assert page.locator("[data-gap]").count() == 6
    assert {row.get_attribute("data-state") for row in page.locator("#gap-rows tr").all()} == {"met"}
    same = again(open_page, page, norms_page)
    expect(same.locator("[data-gap=met]")).to_have_attribute("aria-pressed", "true")


def test_a_gap_cites_both_sides_and_opens_them(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#view=gaps&gapstate=law").ready()
    row = page.locator("#gap-rows tr").first
    for side in (2, 4):
        expect(row.locator(f"td:nth-child({side}) .places strong").first).not_to_be_empty()
    assert re.search(r"\d", row.locator("td:nth-child(4) .places").first.inner_text())
    row.locator("td:nth-child(2) button").first.click()
    expect(page.locator("#panel h2")).to_be_focused()
    expect(page.locator("#panel .badge.normative").first).to_have_text("demand")
    row.locator("td:nth-child(4) .by button").first.click()
    expect(page.locator("#panel .badge.normative").first).to_have_text("law requires")


def test_gaps_and_coverage_are_taken_away_as_tables(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#view=gaps&gapstate=met").ready()
    rows = numbers(page.inner_text("#gap-count"))[0]
    found = {}
    for view in ("gaps", "compare"):
        page.click(f"#tab-{view}")
        page.click(".download summary")
        assert not page.locator("[data-download=png]").is_visible()
        with page.expect_download() as waiting:
            page.click("[data-download=csv]")
        found[view] = Path(waiting.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert found["gaps"][0].startswith("country,computed_for,norm,state")
    assert len(found["gaps"]) == rows + 1
    assert any("not known" in line for line in found["compare"])


def test_gaps_are_searched_and_sorted_and_told_only_of_countries(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#view=gaps&scope=NL").ready()
    every = numbers(page.inner_text("#gap-count"))[0]
    page.fill("#gap-find", "AIVD")
    assert 0 < numbers(page.inner_text("#gap-count"))[0] < every
    page.click("th[data-column=body] button")
    expect(page.locator("th[data-column=body]")).to_have_attribute("aria-sort", "ascending")
    assert again(open_page, page, norms_page).input_value("#gap-find") == "AIVD"
    page.click("[data-scope=norms]")
    expect(page.locator("#gap-none")).to_be_visible()
    expect(page.locator("#gap-table")).not_to_be_visible()


def test_the_matrix_tells_law_from_practice_and_opens_relations(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#view=matrix&kind=oversight").ready()
    cell = page.locator("#matrix-table .cell[aria-label*='Intelligence']").first
    label = str(cell.get_attribute("aria-label"))
    assert "law requires" in label
    assert "practised" in label
    assert cell.locator(".box.due").count() == cell.locator(".box.done").count() == 1
    cell.click()
    expect(page.locator("#panel h2")).to_contain_text("2 relations")
    assert page.locator("#panel .claims > li").count() == 2
    expect(again(open_page, page, mini_page).locator("#panel h2")).to_contain_text("2 relations")


def test_the_matrix_is_a_table_that_keys_walk_and_orders_change(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#view=matrix").ready()
    heads = page.locator("#matrix-table tbody th[scope=row]")
    assert page.locator("#matrix-table thead th[scope=col]").count() > 10
    before = heads.all_inner_texts()
    page.select_option("#order-rows", "name")
    names = heads.all_inner_texts()
    assert names != before
    assert sorted(names) == sorted(before)
    assert page.evaluate("document.activeElement.id") == "order-rows"
    assert page.locator("#matrix-table .cell[tabindex='0']").count() == 1
    page.locator("#matrix-table .cell[tabindex='0']").focus()
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert second != first
    assert " → " in second
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == first
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_focused()


def test_each_number_of_a_country_opens_the_list_behind_it(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#view=compare").ready()
    cards = page.locator("[data-card]")
    assert cards.count() == 7
    for card in cards.all():
        unknown, total = numbers(card.locator("[data-unknown]").inner_text())
        assert 0 < unknown < total
        assert card.locator("td.unknown").count() >= unknown
    number = page.locator("[data-card=UA] .number.law").first
    count = int(number.inner_text())
    number.click()
    assert page.locator("#panel section > h3 button").count() == count
    expect(page.locator("#panel .claims .basis, #panel .claims .cite").first).to_be_visible()
    page.click("[data-unknown=KE]")
    expect(page.locator("#panel h2")).to_have_text("Not known: Kenya")
    expect(again(open_page, page, norms_page).locator("#panel h2")).to_have_text("Not known: Kenya")


def test_reforms_are_stepped_by_keys_and_name_the_law(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#scope=NL").ready()
    axis = page.locator("#axis")
    axis.focus()
    days = []
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
        days.append(page.input_value("#asof-date"))
    assert days == sorted(set(days), reverse=True)
    page.fill("#asof-date", "2018-04-01")
    page.keyboard.press("Tab")
    axis.focus()
    page.keyboard.press("ArrowRight")
    assert page.input_value("#asof-date") == "2018-05-01"
    expect(page.locator("#reform")).to_contain_text("Wiv 2017) came into force")
    expect(page.locator("#reform")).to_contain_text("it replaced Intelligence and Security Services Act 2002")
    assert "2018-05-01" in str(axis.get_attribute("aria-valuetext"))
    page.click("#reform-back")
    assert page.input_value("#asof-date") < "2018-05-01"


def test_a_range_shows_what_held_at_any_time_in_it(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#view=table&kind=").ready()
    ids = "found => found.map(each => each.dataset.relation)"
    now = set(page.eval_on_selector_all("#table tbody tr", ids))
    page.click("#from-on")
    page.fill("#from-date", "2005-01-01")
    page.keyboard.press("Tab")
    both = set(page.eval_on_selector_all("#table tbody tr", ids))
    assert "m-11" in both - now  # in force from 2001 to 2010
    assert now <= both
    expect(page.locator("#asof")).to_contain_text("from 2005-01-01 to ")
    assert again(open_page, page, mini_page).input_value("#from-date") == "2005-01-01"
    page.click("#from-on")
    assert set(page.eval_on_selector_all("#table tbody tr", ids)) == now


def test_relations_of_an_unknown_start_are_dashed_and_the_legend_explains_it(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#every=1").ready()
    expect(page.locator("#legend")).to_contain_text("dates not recorded")
    drawn = picture(page)
    dashed = drawn.count('class="undated"') - 1  # one is in the legend
    assert (
        dashed
        == drawn.count('stroke-dasharray="9 5"')
        - drawn.count('stroke="#FFFFFF" stroke-width="2" stroke-dasharray="9 5"')
        - 1
        > 5
    )
    page.evaluate("location.hash = '#scope=norms&modality=normative'")
    expect(page.locator("#legend")).not_to_contain_text("dates not recorded")


def test_law_and_demand_are_told_apart_and_both_hollow(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#modality=normative").ready()
    expect(page.locator("#legend")).to_contain_text("law requires")
    expect(page.locator("#legend")).not_to_contain_text("demand")
    drawn = picture(page)
    lines = re.findall(r"<path [^>]*>", drawn)
    assert len([each for each in lines if 'stroke="#FFFFFF"' in each]) == len(lines) / 2 > 10
    page.evaluate("location.hash = '#scope=norms'")
    expect(page.locator("#legend")).to_contain_text("demand")
    expect(page.locator("#legend")).not_to_contain_text("law requires")


def test_a_path_is_told_as_cited_sentences(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    page.fill("#search", "GUR")
    page.keyboard.press("Enter")
    page.click("[data-path=to]")
    expect(page.locator("#path-end")).to_be_focused()
    page.keyboard.type("Verkhovna Rada of Ukraine")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_focused()
    chains = page.locator("#panel .chain")
    assert 1 <= chains.count() <= 5
    lengths = [numbers(each)[0] for each in chains.locator("summary > strong").all_inner_texts()]
    assert lengths == sorted(lengths)
    first = chains.first
    expect(first.locator(".sentence").first).to_contain_text("Main Directorate of Intelligence")
    assert re.search(r"art\. \d|\d{4}", first.locator(".claims").first.inner_text())
    assert first.locator("a[href^=http]").count() > 0
    assert page.locator("#panel .common li").count() > 0
    expect(again(open_page, page, norms_page).locator("#panel .chain").first.locator("summary")).to_have_text(
        first.locator("summary").inner_text()
    )


def test_chains_go_up_to_an_elected_body_and_heed_day_and_filters(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#node=xx-intelligence").ready()
    page.click("[data-path=up]")
    expect(page.locator("#panel .chain").first.locator("summary")).to_contain_text("Intelligence")
    last = page.locator("#panel .chain summary").first.inner_text().split("→")[-1]
    assert "ommittee" in last or "arliament" in last
    page.fill("#asof-date", "1950-01-01")
    page.keyboard.press("Tab")
    expect(page.locator("#panel .nothing")).to_contain_text("No chain from")


def test_a_path_may_be_held_to_the_direction_and_to_the_filters(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#kind=oversight&path=xx-intelligence~xx-committee-security").ready()
    expect(page.locator("#panel .chain")).to_have_count(1)
    page.check("[data-directed]")
    expect(page.locator("#panel .nothing")).to_be_visible()
    expect(page.locator("[data-directed]")).to_be_focused()
    page.uncheck("[data-directed]")
    page.evaluate("location.hash = '#kind=funding&path=xx-intelligence~xx-committee-security'")
    expect(page.locator("#panel .nothing")).to_be_visible()
    page.click("[data-widen]")
    assert page.locator("#panel .chain").count() > 0


def test_the_table_keeps_its_order_and_filter_in_the_address(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#view=table&kind=").ready()
    assert page.locator("#table tbody tr").count() == relations_shown(page)
    page.click("th[data-column=target] button")
    page.click("th[data-column=target] button")
    page.fill("#table-filter", "police")
    same = again(open_page, page, mini_page)
    expect(same.locator("th[data-column=target]")).to_have_attribute("aria-sort", "descending")
    assert same.locator("#table tbody tr").all_inner_texts() == page.locator("#table tbody tr").all_inner_texts()


VIEWS = (
    "#view=matrix",
    "#view=gaps",
    "#view=compare&list=cover~XX~xx-intelligence~2~law",
    "#path=xx-intelligence~xx-parliament&lang=uk",
    "#view=matrix&lang=uk&from=2001-01-01&list=pair~xx-committee-security~xx-intelligence",
)


@pytest.mark.acceptance(6)
@pytest.mark.parametrize(("size", "scheme"), [((1440, 900), "light"), ((390, 844), "dark")])
def test_axe_finds_nothing_in_the_views_and_every_text_has_words(
    open_page: Open, mini_page: Path, size: tuple[int, int], scheme: str
) -> None:
    opened = open_page(mini_page, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page = opened.ready()
    for fragment in VIEWS:
        page.evaluate(f"location.hash = '{fragment}'")
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") == size[0], fragment
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, (fragment, found.generate_report())
        assert KEY.findall(page.inner_text("body")) == []
    assert opened.complaints == []


def test_hostile_names_are_inert_in_every_view(open_page: Open, hostile_page: Path) -> None:
    opened = open_page(hostile_page)
    page = opened.ready()
    for view in ("matrix", "gaps", "compare", "table", "network"):
        page.click(f"#tab-{view}")
    page.evaluate(
        "location.hash = '#view=matrix&list=pair~%3Cimg%20onerror%3D1%3E~__proto__&path=__proto__~constructor'"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.__ran ?? null") is None
    assert opened.requests == [hostile_page.as_uri()]
