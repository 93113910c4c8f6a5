"""Who is who in the tables of one mapping: ids by key and by name, learnt in a first pass over the rows that leave no doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from graph_build.readers.entries import Note, Opened
from graph_build.readers.tabular_mapping import BETWEEN, Party, Value
from graph_build.readers.tabular_values import paired, several
from graph_build.readers.words import shown
from graph_build.records import Record

_REMEMBERED: Final = 2_000


class Named(NamedTuple):
    """An actor as a row names it: its key or nothing, its name or nothing."""

    key: str
    name: str


@dataclass(slots=True)
class Register:
    """The actors of one numbering: the name of each key, and the keys of each name (an empty key: known by its name alone)."""

    names: dict[str, str] = field(default_factory=dict)
    keys: dict[str, set[str]] = field(default_factory=dict)

    def learn(self, named: Named) -> None:
        """Take over what a row says without doubt."""
        if named.name:
            self.keys.setdefault(named.name, set()).add(named.key)
        if named.key and (named.name or named.key not in self.names):
            self.names.setdefault(named.key, named.name)
            self.names[named.key] = self.names[named.key] or named.name


class Index:
    """All registers of a mapping."""

    def __init__(self, source: Opened) -> None:
        """Begin with nothing known."""
        self.source = source
        self.registers: dict[str, Register] = {}
        self.made: dict[tuple[object, ...], tuple[list[Record], list[str]]] = {}
        self.older: dict[tuple[object, ...], tuple[list[Record], list[str]]] = {}
        """What blocks made of their cells without anything to be told of it: rows name the same actors again and again."""

    def remember(self, cells: tuple[object, ...], made: tuple[list[Record], list[str]]) -> None:
        """Keep what a block made of its cells, as long as there are not too many."""
        if len(self.made) >= _REMEMBERED:
            self.older, self.made = self.made, {}
        self.made[cells] = made

    def remembered(self, cells: tuple[object, ...]) -> tuple[list[Record], list[str]] | None:
        """Return what a block made of its cells before; what is asked for is remembered longer."""
        known = self.made.get(cells)
        if known is None and (known := self.older.get(cells)) is not None:
            self.remember(cells, known)
        return known

    def register(self, party: Party) -> Register:
        """Return the register that a block of the mapping belongs to."""
        return self.registers.setdefault(party.register, Register())

    def id(self, party: Party, named: Named) -> str:
        """Return the id of an actor: by its key, else by its name."""
        key = ("key", named.key) if named.key else ("name", named.name)
        return self.source.id("thing" if party.thing else "actor", *filter(None, (party.register,)), *key)

    def found(self, party: Party, named: Named) -> set[str]:
        """Return the ids of the actors that another table tells of by this key or name: one, if it is to be of use."""
        registers = {party.register: self.register(party)} if party.register else self.registers
        return {
            self.source.id("thing" if party.thing else "actor", *filter(None, (label,)), *pair)
            for label, register in registers.items()
            for pair in _pairs(register, named)
        }

    def unclear(self, party: Party, named: Named, number: int) -> Note:
        """Say that a name is that of nobody, or of several."""
        said = shown(named.name or named.key)
        if not number:
            return Note(party.label, f'it names "{said}", which no table of the mapping has', "add it to its table")
        return Note(party.label, f'it names "{said}", which {number} actors are called', "name it by its key")

    def learn(self, party: Party, row: Mapping[str, str]) -> None:
        """Take over whom a row names, where that is beyond doubt: one key and one name, or as many of each."""
        keys, text, separator = _keys(party, row), _text(party.name, row), _separator(party, row)
        if separator and party.name and len(keys) > 1:
            names = paired(keys, text, separator, {}, {}) if text else None
            for key, name in zip(keys, names or (), strict=False):
                self.register(party).learn(Named(key, name))
        elif not separator or len(keys) == 1:
            named = Named(keys[0] if keys else "", text)
            if named.key or named.name:
                self.register(party).learn(named)

    def named(self, party: Party, row: Mapping[str, str]) -> tuple[list[Named], list[Note]]:
        """Return whom a row names in a block: the keys count the parties where there are any."""
        keys, text, separator = _keys(party, row), _text(party.name, row), party.separator or _separator(party, row)
        if not separator:
            return ([Named(keys[0] if keys else "", text)] if keys or text else []), []
        register = self.register(party)
        if not keys:
            known = register.keys if party.register or not party.elsewhere else self._all_names()
            return [Named("", name) for name in several(text, separator, known) if name], []
        names = paired(keys, text, separator, register.names, register.keys) if text else None
        if names is None and text:
            message = f'"{shown(text)}" cannot be parted into the {len(keys)} names that its keys count'
            told = [Note(party.label, message, "quote the names, or list each key once in a table of its own")]
            return [Named(key, register.names.get(key, "")) for key in keys], told
        return [Named(key, name) for key, name in zip(keys, names or [""] * len(keys), strict=True)], []

    def _all_names(self) -> dict[str, set[str]]:
        return {name: keys for register in self.registers.values() for name, keys in register.keys.items()}


def _pairs(register: Register, named: Named) -> Iterator[tuple[str, str]]:
    if named.key:
        if named.key in register.names:
            yield "key", named.key
        return
    keys = register.keys.get(named.name, set())
    yield from (("key", key) if key else ("name", named.name) for key in sorted(keys))


def _separator(party: Party, row: Mapping[str, str]) -> str:
    """Return what parts the names of a block in this row: what the mapping says, or the list that a record holds."""
    is_list = party.name is not None and BETWEEN in party.name.cell(row)
    return party.separator or (BETWEEN if is_list or len(_keys(party, row)) > 1 else "")


def _keys(party: Party, row: Mapping[str, str]) -> list[str]:
    if party.key is None:
        return []
    cell = party.key.cell(row)
    separator = party.key.separator or party.separator or BETWEEN
    return [part.strip() for part in cell.split(separator) if part.strip()]


def _text(value: Value | None, row: Mapping[str, str]) -> str:
    """Return the text of a cell on one line."""
    cell = value.cell(row) if value else ""
    if BETWEEN not in cell:
        return " ".join(cell.split())
    return BETWEEN.join(" ".join(part.split()) for part in cell.split(BETWEEN))
