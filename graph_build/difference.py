"""What changed between two graphs: relations and actors added, removed and changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph_build.ask import ask
from graph_build.store import Store
from graph_build.table import Table, Value

__all__ = ["difference"]

_COLUMNS = ("change", "what", "before", "after", "iri")
_ASKED = (("relation", "relations", "relation"), ("actor", "actors", "actor"))
Record = Mapping[str, Value]


def difference(old: Store, new: Store, *, lang: str = "en") -> Table:
    """Return a row for each relation and actor that is not the same in both graphs, sorted by what and IRI."""
    rows = [
        row
        for what, question, key in _ASKED
        for row in _changes(what, _known(old, question, key, lang), _known(new, question, key, lang))
    ]
    return Table(_COLUMNS, tuple(sorted(rows, key=lambda row: (str(row[1]), str(row[4])))), None, "What changed")


def _known(store: Store, question: str, key: str, lang: str) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in ask(store, question, lang=lang).records():
        found.setdefault(str(row[key]), []).append(row)
    return found


def _changes(
    what: str, old: Mapping[str, list[Record]], new: Mapping[str, list[Record]]
) -> Iterator[tuple[Value, ...]]:
    for iri in sorted({*old, *new}):
        before, after = old.get(iri, []), new.get(iri, [])
        if before != after:
            change = "changed" if before and after else "removed" if before else "added"
            yield change, what, _told(before, after), _told(after, before), iri


def _told(rows: list[Record], others: list[Record]) -> str:
    """Return a record in words: whole if it stands alone, else only the columns that differ."""
    first, other = (rows or [{}])[0], (others or [{}])[0]
    shown = (
        f"{column}: {value}"
        for column, value in first.items()
        if value not in (None, False) and (not others or other.get(column) != value)
    )
    return "; ".join(shown)
