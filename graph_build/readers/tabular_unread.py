"""The records of JSON and YAML that stand in lists within rows, and that no table of the mapping reads: told of a file, by path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graph_build.readers.entries import Note
from graph_build.readers.tabular_propose_words import text

Steps = tuple[str, ...]
_DEEPEST: Final = 100
_MOST_PATHS: Final = 500
_NO_PLACE: Final = "no table can name where they stand: give them to a file of their own"
_LONGEST_PATH: Final = 250
_NAMED: Final = 20


def steps_of(records: str) -> Steps:
    """Return the steps to the records of a table: the first is that to the members of the file, or to the one of that key.

    >>> steps_of("*/includes/*"), steps_of("")
    (('*', 'includes', '*'), ('*',))
    """
    return tuple((records or "*").strip("/").split("/"))


@dataclass(slots=True)
class Unread:
    """The lists with records in them that none of some tables reads, by path: how many records, in how many lists."""

    tables: tuple[Steps, ...]
    found: dict[Steps | None, list[int]] = field(default_factory=dict)
    """Very long paths, and those of a file that has very many, stand together under none."""
    left: list[str] = field(default_factory=list)
    """The first members of the file that no table reads and that are no lists of records."""
    more: int = 0

    def look(self, member: Any, key: str = "") -> None:
        """Look through one member of the file; where that is an object, it stands under a key."""
        tables = [steps[1:] for steps in self.tables if steps[0] in ("*", key)]
        if not tables and not _holds_records(member):
            self._leave(member, key)
            return
        is_named = isinstance(member, list) and all(steps[0] != "*" for steps in self.tables)
        self._look(member, tables, (key if is_named else "*",))

    def _leave(self, member: Any, key: str) -> None:
        if member in (None, "", [], {}):
            return
        self.more += len(self.left) >= _NAMED
        self.left += [key] if len(self.left) < _NAMED else []

    def _look(self, value: Any, tables: Sequence[Steps], path: Steps) -> None:
        """Look through a value; `tables` are the steps that lead on from it to the records of tables."""
        every = [steps[1:] for steps in tables if steps and steps[0] == "*"]
        if isinstance(value, dict) and len(path) < _DEEPEST:
            for key, one in value.items():
                if isinstance(one, (dict, list)):
                    named = [steps[1:] for steps in tables if steps and steps[0] == key != "*"]
                    self._look(one, [*every, *named], (*path, "*" if every else key))
            return
        inner = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, (dict, list))]
        if every and len(path) < _DEEPEST:
            for one in inner:
                self._look(one, every, (*path, "*"))
        elif inner:
            self._count(path, len(inner))

    def _count(self, path: Steps, records: int) -> None:
        is_named = path in self.found or (len(self.found) < _MOST_PATHS and sum(map(len, path)) < _LONGEST_PATH)
        place = path if is_named else None
        counts = self.found.setdefault(place, [0, 0])
        counts[0] += records
        counts[1] += 1

    def notes(self) -> Iterator[Note]:
        """Tell each path once, with its counts and how its records are read."""
        for path, (records, rows) in self.found.items():
            many = f"{records:,} record{'s' * (records != 1)}"
            within = f"{rows:,} row{'s' * (rows != 1)}"
            if path is None:
                yield Note("", f"{many} in further lists of {within} are not read", _NO_PLACE)
                continue
            where = "/".join(path[path[0] == "*" :])
            named = f"the list {text(where)} of {within}" if where else f"{within} that are lists"
            yield Note(where or ".", f"{many} in {named} {'is' if records == 1 else 'are'} not read", _remedy(path))
        if self.left:
            names = ", ".join(map(text, self.left)) + (f" and {self.more:,} more" if self.more else "")
            message = f"what stands under {names} at the top of the file is in no table and was not read"
            yield Note(self.left[0], message, f"a [[table]] with records = {text(self.left[0])} reads the first")


def _holds_records(member: Any) -> bool:
    return isinstance(member, list) and any(isinstance(one, (dict, list)) for one in member)


def _remedy(path: Steps) -> str:
    """Say how the records at a path are read, where the mapping has a way of naming it."""
    records = "/".join((*path, "*"))
    if steps_of(records) != (*path, "*") or len(path) >= _DEEPEST:
        return _NO_PLACE
    return f"a [[table]] with records = {text(records)} reads them"
