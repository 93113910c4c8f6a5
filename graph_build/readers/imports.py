"""From the entries of any reader to a dataset: each record sound, each thing once, each entry counted, the file as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, Final

from graph_build.readers.abouts import BETWEEN, Abouts
from graph_build.readers.dataset import Dataset
from graph_build.readers.entries import About, Entry, Note, Opened, Reader, Remark, slug
from graph_build.readers.findings import Report
from graph_build.readers.sound import TABLE_OF, clean_text, sound
from graph_build.readers.spool import KINDS, Dropped, Kept, Spool, same_values
from graph_build.readers.web import web_fault
from graph_build.records import Actor, Evidence, Place, Record, Relation, Source, Thing

_RECENT: Final = 2_000
_NAMED: Final = (Actor, Thing)
_ENDINGS: Final = re.compile(r"(\.(ftm|popolo|kumu|ijson|json|jsonl|ndjson|delta|entities))*\.[a-z0-9]{1,7}$")


@dataclass(frozen=True, slots=True)
class Imported:
    """A source that was read: its records wait in `spool`, in flat memory; `report` says what became of each entry."""

    opened: Opened
    about: About
    report: Report
    spool: Spool

    def records(self) -> Iterator[tuple[str, Iterator[Record]]]:
        """Give the records of each table by its name, in the order of the files."""
        for kind in KINDS:
            kept = self.spool.records(kind)
            yield TABLE_OF[kind], chain(self.spool.own_evidence(self.opened.name), kept) if kind is Evidence else kept

    def dataset(self) -> Dataset:
        """Return all records at once."""
        tables: dict[str, Any] = {name: tuple(records) for name, records in self.records()}
        return replace(self.empty_dataset(), **tables)

    def empty_dataset(self) -> Dataset:
        """Return the dataset without its records: what it is called, and what was found."""
        return Dataset(
            name=self.opened.name,
            title=self.about.title,
            description=self.about.description,
            licences=tuple(name for name in self.about.licence.split(BETWEEN) if name and not web_fault(name)),
            place=", ".join(map(str, self.opened.files)),
            findings=self.report.findings,
            report=self.report,
        )


def dataset_name(path: Path) -> str:
    """Return the name of the dataset that a file or a folder of files becomes.

    >>> dataset_name(Path("in/Verkhovna_Rada.popolo.json")), dataset_name(Path("Рада.json"))
    ('verkhovna-rada', 'file-899c37eb7b')
    """
    name = path.name.lower()
    stem = slug(_ENDINGS.sub("", name))
    if stem == "norm" or stem.startswith("norm-"):
        return f"file-{stem}"  # ids that begin with norm- are those of archetypes
    return stem or f"file-{sha256(path.name.encode('utf-8', 'surrogateescape')).hexdigest()[:10]}"


def import_files(path: Path, files: Iterable[Path], reader: Reader, form: str) -> Imported:
    """Read the files of one source with the reader of their format; what is no such file at all is an `InputError`."""
    opened = Opened(dataset_name(path), tuple(files))
    intake = Intake(opened, Report(str(path), form), Spool())
    abouts = Abouts()
    for item in reader.entries(opened):
        if isinstance(item, About):
            abouts.take(item)
        elif isinstance(item, Remark):
            intake.report.add("file", item.place, [item.note])
        else:
            intake.take(item)
    intake.finish()
    intake.report.add("file", Place(str(path), 0), abouts.notes())
    about = described(opened, abouts.whole())
    intake.keep(own_source(opened, about), "source", Place(str(path), 0))
    return Imported(opened, about, intake.report, intake.spool)


def described(opened: Opened, about: About) -> About:
    """Return what a source says of itself, in clean text; without a title, its files are its title."""
    title = about.title or ", ".join(file.name for file in opened.files[:3])
    words = (title, about.description, about.issuer, about.issued, about.licence, about.url)
    return About(*map(clean_text, words))


def own_source(opened: Opened, about: About) -> Source:
    """Return the file itself as a source, which every relation cites."""
    return Source(
        id=opened.name,
        type="dataset",
        title=about.title,
        issuer=about.issuer,
        issued=about.issued,
        url=about.url,
        licence=about.licence,
        place=Place(str(opened.files[0]), 1) if opened.files else None,
    )


def _following(record: Record, said: Record, kept: Record) -> Record:
    """Let evidence follow its relation, where that was given another id."""
    if isinstance(record, Evidence) and isinstance(kept, Relation) and record.relation == getattr(said, "id", ""):
        return replace(record, relation=kept.id)
    return record


class Intake:
    """Takes entries one by one and counts what becomes of them."""

    def __init__(self, opened: Opened, report: Report, spool: Spool) -> None:
        """Begin with nothing; what is told goes to the report, what is kept to the spool."""
        self.opened, self.report, self.spool = opened, report, spool
        self.recent: dict[str, Actor | Thing] = {}
        self.older: dict[str, Actor | Thing] = {}
        """Actors and things as they were said and kept last, whole: rows of a table say the same of them again and again."""

    def take(self, entry: Entry) -> None:
        """Keep the records of an entry; it is kept, or joined, as its first record is."""
        count = self.report.of(entry.what)
        count.read += 1
        if entry.within:
            count.joined += 1
            self.report.add(entry.what, entry.place, entry.notes)
            return
        if not entry.records:
            count.left_out += 1
            self.report.add(entry.what, entry.place, entry.notes, "left out: ")
            return
        if entry.notes:
            self.report.add(entry.what, entry.place, entry.notes)
        first = self.keep(entry.records[0], entry.what, entry.place, entry.locator, main=True)
        if first is None:
            count.left_out += 1
            return
        count.joined += first.joined
        count.kept += not first.joined
        names = (entry.records[0], first.record)
        for record in entry.records[1:]:
            self.keep(_following(record, *names), entry.what, entry.place, entry.locator)

    def keep(self, record: Record, what: str, place: Place, locator: str = "", *, main: bool = False) -> Kept | None:
        """Keep one record, and of a relation the evidence; one that cannot stand gives nothing."""
        if not main and isinstance(record, _NAMED) and self._is_told(record):
            return Kept(record, True)
        whole, notes = sound(record)
        if whole is None:
            self.report.add(what, place, notes, "left out: ")
            return None
        cited = (locator or f"line {place.line}") if isinstance(whole, Relation) else ""
        kept = self.spool.add(whole, what, main, cited)
        if notes or kept.notes:
            self.report.add(what, place, [*notes, *kept.notes])
        if whole is record and not kept.notes and isinstance(record, _NAMED):
            self._remember(record)
        if kept.joined and main:
            first = kept.record.place.line if kept.record.place else 0
            self.report.add(what, place, [Note("id", f'joined with what line "{first}" says of it')])
        return kept

    def _remember(self, record: Actor | Thing) -> None:
        if len(self.recent) >= _RECENT:
            self.older, self.recent = self.recent, {}
        self.recent[record.id] = record

    def _is_told(self, record: Actor | Thing) -> bool:
        """Say whether a record says in every field what was kept of it last; what is said again is remembered longer."""
        known = self.recent.get(record.id)
        if known is None and (known := self.older.get(record.id)) is not None:
            self._remember(known)
        return known is record or (known is not None and same_values(known, record))

    def finish(self) -> None:
        """Leave out the relations that name what is not there, now that all is read."""
        for dropped in self.spool.dangling():
            place = dropped.relation.place or Place(self.report.source, 0)
            message = f'it names "{dropped.missing}", which is not in the file'
            self.report.add(dropped.what, place, [Note("", message, "add it to the file")], "left out: ")
            self._uncount(dropped)

    def _uncount(self, dropped: Dropped) -> None:
        if dropped.main:
            count = self.report.of(dropped.what)
            count.kept, count.left_out = count.kept - 1, count.left_out + 1
        for what, number in dropped.joined.items():
            count = self.report.of(what)
            count.joined, count.left_out = count.joined - number, count.left_out + number
