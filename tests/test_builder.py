"""The atlas is written whole or not at all, twice the same, and over nothing that is not an atlas."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graph_build import builder as building
from graph_build import cache, swap
from graph_build.builder import Pages, build, build_store, bundled
from graph_build.errors import GovgraphError, InputError
from graph_build.store import Store, open_store
from graph_build.validate import ShapesReport
from graph_build.vocabulary import term

MINI = Path(__file__).parent / "data" / "mini"
TEXTS = MINI / "texts"


@pytest.fixture(autouse=True)
def no_shapes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out pySHACL, which takes seconds and has its own tests, except where a test is marked by its name."""
    if "validated" not in request.node.name:
        monkeypatch.setattr(building, "validate_shapes", lambda store: ShapesReport())


def page(store: Store) -> bytes:
    return b"<!doctype html>"


PAGES: Pages = {"explorer.html": page}


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def beside(folder: Path) -> set[str]:
    return {entry.name for entry in folder.parent.iterdir()}


def test_an_atlas_has_the_graph_the_pages_and_the_report(tmp_path: Path) -> None:
    report = build([MINI], tmp_path / "atlas", texts=TEXTS, pages=PAGES)
    assert (
        set(tree(tmp_path / "atlas"))
        == {
            "build.json",
            "explorer.html",
            "graph.trig",
            "validation.json",
        }
        == set(report.files)
    )
    assert (report.datasets, report.findings) == (("mini",), ())
    store = open_store(tmp_path / "atlas")
    assert len(list(store.quads())) == report.quads
    assert term("dataset:mini") in store.graphs()
    assert beside(tmp_path / "atlas") == {"atlas"}


def test_the_built_graph_is_validated(tmp_path: Path) -> None:
    report = build([MINI], tmp_path / "atlas")
    content = json.loads((tmp_path / "atlas" / "validation.json").read_bytes())
    assert report.shapes.conforms
    assert content["conforms"] is True
    assert content["datasets"] == [{"name": "mini", "version": "1.0.0", "checked": "2025-11-02"}]
    assert content["counts"] == report.shapes.counts()


def test_building_twice_gives_the_same_bytes_in_another_process_too(tmp_path: Path) -> None:
    build([MINI], tmp_path / "atlas", pages=PAGES)
    first = tree(tmp_path / "atlas")
    build([MINI], tmp_path / "other", pages=PAGES)
    assert tree(tmp_path / "other") == first
    program = (
        "import sys; from graph_build.builder import build_store, trig, sorted_quads;"
        "sys.stdout.buffer.write(trig(sorted_quads(build_store([sys.argv[1]]))))"
    )
    again = subprocess.run([sys.executable, "-c", program, str(MINI)], capture_output=True, check=True)
    assert again.stdout == first["graph.trig"]


def test_a_disk_store_equals_the_graph_in_quads(tmp_path: Path) -> None:
    report = build([MINI], tmp_path / "atlas", disk=True)
    assert "store" in report.files
    store = open_store(tmp_path / "atlas" / "store")
    assert set(store.quads()) == set(build_store([MINI]).quads())
    build([MINI], tmp_path / "atlas")
    assert not (tmp_path / "atlas" / "store").exists()


class UnforeseenError(Exception):
    """Something that no one foresaw."""


@pytest.mark.parametrize("trouble", [UnforeseenError(), KeyboardInterrupt(), SystemExit(1), OSError("no room")])
def test_what_ends_a_build_early_leaves_the_older_atlas_whole(tmp_path: Path, trouble: BaseException) -> None:
    build([MINI], tmp_path / "atlas", pages=PAGES)
    before = tree(tmp_path / "atlas")

    def broken(store: Store) -> bytes:
        raise trouble

    expected = GovgraphError if isinstance(trouble, OSError) else type(trouble)
    with pytest.raises(expected):
        build([MINI], tmp_path / "atlas", pages={"other.html": broken})
    assert tree(tmp_path / "atlas") == before
    assert beside(tmp_path / "atlas") == {"atlas"}


@pytest.mark.parametrize("failing", [1, 2])
def test_an_interruption_between_the_renamings_leaves_the_older_atlas_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    build([MINI], tmp_path / "atlas", pages=PAGES)
    before = tree(tmp_path / "atlas")
    rename, calls = Path.rename, []

    def interrupted(path: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == failing:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build([MINI], tmp_path / "atlas")
    monkeypatch.undo()
    assert tree(tmp_path / "atlas") == before
    assert beside(tmp_path / "atlas") == {"atlas"}


def test_an_atlas_that_a_killed_build_left_aside_is_put_back(tmp_path: Path) -> None:
    build([MINI], tmp_path / "atlas", pages=PAGES)
    before = tree(tmp_path / "atlas")
    (tmp_path / "atlas").rename(tmp_path / ".atlas.previous")
    with pytest.raises(InputError):
        build([tmp_path / "nothing"], tmp_path / "atlas")
    assert tree(tmp_path / "atlas") == before


def test_what_killed_builds_left_beside_an_atlas_goes_and_other_folders_stay(tmp_path: Path) -> None:
    left, others = f".atlas.{'0' * 32}", {f".atlas.{'0' * 31}", f".atlas.{'x' * 32}", f".other.{'0' * 32}"}
    for name in (left, *others):
        (tmp_path / name / "store").mkdir(parents=True)
    build([MINI], tmp_path / "atlas")
    assert beside(tmp_path / "atlas") == {"atlas", *others}


def test_without_locks_nothing_is_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tmp_path / f".atlas.{'0' * 32}"
    left.mkdir()
    monkeypatch.setattr(swap, "fcntl", None)
    build([MINI], tmp_path / "atlas")
    assert beside(tmp_path / "atlas") == {"atlas", left.name}


def test_a_wrong_source_makes_no_folder(tmp_path: Path) -> None:
    folder = shutil.copytree(MINI, tmp_path / "mini")
    (folder / "actors.csv").write_bytes(b"id,type\n")
    with pytest.raises(InputError) as caught:
        build([folder], tmp_path / "new" / "atlas")
    assert caught.value.findings[0].file == str(folder / "actors.csv")
    assert not (tmp_path / "new" / "atlas").exists()


def test_a_passage_that_does_not_fit_its_text_ends_the_build(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "page.txt").write_text("another text", encoding="utf-8")
    with pytest.raises(InputError, match="does not fit the texts") as caught:
        build([MINI], tmp_path / "atlas", texts=texts)
    assert {finding.field for finding in caught.value.findings} == {"locator"}
    with pytest.raises(InputError, match="no folder of texts"):
        build([MINI], tmp_path / "atlas", texts=tmp_path / "nothing")
    assert not (tmp_path / "atlas").exists()


def test_only_an_atlas_or_an_empty_folder_is_replaced(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    build([MINI], precious)  # empty: replaced
    (precious / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"did not make: notes\.txt"):
        build([MINI], precious, pages=PAGES)
    assert (precious / "notes.txt").read_text(encoding="utf-8") == "mine"
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(InputError, match="no atlas"):
        build([MINI], other)
    assert tree(other) == {"thesis.docx": b"years of work"}
    with pytest.raises(InputError, match="is a file"):
        build([MINI], other / "thesis.docx")


def test_a_folder_behind_a_link_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    build([MINI], tmp_path / "real")
    (tmp_path / "atlas").symlink_to(tmp_path / "real")
    build([MINI], tmp_path / "atlas", pages=PAGES)
    assert (tmp_path / "atlas").is_symlink()
    assert (tmp_path / "real" / "explorer.html").is_file()


def test_a_folder_that_cannot_be_made_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(GovgraphError, match="could not be written"):
        build([MINI], tmp_path / "file" / "atlas")


@pytest.fixture
def one_bundled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Take the fixture for the bundled datasets, and a new folder for the cache."""
    monkeypatch.setattr(building, "bundled", lambda: [MINI])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    return cache.bundled_file()


def test_the_bundled_graph_is_kept_and_read_again(one_bundled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = set(build_store().quads())
    assert one_bundled.is_file()
    monkeypatch.setattr(building, "read_all", lambda sources: pytest.fail("it was built a second time"))
    assert set(build_store().quads()) == first


def test_a_kept_graph_that_is_damaged_is_made_again(one_bundled: Path) -> None:
    first = set(build_store().quads())
    one_bundled.write_bytes(b"<urn:half")
    assert set(build_store().quads()) == first
    assert one_bundled.stat().st_size > 1000


def test_older_kept_graphs_are_removed(one_bundled: Path) -> None:
    one_bundled.parent.mkdir(parents=True)
    (one_bundled.parent / "bundled-0000.nq").write_bytes(b"")
    build_store()
    assert [file.name for file in one_bundled.parent.iterdir()] == [one_bundled.name]


def test_without_a_cache_folder_the_graph_is_built_in_memory(
    one_bundled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "no-folder").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no-folder"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "no-folder"))
    assert term("dataset:mini") in build_store().graphs()


def test_the_bundled_datasets_are_those_with_a_description() -> None:
    assert all(folder.joinpath("datapackage.json").is_file() for folder in bundled())
