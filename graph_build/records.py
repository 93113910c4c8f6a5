"""The records that a reader makes and the encoder takes: one row of a dataset each.

Field names are the column names of a dataset's tables. Text is as the source gives it; a tuple holds the values of a cell with
several. Dates are strings `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: their precision is part of the fact.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any, Final, Literal, cast, get_args

Modality = Literal["normative", "capability", "descriptive", "actual"]
Stance = Literal["supports", "disputes"]
Verified = Literal["read", "secondary", "memory", ""]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record was read: the file and the line, for messages."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A body, person, post or group; an archetype when `stands_for` names the class it stands for."""

    id: str
    type: tuple[str, ...]
    label_en: str
    label_uk: str = ""
    label_native: str = ""
    alt_labels: tuple[str, ...] = ()
    country: str = ""
    founded: str = ""
    dissolved: str = ""
    exact_match: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    stands_for: str = ""
    note: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of governance: policy, budget, law, right, process, challenge, remedy, event, ..."""

    id: str
    type: str
    label_en: str
    label_uk: str = ""
    definition_en: str = ""
    definition_uk: str = ""
    broader: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    source: str = ""
    locator: str = ""
    sha256: str = ""
    note: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """One claim: `actor` stands in a relation of this `kind` to `target`."""

    id: str
    actor: str
    kind: str
    target: str
    modality: Modality
    others: tuple[str, ...] = ()
    phrase: str = ""
    negated: bool = False
    function: tuple[str, ...] = ()
    layer: tuple[str, ...] = ()
    principle: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    scope: str = ""
    role: str = ""
    amount: str = ""
    currency: str = ""
    legal_basis: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    confidence: str = ""
    verified: Verified = ""
    status: str = "accepted"
    note: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place in one source that supports or disputes a relation."""

    relation: str
    source: str
    locator: str
    sha256: str = ""
    stance: Stance = "supports"
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A law, document, page or work that is cited or listed."""

    id: str
    type: str
    title: str
    issuer: str = ""
    issued: str = ""
    in_force: str = ""
    repealed: str = ""
    replaces: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    listed_by: tuple[str, ...] = ()
    url: str = ""
    archived: str = ""
    licence: str = ""
    retrieved: str = ""
    file: str = ""
    note: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """Something that was looked for and not found."""

    what: str
    where: str
    when: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a story: a text, what of the page is open, and the actors and relations that it tells of."""

    story: str
    step: str
    title_en: str
    title_uk: str = ""
    text_en: str = ""
    text_uk: str = ""
    view: str = ""
    country: str = ""
    as_of: str = ""
    actors: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    place: Place | None = None

    @property
    def id(self) -> str:
        """The step's own name: that of its story with its number."""
        return f"{self.story}--{self.step}"


Record = Actor | Thing | Relation | Evidence | Source | Search | Step


_VALUES: Final = {
    kind: attrgetter(*(item.name for item in fields(kind) if item.name != "place")) for kind in get_args(Record)
}


def values(record: Record) -> tuple[Any, ...]:
    """Return the values of the fields in their order, but for the place, which stands last.

    >>> values(Search("inspections", "the gazette", "2025"))
    ('inspections', 'the gazette', '2025')
    """
    found: tuple[Any, ...] = _VALUES[type(record)](record)
    return found


def changed(record: Record, **values: Any) -> Record:
    """Return the record with other values in some fields."""
    return cast(Record, replace(cast(Any, record), **values))
