"""Popolo JSON: persons, organisations, memberships, posts, areas and events; in collections, in one another, in several files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graph_build.readers.entries import About, Entry, Note, Opened, Remark, cited, left_out
from graph_build.readers.head import Head
from graph_build.readers.json_stream import Piece
from graph_build.readers.maps import word_map
from graph_build.readers.popolo_index import ENVELOPES, LISTS, Found, Index, identifiers, named, objects, text
from graph_build.readers.popolo_kinds import COLLECTIONS, MEMBER, Object, known_type, several
from graph_build.readers.popolo_told import beside, not_taken
from graph_build.readers.web import web_fault
from graph_build.records import Actor, Place, Record, Relation, Thing

_INNER = {"memberships", "identifiers", "contact_details", "other_names", "posts"}


def recognise(head: Head) -> bool:
    """Say whether a file is Popolo: one of its collections at the top, or a single object with fields of its own."""
    tops = {path.split(".")[0] for path in head.json_paths}
    if {"persons", "organizations", "memberships"} & tops or {"people", "organizations"} <= tops:
        return True
    if "@graph" in tops:  # JSON-LD of Popolo needs no context: its words are those of the specification
        return "popoloproject.com/contexts" in head.text
    inner = [path.split(".") for path in head.json_paths]
    fields = {parts[2] if parts[0] in ENVELOPES and len(parts) > 2 else parts[0] for parts in inner}
    fields |= {parts[1] for parts in inner if parts[0] == "[]" and len(parts) > 1}
    if "name" in fields and _INNER & fields and not {"schema", "properties"} & fields:
        return True
    if {"id", "label"} <= fields and {"organization_id", "organization"} & fields:
        return True
    return bool({"person_id", "person"} & fields and {"organization_id", "organization", "post_id"} & fields)


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every object of the files as an entry: two passes, for a membership names what may stand below it."""
    single = {file: _is_single(file) for file in source.files}
    index = _noted(source, single)
    passed: Counter[tuple[str, str]] = Counter()
    for file in source.files:
        for found in objects(file, single[file]):
            if isinstance(found, Piece):
                yield from beside(found, Place(str(file), found.line))
            else:
                whole = index.settled(found)
                yield _entry_of(whole, index)
                passed.update((whole.kind, name) for name in not_taken(whole))
    for (kind, name), number in sorted(passed.items()):
        message = f'the field "{name}" of {kind} is not taken over: {number:,} have it'
        yield Remark(Place(str(source.files[0]), 0), Note(name, message))


def _noted(source: Opened, single: Mapping[Path, bool]) -> Index:
    """Note every object; members that do not say what they are in a pass of their own, when all else is noted."""
    index, waiting = Index(source), False
    for file in source.files:
        for found in objects(file, single[file]):
            if isinstance(found, Found) and found.kind == MEMBER:
                index.hint(found)
                waiting = True
            elif isinstance(found, Found):
                index.add(found)
    for file in source.files if waiting else ():
        for found in objects(file, single[file]):
            if isinstance(found, Found) and found.kind == MEMBER:
                index.add(index.settled(found))
    index.finish()
    return index


def _entry_of(found: Found, index: Index) -> Entry:
    """Make an entry of an object; one that says no more than which it is, is joined with what is said of it elsewhere."""
    if _text(found, "redirect"):
        return _moved(found)
    if index.is_stub(found):
        return _entry(found, within=True)
    return _ENTRIES[found.kind](found, index)


def _moved(found: Found) -> Entry:
    """Tell of an object that is now another, of which all is said there."""
    note = Note("redirect", f'it says no more than that it is "{_text(found, "redirect")}" now')
    return _entry(found, notes=(note,), within=True)


def _is_single(file: Any) -> bool:
    from graph_build.readers.head import head

    tops = {path.split(".")[0] for path in head(file).json_paths}
    return (
        bool(tops)
        and not tops & set(COLLECTIONS) - {"memberships", "posts"}
        and bool(tops & {"id", "name", "person_id"})
    )


def _place(found: Found) -> Place:
    return Place(str(found.file), found.line)


def _text(found: Found, name: str) -> str:
    return text(found.fields.get(name))


def _entry(found: Found, *records: Record, notes: tuple[Note, ...] = (), within: bool = False) -> Entry:
    odd = [name for name in LISTS if found.fields.get(name) and not isinstance(found.fields[name], list)]
    told = (*notes, *(Note(name, "it is no list, and was left out", "put it into a list") for name in odd))
    return Entry(found.kind, _place(found), records, told, found.pointer, within)


def _nameless(found: Found) -> Entry:
    return left_out(found.kind, _place(found), "name", "it has no name", "give it one", found.pointer)


def _name(found: Found, index: Index) -> str:
    """Return the name that an object gives, or has where it is spoken of elsewhere."""
    return named(found) or index.names.get(index.id(found), "")


def _names(fields: Object, name: str) -> dict[str, Any]:
    """Return the labels: English where a name is said to be so, else the name as it is, for nothing here translates."""
    others = [item for item in several(fields.get("other_names")) if isinstance(item, dict) and text(item.get("name"))]
    told = [(text(item["name"]), text(item.get("lang"))) for item in others]
    english = next((label for label, language in told if language == "en"), "") or name
    ukrainian = next((label for label, language in told if language == "uk"), "")
    rest = [
        f"{label}@{language}" if language else label
        for label, language in told
        if label != name or language not in ("", "en")
    ]
    taken = {f"{english}@en", f"{ukrainian}@uk"}
    return {
        "label_en": english,
        "label_uk": ukrainian,
        "label_native": name if name != english else "",
        "alt_labels": tuple(label for label in rest if label not in taken),
    }


def _register(fields: Object) -> dict[str, Any]:
    """Return the identifiers: those that are addresses of the same actor elsewhere, and the others by scheme."""
    same, others = [], []
    for scheme, value in identifiers(fields):
        pattern = word_map("popolo")["same_as"].get(scheme)
        if pattern and (value[:1] == "Q" or pattern != "{}"):
            same.append(pattern.replace("{}", value))
        else:
            others.append(f"{scheme}:{value}")
    return {"exact_match": tuple(same), "identifiers": tuple(others)}


def _person(found: Found, index: Index) -> Entry:
    name = _name(found, index)
    if not name:
        return _nameless(found)
    note = "; ".join(_addresses(found.fields))
    return _entry(found, Actor(index.id(found), ("person",), **_names(found.fields, name), **_register(found.fields), note=note, place=_place(found)))  # fmt: skip


def _organization(found: Found, index: Index) -> Entry:
    name, sort = _name(found, index), _text(found, "classification") or _text(found, "type")
    if not name:
        return _nameless(found)
    known = known_type(found.fields)
    # What says no more than that it is a body, is what it is said to be elsewhere.
    kind = known if known not in ("", "organisation") else index.sorts.get(index.id(found), "organisation")
    unknown = Note("classification", f'"{sort}" is no classification that is known, so the type is "{kind}"')
    notes = (unknown,) if sort and not known else ()
    remarks = [_text(found, "description"), _text(found, "abstract")]
    remarks += [f"classification: {sort}" if sort and known in ("", "organisation") else ""]
    other = _text(found, "type")
    remarks += [f"type: {other}" if other not in ("", sort) else ""]
    remarks += [f"seats: {_text(found, 'seats')}" if _text(found, "seats") else "", *_addresses(found.fields)]
    area = _where(found, index)
    actor = Actor(
        index.id(found),
        (kind,),
        **_names(found.fields, name),
        **_register(found.fields),
        founded=_text(found, "founding_date"),
        dissolved=_text(found, "dissolution_date"),
        note="; ".join(filter(None, [*remarks, f"area: {area}" if area else ""])),
        place=_place(found),
    )
    return _entry(found, actor, *_part_of(found, index, "parent"), notes=notes)


def _part_of(found: Found, index: Index, name: str) -> Iterator[Relation]:
    whole = index.reference(found, name)
    if whole:
        part = index.id(found)
        yield _relation(f"{part}-part-of", part, "composition", whole, found, function=("part",))


def _relation(name: str, actor: str, kind: str, target: str, found: Found, **more: Any) -> Relation:
    """A claim of the file about named bodies: it says that it is so, and nobody of us has looked further."""
    return Relation(name, actor, kind, target, "actual", verified="secondary", place=_place(found), **more)


def _post(found: Found, index: Index) -> Entry:
    label = _name(found, index)
    if not label:
        return left_out("post", _place(found), "label", "it has neither label nor role", locator=found.pointer)
    role, given = _text(found, "role"), found.fields.get("other_label")
    others = [item.get("name") if isinstance(item, dict) else item for item in several(given) or [given]]
    remarks = [f"role: {role}" if role not in ("", label) else ""]
    area = _where(found, index)
    actor = Actor(
        index.id(found),
        ("post",),
        label,
        alt_labels=tuple(filter(None, map(text, others))),
        founded=_text(found, "start_date"),
        dissolved=_text(found, "end_date"),
        note="; ".join(filter(None, [*remarks, f"area: {area}" if area else "", *_addresses(found.fields)])),
        place=_place(found),
    )
    return _entry(found, actor, *_part_of(found, index, "organization"))


def _where(found: Found, index: Index) -> str:
    """Return the area of a body or post in words; of one that is not in the file, what it is called there."""
    area = index.reference(found, "area")
    return index.called(area) or _text(found, "area_id") or _text(found, "area")


def _area(found: Found, index: Index) -> Entry:
    if index.id(found) in index.areas:
        return _entry(found, within=True)
    return left_out("area", _place(found), "", "nothing in the file stands in this area", locator=found.pointer)


def _event(found: Found, index: Index) -> Entry:
    name = _name(found, index)
    if not name:
        return _nameless(found)
    body = index.reference(found, "organization")
    span = f"{_text(found, 'start_date')}/{_text(found, 'end_date')}".strip("/") and (
        f"{_text(found, 'start_date') or '..'}/{_text(found, 'end_date') or '..'}"
    )
    remarks = [
        _text(found, "classification"),
        f"of {index.names.get(body, body)}" if body else "",
        span,
        _text(found, "description"),
    ]
    return _entry(
        found, Thing(index.id(found), "event", name, note="; ".join(filter(None, remarks)), place=_place(found))
    )


def _membership(found: Found, index: Index) -> Entry:
    member = index.reference(found, "person") or index.reference(found, "member")
    body, post = index.reference(found, "organization"), index.reference(found, "post")
    party = index.reference(found, "on_behalf_of")
    if not member or not (body or post or party):
        missing = "member" if not member else "organization"
        return left_out("membership", _place(found), missing, f"it names no {missing}", "add it", found.pointer)
    scope, named, notes = _scope(found, index)
    said = {name: _text(found, name) for name in ("start_date", "end_date", "role", "label", "end_reason")}
    raw = _text(found, "id")
    parts = (member, body, post, party, *said.values(), named)
    name = index.source.id("membership", raw) if raw else index.source.id("membership", "of", *parts)
    when = {"start": said["start_date"], "end": said["end_date"], "scope": scope}
    remarks = [said["label"], f"ended by: {said['end_reason']}" if said["end_reason"] else "", *_words(found.fields)]
    when["note"] = "; ".join(filter(None, remarks))
    made = (
        [_relation(name, member, "membership", body, found, role=said["role"] or index.names.get(post, ""), **when)]
        if body
        else []
    )
    if post:
        made.append(
            _relation(
                f"{name}-post", member, "membership", post, found, phrase="holds the post of", role=said["role"], **when
            )
        )
    if party:
        phrase = "sits on behalf of" if body else "acts on behalf of"
        made.append(_relation(f"{name}-for", member, "representation", party, found, phrase=phrase, **when))
    pages = [
        record
        for relation in made
        for link in _links(found.fields)
        for record in cited(index.source, relation.id, link)
    ]
    return _entry(found, *made, *pages, notes=notes)


def _scope(found: Found, index: Index) -> tuple[str, str, tuple[Note, ...]]:
    """Return area and legislative period as the limits of a membership: in words, and by name alone, which keeps ids short."""
    words, names, notes = [], [], []
    for name in ("area", "legislative_period"):
        what = index.reference(found, name)
        raw = _text(found, f"{name}_id") or _text(found, name)
        words.append(index.called(what) or raw)
        names.append(index.names.get(what, raw))
        if what and what not in index.names:
            notes.append(Note(name, f'it names the {name.replace("_", " ")} "{raw}", which is not in the file'))
    return "; ".join(filter(None, words)), "; ".join(filter(None, names)), tuple(notes)


def _links(fields: Object) -> list[str]:
    """Return the web addresses among the sources."""
    given = [item.get("url") if isinstance(item, dict) else item for item in several(fields.get("sources"))]
    return [link for link in dict.fromkeys(map(text, [*given, fields.get("source")])) if link and not web_fault(link)]


def _words(fields: Object) -> list[str]:
    """Return the sources that are no addresses."""
    said = text(fields.get("source"))
    return [f"source: {said}"] if said and web_fault(said) else []


def _addresses(fields: Object) -> list[str]:
    return [f"source: {link}" for link in _links(fields)]


_ENTRIES = {
    "person": _person,
    "organization": _organization,
    "membership": _membership,
    "post": _post,
    "area": _area,
    "event": _event,
}
