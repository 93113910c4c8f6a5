"""Files and folders that are replaced as a whole: written beside the old one, then put in its place by renaming."""

from __future__ import annotations

import glob
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from graph_build.errors import GovgraphError, InputError

try:
    import fcntl
except ImportError:  # Windows: what a killed build left behind stays there
    fcntl = None  # type: ignore[assignment]

_KNOWN: Final = frozenset(
    {"build.json", "graph.trig", "explorer.html", "gaps.csv", "coverage.csv", "validation.json", "store"}
)

_DRAFT: Final = "[0-9a-f]" * 32


@contextmanager
def replaced_folder(output: Path, *, made: str, manifest: str) -> Iterator[Path]:
    """Give a new folder beside `output`, which takes its place when the block ends well; else nothing has changed.

    Only a folder that is empty, or that this program made, is replaced: it holds the file `made`, and nothing that is not
    listed under "files" in its `manifest`. Any other is an `InputError`, before anything is done.
    """
    settle(output)
    place = output.absolute().resolve()
    _refuse_foreign(place, output, made, manifest)
    try:
        with _draft(place) as draft:
            yield draft
            _swap(draft, place, _previous(place))
    except OSError as error:
        raise GovgraphError(
            f"{output} could not be written: {error}", "is there room, and the right to write?"
        ) from error
    finally:
        if place.exists():
            shutil.rmtree(_previous(place), ignore_errors=True)


def settle(output: Path) -> None:
    """Clear up after processes that were killed: an older folder is put back in its place, or goes if the new one is there; unfinished ones go."""
    place = output.absolute().resolve()
    previous = _previous(place)
    if place.exists():
        shutil.rmtree(previous, ignore_errors=True)
    elif previous.exists():
        previous.rename(place)
    for draft in place.parent.glob(f".{glob.escape(place.name)}.{_DRAFT}"):
        handle = _lock(draft)
        if handle is not None:
            shutil.rmtree(draft, ignore_errors=True)
            os.close(handle)


def _previous(place: Path) -> Path:
    return place.with_name(f".{place.name}.previous")


@contextmanager
def _draft(place: Path) -> Iterator[Path]:
    """Give a new folder, locked as long as it is written, so that another process does not take it for left behind."""
    draft = place.with_name(f".{place.name}.{uuid4().hex}")
    handle = None
    try:
        draft.mkdir(parents=True)
        handle = _lock(draft)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def _lock(folder: Path) -> int | None:
    """Lock a folder until the handle is closed, or the process ends; none where another holds it, or nothing can be locked."""
    if fcntl is None:
        return None
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
        else:
            return handle
    return None


def _swap(draft: Path, place: Path, previous: Path) -> None:
    """Put the draft in place; whatever interrupts the two renamings, one whole folder stands there afterwards."""
    if place.exists():
        place.rename(previous)
    try:
        draft.rename(place)
    finally:
        if previous.exists() and not place.exists():
            previous.rename(place)


def _refuse_foreign(place: Path, output: Path, made: str, manifest: str) -> None:
    if not place.exists():
        return
    if not place.is_dir():
        raise InputError(f"{output} is a file", remedy="name a folder for the atlas")
    names = {entry.name for entry in place.iterdir()}
    if names and made not in names:
        raise InputError(f"{output} is not empty and no atlas, so it is left alone", remedy="name another folder")
    foreign = sorted(names - _KNOWN - _listed(place / manifest))
    if foreign:
        message = f"{output} holds what this program did not make: {', '.join(foreign[:5])}"
        raise InputError(message, remedy="move that elsewhere, or name another folder")


def _listed(manifest: Path) -> set[str]:
    try:
        content = json.loads(manifest.read_bytes())
        return {str(name) for name in content["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then renamed into it. What stands there and is no file, as a device, is an `InputError`."""
    path = path.resolve()  # of a link, what it leads to is replaced
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is there already, and no file that can be replaced", remedy="name another file")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)  # mkstemp makes files that only their owner can read
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
