"""Tables of web pages, which many offices save under the name of a workbook: by the parser of the standard library, as a stream."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from graph_build.readers.head import Head, head
from graph_build.readers.tabular_cell import LONGEST_CELL
from graph_build.readers.tabular_sheet import MOST_COLUMNS, MOST_ROWS, Merged, Traits, made_row
from graph_build.readers.tabular_text import Row, encoding_of
from graph_build.readers.words import shown

_LARGEST: Final = 200 * 2**20
_CHUNK: Final = 65_536
_LONGEST_TAG: Final = 2**20
_MOST_TABLES: Final = 1_000
_MOST_READ: Final = 2**30
"""How much may be read in all when each table of a page is looked at, for which the page is read once."""
_DEEPEST: Final = 50
_WIDEST: Final = 1_000
"""What browsers take at most for the columns of a cell."""
_ROOTS: Final = frozenset(["html", "table", "meta", "head", "body", "style", "div", "center", "font", "title", "p"])
_LINES: Final = frozenset(["br", "p", "div", "li", "tr"])
_UNSHOWN: Final = frozenset(["script", "style", "title", "template", "noscript"])
_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_Attributes = list[tuple[str, str | None]]


def is_page(start: Head) -> bool:
    """Say whether a file is a web page, or a piece of one that holds a table, whatever its name says."""
    root = start.xml_root.lower()
    is_xml = start.name.endswith((".xml", ".rdf", ".svg"))
    return root in _ROOTS and not is_xml and (root == "html" or "<tr" in start.text.lower())


def page_tables(file: Path) -> dict[str, bool]:
    """Return the names of the tables in their order, their captions or numbers, and whether each is hidden."""
    parser = _Parser()
    for _ in _fed(file, parser):
        parser.rows.clear()
    if not parser.names:
        raise ValueError("it is a web page without a table")
    if len(parser.names) * file.stat().st_size > _MOST_READ:
        raise ValueError(f"it has {len(parser.names):,} tables, which are too many for a page of its size")
    return {name: parser.hidden[place] for place, name in enumerate(_unique(parser.names))}


def page_rows(file: Path, place: int, traits: Traits) -> Iterator[Row]:
    """Give the rows of the table in this place of the page, with their numbers."""
    parser, merged, covered = _Parser(), Merged(traits), dict[int, int]()
    number = cells = 0
    for _ in _fed(file, parser):
        for row in parser.rows:
            if row.table != place:
                continue
            number += 1
            texts, begun = _laid_out(row, number, covered, traits)
            traits.hidden_rows += row.is_hidden and any(texts)
            shared = merged.fill(number, texts, begun)
            cells += len(texts)
            yield made_row(number, texts, cells, shared)
        parser.rows.clear()
    traits.hidden = parser.hidden[place] if place < len(parser.hidden) else False
    traits.beside = parser.beside
    traits.guessed = "" if _declared(head(file)) else _encoding(file)


def _encoding(file: Path) -> str:
    start = head(file)
    return _declared(start) or encoding_of(start)


def _declared(start: Head) -> str:
    """Return the encoding that a mark or the page itself tells, as browsers understand it."""
    if start.encoding not in ("utf-8", "latin-1"):
        return start.encoding
    found = _CHARSET.search(start.content)
    try:
        known = codecs.lookup(found[1].decode("ascii")) if found else None
    except (LookupError, UnicodeDecodeError):
        return ""
    if known is None or not known._is_text_encoding or known.name.startswith(("utf-16", "utf-32")):
        return ""
    return "cp1252" if known.name in ("iso8859-1", "ascii") else known.name


def _fed(file: Path, parser: _Parser) -> Iterator[None]:
    """Feed a file to a parser, piece by piece."""
    size = file.stat().st_size
    if size > _LARGEST:
        raise ValueError(f"it has {size // 2**20:,} MB; {_LARGEST // 2**20} MB is the most for a web page")
    with file.open(encoding=_encoding(file), errors="replace", newline=None) as stream:
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk)
            if len(parser.rawdata) > _LONGEST_TAG:
                raise ValueError("a tag of it is longer than 1 MB")
            yield
    parser.end()
    yield


def _unique(names: list[str]) -> Iterator[str]:
    """Give each table a name of its own: its caption, else its number."""
    given: set[str] = set()
    for number, caption in enumerate(names, 1):
        name = shown(" ".join(caption.split())) or f"Table {number}"
        name = name if name not in given else f"{name} ({number})"
        given.add(name)
        yield name


@dataclass(slots=True)
class _Cell:
    over: int = 1
    wide: int = 1
    parts: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, text: str) -> None:
        """Take what stands in the cell, until it is more than any cell may hold."""
        if self.size <= LONGEST_CELL:
            self.parts.append(text[: LONGEST_CELL + 1])
            self.size += len(text)

    @property
    def text(self) -> str:
        """The text as a browser shows it: spaces are one, and only what breaks a line does."""
        lines = "".join(self.parts).split("\n")
        return "\n".join(filter(None, (" ".join(line.split(" ")).strip() for line in lines)))


@dataclass(slots=True)
class _Found:
    """A row of a table: the place of the table in the page, and its cells."""

    table: int
    is_hidden: bool = False
    cells: list[_Cell] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A table that is being read, and what of it is."""

    place: int
    row: _Found | None = None
    cell: _Cell | None = None


class _Parser(HTMLParser):
    """Collects the rows of all tables; tables within cells are tables of their own, and no text of the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.names, self.hidden, self.rows = list[str](), list[bool](), list[_Found]()
        self.beside = 0
        self._open: list[_Open] = []
        self._unshown = ""
        self._in_caption = False

    def end(self) -> None:
        """Take what is not closed at the end of the page."""
        rest, self.rawdata = self.rawdata, ""
        if not rest.startswith("<"):
            self.handle_data(rest)
        while self._open:
            self._end_row()
            self._open.pop()

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        """Open what begins; what stands before it without an end is ended by it."""
        if tag in _UNSHOWN:
            self._unshown = tag
        elif tag == "table":
            self._begin_table(attrs)
        elif not self._open:
            return
        elif tag == "tr":
            self._end_row()
            self._open[-1].row = _Found(self._open[-1].place, _is_hidden(attrs))
        elif tag in ("td", "th"):
            self._begin_cell(attrs)
        elif tag == "caption":
            self._in_caption = True
        elif tag in _LINES and (cell := self._open[-1].cell):
            cell.add("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close what ends."""
        if tag == self._unshown:
            self._unshown = ""
        elif tag == "caption":
            self._in_caption = False
        elif not self._open:
            return
        elif tag == "table":
            self._end_row()
            self._open.pop()
        elif tag in ("tr", "thead", "tbody", "tfoot"):
            self._end_row()
        elif tag in ("td", "th"):
            self._open[-1].cell = None
        elif tag in _LINES and (cell := self._open[-1].cell):
            cell.add("\n")

    def handle_data(self, data: str) -> None:
        """Take a text into the cell in which it stands."""
        if self._unshown:
            return
        cell = self._open[-1].cell if self._open else None
        if cell:
            cell.add(re.sub(r"[ \t\r\n\f\xa0]+", " ", data))
        elif self._in_caption and self._open:
            self.names[self._open[-1].place] += data[:200]
        else:
            self.beside += len(data.split())

    def unknown_decl(self, data: str) -> None:
        """Pass over what other programs declare between `<![` and `]>`."""

    def _begin_table(self, attrs: _Attributes) -> None:
        if len(self._open) >= _DEEPEST:
            raise ValueError("it has tables within tables without end")
        if len(self.names) >= _MOST_TABLES:
            raise ValueError("it has more tables than a page can have")
        self._open.append(_Open(len(self.names)))
        self.names.append("")
        self.hidden.append(_is_hidden(attrs))

    def _begin_cell(self, attrs: _Attributes) -> None:
        table = self._open[-1]
        if table.row is None:
            table.row = _Found(table.place)
        if len(table.row.cells) >= MOST_COLUMNS:
            raise ValueError("it has more rows or columns than a sheet can have")
        values = dict(attrs)
        table.cell = _Cell(_number(values.get("rowspan"), MOST_ROWS), _number(values.get("colspan"), _WIDEST))
        table.row.cells.append(table.cell)

    def _end_row(self) -> None:
        table = self._open[-1]
        if table.row is not None:
            self.rows.append(table.row)
        table.row = table.cell = None


def _is_hidden(attrs: _Attributes) -> bool:
    return any(name == "hidden" or (name == "style" and _HIDDEN.search(value or "")) for name, value in attrs)


def _number(text: str | None, most: int) -> int:
    text = (text or "").strip()
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _laid_out(
    row: _Found, number: int, covered: dict[int, int], traits: Traits
) -> tuple[list[str], list[tuple[int, int]]]:
    """Put the cells of a row under their columns, past those that cells of earlier rows cover; return the areas that begin."""
    texts: list[str] = []
    begun: list[tuple[int, int]] = []
    for cell in row.cells:
        while covered.get(len(texts), 0) >= number:
            texts.append("")
        at, text = len(texts), cell.text
        texts.extend([text, *[""] * (cell.wide - 1)])
        if len(texts) > MOST_COLUMNS:
            raise ValueError("it has more rows or columns than a sheet can have")
        if cell.over > 1:
            begun.append((number + cell.over - 1, at))
            covered.update(dict.fromkeys(range(at, at + cell.wide), number + cell.over - 1))
        if cell.wide > 1:
            traits.wide[number] = max(traits.wide.get(number, 0), cell.wide)
    return texts, begun
