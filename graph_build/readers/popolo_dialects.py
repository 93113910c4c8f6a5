"""What programs that write Popolo do differently from the specification, put as the specification has it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from graph_build.readers.head import head
from graph_build.readers.json_stream import Piece
from graph_build.readers.lines import json_lines
from graph_build.readers.tabular_values import as_date

_PARTS: Final = ("honorific_prefix", "given_name", "additional_name", "family_name", "lordname")


def plain(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields of an object with `id`, a `name` that is a text, and dates in our notation, wherever it says them.

    MongoDB writes `_id`; PopIt gives a name in several languages; TheyWorkForYou gives it among `other_names` only, in parts.
    """
    made = dict(fields)
    if "id" not in made and "_id" in made:
        made["id"] = made.pop("_id")
    others = made.get("other_names")
    others = [_whole(item) if isinstance(item, dict) else item for item in others] if isinstance(others, list) else []
    if isinstance(made.get("name"), dict):
        told = {str(language): name for language, name in made.pop("name").items() if isinstance(name, str) and name}
        made["name"] = told.get("en") or next(iter(told.values()), "")
        others += [{"name": name, "lang": language} for language, name in told.items()]
    if not made.get("name"):
        named = [item for item in others if isinstance(item, dict) and item.get("name")]
        main = next((item for item in named if item.get("note") == "Main"), named[0] if named else {})
        # Of parts that stand beside one another the order is ours, and the name is all that there is to call somebody by.
        made["name"] = main.get("name") or _in_one(made)
    if others:
        made["other_names"] = others
    for name, value in made.items():
        if name.endswith("_date") and isinstance(value, str):
            made[name] = as_date(value)
    return {name: value for name, value in made.items() if name != "name" or value}


def _whole(name: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an entry of `other_names` with its name, which may stand in parts only."""
    whole = "" if name.get("name") else _in_one(name)
    rest = {part: value for part, value in name.items() if not whole or part not in (*_PARTS, "lordofname")}
    return {**rest, "name": whole} if whole else name


def _in_one(fields: Mapping[str, Any]) -> str:
    parts = [fields[part].strip() for part in _PARTS if isinstance(fields.get(part), str)]
    if not any(fields.get(part) for part in ("given_name", "family_name", "lordname")):
        return ""
    place = fields.get("lordofname")
    return " ".join(filter(None, (*parts, f"of {place}" if isinstance(place, str) and place else "")))


def is_lines(file: Path) -> bool:
    """Say whether a file has one object a line, rather than being one value."""
    first, _, rest = head(file).text.lstrip("\ufeff").lstrip().partition("\n")
    if not first.startswith("{") or not rest.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def line_pieces(file: Path) -> Iterator[Piece]:
    """Give the objects of such a file; a line that cannot be read gives an empty one."""
    for line in json_lines(file):
        yield Piece((line.number - 1,), line.value, line.number)
