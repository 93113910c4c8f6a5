"""The relations of a proposed mapping: their kind, their ends, and what columns say around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from graph_build.readers.maps import word_map
from graph_build.readers.tabular_look import Column
from graph_build.readers.tabular_plan import MAIN, Plan
from graph_build.readers.tabular_propose_words import listed, one_or_list, text, word
from graph_build.readers.tabular_words import entry

_FEW: Final = 60


def kind_of(plan: Plan) -> tuple[str, Column | None]:
    """Return the kind of the relation, and the column that says it row by row."""
    said = plan.row.get("relation", ())
    if said and len(said[0].values) <= _FEW and any(word(cell, "kinds") for cell in said[0].values):
        return "other", said[0]
    ends: tuple[str, ...] = plan.ends or ("", "")
    by_end = word_map("tabular_words")["kind_of_end"]
    for label in ends:
        column = plan.named(label)
        hint = by_end.get(entry(column.words, "ends")) if column else None
        if hint:
            return str(hint), None
    if any(column.share(r"[<>≥≤~]?\s*[\d.,]+\s*%") > 0.3 for name in ("percentage", "amount") for column in plan.row.get(name, ())):  # fmt: skip
        return "ownership", None
    if plan.row.get("percentage"):
        return "ownership", None
    if ends[0] in ("person", MAIN) and ends[1] in ("body", "post"):
        return "membership", None
    if plan.row.get("amount") and not said:
        return "funding", None
    return word(plan.look.title, "kinds") or "other", None


def relation(plan: Plan, actors: Sequence[str], targets: Sequence[str]) -> Iterator[str]:
    """Yield the lines of one relation from some ends to others."""
    kind, column = kind_of(plan)
    if actors == ["parties"]:
        kind, column = ("partnership", None) if targets == ["parties"] else ("other", None)
    yield ""
    yield "[[table.relation]]"
    yield f"actor = {one_or_list(actors)}"
    if column is not None:
        pairs = ", ".join(f"{text(' '.join(cell.split()))} = {text(word(cell, 'kinds') or 'other')}" for cell in sorted(column.values))  # fmt: skip
        yield f'kind = {{ column = {text(column.name)}, otherwise = "other", words = {{ {pairs} }} }}'
        yield f"phrase = {text(column.name)}"
    else:
        yield f"kind = {{ always = {text(kind)} }}" + ("  # which kind is it?" if kind == "other" else "")
        yield from _phrase(plan, kind, actors, targets)
    yield f"target = {one_or_list(targets)}"
    yield from _circumstances(plan, column)


def _phrase(plan: Plan, kind: str, actors: Sequence[str], targets: Sequence[str]) -> Iterator[str]:
    said = plan.row.get("relation", ())
    if said:
        yield f"phrase = {text(said[0].name)}"
    elif kind == "membership" and targets[0] == "post":
        yield 'phrase = { always = "holds the post of" }'
    elif kind == "other":
        phrase = "takes part in" if actors[0] == "parties" else "is linked with"
        yield f"phrase = {{ always = {text(phrase)} }}"


def _circumstances(plan: Plan, said: Column | None) -> Iterator[str]:
    row = plan.row
    if key := row.get("key"):
        is_unique = len(key[0].values) == len(key[0].cells) == plan.look.rows
        if is_unique:
            yield f"key = {text(key[0].name)}"
    for name in ("start", "end", "day", "role", "page"):
        if found := row.get(name):
            yield f"{name} = {text(found[0].name)}"
    amounts = row.get("amount", [])
    shares = [*row.get("percentage", []), *(column for column in amounts if column.share(r"\D*[\d.,]+\s*%") > 0.3)]
    amounts = [column for column in amounts if column not in shares]
    if amounts:
        yield f"amount = {text(amounts[0].name)}"
        yield from _currency(plan, amounts[0])
    notes = row.get("note", [])
    if shares or row.get("scope"):
        scope = row.get("scope", []) + [column for column in notes if shares and len(column.values) < 10] + shares
        yield f"scope = {listed([column.name for column in scope])}"
        notes = [column for column in notes if column not in scope]
    rest = [*notes, *amounts[1:], *(column for name in ("start", "end", "day", "role", "page") for column in row.get(name, [])[1:])]  # fmt: skip
    if rest:
        yield f"note = {listed([column.name for column in rest])}"


def _currency(plan: Plan, amount: Column) -> Iterator[str]:
    if found := plan.row.get("currency"):
        yield f"currency = {text(found[0].name)}"
        return
    codes = [each.upper() for each in amount.words if each.upper() in ("EUR", "USD", "UAH", "GBP", "CHF", "SEK", "GEL", "PLN")]  # fmt: skip
    if codes:
        yield f"currency = {{ always = {text(codes[0])} }}"
    else:
        yield '# currency = { always = "EUR" }  # an amount without a currency stands in the note only'
