"""What names and numbers the actors of a proposed mapping: whole names before their parts, and keys that tell rows apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from graph_build.readers.tabular_look import Column
from graph_build.readers.tabular_words import entry, meaning, words

_MOSTLY: Final = 0.5
_ANY: Final = frozenset(["name", "names"])
Parts = dict[str, Column]


def names(columns: Iterable[Column]) -> list[tuple[str, list[Column], bool]]:
    """Return the names that stand in several columns: whose ("" is that of the row), the columns, and if of persons.

    The first column is the name: a whole one where it is filled in all rows, else first and last name together.
    """
    groups: dict[tuple[str, ...], Parts] = {}
    for column in columns:
        part, about = _part(column.words)
        if part and column.cells and not {"{", "}"} & set(column.name):
            known = groups.setdefault(about, {}).get(part)
            if known is None or len(known.cells) < len(column.cells):
                groups[about][part] = column
    found = []
    for about, parts in groups.items():
        named, end = _named(parts), meaning(about, "ends")
        if named and (end or not about):
            is_person = "first" in parts or "last" in parts
            spare = "person" if is_person and "plain" in parts and parts["plain"] not in named else ""
            found.append((end or spare, named, is_person))
    return found


def is_first_name(column: Column) -> bool:
    """Say whether a column is headed as first names of whom the row is about, which alone are no names."""
    return _part(column.words) == ("first", ())


def _part(header: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return which part of a name a header is, and the words that are left: whose name it is.

    >>> _part(("name", "first")), _part(("donor", "last", "name")), _part(("cheese",))
    (('first', ()), ('last', ('donor',)), ('', ('cheese',)))
    """
    rest = list(header)
    for one in words(entry(header, "parts")):
        rest.remove(one)
    return meaning(header, "parts"), tuple(one for one in rest if one not in _ANY)


def _named(parts: Parts) -> list[Column]:
    first, last, plain = parts.get("first"), parts.get("last"), parts.get("plain")
    part = last or first
    given = [one for one in (parts.get("whole"), plain) if one]
    if part is None:
        both = len(given) > 1 and (_holds(given[0], given[1]) or _holds(given[1], given[0]))
        return sorted(given, key=lambda one: -len(one.cells)) if both else []
    wholes = [one for one in given if _holds(one, part)]
    rows = {row for one in (first, last) if one for row in one.cells}
    for whole in wholes:
        if rows <= whole.cells.keys():
            return [whole, *(one for one in (*wholes, first, last) if one and one is not whole)]
    if plain and plain not in wholes:
        first, last = first or plain, last or plain
    return [_joined(first, last), *wholes] if first and last else [*wholes, part] if wholes else []


def _holds(whole: Column, part: Column) -> bool:
    """Say whether the cells of a column have those of another in them, in most rows that fill both."""
    both = [(whole.cells[row].casefold(), cell.casefold()) for row, cell in part.cells.items() if row in whole.cells]
    return sum(cell in name for name, cell in both) > _MOSTLY * len(both)


def _joined(first: Column, last: Column) -> Column:
    cells = {row: f"{cell} {last.cells[row]}" for row, cell in first.cells.items() if row in last.cells}
    return Column(f"{first.name} {last.name}", last.words, cells, f"{{{first.name}}} {{{last.name}}}", (first.name, last.name))  # fmt: skip


def key_of_rows(keys: Sequence[Column], name: Column, rows: int, told: Sequence[Column]) -> Column | None:
    """Return the column that is the key of actors of whom each row names one: it is filled and distinct in all rows.

    One by which other columns name the actors (`told`) is a key even so, and before others; one that repeats with the same name
    joins nobody who has another.
    """
    fitting: list[tuple[bool, bool, int, Column]] = []
    for column in keys:
        repeats = len(column.values) < len(column.cells)
        is_fit = len(column.cells) == rows and not (repeats and _has_two_names(column, name))
        is_told = any(_names_most(one, column) for one in told if one is not column)
        if is_fit or is_told:
            fitting.append((not is_told, repeats, len(fitting), column))
    return min(fitting, key=lambda one: one[:3])[3] if fitting else None


def key_of_ends(keys: Sequence[Column], name: Column) -> Column | None:
    """Return the key of actors whom many rows may name: one that is filled with each name and has but one, else the first that mostly is."""
    filled = [column for column in keys if name.cells.keys() <= column.cells.keys()]
    mostly = (column for column in keys if len(name.cells.keys() & column.cells.keys()) > _MOSTLY * len(name.cells))
    return next((column for column in filled if not _has_two_names(column, name)), None) or next(mostly, None)


def _has_two_names(key: Column, name: Column) -> bool:
    pairs = {(cell, name.cells.get(row, "")) for row, cell in key.cells.items()}
    return len(pairs) > len(key.values)


def _names_most(column: Column, key: Column) -> bool:
    cells = set(column.values)
    return bool(cells) and len(cells & set(key.values)) >= _MOSTLY * len(cells)
