"""Country profiles of the World Factbook as JSON: who the forces, the parliament and the highest courts are, and what a state takes part in.

The profiles are texts. What is listed as part of a body is taken as a draft, for only signs in a text say so; a sentence is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from graph_build.readers.entries import About, Entry, Note, Opened, Remark, left_out
from graph_build.readers.factbook_text import Named, blocks, groups, is_sentence, named, parted
from graph_build.readers.head import Head
from graph_build.readers.json_stream import Piece, pieces
from graph_build.readers.maps import word_map
from graph_build.readers.tabular_values import as_country
from graph_build.readers.words import shown
from graph_build.records import Actor, Place, Record, Relation

_SECTIONS: Final = frozenset({"Introduction", "Geography", "People and Society", "Government"})


def recognise(head: Head) -> bool:
    """Say whether a file is a profile: by the names of its sections."""
    return len({path for path in head.json_paths if "." not in path} & _SECTIONS) > 2


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give the bodies that each profile names, and tell of the sections that are not taken over."""
    passed: Counter[str] = Counter()
    for file in source.files:
        fields = {str(piece.path[-1]): piece for piece in pieces(file) if len(piece.path) == 2}
        taken = word_map("factbook")["fields"]
        passed.update(str(piece.path[0]) for name, piece in fields.items() if name not in taken)
        yield from _Profile(source, file, fields).entries()
    for section, number in sorted(passed.items()):
        message = f'the section "{shown(section)}" is not taken over: {number:,} fields'
        yield Remark(Place(str(source.files[0]), 0), Note(section, message))


class _Profile:
    """One country, and its fields by their names."""

    def __init__(self, source: Opened, file: Path, fields: Mapping[str, Piece]) -> None:
        self.source, self.file, self.fields = source, file, fields
        names = self._value("Country name")
        told = [_text(names.get(f"conventional {form} form")) for form in ("short", "long")]
        stated = next((name for name in told if name and name.lower() != "none"), "")
        self.name = stated.partition("(")[0].strip()
        code = as_country(self.name)
        self.country = code if len(code) == 2 and code.isascii() else ""
        self.state = source.id("state", self.name or file.name)

    def entries(self) -> Iterator[Entry]:
        """Give the state, its forces, its parliament, its courts, and what it takes part in."""
        if not self.name:
            yield left_out("country", self._place("Country name"), "Country name", "the profile names no country")
            return
        state = Actor(self.state, ("state",), self.name, country=self.country, place=self._place("Country name"))
        yield Entry("country", self._place("Country name"), (state,), locator="/Government/Country name")
        yield from self._forces()
        yield from self._parliament()
        yield from self._courts()
        yield from self._participation()

    def _value(self, field: str) -> Mapping[str, Any]:
        value = self.fields[field].value if field in self.fields else None
        return value if isinstance(value, dict) else {}

    def _place(self, field: str) -> Place:
        return Place(str(self.file), self.fields[field].line if field in self.fields else 1)

    def _body(self, what: str, text: str, type: str, field: str) -> Actor | Entry:
        """Return a body that a text names, or the entry that leaves it out."""
        found = named(text)
        if found is None:
            return self._left(what, text, field)
        note = f"in the profile: {text}" if found.beside else ""
        return Actor(self._id(found), (type,), found.name, country=self.country, note=note, place=self._place(field))

    def _id(self, body: Named) -> str:
        return self.source.id("body", self.name, body.name)

    def _forces(self) -> Iterator[Entry]:
        for field in word_map("factbook")["forces"]["fields"]:
            for head, parts in groups(_text(self.fields[field].value) if field in self.fields else ""):
                is_ministry = head.split()[0] in word_map("factbook")["ministries"]["words"]
                body = self._body("force", head, "ministry" if is_ministry else "security-agency", field)
                yield body if isinstance(body, Entry) else self._entry("force", field, body)
                is_list = not any(map(is_sentence, parts))
                for text in parts:
                    yield self._listed(text, field, named(head)) if is_list else self._left("force", text, field)

    def _listed(self, text: str, field: str, head: Named | None) -> Entry:
        body = self._body("force", text, "security-agency", field)
        if isinstance(body, Entry):
            return body
        part = [self._part(body, self._id(head), field, "draft")] if head else []
        return self._entry("force", field, body, *part)

    def _entry(self, what: str, field: str, *records: Record) -> Entry:
        return Entry(what, self._place(field), records, locator=self.fields[field].pointer)

    def _left(self, what: str, text: str, field: str) -> Entry:
        message = f'"{shown(text)}" is no name that can be told from the text'
        return left_out(what, self._place(field), field, message, "add it by hand", self.fields[field].pointer)

    def _part(self, body: Actor, whole: str, field: str, status: Any) -> Relation:
        return Relation(
            f"{body.id}-part-of",
            body.id,
            "composition",
            whole,
            "actual",
            function=("part",),
            status=status,
            verified="secondary",
            place=self._place(field),
        )

    def _parliament(self) -> Iterator[Entry]:
        whole = ""
        for field in word_map("factbook")["parliament"]["fields"]:
            text = _text(self._value(field).get("legislature name")) or _text(self._value(field).get("chamber name"))
            if not text:
                continue
            body = self._body("parliament", " ".join(blocks(text)), "parliament", field)
            if isinstance(body, Entry):
                yield body
                continue
            part = (self._part(body, whole, field, "accepted"),) if whole and whole != body.id else ()
            whole = whole or body.id
            yield self._entry("parliament", field, body, *part)

    def _courts(self) -> Iterator[Entry]:
        field = "Judicial branch"
        for text in parted(" ".join(blocks(_text(self._value(field).get("highest court(s)")))), ";"):
            body = self._body("court", text, "court", field)
            yield body if isinstance(body, Entry) else self._entry("court", field, body)

    def _participation(self) -> Iterator[Entry]:
        field = "International organization participation"
        for text in parted(" ".join(blocks(_text(self._value(field)))), ","):
            found = named(text)
            if found is None:
                yield self._left("participation", text, field)
                continue
            other = self.source.id("organisation", found.name)
            # What stands in parentheses is how a state takes part that is no full member.
            facts = (
                {"kind": "other", "phrase": "takes part in", "role": found.beside}
                if found.beside
                else {"kind": "membership"}
            )
            made = Relation(
                self.source.id("participation", self.name, found.name),
                self.state,
                target=other,
                modality="actual",
                verified="secondary",
                place=self._place(field),
                **facts,  # type: ignore[arg-type]
            )
            body = Actor(other, ("international-organisation",), found.name, place=self._place(field))
            yield self._entry("participation", field, made, body)


def _text(value: Any) -> str:
    """Return the text of a field, which newer profiles hold in an object."""
    inner = value.get("text") if isinstance(value, dict) else value
    return inner if isinstance(inner, str) else ""
