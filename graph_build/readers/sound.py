"""Whether a record may stand as it is: a cell that breaks a rule is emptied with a note, a record that cannot do without it is refused.

The rules are those of the tables (`ontology/tables`) and of `checks`, so that what is imported is never stricter or laxer than
what people write by hand, and an imported file converts into tables that are valid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import compress
from operator import attrgetter
from typing import Any, Final

from graph_build.dates import first_day, last_day
from graph_build.readers.checks import faults
from graph_build.readers.dataset import table_schema
from graph_build.readers.entries import Note
from graph_build.readers.words import shown
from graph_build.records import Actor, Evidence, Record, Relation, Search, Source, Thing, changed

TABLE_OF: Final[Mapping[Any, str]] = {
    Actor: "actors",
    Thing: "things",
    Relation: "relations",
    Evidence: "evidence",
    Source: "sources",
    Search: "searches",
}
_TEXTS: Final[Mapping[type, tuple[str, ...]]] = {
    kind: tuple(item.name for item in fields(kind) if item.name not in ("place", "negated")) for kind in TABLE_OF
}
_FIELD_OF: Final = {"with": "others"}
_TOGETHER: Final = {"currency": ("amount", "currency"), "dissolved": ("founded", "dissolved")}
"""Fields that are wrong only together: which of them is wrong nobody can tell, so none is kept."""
_ONE_LINE: Final = frozenset(
    {"label_en", "label_uk", "label_native", "alt_labels", "title", "issuer", "phrase", "role"}
)


_Quick = tuple[Callable[[str], object] | None, bool, set[Any] | None]
_ALIKE: Final = frozenset(
    [
        "type",
        "kind",
        "modality",
        "function",
        "layer",
        "topic",
        "currency",
        "start",
        "end",
        "verified",
        "status",
        "country",
    ]
)
"""Fields that say few things, again and again: what was found sound in them once is so the next time."""
_MOST_KNOWN: Final = 4_096


@dataclass(frozen=True, slots=True)
class Cell:
    """The rule of one column: `fits` says whether a single value may stand in it."""

    column: str
    field: str
    required: bool
    fits: Callable[[str], object]


def sound(record: Record) -> tuple[Record | None, list[Note]]:
    """Return the record with clean text and without the cells that break a rule, or nothing; and what was changed."""
    if _is_sound(record):
        return record, []
    record, notes = _clean(record)
    for cell in _cells(TABLE_OF[type(record)]):
        value = getattr(record, cell.field)
        wrong = (
            [text for text in (value if isinstance(value, tuple) else (value,)) if not cell.fits(text)] if value else []
        )
        if wrong:
            notes.append(Note(cell.column, f'"{shown(wrong[0])}" does not have the form of "{cell.column}"'))
            kept = tuple(text for text in value if text not in wrong) if isinstance(value, tuple) else ""
            record = changed(record, **{cell.field: kept})
        if cell.required and not getattr(record, cell.field):
            return None, [*notes, Note(cell.column, f"without {cell.column} there is no {_word(record)}")]
    return _by_rules(record, notes)


def _is_sound(record: Record) -> bool:
    """Say quickly of most records that there is nothing to do; of the others the longer way tells what."""
    kind: Any = type(record)
    texts, needed, rules = _quick_rules(kind)
    values = texts(record)
    if not all(map(values.__getitem__, needed)):
        return False
    for value, (fits, one_line, known) in compress(zip(values, rules, strict=True), values):
        if known is not None and value in known:
            continue
        if type(value) is str:
            if not value.isprintable() or value.strip() != value or (one_line and "  " in value):
                return False
            if fits is not None and not fits(value):
                return False
        elif not _is_clean(value, one_line) or (fits is not None and not all(map(fits, value))):
            return False
        if known is not None and len(known) < _MOST_KNOWN:
            known.add(value)
    return next(faults(record), None) is None


@cache
def _quick_rules(kind: Any) -> tuple[Callable[[Record], Any], tuple[int, ...], tuple[_Quick, ...]]:
    """Return what gives the texts of a record, the places of those that it needs, and for each its rule, whether it is one line,
    and the values that were found sound before.
    """
    cells = {cell.field: cell for cell in _cells(TABLE_OF[kind])}
    names = _TEXTS[kind]
    needed = tuple(place for place, name in enumerate(names) if name in cells and cells[name].required)
    rules: Iterator[_Quick] = (
        (cells[name].fits if name in cells else None, name in _ONE_LINE, set() if name in _ALIKE else None)
        for name in names
    )
    return attrgetter(*names), needed, tuple(rules)


def _by_rules(record: Record, notes: list[Note]) -> tuple[Record | None, list[Note]]:
    found = [fault for fault in faults(record) if not any(fault[3:])]
    if not found:
        return record, notes
    for column, message, remedy, *_ in found:
        if column == "end" and isinstance(record, Relation) and record.start and record.end and _is_span(record):
            # The claim is kept as the file has it, and waits as a draft for somebody who knows which date is wrong.
            notes.append(Note(column, f"{message}, so the relation is a draft", remedy))
            record = changed(record, status="draft")
            continue
        names = [_FIELD_OF.get(name, name) for name in _TOGETHER.get(column, (column,))]
        notes.append(Note(column, message, remedy))
        if all(cell.required for cell in _cells(TABLE_OF[type(record)]) if cell.field in names):
            return None, notes
        record = changed(record, **{name: _without(record, name) for name in names})
    still = [fault for fault in faults(record) if not any(fault[3:])]
    return (None, [*notes, Note(*still[0][:3])]) if still else (record, notes)


def _without(record: Record, name: str) -> str | tuple[str, ...]:
    """Return what a field that breaks a rule may keep: of several values those that break none by themselves."""
    value = getattr(record, name)
    if not isinstance(value, tuple):
        return ""
    alone = {text: changed(record, **{name: (text,)}) for text in value}
    return tuple(text for text in value if not any(fault[0] == name for fault in faults(alone[text])))


def _is_span(relation: Relation) -> bool:
    """Say whether start and end are days of the calendar, and only their order is wrong."""
    try:
        return first_day(relation.start) > last_day(relation.end)
    except ValueError:
        return False


def _word(record: Record) -> str:
    return type(record).__name__.lower()


@cache
def _cells(table: str) -> tuple[Cell, ...]:
    schema = table_schema(table)
    return tuple(
        Cell(
            described["name"],
            _FIELD_OF.get(described["name"], described["name"]),
            bool(described.get("constraints", {}).get("required")),
            _fits(described.get("constraints", {})),
        )
        for described in schema["fields"]
        if described["name"] != "negated" and described.get("constraints")
    )


def _fits(constraints: Mapping[str, Any]) -> Callable[[str], object]:
    allowed, longest = constraints.get("enum"), constraints.get("maxLength")
    pattern = re.compile(constraints["pattern"]) if "pattern" in constraints else None
    if pattern and not (allowed or longest):
        return pattern.fullmatch

    def fits(text: str) -> bool:
        if (longest and len(text) > longest) or (allowed and text not in allowed):
            return False
        return pattern is None or pattern.fullmatch(text) is not None

    return fits


def _clean(record: Record) -> tuple[Record, list[Note]]:
    """Take away what no table can hold: control signs, half letters, space at the ends, and `|` within one of several values."""
    other: dict[str, Any] = {}
    notes: list[Note] = []
    for name in _TEXTS[type(record)]:
        value = getattr(record, name)
        if not value or _is_clean(value, name in _ONE_LINE):
            continue
        if name in _ONE_LINE:
            value = _one_line(value)
        if isinstance(value, tuple):
            clean: Any = tuple(dict.fromkeys(filter(None, (clean_text(text).replace("|", "/") for text in value))))
            lost = any("|" in text for text in value) or any(map(_is_damaged, value))
        else:
            clean, lost = clean_text(value), _is_damaged(value)
        if lost:
            notes.append(Note(name, "signs that a table cannot hold were replaced", "look at the value"))
        if clean != getattr(record, name):
            other[name] = clean
    return (changed(record, **other) if other else record), notes


def _is_clean(value: str | tuple[str, ...], one_line: bool) -> bool:
    """Say quickly of most values that there is nothing to do: what is printable has no control signs and no line ends."""
    if isinstance(value, tuple):
        return (
            len(set(value)) == len(value)
            and all(map(_is_clean, value, (one_line,) * len(value)))
            and "|" not in "".join(value)
        )
    return value.isprintable() and value.strip() == value != "" and not (one_line and "  " in value)


def _one_line(value: Any) -> Any:
    """Fold white space, line ends too, into one space: a name broken over two lines is the same name."""
    return tuple(map(_one_line, value)) if isinstance(value, tuple) else " ".join(value.split())


def _is_damaged(text: str) -> bool:
    return not text.isprintable() and any(_is_unfit(letter) for letter in text)


def _is_unfit(letter: str) -> bool:
    code = ord(letter)
    return (
        (code < 32 and letter not in "\t\n\r")
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or code & 0xFFFE == 0xFFFE
    )


def clean_text(text: str) -> str:
    """Return a text as tables and graphs can hold it: a sign that they cannot is replaced, space at the ends taken away."""
    if not text.isprintable():
        text = "".join("\ufffd" if _is_unfit(letter) else letter for letter in text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # a lone \r ends a row in CSV, and nothing quotes it
    return text.strip()
