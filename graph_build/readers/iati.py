"""IATI, 1.01 to 2.03: activities, who reports, funds, answers for, extends and implements them, their transactions; and organisations.

The codes are those of the standard (iatistandard.org); what each becomes is in `maps/iati.toml`. Planned money of activities
(budgets, planned disbursements), results and contact data are not taken over, which the findings say with their number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_build.readers.entries import About, Entry, Note, Opened, Remark
from graph_build.readers.head import Head
from graph_build.readers.iati_activity import Activity, described, document, not_taken, reported, taking_part
from graph_build.readers.iati_budgets import planned
from graph_build.readers.iati_money import transaction
from graph_build.readers.iati_organisations import Organisations
from graph_build.readers.words import shown
from graph_build.readers.xml_stream import xml_pieces
from graph_build.records import Place

_ROOTS: Final = frozenset({"iati-activities", "iati-activity", "iati-organisations", "iati-organisation"})
_INSIDE: Final = re.compile(r"<(?:[\w.-]+:)?iati-(?:activity|organisation)\b")
_PARTS = {"reporting-org": reported, "participating-org": taking_part, "document-link": document}


def recognise(head: Head) -> bool:
    """Say whether a file holds IATI activities or organisations, at the top or wrapped into an answer of a service."""
    return head.xml_root in _ROOTS or (bool(head.xml_root) and bool(_INSIDE.search(head.text)))


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every activity and its parts, one activity at a time; the organisations come last, when all their names are known."""
    organisations = Organisations(source)
    passed: Counter[str] = Counter()
    for file in source.files:
        yield from told(file, source, organisations, passed)
    yield from organisations.entries()
    yield from untold(source, passed)


def told(file: Path, source: Opened, organisations: Organisations, passed: Counter[str]) -> Iterator[Entry]:
    """Give the activities of one file and their parts; add to `organisations` those named, to `passed` what is not taken over."""
    for activity in _activities(file, source, organisations):
        if activity.element.tag == "iati-organisation":
            yield from planned(activity)
            passed.update(not_taken(activity, "organisation"))
        else:
            yield from _parts(activity)
            passed.update(not_taken(activity))


def untold(source: Opened, passed: Counter[str]) -> Iterator[Remark]:
    """Give a remark for each element and attribute that was not taken over."""
    for name, number in sorted(passed.items()):
        message = (
            f'the {"attribute" if "@" in name else "element"} "{shown(name)}" is not taken over: {number:,} are there'
        )
        yield Remark(Place(str(source.files[0]), 0), Note(name, message))


def _activities(file: Path, source: Opened, organisations: Organisations) -> Iterator[Activity]:
    numbers: Counter[str] = Counter()
    for piece in xml_pieces(file, {"iati-activity", "iati-organisation"}):
        numbers[piece.name] += 1
        place = Place(str(file), piece.line)
        yield Activity(piece.element, place, f"{piece.name}[{numbers[piece.name]}]", source, organisations)


def _parts(activity: Activity) -> Iterator[Entry]:
    yield described(activity)
    seen: Counter[tuple[str, ...]] = Counter()
    numbers: Counter[str] = Counter()
    for part in activity.element:
        name = part.tag
        numbers[name] += 1
        locator = f"{activity.locator}/{name}[{numbers[name]}]"
        if name == "transaction":
            yield transaction(part, activity, locator, seen)
        elif name in _PARTS:
            yield _PARTS[name](part, activity, locator)
