"""The organisations that a file of flows names, each time by a reference, a name, or both: one actor each, told at the end.

A reference is the same body wherever it stands if it is one of a register (`XM-DAC-41114`), or a channel of the CRS that is one
body, which the register of the DAC numbers alike (`41114`); any other number is the publisher's own. Without a reference, the same name is the same body. What stands for a body that is
not told ("unknown", "recipient government") is one only where it stands. Bodies that merely look alike are left to `reconcile`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from graph_build.readers.entries import Entry, Note, Opened
from graph_build.readers.iati_text import Said, in_language, tagged
from graph_build.readers.maps import word_map
from graph_build.records import Actor, Place

_REGISTERED: Final = re.compile(r"[A-Za-z]{2}[A-Za-z0-9]{0,6}-\S.*", re.ASCII)
_DAC: Final = "XM-DAC-"
_SCHEMA: Final = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE body (id TEXT PRIMARY KEY, identifier TEXT, note TEXT, file TEXT, line INT) WITHOUT ROWID;
CREATE TABLE name (id TEXT, text TEXT, language TEXT, number INT, first INT, PRIMARY KEY (id, text, language)) WITHOUT ROWID;
CREATE TABLE type (id TEXT, code TEXT, number INT, first INT, PRIMARY KEY (id, code)) WITHOUT ROWID;
BEGIN;
"""


_NAMED: Final = "INSERT INTO name VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET number = number + excluded.number"
_TYPED: Final = "INSERT INTO type VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET number = number + excluded.number"
_BODY: Final = "INSERT OR IGNORE INTO body VALUES (?, ?, ?, ?, ?)"
_ADDED: Final = {"body": _BODY, "name": _NAMED, "type": _TYPED}
_ALL: Final = {table: f"SELECT * FROM {table} ORDER BY id" for table in _ADDED}  # noqa: S608 - names of ours
Heard = tuple[str, tuple[Any, ...]]
"""A row of one of the tables above: what was said of an organisation, how often, and when first."""
_UNTOLD: Final = "which body is meant is not told"


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation as it is named in one place: reference, names, and the code of its type."""

    reference: str = ""
    names: tuple[Said, ...] = ()
    type: str = ""


class Organisations:
    """All organisations of a source, in a temporary file: there may be more than memory should hold."""

    def __init__(self, source: Opened) -> None:
        """Begin with none."""
        self._source, self._words, self._codes = source, word_map("iati"), word_map("iati_codes")
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript(_SCHEMA)
        self._number = 0

    def id(self, mention: Mention, publisher: str, within: tuple[str, ...], place: Place) -> str:
        """Return the id of the organisation that is meant, or nothing where none is named.

        `publisher` is whose numbers are meant; `within` tells bodies apart that are the same only within one activity or row.
        """
        reference = "" if self._is_nothing(mention.reference, "references") else mention.reference
        names = [said for said in mention.names if not self._is_nothing(said.text, "names")]
        if not reference and not names:
            return ""
        return self._add(self._known(reference, names, publisher, within), names, mention, place)

    def untold(self, mention: Mention, publisher: str, within: tuple[str, ...], place: Place) -> str:
        """Return the id of a body of which the place says no more than that there is one, such as "n/a"."""
        known = self._source.id("org", "within", publisher, *within), "", _UNTOLD
        return self._add(known, list(mention.names), mention, place)

    def _add(self, known: tuple[str, str, str], names: list[Said], mention: Mention, place: Place) -> str:
        name, identifier, note = known
        self._number += 1
        row = (_plain(name), _plain(identifier), _plain(note), place.file, place.line)
        self._base.execute(_BODY, row)
        for said in names:
            self._base.execute(_NAMED, (_plain(name), _plain(said.text), said.language, 1, self._number))
        if mention.type:
            self._base.execute(_TYPED, (_plain(name), _plain(mention.type), 1, self._number))
        return name

    def heard(self) -> Iterator[Heard]:
        """Give all that was said of the organisations, for another to `hear`: so files can be read apart from each other."""
        for table, query in _ALL.items():
            for row in self._base.execute(query):
                yield table, row

    def hear(self, said: Iterable[Heard]) -> None:
        """Take what others heard of it, in the order of their files: what is said first stays first."""
        before = self._number
        for table, row in said:
            if table != "body":
                row = (*row[:-1], before + row[-1])
                self._number = max(self._number, row[-1])
            self._base.execute(_ADDED[table], row)

    def entries(self) -> Iterator[Entry]:
        """Give each organisation once, sorted by id, with all that was said of it."""
        for name, identifier, note, file, line in self._base.execute("SELECT * FROM body ORDER BY id"):
            place = Place(file, line)
            code, notes = self._type(name)
            known = self._words["organisation_types"].get(code)
            label, more, unnamed = self._labels(name, identifier or note)
            remarks = [note, f"organisation type: {known['name'] if known else code}" if code else ""]
            actor = Actor(
                name,
                (known["type"] if known else "organisation",),
                label,
                label_uk=in_language(more, "uk"),
                alt_labels=tuple(tagged(said) for said in more if said.text != label),
                identifiers=self._identifiers(identifier),
                note="; ".join(filter(None, remarks)),
                place=place,
            )
            yield Entry("organisation", place, (actor,), (*notes, *unnamed))

    def _is_nothing(self, text: str, table: str) -> bool:
        return not text or text.lower() in self._words["nothing"][table]

    def _known(
        self, reference: str, names: list[Said], publisher: str, within: tuple[str, ...]
    ) -> tuple[str, str, str]:
        """Return id, identifier in a register, and the reference where it is in none."""
        first = names[0].text if names else ""
        if reference in self._codes["channels"]:
            reference = f"{_DAC}{reference}"
        if _REGISTERED.fullmatch(reference):
            code = reference.upper()
            return self._source.id("org", code.lower()), f"org-id:{code}", ""
        if reference in self._codes["channel_kinds"] or (names and first.lower() in self._words["untold"]["names"]):
            return (
                self._source.id("org", "within", publisher, reference, first, *within),
                "",
                _own(reference, publisher),
            )
        if reference:
            return self._source.id("org", "of", publisher, reference), "", _own(reference, publisher)
        return self._source.id("org", "named", first), "", ""

    def _identifiers(self, identifier: str) -> tuple[str, ...]:
        channel = identifier.removeprefix(f"org-id:{_DAC}")
        return tuple(filter(None, (identifier, f"crs-channel:{channel}" if channel in self._codes["channels"] else "")))

    def _type(self, name: str) -> tuple[str, list[Note]]:
        """Return the type that is said most often; where they differ, that is told."""
        query = "SELECT code FROM type WHERE id = ? ORDER BY number DESC, first"
        codes = [code for (code,) in self._base.execute(query, (_plain(name),))]
        if not codes:
            return "", []
        notes = []
        if len(codes) > 1:
            others = ", ".join(codes[1:])
            notes.append(Note("type", f'most often it is of the type "{codes[0]}", elsewhere of "{others}"'))
        if codes[0] not in self._words["organisation_types"]:
            notes.append(
                Note("type", f'"{codes[0]}" is no organisation type that is known, so it is an "organisation"')
            )
        return codes[0], notes

    def _labels(self, name: str, reference: str) -> tuple[str, list[Said], list[Note]]:
        """Return the label, all names, and what is to be told: the English name said most often, or else any."""
        query = "SELECT text, language FROM name WHERE id = ? ORDER BY number DESC, first"
        names = [Said(*row) for row in self._base.execute(query, (_plain(name),))]
        label = in_language(names, "en") or (names[0].text if names else "")
        if label:
            return label, names, []
        code = reference.partition(":")[2]
        label = self._codes["channels"].get(code.removeprefix(_DAC)) or code or reference
        return label, [], [Note("name", f'it has no name in the file, so it is called "{label}"')]


def _own(reference: str, publisher: str) -> str:
    return f"reference {reference} of {publisher}" if reference else ""


def _plain(text: str) -> str:
    """Return a text that SQLite can hold."""
    return text.encode("utf-8", "replace").decode()
