"""The bundled datasets, built once for each version of them and kept in the user's cache folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final
from uuid import uuid4

from graph_build.digests import file_digest, files_below
from graph_build.resources import resource

_MAKERS: Final = (
    "dates.py",
    "direct.py",
    "encode.py",
    "ontology.py",
    "records.py",
    "statements.py",
    "vocabulary.py",
    "readers",
)
"""What decides how a record becomes quads: a change there makes the kept graph stale, also within one version."""


def cache_folder() -> Path:
    """Return the folder for what can be made again, as the platform has it."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "govgraph" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "govgraph"


def bundled_file() -> Path:
    """Return where the bundled graph is kept, or will be: its name changes with all that it is made of."""
    digest = sha256(version("govgraph").encode())
    for entry, name in _ingredients():
        digest.update(f"{name} {file_digest(entry)}\n".encode())
    return cache_folder() / f"bundled-{digest.hexdigest()[:24]}.nq"


def keep(file: Path, content: bytes, most: int = 1) -> None:
    """Write the file whole or not at all, and remove all but the `most` latest of its kind; a folder that cannot be written keeps nothing."""
    draft = file.with_name(f".{file.name}.{uuid4().hex}")
    kind = f"{file.name.partition('-')[0]}-*{file.suffix}"
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(file)
        others = sorted({*file.parent.glob(kind)} - {file}, key=lambda other: other.stat().st_mtime, reverse=True)
        for older in (*others[most - 1 :], *file.parent.glob(f".{kind}.*")):
            older.unlink(missing_ok=True)
    with suppress(OSError):
        draft.unlink(missing_ok=True)


def _ingredients() -> Iterator[tuple[Traversable, str]]:
    for folder in ("ontology", "datasets"):
        yield from files_below(resource(folder), folder)
    package = files("graph_build")
    for name in _MAKERS:
        yield from files_below(package.joinpath(name), name)
