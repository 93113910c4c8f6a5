"""The bundle of large pages: as it is committed, with its notices, and as the sources in `web/` make it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from graph_build.errors import MissingDependencyError
from graph_build.page import assets as module
from graph_build.page.assets import RENDERERS, SCRIPTS, Renderer, assets

WEB = Path("web")
VENDOR = Path("graph_build/page/static/vendor")
NAMES = ("arranged", "inSight", "redraw", "startDrawing")


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
@pytest.mark.skipif(not (WEB / "node_modules").is_dir(), reason="web/node_modules is missing: run npm ci in web/")
def test_the_sources_make_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=WEB, check=True, capture_output=True)
    for name in ("sigma.min.js", "THIRD_PARTY.txt"):
        assert (tmp_path / name).read_bytes() == (VENDOR / name).read_bytes()


def test_versions_are_pinned_and_named_in_the_notices() -> None:
    package = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    notices = (VENDOR / "THIRD_PARTY.txt").read_text(encoding="utf-8")
    for name, version in package["dependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert f"{name} {version} (MIT)" in notices
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all("integrity" in entry for name, entry in lock.items() if name)


def test_the_notices_travel_in_the_page() -> None:
    library = assets("sigma").library
    for name in ("sigma", "graphology", "graphology-utils", "events"):
        assert re.search(rf"^{name} \d", library, re.MULTILINE)
    assert library.count("Permission is hereby granted") == 4  # one for each package


def test_another_bundle_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SIGMA_SHA256", "0" * 64)
    with pytest.raises(MissingDependencyError, match=r"sigma\.min\.js"):
        assets.__wrapped__("sigma")


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
