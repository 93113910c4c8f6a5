"""One IATI activity: what it is, who reports on it, who takes part in it, and the documents about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final
from xml.etree.ElementTree import Element

from graph_build.readers.entries import Entry, Note, Opened, left_out
from graph_build.readers.iati_organisations import Mention, Organisations
from graph_build.readers.iati_text import (
    Said,
    all_texts,
    as_day,
    attribute,
    child,
    children,
    countries,
    day,
    in_language,
    is_true,
    language_of,
    places,
    sectors,
    tagged,
    texts,
    topics,
)
from graph_build.readers.maps import word_map
from graph_build.readers.web import web_fault
from graph_build.readers.words import shown
from graph_build.records import Place, Relation, Source, Thing

_NARRATIVE: Final = frozenset({"narrative"})


@dataclass(frozen=True)
class Activity:
    """An activity with all below it, and what its parts inherit from it."""

    element: Element
    place: Place
    locator: str
    source: Opened
    organisations: Organisations

    @cached_property
    def language(self) -> str:
        """The language that its texts are in where they do not say."""
        return language_of(self.element)

    @cached_property
    def currency(self) -> str:
        """The currency of amounts that do not say theirs."""
        return attribute(self.element, "default-currency")

    @cached_property
    def identifier(self) -> str:
        """The `iati-identifier`, or nothing."""
        return " ".join((child(self.element, "iati-identifier").text or "").split())

    @cached_property
    def titles(self) -> list[Said]:
        """The title in each language."""
        return all_texts(self.element, "title", self.language)

    @cached_property
    def title(self) -> str:
        """The title in English, or else in the first language; without one, the identifier."""
        return in_language(self.titles, "en") or (self.titles[0].text if self.titles else self.identifier)

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The topics of its sectors."""
        return topics(self.element)

    @cached_property
    def places(self) -> str:
        """The countries and regions that it is for."""
        return places(self.element, self.language)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """What tells it from all others: its identifier, or else its place and title."""
        return (
            (self.identifier.lower(),)
            if self.identifier
            else ("", self._whose, self.title, self.place.file, self.locator)
        )

    @cached_property
    def id(self) -> str:
        """The id of the thing that the activity becomes."""
        return self.source.id("activity", *self.key)

    @cached_property
    def publisher(self) -> str:
        """The id of the organisation that reports, or nothing."""
        reporting = child(self.element, "reporting-org")
        return self.organisations.id(self.mention(reporting), self._whose, (self.locator,), self.place)

    @cached_property
    def _whose(self) -> str:
        reporting = child(self.element, "reporting-org")
        told = texts(reporting, self.language)
        return attribute(reporting, "ref").upper() or (told[0].text if told else "")

    def mention(self, element: Element) -> Mention:
        """Return how an element names an organisation."""
        code = attribute(element, "type").removesuffix(".0")
        names = tuple(texts(element, self.language))
        return Mention(attribute(element, "ref"), names, code)

    def organisation(self, element: Element) -> str:
        """Return the id of the organisation that an element names, or nothing."""
        within = (self.identifier or self.locator, *countries(self.element))
        return self.organisations.id(self.mention(element), self._whose, within, self.place)

    def relation(self, name: str, actor: str, **more: Any) -> Relation:
        """Return what an organisation does with the activity."""
        return Relation(
            name,
            actor,
            target=self.id,
            modality="actual",
            topic=self.topics,
            scope=self.places,
            verified="secondary",
            place=self.place,
            **more,
        )


def described(activity: Activity) -> Entry:
    """Return the activity as a thing."""
    if not activity.title:
        message = "it has neither title nor identifier, and is named by what takes part in it only"
        return left_out("iati-activity", activity.place, "title", message, "give it one", activity.locator)
    told = all_texts(activity.element, "description", activity.language)
    others = [f"title: {tagged(said)}" for said in activity.titles if said.text != activity.title]
    others += [f"description: {tagged(said)}" for said in told if said.language[:2] not in ("en", "uk")]
    thing = Thing(
        activity.id,
        "activity",
        activity.title,
        label_uk=in_language(activity.titles, "uk"),
        definition_en=_whole(told, "en"),
        definition_uk=_whole(told, "uk"),
        note="; ".join(filter(None, (*_remarks(activity), *others))),
        place=activity.place,
    )
    notes = [] if activity.titles else [Note("title", "it has no title, so it is called by its identifier")]
    return Entry("iati-activity", activity.place, (thing,), tuple(notes), activity.locator)


def _whole(told: list[Said], language: str) -> str:
    """Return all texts in a language, one after the other: an activity may have several descriptions."""
    return " ".join(said.text for said in told if said.language.partition("-")[0] == language)


def _remarks(activity: Activity) -> Iterator[str]:
    """Give what the activity says of itself beside title and description."""
    element, words = activity.element, word_map("iati")
    yield f"IATI activity {activity.identifier}" if activity.identifier else ""
    for other in children(element, "other-identifier"):
        yield f"other identifier: {_other_identifier(other, activity.language)}".removesuffix(": ")
    for status in children(element, "activity-status"):
        code = attribute(status, "code")
        yield f"status: {words['activity_status'].get(code) or ' '.join((status.text or '').split()) or code}"
    for date in children(element, "activity-date"):
        sort = attribute(date, "type").lower()
        yield f"{words['date_types'].get(sort, sort or 'date')}: {_dated(date, activity.language)}"
    yield f"recipients: {activity.places}" if activity.places else ""
    yield from sectors(element, activity.language)
    for other in children(element, "related-activity"):
        sort = attribute(other, "type")
        yield f"{words['related_types'].get(sort, 'related')} activity: {attribute(other, 'ref')}"
    yield "humanitarian" if is_true(element, "humanitarian") else ""
    for page in children(element, "activity-website"):
        yield f"website: {' '.join((page.text or '').split())}"


def _other_identifier(element: Element, language: str) -> str:
    """Return an identifier of others and whose it is; 1.0x has it as text, and its owner in attributes."""
    owner = child(element, "owner-org")
    told = texts(owner, language)
    name = in_language(told, "en") or (told[0].text if told else attribute(element, "owner-name"))
    reference = attribute(owner, "ref") or attribute(element, "owner-ref")
    whose = f"{name} ({reference})" if name and reference else name or reference
    own = attribute(element, "ref") or " ".join((element.text or "").split())
    return f"{own} of {whose}".strip() if whose else own


def _dated(element: Element, language: str) -> str:
    """Return a day, and the words beside it that say more."""
    when, raw = day(element)
    more = [said.text for said in texts(element, language) if said.text != raw]
    words = ", ".join(text for text in dict.fromkeys(more) if not when or as_day(text) != when)
    stated = when or raw or "not told"
    return f"{stated} ({words})" if words else stated


def reported(element: Element, activity: Activity, locator: str) -> Entry:
    """Return the reporting organisation as one that publishes about the activity."""
    if not activity.publisher:
        message = "it has neither reference nor name"
        return left_out("reporting-org", activity.place, "", message, "name who reports", locator)
    secondary = is_true(element, "secondary-reporter")
    name = activity.source.id("report", *activity.key, activity.publisher)
    relation = activity.relation(
        name,
        activity.publisher,
        kind="contribution",
        function=("publication",),
        phrase="reports on",
        role="reporting",
        note="secondary reporter" if secondary else "",
    )
    return Entry("reporting-org", activity.place, (relation,), locator=locator)


def taking_part(element: Element, activity: Activity, locator: str) -> Entry:
    """Return a participating organisation as a relation to the activity, by its role."""
    actor = activity.organisation(element)
    if not actor:
        message = "it has neither reference nor name"
        return left_out("participating-org", activity.place, "", message, "name who takes part", locator)
    words, raw = word_map("iati"), attribute(element, "role")
    code = words["role_words"].get(raw.lower(), raw)
    known = words["roles"].get(code)
    notes = []
    if not known:
        said = f'"{shown(raw)}" is no role that is known' if raw else "it has no role"
        notes.append(Note("role", f"{said}, so it only takes part"))
        known = {"role": raw, "kind": "other", "phrase": "takes part in"}
    channel, other = attribute(element, "crs-channel-code"), attribute(element, "activity-id")
    remarks = [f"CRS channel {channel}" if channel else "", f"under its own activity {other}" if other else ""]
    relation = activity.relation(
        activity.source.id("part", *activity.key, code, actor),
        actor,
        kind=known["kind"],
        function=tuple(known.get("function", ())),
        phrase=known.get("phrase", ""),
        role=known["role"],
        note="; ".join(filter(None, remarks)),
    )
    return Entry("participating-org", activity.place, (relation,), tuple(notes), locator)


def document(element: Element, activity: Activity, locator: str) -> Entry:
    """Return a document about the activity."""
    return page_about(element, activity, locator, (activity.id,) if activity.title else ())


def page_about(element: Element, activity: Activity, locator: str, about: tuple[str, ...]) -> Entry:
    """Return a document as a page about the records with these ids."""
    address = (element.get("url") or "").strip().replace(" ", "%20")
    if not address or web_fault(address):
        message = web_fault(address) if address else "it has no address"
        return left_out("document-link", activity.place, "url", message, "", locator)
    told = all_texts(element, "title", activity.language)
    title = in_language(told, "en") or (told[0].text if told else address)
    page = Source(
        activity.source.id("page", address), "web-page", title, about=about, url=address, place=activity.place
    )
    return Entry("document-link", activity.place, (page,), locator=locator)


def not_taken(activity: Activity, kind: str = "activity") -> Counter[str]:
    """Count the elements and attributes that are not taken over, of an element of this kind and of all in it that are."""
    found: Counter[str] = Counter()
    _add_untaken(found, activity.element, kind, "")
    return found


def _add_untaken(found: Counter[str], element: Element, kind: str, path: str) -> None:
    """Add what is not taken over of an element that is itself; `path` is that of its parts."""
    taken = _taken().get(kind, _NARRATIVE)
    for name, value in element.attrib.items():
        if f"@{name}" not in taken and name != "lang" and value.strip():
            found[f"{path.removesuffix('/') or element.tag}@{name}"] += 1
    for inner in element:
        name = inner.tag
        if name not in taken:
            found[f"{path}{name}"] += 1
        elif name != "narrative":
            _add_untaken(found, inner, name, f"{path}{name}/")


@cache
def _taken() -> Mapping[str, frozenset[str]]:
    return {kind: frozenset(names) for kind, names in word_map("iati")["taken"].items()}
