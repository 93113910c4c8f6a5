"""What a table seems to be: told from its headers and a look at its values, before anything is written down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from graph_build.readers.tabular_look import Column, Look
from graph_build.readers.tabular_propose_labels import labelled
from graph_build.readers.tabular_propose_names import is_first_name, key_of_ends, key_of_rows, names
from graph_build.readers.tabular_propose_words import word
from graph_build.readers.tabular_values import as_country
from graph_build.readers.tabular_words import entry, meaning, words

MAIN: Final = "main"
SHARED: Final = 0.5
_FILLED: Final = 0.1
_OF_ACTOR: Final = frozenset(
    ["name", "key", "type", "country", "abbreviation", "native", "ukrainian", "founded", "dissolved", "wikidata", "website"]
)  # fmt: skip
_NAMING: Final = frozenset(["name", "key", "wikidata"])
_OF_ROW: Final = frozenset(
    ["start", "end", "day", "amount", "currency", "percentage", "relation", "role", "page", "note"]
)
_SPANS: Final = {"from": "start", "to": "end", "von": "start", "від": "start", "de": "start", "à": "end"}
_DAY: Final = r"\d{4}(-\d{1,2}){0,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}\D.*:.*"


@dataclass(slots=True)
class Plan:
    """What a table seems to be: its columns by the actor that they are about, and those about the row as a whole."""

    look: Look
    actors: dict[str, dict[str, list[Column]]] = field(default_factory=dict)
    row: dict[str, list[Column]] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    register: str = ""
    is_of_persons: bool = False
    """Whether names are parted as only those of persons are."""

    def first(self, actor: str, name: str) -> Column | None:
        """Return the column of a field of an actor."""
        return next(iter(self.actors.get(actor, {}).get(name, ())), None)

    def named(self, actor: str) -> Column | None:
        """Return the column by which an actor is known: its name, else its key."""
        return self.first(actor, "name") or self.first(actor, "key")

    @property
    def ends(self) -> tuple[str, str] | None:
        """The two actors of the row between whom the relation stands, if it seems to be one."""
        there = [name for name in ("from", "to", "person", "body", "post") if self.named(name)]
        there += [MAIN] if self.first(MAIN, "name") else []
        if "from" in there or "to" in there:
            there += ["parties"] if self.named("parties") else []
            others = ("to", "parties", "body", MAIN, "person")
            other = next((name for name in others if name in there and "from" in there), "")
            if other:
                return "from", other
            other = next((name for name in ("body", MAIN, "person") if name in there), "")
            return (other, "to") if other else None
        holder = "person" if "person" in there else MAIN if MAIN in there else ""
        whole = next((name for name in ("body", "post") if name in there), "")
        return (holder, whole) if holder and whole else None

    @property
    def is_person(self) -> bool:
        """Whether the columns are such as only persons have."""
        telling = {"gender", "dob", "dod", "birth", "geschlecht", "стать", "пол", "прізвище"}
        return self.is_of_persons or any(telling & set(column.words) for column in self.look.columns)


def plan_of(look: Look) -> Plan:
    """Return what the headers and values of a table seem to say."""
    plan = Plan(look)
    taken = set(_take_labelled(plan))
    taken |= set(_take_names(plan, [column for column in look.columns if column.name not in taken]))
    for column in look.columns:
        if not column.cells or column.name in taken:
            continue
        if is_first_name(column):
            plan.row.setdefault("note", []).append(column)
            continue
        about, end = meaning(column.words), meaning(column.words, "ends")
        if about == "contact":
            plan.unused.append(column.name)
        elif meaning(column.words, "ends") == "from" and column.share(r"https?://.*") > SHARED:
            plan.row.setdefault("page", []).append(column)
        elif column.name.casefold() in _SPANS and column.share(_DAY) > SHARED:
            plan.row.setdefault(_SPANS[column.name.casefold()], []).append(column)
        elif about == "country" and not _are_countries(column):
            plan.row.setdefault("note", []).append(column)
        elif about in _OF_ROW and not (end and about == "percentage"):
            plan.row.setdefault(about, []).append(column)
        elif end and end != "parent" and len(column.cells) <= _FILLED * look.rows:
            plan.unused.append(column.name)
        elif end and (about in _OF_ACTOR or _is_only(column, end)):
            plan.actors.setdefault(end, {}).setdefault(about if about in _OF_ACTOR else "name", []).append(column)
        elif about in _OF_ACTOR and not end:
            plan.actors.setdefault(MAIN, {}).setdefault(about, []).append(column)
        else:
            plan.unused.append(column.name)
    _settle(plan)
    return plan


def _take_labelled(plan: Plan) -> Iterator[str]:
    """Take the columns of nodes with those of their names, and give them: the nodes are keys of actors, or facts by their names."""
    for found in labelled(plan.look.columns):
        about, end = meaning(found.node.words), meaning(found.node.words, "ends")
        yield from (column.name for column in found.columns)
        if not end and about in (_OF_ACTOR | _OF_ROW) - _NAMING:
            _take_fact(plan, about, found.label)
            plan.unused.extend(column.name for column in found.columns if column is not found.label)
        elif "name" in plan.actors.get(end or MAIN, {}):  # of two that nothing is known of, the first is taken
            plan.unused.extend(column.name for column in found.columns)
        else:
            said = {"key": [found.node], "name": [found.label], "abbreviation": list(found.others)}
            plan.actors.setdefault(end or MAIN, {}).update(said)
            plan.row.setdefault("note", []).extend(found.descriptions)


def _take_fact(plan: Plan, about: str, column: Column) -> None:
    if about in _OF_ACTOR and (about != "country" or _are_countries(column)):
        plan.actors.setdefault(MAIN, {}).setdefault(about, []).append(column)
    else:
        plan.row.setdefault(about if about in _OF_ROW else "note", []).append(column)


def _take_names(plan: Plan, columns: Sequence[Column]) -> Iterator[str]:
    """Take the names that stand in several columns, and give these columns."""
    for end, found, is_person in names(columns):
        plan.actors.setdefault(end or MAIN, {})["name"] = found
        plan.is_of_persons |= is_person and not end
        yield from (name for column in found for name in (column.parts or (column.name,)))


def settle_keys(plans: Sequence[Plan]) -> None:
    """Leave actors only keys that tell them apart, or by which other columns name them; the others are but numbers."""
    ends = [(plan, label) for plan in plans for label in plan.actors if plan.ends or label != MAIN]
    told = [column for plan, label in ends if (column := plan.named(label))]
    for plan in plans:
        for label, actor in plan.actors.items():
            keys, named = actor.get("key"), plan.first(label, "name")
            if not keys or not named or label in ("parent", "parties"):
                continue
            is_row = label == MAIN and plan.ends is None
            key = key_of_rows(keys, named, plan.look.rows, told) if is_row else key_of_ends(keys, named)
            actor["number"] = [column for column in keys if column is not key]
            actor["key"] = [key] if key else []


def _are_countries(column: Column) -> bool:
    """Say whether most cells are countries that are known by code or name."""
    known = sum(bool(re.fullmatch("[A-Z]{2}", as_country(cell))) for cell in column.cells.values())
    return known > SHARED * len(column.cells)


def _is_only(column: Column, end: str) -> bool:
    """Say whether a header is no more than the words for an actor: "Donor", "Provider org"."""
    rest = list(column.words)
    for one in (*words(entry(column.words, "ends")), "org", "organisation", "organization"):
        if one in rest:
            rest.remove(one)
    return not rest or bool(meaning(rest, "ends")) or end in ("parties", "parent")


def _settle(plan: Plan) -> None:
    """Join blocks that are about the same actor: one that has no name is part of the one that has, or of the main one."""
    lone: list[str] = [end for end in ("from", "to") if end in plan.actors and not _has_pair(plan, end)]
    for end in lone:
        plan.unused.extend(column.name for group in plan.actors.pop(end).values() for column in group)
    for end in [end for end in plan.actors if end != MAIN and not plan.named(end)]:
        for name, columns in plan.actors.pop(end).items():
            plan.actors.setdefault(MAIN, {}).setdefault(name, []).extend(columns)
    main, others = plan.actors.get(MAIN, {}), [end for end in plan.actors if end not in (MAIN, "parent", "parties")]
    if MAIN in plan.actors and "name" not in main and plan.ends is None and others:
        other = plan.actors.pop(others[0])
        plan.actors = {MAIN: {**other, **main}, **{end: plan.actors[end] for end in plan.actors if end != MAIN}}
    elif MAIN not in plan.actors and len(others) == 1 and not plan.named("parties"):
        plan.actors[MAIN] = plan.actors.pop(others[0])
    elif MAIN in plan.actors and "name" not in main and plan.ends:
        # A number of the row, or a fact of one of several actors: the number becomes the key of the relation.
        spare = plan.actors.pop(MAIN)
        kinds = [column for column in spare.get("type", ()) if any(word(cell, "kinds") for cell in column.values)]
        if kinds and "relation" not in plan.row:  # "Type" beside two ends is that of their relation
            plan.row["relation"] = [spare["type"].pop(spare["type"].index(kinds[0]))]
        plan.row.setdefault("key", []).extend(spare.pop("key", []))
        plan.row.setdefault("note", []).extend(column for group in spare.values() for column in group)
    for end in plan.ends or ():
        plan.row.setdefault("note", []).extend(plan.actors[end].get("name", [])[1:])
        plan.actors[end]["name"] = plan.actors[end].get("name", [])[:1]
    if plan.ends and "event" in plan.actors and "event" not in plan.ends:
        plan.row.setdefault("scope", []).extend(plan.actors.pop("event").get("name", ()))
    if not any(plan.named(label) for label in plan.actors if label != "parent"):
        _name_something(plan)


def _name_something(plan: Plan) -> None:
    """Where no header says what is named, take the first column of words that has no other use."""
    used = {column.name for group in plan.actors.values() for columns in group.values() for column in columns}
    free = [column for column in plan.look.columns if column.cells and column.name not in used]
    worded = [column for column in free if column.share(r"[\d\s.,:/%-]*") < SHARED] or free or list(plan.look.columns)
    if worded[0].name in used:
        plan.actors = {}
    plan.actors.setdefault(MAIN, {})["name"] = [worded[0]]
    plan.unused = [name for name in plan.unused if name != worded[0].name]


def _has_pair(plan: Plan, end: str) -> bool:
    others = [name for name in plan.actors if name not in (end, "parent", "reporter") and plan.named(name)]
    return bool(plan.named(end)) and bool(others)
