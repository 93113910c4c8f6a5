"""A dataset as a folder that people can edit: its tables as CSV and `datapackage.json`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from graph_build.errors import InputError
from graph_build.readers import Dataset, read, table_schema
from graph_build.readers.findings import FINDINGS_FILE, Report, findings_csv
from graph_build.readers.formats import import_source
from graph_build.readers.imports import Imported
from graph_build.readers.sound import TABLE_OF
from graph_build.records import Record
from graph_build.swap import replaced_folder

_FIELD_OF: Final = {"with": "others"}
PACKAGE_FILE: Final = "datapackage.json"


def convert(source: Path, output: Path) -> Report | None:
    """Write any source as a dataset folder, which must not be there yet or be empty; return the report of an import.

    A file of any size is converted in flat memory: its records go from the reader to the tables one by one.
    """
    if source.is_dir() and (source / PACKAGE_FILE).is_file():
        dataset = read(source)
        if not dataset.readable:
            raise InputError(f"{source} could not be read", dataset.findings, "mend the rows named")
        write_dataset(dataset, output)
        return None
    if not source.exists():
        raise InputError(f"there is no file or folder {source}")
    imported = import_source(source)
    described = _described(imported.empty_dataset())
    _write(output, described, imported.records(), imported)
    return imported.report


def write_dataset(dataset: Dataset, output: Path) -> None:
    """Write records as a dataset folder, which must not be there yet or be empty."""
    _write(output, _described(dataset), _tables_of(dataset), None)


def _tables_of(dataset: Dataset) -> Iterator[tuple[str, Iterable[Record]]]:
    for table in (*TABLE_OF.values(), "stories"):
        yield table, getattr(dataset, table)


def _write(
    output: Path, described: dict[str, Any], tables: Iterable[tuple[str, Iterable[Record]]], imported: Imported | None
) -> None:
    with replaced_folder(output, made="", manifest=PACKAGE_FILE) as folder:
        names = [name for name, records in tables if _write_table(folder / f"{name}.csv", name, records)]
        described["resources"] = [_resource(name) for name in names]
        text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
        (folder / PACKAGE_FILE).write_text(text, encoding="utf-8", newline="")
        if imported is not None:
            # In a folder of its own: a table that is not listed beside the others would be reported as stray.
            (folder / "import").mkdir()
            (folder / "import" / FINDINGS_FILE).write_bytes(findings_csv(imported.report.findings))


def _described(dataset: Dataset) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": dataset.name,
        "title": dataset.title,
        "description": dataset.description,
        "version": dataset.version,
        "checked": dataset.checked,
        "licenses": [{"path": licence} for licence in dataset.licences],
        "profile": "tabular-data-package",
    }
    return {key: value for key, value in described.items() if value or key in ("name", "checked")}


def _resource(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "schema": dict(table_schema(name)),
    }


def _write_table(file: Path, name: str, records: Iterable[Record]) -> bool:
    """Write a table with all its columns; one without a record is not written, and that is said."""
    columns = [field["name"] for field in table_schema(name)["fields"]]
    rows = iter(records)
    first = next(rows, None)
    if first is None:
        return False
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        values = attrgetter(*(_FIELD_OF.get(column, column) for column in columns))
        writer.writerows(map(_cells, map(values, chain([first], rows))))
    return True


def _cells(values: tuple[Any, ...]) -> list[str]:
    return [value if type(value) is str else _cell(value) for value in values]


def _cell(value: str | bool | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    return "|".join(value) if isinstance(value, tuple) else value
