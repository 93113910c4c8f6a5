"""Which form of security force tables a header is of, and what its columns are called there.

The workbook and the tables of WhoWasInCommand name a column by its sheet (`unit:name:source`). The tables of claims name it by what
it is (`unit:names:assertion`, `first_precise:range`), as their keys do (`:assertion/unit:names`), or by the claim
(`:posting:date-range-precise:first`). These three are put as the first of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph_build.readers.maps import word_map

_ALWAYS = {"about_entity:ref:claim", "citation:refs:claim", "type:claim", "status:meta"}

SAID_ELSEWHERE = frozenset({"type:claim", "type:entity", "about_entity:ref:claim", "about_entity:name:qa"})
"""Columns of a claim that say which sort of claim it is, or again what its other columns do."""


def of_form(names: Sequence[str]) -> tuple[str, list[str]] | None:
    """Return the sheet and its columns without their first part, by the part that most of them have."""
    prefixes = word_map("sfm")["prefixes"]
    counts = {prefix: sum(name.startswith(f"{prefix}:") for name in names) for prefix in prefixes}
    best = max(counts, key=lambda prefix: counts[prefix])
    best = "person" if "person:name" in names else best  # whose unit is told in the same row
    if counts[best] < 2 or f"{best}:entity" in names:
        return None
    return prefixes[best], [name.removeprefix(f"{best}:") for name in names]


def of_claims(names: Sequence[str]) -> tuple[str, list[str]] | None:
    """Return the columns of a table of claims, or of the locations that go with them."""
    columns = [_column(name) for name in names]
    if "name:annotation" in columns and {"origin:location", "location:humane_id:qa"} & set(columns):
        return "locations", columns
    if _ALWAYS & set(columns) and any(name.endswith(":assertion") for name in columns):
        return "claims", columns
    return None


def sheet_of_claim(cells: Mapping[str, str], columns: Sequence[str]) -> str:
    """Return which sort of claim a row is: as it says, or else by the columns that only one sort has."""
    said = cells.get("type:claim", "").strip().lower()
    assertions = (name for name in (*cells, *columns) if name.endswith(":assertion"))
    kind = said or next((name.partition(":")[0] for name in assertions), "")
    return f"{kind}_claims" if f"{kind}_claims" in word_map("sfm")["sheets"] else "other_claims"


def _column(name: str) -> str:
    words = word_map("sfm")
    plain = name.strip(" `").replace("-", "_").replace("?", "")
    if plain.startswith(":") and "/" in plain:
        space, _, rest = plain[1:].partition("/")
        plain = f"{rest}:{space}"
    elif plain.startswith(":"):
        plain = plain.lstrip(":")
        plain = words["claim_parts"].get(plain.partition(":")[2], plain)
    return str(words["claim_columns"].get(plain, plain))
