"""Hostile data in a real browser: nothing runs, nothing is asked for, nothing is lost."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from playwright.sync_api import Page, expect

from graph_build.page import explorer
from graph_build.page.assets import assets, packed
from graph_build.store import Store
from tests.page.conftest import Open, written
from tests.page.hostile import LABELS


def harmless(page: Page) -> None:
    assert page.evaluate("typeof window.__ran") == "undefined"
    assert page.locator("script").count() == 4
    assert page.locator("img, iframe, object, embed").count() == 0
    addresses = page.eval_on_selector_all("a[href]", "found => found.map(each => each.getAttribute('href'))")
    assert [each for each in addresses if not each.startswith(("#", "https://", "http://"))] == []


@pytest.mark.acceptance(1)
def test_nothing_runs_in_any_view(open_page: Open, hostile_page: Path) -> None:
    opened = open_page(hostile_page)
    page = opened.ready()
    harmless(page)
    for name in LABELS:
        page.evaluate("name => { location.hash = '#' + new URLSearchParams({ node: name }) }", name)
        page.wait_for_timeout(30)
        heading = page.locator("#panel h2").text_content() or ""
        assert heading.removesuffix("…") == LABELS[name][:300]
        harmless(page)
    page.click("#tab-table")
    page.click("[data-lang=uk]")
    harmless(page)
    assert opened.requests == [hostile_page.as_uri()]
    assert opened.complaints == []


def test_nothing_runs_when_the_data_stand_as_they_are(
    open_page: Open, hostile: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph_build.page.html._PLAIN", 10**9)
    path = written(folder, "hostile-plain", explorer(hostile))
    opened = open_page(path)
    page = opened.ready()
    page.click("#tab-table")
    harmless(page)
    assert page.locator("#table tbody tr").count() == len(LABELS)
    assert opened.requests == [path.as_uri()]
    assert opened.complaints == []


def test_a_library_with_one_letter_changed_does_not_run(open_page: Open, mini_page: Path, folder: Path) -> None:
    known = assets("vis")
    text = mini_page.read_text(encoding="utf-8")
    changed = text.replace(known.packed_library, packed(known.library + " "))
    assert changed != text
    opened = open_page(written(folder, "changed", changed))
    for _ in range(100):
        if any("Content Security Policy" in said for said in opened.complaints):
            break
        opened.page.wait_for_timeout(100)  # the library is unpacked after the first drawing
    else:
        raise AssertionError(opened.complaints)
    assert opened.page.evaluate("typeof vis") == "undefined"
    assert opened.page.locator("#table tbody tr").count() > 0


def test_every_actor_is_in_the_table(open_page: Open, hostile_page: Path) -> None:
    page = open_page(hostile_page, "#view=table").ready()
    assert page.locator("#table tbody tr").count() == len(LABELS)


@pytest.mark.acceptance(1)
def test_addresses_that_are_no_links_are_left_out(open_page: Open, hostile_page: Path) -> None:
    page = open_page(hostile_page, "#relation=__proto__0").ready()
    assert page.eval_on_selector_all("#panel .cite a", "found => found.map(each => each.href)") == [
        "https://archive.example/copy"
    ]


@pytest.mark.acceptance(1)
def test_hovering_and_searching_run_nothing(open_page: Open, hostile_page: Path) -> None:
    page = open_page(hostile_page).ready()
    box = page.locator("#canvas").bounding_box()
    assert box
    for step in range(12):
        page.mouse.move(box["x"] + box["width"] * step / 12, box["y"] + box["height"] * (step % 4 + 1) / 5)
    page.fill("#search", "img")
    expect(page.locator("#found [role=option]").first).to_contain_text("<img")
    harmless(page)


def test_the_policy_stops_what_the_page_would_inject(open_page: Open, hostile_page: Path) -> None:
    opened = open_page(hostile_page)
    page = opened.ready()
    page.evaluate("""() => {
      const script = document.createElement('script');
      script.textContent = "window.__ran = 'injected'";
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="https://evil.example/p.png" onerror="window.__ran=1">');
      fetch('https://evil.example/').catch(() => {});
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("typeof window.__ran") == "undefined"
    assert [reason for address, reason in opened.failures if "evil.example" in address] == ["csp"]
    assert any("Content Security Policy" in said for said in opened.complaints)


def test_csv_guards_formulas(open_page: Open, hostile_page: Path) -> None:
    page = open_page(hostile_page).ready()
    page.click(".download summary")
    with page.expect_download() as waiting:
        page.click("[data-download=csv]")
    text = Path(waiting.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == len(LABELS) + 1
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert any(cell == "'" + LABELS["formula"] for row in rows for cell in row)


def test_svg_is_xml_that_holds_no_script(open_page: Open, hostile_page: Path) -> None:
    page = open_page(hostile_page).ready()
    page.click(".download summary")
    with page.expect_download() as waiting:
        page.click("[data-download=svg]")
    picture = fromstring(Path(waiting.value.path()).read_bytes())
    names = {each.tag.rsplit("}", 1)[-1] for each in picture.iter()}
    assert names <= {"svg", "title", "rect", "text", "path", "polygon", "circle", "line"}
