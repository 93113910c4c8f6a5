"""What sheets of all workbooks share: how large they may be, what is odd about them, and merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from graph_build.readers.tabular_cell import LONGEST_CELL
from graph_build.readers.tabular_text import Row, clean

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
MOST_MERGED: Final = 200_000
_MOST_CELLS: Final = 50_000_000


@dataclass(slots=True)
class Traits:
    """What a person who looks at a sheet sees and its rows do not say; complete when all rows have been read."""

    hidden: bool = False
    from_1904: bool = False
    hidden_rows: int = 0
    hidden_columns: list[str] = field(default_factory=list)
    uncomputed: int = 0
    first_uncomputed: str = ""
    filled: int = 0
    beside: int = 0
    """How many words of a web page stand in none of its tables."""
    guessed: str = ""
    """The encoding of a web page that does not say it."""
    wide: dict[int, int] = field(default_factory=dict)
    """How many columns the widest merged cell of a row covers."""

    def notes(self) -> Iterator[tuple[str, str]]:
        """Give what is to be told of the sheet, and what next."""
        if self.hidden:
            yield "the sheet is hidden in the workbook; it was read as the mapping says", ""
        if self.hidden_rows:
            yield f"{self.hidden_rows:,} rows are hidden in the workbook; they were read like the others", ""
        if self.hidden_columns:
            yield f"hidden in the workbook, and read like the others: columns {', '.join(self.hidden_columns)}", ""
        if self.beside:
            yield f"{self.beside:,} words of the page stand outside its tables, and were not read", ""
        if self.guessed:
            yield f'the page does not say what its encoding is; it was read as "{self.guessed}"', "look at the names"
        if self.filled:
            yield f"{self.filled:,} cells that are merged with one above them have its value", ""
        if self.uncomputed:
            message = f"{self.uncomputed:,} formulas have no value in the file, the first in {self.first_uncomputed}"
            yield f"{message}: their cells are empty here", "open it in a spreadsheet program and save it anew"


class Merged:
    """Cells that are merged over several rows: the value of the first row is that of all of them."""

    def __init__(self, traits: Traits) -> None:
        """Begin above the first row."""
        self._traits, self._open = traits, dict[int, tuple[int, str]]()

    def fill(self, number: int, texts: list[str], begun: Iterable[tuple[int, int]]) -> frozenset[int]:
        """Fill the cells of a row in which anything stands; return the columns that it shares with other rows.

        `begun` are the areas that begin in this row: their last rows and their columns.
        """
        if not any(texts):
            return frozenset()
        for column, (last, text) in list(self._open.items()):
            if number > last:
                del self._open[column]
            elif column >= len(texts) or not texts[column]:
                texts.extend([""] * (column + 1 - len(texts)))
                texts[column] = text
                self._traits.filled += 1
        for last, column in begun:
            if column < len(texts) and texts[column]:
                self._open[column] = (last, texts[column])
        return frozenset(self._open)


def made_row(
    number: int,
    texts: list[str],
    cells: int,
    merged: frozenset[int] = frozenset(),
    serials: frozenset[int] = frozenset(),
) -> Row:
    """Return a row of clean texts; what no sheet can hold is a `ValueError`. `cells` is how many there were so far."""
    if number > MOST_ROWS or len(texts) > MOST_COLUMNS or cells > _MOST_CELLS:
        raise ValueError("it has more rows or columns than a sheet can have")
    if any(len(text) > LONGEST_CELL for text in texts):
        return Row(number, [], "a cell is too long")
    texts = [clean(text) for text in texts]
    while texts and not texts[-1]:
        texts.pop()
    return Row(number, texts, "", merged, serials)


def letter(place: int) -> str:
    """Return the letters of a column of a sheet.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    return (letter(place // 26 - 1) if place > 25 else "") + chr(65 + place % 26)
