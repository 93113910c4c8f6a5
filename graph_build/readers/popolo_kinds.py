"""What an object of Popolo is that stands in no collection: by what it says, else by the fields that only one kind has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from graph_build.readers.maps import word_map

Object = Mapping[str, Any]
COLLECTIONS: Final = {
    "persons": "person",
    "people": "person",
    "organisations": "organization",
    "organizations": "organization",
    "memberships": "membership",
    "posts": "post",
    "areas": "area",
    "events": "event",
}
MEMBER: Final = "member"
"""The kind of a member before all is noted that says whether it is a person or an organisation."""
_OF_ORGANIZATIONS: Final = frozenset(
    {"posts", "founding_date", "dissolution_date", "children", "legislative_periods", "parent", "parent_id"}
)
_OF_PERSONS: Final = frozenset({"given_name", "family_name", "birth_date", "gender", "honorific_prefix"})
_OF_NO_EVENT: Final = _OF_ORGANIZATIONS - {"parent", "parent_id"} | _OF_PERSONS | {"memberships"}
"""What neither areas nor events have."""
_OF_EVENTS: Final = frozenset({"start_date", "end_date", "location", "attendees"})
_EVENT_STATUS: Final = frozenset({"tentative", "confirmed", "cancelled"})
"""The words of the specification; a person or a body may have a status too, but another."""


def kind_said(fields: Object) -> str:
    """Return the kind that an object says itself to be."""
    said = str(fields.get("@type", "")).rpartition(":")[2].rpartition("/")[2].lower()
    return said if said in COLLECTIONS.values() else ""


def kind_of_member(fields: Object) -> str:
    """Return what a member says itself to be, if a member can be that; else it is to be found out."""
    said = kind_said(fields)
    return said if said in ("person", "organization") else MEMBER


def kind_of_single(fields: Object) -> str:
    """Tell what an object is that stands in no collection; where no field tells, nothing."""
    if said := kind_said(fields):
        return said
    if {"person_id", "person", "member_id", "member"} & set(fields) and {
        "organization_id",
        "organization",
        "post_id",
        "post",
    } & set(fields):
        return "membership"
    if "label" in fields and {"organization", "organization_id"} & set(fields):
        return "post"
    if "name" in fields and not (_OF_NO_EVENT & set(fields) or known_type(fields)):
        if {"identifier", "geometry"} & set(fields):
            return "area"
        if _OF_EVENTS & set(fields) or str(fields.get("status", "")).strip().lower() in _EVENT_STATUS:
            return "event"
    inner = [item for item in several(fields.get("memberships")) if isinstance(item, dict)]
    if _OF_ORGANIZATIONS & set(fields) or any("person_id" in item or "person" in item for item in inner):
        return "organization"
    if _OF_PERSONS & set(fields) or inner:
        return "person"
    return "organization" if "name" in fields and "classification" in fields else ""


def member_told(fields: Object) -> str:
    """Tell by its fields whether a member is a person or an organisation; nothing else can be a member."""
    told = kind_of_single(fields)
    if told in ("person", "organization"):
        return told
    return "organization" if "classification" in fields else ""


def known_type(fields: Object) -> str:
    """Return the type of actor that the classification of a body stands for; of none, or one that is not known, nothing."""
    said = str(fields.get("classification") or fields.get("type") or "").strip().lower()
    return str(word_map("popolo")["organizations"].get(said, ""))


def several(value: Any) -> list[Any]:
    """Return the items of a list; of anything else, where a list is due, none."""
    return value if isinstance(value, list) else []
