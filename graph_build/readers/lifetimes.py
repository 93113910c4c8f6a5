"""Whether relations keep within the lives of the bodies at their ends, as far as dates are known (decision 0004).

A day that goes by the relation alone, as in the direct triples, would else show a body at work before it began or when it was gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graph_build.dates import precedes
from graph_build.errors import Finding
from graph_build.readers.checks import Fault, faults
from graph_build.readers.dataset import Dataset
from graph_build.records import Actor, Relation
from graph_build.vocabulary import vocabulary

BEFORE_IT_BEGINS: Final = frozenset({"appointment", "establishment", "norm-setting"})
"""Kinds whose target may be yet to begin: it is created, and given rules and a head, before its first day."""
AFTER_IT_ENDS: Final = frozenset({"establishment", "succession"})
"""Kinds that stay true of bodies that are gone: who created them, and who came after them."""
OF_THE_PAST: Final = frozenset({"audit", "complaint-handling", "inquiry", "investigation", "judicial-review"})
"""Functions of oversight that look back, and so reach a target that is gone; but they have a stated end."""


def dated(actors: Mapping[str, Actor]) -> dict[str, Actor]:
    """Return the actors of which a first or last day is known."""
    return {name: actor for name, actor in actors.items() if actor.founded or actor.dissolved}


def check_lifetimes(dataset: Dataset, lives: Mapping[str, Actor]) -> Iterator[Finding]:
    """Give a warning for each relation of a dataset that reaches beyond the life of a body at one of its ends.

    `lives` is what `dated` gives of the bodies of all datasets of the build. What is denied is passed over, for it is true also of
    a body that is not there; so is what is of no known kind, or of a body with a fault of its own, as those are told already.
    """
    kinds = vocabulary().kinds
    for relation in dataset.relations:
        if relation.negated or relation.kind not in kinds:
            continue
        for name in (relation.actor, relation.target, *relation.others):
            if body := lives.get(name):
                for fault in (_too_early(relation, body), _too_late(relation, body)):
                    if fault and not any(faults(body)):
                        yield dataset.finding(relation.place, *fault)


def _too_early(relation: Relation, body: Actor) -> Fault | None:
    """An end before the body began is as wrong as a start; it is looked at where no start is known."""
    column, stated = ("start", relation.start) if relation.start else ("end", relation.end)
    if not precedes(stated, body.founded) or (relation.actor != body.id and relation.kind in BEFORE_IT_BEGINS):
        return None
    message = f"{stated} is before {body.id} was founded, {body.founded}"
    return column, message, f"mend {column}, name the body that was there then, or mend founded of {body.id}", True


def _too_late(relation: Relation, body: Actor) -> Fault | None:
    """A start after the body was gone is as wrong as an end; it is looked at where no end is known."""
    if not body.dissolved or relation.kind in AFTER_IT_ENDS:
        return None
    column, stated = ("end", relation.end) if relation.end else ("start", relation.start)
    if precedes(body.dissolved, stated) and (relation.actor == body.id or OF_THE_PAST.isdisjoint(relation.function)):
        message = f"{stated} is after {body.id} was dissolved, {body.dissolved}"
        return (
            column,
            message,
            f"mend {column}, name the body that was there then, or mend dissolved of {body.id}",
            True,
        )
    if relation.end or relation.modality == "descriptive":
        return None
    message = f"there is no end, but {body.id} was dissolved, {body.dissolved}"
    remedy = f"give the end, {body.dissolved} if the relation ended with the body, or mend dissolved of {body.id}"
    return "end", message, remedy, True
