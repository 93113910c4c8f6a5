"""The brief: two printed pages, every statement with a source, nothing that runs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import graph_build as gb
from graph_build.cli.app import main
from graph_build.errors import UsageError
from graph_build.page.words import Language, words
from graph_build.store import Store
from tests.page.conftest import Open, written

BODIES = ("SBU", "AIVD", "GCHQ", "PFA", "CTIVD")


@pytest.fixture(scope="module")
def atlas(norms: Store) -> gb.Atlas:
    return gb.Atlas(norms)


@pytest.fixture(scope="module")
def brief(atlas: gb.Atlas) -> Callable[..., str]:
    """Return what writes a brief, each once for all tests."""
    return cache(atlas.brief)


@pytest.fixture(scope="module")
def sbu(brief: Callable[..., str]) -> str:
    return brief("SBU", lang="en")


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_briefs_print_on_two_pages(brief: Callable[..., str], browser: Browser, folder: Path, lang: Language) -> None:
    page = browser.new_page()
    for name in BODIES if lang == "uk" else BODIES[:2]:  # the longer language
        page.goto(written(folder, "brief", brief(name, lang=lang)).as_uri())
        printed = page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2, name
    page.close()


def test_a_brief_says_who_may_question_by_which_article(sbu: str) -> None:
    assert "Committee on National Security, Defence and Intelligence" in sbu
    assert re.search(r"Verkhovna Rada of Ukraine</b>.*?law art\. 85", sbu, re.DOTALL)
    assert "not known" in sbu
    assert re.search(r"in force since \d{4}-\d\d", sbu)
    assert re.search(r"opened \d{4}-\d\d-\d\d", sbu)


def test_every_citation_has_its_source(sbu: str) -> None:
    cited = {int(number) for number in re.findall(r"<sup>(\d+)</sup>", sbu)}
    listed = sbu.partition('<ol class="sources">')[2].count("<li>")
    assert cited == set(range(1, listed + 1))


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_a_denial_has_the_word_of_the_page(atlas: gb.Atlas, lang: Language) -> None:
    assert f"<h2>{words(lang)['modality.negated'].capitalize()}: " in atlas.brief("PSA", lang=lang)


def test_comparable_bodies_are_of_the_other_countries(sbu: str) -> None:
    for name in (
        "Netherlands: General Intelligence and Security Service (AIVD)",
        "Norway: Police Security Service (PST)",
    ):
        assert name in sbu
    assert "Ukraine: " not in sbu.partition("<tbody>")[2].partition("</tbody>")[0]


def test_another_body_and_another_day_give_another_brief(atlas: gb.Atlas, brief: Callable[..., str], sbu: str) -> None:
    assert "Investigatory Powers Commission (TIB)" in brief("AIVD", lang="en")
    assert "Investigatory Powers Commission (TIB)" not in sbu.partition("<table>")[0]
    early = atlas.brief("AIVD", as_of=date(2016, 6, 1))
    assert "Investigatory Powers Commission (TIB)" not in early


def test_a_brief_says_that_a_body_was_not_there_instead_of_that_it_meets_all_demands(atlas: gb.Atlas) -> None:
    early, later = (atlas.brief("IPOA", as_of=date(year, 6, 1)) for year in (2005, 2015))
    assert "On this day the body was not there" in early
    assert "Every demand tested is met" not in early
    assert "On this day the body was not there" not in later


def test_a_brief_shows_the_same_in_a_browser_without_asking_for_anything(
    sbu: str, folder: Path, open_page: Open
) -> None:
    opened = open_page(written(folder, "brief-sbu", sbu), viewport={"width": 390, "height": 844})
    assert opened.page.title().startswith("Security Service of Ukraine")
    assert [url for url in opened.requests if not url.startswith("file:")] == []
    assert opened.complaints == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_labels_cannot_run(tmp_path: Path) -> None:
    source = Path(__file__).parents[1] / "data" / "gapland"
    for table in source.iterdir():
        text = table.read_text(encoding="utf-8")
        (tmp_path / table.name).write_text(
            text.replace("Auditor of Gapland", "<script>alert(1)</script>"), encoding="utf-8"
        )
    found = gb.build(tmp_path).brief("xg-service")
    assert "&lt;script&gt;alert(1)" in found
    assert "<script" not in found


def test_a_body_without_country_has_no_brief(atlas: gb.Atlas) -> None:
    with pytest.raises(UsageError, match="belongs to no country"):
        atlas.brief("NATO")


def test_the_command_writes_the_file_and_never_guesses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        main(["brief", "MIVD", "--lang", "uk", "-o", "mivd.html"])
    assert left.value.code == 0
    assert 'lang="uk"' in Path("mivd.html").read_text(encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["brief", "no such service", "-o", "none.html"])
    assert left.value.code
    assert not Path("none.html").exists()


def test_the_words_are_complete_in_both_languages() -> None:
    texts = [
        json.loads(files("graph_build.page").joinpath("i18n", f"brief.{lang}.json").read_text("utf-8"))
        for lang in ("en", "uk")
    ]
    assert texts[0].keys() == texts[1].keys()
    assert all(text.strip() for each in texts for text in each.values())
    assert not [key for key in texts[0] if texts[0][key] == texts[1][key]]
