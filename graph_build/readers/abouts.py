"""What the files of a source say of themselves, as one: texts beside one another, and of what can be only one the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Final

from graph_build.readers.entries import About, Note
from graph_build.readers.words import shown

BETWEEN: Final = "; "
_NAMES: Final = tuple(one.name for one in fields(About))
_SINGLE: Final = frozenset({"issued", "url"})
"""A day and an address, of which a source has one."""
_MOST: Final = 10


@dataclass(slots=True)
class Abouts:
    """The different values of each field, of the first that are there; of the others only how many there are."""

    _said: dict[str, dict[str, None]] = field(default_factory=lambda: {name: {} for name in _NAMES})
    _passed: dict[str, int] = field(default_factory=dict)

    def take(self, about: About) -> None:
        """Take what one file says of itself."""
        for name, known in self._said.items():
            value = getattr(about, name)
            if value and value not in known:
                if len(known) < _MOST:
                    known[value] = None
                else:
                    self._passed[name] = self._passed.get(name, 0) + 1

    def whole(self) -> About:
        """Return what the source says of itself."""
        return About(**{name: self._joined(name) for name in _NAMES})

    def _joined(self, name: str) -> str:
        values = list(self._said[name])
        return next(iter(values), "") if name in _SINGLE else BETWEEN.join(values)

    def notes(self) -> Iterator[Note]:
        """Tell of what has no place in it."""
        for name in sorted(_SINGLE):
            first, *others = self._said[name] or ("",)
            for other in others:
                yield Note(
                    name, f'it is also said to be "{shown(other)}"; what is said first is kept, "{shown(first)}"'
                )
        for name, number in sorted(self._passed.items()):
            yield Note(
                name, f"what the source says of itself is not taken over {number:,} times more: {_MOST} are kept"
            )
