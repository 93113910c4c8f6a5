"""LittleSis: entities and relationships as its interface and its bulk files give them, and the maps of Oligrapher.

An end date that is not told of something that is over is not made up: such a relationship is a draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graph_build.readers.drawings import Drawn, Edge, Node, drawn_entries
from graph_build.readers.entries import About, Entry, Note, Opened, Remark, left_out
from graph_build.readers.head import Head, head
from graph_build.readers.json_stream import Piece, pieces, rows
from graph_build.readers.littlesis_map import is_map, map_items, values
from graph_build.readers.maps import word_map
from graph_build.readers.web import web_fault
from graph_build.readers.words import shown
from graph_build.records import Place

_MARKS = {"primary_ext", "entity1_id", "category_id"}


def recognise(head: Head) -> bool:
    """Say whether a file holds entities or relationships of LittleSis, or a map of Oligrapher."""
    return is_map(head) or bool({path.rpartition(".")[2] for path in head.json_paths} & _MARKS)


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every entity, relationship, node and edge as an entry."""
    about = dict[str, str]()  # said by any of the files
    yield from drawn_entries(source, lambda file: _read(file, len(source.files), about))


def _read(file: Path, number: int, about: dict[str, str]) -> Iterator[Drawn]:
    start = head(file)
    if is_map(start):
        yield from map_items(file)
        return
    several = any(path.startswith("data.[]") for path in start.json_paths)
    for piece in pieces(file, lambda path: rows(path) and (path != ("data",) or several)):
        place = Place(str(file), piece.line)
        if piece.path[:1] == ("meta",):
            yield from _meta(piece, place, number, about)
        elif isinstance(piece.value, dict):
            yield _object(piece, place)
        elif piece.path and piece.path[0] != "links":
            yield Remark(place, Note(str(piece.path[-1]), f'"{piece.pointer}" was not read'))
    if about:
        yield About("LittleSis", about.get("copyright", ""), "LittleSis", licence=about.get("license", ""))


def _meta(piece: Piece, place: Place, number: int, about: dict[str, str]) -> Iterator[Drawn]:
    """Take licence and copyright; tell of what is not known, and where a list has more pages than there are files."""
    name, value = str(piece.path[-1]), piece.value
    text = "; ".join(values(value))
    if name in ("license", "copyright"):
        about |= {name: text} if text else {}
    elif name == "pageCount" and isinstance(value, int) and value > number:
        yield Remark(
            place, Note("pageCount", f"the list has {value:,} pages, and each is a file of its own", "get all")
        )
    elif text and name not in word_map("littlesis")["handled"]["meta"]:
        yield Remark(place, Note(name, f'"{piece.pointer}" was not read'))


def _object(piece: Piece, place: Place) -> Drawn:
    inner = piece.value.get("attributes")
    fields = inner if isinstance(inner, dict) else piece.value
    fields = {"id": piece.value.get("id"), **fields}
    if "entity1_id" in fields or "entity2_id" in fields:
        return _relationship(fields, piece, place)
    if "primary_ext" in fields or "name" in fields:
        links = piece.value.get("links")
        return _entity(fields, _text(links, "self") if isinstance(links, dict) else "", piece, place)
    return left_out("object", place, "", "it is neither an entity nor a relationship", locator=piece.pointer)


def _text(fields: Mapping[str, Any], name: str) -> str:
    return next(iter(values(fields.get(name))), "")


def _entity(fields: Mapping[str, Any], address: str, piece: Piece, place: Place) -> Drawn:
    key, label = _text(fields, "id"), _text(fields, "name")
    if not key or not label:
        missing = "id" if not key else "name"
        return left_out("entity", place, missing, f"it has no {missing}", locator=piece.pointer)
    known = word_map("littlesis")["types"]
    words = [word for word in values(fields.get("types")) if word.lower() != "organization"]
    told = _text(fields, "primary_ext")
    sort = known.get(told.lower(), "")
    message = f'"{shown(told)}" is neither a person nor an organisation'
    notes = (Note("primary_ext", message, "write Person or Org"),) if told and not sort else ()
    narrower = [known[word.lower()] for word in words if known.get(word.lower())]
    is_person = sort == "person"
    dates = ("birth date", "date of birth") if is_person else ("founded", "dissolved")
    said = {
        "types": tuple(narrower) if not is_person else (),
        "aliases": tuple(values(fields.get("aliases"))),
        "description": tuple(filter(None, (_text(fields, "blurb"), _text(fields, "summary")))),
        "website": tuple(values(fields.get("website"))),
        "tags": tuple(word for word in words if is_person or not known.get(word.lower())),
        "same as": (address,) if address and not web_fault(address) else (),
        dates[0]: tuple(values(fields.get("start_date"))),
        dates[1]: tuple(values(fields.get("end_date"))),
        **_others(fields, "entity"),
    }
    type = "" if narrower and not is_person else sort
    register, whole = (f"littlesis:{key}",), _text(fields, "parent_id")
    return Node(
        "entity", key, place, piece.pointer, label, said, type=type, identifiers=register, part_of=whole, notes=notes
    )


def _others(fields: Mapping[str, Any], sort: str) -> dict[str, tuple[str, ...]]:
    handled = word_map("littlesis")["handled"]
    known = (*handled[sort], *handled["administrative"])
    return {name: tuple(values(value)) for name, value in fields.items() if name not in known}


def _relationship(fields: Mapping[str, Any], piece: Piece, place: Place) -> Drawn:
    category, more = _text(fields, "category_id"), fields.get("category_attributes")
    more = more if isinstance(more, dict) else {}
    told = word_map("littlesis")["categories"].get(category, {})
    notes = []
    if not told:
        notes.append(Note("category_id", f'"{category}" is no category that is known, so the kind is "other"'))
    if category == "1":
        position = word_map("littlesis")["position"]
        told = next((position[name] for name in position if more.get(name) is True), told)
    first, second = _text(fields, "description1"), _text(fields, "description2")
    remarks = [_text(fields, "description")]
    is_over = _text(fields, "is_current") == "false" and not _text(fields, "end_date")
    status = "draft" if is_over else told.get("status", "")
    if is_over:
        remarks.append("over, and since when is not told")
        notes.append(Note("is_current", "it is over and has no end date, so the relation is a draft", "add the date"))
    said = {
        "kind": (told["kind"],) if "kind" in told else (),
        "phrase": (told.get("phrase") or first or _text(fields, "category_name"),),
        "function": tuple(told.get("function", ())),
        "role": (first,) if category in ("1", "3") else (),
        "status": (status,),
        "start": tuple(values(fields.get("start_date"))),
        "end": tuple(values(fields.get("end_date"))),
        "amount": tuple(values(fields.get("amount"))),
        "currency": tuple(values(fields.get("currency"))),
        "of the first": (first,) if category not in ("1", "3") else (),
        "of the second": (second,) if second != first or category in ("1", "3") else (),
        **_others(fields, "relationship"),
        **{name: tuple(values(value)) for name, value in more.items() if value is not False},
    }
    key, target = _text(fields, "id"), _text(fields, "entity2_id")
    ends = (_text(fields, "entity1_id"), (target,) if target else ())
    return Edge("relationship", key, place, piece.pointer, *ends, fields=said, remarks=tuple(filter(None, remarks)), notes=tuple(notes))  # fmt: skip
