"""What the page says of sources: titles, issuers, addresses; the places that relations cite; passages where texts are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from graph_build.network import rows
from graph_build.store import Store
from graph_build.validate import passage
from graph_build.vocabulary import local_name, vocabulary

Fields = dict[str, object]
_KNOWN = {
    "title": "title", "publisher": "issuer", "issued": "issued", "issuedStated": "issued", "rights": "licence", "file": "file",
    "retrieved": "retrieved", "url": "url", "archivedAt": "archived", "type": "type", "is_part_of": "part_of",
    "first_date_entry_in_force": "in_force", "inForceStated": "in_force", "date_no_longer_in_force": "repealed", "repealedStated": "repealed",
    "replaces": "replaces",
}  # fmt: skip


def is_http(address: object) -> bool:
    """Say whether an address is one that the page may link to.

    >>> is_http("https://example.org/"), is_http("javascript:alert(1)")
    (True, False)
    """
    return isinstance(address, str) and address.lower().startswith(("https://", "http://"))


def cited(store: Store) -> dict[str, Fields]:
    """Return what is known of each cited source and provision by its id."""
    types = {term.iri: term.id for term in vocabulary().source_types.values()}
    found: dict[str, Fields] = defaultdict(dict)
    order = sorted(rows(store, "page-sources"), key=lambda row: str(row["property"]).endswith("Stated"))
    for row in order:
        name, value = _KNOWN[local_name(str(row["property"]))], str(row["value"])
        if name in ("url", "archived") and not is_http(value):
            continue
        if name == "type":
            value = types.get(value) or str(found[local_name(str(row["source"]))].get("type", ""))
        known = found[local_name(str(row["source"]))]
        if name == "replaces":
            value = "|".join(filter(None, [str(known.get(name, "")), local_name(value)]))
        known[name] = local_name(value) if name == "part_of" else value
    return dict(found)


def evidence(store: Store, sources: Mapping[str, Fields], texts: Path | None) -> dict[str, list[Fields]]:
    """Return by relation the places that support or dispute it; with the folder of the texts, their passages too."""
    found: dict[str, list[Fields]] = defaultdict(list)
    for row in rows(store, "page-evidence"):
        source = local_name(str(row["source"]))
        place: Fields = {"source": source, "locator": str(row.get("locator", ""))}
        if row.get("stance") == "disputes":
            place["disputes"] = True
        said = (
            passage(texts, str(sources.get(source, {}).get("file", "")), str(row.get("locator", ""))) if texts else None
        )
        found[local_name(str(row["relation"]))].append(place | ({"passage": said} if said else {}))
    return dict(found)
