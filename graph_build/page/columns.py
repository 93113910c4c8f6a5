"""Many like things as one list for each field: a page holds its data so, since they take less room and are read faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph_build.page.sources import Fields


def columns(items: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return how many things there are, and by field their values, None where one has no such field.

    >>> columns([{"id": "a", "note": "first"}, {"id": "b"}])
    {'count': 2, 'columns': {'id': ['a', 'b'], 'note': ['first', None]}}
    """
    names = sorted({name for item in items for name in item})
    return {"count": len(items), "columns": {name: [item.get(name) for item in items] for name in names}}


def steps(numbers: Sequence[int]) -> list[int]:
    """Return the first number and how much each is more than the one before it: rising numbers pack better so.

    >>> steps([4, 5, 6, 9])
    [4, 1, 1, 3]
    """
    return [number - before for before, number in zip((0, *numbers), numbers, strict=False)]


def content(nodes: Sequence[Fields], relations: Sequence[Fields], sources: Mapping[str, Fields]) -> dict[str, object]:
    """Return relations and sources as columns; what a relation names stands as the place of the thing that is named."""
    places = {str(node["id"]): place for place, node in enumerate(nodes)}
    cited = {name: place for place, name in enumerate(sources)}
    return {
        "relations": columns([_relation(known, places, cited) for known in relations]),
        "sources": columns([{"id": name, **known} for name, known in sources.items()]),
    }


def _relation(known: Fields, places: Mapping[str, int], cited: Mapping[str, int]) -> Fields:
    short = known | {
        "actor": places[str(known["actor"])],
        "targets": [places[name] for name in _names(known, "targets")],
    }
    if found := known.get("evidence"):
        short["evidence"] = [_place(each, cited) for each in found if isinstance(each, dict)]  # type: ignore[attr-defined]  # a tuple of Fields
    return short


def _place(known: Fields, cited: Mapping[str, int]) -> list[object]:
    """Return the source, the locator and what else is said of one place; a source of which nothing is known by its name."""
    rest = {name: value for name, value in known.items() if name not in ("source", "locator")}
    source = str(known["source"])
    return [cited.get(source, source), known["locator"], *([rest] if rest else [])]


def _names(known: Fields, field: str) -> list[str]:
    value = known[field]
    return [str(name) for name in value] if isinstance(value, list | tuple) else []
