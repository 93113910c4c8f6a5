"""Which formats there are, and which of them a file or folder is of: told by its content, then by its name.

A new format is one module of this folder and one line of `FORMATS`. Modules are imported only when a file must be recognised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from graph_build.errors import InputError
from graph_build.readers.answers import answer
from graph_build.readers.entries import Note, Reader, Remark
from graph_build.readers.head import Head, head
from graph_build.readers.imports import Imported, import_files
from graph_build.readers.tabular_book import has_sheets, sheet_names
from graph_build.readers.tabular_text import foreign
from graph_build.readers.words import shown
from graph_build.records import Place


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name, what people call it, the module that reads it, and the endings that its files often have."""

    name: str
    title: str
    endings: tuple[str, ...]

    @property
    def reader(self) -> Reader:
        """The module `graph_build.readers.NAME`, imported now."""
        return cast(Reader, import_module(f"graph_build.readers.{self.name}"))


FORMATS: Final = (
    Format("popolo", "Popolo JSON", (".popolo.json",)),
    Format("ftm", "FollowTheMoney entities", (".ftm.json", ".ftm", ".ijson")),
    Format("iati", "IATI activities", (".iati.xml",)),
    Format("hxl", "HXL-tagged tables", (".hxl.csv", ".hxl")),
    Format("sfm", "security force workbooks", (".sfm.xlsx", ".sfm.ods")),
    Format("kumu", "Kumu maps", (".kumu.json", ".kumu.xlsx", ".kumu.csv")),
    Format("littlesis", "LittleSis and Oligrapher JSON", (".littlesis.json", ".oligrapher.json")),
    Format("factbook", "World Factbook profiles", (".factbook.json",)),
    Format("gexf", "GEXF", (".gexf",)),
    Format("graphml", "GraphML", (".graphml",)),
    Format("rdf", "RDF", (".ttl", ".trig", ".nt", ".nq", ".rdf", ".jsonld")),
    Format("sparql", "requests for SPARQL endpoints", (".sparql.toml",)),
    Format("wikidata", "requests for Wikidata", (".wikidata.toml",)),
    Format("wikidata_entities", "Wikidata entities in JSON", (".wikidata.json",)),
    Format("tabular", "tables with a mapping", (".mapping.toml",)),
)
"""In the order in which they are asked: the first that knows the content reads the file."""
_KNOWN: Final = "a dataset folder (with a datapackage.json), " + ", ".join(known.title for known in FORMATS)

_TO_MAP: Final = "for a table, govgraph map {0} -o NAME.toml writes a mapping; then give NAME.toml instead"
_PROSE: Final = frozenset({"license", "readme", "source"})
"""Names of files that stand beside tables and hold words with commas, too."""


def import_source(path: Path) -> Imported:
    """Read a file, or a folder of files of one format as one source; what no reader knows is an `InputError`."""
    form, files = files_of(path)
    imported = import_files(path, files, form.reader, form.title)
    for other in unread(path, files):
        imported.report.add("folder", other.place, [other.note])
    return imported


def files_of(path: Path) -> tuple[Format, tuple[Path, ...]]:
    """Return the format and the files of a source; what no reader knows is an `InputError`."""
    files = _files(path) if path.is_dir() else (path,)
    return _common_format(path, files), files


def unread(path: Path, files: Iterable[Path]) -> Iterator[Remark]:
    """Give a remark for each file of a folder that is none of the `files` that are read."""
    for other in sorted(set(_entries(path)) - set(files)) if path.is_dir() else ():
        message = f'"{shown(other.name)}" was not read: it is of no format that this program knows'
        yield Remark(Place(str(other), 0), Note("", message))


def recognise(path: Path) -> Format | None:
    """Return the format that a file is of by its content, or else by its name; nothing when it is neither."""
    start = head(path)
    by_content = next((form for form in FORMATS if form.reader.recognise(start)), None)
    return by_content or next((form for form in FORMATS if start.name.endswith(form.endings)), None)


def _files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder that some reader knows, sorted by name."""
    files = tuple(entry for entry in _entries(folder) if recognise(entry))
    if not files:
        message = f"{folder} is no dataset folder, and holds no file of a known format"
        tables = (entry for entry in _entries(folder) if entry.stem.lower() not in _PROSE and _is_table(head(entry)))
        raise InputError(message, remedy=_TO_MAP.format("FOLDER") if any(tables) else f"give {_KNOWN}")
    return files


def _entries(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if entry.is_file() and not entry.name.startswith("."))


def _common_format(path: Path, files: Iterable[Path]) -> Format:
    found = {file: recognise(file) for file in files}
    forms = {form.name: form for form in found.values() if form}
    if len(forms) > 1:
        message = f"{path} holds files of several formats: {', '.join(form.title for form in forms.values())}"
        raise InputError(message, remedy="give the files one by one, or a folder for each format")
    if not forms:
        raise InputError(
            f"{path} is of no format that this program reads: {_look(head(path))}", remedy=_next(head(path))
        )
    return next(iter(forms.values()))


def _look(start: Head) -> str:
    """Say what the file looks like, for people to see why nothing fits."""
    if not start.content:
        return "it is empty"
    if start.zip_names:
        return f"an archive with {', '.join(sorted(map(shown, start.zip_names))[:3])}"
    if has_sheets(start):
        return f"tables called {', '.join(map(shown, sheet_names(start.path)[:5]))}"
    if start.is_binary or not start.text or foreign(start):
        return foreign(start) or "it is not text"
    if (name := answer(start)[0]) or start.json_paths:
        tops = sorted({path.split(".")[0] for path in start.json_paths})
        return name or f"JSON with {', '.join(map(shown, tops[:5]))}"
    if start.xml_root:
        return f"XML with the root element {shown(start.xml_root)}"
    return f'text that begins with "{shown(start.first_line)}"'


def _next(start: Head) -> str:
    if foreign(start):
        return "open it in a spreadsheet program and save it as .xlsx, .ods, or CSV in UTF-8"
    if remedy := answer(start)[1]:
        return remedy
    return _TO_MAP.format("FILE") if _is_table(start) else f"give {_KNOWN}"


def _is_table(start: Head) -> bool:
    """Say whether a file looks like a table, for which a mapping can be written."""
    if foreign(start):
        return False
    return has_sheets(start) or (not start.is_binary and any(sign in start.first_line for sign in ",;\t|"))
