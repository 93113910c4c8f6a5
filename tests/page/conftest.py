"""Pages for the tests, and a Chromium to open them in: the one on the system, else Playwright's own.

The headless shell is the same engine without the windows around it, which take a second of a processor for every page opened.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pyoxigraph import Quad, RdfFormat, parse

import graph_build as gb
from graph_build.builder import build_store
from graph_build.page import explorer
from graph_build.page.facts import Facts, facts
from graph_build.page.html import render
from graph_build.store import EmbeddedStore, Store
from graph_build.vocabulary import ONTOLOGY_GRAPH, ontology_files
from tests.page.hostile import hostile_quads

MINI = Path(__file__).parents[1] / "data" / "mini"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",  # WebGL in software
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Opened:
    """A page in the browser with all that it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)

    def ready(self) -> Page:
        self.page.wait_for_selector("html[data-ready=true]", timeout=20_000)
        return self.page


Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def mini() -> Store:
    return build_store([MINI])


@pytest.fixture(scope="session")
def norms(norms: gb.Atlas) -> Store:
    """Return the store of the bundled atlas: it is only read."""
    return norms.store


@pytest.fixture(scope="session")
def norms_facts(norms: Store) -> Facts:
    """Return what every page of the bundled atlas is made of, whatever its language: it is only read."""
    return facts(norms)


@pytest.fixture(scope="session")
def hostile() -> Store:
    store = EmbeddedStore.memory()
    store.extend(hostile_quads())
    for entry in ontology_files():
        triples = parse(entry.read_bytes(), format=RdfFormat.TURTLE)
        store.extend(Quad(each.subject, each.predicate, each.object, ONTOLOGY_GRAPH) for each in triples)
    return store


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.html"
    path.write_bytes(text.encode("utf-8"))
    return path


@pytest.fixture(scope="session")
def mini_page(mini: Store, folder: Path) -> Path:
    return written(folder, "mini", explorer(mini))


@pytest.fixture(scope="session")
def norms_page(norms_facts: Facts, folder: Path) -> Path:
    return written(folder, "norms", render(norms_facts))


@pytest.fixture(scope="session")
def hostile_page(hostile: Store, folder: Path) -> Path:
    return written(folder, "hostile", explorer(hostile, title="</title><script>window.__ran='title'</script>"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open a file with options of a browser context; nothing but the file itself is ever answered."""
    contexts: list[BrowserContext] = []

    def opened(path: Path, fragment: str = "", before: str = "", **options: object) -> Opened:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})  # type: ignore[arg-type]  # options of Playwright by name
        contexts.append(context)
        context.route("http*://**", lambda route: None)  # every request to a network hangs for ever
        context.add_init_script(before)
        found = Opened(context.new_page())
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("requestfailed", lambda request: found.failures.append((request.url, str(request.failure))))
        found.page.on(
            "console", lambda said: found.complaints.append(said.text) if said.type in ("error", "warning") else None
        )
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.goto(path.as_uri() + fragment)
        return found

    yield opened
    for context in contexts:
        context.close()
