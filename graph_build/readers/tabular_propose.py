"""A mapping proposed from the headers of tables and a look at their values, for a person to read and correct.

What the words mean is data (`maps/tabular_words.toml`); what is not understood is named in the proposal, not guessed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from graph_build.errors import InputError
from graph_build.readers.entries import slug
from graph_build.readers.tabular_grid import is_records
from graph_build.readers.tabular_look import (
    ROWS,
    Column,
    date_order,
    decimal_sign,
    looks,
    separator,
)
from graph_build.readers.tabular_plan import MAIN, SHARED, Plan, plan_of, settle_keys
from graph_build.readers.tabular_propose_labels import ITEM
from graph_build.readers.tabular_propose_relation import kind_of, relation
from graph_build.readers.tabular_propose_words import listed, said, text, word
from graph_build.readers.tabular_words import meaning

_FEW: Final = 60
_NEARLY_ALL: Final = 0.9
_ENDINGS: Final = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".htm", ".html", ".srj", ".json", ".jsonl", ".ndjson", ".yaml", ".yml")  # fmt: skip


def propose(path: Path, beside: Path) -> str:
    """Return a mapping for a file, or for the tables of a folder, whose file names are relative to the folder `beside`."""
    plans = [plan_of(look) for file in _files(path) for look in looks(file)]
    if not plans:
        raise InputError(f"{path} holds no table", remedy="a table has a row of headers and rows below it")
    settle_keys(plans)
    nodes = [plan for plan in plans if plan.ends is None and plan.named(MAIN)]
    if len(plans) > 1:
        for plan in nodes:
            plan.register = slug(plan.look.title) or f"table-{plans.index(plan) + 1}"
    title = path.name if path.is_dir() else path.stem
    head = [
        "# A proposal of govgraph map: read it, correct it, then build from it: govgraph build MAPPING",
        "# A text names a column; { always = \"…\" } is the same in every row. See docs/decisions/0014-mapping-files.md.",
        f"title = {text(title)}",
        '# issuer = ""',
        '# licence = ""',
        '# url = ""',
    ]  # fmt: skip
    return "\n".join([*head, *(line for plan in plans for line in _table(plan, nodes, beside))]) + "\n"


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.is_file() and file.suffix.lower() in _ENDINGS)
    return [file for file in found if file.name.lower() not in ("source.txt", "readme.txt", "license.txt")]


def _table(plan: Plan, nodes: Sequence[Plan], beside: Path) -> Iterator[str]:
    look = plan.look
    yield ""
    yield "[[table]]"
    yield f"file = {text(Path(os.path.relpath(look.file, beside)).as_posix())}"
    if look.sheet:
        yield f"sheet = {text(look.sheet)}{'  # it is hidden in the workbook' if look.is_hidden else ''}"
    if not is_records(look.file):
        header = ", ".join(map(str, look.header))
        none = "" if header else "  # it has none: columns are called by their letters"
        yield f"header = {f'[{header}]' if len(look.header) > 1 else header or 0}{none}"
    if look.records:
        yield f"records = {text(look.records)}"
    if look.last:
        yield f"last = {look.last}  # another table stands below it"
    if look.span:
        yield f"columns = {text(look.span)}  # another table stands beside it"
    if look.gaps:
        yield f'# empty: column {", ".join(look.gaps)}; if tables stand side by side here, give each a [[table]] with its columns = "A:C"'
    if look.below:
        yield f"# row {look.below} stands below an empty one; if it is the header of another table, give that a [[table]], and this one last = {look.below - 2}"
    if look.encoding and not look.encoding.startswith("utf-8"):
        yield f"encoding = {text(look.encoding)}"
    if look.delimiter and look.delimiter != ",":
        yield f"delimiter = {text(look.delimiter)}"
    yield f"each = {text(_each(plan))}"
    if plan.ends is None and plan.named("parent") and plan.named(MAIN):
        yield f"about = {text(MAIN)}"
    if order := date_order(look.columns):
        yield f"dates = {text(order)}"
    if sign := next((sign for column in plan.row.get("amount", ()) if (sign := decimal_sign(column))), ""):
        yield f"decimal = {text(sign)}"
    if look.empty:
        yield f"empty = {listed(look.empty)}"
    if look.totals:
        found: dict[str, list[str]] = {}
        for column, cell in look.totals:
            found.setdefault(column, []).append(cell)
        yield f"skip = {{ {', '.join(f'{text(column)} = {listed(cells)}' for column, cells in found.items())} }}"
    for note in look.unread:
        looked = f"in the first {ROWS:,} rows, " if look.rows == ROWS else ""
        yield f"# {looked}{note.message}: {note.remedy}"
    if plan.unused:
        yield f"# not used: {', '.join(map(text, plan.unused))}"
    yield from _actors_and_relations(plan, nodes)


def _each(plan: Plan) -> str:
    kind = kind_of(plan)[0] if plan.ends else ""
    if plan.ends:
        return kind if kind and kind != "other" else "relation"
    return _type_of_title(plan) or "row"


def _actors_and_relations(plan: Plan, nodes: Sequence[Plan]) -> Iterator[str]:
    ends = plan.ends
    for label in plan.actors:
        if plan.named(label) and label != "parent":
            yield from _actor(plan, label, nodes)
    parent = plan.named("parent")
    if parent and plan.named(MAIN) and ends is None:
        yield from _parent(plan, parent)
    if ends:
        spare = ["reporter"] if plan.named("reporter") else []
        yield from relation(plan, [ends[0], *spare], [ends[1], *spare])
        if ends[0] in ("person", MAIN) and ends[1] == "body" and plan.named("post"):
            yield from relation(plan, [ends[0]], ["post"])
    elif plan.named("parties"):
        whole = next((label for label in ("event", MAIN) if plan.named(label)), "")
        yield from relation(plan, ["parties"], [whole or "parties"])


def _actor(plan: Plan, label: str, nodes: Sequence[Plan]) -> Iterator[str]:
    columns = plan.actors[label]
    yield ""
    yield f"[table.actor.{label}]"
    known = _told_elsewhere(plan, label, nodes)
    name, key = plan.first(label, "name"), plan.first(label, "key")
    if known:
        other, by = known
        yield f"{by} = {said(name or key)}"
        yield f"register = {text(other.register)}"
        yield "elsewhere = true"
        yield from _parted(plan, label)
        return
    if key and len(key.cells) and (key.share(r".*\S.*") > 0):
        yield f"key = {text(key.name)}"
    elif name and plan.ends is None and label == MAIN and len(name.values) < len(name.cells):
        yield "# no column is a key of all rows, so that those of one name become one actor"
    yield f"name = {said(name or key)}"
    if plan.register and label == MAIN:
        yield f"register = {text(plan.register)}"
    yield from _parted(plan, label)
    yield from _type(plan, label)
    for ours, theirs in (("country", "country"), ("alt_labels", "abbreviation"), ("label_native", "native"), ("label_uk", "ukrainian"), ("founded", "founded"), ("dissolved", "dissolved")):  # fmt: skip
        if found := columns.get(theirs):
            yield f"{ours} = {listed([column.name for column in found]) if len(found) > 1 else text(found[0].name)}"
    items = _items(columns)
    yield from (f"exact_match = {text(column.name)}" for column in items[:1])
    if key and not items and not key.share(r"\d{1,6}(\.0)?") > SHARED:
        yield f"identifiers = {{ text = {text(f'{slug(key.name) or label}:{{{key.name}}}')} }}"
    notes = [*columns.get("website", ()), *(plan.row.get("note", ()) if label == MAIN and plan.ends is None else ())]
    notes += [] if _has_words(columns.get("type", ())) else columns.get("type", [])
    notes += columns.get("name", [])[1:] + columns.get("key", [])[1:] + columns.get("number", [])
    if label == MAIN and plan.ends is None:
        notes += [column for name in ("role", "page", "amount", "percentage", "start", "end", "day") for column in plan.row.get(name, ())]  # fmt: skip
    if notes:
        yield f"note = {listed([column.name for column in dict.fromkeys(map(_Same, notes))])}"


def _items(columns: Mapping[str, Sequence[Column]]) -> list[Column]:
    """Return the columns of an actor that say which item of Wikidata it is."""
    groups = (columns.get(name, ()) for name in ("wikidata", "key", "number"))
    return [column for group in groups for column in group if column.share(ITEM) > _NEARLY_ALL]


class _Same:
    """A column that is equal to itself only, for lists without repeats."""

    def __init__(self, column: Column) -> None:
        self.name = column.name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)


def _parted(plan: Plan, label: str) -> Iterator[str]:
    """Say what parts several names: sure for those who are called parties, and where the cells show it."""
    name, key = plan.first(label, "name"), plan.first(label, "key")
    sign = next((sign for column in (key, name) if column and (sign := separator(column))), "")
    if not sign and label == "parties" and name and any("," in cell for cell in name.values):
        sign = ","
    if not sign and key and name and any("," in cell for cell in key.values):
        sign = ","
    if sign and (label != MAIN or plan.ends):
        yield f"separator = {text(sign)}"


def _type(plan: Plan, label: str) -> Iterator[str]:
    standard = {"person": "person", "post": "post", "body": "organisation", "parties": "organisation", "event": "event"}
    fallback = standard.get(label) or _type_of_title(plan) or ("person" if plan.is_person else "organisation")
    if label in ("from", "to", "reporter"):
        fallback = "organisation"
    if label == MAIN and (plan.is_person or plan.ends == (MAIN, "post")):
        fallback = "person"
    if label == "event":
        yield "thing = true"
    columns = plan.actors[label].get("type", [])
    if not _has_words(columns):
        yield f"type = {{ always = {text(fallback)} }}"
        return
    column = columns[0]
    sign = separator(column)
    cells = {part.strip() for cell in column.values for part in (cell.split(sign) if sign else [cell]) if part.strip()}
    found = {" ".join(cell.split()): word(cell, "types") or fallback for cell in cells}
    pairs = ", ".join(f"{text(cell)} = {text(found[cell])}" for cell in sorted(found))
    parted = f", separator = {text(sign)}" if sign else ""
    yield f"type = {{ column = {text(column.name)}{parted}, otherwise = {text(fallback)}, words = {{ {pairs} }} }}"


def _has_words(columns: Sequence[Column]) -> bool:
    """Say whether a column of types has words that can be listed, and not numbers or as many values as rows."""
    if not columns:
        return False
    column = columns[0]
    return 0 < len(column.values) <= _FEW and any(word(cell, "types") for cell in column.values)


def _type_of_title(plan: Plan) -> str:
    return word(plan.look.title, "types")


def _told_elsewhere(plan: Plan, label: str, nodes: Sequence[Plan]) -> tuple[Plan, str] | None:
    """Return the table whose actors the cells of a column name, and whether by name or by key."""
    column = plan.named(label)
    if column is None or plan in nodes:
        return None
    sign = next(iter(_parted(plan, label)), "")
    parted = separator(column) if sign else ""
    cells = {part.strip() for cell in column.values for part in (cell.split(parted) if parted else [cell])} - {""}
    best: tuple[float, Plan, str] | None = None
    for node in nodes:
        for by in ("name", "key"):
            own = node.first(MAIN, by)
            share = len(cells & set(own.values)) / len(cells) if own and cells else 0
            if share >= SHARED and (best is None or share > best[0]):
                best = (share, node, by)
    return (best[1], best[2]) if best else None


def _parent(plan: Plan, parent: Column) -> Iterator[str]:
    """Say that a body is part of its parent, which stands in the same table, or else only here."""
    key, name = plan.first(MAIN, "key"), plan.first(MAIN, "name")
    cells = set(parent.values)
    own = plan.first("parent", "key")  # beside its name
    by_key = len((set(own.values) if own else cells) & set(key.values)) if key else 0
    by_name = len(cells & set(name.values)) if name else 0
    is_key = not (own and own is not parent) and (meaning(parent.words) == "key" or by_key > by_name)
    yield ""
    yield "[table.actor.parent]"
    yield from (f"key = {said(column)}" for column in (own,) if column and column is not parent)
    yield f"{'key' if is_key else 'name'} = {said(parent)}"
    yield from (f"exact_match = {text(column.name)}" for column in _items(plan.actors["parent"])[:1] if not is_key)
    if plan.register:
        yield f"register = {text(plan.register)}"
    if is_key or by_name or by_key:
        yield "elsewhere = true"
    if not is_key:
        yield 'type = { always = "organisation" }'
    yield ""
    yield "[[table.relation]]"
    yield f"actor = {text(MAIN)}"
    yield 'kind = { always = "composition" }'
    yield 'function = { always = "part" }'
    yield 'target = "parent"'
