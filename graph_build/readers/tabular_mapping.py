"""The mapping file of tables: which file and sheet, what its columns are, which actors and relations a row makes.

Its form is described in `docs/decisions/0014-mapping-files.md`. A mapping that says what cannot be is an `InputError` that
names the place and the nearest word that can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

BETWEEN: Final = "\x1f"
"""Stands between the values of a list in a record; no text has it."""
DATES: Final = ("founded", "dissolved", "start", "end", "day")
"""The fields that hold days."""
SEVERAL: Final = frozenset(
    ["type", "alt_labels", "exact_match", "identifiers", "function", "layer", "principle", "topic", "channel", "page"]
)
"""The fields that hold several values."""
_TOLD: Final = frozenset(["note", "scope", *DATES])
_COLUMN: Final = re.compile(r"\{([^{}]+)\}")


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return the name of a column as it is compared: the size of letters and the width of spaces do not count.

    >>> folded(" Provider  Org\\nName ")
    'provider org name'
    """
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True)
class Value:
    """Where a field comes from: columns, a template over columns, or the same for every row; `words` say what cells mean."""

    columns: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""
    separator: str = ""
    always: str = ""
    template: str = ""
    precision: str = ""
    keys: tuple[str, ...] = field(init=False, compare=False)
    """The columns as rows name them."""

    def __post_init__(self) -> None:
        """Fold the names of the columns once for all rows."""
        object.__setattr__(self, "keys", tuple(map(folded, self.columns)))

    @property
    def named(self) -> tuple[str, ...]:
        """The columns that it needs, as the mapping writes them."""
        own = (*self.columns, *_COLUMN.findall(self.template))
        return (*own, self.precision) if self.precision else own

    def cell(self, row: Mapping[str, str]) -> str:
        """Return the text of the first column that is filled, or the template where all its columns are."""
        if self.template:
            cells = [row.get(folded(name), "") for name in _COLUMN.findall(self.template)]
            return "" if not all(cells) else _COLUMN.sub(lambda found: row[folded(found[1])], self.template)
        for key in self.keys:
            if cell := row.get(key):
                return cell
        return self.always

    def meaning(self, text: str) -> str:
        """Return what a text means here: the text itself where no words are given."""
        return self.words.get(folded(text), self.otherwise) if self.words or self.otherwise else text

    def texts(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """Return the values of a cell, several where a separator parts them."""
        cell = self.cell(row)
        if not cell:
            return (meant,) if (meant := self.meaning("")) else ()
        parts = [part.strip() for part in cell.split(self.separator or BETWEEN)]
        return tuple(dict.fromkeys(filter(None, map(self.meaning, parts))))


Test = Mapping[str, tuple[str, ...]]
Fields = Mapping[str, tuple[Value, ...]]


def fixed(fields: Fields) -> dict[str, Any]:
    """Return the fields that are the same in every row, with what they say; made once, and not for each row.

    >>> fixed({"type": (Value(always="donor"),), "country": (Value(("Land",)),)})
    {'type': ('donor',)}
    """
    same = {name: values for name, values in fields.items() if name not in _TOLD and all(map(_is_fixed, values))}
    return {
        name: tuple(dict.fromkeys(text for value in values for text in value.texts({})))
        if name in SEVERAL
        else values[0].always
        for name, values in same.items()
    }


def _is_fixed(value: Value) -> bool:
    return not (value.columns or value.template or value.words or value.otherwise or value.precision)


@dataclass(frozen=True, slots=True)
class Party:
    """An actor (or thing) that a row names, once or several times in a cell."""

    label: str
    key: Value | None
    name: Value | None
    separator: str = ""
    register: str = ""
    elsewhere: bool = False
    thing: bool = False
    fields: Fields = field(default_factory=dict)
    when: Test = field(default_factory=dict)
    unless: Test = field(default_factory=dict)
    columns: tuple[str, ...] = field(init=False, compare=False)
    """All columns that what it makes rests on, as rows name them."""
    fixed: Mapping[str, Any] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Collect once for all rows what does not change from row to row."""
        object.__setattr__(self, "columns", tuple(sorted({folded(name) for name in _named(self)})))
        object.__setattr__(self, "fixed", fixed(self.fields))


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation that a row states, between parties of the row: the first of the blocks named that the row fills."""

    actor: tuple[str, ...]
    target: tuple[str, ...]
    others: tuple[str, ...]
    key: Value | None
    fields: Fields
    when: Test = field(default_factory=dict)
    unless: Test = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Collect once for all rows what does not change from row to row."""
        object.__setattr__(self, "fixed", fixed(self.fields))


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the mapping: where it stands, and what its rows make."""

    place: str
    files: tuple[Path, ...]
    each: str
    sheet: str = ""
    header: tuple[int, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    records: str = ""
    dates: str = ""
    decimal: str = ""
    empty: frozenset[str] = frozenset()
    skip: Test = field(default_factory=dict)
    fill: tuple[str, ...] = ()
    about: str = ""
    last: int = 0
    columns: str = ""
    beside: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)
    """For each file of which it is the first table: the `records` of all tables of the file, its own among them."""
    parties: tuple[Party, ...] = ()
    claims: tuple[Claim, ...] = ()
    dated: frozenset[str] = field(init=False, compare=False)
    """The columns that hold days, as rows name them."""

    def __post_init__(self) -> None:
        """Collect the columns of days once for all rows."""
        values = (value for part in self.parts for name in DATES for value in part.fields.get(name, ()))
        object.__setattr__(self, "dated", frozenset(key for value in values for key in value.keys))

    @property
    def named(self) -> tuple[str, ...]:
        """The columns that it needs, each once, as the mapping writes them."""
        return tuple(dict.fromkeys((*self.fill, *self.skip, *(name for part in self.parts for name in _named(part)))))

    @property
    def parts(self) -> tuple[Party | Claim, ...]:
        """All that a row makes."""
        return (*self.parties, *self.claims)


def _named(part: Party | Claim) -> Iterator[str]:
    values = [value for group in part.fields.values() for value in group]
    values += [value for value in (part.key, part.name if isinstance(part, Party) else None) if value]
    for value in values:
        yield from value.named
    yield from (*part.when, *part.unless)
