"""How things look: families of kinds with their colours, groups of types with shape and fill, dashes by modality (`look.json`)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypedDict

from graph_build.vocabulary import vocabulary


class Family(TypedDict):
    """Kinds of relation that answer one question; `things` says whether things of governance belong to the answer."""

    id: str
    colour: list[str]
    things: bool
    kinds: list[str]


class Group(TypedDict):
    """Types of node that share a shape and a fill."""

    id: str
    shape: str
    fill: str
    types: list[str]


class Layer(TypedDict):
    """A layer of oversight with its colour; "" is of relations that name none."""

    id: str
    colour: list[str]


class LookFile(TypedDict):
    """What `look.json` holds; of two colours the first is for light pages, the second for dark ones."""

    families: list[Family]
    kind_colours: list[list[str]]
    groups: list[Group]
    modalities: dict[str, list[int]]
    undated: list[int]
    widths: dict[str, float]
    hollow: list[str]
    tube: list[float]
    crowd: int
    layers: list[Layer]
    background: list[str]
    lane: list[str]
    quiet: list[str]
    ink: list[str]
    outline: list[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a node is drawn."""

    group: str
    shape: str
    fill: str


@cache
def look() -> LookFile:
    """Return the content of `look.json`."""
    found: LookFile = json.loads(files("graph_build.page").joinpath("look.json").read_text(encoding="utf-8"))
    return found


def family_of(kind: str) -> Family:
    """Return the family of a kind; an unknown kind belongs to the last.

    >>> family_of("oversight")["id"]
    'control'
    """
    return next((family for family in look()["families"] if kind in family["kinds"]), look()["families"][-1])


def colours_of(kinds: Collection[str]) -> dict[str, str]:
    """Return the colour of each kind on light paper: kinds of one family have one each, else each family has one.

    >>> colours_of(["oversight"]) != colours_of(["direction"]), len(set(colours_of(["oversight", "direction", "funding"]).values()))
    (True, 2)
    """
    families = {family_of(kind)["id"]: family_of(kind) for kind in kinds}
    if len(families) != 1:
        return {kind: family_of(kind)["colour"][0] for kind in kinds}
    palette, own = look()["kind_colours"], next(iter(families.values()))["kinds"]
    return {kind: palette[own.index(kind) if kind in own else -1][0] for kind in kinds}


def firmness(edge: Mapping[str, object], ends: Iterable[Mapping[str, object]]) -> str:
    """Return how firmly a relation is said: "law" for what a country's law requires, else its modality.

    >>> firmness({"modality": "normative"}, [{"country": "UA"}]), firmness({"modality": "normative"}, [{}])
    ('law', 'normative')
    """
    modality = str(edge.get("modality", ""))
    return "law" if modality == "normative" and any(end.get("country") for end in ends) else modality


def is_undated(edge: Mapping[str, object], ends: Iterable[Mapping[str, object]]) -> bool:
    """Say whether a relation lacks the start that practice and law have; a demand of a standard has none."""
    return not edge.get("start") and firmness(edge, ends) in ("law", "actual")


def mark_of(types: Collection[str], sort: str) -> Mark:
    """Return how a node of these types is drawn; the first group in the file that holds one of them or a wider one wins.

    >>> mark_of(["ministry"], "actor").shape
    'diamond'
    """
    wanted = sort if sort != "actor" else ""
    wider = {name for each in types for name in _wider(each)}
    for group in look()["groups"]:
        if group["id"] == wanted or (not wanted and wider & set(group["types"])):
            return Mark(group["id"], group["shape"], group["fill"])
    return mark_of((), "rest")


def _wider(name: str) -> list[str]:
    term = vocabulary().actor_types.get(name)
    return [name, *(_wider(term.parent) if term and term.parent else [])]
