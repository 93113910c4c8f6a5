"""The questions that the page is for, answered as a new reader would: by keys alone, by a mouse alone, by a finger on a phone.

Each leaves a picture of the answer in the folder of `ATLAS_SCREENS`, or else in pytest's own.
"""

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from playwright.sync_api import Page, expect

from graph_build.gaps import gaps
from graph_build.store import Store
from tests.page.conftest import Open
from tests.page.hands import Hands, Keyboard, Pointer

SVG = "{http://www.w3.org/2000/svg}"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
Snap = Callable[[str], None]

# Controls that lie over each other, or whose words are cut: none may.
UNTIDY = """() => {
  const seen = (each) => each.checkVisibility() && each.getClientRects().length;
  const boxes = [...document.querySelectorAll('header button, header input, .scopes button, .families button, .views button, .views summary, .when button, .when input, .zoom button')]
    .filter(seen).map((each) => [each.id || each.textContent, each.getBoundingClientRect()]);
  const over = (a, b) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom;
  const found = boxes.flatMap(([one, a], place) => boxes.slice(place + 1).filter(([, b]) => over(a, b)).map(([other]) => `${one} / ${other}`));
  const cut = [...document.querySelectorAll('button, h1, h2, .badge')].filter(seen).filter((each) => each.scrollWidth > each.clientWidth + 2 && each.clientWidth);
  return [...found, ...cut.map((each) => `cut: ${each.textContent}`), ...(document.documentElement.scrollWidth > innerWidth ? ['wider than the screen'] : [])];
}"""


@pytest.fixture(params=["keyboard", "pointer", "finger"])
def hands(request: pytest.FixtureRequest, open_page: Open, norms_page: Path) -> Hands:
    """The bundled atlas as it opens, and one way to use it."""
    finger = request.param == "finger"
    opened = open_page(
        norms_page,
        viewport=PHONE if finger else WIDE,
        has_touch=finger,
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = opened.ready()
    return Keyboard(page) if request.param == "keyboard" else Pointer(page, finger=finger)


@pytest.fixture
def snap(request: pytest.FixtureRequest, hands: Hands, tmp_path: Path) -> Snap:
    """Keep a picture of the page under the name of the test and of the hands, and say what is untidy in it."""
    folder = Path(os.environ.get("ATLAS_SCREENS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    task = re.sub(r"\W+", "-", request.node.name.removeprefix("test_")).strip("-")

    def kept(step: str) -> None:
        hands.page.evaluate(
            "document.getElementById('panel').getBoundingClientRect().top < innerHeight || scrollTo(0, 0)"
        )
        hands.page.wait_for_timeout(450)  # the drawing moves for 350 ms
        path = folder / f"{task}-{step}.png"
        hands.page.screenshot(path=path)
        assert path.stat().st_size > 20_000
        assert hands.page.evaluate(UNTIDY) == []

    return kept


def claims(page: Page, layer: str) -> list[str]:
    """What the panel says of oversight from one layer."""
    found: list[str] = page.evaluate(
        """layer => {
          const head = [...document.querySelectorAll('#panel section h4')].find((each) => each.textContent === layer);
          return [...(head?.nextElementSibling.children ?? [])].map((each) => each.innerText);
        }""",
        layer,
    )
    return found


def test_who_oversees_the_sbu_in_parliament_and_by_which_article(hands: Hands, snap: Snap) -> None:
    snap("first-screen")
    hands.pick("Security Service of Ukraine", "intelligence-service")
    expect(hands.page.locator("#panel h2")).to_contain_text("Security Service of Ukraine (SBU)")
    answer = claims(hands.page, "parliamentary")
    by_law = [each for each in answer if "law requires" in each and "denied" not in each]
    for overseer, article in (
        ("Verkhovna Rada of Ukraine", "art. 31"),
        ("Committee on National Security", "art. 6"),
        ("Committee on Law Enforcement", "Resolution No. 19-IX"),
    ):
        assert any(overseer in each and article in each for each in by_law), (overseer, by_law)
    assert any("denied" in each and "special services" in each for each in answer)  # the committee never constituted
    hands.page.locator("#panel h4", has_text="parliamentary").first.scroll_into_view_if_needed()
    snap("answer")


def test_which_chain_links_military_intelligence_to_the_rada(hands: Hands, snap: Snap) -> None:
    hands.pick("Main Directorate of Intelligence", "intelligence-service")
    hands.press("#panel [data-path=up]")
    trail = hands.page.locator("#panel .chain summary").all_inner_texts()
    assert any(each.endswith("→ Verkhovna Rada of Ukraine") for each in trail), trail
    first = hands.page.locator("#panel .chain").first
    expect(first.locator(".hops > li")).not_to_have_count(0)
    for hop in first.locator(".hops > li").all():
        expect(hop.locator(".cite").first).to_be_visible()
    hands.page.locator("#panel .chain").first.scroll_into_view_if_needed()
    snap("answer")


def test_what_the_dutch_oversight_of_interception_looked_like_in_2016_and_in_2019(hands: Hands, snap: Snap) -> None:
    page = hands.page
    hands.press("[data-scope=NL]")
    hands.pick(
        "AIVD" if isinstance(hands, Keyboard) else "General Intelligence and Security Service", "intelligence-service"
    )
    hands.view("network")
    hands.day_in(2016)
    assert page.input_value("#asof-date").startswith("2016")
    board, ombudsman = "Investigatory Powers Commission", "National Ombudsman"
    before = claims(page, "independent")
    assert any("Review Committee" in each and "scrutiny" in each for each in before)
    assert any(ombudsman in each and "complaint handling" in each and "denied" not in each for each in before)
    assert board not in "\n".join(before)
    permits = [each for each in claims(page, "executive") if "interception" in each]
    assert any("Ministry of the Interior" in each and "Wiv 2002), art." in each for each in permits), permits
    page.locator("#panel h4", has_text="independent").first.scroll_into_view_if_needed()
    snap("2016")
    hands.day_in(2019)
    assert page.input_value("#asof-date").startswith("2019")
    after = claims(page, "independent")
    assert any(board in each and "prior authorisation" in each and "Wiv 2017), art. 32(2)" in each for each in after)
    assert any(ombudsman in each and "denied" in each for each in after)  # complaints go to the committee by then
    assert any("Review Committee" in each and "complaint handling" in each for each in after)
    page.locator("#panel h4", has_text="independent").first.scroll_into_view_if_needed()
    snap("2019")


def test_which_norm_relations_are_not_known_for_kenya(hands: Hands, snap: Snap, norms: Store) -> None:
    states = [str(row["state"]) for row in gaps(norms, "KE").records()]
    page = hands.page
    hands.press("[data-scope=KE]")
    hands.view("gaps")
    for name, state in (("searched", "not known (searched)"), ("unsearched", "not known (not searched)")):
        expect(page.locator(f"[data-gap={name}]")).to_contain_text(str(states.count(state)))
        hands.press(f"[data-gap={name}]")
    unknown = sum(each.startswith("not known") for each in states)
    assert unknown > 50
    expect(page.locator("#gap-count")).to_contain_text(f"{unknown} rows. Computed for 20")
    shown = {row.get_attribute("data-state") for row in page.locator("#gap-rows tr").all()}
    assert shown == {"searched", "unsearched"}
    expect(page.locator("#gap-rows tr td").nth(2)).not_to_be_empty()
    snap("answer")


def download(hands: Hands, name: str) -> bytes:
    hands.press(".download summary")
    with hands.page.expect_download() as waiting:
        hands.press(f"[data-download={name}]")
    return Path(waiting.value.path()).read_bytes()


def pixels(png: bytes) -> tuple[int, int, int]:
    """Width, height, and how many different rows of pixels a PNG file has."""
    width, height = struct.unpack(">II", png[16:24])
    at, packed = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    raw = zlib.decompress(packed)
    step = len(raw) // height
    return width, height, len({raw[place : place + step] for place in range(0, len(raw), step)})


def test_the_picture_and_the_citation_are_taken_away(hands: Hands, snap: Snap) -> None:
    page = hands.page
    hands.press("[data-scope=NL]")
    width, height, rows = pixels(download(hands, "png"))
    assert min(width, height) > 1000
    assert rows > height / 2  # a picture with something in most of its lines
    picture = fromstring(download(hands, "svg"))
    texts = [each.text or "" for each in picture.iter(f"{SVG}text")]
    assert len(picture.findall(f"{SVG}path")) > 20
    assert any("CTIVD" in each or "Review" in each for each in texts)
    assert "creativecommons.org" in " ".join(texts)  # the licence goes with it
    hands.view("table")
    hands.press("#table tbody tr td:nth-child(2) button")
    cited = page.locator("#panel .cite cite").first.inner_text().split(" · ")[0]
    hands.press("#panel [data-copy=cite]")
    expect(page.locator("#spoken")).to_have_text("Copied")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert cited in copied
    assert "https://w3id.org/govgraph/relation/nl-" in copied
    snap("answer")
