"""The rows of a security force workbook by their columns: values with sources and confidence, dates in parts, flags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph_build.readers.entries import Note, Opened
from graph_build.readers.head import head
from graph_build.readers.maps import word_map
from graph_build.readers.tabular_text import Row, text_rows
from graph_build.readers.tabular_values import as_date
from graph_build.records import Place


@dataclass(frozen=True, slots=True)
class Claims:
    """A row: its cells by the names of the columns without the first part (`name:source` of `unit:name:source`)."""

    sheet: str
    place: Place
    locator: str
    cells: Mapping[str, str]
    notes: list[Note] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a cell."""
        return self.cells.get(name, "")

    def several(self, name: str) -> list[str]:
        """Return the values of a cell, parted by semicolons or lines."""
        parts = self.text(name).replace("\n", ";").split(";")
        return list(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))

    def said(self, name: str, label: str = "") -> str:
        """Return a value in words, with the confidence that the researcher had in it."""
        value, sure = ", ".join(self.several(name)), self.text(f"{name}:confidence").lower()
        return f"{label or name.replace('_', ' ')}: {value}{f' (confidence: {sure})' if sure else ''}" if value else ""

    def date(self, name: str) -> str:
        """Return a date from its year, month and day, or from its own cell where these are empty."""
        year, month, day = (self.text(f"{name}_{part}") for part in ("year", "month", "day"))
        if year.isdigit() and len(year) == 4:
            parts = [part.zfill(2) for part in (month, day)]
            known = [year, *(parts[:1] if month.strip("0") else ()), *(parts[1:] if month.strip("0") and day.strip("0") else ())]  # fmt: skip
            return "-".join(known)
        raw = self.text(name)
        found = as_date(raw)
        if raw and (not found[:4].isdigit() or not found.replace("-", "").isdigit()):
            self.notes.append(Note(name, f'"{raw}" is no date that can be told', "write YYYY-MM-DD"))
            return ""
        return found

    def flag(self, name: str, words: str = "is_so") -> bool:
        """Say whether a flag is set."""
        return self.text(name).lower() in word_map("sfm")[words]

    def cited_dates(self, name: str = "") -> str:
        """Return first and last cited date as words: when sources speak of it, which is not when it was."""
        stem = f"{name}_" if name else ""
        first, last = self.date(f"{stem}first_cited_date"), self.date(f"{stem}last_cited_date")
        told = [f"first cited {first}" if first else "", f"last cited {last}" if last else ""]
        return ", ".join(filter(None, told))


def tables(source: Opened) -> Iterator[tuple[Path, str]]:
    """Give the sheets of the files: of a workbook each by its name, of a delimited file the one without a name."""
    for file in source.files:
        if head(file).zip_names:
            from graph_build.readers.tabular_book import sheet_names

            yield from ((file, sheet) for sheet in sheet_names(file))
        else:
            yield file, ""


def columns_of(file: Path, sheet: str) -> tuple[str, list[str]]:
    """Return which sheet of the form a table is by its header, and its columns without that beginning; or nothing."""
    return _known(next((row for row in _rows(file, sheet) if not row.is_empty), Row(0)))


def _known(header: Row) -> tuple[str, list[str]]:
    names = [" ".join(cell.lower().split()) for cell in header.cells]
    prefixes = word_map("sfm")["prefixes"]
    counts = {prefix: sum(name.startswith(f"{prefix}:") for name in names) for prefix in prefixes}
    best = max(counts, key=lambda prefix: counts[prefix])
    if counts[best] < 2 or f"{best}:entity" in names:
        return "", []
    return prefixes[best], [name.removeprefix(f"{best}:") for name in names]


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
        notes = [Note("", row.fault, "mend the row")] if row.fault else []
        yield Claims(kind, Place(str(file), row.number), where, cells, notes)


def _rows(file: Path, sheet: str) -> Iterator[Row]:
    if not sheet:
        return text_rows(file)
    from graph_build.readers.tabular_book import book_rows

    return book_rows(file, sheet)
