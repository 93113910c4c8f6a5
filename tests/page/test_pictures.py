"""The pictures that a reader takes away: names that can be read over the lines, and a legend of all that is drawn."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from playwright.sync_api import Page, expect

from graph_build.page import explorer
from graph_build.page.look import look
from graph_build.page.words import Language, words
from graph_build.store import Store
from tests.page.conftest import Open, written
from tests.page.test_browser_takeaway import taken

SVG = "{http://www.w3.org/2000/svg}"
LADDER = "#scope=UA&kind=oversight&every=1"


def drawn(open_page: Open, path: Path, fragment: str) -> list[Element]:
    """Return what stands in the downloaded picture, from the bottom to the top."""
    return list(fromstring(taken(open_page(path, fragment).ready(), "svg")))


def test_the_names_of_lanes_lie_above_the_lines_of_a_downloaded_picture(open_page: Open, norms_page: Path) -> None:
    parts = drawn(open_page, norms_page, LADDER)
    lines = [place for place, each in enumerate(parts) if each.tag == f"{SVG}path"]
    names = [place for place, each in enumerate(parts) if each.get("class") == "lane-name"]
    frames = [place for place, each in enumerate(parts) if each.get("fill") == look()["lane"][0]]
    assert len(names) == len(frames) > 3
    assert max(frames) < min(lines) < max(lines) < min(names)
    assert {parts[place].get("paint-order") for place in names} == {"stroke"}
    assert {parts[place].get("stroke") for place in names} == {look()["lane"][0]}


DENIALS = pytest.mark.parametrize(("denial", "times"), [("denied", 1), ("affirmed", 0)])


@DENIALS
def test_the_legend_of_a_downloaded_picture_explains_the_cross_of_a_denial(
    open_page: Open, norms_page: Path, denial: str, times: int
) -> None:
    texts = [each.text for each in drawn(open_page, norms_page, f"#scope=UA&every=1&kind=oversight&denial={denial}")]
    assert texts.count("denied") == times
    assert (texts.count("✕") > times) == bool(times)  # on the lines, and in the legend


@DENIALS
def test_the_key_of_the_matrix_explains_the_cross_of_a_denial(
    open_page: Open, norms_page: Path, denial: str, times: int
) -> None:
    page = open_page(norms_page, f"#view=matrix&scope=UA&kind=oversight&denial={denial}").ready()
    explained = page.locator("#matrix-key li:has-text('denied: a source says that it is not so')")
    expect(explained).to_have_count(times)
    expect(explained.filter(has_text="✕")).to_have_count(times)


def beside(page: Page) -> list[str]:
    """Return the texts that the edge of the still picture cuts."""
    return page.evaluate(  # type: ignore[no-any-return]  # a list of texts, by what is asked
        """() => {
          const sheet = document.querySelector("#still svg").viewBox.baseVal;
          return [...document.querySelectorAll("#still svg text")].filter((each) => {
            const { x, width } = each.getBBox();
            return x < sheet.x || x + width > sheet.x + sheet.width;
          }).map((each) => each.textContent);
        }"""
    )


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_the_picture_without_scripts_cuts_no_name_and_has_a_legend(
    open_page: Open, norms: Store, folder: Path, lang: Language
) -> None:
    path = written(folder, f"still-{lang}", explorer(norms, lang=lang))
    page = open_page(path, java_script_enabled=False).page
    assert beside(page) == []
    picture = page.locator("#still svg")
    for key in ("group.security", "modality.law", "time.none", "modality.negated"):
        expect(picture).to_contain_text(words(lang)[key])
    assert picture.locator("text").filter(has_text=words(lang)["title"]).count() == 0  # it stands above


# What the last frame wrote on the canvas, in order, with the box of each text.
WRITTEN = """
window.__written = [];
const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.clearRect = function (...all) { window.__written = []; return clearRect.apply(this, all); };
CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...most) {
  const width = Math.min(this.measureText(text).width, ...most);
  const half = /: /.test(text) ? 11 : 6; // words of a line stand in a frame
  const [left, top] = [x - (this.textAlign === "center" ? width / 2 : 0), y - (this.textBaseline === "middle" ? half : 0)];
  window.__written.push({ text, box: { left, top, right: left + width, bottom: top + 2 * half } });
  return fillText.call(this, text, x, y, ...most);
};
"""
COVERED = """(lanes) => window.__written.flatMap((name, place) => !lanes.includes(name.text) ? [] : window.__written.slice(place + 1)
  .filter(({ text, box }) => /^\\d+$|: /.test(text) && box.left < name.box.right && name.box.left < box.right && box.top < name.box.bottom && name.box.top < box.bottom)
  .map(({ text }) => [name.text, text]))"""


@pytest.mark.parametrize("fragment", ["&every=1", "&relation=ua-0458"])
def test_no_number_and_no_words_of_a_line_lie_over_the_name_of_a_lane(
    open_page: Open, norms_page: Path, fragment: str
) -> None:
    page = open_page(norms_page, f"#scope=UA{fragment}", before=WRITTEN).ready()
    page.wait_for_timeout(500)
    lanes = [text for name, text in words("en").items() if name.startswith("lane.")]
    texts = page.evaluate("window.__written.map(({ text }) => text)")
    assert set(texts) & set(lanes)
    assert any(text.isdigit() or ": " in text for text in texts)
    assert page.evaluate(COVERED, lanes) == []


READY = 'performance.mark("ready");'
# Numbers on the marks of actors; on the names of lanes; names on the names of lanes, whichever actor is pointed at; and how many numbers.
MET = """(() => {
  const sheet = byId("canvas").querySelector("canvas").getContext("2d");
  const met = (boxes, others) => boxes.flatMap((box) => others.filter((other) => covers(box, other))).length;
  const lanes = laneBoxes(sheet);
  const marks = shown.nodes.map((id) => ({ ...network.canvasToDOM(network.getPosition(id)), size: radius(shown.degree.get(id)) * network.getScale() }));
  const onMark = (box, { x, y, size }) => Math.hypot(Math.max(box.left - x, x - box.right, 0), Math.max(box.top - y, y - box.bottom, 0)) < size;
  const numbers = window.__written.filter(({ text }) => /^\\d+$/.test(text)).map(({ box }) => box);
  const marked = numbers.filter((box) => marks.some((mark) => onMark(box, mark))).length;
  const named = shown.nodes.map((id) => {
    hovered = id;
    afterDrawing(sheet);
    return met(drawnLabels.map(({ box }) => box), lanes);
  });
  return [marked, met(numbers, lanes), Math.max(...named), numbers.length];
})()"""


@pytest.fixture(scope="module")
def open_inside(norms_page: Path, folder: Path) -> Path:
    """Return the page with a way into its scripts, which are closed to all else."""
    page = norms_page.read_text("utf-8")
    assert page.count(READY) == 1
    return written(folder, "inside", page.replace(READY, f"{READY} window.__inside = (code) => eval(code);"))


@pytest.mark.parametrize(
    ("fragment", "scale"),
    [("#scope=UA", 1), ("#scope=KE&every=1", 1), ("#scope=UA&lang=uk&every=1", 1), ("#scope=UA&every=1", 0.6)],
)
def test_no_number_lies_on_an_actor_and_no_name_on_that_of_a_lane(
    open_page: Open, open_inside: Path, fragment: str, scale: float
) -> None:
    page = open_page(open_inside, fragment, before=WRITTEN, bypass_csp=True).ready()
    page.wait_for_timeout(500)
    page.evaluate("code => window.__inside(code)", f"network.moveTo({{ scale: network.getScale() * {scale} }})")
    page.wait_for_timeout(200)
    *met, numbers = page.evaluate("code => window.__inside(code)", MET)
    assert numbers > 20
    assert set(met if scale == 1 else met[2:]) == {0}  # from afar, there is no room for every number


def corners(part: Element) -> list[tuple[float, float]]:
    """Return the outermost points of a circle or a polygon."""
    if part.tag == f"{SVG}polygon":
        pairs = (pair.split(",") for pair in part.get("points", "").split())
        return [(float(x), float(y)) for x, y in pairs]
    x, y, r = (float(part.get(name, "")) for name in ("cx", "cy", "r"))
    return [(x - r, y - r), (x + r, y + r)]


def covered(number: Element, mark: Element) -> bool:
    """Say whether a number, of 7 by 8 above its foot, meets the box of a mark."""
    x, y = float(number.get("x", "")), float(number.get("y", ""))
    xs, ys = [across for across, _ in corners(mark)], [down for _, down in corners(mark)]
    return min(xs) < x + 3.5 and x - 3.5 < max(xs) and min(ys) < y and y - 8 < max(ys)


@pytest.mark.parametrize("fragment", ["#scope=UA", "#scope=KE&every=1"])
def test_no_mark_hides_a_number_of_a_downloaded_picture(open_page: Open, norms_page: Path, fragment: str) -> None:
    parts = drawn(open_page, norms_page, fragment)
    shapes = [each for each in parts if each.tag in (f"{SVG}circle", f"{SVG}polygon")]
    marks = [each for each in shapes if each.get("stroke") == look()["outline"][0]]
    numbers = [each for each in parts if (each.text or "").isdigit() and each.get("font-weight") == "700"]
    assert len(marks) > 20 < len(numbers)
    assert [each.text for each in numbers if any(covered(each, mark) for mark in marks)] == []
