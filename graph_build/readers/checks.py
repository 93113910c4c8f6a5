"""What a table schema cannot say: the rules for each record on its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from graph_build.dates import first_day, is_to_the_day, last_day
from graph_build.errors import Finding
from graph_build.readers.dataset import Dataset
from graph_build.readers.web import web_fault
from graph_build.readers.words import nearest, shown
from graph_build.records import Actor, Evidence, Place, Record, Relation, Search, Source, Step, Thing
from graph_build.vocabulary import Term, vocabulary

_OTHER_LIMIT: Final = 0.08
_CHARACTERS: Final = re.compile(r"char=(\d+),(\d+)", re.ASCII)
_PAGE: Final = re.compile(r"page=\d+", re.ASCII)
_ITEM: Final = re.compile(r"Q[1-9]\d*", re.ASCII)
_CONCEPT_COLUMNS: Final = ("function", "layer", "principle", "topic", "channel")
_SPANS: Final = {
    Actor: ("founded", "dissolved"),
    Relation: ("start", "end"),
    Source: ("in_force", "repealed"),
}
_DATES: Final = {
    Actor: ("founded", "dissolved"),
    Relation: ("start", "end"),
    Source: ("issued", "in_force", "repealed", "retrieved"),
    Search: ("when",),
    Step: ("as_of",),
}
Fault = tuple[str, str, str] | tuple[str, str, str, bool]
"""A column, a message, a remedy, and whether it is only a warning."""


def check_records(dataset: Dataset) -> list[Finding]:
    """Return what breaks a rule in the records of a dataset, each looked at by itself."""
    findings = [
        dataset.finding(record.place, *fault)
        for record in (*dataset.records(), *dataset.stories)
        for fault in faults(record)
    ]
    return findings + list(_other_share(dataset))


def faults(record: Record) -> Iterator[Fault]:
    """Give what breaks a rule in one record, looked at by itself."""
    for check in (*_CHECKS.get(type(record), ()), _dates):
        yield from check(record)


def character_range(locator: str) -> tuple[int, int] | None:
    """Return the first and the end offset, in code points, of a locator `char=START,END`; another locator gives none.

    >>> character_range("char=12,50"), character_range("page=3")
    ((12, 50), None)
    """
    found = _CHARACTERS.fullmatch(locator)
    return (int(found[1]), int(found[2])) if found else None


def _dates(record: Record) -> Iterator[Fault]:
    """Every date is in the calendar, and no span ends before it begins."""
    wrong = set()
    for column in _DATES.get(type(record), ()):
        stated = getattr(record, column)
        if stated and (fault := _date_fault(stated)):
            wrong.add(column)
            yield column, f'"{shown(stated)}" is not a date: {fault}', "write YYYY, YYYY-MM or YYYY-MM-DD"
    start, end = _SPANS.get(type(record), ("", ""))
    begun, ended = getattr(record, start, ""), getattr(record, end, "")
    if begun and ended and begun != ended and not wrong & {start, end} and first_day(begun) > last_day(ended):
        draft = isinstance(record, Relation) and record.status == "draft"  # what contradicts itself may wait as a draft
        yield end, f"{ended} is before {begun}", f"mend {start} or {end}", draft


@lru_cache(maxsize=16_384)
def _date_fault(stated: str) -> str:
    try:
        first_day(stated)
    except ValueError as error:
        return str(error)
    return ""


def _actor(actor: Record) -> Iterator[Fault]:
    if not isinstance(actor, Actor):
        return
    for name in actor.type:
        if name not in vocabulary().actor_types:
            yield from _known("type", "actor type", name, vocabulary().actor_types)
    if actor.stands_for:
        yield from _known("stands_for", "actor type", actor.stands_for, vocabulary().actor_types)
    if bool(actor.stands_for) != actor.id.startswith("norm-"):
        message = "an archetype has an id that begins with norm-, and a type in stands_for; no other actor has"
        yield "stands_for", message, "mend the id or stands_for"
    for match in actor.exact_match:
        if not _ITEM.fullmatch(match) and web_fault(match):
            yield (
                "exact_match",
                f'"{shown(match)}" is neither a Wikidata item nor a web address',
                "write Q42 or https://…",
            )


def _thing(thing: Record) -> Iterator[Fault]:
    if not isinstance(thing, Thing):
        return
    yield from _known("type", "thing type", thing.type, vocabulary().thing_types)
    if thing.source or thing.locator:
        if not thing.source or not thing.locator:
            yield "locator", "a source and a place in it belong together", "fill in both, or neither"
        else:
            yield from _locator(thing.locator, thing.sha256)


def _relation(relation: Record) -> Iterator[Fault]:
    if not isinstance(relation, Relation):
        return
    if relation.kind not in vocabulary().kinds:
        yield from _known("kind", "kind of relation", relation.kind, vocabulary().kinds)
    if relation.status not in vocabulary().schemes["status"]:
        yield from _known("status", "status", relation.status, vocabulary().schemes["status"])
    for column in _CONCEPT_COLUMNS:
        for name in getattr(relation, column):
            if name not in vocabulary().schemes[column]:
                yield from _known(column, column, name, vocabulary().schemes[column])
    if relation.kind == "other" and not relation.phrase:
        yield "phrase", 'a relation of the kind "other" has no phrase', "say in a short verb what it is"
    if relation.amount and not relation.currency:
        yield "currency", "an amount has no currency", "add its code, such as EUR"
    if relation.verified == "memory" and relation.status != "draft":
        yield "status", "what is known from memory is a draft, and is kept as one", "leave the status out", True
    if relation.confidence == "high" and relation.verified != "read":
        yield "confidence", "high confidence needs a source that was read", "lower it, or set verified to read"


def _evidence(evidence: Record) -> Iterator[Fault]:
    if isinstance(evidence, Evidence):
        yield from _locator(evidence.locator, evidence.sha256)


def _locator(locator: str, digest: str) -> Iterator[Fault]:
    found = character_range(locator)
    if found and found[0] >= found[1]:
        yield "locator", f'"{shown(locator)}" is an empty range', "write char=START,END with START before END"
    elif found and not digest:
        yield "sha256", "a range has no digest", "add the SHA-256 of the passage"
    elif not found and locator.startswith("char"):
        yield "locator", f'"{shown(locator)}" is not a range', "write char=START,END"
    elif not found and locator.startswith("page=") and not _PAGE.fullmatch(locator):
        yield "locator", f'"{shown(locator)}" is not a page', "write page=12"


def _source(source: Record) -> Iterator[Fault]:
    if not isinstance(source, Source):
        return
    yield from _known("type", "source type", source.type, vocabulary().source_types)
    for column in ("url", "archived"):
        address = getattr(source, column)
        if address and web_fault(address):
            yield column, web_fault(address), "give an address that begins with https:// or http://"
    if source.retrieved and not is_to_the_day(source.retrieved):
        yield "retrieved", f"{source.retrieved} is not a day", "write YYYY-MM-DD"
    if source.file and ("/" in source.file or "\\" in source.file or source.file in (".", "..")):
        yield "file", f'"{shown(source.file)}" is not the name of a file', "name a file of the folder of texts"


def _known(column: str, what: str, name: str, known: Mapping[str, Term]) -> Iterator[Fault]:
    if name and name not in known:
        yield column, f'there is no {what} "{shown(name)}"', nearest(name, known) or _some(known)


def _some(known: Iterable[str]) -> str:
    names = sorted(known)
    return f"known: {', '.join(names[:12])}{', …' if len(names) > 12 else ''}"


def _other_share(dataset: Dataset) -> Iterator[Finding]:
    others = [relation for relation in dataset.relations if relation.kind == "other"]
    yield from share_of_others(dataset, len(others), len(dataset.relations), others[0].place if others else None)


def share_of_others(dataset: Dataset, others: int, relations: int, first: Place | None) -> Iterator[Finding]:
    """Give a warning where too many of a dataset's relations are of the kind "other", of which the first stands at a place."""
    if others > _OTHER_LIMIT * relations:
        message = f'{others} of {relations} relations are of the kind "other"'
        yield dataset.finding(first, "kind", message, f"keep them below {_OTHER_LIMIT:.0%}", True)


_CHECKS: Final[dict[type, tuple[Callable[[Record], Iterator[Fault]], ...]]] = {
    Actor: (_actor,),
    Thing: (_thing,),
    Relation: (_relation,),
    Evidence: (_evidence,),
    Source: (_source,),
}
