"""What a researcher sees in JupyterLab and in a page that nbconvert made: before any trust a picture and a table, after a run the page itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ElementHandle, Page, TimeoutError

from tests.page.conftest import MINI

CODE = f"import graph_build as gb\ngb.build({str(MINI)!r}).view()"
DRAWN = "document.querySelectorAll('#canvas canvas').length && document.documentElement.dataset.ready"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one notebook that has run elsewhere: nobody here has signed it, so it is not trusted."""
    import nbformat  # takes two seconds, which whoever only collects the tests need not spend
    from nbclient import NotebookClient

    folder = tmp_path_factory.mktemp("desk")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    for name in ("view", "kept"):  # JupyterLab may write into what it has open
        nbformat.write(notebook, folder / f"{name}.ipynb")  # type: ignore[no-untyped-call]
    return folder


@pytest.fixture(scope="module")
def jupyter(desk: Path) -> Iterator[str]:
    """Start JupyterLab in that folder, on a port that it finds free; return its address."""
    own = {name: str(desk / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--IdentityProvider.token=",
        "--port=0",
    ]
    log = desk / "log.txt"
    with log.open("w") as said:
        server = subprocess.Popen(command, cwd=desk, env={**os.environ, **own}, stdout=said, stderr=said)
    try:
        yield _address(log, server)
    finally:
        server.terminate()
        server.wait(30)


def _address(log: Path, server: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        if found := re.search(r"http://(?:localhost|127\.0\.0\.1):\d+/lab", log.read_text()):
            return found[0]
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture
def lab(browser: Browser, jupyter: str) -> Iterator[Page]:
    """Open the notebook; no address outside this machine ever answers."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.route(re.compile(r"https?://(?!localhost|127\.0\.0\.1)"), lambda route: None)
    page = context.new_page()
    page.goto(f"{jupyter}/tree/view.ipynb")
    page.wait_for_selector(".jp-OutputArea-output figure", timeout=90_000)
    yield page
    context.close()


@pytest.mark.acceptance(8)
def test_an_untrusted_notebook_shows_the_picture_and_the_table(lab: Page) -> None:
    shown = lab.locator(".jp-OutputArea-output")
    assert lab.locator(".jp-OutputArea-output iframe").count() == 0  # taken away with the trust
    assert shown.locator("figcaption").inner_text().count("relations") == 1
    shown.locator("summary").click()
    assert shown.locator("img").evaluate("each => each.complete && each.naturalWidth") > 300
    assert shown.locator("table tr").count() > 10


@pytest.mark.acceptance(8)
def test_after_a_run_the_page_itself_draws_inside_its_frame(lab: Page) -> None:
    handle = _run(lab)
    frame = handle.content_frame() if handle else None
    assert frame
    frame.wait_for_selector("html[data-ready=true]", timeout=60_000)
    assert frame.evaluate(DRAWN)
    assert lab.evaluate("typeof vis") == "undefined"  # nothing leaks into the notebook's own page


def _run(lab: Page) -> ElementHandle | None:
    """Run the cell until a frame is there: what is asked before the kernel listens is lost, and nothing in the page says when it does."""
    lab.locator(".jp-CodeCell .cm-content").click()
    for patience in (10_000, 20_000, 40_000):
        lab.keyboard.press("Control+Enter")
        with suppress(TimeoutError):
            return lab.wait_for_selector(".jp-OutputArea-output iframe", timeout=patience)
    return None


@pytest.mark.acceptance(8)
def test_a_page_of_nbconvert_draws_without_any_network(desk: Path, browser: Browser) -> None:
    from nbconvert import HTMLExporter

    text, _ = HTMLExporter().from_filename(str(desk / "kept.ipynb"))  # type: ignore[no-untyped-call]
    (desk / "kept.html").write_text(text, encoding="utf-8")
    page = browser.new_page()
    page.route(
        re.compile("^https?:"), lambda route: route.abort()
    )  # nbconvert asks for scripts of its own, and waits for an answer
    page.goto((desk / "kept.html").as_uri(), wait_until="commit")
    handle = page.wait_for_selector("figure iframe", timeout=60_000)
    frame = handle.content_frame() if handle else None
    assert frame
    frame.wait_for_selector("html[data-ready=true]", timeout=60_000)
    assert frame.evaluate(DRAWN)
    page.close()
