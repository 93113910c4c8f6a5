"""The libraries that draw: as they are committed, with their notices, and as the sources in `web/` make them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from graph_build.errors import MissingDependencyError
from graph_build.page import assets as module
from graph_build.page.assets import LIBRARIES, RENDERERS, SCRIPTS, Renderer, assets
from graph_build.page.words import LANGUAGES, words

WEB = Path("web")
VENDOR = Path("graph_build/page/static/vendor")
NAMES = ("arranged", "inSight", "redraw", "startDrawing")
PACKAGES: dict[Renderer, tuple[str, ...]] = {
    "vis": ("@egjs/hammerjs", "component-emitter", "uuid", "vis-data", "vis-network", "vis-util"),
    "sigma": ("events", "graphology", "graphology-utils", "sigma"),
}


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
@pytest.mark.skipif(not (WEB / "node_modules").is_dir(), reason="web/node_modules is missing: run npm ci in web/")
def test_the_sources_make_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=WEB, check=True, capture_output=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in VENDOR.iterdir())
    for name in (*(name for name, _ in LIBRARIES.values()), "THIRD_PARTY.txt"):
        assert (tmp_path / name).read_bytes() == (VENDOR / name).read_bytes()


def test_versions_are_pinned_and_named_in_the_notices() -> None:
    package = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    notices = (VENDOR / "THIRD_PARTY.txt").read_text(encoding="utf-8")
    for name, version in package["dependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert re.search(rf"^{re.escape(f'{name} {version}')} \((Apache-2\.0 OR )?MIT\)$", notices, re.MULTILINE)
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all("integrity" in entry for name, entry in lock.items() if name)


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_notices_travel_in_the_page(renderer: Renderer) -> None:
    library = assets(renderer).library
    for name in PACKAGES[renderer]:
        assert re.search(rf"^{name} \d", library, re.MULTILINE)
    assert len(re.findall(r"Permission\s+is\s+hereby\s+granted", library)) == len(PACKAGES[renderer])
    for package in re.findall(r"^(\S+ \d\S+) \(", library, re.MULTILINE):
        assert all(package in words(lang)[f"footer.notices.{renderer}"] for lang in LANGUAGES)


@pytest.mark.parametrize("renderer", RENDERERS)
def test_another_bundle_is_refused(renderer: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    name, _ = LIBRARIES[renderer]
    monkeypatch.setitem(module.LIBRARIES, renderer, (name, "0" * 64))
    with pytest.raises(MissingDependencyError, match=re.escape(name)):
        assets.__wrapped__(renderer)


def test_vis_network_is_the_version_that_pyvis_ships_without_what_no_page_of_ours_uses() -> None:
    shipped = files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    version = json.loads((WEB / "package.json").read_text(encoding="utf-8"))["dependencies"]["vis-network"]
    assert f"@version {version}\n" in shipped
    library = assets("vis").library
    assert len(library) < len(shipped) / 2
    assert not re.search(r"innerHTML|insertAdjacentHTML|new Image\b|\beval\(|new Function", library)


@pytest.mark.parametrize("renderer", RENDERERS)
def test_both_renderers_have_the_same_interface_and_nobody_else_knows_them(renderer: Renderer) -> None:
    static = Path("graph_build/page/static")
    own = "".join((static / f"{name}.js").read_text(encoding="utf-8") for name in RENDERERS[renderer])
    assert [name for name in NAMES if not re.search(rf"^const {name} = ", own, re.MULTILINE)] == []
    texts = [(static / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    rest = re.sub(r"^\s*//.*", "", "\n".join(texts), flags=re.MULTILINE)
    assert not re.search(r"\b(vis|sigma|large)\.", rest)
    assert set(re.findall(r"\bnetwork\.(\w+)\(", rest)) <= {
        "getPosition",
        "getScale",
        "canvasToDOM",
        "moveTo",
        "redraw",
    }
