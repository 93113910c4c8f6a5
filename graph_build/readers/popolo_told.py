"""What is told of a Popolo file beside its objects: what it says of itself, and the fields that no record takes over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from graph_build.readers.entries import About, Entry, Note, Remark, left_out
from graph_build.readers.json_stream import Piece
from graph_build.readers.maps import word_map
from graph_build.readers.popolo_index import INSIDE, Found, text
from graph_build.readers.popolo_kinds import COLLECTIONS, Object, several
from graph_build.readers.web import web_fault
from graph_build.records import Place

_EMPTY: Final[tuple[Any, ...]] = (None, "", [], {})


def beside(piece: Piece, place: Place) -> Iterator[Entry | About | Remark]:
    """Take what the file says of itself; anything else at the top is told of."""
    if piece.path == ("meta",) and isinstance(piece.value, dict):
        yield from _about(piece.value, place)
    elif piece.path and piece.path[0] in COLLECTIONS and len(piece.path) == 2:
        yield left_out(COLLECTIONS[str(piece.path[0])], place, "", "it is no object", locator=piece.pointer)
    elif piece.path and isinstance(piece.path[-1], int):
        yield left_out(
            "object", place, "", "it is no person, organization, post or membership that can be told", "", piece.pointer
        )
    elif piece.value and piece.path != ("@context",):
        yield Remark(
            place,
            Note(
                str(piece.path[-1]) if piece.path else "",
                f"{piece.pointer or 'the file'} is no collection of Popolo and was not read",
            ),
        )


def _about(meta: Object, place: Place) -> Iterator[About | Remark]:
    """Take the sources of the file and its licence, an address or the words that it has."""
    named = list(filter(None, map(_link, [*_items(meta.get("source")), *_items(meta.get("sources"))])))
    address = next((link for link in named if not web_fault(link)), "")
    licence = next(filter(None, (_link(meta.get(name)) for name in ("license", "licence"))), "")
    yield About(description=f"Its sources: {', '.join(named)}" if named else "", url=address, licence=licence)
    used = {"source", "sources", *(name for name in ("license", "licence") if _link(meta.get(name)) == licence)}
    for name, value in meta.items():
        if name not in used and value not in _EMPTY:
            yield Remark(place, Note(name, f'the field "{name}" of meta is not taken over'))


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _link(value: Any) -> str:
    """Return an address or a text, which may be the address or the name of an object."""
    return text(value.get("url")) or text(value.get("name")) if isinstance(value, dict) else text(value)


def not_taken(found: Found) -> Iterator[str]:
    """Name the fields of an object that no record takes over, each once; those inside a list by `list.field`."""
    taken = word_map("popolo")["taken"][found.kind]
    for name, value in found.fields.items():
        if name not in taken and value not in _EMPTY:
            yield name
    yield from (name for name in INSIDE if name in taken and any(map(_is_nothing, several(found.fields.get(name)))))
    lists = word_map("popolo")["inner"]
    for name in (name for name in lists if name in taken):
        yield from dict.fromkeys(
            lost for item in several(found.fields.get(name)) for lost in _lost(name, item, lists[name])
        )


def _is_nothing(item: Any) -> bool:
    """Say whether an item of a list of objects is neither one nor the id of one."""
    return not isinstance(item, dict) and not text(item) and item not in _EMPTY


def _lost(name: str, item: Any, taken: list[str]) -> Iterator[str]:
    """Name what an item of a list has that is not taken over; the item itself if nothing of it is."""
    if name == "sources" and (address := _address(item)) is not None and web_fault(address):
        yield "sources.url" if isinstance(item, dict) else name
    if not isinstance(item, dict):
        if name not in ("sources", "other_label"):  # which may be texts
            yield name
        return
    if name == "identifiers" and not all(text(item.get(part)) for part in taken):
        yield "identifiers.identifier"
    yield from (f"{name}.{part}" for part, value in item.items() if part not in taken and value not in _EMPTY)


def _address(item: Any) -> str | None:
    """Return what should be the address of a source; an object may have none, and then nothing is lost but its other fields."""
    value = item.get("url") if isinstance(item, dict) else item
    return None if value in _EMPTY else text(value)
