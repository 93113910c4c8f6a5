"""The transactions of an IATI activity: who gives how much to whom, when, and what for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

from graph_build.readers.entries import Entry, Note, left_out
from graph_build.readers.iati_activity import Activity
from graph_build.readers.iati_text import (
    all_texts,
    as_amount,
    as_day,
    attribute,
    child,
    day,
    in_language,
    is_true,
    places,
    sectors,
    topics,
)
from graph_build.readers.maps import word_map
from graph_build.readers.words import shown
from graph_build.records import Relation

_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)


def transaction(element: Element, activity: Activity, locator: str, seen: Counter[tuple[str, ...]]) -> Entry:
    """Return a transaction as one relation; `seen` counts those of the activity that are alike in everything."""
    kind, code, notes = _type(element)
    ends = _ends(element, activity, kind)
    if isinstance(ends, str):
        remedy = "name the other end in the file, where it is known"
        return left_out("transaction", activity.place, "", ends, remedy, locator)
    giver, taker, remarks = ends
    facts = _facts(element, activity, notes, remarks, "" if taker == activity.id else activity.title)
    if code:
        facts["note"] = "; ".join(filter(None, (f"transaction type: {kind.get('name', code)}", facts["note"])))
    phrase = kind.get("phrase", "gives money to")
    if taker == activity.id:
        phrase = kind.get("phrase_for_activity", phrase)
    facts |= {"kind": kind.get("kind", "funding"), "phrase": phrase}
    words = (giver, taker, code, attribute(element, "ref"), *(str(facts[name]) for name in sorted(facts)))
    seen[words] += 1
    name = activity.source.id("transaction", *activity.key, *words, str(seen[words]))
    relation = Relation(
        name,
        giver,
        target=taker,
        modality="actual",
        verified="secondary",
        place=activity.place,
        **facts,
    )
    return Entry("transaction", activity.place, (relation,), tuple(notes), locator)


def _type(element: Element) -> tuple[dict[str, Any], str, list[Note]]:
    """Return what is known of the type, its code, and what is to be told of it."""
    words, part = word_map("iati"), child(element, "transaction-type")
    raw = attribute(part, "code") or " ".join((part.text or "").split())
    code = words["transaction_words"].get(raw.lower(), raw)
    known = words["transaction_types"].get(code)
    if known:
        return known, code, []
    if not raw:
        return {}, "", [Note("transaction-type", "it has no type, so only the named ends say which way the money goes")]
    return {}, raw, [Note("transaction-type", f'"{shown(raw)}" is no transaction type that is known')]


def _ends(element: Element, activity: Activity, kind: dict[str, Any]) -> tuple[str, str, list[str]] | str:
    """Return who gives, who gets, and what is to be noted; or why that cannot be told."""
    giver = activity.organisation(child(element, "provider-org"))
    taker = activity.organisation(child(element, "receiver-org"))
    remarks, way = [], kind.get("way", "")
    if not giver and way == "out" and activity.publisher:
        giver = activity.publisher
        remarks.append("no provider is named, so it is the reporting organisation")
    if not taker and way == "in" and activity.publisher:
        taker = activity.publisher
        remarks.append("no receiver is named, so it is the reporting organisation")
    if giver and giver == taker:
        remarks.append("giver and receiver are one, so it goes to the activity")
    if (giver and giver == taker) or (not taker and way == "out"):
        taker = activity.id
    if not giver or not taker:
        missing = " and ".join(name for name, end in (("who gives", giver), ("who receives", taker)) if not end)
        return f"it does not say {missing}"
    return giver, taker, remarks


def _facts(element: Element, activity: Activity, notes: list[Note], remarks: list[str], matter: str) -> dict[str, Any]:
    """Return the circumstances: the day of the act is its start and its end, and `matter` what the money is for."""
    told = all_texts(element, "description", activity.language)
    when, raw = day(child(element, "transaction-date"))
    if not when:
        said = f'"{shown(raw)}" is no date' if raw else "it has no date"
        notes.append(Note("transaction-date", said))
        remarks.append(f"date: {raw}" if raw else "")
    amount = money(element, activity, notes, remarks)
    remarks += [f"reference: {attribute(element, 'ref')}" if attribute(element, "ref") else ""]
    remarks += [f"description: {in_language(told, 'en') or told[0].text}" if told else ""]
    remarks += _circumstances(element, activity)
    where = places(element, activity.language) or activity.places
    return {
        "topic": topics(element) or activity.topics,
        "scope": "; ".join(filter(None, (matter, where))),
        "start": when,
        "end": when,
        **amount,
        "note": "; ".join(filter(None, (*remarks, f"activity: {activity.identifier}" if activity.identifier else ""))),
    }


def _circumstances(element: Element, activity: Activity) -> Iterator[str]:
    """Give what a transaction says beside ends, day and amount: of which activities the money is a part, and what it is for."""
    for end in ("provider", "receiver"):
        other = attribute(child(element, f"{end}-org"), f"{end}-activity-id")
        yield f"under the {end}'s activity {other}" if other else ""
    yield "humanitarian" if is_true(element, "humanitarian") else ""
    yield from sectors(element, activity.language)


def money(element: Element, activity: Activity, notes: list[Note], remarks: list[str]) -> dict[str, str]:
    """Return amount and currency; what is below nothing, or has no currency, is kept in words."""
    value = child(element, "value")
    raw = " ".join((value.text or "").split())
    currency = (attribute(value, "currency") or activity.currency).upper()
    amount = as_amount(raw)
    if not raw:
        notes.append(Note("value", "it has no amount"))
        return {}
    if not amount or not _CURRENCY.fullmatch(currency):
        why = "is below nothing: money that came back" if raw.startswith("-") else "is no amount with a currency"
        notes.append(Note("value", f'"{shown(f"{raw} {currency}".strip())}" {why}, so it stands in the note'))
        remarks.insert(0, f"amount: {raw} {currency}".strip())
        return {}
    valued = attribute(value, "value-date")
    remarks += [
        f"valued on {valued}" if valued and as_day(valued) != day(child(element, "transaction-date"))[0] else ""
    ]
    return {"amount": amount, "currency": currency}
