"""The page in a real browser: it draws, finds, filters, cites, speaks two languages, and asks nothing of any network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.page.conftest import Open

DRAWN = """() => {
  const canvas = document.querySelector('#canvas canvas');
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let inked = 0;
  for (let at = 3; at < data.length; at += 4) inked += data[at] > 0;
  return inked;
}"""

# The middle of the widest run of one colour: the largest symbol with that fill.
SYMBOL = """(fill) => {
  const canvas = document.querySelector('#canvas canvas');
  const { width, height } = canvas;
  const data = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(fill.slice(at, at + 2), 16));
  let best = [0, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0, run = 0; x < width; x += 1) {
      const at = 4 * (y * width + x);
      run = data[at] === red && data[at + 1] === green && data[at + 2] === blue ? run + 1 : 0;
      if (run > best[2]) best = [x - run / 2, y, run];
    }
  }
  const ratio = width / canvas.clientWidth;
  return [best[0] / ratio, best[1] / ratio];
}"""


def relations_shown(page: Page) -> int:
    return int(page.evaluate("document.querySelector('#lede').textContent.match(/\\d+/)[0]"))


@pytest.mark.acceptance(2)
def test_draws_at_once_and_asks_nothing_while_the_network_hangs(open_page: Open, norms_page: Path) -> None:
    opened = open_page(norms_page)
    page = opened.ready()
    assert page.evaluate(DRAWN) > 3000
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert paint < 2000  # twice the budget: the machine of the tests may be busy
    assert opened.requests == [norms_page.as_uri()]
    assert opened.complaints == []


def test_search_finds_an_actor_by_a_latin_spelling_of_its_ukrainian_name(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    page.keyboard.press("/")
    page.keyboard.type("hromadianske suspil")
    expect(page.locator("#found [role=option]").first).to_contain_text("civil society")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("civil society")
    expect(page.locator("#panel .other")).to_have_text("громадянське суспільство")


def test_search_shows_what_the_filters_would_hide(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#scope=norms").ready()
    page.fill("#search", "transparency")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("transparency")
    assert page.is_checked("[data-toggle=things]")
    expect(page.locator("#panel")).not_to_contain_text("Not in the drawing")


def test_filters_change_what_is_drawn_and_counted(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page).ready()
    page.click("[data-family=all]")
    every = relations_shown(page)
    box = page.locator("[data-facet=modality][data-value=actual]")
    count = int(box.locator("xpath=../span[@class='count']").inner_text())
    box.check()
    assert relations_shown(page) == count < every
    page.click(".chip >> text=practised")
    assert relations_shown(page) == every
    page.click(".chip.reset")
    expect(page.locator("[data-family=control]")).to_have_attribute("aria-pressed", "true")


def test_demands_without_an_actor_are_hidden_until_asked_for(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#scope=norms&kind=&things=1").ready()
    before = relations_shown(page)
    page.check("[data-toggle=unspecified]")
    assert relations_shown(page) == before + 1


def test_every_relation_is_cited_with_file_and_range(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#node=norm-executive").ready()
    expect(page.locator("#panel h2")).to_have_text("executive")
    claims = page.locator("#panel .claims > li")
    places = page.locator("#panel .claims > li .locator")
    assert claims.count() > 10
    assert places.count() >= claims.count()
    texts = places.all_text_contents()
    assert all(texts)
    assert sum(".txt, characters " in text for text in texts) > 10
    claims.locator("button.more").first.click()
    expect(page.locator("#panel h2")).to_have_text("Relation")
    expect(page.locator("#panel .cite").first).to_be_visible()


def test_links_lead_to_the_source_and_its_archived_copy(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#relation=m-09").ready()
    links = page.locator("#panel .cite a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://www.example.org/law/12",
        "https://archive.example.org/law/12",
    ]
    assert links.first.get_attribute("rel") == "noopener noreferrer nofollow"
    expect(page.locator("#panel dl")).to_contain_text("Law No. 12 on the Intelligence Service, art. 6")


def test_a_disputed_relation_says_so(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#relation=m-05").ready()
    expect(page.locator("#panel .disputes")).to_contain_text("A source disputes this")


def test_a_denied_relation_is_marked_in_panel_and_legend(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#relation=m-12&asof=1991-06-01").ready()
    expect(page.locator("#panel .badge.denied")).to_be_visible()
    expect(page.locator("#legend")).to_contain_text("denied")


@pytest.mark.acceptance(5)
def test_relations_between_the_same_two_actors_stay_apart(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#kind=oversight&node=xx-committee-security").ready()
    page.click("#tab-table")
    rows = page.locator("#table tbody tr", has_text="Examplian Intelligence Service")
    assert rows.count() == 2


def test_the_table_sorts_and_filters(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#scope=norms&view=table").ready()
    rows = page.locator("#table tbody tr")
    every = rows.count()
    page.click("th[data-column=kind] button")
    expect(page.locator("th[data-column=kind]")).to_have_attribute("aria-sort", "ascending")
    kinds = page.locator("#table tbody tr td:nth-child(2)").all_text_contents()
    assert kinds == sorted(kinds)
    page.fill("#table-filter", "media")
    assert 0 < rows.count() < every


@pytest.mark.acceptance(12)
def test_the_whole_page_speaks_ukrainian_without_a_reload(open_page: Open, norms_page: Path) -> None:
    opened = open_page(norms_page, "#node=norm-parliament")
    page = opened.ready()
    page.click("[data-lang=uk]")
    assert page.get_attribute("html", "lang") == "uk"
    expect(page.locator("#panel h2")).to_have_text("парламент")
    expect(page.locator("[data-family=control]")).to_have_text("Контроль")
    expect(page.locator("#lede")).to_contain_text("Показано")
    assert opened.requests == [norms_page.as_uri()]


def test_the_address_keeps_what_was_chosen(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page).ready()
    page.click("[data-family=knowledge]")
    page.click("[data-lang=uk]")
    page.click("#tab-table")
    fragment = page.evaluate("location.hash")
    again = open_page(mini_page, fragment).ready()
    expect(again.locator("[data-family=knowledge]")).to_have_attribute("aria-pressed", "true")
    assert again.get_attribute("html", "lang") == "uk"
    assert again.locator("#table tbody tr").count() == page.locator("#table tbody tr").count()


def test_a_phone_scrolls_only_downwards_and_sees_the_drawing_first(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, viewport={"width": 390, "height": 844}, has_touch=True).ready()
    for fragment in ("#", "#node=norm-parliament", "#view=table", "#lang=uk"):
        page.evaluate(f"location.hash = '{fragment}'")
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.evaluate("location.hash = '#'")
    assert page.evaluate("document.querySelector('#canvas').getBoundingClientRect().top") < 400
    stage, filters = (page.locator(each).bounding_box() for each in ("#stage", "#filters"))
    assert stage
    assert filters
    assert stage["y"] < filters["y"]


def test_without_scripts_there_are_a_picture_and_a_table(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, java_script_enabled=False).page
    rows = page.locator("#table tbody tr")
    assert 200 < rows.count() <= 500
    assert "Ukraine" in (page.locator("#lede").text_content() or "")
    expect(page.locator("#left-out")).to_be_visible()
    expect(page.locator("#still svg")).to_be_visible()
    expect(page.locator("#still svg")).to_contain_text("Parliament and courts")
    expect(page.locator("#lede")).to_contain_text("relations")
    assert not page.locator("#search").is_visible()


def test_downloads_hold_what_is_shown(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    shown = relations_shown(page)
    content = {}
    for name in ("png", "svg", "csv", "json"):
        page.click(".download summary")
        with page.expect_download() as waiting:
            page.click(f"[data-download={name}]")
        content[name] = Path(waiting.value.path()).read_bytes()
    assert content["png"].startswith(b"\x89PNG")
    assert len(content["csv"].decode("utf-8-sig").splitlines()) == shown + 1
    assert len(json.loads(content["json"])["relations"]) == shown
    assert "security sector" in content["svg"].decode()
    assert "as of" in content["svg"].decode()


@pytest.mark.acceptance(6)
def test_three_keys_find_an_actor_and_tabs_lead_to_its_first_claim(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page).ready()
    page.keyboard.press("/")
    page.keyboard.type("EIS")
    page.keyboard.press("Enter")
    page.focus("#canvas")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#panel .cite a')"):
            break
    assert page.evaluate("document.activeElement.href").startswith("https://www.example.org/")


def test_arrow_keys_walk_to_neighbours_and_escape_leaves(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    first = page.inner_text("#panel h2")
    names = set()
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        names.add(page.inner_text("#panel h2"))
    assert len(names | {first}) > 1
    assert "selected" in page.inner_text("#spoken") or "No neighbour" in page.inner_text("#spoken")
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("How to read the drawing")


def test_a_click_on_a_symbol_or_its_name_selects_it(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    page.wait_for_timeout(200)
    box = page.locator("#canvas").bounding_box()
    assert box
    ringed = page.evaluate(SYMBOL, "#D55E00")  # the fill of the executive
    page.mouse.click(box["x"] + ringed[0], box["y"] + ringed[1])
    page.wait_for_timeout(400)
    assert page.locator("#panel .title .swatch").count() == 1
    expect(page.locator("#panel dl")).to_contain_text("Type")
