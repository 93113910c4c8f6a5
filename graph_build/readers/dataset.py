"""A dataset folder: `datapackage.json` and its tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any, Final

from graph_build.errors import Finding, InputError
from graph_build.readers.findings import Report
from graph_build.readers.package import Package, read_package
from graph_build.readers.rows import records
from graph_build.readers.tables import Table, read_table
from graph_build.records import Actor, Evidence, Place, Record, Relation, Search, Source, Step, Thing
from graph_build.resources import resource

TABLES: Final = ("actors", "things", "relations", "evidence", "sources", "searches", "stories")


@dataclass(frozen=True, slots=True)
class Dataset:
    """What one source says: its records, and what is wrong with the text it was read from.

    `checked` is the day, `YYYY-MM-DD`, for which the dataset holds; empty, nobody has checked it: that is so of an imported file,
    which brings the `report` of its import. `columns` gives the header of each file, for messages.
    """

    name: str
    title: str = ""
    description: str = ""
    version: str = ""
    checked: str = ""
    licences: tuple[str, ...] = ()
    place: str = ""
    actors: tuple[Actor, ...] = ()
    things: tuple[Thing, ...] = ()
    relations: tuple[Relation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[Source, ...] = ()
    searches: tuple[Search, ...] = ()
    stories: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    readable: bool = True
    report: Report | None = None
    evidence_ids: Mapping[Evidence, str] = field(init=False, repr=False)
    search_ids: Mapping[Search, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Number the evidence within each relation, and the searches within the dataset, in the order of their files."""
        object.__setattr__(self, "evidence_ids", _evidence_ids(self))
        searches = {search: f"{self.name}-{number}" for number, search in enumerate(self.searches, 1)}
        object.__setattr__(self, "search_ids", searches)

    def records(self) -> Iterator[Record]:
        """Give every record: actors, things, relations, evidence, sources, searches, each in the order of its file.

        The steps of stories are not among them: they claim nothing, and are read by the page alone.
        """
        for table in (self.actors, self.things, self.relations, self.evidence, self.sources, self.searches):
            yield from table

    def finding(
        self, place: Place | None, column: str, message: str, remedy: str = "", warning: bool = False
    ) -> Finding:
        """Return a finding that points to a cell of a record's row."""
        at = place or Place(self.place, 0)
        header = self.columns.get(at.file, ())
        number = header.index(column) + 1 if column in header else 1
        return Finding(at.file, at.line, number, column, message, remedy, "warning" if warning else "error")


def _evidence_ids(dataset: Dataset) -> dict[Evidence, str]:
    """Return RELATION-N; evidence for a relation of another dataset is numbered apart, as RELATION-DATASET-N."""
    own = {relation.id for relation in dataset.relations}
    numbers: Counter[str] = Counter()
    found: dict[Evidence, str] = {}
    for item in dataset.evidence:
        numbers[item.relation] += 1
        stem = item.relation if item.relation in own else f"{item.relation}-{dataset.name}"
        found[item] = f"{stem}-{numbers[item.relation]}"
    return found


def read_dataset(folder: Traversable) -> Dataset:
    """Read a dataset folder; what is wrong with its content is in `findings`.

    A folder without a readable `datapackage.json` is an `InputError`.
    """
    package = read_package(folder)
    tables = {name: _table(name, package) for name in TABLES if name in package.files}
    if package.readable and not tables:
        raise InputError(
            f"{package.place} lists no table that this program reads", remedy=f"tables: {', '.join(TABLES)}"
        )
    made: dict[str, Any] = {name: records(table) for name, table in tables.items()}
    return Dataset(
        name=package.name,
        title=package.title,
        description=package.description,
        version=package.version,
        checked=package.checked,
        licences=package.licences,
        place=package.place,
        findings=package.findings + tuple(finding for table in tables.values() for finding in table.findings),
        columns={table.file: table.columns for table in tables.values()},
        readable=package.readable and all(table.readable for table in tables.values()),
        **made,
    )


def _table(name: str, package: Package) -> Table:
    file, place = package.files[name]
    return read_table(name, file, place, table_schema(name))


@cache
def table_schema(name: str) -> Mapping[str, Any]:
    """Return the Table Schema of a table, from `ontology/tables`."""
    entry = resource("ontology").joinpath("tables", f"{name}.json")
    schema: Mapping[str, Any] = json.loads(entry.read_text(encoding="utf-8"))
    return schema
