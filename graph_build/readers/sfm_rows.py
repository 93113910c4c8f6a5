"""The rows of security force tables by their columns: values with sources and confidence, dates in parts, flags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path

from graph_build.readers.entries import Note, Opened
from graph_build.readers.head import head
from graph_build.readers.maps import word_map
from graph_build.readers.sfm_columns import SAID_ELSEWHERE, of_claims, of_form, sheet_of_claim
from graph_build.readers.tabular_book import book_rows, is_workbook, sheet_names
from graph_build.readers.tabular_text import Row, text_rows
from graph_build.readers.tabular_values import as_date
from graph_build.readers.words import shown
from graph_build.records import Place


@dataclass(frozen=True, slots=True)
class Claims:
    """A row: its cells by the names of the columns without the first part (`name:source` of `unit:name:source`).

    Columns of another sheet, which some tables have in the same row, keep their first part, and are asked for by `part`.
    """

    sheet: str
    place: Place
    locator: str
    cells: Mapping[str, str]
    notes: list[Note] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    prefix: str = ""
    fault: str = ""
    """Why the row cannot be read, if so."""

    def text(self, name: str) -> str:
        """Return a cell."""
        whole = self.prefix + name
        self.asked.add(whole)
        return self.cells.get(whole, "")

    def first(self, *names: str) -> str:
        """Return the first of these cells that is filled."""
        return next(filter(None, [self.text(name) for name in names]), "")

    def part(self, prefix: str) -> Claims:
        """Return the same row with the columns of another sheet."""
        return replace(self, prefix=self.prefix + prefix)

    def has(self, prefix: str) -> bool:
        """Say whether a column that begins so is filled."""
        return any(name.startswith(self.prefix + prefix) for name in self.cells)

    def unasked(self) -> list[str]:
        """Return the filled columns that nobody asked for, as the file calls them."""
        own = next((name for name, sheet in word_map("sfm")["prefixes"].items() if sheet == self.sheet), "")
        left = (name for name in self.cells if name not in self.asked)
        foreign = tuple(f"{name}:" for name in word_map("sfm")["prefixes"])
        return [f"{own}:{name}" if own and not name.startswith(foreign) else name for name in left]

    def ask_all(self) -> None:
        """Take all cells as asked for."""
        self.asked.update(self.cells)

    def several(self, name: str) -> list[str]:
        """Return the values of a cell, parted by semicolons or lines."""
        parts = self.text(name).replace("\n", ";").split(";")
        return list(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))

    def confidence(self, name: str) -> str:
        """Return in a word how sure the researcher was of a value; some tables number the words."""
        said = self.text(f"{name}:confidence").lower()
        return str(word_map("sfm")["confidence"].get(said, said))

    def said(self, name: str, label: str = "") -> str:
        """Return a value in words, with the confidence that the researcher had in it."""
        value, sure = ", ".join(self.several(name)), self.confidence(name)
        return f"{label or name.replace('_', ' ')}: {value}{f' (confidence: {sure})' if sure else ''}" if value else ""

    def sources_in_words(self, *values: str) -> Iterator[str]:
        """Say the sources of values that no relation carries, and how sure the researcher was of them."""
        for value in values:
            pages, sure, name = self.several(f"{value}:source"), self.confidence(value), value.replace("_", " ")
            if self.text(value):
                yield f"source of {name}: {', '.join(pages)}" if pages else ""
                yield f"confidence of {name}: {sure}" if sure else ""

    def date(self, name: str) -> str:
        """Return a date from its year, month and day, or from its own cell where these are empty."""
        year, month, day = (self.first(f"{name}_{part}", f"{name}:{part}") for part in ("year", "month", "day"))
        raw = self.text(name)
        if year.isdigit() and len(year) == 4:
            if day.strip("0") and not month.strip("0"):
                self.tell(name, f'the day "{day}" has no month', "add the month")
            known = [year]
            for part in (month, day):
                if not part.strip("0"):
                    break
                known.append(part.zfill(2))
            return "-".join(known)
        if parts := "-".join(filter(None, (year, month, day))):
            self.tell(name, f'"{parts}" has no year that can be told', "write the year with four digits")
        found = as_date(raw.rstrip("-"))  # a date whose last parts are not known
        if raw and (not found[:4].isdigit() or not found.replace("-", "").isdigit()):
            self.tell(name, f'"{raw}" is no date that can be told', "write YYYY-MM-DD")
            return ""
        return found

    def flag(self, name: str, words: str = "is_so") -> bool:
        """Say whether a flag is set; what is neither yes nor no is told."""
        said, known = self.text(name).lower(), word_map("sfm")
        if said and not any(said in known[one] for one in ("is_so", "is_end", "is_not")):
            self.tell(name, f'"{shown(said)}" is neither yes nor no, and is taken for no', "write Y or N")
        return said in known[words]

    def tell(self, name: str, message: str, remedy: str) -> None:
        """Note something of a column, once."""
        note = Note(name, message, remedy)
        if note not in self.notes:
            self.notes.append(note)

    def cited_dates(self, name: str = "") -> str:
        """Return first and last cited date as words: when sources speak of it, which is not when it was."""
        stem = f"{name}_" if name else ""
        first, last = self.date(f"{stem}first_cited_date"), self.date(f"{stem}last_cited_date")
        told = [f"first cited {first}" if first else "", f"last cited {last}" if last else ""]
        return ", ".join(filter(None, told))


def tables(source: Opened) -> Iterator[tuple[Path, str]]:
    """Give the sheets of the files: of a workbook each by its name, of a delimited file the one without a name."""
    for file in source.files:
        if is_workbook(head(file)):
            yield from ((file, sheet) for sheet in sheet_names(file))
        else:
            yield file, ""


def columns_of(file: Path, sheet: str) -> tuple[str, list[str]]:
    """Return which sheet of the form a table is by its header, and its columns without that beginning; or nothing."""
    return _known(next((row for row in _rows(file, sheet) if not row.is_empty), Row(0)))


def _known(header: Row) -> tuple[str, list[str]]:
    names = [" ".join(cell.lower().split()) for cell in header.cells]
    return of_claims(names) or of_form(names) or ("", [])


def claims(file: Path, sheet: str) -> Iterator[Claims]:
    """Give the filled rows of a sheet of the form; of any other table nothing."""
    kind, columns = "", list[str]()
    for row in _rows(file, sheet):
        if row.is_empty:
            continue
        if not columns:
            kind, columns = _known(row)
            if not kind:
                return
            continue
        cells = {name: cell for name, cell in zip(columns, row.cells, strict=False) if cell and name}
        where = f"{sheet}!A{row.number}" if sheet else f"line {row.number}"
        notes = []
        stray = [cell for name, cell in zip_longest(columns, row.cells, fillvalue="") if cell and not name]
        if stray:
            message = f'"{shown("; ".join(stray))}" stands under no header, and is not taken over'
            notes.append(Note("", message, "is a cell parted in two? mend the row, or head the column"))
        own = sheet_of_claim(cells, columns) if kind == "claims" else kind
        asked = set(SAID_ELSEWHERE) if kind == "claims" else set[str]()
        yield Claims(own, Place(str(file), row.number), where, cells, notes, asked, fault=row.fault)


def _rows(file: Path, sheet: str) -> Iterator[Row]:
    if not sheet:
        return text_rows(file)
    return book_rows(file, sheet)
