"""What an edge of a drawing says: relations between its ends, of the kind that its attributes or its label name.

A kind that an attribute names is taken as stated. One that only the free label of an edge suggests is a draft. Anything else
is "other", in the words of the file. An edge without direction is no oversight of one by the other: it is "other", too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from graph_build.readers.drawings import Edge, Index
from graph_build.readers.drawings_words import Said, is_own_word, is_yes, kind_of
from graph_build.readers.entries import Entry, Note, cited, left_out
from graph_build.readers.tabular_values import as_amount, as_date
from graph_build.readers.web import web_fault
from graph_build.readers.words import shown
from graph_build.records import Record, Relation, Source
from graph_build.vocabulary import PREFIXES, local_name, vocabulary

_SCHEMES: Final = ("function", "layer", "principle", "topic", "channel")
_LINKED: Final = "is linked to"
_LONGEST_PHRASE: Final = 300


@dataclass(frozen=True, slots=True)
class _Told:
    """What kind of relation an edge is, by which words, and what must be told of that."""

    kind: str
    phrase: str = ""
    function: tuple[str, ...] = ()
    reverse: bool = False
    is_draft: bool = False


def edge_entry(edge: Edge, said: Said, index: Index) -> Entry:
    """Make relations of an edge: one for each target, each span, and each way where it goes both ways."""
    notes = list(edge.notes)
    fault = _fault(edge, index)
    if fault:
        return left_out(edge.what, edge.place, *fault, edge.locator)
    own = is_own(said)
    told = _kind(edge, said, own, notes)
    facts = _facts(said, told, index, notes)
    if said.one("confidence") == "high":
        notes.append(Note("confidence", "high confidence is not taken over: nobody read the source for this"))
        facts["confidence"] = ""
    bases = facts.pop("sources")
    pages = [page for page in said.all("pages") if not web_fault(page)]
    said.remarks += [f"source: {page}" for page in said.all("pages") if page not in pages]
    if facts["modality"] == "normative" and not facts["legal_basis"] and not pages:
        message = "a relation that norms demand names no law here, and nothing else in the file carries it"
        return left_out(edge.what, edge.place, "legal basis", message, "name the law", edge.locator)
    facts["note"] = "; ".join([*said.all("note"), *edge.remarks, *said.remarks, *said.rest()])
    made: list[Relation] = []
    for (start, end), (since, until) in product(_ends(edge, told, index, notes), edge.spans or (("", ""),)):
        name = _name(edge, said, index, own, (told.kind, start, end, since, until), facts)
        dates = {"start": since or facts["start"], "end": until or facts["end"]}
        made.append(Relation(name, start, told.kind, end, place=edge.place, **{**facts, **dates}))
    if not made:
        return Entry(edge.what, edge.place, (), tuple(notes), edge.locator)
    cites = [record for relation in made for page in pages for record in cited(index.source, relation.id, page)]
    return Entry(edge.what, edge.place, (*made, *bases, *cites), tuple(notes), edge.locator)


def is_own(said: Said) -> bool:
    """Say whether an edge has the attributes of this program, whose words are ids and mean what they are."""
    return next((values[0] in vocabulary().schemes["modality"] for _, values in said.named("modality")), False)


def _fault(edge: Edge, index: Index) -> tuple[str, str, str] | None:
    """Return why an edge can be no relation: field, message, remedy."""
    if not edge.source or not edge.targets:
        return "source" if not edge.source else "target", "it names only one end", "name both"
    ends = [index.end(end, edge.place.file) for end in (edge.source, *edge.targets)]
    for end, key in zip(ends, (edge.source, *edge.targets), strict=True):
        if end in index.archetypes:
            return "", f'"{shown(key)}" is a kind of actor of the norms, which is not taken over', ""
    return None


def _ends(edge: Edge, told: _Told, index: Index, notes: list[Note]) -> Iterator[tuple[str, str]]:
    """Give the pairs of ids; a thing does not act, so a pair that begins with one is left out, and told."""
    symmetric, passive = vocabulary().kinds[told.kind].symmetric, index.things | index.concepts
    for target in edge.targets:
        start, end = (index.end(key, edge.place.file) for key in (edge.source, target))
        start, end = (end, start) if told.reverse else (start, end)
        if start in passive and end not in passive and (symmetric or edge.direction != "directed"):
            start, end = end, start  # it goes either way, so the way on which an actor comes first
        if start in passive:
            message = (
                f'what begins at "{shown(edge.source)}" is not taken over: a thing does not act, only an actor does'
            )
            notes.append(Note("source", message, "mend its type, or turn the edge round"))
            continue
        yield start, end
        if edge.direction == "mutual" and not symmetric and end not in passive and start != end:
            yield end, start


def _name(edge: Edge, said: Said, index: Index, own: bool, parts: tuple[str, ...], facts: Mapping[str, Any]) -> str:
    """Return the id of a relation: by the edge's own key, or else by all that it says."""
    stated = next((local_name(values[0]) for _, values in said.named("key")), "") if own else ""
    key = stated or edge.key
    several = len(edge.targets) > 1 or edge.direction == "mutual" or len(edge.spans) > 1
    if key:
        return index.source.id("edge", key, *(parts if several else ()))
    return index.source.id("edge", *parts, *(str(value) for _, value in sorted(facts.items())))


def _kind(edge: Edge, said: Said, own: bool, notes: list[Note]) -> _Told:
    """Find the kind in the attributes that may hold one, then in the label."""
    label = edge.label.strip() or said.one("label")
    phrase = said.one("phrase")
    first = ""
    for name, values in said.named("kind"):
        words = [word.strip() for value in values for word in value.split("|") if word.strip()]
        first = first or next(iter(words), "")
        known = next((word for word in words if kind_of(word, own=own)), "")
        if known:
            said.take(name)
            said.remarks += [f"type: {word}" for word in words if word != known]
            _take_same(said, kind_of(known, own=own))
            other = label if label != known and not phrase else ""
            if phrase and label not in ("", known, phrase):
                said.remarks.append(f"label: {label}")
            return _stated(kind_of(known, own=own), known, phrase or other, edge, said, notes)
    if not first and (found := kind_of(label)):
        return _stated(found, label, phrase, edge, said, notes, is_draft=True)
    shown_as = phrase or label or first
    for name, values in said.named("kind"):
        said.take(name)
        said.remarks += [f"type: {value}" for value in values if value != shown_as]
    if shown_as and first:
        notes.append(Note("type", f'"{shown(first)}" is no kind of relation that is known, so it is "other"'))
    return _Told("other", _short(shown_as or _LINKED, said))


def _take_same(said: Said, kind: Mapping[str, Any]) -> None:
    """Take the attributes that say the same kind in other words."""
    for name, values in said.named("kind"):
        if all(kind_of(value).get("kind") == kind["kind"] for value in values):
            said.take(name)


def _stated(
    found: Mapping[str, Any],
    word: str,
    phrase: str,
    edge: Edge,
    said: Said,
    notes: list[Note],
    *,
    is_draft: bool = False,
) -> _Told:
    """Return a kind that a word names; the word itself is the phrase, where it is none of the kind's own."""
    kind = found["kind"]
    if edge.direction == "undirected" and not vocabulary().kinds[kind].symmetric and kind != "other":
        message = f'"{shown(word)}" goes from one to the other, and the edge has no direction, so it is "other"'
        notes.append(Note("type", message, "give the edge a direction"))
        said.remarks += [f"type: {word}"] if phrase else []
        return _Told("other", phrase or word)
    if is_draft:
        notes.append(Note("label", f'"{shown(word)}" was taken for "{kind}", so the relation is a draft'))
    function = tuple(found.get("function", ()))
    if found.get("reverse"):  # words that go the other way are no phrase of the relation
        said.remarks += [f"told as: {text}" for text in (word, phrase) if text]
        return _Told(kind, "", function, True, is_draft)
    phrase = phrase or ("" if is_own_word(word, kind) else word)
    return _Told(kind, phrase or (_LINKED if kind == "other" else ""), function, False, is_draft)


def _short(phrase: str, said: Said) -> str:
    if len(phrase) <= _LONGEST_PHRASE:
        return phrase
    said.remarks.append(phrase)
    return phrase[: _LONGEST_PHRASE - 1].rstrip() + "…"


def _facts(said: Said, told: _Told, index: Index, notes: list[Note]) -> dict[str, Any]:
    """Return what is said of a relation beside its ends and its kind."""
    facts: dict[str, Any] = {
        "phrase": _short(told.phrase, said),
        "role": said.one("role"),
        "scope": said.one("scope"),
        "start": as_date(said.one("start")),
        "end": as_date(said.one("end")),
        "negated": is_yes(said.one("negated")),
        "modality": _concept(said, "modality") or "actual",
        "confidence": _concept(said, "confidence"),
        "status": _concept(said, "status") or "accepted",
        "verified": "secondary",
        **_money(said, notes),
    }
    if facts["modality"] == "descriptive":
        facts["modality"], facts["status"] = "actual", "draft"
        notes.append(Note("modality", "descriptive is for kinds of actors, so the relation is a draft"))
    facts["status"] = "draft" if told.is_draft else facts["status"]
    for scheme in _SCHEMES:
        words = said.all(scheme)
        facts[scheme] = tuple(word for word in words if word in vocabulary().schemes[scheme])
        said.remarks += [f"{scheme}: {word}" for word in words if word not in facts[scheme]]
    facts["function"] = tuple(dict.fromkeys((*facts["function"], *told.function)))
    facts["legal_basis"], facts["sources"] = _bases(said, index)
    return facts


def _concept(said: Said, scheme: str) -> str:
    word = said.one(scheme)
    if word and word not in vocabulary().schemes[scheme]:
        said.remarks.append(f"{scheme}: {word}")
        return ""
    return word


def _bases(said: Said, index: Index) -> tuple[tuple[str, ...], tuple[Record, ...]]:
    """Return the laws that an edge of ours names: in the file there is only their address, so that is their title."""
    bases, records = [], []
    for basis in said.all("legal_basis"):
        if not basis.startswith(PREFIXES["src"]):
            said.remarks.append(f"legal basis: {basis}")
            continue
        law, _, provision = local_name(basis).partition("--")
        name = index.source.id("law", law)
        bases.append(f"{name} {provision}".strip())
        records.append(Source(name, "other-work", law, url=PREFIXES["src"] + law))
    return tuple(bases), tuple(records)


def _money(said: Said, notes: list[Note]) -> dict[str, str]:
    """Return amount and currency; an amount without one, or below nothing, is only told."""
    stated, currency = said.one("amount"), said.one("currency").upper()
    digits, sign = as_amount(stated) if stated else ("", "")
    currency = currency or sign
    if digits and currency and not digits.startswith("-"):
        return {"amount": digits, "currency": currency}
    if stated:
        said.remarks.append(f"amount: {stated} {currency if currency != sign else ''}".strip())
        notes.append(Note("amount", f'"{shown(stated)}" is no amount with a currency, so it stands in the note'))
    return {}
