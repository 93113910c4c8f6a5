"""Tables of any kind through a mapping file, which is the source: it names the tables, and says what their columns are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_build.readers.entries import About, Entry, Note, Opened, Remark
from graph_build.readers.head import Head, head
from graph_build.readers.tabular_blocks import Span, span
from graph_build.readers.tabular_book import has_sheets, sheets
from graph_build.readers.tabular_grid import BEYOND, Grid, is_records, open_grid, the_sheet
from graph_build.readers.tabular_index import Index
from graph_build.readers.tabular_mapping import Table, folded
from graph_build.readers.tabular_mapping_file import read_mapping
from graph_build.readers.tabular_rows import entries_of
from graph_build.readers.tabular_sheet import MOST_COLUMNS, letter
from graph_build.records import Place

_TABLE: Final = re.compile(r"^\s*\[\[\s*table\s*\]\]", re.MULTILINE)


def recognise(head: Head) -> bool:
    """Say whether a file is a mapping: TOML with a `[[table]]`; tables themselves say too little to be read without one."""
    return head.name.endswith(".toml") and bool(_TABLE.search(head.text))


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every row of the tables as an entry: a first pass learns who is called what, a second makes the records."""
    for mapping in source.files:
        about, tables = read_mapping(mapping)
        if any((about.title, about.description, about.issuer, about.issued, about.licence, about.url)):
            yield about
        index = Index(source)
        for table in tables if _must_learn(tables) else ():
            for file in table.files:
                for line in open_grid(table, file).lines:
                    for party in table.parties:
                        if not party.elsewhere:
                            index.learn(party, line.cells)
        for table in tables:
            for file in table.files:
                yield from _table(table, file, index, tables)
        yield from _stray_sheets(tables)


def _table(table: Table, file: Path, index: Index, tables: tuple[Table, ...]) -> Iterator[Entry | Remark]:
    grid = open_grid(table, file)
    passed: Counter[str] = Counter()
    taken = {folded(name) for name in table.named}
    headed = {folded(name): name for name in grid.columns}
    for line in grid.lines:
        if headed and line.cells and all(" ".join(cell.casefold().split()) == key for key, cell in line.cells.items()):
            yield Entry(table.each, line.place, (), (Note("", "it is the header again"),), line.locator)
            continue
        yield from entries_of(line, table, index)
        for key in line.cells.keys() - taken:
            passed[key] += not _is_around(key)
    for key, number in sorted((key, number) for key, number in passed.items() if number):
        name = headed.get(key, key)
        message = f'the column "{name}" is not taken over: {number:,} rows have it'
        yield Remark(Place(str(file), 0), Note(name, message, "name it in the mapping to keep it"))
    for (key, message), number in sorted(grid.told.items()):
        if message != BEYOND:
            note = Note(headed.get(key, key), f"{message}: {number:,} rows", "look at them in the workbook")
            yield Remark(Place(str(file), 0), note)
        elif not any(_follows(table, other, file) for other in tables):
            said = f'below row "{table.last}", the last of the mapping, {number:,} rows were not read'
            yield Remark(Place(str(file), 0), Note("", said, "leave last out of the mapping to read them"))
    yield from _beside(table, file, grid, tables)
    for message, remedy in grid.sheet.notes():
        yield Remark(Place(str(file), 0), Note("", f'sheet "{table.sheet}": {message}', remedy))
    yield from _damage(table, file, grid)


def _beside(table: Table, file: Path, grid: Grid, tables: tuple[Table, ...]) -> Iterator[Remark]:
    """Tell once of a sheet what stands in columns that no table of the mapping has."""
    same = [other for other in tables if file in other.files and other.sheet == table.sheet]
    read = [span(other.columns) if other.columns else Span(0, MOST_COLUMNS) for other in same]
    left = sorted(at for at in grid.beside.rows if not any(one.first <= at <= one.last for one in read))
    if left and table is same[0]:
        number, line = max(grid.beside.rows[at] for at in left), min(grid.beside.first[at] for at in left)
        where = f'the sheet "{table.sheet}": ' if table.sheet else ""
        said = f"{where}columns {', '.join(map(letter, left[:20]))} are in no table of the mapping and were not read: up to {number:,} rows have something there"
        yield Remark(Place(str(file), line), Note("", said, 'give them a table of their own, with columns = "…"'))


def _follows(table: Table, other: Table, file: Path) -> bool:
    """Say whether another table of the mapping stands below one in the same sheet."""
    return (
        file in other.files
        and other.sheet == table.sheet
        and max(other.header, default=0) > table.last
        and other.columns in ("", table.columns)
    )


def _must_learn(tables: tuple[Table, ...]) -> bool:
    """Say whether one row may need what another tells: a name for a key, whom a table has, or where names in a list part."""
    parties = [party for table in tables for party in table.parties]
    lists = any(is_records(file) for table in tables for file in table.files)
    return lists or any(party.key or party.separator or party.elsewhere for party in parties)


def _is_around(key: str) -> bool:
    """Say whether a field of a record is that of what it stands in, which is told of where that is read."""
    return key.startswith("../") or key == "@"


def _damage(table: Table, file: Path, grid: Grid) -> Iterator[Remark]:
    """Say in which encoding a text was read where that was found by its letters."""
    if not grid.columns or table.encoding or is_records(file) or has_sheets(head(file)):
        return
    from graph_build.readers.tabular_text import found_encoding

    encoding = found_encoding(file)
    if not encoding.startswith("utf"):
        message = f'no mark says what its encoding is; it was read as "{encoding}" for its letters'
        yield Remark(Place(str(file), 0), Note("", message, f'look at the names, then say encoding = "{encoding}"'))


def _stray_sheets(tables: tuple[Table, ...]) -> Iterator[Remark]:
    """Name the sheets of the workbooks that no table of the mapping reads."""
    read: dict[Path, set[str]] = {}
    for table in tables:
        for file in table.files:
            if not is_records(file) and has_sheets(head(file)):
                read.setdefault(file, set()).add(the_sheet(table, file))
    for file, known in read.items():
        for sheet, is_hidden in sheets(file).items():
            if sheet not in known:
                what = "the hidden sheet" if is_hidden else "the sheet"
                note = Note("", f'{what} "{sheet}" is not in the mapping and was not read')
                yield Remark(Place(str(file), 0), note)
