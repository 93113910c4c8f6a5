"""How the page is cited as a whole, for readers and for programs that look for data."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from graph_build.page import explorer
from graph_build.page.citing import citation, dataset_block
from graph_build.page.facts import Facts, facts
from graph_build.page.sources import Fields
from graph_build.resources import resource
from graph_build.store import Store
from graph_build.vocabulary import term
from tests.page.conftest import Open

ADDRESS = term("dataset:mini").value
SERVED = "https://atlas.example/explorer.html"


def block_of(html: str) -> dict[str, Any]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(found) == 1
    return dict(json.loads(found[0]))


def with_another(known: Facts, **changed: str) -> Facts:
    """Return facts of two datasets: the second has other values, or lacks some."""
    first: Fields = known.datasets[0]
    return replace(known, datasets=[first, {**first, **changed}])


def test_a_citation_names_title_version_day_address_and_licence(mini: Store) -> None:
    known = facts(mini)
    licence = known.datasets[0]["licence"]
    text = citation(known, "An atlas", "en")
    assert text.startswith("An atlas. Data: Examplia, a fictional country for the tests, version 1.0.0, checked ")
    assert f"checked 2025-11-02, {ADDRESS}. Licence: {licence}. Made with govgraph " in text


def test_licences_that_differ_stand_with_their_datasets(mini: Store) -> None:
    known = with_another(facts(mini), title="Other", licence="https://example.org/other", iri="javascript:alert(1)")
    text = citation(known, "An atlas", "en")
    assert "Licence:" not in text
    assert text.endswith("checked 2025-11-02, https://example.org/other. Made with govgraph 0.1.0.")
    assert "license" not in dataset_block(known, "An atlas", "en")


def test_the_page_describes_itself_and_its_datasets_for_programs(mini: Store) -> None:
    block = block_of(explorer(mini, title="An atlas"))
    assert (block["@context"], block["@type"], block["name"]) == ("https://schema.org/", "Dataset", "An atlas")
    assert [part["@id"] for part in block["hasPart"]] == [ADDRESS]
    assert [part["description"] for part in block["hasPart"]] == [
        "A small dataset that uses every feature of the format once."
    ]
    assert (block["version"], block["dateModified"]) == ("1.0.0", "2025-11-02")
    assert re.match(r"\d+ relations among \d+ actors", block["description"])


def test_a_dataset_without_description_is_given_none(mini: Store) -> None:
    known = facts(mini)
    bare: Fields = {name: value for name, value in known.datasets[0].items() if name != "description"}
    parts: Any = dataset_block(replace(known, datasets=[bare]), "An atlas", "en")["hasPart"]
    assert ["description" in part for part in parts] == [False]


def test_bundled_datasets_are_described_at_the_length_that_dataset_search_asks_for() -> None:
    packages = [
        json.loads(folder.joinpath("datapackage.json").read_text("utf-8"))
        for folder in resource("datasets").iterdir()
        if folder.joinpath("datapackage.json").is_file()
    ]
    assert packages
    assert [known["name"] for known in packages if not 50 <= len(known["description"]) <= 5000] == []


def test_the_whole_is_of_the_latest_day(mini: Store) -> None:
    known = with_another(facts(mini), checked="2031-01-01", version="2")
    block = dataset_block(known, "An atlas", "en")
    assert block["dateModified"] == "2031-01-01"
    assert "version" not in block


def test_a_title_cannot_end_the_block(hostile: Store) -> None:
    html = explorer(hostile, title="</script><script>window.__ran='block'</script>")
    block = block_of(html)
    assert block["name"].startswith("</script>")
    assert block["hasPart"][0]["name"] == "<script>window.__ran='dataset'</script>"
    assert block["hasPart"][0]["description"] == "</script><script>window.__ran='description'</script>"
    assert "<script>window" not in html


@pytest.fixture
def cited(open_page: Open, mini_page: Path) -> Page:
    page = open_page(mini_page, permissions=["clipboard-read", "clipboard-write"]).ready()
    page.click("#citing > summary")
    return page


def copied(page: Page, lang: str) -> str:
    page.click(f"[data-lang={lang}]")
    page.click("#cite-page")
    expect(page.locator("#spoken")).to_have_text({"en": "Copied", "uk": "Скопійовано"}[lang])
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_reader_copies_the_citation_in_either_language(cited: Page, mini: Store) -> None:
    known = facts(mini)
    title = str(known.datasets[0]["title"])
    assert copied(cited, "en") == citation(known, title, "en") == cited.inner_text("#citation")
    assert copied(cited, "uk") == citation(known, title, "uk") == cited.inner_text("#citation")


def test_without_scripts_the_citation_stands_there(open_page: Open, mini_page: Path, mini: Store) -> None:
    page = open_page(mini_page, java_script_enabled=False).page
    page.click("#citing > summary")
    assert ADDRESS in page.inner_text("#citation")
    assert not page.is_visible("#cite-page")


def test_a_page_from_a_server_is_cited_with_its_address(open_page: Open, mini_page: Path) -> None:
    opened = open_page(mini_page)
    page = opened.page
    page.route(f"{SERVED}*", lambda route: route.fulfill(body=mini_page.read_text("utf-8"), content_type="text/html"))
    page.goto(f"{SERVED}#view=table")
    opened.ready()
    assert str(page.text_content("#citation")).endswith(f" {SERVED}")
    assert opened.complaints == []


@pytest.mark.parametrize(
    ("fragment", "row"),
    [
        ("#relation=m-09", "row m-09 of mini/relations.csv"),
        ("#node=xx-intelligence", "row xx-intelligence of actors.csv"),
        ("#scope=norms&node=security-budget", "row security-budget of things.csv"),
    ],
)
def test_who_corrects_is_told_which_row_of_which_file(
    open_page: Open, mini_page: Path, fragment: str, row: str
) -> None:
    page = open_page(mini_page, fragment).ready()
    expect(page.locator("#panel .correct")).to_contain_text(row)
