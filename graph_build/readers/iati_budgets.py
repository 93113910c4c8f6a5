"""Organisation files of IATI, 1.01 to 2.03: who an organisation is, and what it plans to give to which others.

A plan for a recipient is a relation over its period. It is a draft where the plan is only indicative, as the standard has it of
all plans that do not say that they are committed. Totals, and plans by country or region, name nobody, and are not taken over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from graph_build.readers.entries import Entry, Note, left_out
from graph_build.readers.iati_activity import Activity, page_about
from graph_build.readers.iati_money import money
from graph_build.readers.iati_organisations import Mention
from graph_build.readers.iati_text import all_texts, attribute, child, children, day
from graph_build.readers.words import shown
from graph_build.records import Relation

_COMMITTED: Final = "2"


def planned(organisation: Activity) -> Iterator[Entry]:
    """Give what an `iati-organisation` says; the organisations themselves come with all others, at the end."""
    whose = _id(organisation)
    if not whose:
        message = "it has neither identifier nor name"
        yield left_out("iati-organisation", organisation.place, "name", message, "name it", organisation.locator)
    else:
        yield Entry("iati-organisation", organisation.place, locator=organisation.locator, within=True)
    reporting = child(organisation.element, "reporting-org")
    if organisation.publisher:
        yield Entry("reporting-org", organisation.place, locator=f"{organisation.locator}/reporting-org", within=True)
    elif reporting.tag == "reporting-org":
        yield left_out("reporting-org", organisation.place, "", "it has neither reference nor name", "name who reports")
    seen: Counter[tuple[str, ...]] = Counter()
    for number, budget in enumerate(children(organisation.element, "recipient-org-budget"), 1):
        yield _budget(budget, organisation, whose, f"{organisation.locator}/recipient-org-budget[{number}]", seen)
    for number, link in enumerate(children(organisation.element, "document-link"), 1):
        about = (whose,) if whose else ()
        yield page_about(link, organisation, f"{organisation.locator}/document-link[{number}]", about)


def _id(organisation: Activity) -> str:
    """Return the id of the organisation, by its identifier, or else by its name; its type is told where it reports itself."""
    element = organisation.element
    told = child(element, "organisation-identifier").text or child(element, "iati-identifier").text or ""
    reference = " ".join(told.split())
    reporting = child(element, "reporting-org")
    is_own = attribute(reporting, "ref").upper() == reference.upper()
    sort = attribute(reporting, "type").removesuffix(".0") if is_own else ""
    names = tuple(all_texts(element, "name", organisation.language))
    within = (organisation.locator,)
    return organisation.organisations.id(Mention(reference, names, sort), reference, within, organisation.place)


def _budget(
    element: Element, organisation: Activity, whose: str, locator: str, seen: Counter[tuple[str, ...]]
) -> Entry:
    """Return a plan for one recipient; `seen` counts those of the organisation that are alike in everything."""
    taker = organisation.organisation(child(element, "recipient-org"))
    if not whose or not taker or whose == taker:
        message = "it plans to give to itself" if whose and taker else "it does not say who plans to give to whom"
        return left_out("recipient-org-budget", organisation.place, "recipient-org", message, "name both", locator)
    notes: list[Note] = []
    is_committed = attribute(element, "status") == _COMMITTED
    remarks = [f"budget: {'committed' if is_committed else 'indicative'}"]
    days = {}
    for edge in ("start", "end"):
        days[edge], raw = day(child(element, f"period-{edge}"))
        if raw and not days[edge]:
            notes.append(Note(f"period-{edge}", f'"{shown(raw)}" is no date'))
            remarks.append(f"{edge}: {raw}")
    amount = money(element, organisation, notes, remarks)
    words = (whose, taker, *days.values(), *amount.values(), *remarks)
    seen[words] += 1
    made = Relation(
        organisation.source.id("budget", *words, str(seen[words])),
        whose,
        "funding",
        taker,
        "actual",
        phrase="plans to give money to",
        verified="secondary",
        status="accepted" if is_committed else "draft",
        note="; ".join(filter(None, remarks)),
        place=organisation.place,
        **days,  # type: ignore[arg-type]
        **amount,  # type: ignore[arg-type]
    )
    return Entry("recipient-org-budget", organisation.place, (made,), tuple(notes), locator)
