"""What the panel says of each claim, and where the focus goes on the way to it and back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.page.conftest import Open
from tests.page.hands import Keyboard


def test_each_claim_says_how_sure_it_is_and_who_looked(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#node=nl-tib").ready()
    claims = page.locator("#panel .claims > li").all_inner_texts()
    assert len(claims) > 5
    assert all("Confidence: " in claim and "dataset checked 20" in claim for claim in claims)


def test_a_relation_names_what_says_the_opposite(open_page: Open, norms_page: Path) -> None:
    """The law provides for a committee that was never constituted."""
    page = open_page(norms_page, "#relation=ua-0061").ready()
    opposite = page.locator("#panel .opposite .claims > li")
    assert opposite.count() == 1
    expect(opposite.locator(".badge.denied")).to_be_visible()
    opposite.locator("button.more").click()
    expect(page.locator("#panel .opposite .badge.denied")).to_have_count(0)  # seen from the other side
    expect(page.locator("#panel .opposite .badge.normative").first).to_be_visible()


def test_who_may_not_do_something_else_is_no_opposite(open_page: Open, norms_page: Path) -> None:
    """The TIB reviews permissions beforehand; that it does not watch their use is no contradiction."""
    page = open_page(norms_page, "#relation=nl-0028").ready()
    assert page.locator("#panel .opposite").count() == 0


def test_keys_lead_from_a_row_to_its_details_and_back(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#view=table&kind=").ready()
    hands = Keyboard(page)
    row = page.locator("#table tbody tr").nth(2).get_attribute("data-relation")
    hands.press(f"tr[data-relation={row}] td:nth-child(2) button")
    expect(page.locator("#panel h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f"tr[data-relation={row}] td:nth-child(2) button")).to_be_focused()


def test_oversight_of_a_body_is_told_layer_by_layer(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#node=ua-security-service").ready()
    heads = page.locator("#panel section").first.locator("h4").all_inner_texts()
    assert heads[:3] == ["parliamentary", "judicial", "executive"]
    assert page.locator("#panel h3").first.inner_text().startswith("What others do towards it")
