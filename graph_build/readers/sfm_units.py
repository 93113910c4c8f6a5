"""The units of a security force: what a row says of one, and of its place under another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from graph_build.readers.entries import Note
from graph_build.readers.maps import word_map
from graph_build.readers.sfm_book import Book
from graph_build.readers.sfm_rows import Claims
from graph_build.readers.tabular_values import as_country
from graph_build.readers.words import shown
from graph_build.records import Actor, Record

_CITED = ("name", "classification", "other_names", "country", "base_name", "location")


def unit(book: Book, row: Claims) -> Sequence[Record] | Note:
    """Return a unit, and its place under another."""
    if not row.text("name"):
        return Note("unit:name", "it has no name", "give it one")
    actor = described(book, row)
    return [actor, *_command(book, row, actor.id)]


def gather(book: Book, row: Claims) -> None:
    """Keep what a row says of its unit: a unit has as many rows as it has places, parents and commanders."""
    if row.text("name"):
        book.add_lines(book.id("unit", row.text("id:admin"), row.text("name")), _lines(book, row))


def _lines(book: Book, row: Claims) -> Iterator[str]:
    places = [book.place(row, name) for name in row.several("location")]
    yield row.said("classification")
    yield row.cited_dates()
    yield row.said("base_name", "base")
    yield f"location: {', '.join(places)}" if places else ""
    yield row.cited_dates("location") and f"there {row.cited_dates('location')}"
    yield from (row.said(name, label) for name, label in word_map("sfm")["places"].items())
    yield from row.sources_in_words(*_CITED)


def described(book: Book, row: Claims) -> Actor:
    """Return the unit that a row is about, with what all of its rows say of it."""
    first, last = row.date("first_cited_date"), row.date("last_cited_date")
    one = book.id("unit", row.text("id:admin"), row.text("name"))
    book.add_lines(one, _lines(book, row))
    return Actor(
        one,
        book.types.get(one, ("organisation",)),
        row.text("name"),
        alt_labels=tuple(row.several("other_names")),
        country=as_country(row.text("country")),
        founded=first if row.flag("first_cited_date_start") else "",
        dissolved=last if row.flag("last_cited_date_open", "is_end") else "",
        note=book.note(one),
        place=row.place,
    )


def _other(row: Claims) -> tuple[str, str, str]:
    """Return name and key of the related unit, and how it is related where only the form of the table says it.

    The workbook has both and says how. Of the tables of WhoWasInCommand one has the parent by its key, with the name beside
    it, and another the operation that a unit is a member of.
    """
    if row.text("related_unit:name"):
        return row.text("related_unit:name"), row.text("related_unit"), "child"
    if row.text("membership_id"):
        return row.text("related_unit"), row.text("membership_id"), "member"
    return row.text("related_unit"), row.text("related_unit_id:admin"), ""


def _command(book: Book, row: Claims, one: str) -> Iterator[Record]:
    name, key, implied = _other(row)
    if not name and not key:
        return
    other = book.named("unit", key, name)
    if isinstance(other, Note):
        row.notes.append(other)
        return
    country = as_country(row.first("related_unit:country", "member_country"))
    if other not in book.known:
        yield Actor(other, ("organisation",), name, country=country, place=row.place)
    said = row.text("relation_type").lower() or implied
    facts = dated(row, "related_unit", "related_unit_open")
    facts["note"] = "; ".join(filter(None, (row.said("related_unit_class", "class"), facts["note"])))
    yield from under(book, row, "related_unit", (one, other), said, row.several("related_unit_class"), facts)


def under(
    book: Book, row: Claims, value: str, ends: tuple[str, str], said: str, classes: Sequence[str], facts: dict[str, Any]
) -> Iterator[Record]:
    """Give what a unit is to another, by the word of the form; where the other commands it, that too."""
    words = word_map("sfm")
    known = words["relations"].get(said)
    if said and not known:
        row.notes.append(Note("relation_type", f'"{shown(said)}" is no type of relation that is known'))
    known = known or {"kind": "other"}
    one, other = ends
    turned = (other, one) if known.get("turned") else (one, other)
    phrase = "" if known["kind"] != "other" else (said or "is related to")
    more = {"function": tuple(known.get("function", ())), "phrase": phrase}
    yield from book.stated(row, value, *turned, known["kind"], facts | more)
    if any(kind.lower() in words["commands"] for kind in classes):
        yield from book.stated(row, value, turned[1], turned[0], "direction", facts | {"function": ("command",)})


def dated(row: Claims, name: str, open_: str) -> dict[str, Any]:
    """Return the dates of a relation: start and end only where the row says that they are that."""
    first, last = row.date(f"{name}_first_cited_date"), row.date(f"{name}_last_cited_date")
    starts = row.flag(f"{name}_first_cited_date_start") or row.flag(f"{name}_first_cited_date_founding")
    ends = row.flag(f"{name}_last_cited_date_end") or row.flag(open_, "is_end")
    return {"start": first if starts else "", "end": last if ends else "", "note": row.cited_dates(name)}
