"""The findings report of an import: what was read, kept, joined and left out, and why, with the place in the file."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from graph_build.errors import Finding
from graph_build.readers.entries import Note
from graph_build.readers.words import shown
from graph_build.records import Place

_SHOWN: Final = 100
"""How many findings of one kind are kept one by one; of the others only the number, so that the report stays small."""
_SORTS: Final = 500
_KINDS: Final = 2_000
_LONGEST: Final = 400
_OTHERS: Final = "others"


@dataclass(slots=True)
class Count:
    """How many entries of one sort were read, and what became of them: `read` is always the sum of the other three."""

    read: int = 0
    kept: int = 0
    joined: int = 0
    left_out: int = 0

    def __str__(self) -> str:
        """Return the counts as a line shows them."""
        return f"{self.read:,} read, {self.kept:,} kept, {self.joined:,} joined, {self.left_out:,} left out"


@dataclass(slots=True)
class Report:
    """The counts by sort of entry, and the findings, of one imported source."""

    source: str
    format: str
    counts: dict[str, Count] = field(default_factory=dict)
    _findings: list[Finding] = field(default_factory=list)
    _seen: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _first: dict[tuple[str, str, str], Finding] = field(default_factory=dict)

    def of(self, what: str) -> Count:
        """Return the counts of one sort of entry, to add to; a file that has very many sorts has the rest of them in one."""
        if what in self.counts:
            return self.counts[what]
        what = shown(what)
        return self.counts.setdefault(what if what in self.counts or len(self.counts) < _SORTS else _OTHERS, Count())

    def add(self, what: str, place: Place, notes: Iterable[Note], prefix: str = "") -> None:
        """Add what is to be told of an entry."""
        for note in notes:
            sort, name, message = shown(what), shown(note.field), _short(note.message)
            key = (sort, name, _gist(message))
            if key not in self._seen and len(self._seen) >= _KINDS:
                key = (_OTHERS, "", "")
            self._seen[key] += 1
            if self._seen[key] <= _SHOWN:
                text = f"{sort}: {prefix}{message}"
                finding = Finding(place.file, place.line, 0, name, text, _short(note.remedy), "warning")
                self._first.setdefault(key, finding)
                self._findings.append(finding)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, sorted; of a kind with very many, a hundred and the number of the rest."""
        rest = [
            Finding(self._first[key].file, 0, 0, key[1], f"{key[0]}: {number - _SHOWN:,} more like: {self._first[key].message}", "", "warning")
            for key, number in self._seen.items()
            if number > _SHOWN
        ]  # fmt: skip
        return tuple(sorted([*self._findings, *rest]))

    def as_json(self) -> dict[str, Any]:
        """Return source, format and counts for a report in JSON."""
        counts = {what: asdict(count) for what, count in sorted(self.counts.items())}
        return {"source": self.source, "format": self.format, "counts": counts}

    def __str__(self) -> str:
        """Return one line for each sort of entry."""
        head = f"{self.source} ({self.format})"
        return "\n".join([head, *(f"  {what}: {count}" for what, count in sorted(self.counts.items()))])


FINDINGS_FILE: Final = "findings.csv"
_COLUMNS: Final = ("severity", "file", "line", "column", "field", "message", "remedy")


def findings_csv(findings: Iterable[Finding]) -> bytes:
    """Return findings as a table."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([getattr(finding, column) for column in _COLUMNS] for finding in findings)
    return stream.getvalue().encode()


def _short(text: str) -> str:
    """Return a message that a terminal and a table can show, whatever of the file stands in it."""
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return text if text.isprintable() else "".join(sign if sign.isprintable() else "�" for sign in text)


def _gist(message: str) -> str:
    """Return a message without the values in quotation marks, which differ from one finding to the next of its kind."""
    return "".join(message.split('"')[::2])
