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


def steps_of(records: str) -> Steps:
    """Return the steps to the records of a table: the first is that to the members of the file.

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

    def look(self, member: Any) -> None:
        """Look through one member of the file."""
        self._look(member, [steps[1:] for steps in self.tables], ())

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
            where = "/".join(path)
            named = f"the list {text(where)} of {within}" if path else f"{within} that are lists"
            yield Note(where or ".", f"{many} in {named} {'is' if records == 1 else 'are'} not read", _remedy(path))


def _remedy(path: Steps) -> str:
    """Say how the records at a path are read, where the mapping has a way of naming it."""
    records = "/".join(("*", *path, "*"))
    if steps_of(records) != ("*", *path, "*") or len(path) >= _DEEPEST:
        return _NO_PLACE
    return f"a [[table]] with records = {text(records)} reads them"
