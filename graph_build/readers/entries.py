"""What a reader of a file format gives: one `Entry` for each thing that stands in the file, and what the file says of itself.

`docs/readers.md` is the guide for those who write a reader. A reader decides what an entry means; joining, checking and counting are
done once for all of them, in `graph_build.readers.imports`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from graph_build.readers.head import Head
from graph_build.records import Evidence, Place, Record, Source

_FAITHFUL: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_OTHERS: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 80
_READABLE: Final = 40


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the records of an entry do not carry as the file has it: which field, what about it, what to do."""

    field: str
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that stands in a file, with the records that it makes; without records it is left out, for what `notes` say.

    `what` is the word of the format ("membership", "Payment") under which it is counted. The first record is the one that the
    entry is about. `locator` says where it stands, as evidence cites it; left out, it is the line. An entry whose content the
    records of others carry (an area that becomes the scope of memberships) makes no record and is `within`: it counts as joined.
    """

    what: str
    place: Place
    records: tuple[Record, ...] = ()
    notes: tuple[Note, ...] = ()
    locator: str = ""
    within: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself; dates as stated, nothing that it does not say."""

    title: str = ""
    description: str = ""
    issuer: str = ""
    issued: str = ""
    licence: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The files of one source, read together as one dataset with the name `name`."""

    name: str
    files: tuple[Path, ...]

    def id(self, kind: str, *key: str) -> str:
        """Return the id that the record of this `kind` and `key` has in every reading: the same key, the same id.

        A key of small letters, digits and hyphens stays as it is; any other is shortened and made its own by a digest.

        >>> Opened("rada", ()).id("person", "18089"), Opened("rada", ()).id("person", "Q 7")
        ('rada-person-18089', 'rada-person-q-7-cac6c23fb0')
        """
        # The ids of what relations join are wanted again and again; a key with whole notes in it is not, and fills the memory.
        return (_kept_id if sum(map(len, key)) <= _LONGEST else _id)(self.name, kind, key)


def _id(dataset: str, kind: str, key: tuple[str, ...]) -> str:
    whole = "-".join(key)
    if len(key) == 1 and _FAITHFUL.fullmatch(whole) and len(whole) <= _LONGEST:
        return f"{dataset}-{kind}-{whole}"
    digest = sha256("\0".join(key).encode("utf-8", "surrogatepass")).hexdigest()[:10]
    start = slug(whole[:_LONGEST])  # of a long key its beginning is enough, unless it has few Latin letters
    readable = start if len(start) > _READABLE or len(whole) <= _LONGEST else slug(whole)
    return "-".join(filter(None, (dataset, kind, readable[:_READABLE].strip("-"), digest)))


_kept_id = lru_cache(maxsize=4_096)(_id)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be told of a whole file, such as a field that is not taken over; it is not counted."""

    place: Place
    note: Note


class Reader(Protocol):
    """What the module of a format offers; heavy libraries are imported inside `entries`."""

    def recognise(self, head: Head) -> bool:
        """Say by its first bytes whether a file is of this format; look at the name only where the content cannot tell."""

    def entries(self, source: Opened) -> Iterator[Entry | About | Remark]:
        """Give all that stands in the files, each thing once, in the order of the files. Broken files are `InputError`s."""


def cited(
    source: Opened, relation: str, address: str, title: str = "", locator: str = "", issued: str = ""
) -> tuple[Source, Evidence]:
    """Return a page that the file cites for a relation, as a source, and the evidence; the page's title is its address if it has no other."""
    page = source.id("page", address)
    return Source(page, "web-page", title or address, url=address, issued=issued), Evidence(
        relation, page, locator or "the page"
    )


def slug(text: str) -> str:
    """Return the small Latin letters and digits of a text with hyphens between.

    >>> slug("Verkhovna_Rada, Term 8"), slug("Рада")
    ('verkhovna-rada-term-8', '')
    """
    return _OTHERS.sub("-", text.lower()).strip("-")


def left_out(what: str, place: Place, field: str, message: str, remedy: str = "", locator: str = "") -> Entry:
    """Return an entry that makes no record, with the reason."""
    return Entry(what, place, (), (Note(field, message, remedy),), locator)
