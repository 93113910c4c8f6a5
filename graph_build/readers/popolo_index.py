"""Popolo files taken apart: every object, also those inside others, and the one id of each over all the files of a source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from graph_build.readers.entries import Opened, slug
from graph_build.readers.json_stream import Piece, pieces
from graph_build.readers.maps import word_map
from graph_build.readers.popolo_dialects import is_lines, line_pieces, plain
from graph_build.readers.popolo_kinds import (
    COLLECTIONS,
    MEMBER,
    Object,
    kind_of_member,
    kind_of_single,
    known_type,
    member_told,
    several,
)

REFERENCES: Final = {
    "person": "person",
    "member": MEMBER,
    "organization": "organization",
    "on_behalf_of": "organization",
    "parent": "",
    "post": "post",
    "area": "area",
    "legislative_period": "event",
}
"""The fields that name another object, by `X_id` or as an object in `X`, and what that is; a parent is of the same kind."""
ENVELOPES: Final = frozenset({"@graph", "_items", "items", "objects", "result", "results"})
"""Keys under which programs that serve Popolo give a list of objects of one kind, or of several."""
_INSIDE: Final = {
    "memberships": "membership",
    "posts": "post",
    "children": "organization",
    "legislative_periods": "event",
}
INSIDE: Final = tuple(_INSIDE)
_CALLED: Final = {"post": ("label", "role", "name"), "area": ("name", "label")}
"""The fields by which objects are called, where that is not the name alone."""
LISTS: Final = ("other_names", "identifiers", "sources", *INSIDE)
"""The fields of which there may be several."""
_HOLDER: Final = {
    ("person", "membership"): "person_id",
    ("organization", "membership"): "organization_id",
    ("post", "membership"): "post_id",
    ("organization", "post"): "organization_id",
    ("organization", "organization"): "parent_id",
    ("organization", "event"): "organization_id",
}
"""What an object inside another leaves unsaid: the field that would name its holder."""


@dataclass(frozen=True, slots=True)
class Found:
    """An object of a file: what it is, its fields, where it stands, and the object that it stands in."""

    kind: str
    fields: Object
    file: Path
    line: int
    pointer: str
    implied: tuple[str, str] = ("", "")


def objects(file: Path, single: bool) -> Iterator[Found | Piece]:
    """Give every object of a file, holders before what they hold; what is none, such as `meta`, as the piece that it is."""
    apart = (lambda path: False) if single else _apart
    for piece in line_pieces(file) if is_lines(file) else pieces(file, apart):
        kind = _kind(piece)
        if kind:
            yield from _with_inner(Found(kind, plain(piece.value), file, piece.line, piece.pointer))
        elif single and isinstance(piece.value, dict) and kind_of_single(piece.value):
            yield from _with_inner(
                Found(kind_of_single(piece.value), plain(piece.value), file, piece.line, piece.pointer)
            )
        else:
            yield piece


def _apart(path: tuple[str | int, ...]) -> bool:
    return not path or (len(path) == 1 and (path[0] in COLLECTIONS or path[0] in ENVELOPES))


def _kind(piece: Piece) -> str:
    if not isinstance(piece.value, dict):
        return ""
    if len(piece.path) == 2 and piece.path[0] not in ENVELOPES:
        return COLLECTIONS.get(str(piece.path[0]), "")
    listed = piece.path and isinstance(piece.path[-1], int)
    return kind_of_single(piece.value) if listed else ""


def _with_inner(found: Found) -> Iterator[Found]:
    yield found
    raw = plain_id(found.fields)
    holding = kind_of_single(found.fields) if found.kind == MEMBER else found.kind
    for name, kind in _INSIDE.items():
        for number, item in enumerate(several(found.fields.get(name))):
            holder = _HOLDER.get((holding, kind), "")
            pointer = f"{found.pointer}/{name}/{number}"
            item = {"id": item} if text(item) else item
            if isinstance(item, dict) and holder:
                implied = (holder, raw or found.pointer)
                yield from _with_inner(Found(kind, plain(item), found.file, found.line, pointer, implied))
    for name, kind in REFERENCES.items():
        item = found.fields.get(name)
        if isinstance(item, dict):
            sort = kind_of_member(item) if kind == MEMBER else kind or (holding or found.kind)
            yield from _with_inner(Found(sort, plain(item), found.file, found.line, f"{found.pointer}/{name}"))


def plain_id(fields: Object) -> str:
    """Return the id as the file gives it, a number too; without one, nothing."""
    return text(fields.get("id")) or text(fields.get("_id"))


def named(found: Found) -> str:
    """Return what an object is called: a post may have no more than a role."""
    names = _CALLED.get(found.kind, ("name",))
    return next(filter(None, (text(found.fields.get(name)) for name in names)), "")


def text(value: Any) -> str:
    """Return a text or a number as text; anything else is nothing."""
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def identifiers(fields: Object) -> list[tuple[str, str]]:
    """Return scheme and identifier of each that has both."""
    found = [item for item in several(fields.get("identifiers")) if isinstance(item, dict)]
    pairs = [(text(item.get("scheme")), text(item.get("identifier"))) for item in found]
    return [pair for pair in pairs if all(pair)]


def _is_id_alone(found: Found) -> bool:
    said = {name for name, value in found.fields.items() if value not in (None, "", [], {})}
    return bool(plain_id(found.fields)) and said <= {"id", "@type", "@context"}


@dataclass(slots=True)
class Index:
    """The id of each object, and the names of those that others mention.

    Ids hold within a file. In another file the same id is the same object only if its name or an identifier agrees; objects
    that share an identifier (but for a publisher's own numbering) are one, whatever their ids.
    """

    source: Opened
    ids: dict[tuple[Path, str, str], str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    areas: set[str] = field(default_factory=set)
    sorts: dict[str, str] = field(default_factory=dict)
    """The type of each body that is anywhere classified as more than some organisation."""
    _holders: dict[str, dict[str, str]] = field(default_factory=dict)
    """For each membership whose holders give no more than its id: the ids of these, by the field that would name them."""
    _whole: set[str] = field(default_factory=set)
    """The memberships that are anywhere told of by more than their id."""
    _first: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    _words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _above: dict[str, tuple[Path, str]] = field(default_factory=dict)
    _hints: dict[tuple[Path, str], str] = field(default_factory=dict)
    _shared: dict[tuple[str, str, str], tuple[Path, str]] = field(default_factory=dict)

    def hint(self, found: Found) -> None:
        """Note what the fields of a member tell of it, for where it is named again with fewer."""
        if kind := member_told(found.fields):
            self._hints.setdefault((found.file, plain_id(found.fields) or found.pointer), kind)

    def settled(self, found: Found) -> Found:
        """Return an object with its kind, now that all is noted that may tell whether a member is a person."""
        return replace(found, kind=self._member(found)) if found.kind == MEMBER else found

    def _member(self, found: Found) -> str:
        """What it says itself to be; else what its id is in the file, what its fields tell, what its id is in other files."""
        said, raw = kind_of_member(found.fields), plain_id(found.fields) or found.pointer
        if said != MEMBER:
            return said
        kinds = ("person", "organization")
        here = [kind for kind in kinds if (found.file, kind, raw) in self.ids]
        if len(here) == 1:
            return here[0]
        told = member_told(found.fields) or self._hints.get((found.file, raw), "")
        elsewhere = [kind for kind in kinds if plain_id(found.fields) and (kind, raw) in self._first]
        return told or (elsewhere[0] if elsewhere else "person")

    def add(self, found: Found) -> None:
        """Note an object, before any is encoded."""
        raw = plain_id(found.fields) or found.pointer
        name = named(found)
        key = (found.file, found.kind, raw)
        if other := text(found.fields.get("redirect")):
            self.ids[key] = self._known(found.file, found.kind, other)
            return
        record = self.ids.get(key) or self._elsewhere(found, raw, name) or self._new(found, raw, name)
        self.ids[key] = record
        if self._first.get((found.kind, raw)) == (record, ""):
            self._first[found.kind, raw] = (record, name)  # it was no more than named before
        if found.kind == "membership":
            self._add_membership(found, record)
        if found.kind == "organization" and (sort := known_type(found.fields)) not in ("", "organisation"):
            self.sorts.setdefault(record, sort)
        if found.kind != "membership" and name:
            self.names.setdefault(record, name)
        for pair in identifiers(found.fields):
            self._shared.setdefault((found.kind, *pair), (found.file, record))
        if found.kind == "area":
            self._add_area(found, record)
        if area := self.reference(found, "area"):
            self.areas.add(area)
        if found.kind == "area" and found.pointer.endswith("/area"):
            self.areas.add(record)  # it stands in what lies in it

    def _add_membership(self, found: Found, record: str) -> None:
        name, raw = found.implied
        if not _is_id_alone(found):
            self._whole.add(record)
        elif name:
            kind = REFERENCES[name.removesuffix("_id")]
            self._holders.setdefault(record, {}).setdefault(name, self._known(found.file, kind, raw))

    def _add_area(self, found: Found, record: str) -> None:
        """Note what an area is called beside its name, and in what it lies."""
        said = (text(found.fields.get(name)) for name in ("classification", "type", "identifier"))
        self._words[record] = tuple(dict.fromkeys((*self._words.get(record, ()), *filter(None, said))))
        whole = found.fields.get("parent")
        inner = (plain_id(whole) or f"{found.pointer}/parent") if isinstance(whole, dict) else ""
        if raw := inner or text(found.fields.get("parent_id")) or text(whole):
            self._above.setdefault(record, (found.file, raw))

    def finish(self) -> None:
        """Let the areas stand in what stands in them, now that all are noted."""
        for area in list(self.areas):
            self.areas.update(self._areas(area))

    def _areas(self, area: str) -> dict[str, str]:
        """Return an area and those that it lies in, the smallest first, each with the id that it is named by."""
        found = {area: ""}
        while area in self._above:
            file, raw = self._above[area]
            area = self._known(file, "area", raw)
            if area in found:
                break
            found[area] = raw
        return found

    def called(self, what: str) -> str:
        """Return the name of what was noted; of an area also its words and what it lies in: `Lviv (oblast, UA-46), West`."""
        if what not in self.names:
            return ""
        names = ((self.names.get(area, raw), self._words.get(area, ())) for area, raw in self._areas(what).items())
        return ", ".join(f"{name} ({', '.join(words)})" if words else name for name, words in names)

    def is_stub(self, found: Found) -> bool:
        """Say whether an object has its id and nothing else of its own, and all is said of it elsewhere."""
        if not _is_id_alone(found):
            return False
        record = self.id(found)
        if found.kind == "membership":
            return record in self._whole
        return not found.implied[0] and record in self.names

    def id(self, found: Found) -> str:
        """Return the id of an object that was noted."""
        return self.ids[found.file, found.kind, plain_id(found.fields) or found.pointer]

    def reference(self, found: Found, name: str) -> str:
        """Return the id of what a field names, whether it is there or not; without the field, nothing."""
        kind = REFERENCES[name] or found.kind
        item = found.fields.get(name)
        if isinstance(item, dict):
            inner = self.settled(Found(kind, plain(item), found.file, found.line, f"{found.pointer}/{name}"))
            return self._known(found.file, inner.kind, plain_id(item) or inner.pointer)
        raw = text(found.fields.get(f"{name}_id")) or text(item)
        if not raw and found.implied[0] == f"{name}_id":
            raw = found.implied[1]
        if not raw and found.kind == "membership" and self._holders:
            return self._holders.get(self.id(found), {}).get(f"{name}_id", "")
        if raw and kind == MEMBER:
            kind = self._member(Found(MEMBER, {"id": raw}, found.file, found.line, ""))
        return self._known(found.file, kind, raw) if raw else ""

    def _known(self, file: Path, kind: str, raw: str) -> str:
        if (file, kind, raw) in self.ids:
            return self.ids[file, kind, raw]
        other = self.ids.get((file, "organization", raw)) if kind == "person" else None
        elsewhere = self._first.get((kind, raw))
        return other or (elsewhere[0] if elsewhere else self.source.id(kind, raw))

    def _elsewhere(self, found: Found, raw: str, name: str) -> str:
        """Return the id of the same object in another file, or of an object without an id."""
        own = word_map("popolo")["own_schemes"]
        for pair in identifiers(found.fields):
            where = self._shared.get((found.kind, *pair))
            if where and pair[0] not in own and (where[0] != found.file or not plain_id(found.fields)):
                return where[1]
        first = self._first.get((found.kind, raw))
        return first[0] if first and (name == first[1] or not (name and first[1])) else ""

    def _new(self, found: Found, raw: str, name: str) -> str:
        if not plain_id(found.fields) and name and found.kind in ("organization", "area", "event"):
            record = self.source.id(found.kind, "named", name)
        elif (found.kind, raw) in self._first or (not plain_id(found.fields) and len(self.source.files) > 1):
            record = self.source.id(found.kind, slug(found.file.name), raw)
        else:
            record = self.source.id(found.kind, raw)
        self._first.setdefault((found.kind, raw), (record, name))
        return record
