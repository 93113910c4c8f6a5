"""`govgraph build` as a process: killed, interrupted, watched on a terminal, and with nobody who reads what it says."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph_build.store import open_store
from graph_build.swap import settle

MINI = Path(__file__).parents[1] / "data" / "mini"
COMMAND = [str(Path(sys.executable).with_name("govgraph"))]
INTERRUPTED = "interrupted; what was being written is there whole, or as it was before"
MOMENTS = ("", "graph.trig", "build.json")
"""A build is ended as soon as its new folder is there, the first file is in it, or the last: then the folders are changed."""


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def arguments(source: Path, output: Path) -> list[str]:
    return [*COMMAND, "build", str(source), "-o", str(output), "--disk"]


def drafts(output: Path) -> list[Path]:
    return [entry for entry in output.parent.glob(f".{output.name}.*") if entry.is_dir()]


def ended(source: Path, output: Path, moment: str, how: signal.Signals) -> tuple[int, str]:
    """Build, send a signal when the draft has the file named by `moment`, and return the exit code and what was said."""
    known = set(drafts(output))
    with subprocess.Popen(arguments(source, output), stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            if any((draft / moment).exists() for draft in set(drafts(output)) - known):
                process.send_signal(how)
                break
            time.sleep(0.001)
        said = process.communicate(timeout=60)[1]
    return process.returncode, said


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Let children be interrupted: a runner in the background may have set that aside for them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An atlas of the mini dataset, which is only copied."""
    folder = tmp_path_factory.mktemp("built") / "atlas"
    subprocess.run(arguments(MINI, folder), check=True, capture_output=True)
    return folder


@pytest.fixture
def atlas(built: Path, tmp_path: Path) -> Path:
    """An atlas of the mini dataset, beside a source `changed` that differs from it."""
    changed = shutil.copytree(MINI, tmp_path / "changed")
    table = changed / "searches.csv"
    table.write_text(table.read_text(encoding="utf-8") + "audits,the gazette,2025-11-02\n", encoding="utf-8")
    return shutil.copytree(built, tmp_path / "atlas")


@pytest.mark.usefixtures("_interruptible")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_build_that_is_ended_leaves_the_older_atlas_as_it_was(atlas: Path, how: signal.Signals) -> None:
    before, changed = tree(atlas), atlas.with_name("changed")
    subprocess.run(arguments(changed, atlas.with_name("new")), check=True, capture_output=True)
    new = (atlas.with_name("new") / "graph.trig").read_bytes()
    codes = []
    for moment in MOMENTS:
        code, said = ended(changed, atlas, moment, how)
        codes.append(code)
        if how == signal.SIGINT and code:
            assert said.split("\n") == ["", INTERRUPTED, ""]  # the first line is that of the ^C
        if not atlas.exists():  # killed between the two renamings: the next build puts it back first
            settle(atlas)
        if (atlas / "graph.trig").read_bytes() == new:  # it was quicker: all of the new atlas is there
            subprocess.run(arguments(MINI, atlas), check=True, capture_output=True)
            before = tree(atlas)
        elif how == signal.SIGINT:
            assert drafts(atlas) == []
        assert tree(atlas) == before, moment
        assert len(list(open_store(atlas).quads())) == json.loads((atlas / "validation.json").read_bytes())["quads"]
    assert codes[0] == (130 if how == signal.SIGINT else -signal.SIGKILL)
    assert set(codes) <= {codes[0], 0}
    subprocess.run(arguments(changed, atlas), check=True, capture_output=True)
    assert {entry.name for entry in atlas.parent.iterdir()} == {"atlas", "changed", "new"}


def test_the_folder_of_a_build_that_still_runs_is_not_cleared_away(atlas: Path) -> None:
    changed = atlas.with_name("changed")
    with subprocess.Popen(arguments(changed, atlas), stderr=subprocess.DEVNULL) as running:
        while not drafts(atlas) and running.poll() is None:
            time.sleep(0.001)
        time.sleep(0.1)  # a folder is locked just after it is made, and long before it is done
        running.send_signal(signal.SIGSTOP)
        try:
            subprocess.run(arguments(MINI, atlas), check=True, capture_output=True)
            assert len(drafts(atlas)) == 1
        finally:
            running.send_signal(signal.SIGCONT)
        assert running.wait(60) == 0
    assert drafts(atlas) == []


def test_a_build_of_what_is_there_says_so(atlas: Path) -> None:
    before = tree(atlas)
    said = subprocess.run(arguments(MINI, atlas), check=True, capture_output=True, text=True)
    assert said.stderr.splitlines()[-1].startswith(f"{atlas}: nothing changed; ")
    assert tree(atlas) == before


def unread(arguments: list[str]) -> int:
    """Run a command whose standard error nobody reads, and return its exit code."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run(arguments, stderr=writer, check=False).returncode
    finally:
        os.close(writer)


def without_actors(folder: Path) -> Path:
    (folder / "actors.csv").write_text("id,type,label_en\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("change", "code"), [(without_actors, 6), (lambda folder: folder, 0)])
def test_the_exit_code_is_the_same_when_nobody_reads_the_messages(
    change: Callable[[Path], Path], code: int, tmp_path: Path
) -> None:
    source = change(shutil.copytree(MINI, tmp_path / "source"))
    assert unread(arguments(source, tmp_path / "atlas")) == code
    assert unread([*COMMAND, "build", "--no-such-option"]) == 2


def shown_on_a_terminal(arguments: list[str]) -> str:
    reader, writer = pty.openpty()
    with subprocess.Popen(arguments, stderr=writer, env=os.environ | {"TERM": "xterm", "COLUMNS": "120"}) as process:
        os.close(writer)
        text = b"".join(_read(reader)).decode()
    os.close(reader)
    assert process.returncode == 0
    return text


def _read(reader: int) -> Iterator[bytes]:
    while True:
        try:
            part = os.read(reader, 65536)
        except OSError:  # the other end is closed
            return
        if not part:
            return
        yield part


def test_a_terminal_shows_each_step_and_a_pipe_does_not(tmp_path: Path) -> None:
    shown = shown_on_a_terminal(arguments(MINI, tmp_path / "atlas"))
    steps = ["reading sources", "encoding records", "checking the graph", "making explorer.html", "writing the store"]
    assert [step for step in steps if step not in shown] == []
    assert "\x1b[" in shown
    piped = subprocess.run(arguments(MINI, tmp_path / "other"), check=True, capture_output=True, text=True)
    assert "\x1b" not in piped.stderr
    assert len(piped.stderr.splitlines()) == 1
