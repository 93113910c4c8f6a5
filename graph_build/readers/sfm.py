"""Security force tables: units and their command, persons and their postings, incidents; each value with its own sources.

The forms are those of Security Force Monitor: its workbook (sheets units, persons, persons_extra, incidents, sources, locations),
the tables that WhoWasInCommand gives, and its tables of claims. First and last cited dates say when sources speak of something:
they are noted, and are a start or an end only where a flag of the row says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from graph_build.errors import InputError
from graph_build.readers import sfm_units as units
from graph_build.readers.entries import Entry, Note, Opened, Remark, left_out
from graph_build.readers.head import Head
from graph_build.readers.maps import word_map
from graph_build.readers.sfm_book import Book
from graph_build.readers.sfm_claims import CLAIMS
from graph_build.readers.sfm_claims import gather as gather_claim
from graph_build.readers.sfm_incidents import incident
from graph_build.readers.sfm_persons import extra, person
from graph_build.readers.sfm_rows import Claims, claims, columns_of, tables
from graph_build.readers.sfm_sources import location, page
from graph_build.readers.tabular_book import is_workbook, sheet_names
from graph_build.readers.words import shown
from graph_build.records import Place, Record

_COLUMN: Final = re.compile(
    r'(?:^|[,;\t|"])\s*"?(?:(?:unit|person|person_extra|incident|source|location):[a-z]|[\w:]+:(?:assertion|claim|annotation|entity|location)\b'
    r"|:(?:assertion|claim)/|:(?:posting|relation|positioning|unit|person|incident):[a-z])"
)
_MAKERS: Final[Mapping[str, Callable[[Book, Claims], Sequence[Record] | Note]]] = {
    "units": units.unit,
    "persons": person,
    "persons_extra": extra,
    "incidents": incident,
    "sources": page,
    "locations": location,
    **CLAIMS,
}


def recognise(head: Head) -> bool:
    """Say whether a workbook or a table has the columns of one of the forms."""
    if is_workbook(head):
        return _has_sheets(head)
    return len(_COLUMN.findall(head.first_line.lower().lstrip("\ufeff"))) > 2


def _has_sheets(head: Head) -> bool:
    try:
        return any(
            columns_of(head.path, name)[0] not in ("", "sources", "locations") for name in sheet_names(head.path)
        )
    except InputError:  # a broken workbook is told of by the reader that it is given to
        return False


def entries(source: Opened) -> Iterator[Entry | Remark]:
    """Give each row as an entry: two passes before learn names and places, and then notes, so that the sheets may come in any order."""
    book = Book(source)
    sheets = list(tables(source))
    for learn in (book.learn, lambda row: _gather(book, row)):
        for file, sheet in sheets:
            for row in claims(file, sheet):
                learn(row)
    passed: Counter[tuple[str, str]] = Counter()
    for file, sheet in sheets:
        if not columns_of(file, sheet)[0]:
            note = Note("", f'the sheet "{shown(sheet or file.name)}" is none of the form and was not read')
            yield Remark(Place(str(file), 0), note)
        for row in claims(file, sheet):
            entry = _entry(book, row)
            yield entry
            if entry.records:
                passed.update((row.sheet, name) for name in row.unasked())
    for (sheet, name), number in sorted(passed.items()):
        message = f'the column "{shown(name)}" of {sheet} is not taken over: {number:,} rows have it'
        yield Remark(Place(str(source.files[0]), 0), Note(name, message))


def _gather(book: Book, row: Claims) -> None:
    if row.sheet == "units":
        units.gather(book, row)
    elif row.sheet == "persons":
        units.gather(book, row.part("unit:"))
    else:
        gather_claim(book, row)


def _entry(book: Book, row: Claims) -> Entry:
    what = word_map("sfm")["sheets"][row.sheet]
    if row.fault:
        return left_out(what, row.place, "", row.fault, "mend the row", row.locator)
    made = _MAKERS[row.sheet](book, row)
    if isinstance(made, Note):
        return left_out(what, row.place, made.field, made.message, made.remedy, row.locator)
    return Entry(what, row.place, tuple(made), tuple(row.notes), row.locator, within=row.sheet == "locations")
