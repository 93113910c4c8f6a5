"""The description of a dataset: `datapackage.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Any, Final

from graph_build.dates import first_day, is_to_the_day
from graph_build.errors import Finding, InputError
from graph_build.readers.web import web_fault
from graph_build.readers.words import nearest, shown

_FILE: Final = "datapackage.json"
_READ: Final = ("actors", "things", "relations", "evidence", "sources", "searches", "stories")
_KEPT: Final = ("sentences",)
"""Tables that belong to a dataset and are not encoded."""


@dataclass(frozen=True, slots=True)
class Package:
    """What `datapackage.json` says; `files` gives for each table its file and the name that messages use."""

    place: str
    name: str = ""
    title: str = ""
    description: str = ""
    version: str = ""
    checked: str = ""
    licences: tuple[str, ...] = ()
    files: Mapping[str, tuple[Traversable, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    readable: bool = True


def read_package(folder: Traversable) -> Package:
    """Read the description of the dataset in a folder; a folder without one is an `InputError`."""
    entry = folder.joinpath(_FILE)
    if not entry.is_file():
        raise InputError(
            f"{folder} is no dataset folder",
            remedy=f"it needs a {_FILE}; one comes with what `govgraph convert` writes",
        )
    place = str(entry)
    try:
        text = entry.read_bytes().decode("utf-8-sig")
        content = json.loads(text)
        json.dumps(content, ensure_ascii=False).encode()  # an escape may stand for half a letter
    except UnicodeDecodeError as error:
        return _unreadable(place, 1, 1, f"byte {error.start + 1} is not UTF-8", "save the file as UTF-8")
    except UnicodeEncodeError as error:
        return _unreadable(
            place, 1, 1, f"an escaped letter is not whole: {error.reason}", "write the letters themselves"
        )
    except json.JSONDecodeError as error:
        return _unreadable(place, error.lineno, error.colno, f"this is not JSON: {error.msg}", "mend the brackets")
    if not isinstance(content, dict):
        return _unreadable(place, 1, 1, "this is no description of a package", "begin with { and a name")
    return _package(folder, _Description(place, text, content))


@dataclass(frozen=True, slots=True)
class _Description:
    """The JSON object with its text, so that findings can point into it."""

    place: str
    text: str
    content: Mapping[str, Any]

    def words(self, key: str) -> str:
        value = self.content.get(key, "")
        return value if isinstance(value, str) else ""

    def entries(self, key: str) -> list[Mapping[str, Any]]:
        value = self.content.get(key, [])
        return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []

    def finding(self, key: str, message: str, remedy: str, *, value: str = "", warning: bool = False) -> Finding:
        """Point to where the value, or else the key, first stands in the text."""
        found = max(self.text.find(json.dumps(value or key, ensure_ascii=False)), 0)
        line = self.text.count("\n", 0, found) + 1
        column = found - self.text.rfind("\n", 0, found)
        return Finding(self.place, line, column, key, message, remedy, "warning" if warning else "error")


def _unreadable(place: str, line: int, column: int, message: str, remedy: str) -> Package:
    return Package(place, findings=(Finding(place, line, column, "", message, remedy),), readable=False)


def _package(folder: Traversable, said: _Description) -> Package:
    files: dict[str, tuple[Traversable, str]] = {}
    findings = [*_own_findings(said), *_file_findings(folder, said, files), *_stray_findings(folder, said)]
    return Package(
        place=said.place,
        name=said.words("name"),
        title=said.words("title"),
        description=said.words("description"),
        version=said.words("version"),
        checked=said.words("checked"),
        licences=tuple(str(entry["path"]) for entry in said.entries("licenses") if entry.get("path")),
        files=files,
        findings=tuple(findings),
        readable=not any(finding.severity == "error" for finding in findings),
    )


def _own_findings(said: _Description) -> Iterator[Finding]:
    name, checked = said.words("name"), said.words("checked")
    if not name or name != name.lower() or not name.replace("-", "").isalnum() or not name.isascii():
        yield said.finding(
            "name", f'"{shown(name)}" is no name of a dataset', "small Latin letters, digits and hyphens"
        )
    if said.content.get("checked") == "":
        message = "nobody has said for which day the dataset holds, so what has an end is taken as over"
        yield said.finding("checked", message, 'once it is checked, write "checked": "YYYY-MM-DD"', warning=True)
        checked = "1970-01-01"
    if not is_to_the_day(checked):
        yield said.finding("checked", "the day for which the dataset holds is missing", 'add "checked": "YYYY-MM-DD"')
        return
    try:
        first_day(checked)
    except ValueError as error:
        yield said.finding("checked", str(error), "write YYYY-MM-DD")
    for entry in said.entries("licenses"):
        fault = web_fault(str(entry.get("path", ""))) if entry.get("path") else ""
        if fault:
            yield said.finding("licenses", fault, "give the address of the licence", value=str(entry["path"]))


def _file_findings(
    folder: Traversable, said: _Description, files: dict[str, tuple[Traversable, str]]
) -> Iterator[Finding]:
    """Fill `files` with the tables that are there, and report those that are not."""
    for entry in said.entries("resources"):
        name, path = str(entry.get("name", "")), str(entry.get("path", ""))
        if name not in _READ + _KEPT:
            remedy = nearest(name, _READ) or f"tables: {', '.join(_READ + _KEPT)}"
            yield said.finding(
                "resources", f'there is no table "{shown(name)}", so it would be lost', remedy, value=name
            )
        elif name in files:
            yield said.finding("resources", f'the table "{name}" is listed twice', "keep one", value=name)
        elif not _is_inside(path):
            message = f'"{shown(path)}" is not a file of this folder'
            yield said.finding("path", message, "name a file beside datapackage.json", value=path)
        elif not folder.joinpath(path).is_file():
            yield said.finding("path", f"there is no file {shown(path)}", "mend the path, or leave it out", value=path)
        else:
            files[name] = (folder.joinpath(path), str(folder.joinpath(path)))


def _is_inside(path: str) -> bool:
    """Say whether the path names something below the folder: no other drive, no address, no way up."""
    parts = PurePosixPath(path)
    return bool(parts.parts) and not parts.is_absolute() and ".." not in parts.parts and not {":", "\\"} & set(path)


def _stray_findings(folder: Traversable, said: _Description) -> Iterator[Finding]:
    listed = {str(entry.get("path", "")) for entry in said.entries("resources")}
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".csv"))
    for name in names:
        if name not in listed:
            message = f"{name} is in the folder, but not listed, so it was not read"
            yield said.finding("resources", message, "list it, or move it away", warning=True)
