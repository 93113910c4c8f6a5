"""Narrowing what is shown: to one value of a facet, and to what comes to an actor or goes out from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.page.conftest import Open
from tests.page.hands import Keyboard

ALL = "kind=&view=table&things=1"
TICKED = "found => found.map((each) => each.dataset.value)"


def listed(page: Page) -> set[str]:
    """The ids of the relations in the table."""
    rows = page.locator("#table tr[data-relation]")
    return {str(row.get_attribute("data-relation")) for row in rows.all()}


@pytest.mark.parametrize(
    ("near", "found"),
    [
        ("1in", {"m-09", "m-10", "m-13", "m-21"}),
        ("1out", {"m-20", "m-21"}),
        ("1", {"m-09", "m-10", "m-13", "m-20", "m-21"}),
    ],
)
def test_a_direction_keeps_what_comes_in_or_goes_out(
    open_page: Open, mini_page: Path, near: str, found: set[str]
) -> None:
    page = open_page(mini_page, f"#node=xx-intelligence&{ALL}&near={near}").ready()
    assert listed(page) == found


def test_further_steps_keep_the_direction(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, f"#node=xx-intelligence&{ALL}&near=2in").ready()
    found = listed(page)
    assert "m-22" in found  # a donor sets conditions for the ministry that directs the service
    assert "m-19" not in found  # the committee is a part of parliament: that goes out from it


def test_what_has_no_direction_goes_both_ways(open_page: Open, mini_page: Path) -> None:
    for way in ("in", "out"):
        page = open_page(mini_page, f"#scope=norms&node=norm-cso&{ALL}&near=1{way}").ready()
        assert "m-05" in listed(page)


def test_keys_choose_direction_and_steps_and_the_link_holds_them(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, f"#node=xx-intelligence&{ALL}").ready()
    hands = Keyboard(page)
    hands.press("[data-near=in]")
    expect(page.locator(".steps [aria-pressed=true]")).to_have_text(["1", "incoming"])
    assert page.evaluate("document.activeElement.dataset.near") == "in"
    page.keyboard.press("Shift+Tab")
    hands.press("[data-near='2']")
    page.reload()
    page.wait_for_selector("html[data-ready=true]")
    expect(page.locator(".steps [aria-pressed=true]")).to_have_text(["2", "incoming"])
    page.click("[data-near=both]")
    assert "near=2&" in f"{page.url}&"
    page.click("[data-near='2']")
    assert "near" not in page.url
    expect(page.locator(".steps [aria-pressed=true]")).to_have_count(0)


def test_only_keeps_one_value_of_a_facet_and_the_focus(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page).ready()
    before = page.eval_on_selector_all("[data-facet=kind]:checked", TICKED)
    assert len(before) > 1
    only = page.locator("[data-facet=kind][data-only=direction]")
    expect(only).to_have_accessible_name("only direction")
    hands = Keyboard(page)
    hands.reach("[data-facet=kind][data-value=direction]")
    page.keyboard.press("ArrowRight")
    hands.press("[data-facet=kind][data-only=direction]")
    assert page.eval_on_selector_all("[data-facet=kind]:checked", TICKED) == ["direction"]
    expect(page.locator(".chip").first).to_have_text("direction ×")
    expect(only).to_be_focused()
    expect(only).to_have_css("opacity", "1")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.matches('[data-facet=kind][data-value=direction]')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('input[data-facet]')"), "no stop of its own"


def test_a_finger_sees_only_without_hovering(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).ready()
    page.click("#filters > summary")
    expect(page.locator(".only").first).to_have_css("opacity", "1")
