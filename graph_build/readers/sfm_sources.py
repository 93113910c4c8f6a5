"""The sources and the places that the tables of a security force name."""

from __future__ import annotations

from collections.abc import Sequence

from graph_build.readers.entries import Note
from graph_build.readers.sfm_book import Book
from graph_build.readers.sfm_rows import Claims
from graph_build.readers.tabular_values import as_date
from graph_build.readers.web import web_fault
from graph_build.records import Record, Source


def page(book: Book, row: Claims) -> Sequence[Record] | Note:
    """Return a source."""
    key = row.first("access_point_id:admin", "access_point_id", "id:admin", "source_id:admin")
    url, archived = row.text("url"), row.text("archive_url")
    title = row.text("title") or url or archived
    if not key or not title:
        return Note("source:title", "it has no id, or neither title nor address", "add it")
    trigger = row.text("access_point_trigger")
    told = [row.said("author"), f"cited for: {trigger}" if trigger else ""]
    told += [f"address: {address}" for address in (url, archived) if address and web_fault(address)]
    return [
        Source(
            book.source.id("source", key),
            "web-page" if url and not web_fault(url) else "other-work",
            title,
            issuer=row.text("publication_name"),
            issued=as_date(row.text("published_timestamp")),
            url="" if web_fault(url) else url,
            archived="" if web_fault(archived) else archived,
            note="; ".join(filter(None, told)),
            place=row.place,
        )
    ]


def location(book: Book, row: Claims) -> Sequence[Record] | Note:
    """Say of a place whether something is there: its name stands in what is."""
    keys = {row.text(key) for key in ("id:entity", "id:admin", "humane_id:admin", "id", "name")} - {""}
    row.ask_all()  # the place is told by its name, or not at all
    return [] if keys & book.used_places else Note("location", "nothing in the workbook is there")
