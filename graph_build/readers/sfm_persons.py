"""The persons of a security force, their postings to units, and what else is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph_build.readers.entries import Note
from graph_build.readers.sfm_book import Book
from graph_build.readers.sfm_rows import Claims
from graph_build.readers.sfm_units import dated, described
from graph_build.readers.tabular_values import as_country
from graph_build.readers.words import shown
from graph_build.records import Actor, Record


def person(book: Book, row: Claims) -> Sequence[Record] | Note:
    """Return a person, and the posting; a table that is sorted by units describes the unit in the same row."""
    name = row.text("name")
    if not name:
        return Note("person:name", "it has no name", "give it one")
    one = book.id("person", row.first("id:admin", "admin:id"), name)
    actor = Actor(
        one,
        ("person",),
        name,
        alt_labels=tuple(row.several("other_names")),
        country=as_country(row.text("country")),
        note="; ".join(filter(None, row.sources_in_words("name", "other_names", "country"))),
        place=row.place,
    )
    of_unit = row.part("unit:")
    if not of_unit.text("name"):
        return [actor, *_posting(book, row, one)]
    unit = described(book, of_unit)
    return [actor, unit, *_posting(book, row, one, unit.id)]


def _posting(book: Book, row: Claims, one: str, unit: str = "") -> Iterator[Record]:
    name, key = row.text("posting_unit_name") or row.text("posting_unit"), row.text("posting_unit_id:admin")
    if not name and not key and not unit:
        if row.has("posting_"):
            row.notes.append(Note("posting_unit_name", "a posting names no unit, so it makes no relation", "add it"))
        return
    other = book.named("unit", key, name) if name or key else unit
    if isinstance(other, Note):
        row.notes.append(other)
        return
    if other not in book.known:
        yield Actor(other, ("organisation",), name, place=row.place)
    facts = dated(row, "posting", "posting_last_cited_date_open")
    told = [row.said("posting_title", "title"), row.said("posting_rank", "rank"), facts["note"]]
    told.append(row.said("posting_first_cited_date_start_context", "start"))
    told.append(row.said("posting_last_cited_date_end_context", "end"))
    facts["note"] = "; ".join(filter(None, told))
    yield from book.stated(row, "posting_unit", one, other, "membership", facts | {"role": row.text("posting_role")})


def extra(book: Book, row: Claims) -> Sequence[Record] | Note:
    """Return what a row of further facts says of a person: links only."""
    one = book.named("person", row.text("id:admin"), row.text("name"))
    if isinstance(one, Note):
        return one
    if one not in book.known:
        return Note("person_extra:name", f'"{shown(row.text("name"))}" is not in the sheet of persons', "add it")
    links = [*row.several("external_link:source"), *row.several("external_link")]
    told = [row.said("external_link_description", "link"), *links]
    return [Actor(one, ("person",), book.labels[one], note="; ".join(filter(None, told)), place=row.place)]
