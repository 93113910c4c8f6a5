from __future__ import annotations

import base64
import gzip
import hashlib
import re
from importlib.resources import files

from graph_build.page.assets import RENDERERS, SCRIPTS, assets

STATIC = files("graph_build.page").joinpath("static")


def test_every_script_of_the_folder_is_in_a_page() -> None:
    every = [*SCRIPTS, *(name for own in RENDERERS.values() for name in own)]
    assert sorted(every) == sorted(entry.name[:-3] for entry in STATIC.iterdir() if entry.name.endswith(".js"))


def test_scripts_use_no_sink_that_takes_markup_or_code() -> None:
    sinks = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setTimeout\(['\"]|srcdoc"
    )
    own = [entry.read_text(encoding="utf-8") for entry in STATIC.iterdir() if entry.name.endswith(".js")]
    assert [sinks.findall(text) for text in own if sinks.search(text)] == []


def test_assets_hold_no_carriage_return_and_cannot_end_their_element() -> None:
    for text in (assets().library, assets().script, assets().style):
        assert "\r" not in text
        assert "</script" not in text.lower()
        assert "sourceMappingURL" not in text


def test_the_policy_allows_only_what_is_in_the_page() -> None:
    digest = base64.b64encode(hashlib.sha256(assets().script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in assets().policy
    assert assets().policy.startswith("default-src 'none';")
    assert "unsafe" not in assets().policy


def test_the_library_is_packed_and_runs_only_as_the_whole_whose_digest_the_policy_holds() -> None:
    for renderer in RENDERERS:
        known = assets(renderer)
        assert gzip.decompress(base64.b64decode(known.packed_library)).decode() == known.library
        assert len(known.packed_library) < len(known.library) / 2
        digest = base64.b64encode(hashlib.sha256(known.library.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in known.policy
