"""The page in Ukrainian: whatever a reader sees is Ukrainian, is a name, or is marked as English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graph_build.network import network
from graph_build.page import explorer
from graph_build.page.words import words
from graph_build.store import Store
from tests.page.conftest import Open, written
from tests.page.test_browser_takeaway import taken

# Texts and attributes that are said to be Ukrainian and have more Latin letters than Cyrillic ones.
STRANGE = r"""() => {
  const count = (text, script) => text.match(script)?.length ?? 0;
  const odd = (whole) => {
    const text = whole.replace(/https?:\S+/g, "");
    return count(text, /\p{Script=Latin}/gu) > count(text, /\p{Script=Cyrillic}/gu) && /\p{L}{3}/u.test(text);
  };
  const found = [];
  const seen = (text, element) => {
    if (odd(text) && element.closest("[lang]").lang === "uk" && element.checkVisibility() && !element.closest("#still")) found.push(text.trim());
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!["SCRIPT", "STYLE"].includes(element.tagName)) seen(walk.currentNode.textContent, element);
  }
  for (const name of ["aria-label", "title", "placeholder"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) seen(element.getAttribute(name), element);
  }
  return found;
}"""
FRAGMENTS = (
    "", "&view=matrix", "&view=gaps", "&view=table&kind=", "&view=compare", "&layout=free&kind=", "&node=ua-security-service",
    "&relation=ua-0002", "&path=ua-defence-intelligence~%5E", "&scope=KE&view=gaps", "&scope=norms&view=table&kind=", "&scope=GB&view=table&kind=",
    "&story=ua-sbu-parliament-since-2018&step=1", "&asof=2010-01-01&node=ua-security-service",
)  # fmt: skip


def latin_names(store: Store) -> set[str]:
    """Return the Ukrainian names that have Latin letters: bodies that call themselves so, abbreviations."""
    graph = network(store, hidden=True, drafts=True)
    return {
        str(known["label_uk"]) for _, known in graph.nodes(data=True) if re.search("[A-Za-z]", str(known["label_uk"]))
    }


@pytest.mark.acceptance(12)
def test_no_english_is_left_unmarked_in_any_view(open_page: Open, norms_page: Path, norms: Store) -> None:
    page = open_page(norms_page, "#lang=uk").ready()
    allowed = {text for text in words("uk").values() if re.search("[A-Za-z]", text)} | {
        str(name) for name in latin_names(norms)
    }
    for fragment in FRAGMENTS:
        page.evaluate("hash => { location.hash = hash; }", f"#lang=uk{fragment}")
        page.wait_for_function("document.documentElement.lang === 'uk'")
        page.evaluate("document.querySelector('footer details').open = true")
        assert sorted(set(page.evaluate(STRANGE)) - allowed) == [], fragment


def test_a_relation_reads_as_a_ukrainian_sentence_with_its_english_phrase_below(
    open_page: Open, norms_page: Path
) -> None:
    page = open_page(norms_page, "#lang=uk&relation=ua-0002").ready()
    sentence = page.locator("#panel .sentence").first
    expect(sentence).to_have_text(
        "Президент України за законом бере участь у призначенні чи звільненні керівництва або членів такого суб’єкта: "
        "Міністерство оборони України"
    )
    expect(page.locator("#panel .remark [lang=en]").first).to_have_text("proposes the head of")
    expect(page.locator("#panel .locator").first).to_contain_text("ст. 106")
    page.click("[data-lang=en]")
    expect(sentence).to_contain_text("proposes the head of")
    expect(page.locator("#panel .remark")).to_have_count(0)


FILES = ("svg", "gexf", "turtle", "json")


def test_the_title_of_the_window_and_of_every_file_is_in_the_chosen_language(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    for lang in ("uk", "en"):
        page.click(f"[data-lang={lang}]")
        title = words(lang)["title"]
        expect(page).to_have_title(title)
        assert [name for name in FILES if title not in taken(page, name).decode()] == []
    page.click("[data-lang=uk]")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#still svg title").text_content() == words("uk")["title"]


def test_a_title_of_ones_own_stays_as_it_is(open_page: Open, mini: Store, folder: Path) -> None:
    page = open_page(written(folder, "titled", explorer(mini, title="My country"))).ready()
    page.click("[data-lang=uk]")
    expect(page).to_have_title("My country")
    assert [name for name in FILES if "My country" not in taken(page, name).decode()] == []
