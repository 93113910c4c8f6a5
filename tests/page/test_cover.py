"""Coverage as a page and as a picture: nothing loaded, nothing run, every state in words, not known in its own look."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from axe_playwright_python.sync_playwright import Axe

import graph_build as gb
from graph_build.coverage import LAYERS, UNKNOWN
from graph_build.errors import UsageError
from graph_build.page import CoveragePicture, coverage_picture
from graph_build.page.words import LANGUAGES, Language, say
from graph_build.store import Store
from tests.page.conftest import Open
from tests.page.test_accessibility import RULES
from tests.page.test_html import Addresses

GAPLAND = Path(__file__).parents[1] / "data" / "gapland"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def gapland() -> gb.Atlas:
    return gb.build(GAPLAND)


@pytest.fixture(scope="module")
def drawn(gapland: gb.Atlas) -> CoveragePicture:
    return gapland.coverage_picture("XG")


@pytest.fixture
def page(drawn: CoveragePicture, tmp_path: Path) -> Path:
    return drawn.save(tmp_path / "coverage.html")


def numbers(html: str) -> Iterator[tuple[str, str]]:
    """Yield way and number of each sign in the tables; neither the key nor the lists of grounds are tables."""
    for table in re.findall(r"<tbody.*?</tbody>", html, re.DOTALL):
        yield from re.findall(r'class="number (\w+)"[^>]*>([^<]*)<', table)


def test_the_page_has_the_numbers_of_the_table(gapland: gb.Atlas, drawn: CoveragePicture) -> None:
    told = [str(row[layer]) for row in gapland.coverage("XG").records() for layer in LAYERS]
    counts = [tuple(part.split()) for cell in told if cell != UNKNOWN for part in cell.split(", ")]
    found = list(numbers(drawn.html))
    assert sorted((way, said.strip("↑✕")) for way, said in found if way != "unknown") == sorted(counts)
    assert [way for way, _ in found].count("unknown") == told.count(UNKNOWN) > 0


def test_every_ground_and_overseer_of_the_long_table_is_in_the_page(gapland: gb.Atlas, drawn: CoveragePicture) -> None:
    rows = gapland.coverage("XG", long=True).records()
    wanted = {part for row in rows for name in ("overseers", "grounds") for part in str(row[name] or "").split("|")}
    assert len(wanted) > 8
    assert {part for part in wanted if part.removeprefix("denied: ") not in drawn.html} == set()


def test_each_link_of_the_page_leads_to_a_place_in_it(drawn: CoveragePicture) -> None:
    parser = Addresses()
    parser.feed(drawn.html)
    assert len(parser.found) > 10
    assert {link for link in parser.found if f'id="{link.removeprefix("#")}"' not in drawn.html} == set()
    assert not {"script", "link", "img", "iframe", "base", "form"} & set(parser.tags)


def test_days_and_checks_are_printed_in_both(gapland: gb.Atlas) -> None:
    drawn = gapland.coverage_picture("XG", as_of=date(2005, 6, 1))
    for text in (drawn.html, drawn.svg):
        assert "as of 2005-06-01 · data checked 2025-06-30" in text
    assert drawn.html != gapland.coverage_picture("XG").html


def test_the_picture_has_a_sign_in_every_cell_and_words_behind_each(gapland: gb.Atlas, drawn: CoveragePicture) -> None:
    groups = [group for group in fromstring(drawn.svg).iter(f"{SVG}g") if group.find(f"{SVG}title") is not None]
    titles = [str(group.findtext(f"{SVG}title")) for group in groups]
    assert len(titles) == len(gapland.coverage("XG")) * len(LAYERS)
    unknown = [group for group, title in zip(groups, titles, strict=True) if title.endswith("not known")]
    assert {group.findtext(f"{SVG}text") for group in unknown} == {"?"}
    assert any(title.startswith("Gapland Police, executive: by law: ") for title in titles)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_legend_and_attribution_are_in_the_picture(gapland: gb.Atlas, lang: Language) -> None:
    texts = " ".join(text.text or "" for text in fromstring(gapland.coverage_picture("XG", lang=lang).svg).iter())
    for way in ("practice", "law", "parent", "denied", "unknown"):
        assert say(lang, f"cover.{way}") in texts
    assert "2025-06-30" in texts


def test_several_countries_stand_beside_each_other_on_one_scale(norms: Store) -> None:
    picture = fromstring(coverage_picture(norms).svg)
    names = [text for text in picture.iter(f"{SVG}text") if text.text in ("Norway", "Kenya", "Ukraine")]
    assert {text.text for text in names} == {"Norway", "Kenya", "Ukraine"}
    assert len({text.get("x") for text in names}) == 2
    widths = {rect.get("width") for group in picture.iter(f"{SVG}g") for rect in group.findall(f"{SVG}rect")}
    assert len(widths) == 1


def test_labels_of_others_stay_text(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GAPLAND, tmp_path / "gapland"))
    for name, old in (("actors", "Gapland Police"), ("sources", "Law No. 2"), ("datapackage", "Gapland")):
        file = next(folder.glob(f"{name}.*"))
        assert old in file.read_text("utf-8")
        file.write_text(file.read_text("utf-8").replace(old, "<script>x</script><i>"), "utf-8")
    drawn = gb.build(folder).coverage_picture("XG")
    parser = Addresses()
    parser.feed(drawn.html)
    assert drawn.html.count("&lt;script&gt;") > 3
    assert not {"script", "i"} & set(parser.tags)
    assert {each.tag for each in fromstring(drawn.svg).iter()} <= {
        f"{SVG}{name}" for name in ("svg", "title", "rect", "text", "polygon", "line", "g")
    }


def test_the_same_graph_gives_the_same_bytes(gapland: gb.Atlas, drawn: CoveragePicture) -> None:
    assert gb.build(GAPLAND).coverage_picture("XG") == drawn == gapland.coverage_picture("XG")


def test_another_ending_is_said(drawn: CoveragePicture, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.png"):
        drawn.save(tmp_path / "coverage.png")
    assert drawn.save(tmp_path / "new" / "coverage.svg").read_text("utf-8") == drawn.svg


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_runs_over(open_page: Open, page: Path, scheme: str, width: int) -> None:
    opened = open_page(page, color_scheme=scheme, viewport={"width": width, "height": 900})
    assert Axe().run(opened.page, options=RULES).violations_count == 0
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert (opened.requests, opened.complaints) == ([page.as_uri()], [])


def test_a_cell_opens_its_overseers_without_any_script(open_page: Open, page: Path) -> None:
    opened = open_page(page, java_script_enabled=False).page
    cell = opened.locator("td a").first
    target = opened.locator(str(cell.get_attribute("href")))
    assert not target.is_visible()
    cell.click()
    assert target.is_visible()
