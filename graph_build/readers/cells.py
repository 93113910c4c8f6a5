"""The cells of a table against its Table Schema: frictionless finds what is wrong, this room says it in words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from graph_build.errors import Finding
from graph_build.readers.words import nearest, shown

if TYPE_CHECKING:
    from frictionless import Error

_UNDERSTOOD: Final = frozenset({"required", "enum", "pattern", "maxLength"})
Line = tuple[int, list[str]]


def cell_findings(
    place: str, columns: Sequence[str], lines: Sequence[Line], schema: Mapping[str, Any]
) -> list[Finding]:
    """Return what is wrong with the cells, with the line and the number of the column.

    `lines` are the rows below the header, each with the line of the file on which it begins.
    """
    fields = [_field(name, schema) for name in columns]
    findings = list(_length_findings(place, columns, lines))
    whole = [line for line in lines if len(line[1]) == len(columns) and any(line[1])]
    for error in _errors(columns, [cells for _, cells in whole], fields):
        line, cells = whole[error.row_number - 2]  # the header is row 1
        number = error.field_number
        message, remedy = _said(error, cells[number - 1], fields[number - 1])
        findings.append(Finding(place, line, number, columns[number - 1], message, remedy))
    return findings


def _field(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the description of a column without `unique`: ids are compared over all packages, see `references`."""
    field = dict(next(field for field in schema["fields"] if field["name"] == name))
    field["constraints"] = {key: value for key, value in field.get("constraints", {}).items() if key != "unique"}
    return field


def _errors(columns: Sequence[str], rows: list[list[str]], fields: list[dict[str, Any]]) -> list[Any]:
    """Let frictionless check the rows; its limit of a thousand errors is lifted.

    Its preparation takes a tenth of a second for each table, so one without a doubtful cell is not given to it.
    """
    if all(_is_sound(field, {cells[number] for cells in rows}) for number, field in enumerate(fields)):
        return []
    from frictionless import Resource, Schema

    schema = Schema.from_descriptor({"fields": fields, "missingValues": [""]})
    report = Resource(data=[list(columns), *rows], schema=schema).validate(limit_errors=len(rows) * len(columns) + 1)
    if report.errors:
        raise ValueError(f"frictionless could not check the table: {report.errors}")
    return [error for task in report.tasks for error in task.errors]


def _is_sound(field: Mapping[str, Any], cells: set[str]) -> bool:
    """Say whether the cells surely fit their column; "no" only means that someone must look."""
    constraints = field["constraints"]
    if field["type"] != "string" or "format" in field or not constraints.keys() <= _UNDERSTOOD:
        return False
    filled, longest = cells - {""}, constraints.get("maxLength", math.inf)
    fits = re.compile(constraints["pattern"]).fullmatch if "pattern" in constraints else bool
    return (
        not (constraints.get("required") and "" in cells)
        and filled <= set(constraints.get("enum", filled))
        and all(len(cell) <= longest and fits(cell) for cell in filled)
    )


def _length_findings(place: str, columns: Sequence[str], lines: Sequence[Line]) -> Iterator[Finding]:
    for line, cells in lines:
        if not any(cells):
            yield Finding(place, line, 1, "", "the row is empty and was passed over", "remove it", "warning")
        elif len(cells) < len(columns):
            message = f"the row ends after {len(cells)} of {len(columns)} cells"
            yield Finding(place, line, len(cells) + 1, columns[len(cells)], message, "add the missing commas")
        elif len(cells) > len(columns):
            message = f"the row has {len(cells)} cells, the header {len(columns)}"
            remedy = "put a text that contains commas between quotation marks"
            yield Finding(place, line, len(columns) + 1, "", message, remedy)


def _said(error: Error, cell: str, field: Mapping[str, Any]) -> tuple[str, str]:
    """Return message and remedy for an error of one cell."""
    name, description = field["name"], field.get("description", "")
    constraints = field["constraints"]
    if constraints.get("required") and not cell:
        return f'"{name}" is empty', f"fill it in: {description}" if description else "fill it in"
    if "enum" in constraints and cell not in constraints["enum"]:
        allowed = ", ".join(constraints["enum"])
        return f'"{shown(cell)}" is not one of: {allowed}', nearest(cell, constraints["enum"])
    if error.type == "type-error":
        values = [*field.get("trueValues", []), *field.get("falseValues", [])]
        wanted = f"one of: {', '.join(values)}" if values else f"of the type {field['type']}"
        return f'"{shown(cell)}" is not {wanted}', description
    if len(cell) > constraints.get("maxLength", len(cell)):
        return f'"{shown(cell)}" is longer than {constraints["maxLength"]} signs', "say it in fewer words"
    return f'"{shown(cell)}" does not have the form of "{name}"', description
