"""What a reader must not be misled by: the day of a view, names cut short, a ladder wider than the phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Open

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.mark.parametrize(("lang", "says"), [("en", "does not move it"), ("uk", "його не змінює")])
def test_gaps_and_countries_say_for_which_day_they_hold(
    open_page: Open, norms_page: Path, lang: str, says: str
) -> None:
    page = open_page(norms_page, f"#lang={lang}&scope=KE&view=gaps&asof=2010-01-01").ready()
    day = page.inner_text("#gap-count").split()[-1]
    assert day > "2020"
    expect(page.locator("#lede")).to_contain_text(day)
    expect(page.locator("#lede")).to_contain_text(says)
    expect(page.locator("#asof")).to_contain_text(day)
    page.click("#tab-compare")
    expect(page.locator("#lede")).to_contain_text(says)
    expect(page.locator("#asof")).to_be_empty()
    page.click("#tab-table")
    expect(page.locator("#asof")).to_contain_text("2010-01-01")


def test_a_name_too_long_for_its_place_goes_without_the_country_and_keeps_its_abbreviation(
    open_page: Open, norms_page: Path
) -> None:
    page = open_page(norms_page, "#lang=uk&scope=GB").ready()
    lines = page.evaluate("""() => new Promise((done) => {
        URL.createObjectURL = (blob) => { blob.text().then(done); return "blob:none"; };
        document.querySelector("[data-download=svg]").click();
    })""")
    assert "(IPCO)" in lines
    assert "(IOPC)" in lines
    assert "Служба безпеки</text>" in lines
    assert "Сполученого…" not in lines


def test_a_phone_draws_fewer_actors_from_side_to_side_and_says_so(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#scope=KE", **PHONE).ready()
    expect(page.locator("#first")).to_contain_text("12 of ")
    page.click("#first button")
    expect(page.locator("#first button")).to_have_attribute("data-every", "false")
    wide = open_page(norms_page, "#scope=KE").ready()
    expect(wide.locator("#first")).to_contain_text("24 of ")


def test_a_relation_that_the_filters_hide_says_so(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page, "#relation=ua-0002").ready()
    expect(page.locator("#panel")).to_contain_text("Not in the drawing with these filters.")
    page.click("[data-family=all]")
    expect(page.locator("#panel")).not_to_contain_text("Not in the drawing")
