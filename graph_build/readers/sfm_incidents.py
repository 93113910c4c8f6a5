"""Incidents, and who is named as having done what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph_build.readers.entries import Note
from graph_build.readers.sfm_book import Book
from graph_build.readers.sfm_rows import Claims
from graph_build.records import Actor, Record, Thing


def incident(book: Book, row: Claims) -> Sequence[Record] | Note:
    """Return an incident, and the relations of those who are named as its perpetrators."""
    said = row.several("violation_type") or row.several("violation_description")
    if not said and not row.text("id:admin"):
        return Note("incident:violation_type", "it says neither what happened nor its id")
    start, end = row.date("start_date"), row.date("end_date")
    places = [book.place(row, name) for name in row.several("location")]
    one = book.source.id("incident", row.text("id:admin") or "\n".join(row.cells.values()))
    label = ", ".join(filter(None, [*said[:3], start])) or f"incident {row.text('id:admin')}"
    told = [
        f"{start or '..'}/{end or '..'}" if start or end else "",
        row.text("location_description"),
        ", ".join(places),
        row.text("violation_description"),
        row.said("perpetrator_classification", "classification of perpetrators"),
    ]
    event = Thing(one, "event", label[:300], note="; ".join(filter(None, told)), place=row.place)
    return [event, *_perpetrators(book, row, one, start, end)]


def _perpetrators(book: Book, row: Claims, event: str, start: str, end: str) -> Iterator[Record]:
    for kind in ("unit", "person"):
        keys, names = row.several(f"perpetrator_{kind}_id:admin"), row.several(f"perpetrator_{kind}_name")
        if keys and names and len(keys) != len(names):
            message = f'"{len(keys)}" ids stand beside "{len(names)}" names, so the ids are followed'
            row.notes.append(Note(f"perpetrator_{kind}_name", message, "give each its id"))
            names = [""] * len(keys)
        for key, name in zip(keys or [""] * len(names), names or [""] * len(keys), strict=True):
            yield from perpetrator(book, row, event, (kind, key, name), start, end)


def perpetrator(
    book: Book, row: Claims, event: str, who: tuple[str, str, str], start: str, end: str, value: str = "all"
) -> Iterator[Record]:
    """Give the relation of one who is named, by kind, key and name; `value` is the column whose sources say so."""
    kind, _, name = who
    one = book.named(*who)
    if isinstance(one, Note):
        row.notes.append(one)
        return
    if one not in book.known:
        yield Actor(one, ("person",) if kind == "person" else ("organisation",), name, place=row.place)
    facts = {"phrase": "is named as a perpetrator of", "start": start, "end": end}
    yield from book.stated(row, value, one, event, "other", facts)
