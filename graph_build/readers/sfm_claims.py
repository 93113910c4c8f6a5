"""Tables of claims, one assertion a row, of Security Force Monitor's newer model: who asserts what of when, with its citations.

The unit, person or incident that a claim is about has many: what they say of it is gathered before any becomes a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from graph_build.readers.entries import Note
from graph_build.readers.maps import word_map
from graph_build.readers.sfm_book import Book
from graph_build.readers.sfm_incidents import perpetrator
from graph_build.readers.sfm_ranges import when_of
from graph_build.readers.sfm_rows import Claims
from graph_build.readers.sfm_units import under
from graph_build.readers.tabular_values import as_country
from graph_build.readers.words import shown
from graph_build.records import Actor, Record, Relation, Thing

_ABOUT: Final = "about_entity:ref:claim"


def _entity(book: Book, row: Claims) -> Sequence[Record] | Note:
    """Return the unit or person that a claim gives a name."""
    kind = row.sheet.partition("_")[0]
    names = row.several(f"{kind}:names:assertion")
    label = row.text("name:annotation") or next(iter(names), "")
    key = row.text(_ABOUT)
    if not key and not label:
        return Note(_ABOUT, "it says neither whom it is about nor a name", "add it")
    one = book.id(kind, key, label)
    when = when_of(row)
    book.add_lines(one, _of_entity(row))
    label = book.labels.get(one) or label or row.text("about_entity:name:qa") or key
    actor = Actor(
        one,
        ("person",) if kind == "person" else book.types.get(one, ("organisation",)),
        label,
        alt_labels=tuple(name for name in names if name != label),
        country=as_country(row.text("country:annotation")),
        founded=when["start"] if kind == "unit" else "",
        dissolved=when["end"] if kind == "unit" else "",
        note=book.note(one),
        place=row.place,
    )
    return [actor]


def _of_entity(row: Claims) -> Iterator[str]:
    yield row.said("unit:classifications:assertion", "classification")
    told = (when_of(row)["note"], _sources(row))
    yield ", ".join(filter(None, told))


def _sources(row: Claims) -> str:
    pages = row.several("citation:refs:claim")
    return f"source: {', '.join(pages)}" if pages else ""


def _end(book: Book, row: Claims, kind: str, stem: str) -> tuple[str, tuple[Record, ...]] | Note:
    """Return the id of one end of a claim, and its record where the file has none of its own."""
    key, name = row.text(f"{stem}:refs:assertion"), row.text(f"{stem}:names:qa")
    if not key and not name:
        return Note(stem, f"it names no {kind}", "add its id")
    one = book.named(kind, key, name)
    if isinstance(one, Note):
        return one
    sort = ("person",) if kind == "person" else ("organisation",)
    return one, () if one in book.known else (Actor(one, sort, name or key, place=row.place),)


def _between(book: Book, row: Claims, first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str, list[Record]] | Note:  # fmt: skip
    ends = [_end(book, row, *first), _end(book, row, *second)]
    faulty = next((end for end in ends if isinstance(end, Note)), None)
    if faulty:
        return faulty
    known = [end for end in ends if not isinstance(end, Note)]
    return known[0][0], known[1][0], [record for _, records in known for record in records]


def _cited(book: Book, row: Claims, made: Iterator[Record]) -> Iterator[Record]:
    """Give records with the citations of the claim, which stand in one column whatever it asserts."""
    for record in made:
        yield record
        if isinstance(record, Relation):
            yield from book.cited(row, "citation:refs:claim", record.id)


def _relation(book: Book, row: Claims) -> Sequence[Record] | Note:
    found = _between(book, row, ("unit", "relation:unit"), ("unit", "relation:related_unit"))
    if isinstance(found, Note):
        return found
    one, other, actors = found
    classes = row.several("relation:related_unit_classes:assertion")
    facts = when_of(row)
    facts["note"] = "; ".join(filter(None, (f"class: {', '.join(classes)}" if classes else "", facts["note"])))
    said = row.text("relation:types:assertion").lower()
    return [*_cited(book, row, under(book, row, "relation", (one, other), said, classes, facts)), *actors]


def _posting(book: Book, row: Claims) -> Sequence[Record] | Note:
    found = _between(book, row, ("person", "posting:person"), ("unit", "posting:unit"))
    if isinstance(found, Note):
        return found
    one, unit, actors = found
    facts = when_of(row)
    told = [row.said("posting:titles:assertion", "title"), row.said("posting:ranks:assertion", "rank"), facts["note"]]
    facts |= {"note": "; ".join(filter(None, told)), "role": ", ".join(row.several("posting:roles:assertion"))}
    return [*_cited(book, row, book.stated(row, "posting", one, unit, "membership", facts)), *actors]


def _training(book: Book, row: Claims) -> Sequence[Record] | Note:
    # The handbook itself spells the columns of the recipient in three ways.
    recipient = next((f"training:{word}_unit" for word in ("recipient", "recepient", "recipent") if row.has(f"training:{word}_unit")), "training:recipient_unit")  # fmt: skip
    found = _between(book, row, ("unit", "training:trainer_unit"), ("unit", recipient))
    if isinstance(found, Note):
        return found
    facts = when_of(row)
    told = [row.said(f"training:{name}:assertion", label) for name, label in word_map("sfm")["training"].items()]
    facts |= {"note": "; ".join(filter(None, (*told, facts["note"]))), "function": ("training",)}
    return [*_cited(book, row, book.stated(row, "training", *found[:2], "capacity-building", facts)), *found[2]]


def _positioning(book: Book, row: Claims) -> Sequence[Record] | Note:
    """Return the unit with where it is said to have been."""
    found = _end(book, row, "unit", "positioning:unit")
    if isinstance(found, Note):
        return found
    one, actors = found
    book.add_lines(one, [_where(book, row)])
    label = book.labels.get(one) or next((actor.label_en for actor in actors if isinstance(actor, Actor)), "")
    return [Actor(one, book.types.get(one, ("organisation",)), label, note=book.note(one), place=row.place)]


def _where(book: Book, row: Claims) -> str:
    places = [book.place(row, name) for name in row.several("positioning:location:refs:assertion")]
    named = places or row.several("positioning:location:names:qa")
    told = [
        row.said("positioning:types:assertion", "positioning"),
        row.said("positioning:base_names:assertion", "base"),
        f"location: {', '.join(named)}" if named else "",
        when_of(row)["note"],
        _sources(row),
    ]
    return ", ".join(filter(None, told))


def gather(book: Book, row: Claims) -> None:
    """Keep what a claim says of a unit or person: there are many of each."""
    if row.sheet == "positioning_claims":
        found = _end(book, row, "unit", "positioning:unit")
        if not isinstance(found, Note):
            book.add_lines(found[0], [_where(book, row)])
    elif row.sheet in ("unit_claims", "person_claims"):
        kind = row.sheet.partition("_")[0]
        names = (row.text("name:annotation"), *row.several(f"{kind}:names:assertion"))
        book.add_lines(book.id(kind, row.text(_ABOUT), next(filter(None, names), "")), _of_entity(row))


def _incident(book: Book, row: Claims) -> Sequence[Record] | Note:
    said = row.several("incident:violation:types:assertion") or row.several("incident:violation:descriptions:assertion")
    key = row.text(_ABOUT)
    if not said and not key:
        return Note("incident:violation:types:assertion", "it says neither what happened nor its id")
    when = when_of(row)
    one = book.source.id("incident", key or "\n".join(row.cells.values()))
    places = [book.place(row, name) for name in row.several("incident:location:refs:assertion")]
    told = [when["note"], row.text("incident:location:descriptions:assertion"), ", ".join(places)]
    told += [row.text("incident:violation:descriptions:assertion")]
    told.append(row.said("incident:perpetrator:classifications:assertion", "classification of perpetrators"))
    label = ", ".join(filter(None, [*said[:3], when["start"]])) or f"incident {key}"
    event = Thing(one, "event", label[:300], note="; ".join(filter(None, told)), place=row.place)
    keys, names = row.several("incident:perpetrator:refs:assertion"), row.several("incident:perpetrator:names:qa")
    names = names if len(names) == len(keys) or not keys else [""] * len(keys)
    made: list[Record] = [event]
    for who, name in zip(keys or [""] * len(names), names or [""] * len(keys), strict=True):
        kind = "person" if book.id("person", who, name) in book.known else "unit"
        done = perpetrator(book, row, one, (kind, who, name), when["start"], when["end"], "incident")
        made += _cited(book, row, done)
    return made


def _other(book: Book, row: Claims) -> Note:
    row.ask_all()
    return Note("type:claim", f'a claim of the type "{shown(row.text("type:claim"))}" has no place in the graph')


CLAIMS: Final[Mapping[str, Callable[[Book, Claims], Sequence[Record] | Note]]] = {
    "unit_claims": _entity,
    "person_claims": _entity,
    "relation_claims": _relation,
    "posting_claims": _posting,
    "positioning_claims": _positioning,
    "incident_claims": _incident,
    "training_claims": _training,
    "other_claims": _other,
}
"""What each sort of claim becomes."""
