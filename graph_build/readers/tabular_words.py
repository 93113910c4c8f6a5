"""The words of headers, and what they mean by the tables of words (`maps/tabular_words.toml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph_build.readers.maps import word_map


def words(name: str) -> tuple[str, ...]:
    """Return the words of a header.

    >>> words("providerOrg_name"), words("Назва (укр.)"), words("DonationEUR")
    (('provider', 'org', 'name'), ('назва', 'укр'), ('donation', 'eur'))
    """
    apart = re.sub(r"(?<=[a-zа-яіїєґ])(?=[A-ZА-ЯІЇЄҐ])", " ", name)
    return tuple(re.findall(r"[^\W_]+(?:['’][^\W_]+)?|%", apart.casefold()))


def meaning(header: Sequence[str], table: str = "fields") -> str:
    """Return what a header says by the longest known entry within it; of equals the one that stands last.

    >>> meaning(("provider", "org", "type")), meaning(("provider", "org", "type"), "ends"), meaning(("cheese",))
    ('type', 'from', '')
    """
    found = _found(header, table)
    return found[0] if found else ""


def entry(header: Sequence[str], table: str) -> str:
    """Return the entry itself that was found in a header."""
    found = _found(header, table)
    return found[1] if found else ""


def _found(header: Sequence[str], table: str) -> tuple[str, str] | None:
    best: tuple[tuple[int, int], str, str] | None = None
    for means, entries in word_map("tabular_words")[table].items():
        for one in entries:
            parts = words(one)
            at = _within(parts, header)
            if at < 0 or (len(header) > len(parts) and len(one) < 3 and one not in _SHORT_TAILS):
                continue
            rank = (len(parts), -at if table == "ends" else at)
            if best is None or rank > best[0]:
                best = (rank, means, one)
    return (best[1], best[2]) if best else None


_SHORT_TAILS: Final = ("id", "mp")


def _within(parts: Sequence[str], header: Sequence[str]) -> int:
    """Return where words stand in a header one after the other, the last place if several; -1 where they do not."""
    places = range(len(header) - len(parts), -1, -1)
    return next((at for at in places if tuple(header[at : at + len(parts)]) == tuple(parts)), -1)
