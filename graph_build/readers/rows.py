"""From the rows of the tables to records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, cast

from graph_build.readers.tables import Row, Table
from graph_build.records import (
    Actor,
    Evidence,
    Modality,
    Place,
    Record,
    Relation,
    Search,
    Source,
    Stance,
    Step,
    Thing,
    Verified,
)

Cells = Mapping[str, str]


def records(table: Table) -> tuple[Record, ...]:
    """Return one record for each row; cells are kept as they are, also the wrong ones, for the checks to name."""
    make = _MAKERS[table.name]
    return tuple(make(_Cells(row), Place(table.file, row.line)) for row in table.rows)


class _Cells(dict[str, str]):
    """The cells of a row; a column that the table leaves out is empty."""

    def __init__(self, row: Row) -> None:
        super().__init__({name: cell.strip() for name, cell in row.cells.items()})

    def __missing__(self, column: str) -> str:
        return ""

    def several(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell that `|` parts."""
        return tuple(value.strip() for value in self[column].split("|") if value.strip())


def _actor(row: _Cells, place: Place) -> Actor:
    return Actor(
        id=row["id"],
        type=row.several("type"),
        label_en=row["label_en"],
        label_uk=row["label_uk"],
        label_native=row["label_native"],
        alt_labels=row.several("alt_labels"),
        country=row["country"],
        founded=row["founded"],
        dissolved=row["dissolved"],
        exact_match=row.several("exact_match"),
        identifiers=row.several("identifiers"),
        stands_for=row["stands_for"],
        note=row["note"],
        place=place,
    )


def _thing(row: _Cells, place: Place) -> Thing:
    return Thing(
        id=row["id"],
        type=row["type"],
        label_en=row["label_en"],
        label_uk=row["label_uk"],
        definition_en=row["definition_en"],
        definition_uk=row["definition_uk"],
        broader=row.several("broader"),
        addresses=row.several("addresses"),
        source=row["source"],
        locator=row["locator"],
        sha256=row["sha256"],
        note=row["note"],
        place=place,
    )


def _relation(row: _Cells, place: Place) -> Relation:
    return Relation(
        id=row["id"],
        actor=row["actor"],
        kind=row["kind"],
        target=row["target"],
        modality=cast(Modality, row["modality"]),
        others=row.several("with"),
        phrase=row["phrase"],
        negated=row["negated"] == "true",
        function=row.several("function"),
        layer=row.several("layer"),
        principle=row.several("principle"),
        topic=row.several("topic"),
        channel=row.several("channel"),
        scope=row["scope"],
        role=row["role"],
        amount=row["amount"],
        currency=row["currency"],
        legal_basis=row.several("legal_basis"),
        start=row["start"],
        end=row["end"],
        confidence=row["confidence"],
        verified=cast(Verified, row["verified"]),
        status=row["status"] or ("draft" if row["verified"] == "memory" else "accepted"),
        note=row["note"],
        place=place,
    )


def _evidence(row: _Cells, place: Place) -> Evidence:
    stance = cast(Stance, row["stance"] or "supports")
    return Evidence(row["relation"], row["source"], row["locator"], row["sha256"], stance, place)


def _source(row: _Cells, place: Place) -> Source:
    return Source(
        id=row["id"],
        type=row["type"],
        title=row["title"],
        issuer=row["issuer"],
        issued=row["issued"],
        in_force=row["in_force"],
        repealed=row["repealed"],
        replaces=row.several("replaces"),
        about=row.several("about"),
        listed_by=row.several("listed_by"),
        url=row["url"],
        archived=row["archived"],
        licence=row["licence"],
        retrieved=row["retrieved"],
        file=row["file"],
        note=row["note"],
        place=place,
    )


def _search(row: _Cells, place: Place) -> Search:
    return Search(row["what"], row["where"], row["when"], place)


def _step(row: _Cells, place: Place) -> Step:
    return Step(
        story=row["story"],
        step=row["step"],
        title_en=row["title_en"],
        title_uk=row["title_uk"],
        text_en=row["text_en"],
        text_uk=row["text_uk"],
        view=row["view"],
        country=row["country"],
        as_of=row["as_of"],
        actors=row.several("actors"),
        relations=row.several("relations"),
        place=place,
    )


_MAKERS: Final[dict[str, Callable[[_Cells, Place], Record]]] = {
    "actors": _actor,
    "things": _thing,
    "relations": _relation,
    "evidence": _evidence,
    "sources": _source,
    "searches": _search,
    "stories": _step,
}
