"""Records of JSON, JSON lines and YAML as rows: their fields by path (`name/official`), and those of what they stand in (`../id`).

`records` says where they are: `*` for each member of the file's array or object, `*/subcommittees/*` for each member of that field
of each, `persons/*` for each member of the one that is called so. `@` is the key or number under which a record stands, `../@` that of what it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from graph_build.errors import Finding, InputError
from graph_build.readers.head import head
from graph_build.readers.json_stream import pieces, plain_number
from graph_build.readers.lines import json_lines
from graph_build.readers.tabular_grid import Line
from graph_build.readers.tabular_mapping import BETWEEN, folded
from graph_build.readers.tabular_solutions import is_solutions, solutions
from graph_build.readers.tabular_unread import Unread, steps_of
from graph_build.readers.words import shown
from graph_build.records import Place

_LARGEST_YAML: Final = 64 * 2**20
_DEEPEST: Final = 100
_MOST_FIELDS: Final = 10_000
_MOST_LISTS: Final = 20


def record_lines(file: Path, records: str, unread: Unread | None = None) -> Iterator[Line]:
    """Give the records of a file; what cannot be read is told for its line, or as an `InputError` of the whole.

    `unread` is given every member of the file; what it found to be told of the whole file comes last.
    """
    steps = list(steps_of(records))
    for line, keys, value, fault in _tops(file):
        if fault:
            yield Line(Place(str(file), line), f"line {line}", {}, fault)
            continue
        if unread:
            unread.look(value, keys[0])
        if steps[0] in ("*", keys[0]):
            yield from _below(file, line, value, steps[1:], keys, ())
    for note in unread.notes() if unread else ():
        yield Line(Place(str(file), 0), "", {}, told=note)


def tables_of(file: Path) -> list[str]:
    """Return the `records` that read a file: where it is an object of lists of records, those of each list, or of very many all."""
    found = []
    for _, (key,), value, _ in _tops(file):
        if not key.isdigit() and isinstance(value, list) and any(isinstance(one, dict) for one in value):
            found.append(f"{key}/*")
            if len(found) > _MOST_LISTS:
                return ["*/*"]
    return [records for records in found if len(steps_of(records)) == 2 and records[0] != "*"] or ["*"]


def _tops(file: Path) -> Iterator[tuple[int, tuple[str, ...], Any, str]]:
    suffix = file.suffix.lower()
    if suffix in (".yaml", ".yml"):
        yield from ((line, (key,), value, "") for line, key, value in _yaml(file))
    elif suffix in (".jsonl", ".ndjson"):
        for found in json_lines(file):
            yield found.number, (str(found.number),), found.value, found.fault
    elif is_solutions(head(file)):
        yield from solutions(file)
    else:
        for piece in pieces(file, lambda path: not path):
            yield piece.line, (str(piece.path[-1]) if piece.path else "",), piece.value, ""


def _below(
    file: Path, line: int, value: Any, steps: list[str], keys: tuple[str, ...], above: tuple[Any, ...]
) -> Iterator[Line]:
    if steps:
        key, *rest = steps
        if key == "*":
            inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            for name, one in inner:
                yield from _below(file, line, one, rest, (*keys, str(name)), (*above, value))
        elif isinstance(value, dict) and key in value:
            yield from _below(file, line, value[key], rest, (*keys, key), (*above, value))
        return
    cells: dict[str, str] = {}
    outer = [one for one in (*above, value) if not isinstance(one, list)]
    outer_keys = [key for key, inside in zip(keys, (None, *above), strict=False) if not _is_field(inside, key)]
    for up, one in enumerate(reversed(outer)):
        _flat(one, "../" * up, cells, 0, whole=not up)
    for up, key in enumerate(reversed(outer_keys)):
        cells["../" * up + "@"] = key
    yield Line(Place(str(file), line), "/" + "/".join(keys), cells)


def _is_field(inside: Any, key: str) -> bool:
    """Say whether a key is the name of a field that holds the records, such as `subcommittees`, and not their own."""
    return isinstance(inside, dict) and isinstance(inside.get(key), (list, dict)) and len(inside) > 1


def _flat(value: Any, path: str, cells: dict[str, str], depth: int, *, whole: bool) -> None:
    """Put the fields of a record into cells; of what it stands in only the fields that are no containers of records."""
    if depth > _DEEPEST or len(cells) > _MOST_FIELDS:
        return
    if isinstance(value, dict):
        for key, one in value.items():
            if whole or not isinstance(one, (dict, list)):
                _flat(one, f"{path}/{key}" if path and not path.endswith("/") else f"{path}{key}", cells, depth + 1, whole=whole)  # fmt: skip
    elif isinstance(value, list):
        texts = [text for text in map(_text, value) if text]
        if texts:
            cells[folded(path or ".")] = BETWEEN.join(texts)
    elif text := _text(value):
        cells[folded(path or ".")] = text


def _text(value: Any) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return (
        value.strip().replace(BETWEEN, " ")
        if isinstance(value, str)
        else plain_number(value)
        if isinstance(value, int)
        else str(value)
    )


def _yaml(file: Path) -> Iterator[tuple[int, str, Any]]:
    """Give the members of a YAML file: all values as they are written (`no` stays `no`), and no aliases, which multiply."""
    import yaml

    loader_type: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        if file.stat().st_size > _LARGEST_YAML:
            raise _wrong(file, 0, f"it is larger than {_LARGEST_YAML // 2**20} MB")
        with file.open("rb") as stream:
            deep = 0
            for event in yaml.parse(stream, Loader=loader_type):
                if isinstance(event, yaml.AliasEvent):
                    raise _wrong(file, event.start_mark.line + 1, "it has aliases, which are not followed")
                deep += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if deep > _DEEPEST:
                    raise _wrong(file, event.start_mark.line + 1, f"it is nested deeper than {_DEEPEST} levels")
        with file.open("rb") as stream:
            node = yaml.compose(stream, Loader=loader_type)
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        mark = getattr(error, "problem_mark", None)
        raise _wrong(file, mark.line + 1 if mark else 0, f"it is not YAML: {shown(str(error))}") from error
    if isinstance(node, yaml.MappingNode):
        yield from ((key.start_mark.line + 1, str(key.value), _plain(value)) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((one.start_mark.line + 1, str(place), _plain(one)) for place, one in enumerate(node.value))


def _plain(node: Any) -> Any:
    """Return the value of a node: all scalars are texts; `~` and null are nothing."""
    if node.id == "mapping":
        return {str(key.value): _plain(value) for key, value in node.value}
    if node.id == "sequence":
        return [_plain(one) for one in node.value]
    is_plain = node.style is None
    return None if is_plain and node.value in ("~", "null", "Null", "NULL") else node.value


def _wrong(file: Path, line: int, message: str) -> InputError:
    remedy = "save it as plain YAML or JSON"
    return InputError(f"{file} could not be read", [Finding(str(file), line, 0, "", message, remedy)], remedy)
