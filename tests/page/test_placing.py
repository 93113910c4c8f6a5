from __future__ import annotations

import math
from pathlib import Path

import networkx as nx
import pytest

from graph_build.layout import layout
from graph_build.page import placing
from graph_build.page.placing import placed


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    return tmp_path


def ring(count: int = 60) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((f"body-{place:03}", {"label_en": f"Body {place}"}) for place in range(count))
    graph.add_edges_from((f"body-{place:03}", f"body-{(place + 1) % count:03}") for place in range(count))
    return graph


def files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def never(graph: nx.MultiDiGraph[str], **_: object) -> None:
    pytest.fail("it was laid out a second time")


def test_a_network_is_laid_out_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = placed(ring())
    assert first == layout(ring())
    monkeypatch.setattr(placing, "layout", never)
    again = placed(ring())
    assert (again, list(again)) == (first, list(first))
    assert len(files(cache)) == 1


@pytest.mark.parametrize("what", ["a label", "a tie", "a node", "the seed", "the program"])
def test_what_decides_the_places_makes_them_new(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = ring()
    placed(graph)
    if what == "a label":
        graph.nodes["body-007"]["label_uk"] = "Орган із довгою назвою"
    elif what == "a tie":
        graph.add_edge("body-001", "body-030")
    elif what == "a node":
        graph.add_node("alone")
    elif what == "the program":
        monkeypatch.setattr(placing, "program_digest", lambda: "another")
    assert placed(graph, seed=8 if what == "the seed" else 7) == layout(graph, seed=8 if what == "the seed" else 7)
    monkeypatch.setattr(placing, "layout", never)
    placed(graph, seed=8 if what == "the seed" else 7)


def test_what_is_kept_holds_no_names(cache: Path) -> None:
    placed(ring())
    (file,) = files(cache)
    assert b"ody" not in file.name.encode() + file.read_bytes()


@pytest.mark.parametrize("content", [b"", b"[[1, 2", b"[]", b"{}", b"[[1, 2]]", b'[["a", 2]]', b"7", b"\xff"])
def test_a_damaged_file_is_made_again(cache: Path, content: bytes) -> None:
    first = placed(ring())
    (file,) = files(cache)
    whole = file.read_bytes()
    file.write_bytes(content)
    assert placed(ring()) == first
    assert file.read_bytes() == whole


def test_places_that_are_no_numbers_are_made_again(cache: Path) -> None:
    first = placed(ring())
    (file,) = files(cache)
    file.write_text(str([[math.nan, math.inf]] * 60).replace("nan", "NaN").replace("inf", "Infinity"), encoding="utf-8")
    assert placed(ring()) == first


def test_without_a_cache_folder_it_is_laid_out_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "no-folder").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no-folder"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "no-folder"))
    assert placed(ring()) == layout(ring())


def test_only_the_latest_are_kept(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "_KEPT", 3)
    for count in range(50, 56):
        placed(ring(count))
    assert len(files(cache)) == 3
    monkeypatch.setattr(placing, "layout", never)
    placed(ring(55))


def test_a_small_network_is_not_kept(cache: Path) -> None:
    placed(ring(20))
    assert files(cache) == []
