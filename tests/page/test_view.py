from __future__ import annotations

import base64
import os
import re
import struct
from html import unescape
from pathlib import Path

import pytest

from graph_build.errors import NotFoundError
from graph_build.page import Layout, View, view
from graph_build.page.facts import facts
from graph_build.store import Store


@pytest.fixture(scope="module")
def shown(mini: Store) -> View:
    return view(mini, lang="en")


def test_a_notebook_gets_a_frame_a_picture_and_a_table(shown: View) -> None:
    html = shown._repr_mimebundle_()["text/html"]
    frame = re.search(r'srcdoc="(.*?)"', html, re.DOTALL)
    assert frame
    assert unescape(frame[1]) == shown.html
    assert 'sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"' in html
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    assert picture
    assert base64.b64decode(picture[1]).decode() == shown.picture
    assert html.count("<tr>") == len(shown.rows) + 1


def test_what_shows_no_html_gets_the_picture(shown: View) -> None:
    assert shown._repr_mimebundle_()["image/svg+xml"] == shown.picture
    assert shown.picture.startswith("<svg")


def test_what_shows_no_svg_gets_the_same_picture_in_points(shown: View) -> None:
    points = base64.b64decode(shown._repr_mimebundle_()["image/png"])
    assert points.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", points[16:24])
    ratio = re.search(r'width="(\d+)" height="(\d+)"', shown.picture)
    assert ratio
    assert width / height == pytest.approx(int(ratio[1]) / int(ratio[2]), rel=0.01)
    assert len(points) > width * height / 50, "hardly anything is drawn"


def test_plain_text_is_a_sentence(shown: View) -> None:
    text = shown._repr_mimebundle_()["text/plain"]
    assert "relations" in text
    assert text.endswith(".")


def test_saving_writes_utf8_and_leaves_nothing_else(shown: View, tmp_path: Path) -> None:
    target = shown.save(tmp_path / "page.html")
    assert target.read_bytes() == shown.html.encode("utf-8")
    assert [entry.name for entry in tmp_path.iterdir()] == ["page.html"]


def test_saving_that_fails_leaves_the_old_page(shown: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "page.html"
    target.write_text("old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        shown.save(target)
    assert target.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("layout", ["ladder", "free"])
def test_a_page_opens_on_the_layout_that_is_asked_for(layout: Layout, mini: Store) -> None:
    for scope in facts(mini, layout=layout).scopes:
        if layout in {scene.layout for scene in scope.scenes}:
            assert scope.opening.layout == layout
    opened = facts(mini, layout=layout).opening
    assert opened.layout == layout
    assert bool(opened.opened.lanes) is (layout == "ladder")
    assert view(mini, layout=layout).picture != view(mini, layout="free" if layout == "ladder" else "ladder").picture


def test_another_layout_is_no_layout(mini: Store) -> None:
    with pytest.raises(NotFoundError, match="no layout matches"):
        view(mini, layout="circle")  # type: ignore[arg-type]
