"""Axe finds nothing against WCAG A and AA; what it cannot judge is in `test_browser`: the walk by keys, and the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.page.conftest import Open

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.acceptance(6)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Open, mini_page: Path, scheme: str) -> None:
    page = open_page(mini_page, color_scheme=scheme).ready()
    for fragment in (
        "#",
        "#node=xx-intelligence",
        "#relation=m-05",
        "#view=table",
        "#view=table&lang=uk&node=norm-cso",
    ):
        page.evaluate(f"location.hash = '{fragment}'")
        page.wait_for_timeout(80)
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, (fragment, found.generate_report())


def test_axe_finds_nothing_on_a_phone_with_search_open(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, viewport={"width": 390, "height": 844}).ready()
    page.click("#filters > summary")
    page.fill("#search", "police")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_the_skip_link_leads_to_the_table(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page).ready()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "relations"
    assert page.get_attribute("#tab-table", "aria-selected") == "true"


def test_motion_stops_for_those_who_ask(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, reduced_motion="reduce").ready()
    assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    page.click("[data-family=all]")
    first = page.screenshot()
    page.wait_for_timeout(150)
    assert page.screenshot() == first
