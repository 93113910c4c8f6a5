"""Reading a mapping file: every key and word is checked, and what cannot be is an `InputError` that names the place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from graph_build.errors import Finding, InputError
from graph_build.readers.entries import About
from graph_build.readers.tabular_blocks import span
from graph_build.readers.tabular_mapping import Claim, Party, Table, Test, Value, folded
from graph_build.readers.words import nearest, shown
from graph_build.vocabulary import vocabulary

_LARGEST: Final = 4 * 2**20
ACTOR_FIELDS: Final = frozenset(
    [
        "type",
        "label_uk",
        "label_native",
        "alt_labels",
        "country",
        "founded",
        "dissolved",
        "exact_match",
        "identifiers",
        "note",
    ]
)
RELATION_FIELDS: Final = frozenset(
    [
        "kind",
        "phrase",
        "function",
        "layer",
        "principle",
        "topic",
        "channel",
        "scope",
        "role",
        "amount",
        "currency",
        "start",
        "end",
        "day",
        "confidence",
        "status",
        "note",
        "page",
    ]
)
_TOP: Final = frozenset(["title", "description", "issuer", "issued", "licence", "url", "table"])
_TABLE: Final = frozenset(
    [
        "file",
        "sheet",
        "header",
        "last",
        "columns",
        "encoding",
        "delimiter",
        "records",
        "each",
        "dates",
        "decimal",
        "empty",
        "skip",
        "fill",
        "about",
        "actor",
        "relation",
    ]
)
_ACTOR: Final = ACTOR_FIELDS | frozenset(
    ["key", "name", "separator", "register", "elsewhere", "thing", "when", "unless"]
)
_RELATION: Final = RELATION_FIELDS | frozenset(["key", "actor", "target", "with", "when", "unless"])
_VALUE: Final = frozenset(["column", "words", "otherwise", "separator", "always", "text", "precision"])


def read_mapping(path: Path) -> tuple[About, tuple[Table, ...]]:
    """Read a mapping file, with what it says of the dataset."""
    said = _Said(path)
    whole = said.whole()
    said.only(whole, _TOP, "the file")
    about = About(**{name: said.text(whole, name, "the file") for name in _TOP - {"table"}})
    tables = whole.get("table")
    if not isinstance(tables, list) or not tables:
        raise said.wrong("the file", "it has no [[table]]", "govgraph map FILE writes one")
    return about, tuple(_with_beside([said.table(table, f"table {number}") for number, table in enumerate(tables, 1)]))


def _with_beside(tables: Sequence[Table]) -> Iterator[Table]:
    """Let the first table of each file know what the other tables read of it, so that it tells what none does."""
    records: dict[Path, list[str]] = {}
    for table in tables:
        for file in table.files:
            records.setdefault(file, []).append(table.records)
    for table in tables:
        yield replace(table, beside={file: tuple(records.pop(file)) for file in table.files if file in records})


class _Said:
    """Reads the parts of one mapping file, and says where one is not right."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def wrong(self, place: str, message: str, remedy: str = "", line: int = 0) -> InputError:
        finding = Finding(str(self.path), line, 0, "", f"{place}: {message}", remedy)
        return InputError(f"the mapping {self.path} cannot be followed", [finding], remedy or "mend the mapping")

    def whole(self) -> dict[str, Any]:
        if self.path.stat().st_size > _LARGEST:
            raise self.wrong("the file", f"it is larger than {_LARGEST // 2**20} MB")
        try:
            return tomllib.loads(self.path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            found = re.search(r"at line (\d+)", str(error))
            raise self.wrong("the file", f"it is not TOML: {error}", line=int(found[1]) if found else 0) from error

    def only(self, given: Any, allowed: frozenset[str], place: str) -> dict[str, Any]:
        if not isinstance(given, dict):
            raise self.wrong(place, f'"{shown(str(given))}" is no table of keys')
        for key in given:
            if key not in allowed:
                raise self.wrong(place, f'"{shown(key)}" is no key here', nearest(key, allowed) or _list(allowed))
        return given

    def text(self, given: Mapping[str, Any], key: str, place: str) -> str:
        value = given.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(place, f'"{key}" must be a text')
        return value

    def span(self, text: str, place: str) -> None:
        try:
            _ = text and span(text)
        except ValueError as error:
            raise self.wrong(
                place, f'"columns": {error}', 'write the letters of the first and the last: "A:C"'
            ) from error

    def table(self, given: Any, place: str) -> Table:
        self.only(given, _TABLE, place)
        files = self.files(given, place)
        header = given.get("header", [])
        numbers = (header,) if isinstance(header, int) else tuple(header if isinstance(header, list) else ("",))
        least = 0 if numbers == (0,) else 1  # 0 says that there is no header
        if not all(isinstance(number, int) and least <= number < 10_000 for number in numbers):
            raise self.wrong(place, '"header" must be the number of a row, or several, or 0 for none')
        last = given.get("last", 0)
        if (
            not isinstance(last, int)
            or isinstance(last, bool)
            or (last and last <= max(numbers, default=0))
            or last < 0
        ):
            raise self.wrong(place, '"last" must be the number of a row below the header')
        keys = ("sheet", "columns", "encoding", "delimiter", "records", "about")
        texts = {name: self.text(given, name, place) for name in keys}
        self.span(texts["columns"], place)
        self.choice(given, "dates", ("", "DMY", "MDY", "YMD"), place)
        self.choice(given, "decimal", ("", ".", ","), place)
        if len(texts["delimiter"]) > 1 or texts["delimiter"] in ('"', "\n", "\r"):
            raise self.wrong(place, '"delimiter" must be a single sign')
        self.encoding(texts["encoding"], place)
        blocks = given.get("actor", {})
        if not isinstance(blocks, dict):
            raise self.wrong(place, "actors are written as [table.actor.NAME]")
        parties = tuple(self.party(block, name, f"{place}, actor {name}") for name, block in blocks.items())
        claims = given.get("relation", [])
        if not isinstance(claims, list):
            raise self.wrong(place, "relations are written as [[table.relation]]")
        names = [party.label for party in parties]
        made = tuple(self.claim(one, names, f"{place}, relation {number}") for number, one in enumerate(claims, 1))
        if not parties:
            raise self.wrong(place, "it names no actor", "add [table.actor.NAME] with name = COLUMN")
        if texts["about"] and texts["about"] not in names:
            raise self.wrong(place, f'"{texts["about"]}" is none of its actors', nearest(texts["about"], names))
        return Table(
            place,
            files,
            self.text(given, "each", place) or "row",
            header=numbers,
            dates=self.text(given, "dates", place),
            decimal=self.text(given, "decimal", place),
            empty=frozenset(map(folded, self.list(given, "empty", place))),
            skip=self.test(given, "skip", place),
            fill=self.list(given, "fill", place),
            last=last,
            parties=parties,
            beside={},
            claims=made,
            **texts,
        )

    def files(self, given: Mapping[str, Any], place: str) -> tuple[Path, ...]:
        """Return the files, relative to the mapping; a name with * stands for all that fit, sorted."""
        found: list[Path] = []
        for name in self.list(given, "file", place):
            try:
                fitting = sorted(self.path.parent.glob(name)) if "*" in name else [self.path.parent / name]
            except (ValueError, RuntimeError) as error:  # an absolute pattern, a loop of links
                raise self.wrong(place, f'"{shown(name)}" is no name of a file') from error
            if not fitting or not all(file.is_file() for file in fitting):
                raise self.wrong(place, f'there is no file "{shown(name)}"', "file names are relative to the mapping")
            found.extend(fitting)
        if not found:
            raise self.wrong(place, "it names no file", 'add file = "NAME"')
        return tuple(dict.fromkeys(found))

    def encoding(self, name: str, place: str) -> None:
        try:
            b"".decode(name or "utf-8")
            "".encode(name or "utf-8")
        except (LookupError, ValueError) as error:
            raise self.wrong(place, f'"{shown(name)}" is no encoding', 'such as "utf-8" or "cp1251"') from error

    def choice(self, given: Mapping[str, Any], key: str, allowed: Sequence[str], place: str) -> None:
        if self.text(given, key, place) not in allowed:
            raise self.wrong(place, f'"{key}" must be one of {_list(filter(None, allowed))}')

    def list(self, given: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
        value = given.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise self.wrong(place, f'"{key}" must be a text or a list of texts')
        return tuple(items)

    def test(self, given: Mapping[str, Any], key: str, place: str) -> Test:
        tests = given.get(key, {})
        if not isinstance(tests, dict):
            raise self.wrong(place, f'"{key}" must be written as {{ COLUMN = VALUE }}')
        return {column: tuple(map(folded, self.list(tests, column, f"{place}, {key}"))) for column in tests}

    def party(self, given: Any, label: str, place: str) -> Party:
        self.only(given, _ACTOR, place)
        key, name = self.value(given, "key", place), self.value(given, "name", place)
        if not key and not name:
            raise self.wrong(place, "it has neither a name nor a key", "add name = COLUMN")
        fields = self.fields(given, ACTOR_FIELDS, place)
        types = vocabulary().thing_types if given.get("thing") else vocabulary().actor_types
        self.known(fields.get("type", ()), types, place)
        for flag in ("elsewhere", "thing"):
            if not isinstance(given.get(flag, False), bool):
                raise self.wrong(place, f'"{flag}" must be true or false')
        return Party(
            label,
            key,
            name,
            self.text(given, "separator", place),
            self.text(given, "register", place),
            given.get("elsewhere", False),
            given.get("thing", False),
            fields,
            self.test(given, "when", place),
            self.test(given, "unless", place),
        )

    def claim(self, given: Any, names: Sequence[str], place: str) -> Claim:
        self.only(given, _RELATION, place)
        ends = {end: self.list(given, end, place) for end in ("actor", "target", "with")}
        for end, blocks in ends.items():
            for block in blocks:
                if block not in names:
                    remedy = nearest(block, names) or f"its actors are {_list(names)}"
                    raise self.wrong(place, f'"{shown(block)}", its {end}, is none of the actors of the table', remedy)
            if not blocks and end != "with":
                raise self.wrong(place, f"it names no {end}", f"its actors are {_list(names)}")
        fields = self.fields(given, RELATION_FIELDS, place)
        if "kind" not in fields:
            raise self.wrong(place, "it has no kind", 'such as kind = { always = "ownership" }')
        self.known(fields["kind"], vocabulary().kinds, place)
        return Claim(
            ends["actor"],
            ends["target"],
            ends["with"],
            self.value(given, "key", place),
            fields,
            self.test(given, "when", place),
            self.test(given, "unless", place),
        )

    def known(self, values: Sequence[Value], allowed: Mapping[str, Any], place: str) -> None:
        for value in values:
            for word in filter(None, (value.always, value.otherwise, *value.words.values())):
                if word not in allowed:
                    raise self.wrong(place, f'the ontology has no "{shown(word)}"', nearest(word, allowed))

    def fields(self, given: Mapping[str, Any], names: frozenset[str], place: str) -> dict[str, tuple[Value, ...]]:
        found = {}
        for name in given.keys() & names:
            parts = given[name] if isinstance(given[name], list) else [given[name]]
            found[name] = tuple(filter(None, (self.value({name: part}, name, place) for part in parts)))
        return {name: found[name] for name in sorted(found) if found[name]}

    def value(self, given: Mapping[str, Any], key: str, place: str) -> Value | None:
        said = given.get(key)
        if said is None or said == "":
            return None
        if isinstance(said, str) or (isinstance(said, list) and said):
            return Value(self.list(given, key, place))
        said = self.only(said, _VALUE, f"{place}, {key}")
        words = said.get("words", {})
        if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
            raise self.wrong(place, f'the words of "{key}" must be written as {{ CELL = "meaning" }}')
        texts = {name: self.text(said, name, place) for name in _VALUE - {"words", "column", "text"}}
        value = Value(
            self.list(said, "column", place),
            {folded(cell): meaning for cell, meaning in words.items()},
            template=self.text(said, "text", place),
            **texts,
        )
        if not value.named and not value.always:
            raise self.wrong(place, f'"{key}" names no column', 'write column = "…", text = "… {…}" or always = "…"')
        return value


def _list(words: Any) -> str:
    return ", ".join(sorted(words))
