"""Many like things as one list for each field: a page holds its data so, since they take less room and are read faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile
from operator import eq

from graph_build.page.sources import Fields


def columns(items: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return by field the values of all things, None where one has no such field; their ids as `shared` has them.

    >>> columns([{"id": "a", "note": "first"}, {"id": "ab"}])
    {'id': ([0, 1], ['a', 'b']), 'note': ['first', None]}
    """
    names = sorted({name for item in items for name in item} - {"id"})
    return {"id": shared([str(item["id"]) for item in items])} | {
        name: [item.get(name) for item in items] for name in names
    }


def shared(words: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return for each word how many letters it begins with as the one before it, and the rest: what stands in order is much alike.

    Letters are counted as JavaScript counts them, where some are two.

    >>> shared(["ua-rada", "ua-rada-speaker", "ua-sbu"])
    ([0, 7, 3], ['ua-rada', '-speaker', 'sbu'])
    """
    same = [sum(takewhile(bool, map(eq, before, word))) for before, word in pairwise(("", *words))]
    units = [len(word[:length].encode("utf-16-le")) // 2 for word, length in zip(words, same, strict=True)]
    return units, [word[length:] for word, length in zip(words, same, strict=True)]


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
    if "basis" in known:
        short["basis"] = [cited.get(name, name) for name in _names(known, "basis")]
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
