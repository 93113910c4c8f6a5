"""What a graph is made of, as digests: the program with its words and libraries, a source, the records of a dataset."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Container, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import attrgetter
from pathlib import Path
from re import split
from typing import Any, Final

from graph_build.readers import Dataset
from graph_build.records import Relation, values
from graph_build.resources import resource

_NAMING: Final = ("file", "query", "table", "sparql", "wikidata")
_HEAD: Final = attrgetter("name", "title", "description", "version", "checked", "licences")


@cache
def program_digest() -> str:
    """Return the digest of all that turns sources into an atlas: the code, the ontology, the queries and the libraries."""
    digest = sha256(version("govgraph").encode())
    for name in sorted({split(r"[^\w.-]", line)[0] for line in requires("govgraph") or () if "extra ==" not in line}):
        digest.update(f"{name} {_version(name)}\n".encode())
    for entry, name in files_below(files("graph_build"), "graph_build"):
        if not name.startswith("graph_build/datasets/"):  # these are sources, also where they lie in the package
            digest.update(f"{name} {file_digest(entry)}\n".encode())
    for folder in ("ontology", "queries"):
        for entry, name in files_below(resource(folder), folder):
            digest.update(f"{name} {file_digest(entry)}\n".encode())
    return digest.hexdigest()


def source_digest(source: Traversable) -> str:
    """Return the digest of what is read of a source: a file, all visible files of a folder, what a mapping names."""
    digest = sha256()
    visible = [found for found in files_below(source, "") if not any(part[:1] == "." for part in found[1].split("/"))]
    for entry, name in [*visible, *_named(source)]:
        digest.update(f"{name} {file_digest(entry)}\n".encode())
    return digest.hexdigest()


def dataset_digest(dataset: Dataset, organisations: Container[str]) -> str:
    """Return the digest of what decides the quads of a dataset, wherever its rows stand in a file.

    That is its records, and which of the wholes and parts that it names are organisations: another dataset may say that.
    """
    digest = sha256(json.dumps(_HEAD(dataset)).encode())
    for record in (*dataset.records(), *dataset.stories):
        digest.update(json.dumps([type(record).__name__, values(record)]).encode())
    digest.update(json.dumps(sorted(name for name in _whole_and_parts(dataset) if name in organisations)).encode())
    return digest.hexdigest()


def file_digest(entry: Traversable) -> str:
    """Return the digest of a file's content."""
    digest = sha256()
    with entry.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def files_below(entry: Traversable, name: str) -> Iterator[tuple[Traversable, str]]:
    """Give the files at and below an entry with their names, in a fixed order; what Python compiled is left out."""
    if entry.is_file():
        yield entry, name
    elif entry.is_dir() and entry.name != "__pycache__":
        for child in sorted(entry.iterdir(), key=lambda child: child.name):
            yield from files_below(child, f"{name}/{child.name}" if name else child.name)


def _named(source: Traversable) -> Iterator[tuple[Traversable, str]]:
    """Give the files that are read because a source in TOML names them, and the answers of an endpoint kept beside it."""
    within = source.glob("*.toml") if isinstance(source, Path) and source.is_dir() else [source]
    for settings in sorted(file for file in within if isinstance(file, Path) and file.suffix == ".toml"):
        with suppress(OSError, ValueError, RuntimeError):  # the build says what is wrong with it
            for name in _texts(tomllib.loads(settings.read_text(encoding="utf-8"))):
                found = sorted(settings.parent.glob(name)) if "*" in name else [settings.parent / name]
                yield from ((file, f"{name} {number}") for number, file in enumerate(found) if file.is_file())
        yield from files_below(settings.with_name(f"{settings.stem}.answers"), "answers")


def _texts(said: Any) -> Iterator[str]:
    """Give the names of files in a request or a mapping: the texts under the keys that name one, in tables under any of these."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, list | dict):
        for part in said if isinstance(said, list) else map(said.get, _NAMING):
            yield from _texts(part)


def _whole_and_parts(dataset: Dataset) -> set[str]:
    parts: list[Relation] = [relation for relation in dataset.relations if relation.kind == "composition"]
    return {name for relation in parts for name in (relation.actor, relation.target, *relation.others)}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
