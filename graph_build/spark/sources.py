"""What is read where: the pieces into which the sources of a build are parted, each to be read by itself on some machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from graph_build.readers import ftm, iati
from graph_build.readers.entries import Entry, Opened, Remark
from graph_build.readers.formats import files_of
from graph_build.readers.ftm_lines import entities_of, is_stream, refuse_foreign
from graph_build.readers.iati_organisations import Organisations
from graph_build.readers.imports import dataset_name
from graph_build.readers.lines import Span, line_ends

Passed = Counter[Any]
"""What was not taken over, and how often."""
Heard = tuple[str, Any]
"""The id of an organisation, and what a file says of it."""


@dataclass(frozen=True, slots=True)
class Split:
    """How the files of a format are read in pieces: into which, what stands in one, and what is left to tell of all of them."""

    spans: Callable[[Sequence[Path], int], tuple[Span, ...]]
    told: Callable[[Span, Opened, Passed], Iterator[Entry | Heard]]
    untold: Callable[[Opened, Passed], Iterator[Remark]]
    gathered: Callable[[Opened, Iterable[Heard]], Iterator[Entry]]


@dataclass(frozen=True, slots=True)
class Planned:
    """One source of the build: in pieces where its format can be split, else as a whole."""

    path: Path
    opened: Opened
    title: str
    form: str = ""
    spans: tuple[Span, ...] = ()

    @property
    def split(self) -> Split | None:
        """How it is read in pieces, if it is."""
        return SPLITS[self.form] if self.spans else None


def plan(sources: Sequence[str | Path | Traversable], piece: int) -> list[Planned]:
    """Say how each source is read, in pieces of so many bytes; what no reader knows is an `InputError`."""
    return [_planned(Path(str(source)), piece) for source in sources]


def size(sources: Sequence[Planned]) -> int:
    """Return the bytes of all sources."""
    files = (file for source in sources for file in (source.opened.files or _below(source.path)))
    return sum(file.stat().st_size for file in files)


def _below(path: Path) -> Iterable[Path]:
    return (file for file in path.rglob("*") if file.is_file()) if path.is_dir() else (path,)


def _planned(path: Path, piece: int) -> Planned:
    if (path / "datapackage.json").is_file() or path.name == "datapackage.json":
        return Planned(path, Opened("", ()), "")
    form, files = files_of(path)
    split = SPLITS.get(form.name)
    spans = split.spans(files, piece) if split else ()
    return Planned(path, Opened(dataset_name(path), files), form.title, form.name, spans)


def numbered(spans: Sequence[Span], ends: Sequence[int]) -> tuple[Span, ...]:
    """Return the pieces with the number of lines that end before each, from how many end in each."""
    before: Counter[Path] = Counter()
    found: list[Span] = []
    for span, number in zip(spans, ends, strict=True):
        found.append(replace(span, lines=before[span.file]))
        before[span.file] += number
    return tuple(found)


def line_ends_of(span: Span) -> int:
    """Return how many lines end in a piece; where only whole files are read, nobody asks."""
    return 0 if span == Span(span.file) else line_ends(span)


def _by_lines(files: Sequence[Path], piece: int) -> tuple[Span, ...]:
    if not all(map(is_stream, files)):
        return ()  # of a delta, the last line on an entity counts, and an array is one value: these are read as a whole
    for file in files:
        refuse_foreign(file)
    return tuple(
        Span(file, start, min(start + piece, size))
        for file in files
        for size in (file.stat().st_size,)
        for start in range(0, max(size, 1), piece)
    )


def _entities(span: Span, source: Opened, passed: Passed) -> Iterator[Entry]:
    return ftm.told(source, entities_of(span), passed)


def _by_file(files: Sequence[Path], _piece: int) -> tuple[Span, ...]:
    return tuple(map(Span, files))


def _activities(span: Span, source: Opened, passed: Passed) -> Iterator[Entry | Heard]:
    organisations = Organisations(source)
    yield from iati.told(span.file, source, organisations, passed)
    for table, row in organisations.heard():
        yield row[0], (table, row)


def _organisations(source: Opened, heard: Iterable[Heard]) -> Iterator[Entry]:
    organisations = Organisations(source)
    for _, rows in heard:
        organisations.hear(rows)
    return organisations.entries()


def _none(_source: Opened, _heard: Iterable[Heard]) -> Iterator[Entry]:
    return iter(())


SPLITS: Final[Mapping[str, Split]] = {
    "ftm": Split(_by_lines, _entities, ftm.untold, _none),
    "iati": Split(_by_file, _activities, iati.untold, _organisations),
}
"""The formats that are read in pieces: streams by their lines, folders by their files."""
