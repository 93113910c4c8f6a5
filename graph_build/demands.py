"""The demands of a norm that can be tested: what bodies of one class must, or must not, be to bodies of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph_build.ask import ask
from graph_build.errors import NotFoundError
from graph_build.practice import class_id, kind_id, names_in
from graph_build.store import Store
from graph_build.table import Value
from graph_build.vocabulary import local_name

__all__ = ["Demand", "demands", "has_norm"]


@dataclass(frozen=True, slots=True)
class Demand:
    """One pair of archetypes of a norm: a body of class `actor_class` must, or where `excluded` must not, stand so to one of `target_class`."""

    relation: str
    actor: str
    actor_class: str
    target: str
    target_class: str
    kind: str
    functions: frozenset[str]
    excluded: bool
    scope: str
    words: str
    standard: str
    narrower_than_tested: tuple[str, ...] = ()
    """Names of the archetypes that are only a kind of the class which stands for them in the test."""


def has_norm(store: Store, norm: str) -> bool:
    """Return whether the graph has a dataset of that name."""
    return any(str(row["dataset"]).endswith(f"/{norm}") for row in ask(store, "datasets").records())


def demands(store: Store, norm: str, as_of: date | None, lang: str) -> list[Demand]:
    """Read the demands of a dataset in force on a day; a dataset that is not there is a `NotFoundError`."""
    rows = list(ask(store, "gap-demands", norm=f"dataset:{norm}", as_of=as_of, lang=lang).records())
    if not rows and not has_norm(store, norm):
        known = [str(row["dataset"]).rpartition("/")[2] for row in ask(store, "datasets").records()]
        raise NotFoundError("norm", norm, sorted(known))
    said = {
        row["relation"]: row["passage"] for row in ask(store, "gap-demand-passages", norm=f"dataset:{norm}").records()
    }
    return [_demand(row, str(said.get(row["relation"]) or "")) for row in rows]


def _demand(row: Mapping[str, Value], standard: str) -> Demand:
    verb = row["phrase"] or row["verb"]
    scope = f" ({row['scope']})" if row["scope"] else ""
    return Demand(
        relation=str(row["relation"]),
        actor=str(row["actor"]),
        actor_class=class_id(row["actor_class"]),
        target=str(row["target"]),
        target_class=class_id(row["target_class"]),
        kind=kind_id(row["kind"]),
        functions=names_in(row["functions"]),
        excluded=bool(row["negated"]),
        scope=str(row["scope"] or ""),
        words=f"{row['actor_label']} {str(verb).rstrip(', ')} {row['target_label']}{scope}",
        standard=standard,
        narrower_than_tested=tuple(str(row[f"{end}_label"]) for end in ("actor", "target") if _is_a_kind(row, end)),
    )


def _is_a_kind(row: Mapping[str, Value], end: str) -> bool:
    """Whether an archetype shares its class with others and its id lacks the words of the class: then it is a kind of it."""
    words = set(local_name(str(row[end])).split("-"))
    named = set(class_id(row[f"{end}_class"]).split("-")[:-1]) <= words
    return bool(row[f"{end}_class_is_shared"]) and not named
