"""Actors that people decided are one, as one: every record speaks of one id, in the graph of its own dataset.

Nothing is written back to a source: without the row in the table, the next build has two actors again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph_build.errors import Finding
from graph_build.readers import Dataset
from graph_build.reconcile.decisions import Decision, finding
from graph_build.records import Actor, Relation, Source, changed
from graph_build.vocabulary import end_node

_FACTS = ("country", "founded", "dissolved")


def merged(datasets: Sequence[Dataset], decisions: Sequence[Decision]) -> tuple[list[Dataset], list[Finding]]:
    """Return the datasets with the accepted merges, and what the decisions leave open or contradict.

    The id of the `left` actor stays. Rows on actors that are not in this build are told of and passed over; a rejected pair that
    other rows would join after all is an error.
    """
    actors = {actor.id: actor for dataset in datasets for actor in dataset.actors}
    accepted = [row for row in decisions if row.decision == "accept"]
    here = [row for row in accepted if row.pair <= actors.keys()]
    findings = [
        *_absent([row for row in accepted if not row.pair <= actors.keys()], actors),
        *_archetypes(here, actors),
    ]
    chosen = _chosen(here)
    findings += _rejected(decisions, chosen)
    if not chosen:
        return list(datasets), findings
    said = {name: actors[name] for name in chosen.values()}
    return [_renamed(dataset, chosen, said) for dataset in datasets], findings


def _absent(rows: Sequence[Decision], actors: Mapping[str, Actor]) -> Iterator[Finding]:
    """Tell once that rows name actors of other sources: one table may serve many builds."""
    if rows:
        name = next(name for name in (rows[0].left, rows[0].right) if name not in actors)
        message = f'{len(rows)} accepted rows name actors that are not in these sources, as "{name}"'
        yield finding(rows[0], message, "give their sources too, or leave it", warning=True)


def _archetypes(rows: Iterable[Decision], actors: Mapping[str, Actor]) -> Iterator[Finding]:
    for row in rows:
        one, other = actors[row.left], actors[row.right]
        if bool(one.stands_for) != bool(other.stands_for):
            yield finding(
                row, "one of these is an archetype, which stands for all of its kind", "reject, or remove the row"
            )


def _chosen(rows: Iterable[Decision]) -> dict[str, str]:
    """Return for each id that goes the id that stays."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while name in above:
            name = above[name]
        return name

    for row in rows:
        left, right = top(row.left), top(row.right)
        if left != right:
            above[right] = left
    return {name: top(name) for name in above}


def _rejected(decisions: Iterable[Decision], chosen: Mapping[str, str]) -> Iterator[Finding]:
    for row in decisions:
        if row.decision == "reject" and chosen.get(row.left, row.left) == chosen.get(row.right, row.right):
            message = f'"{row.left}" and "{row.right}" are rejected here, and joined by accepted rows'
            yield finding(row, message, "reject one of those, or accept this")


def _renamed(dataset: Dataset, chosen: Mapping[str, str], said: dict[str, Actor]) -> Dataset:
    def name(old: str) -> str:
        return chosen.get(old, old)

    def relation(record: Relation) -> Relation:
        ends = (record.actor, record.target, *record.others)
        if not any(end in chosen for end in ends):
            return record
        others = tuple(dict.fromkeys(map(name, record.others)))
        return replace(record, actor=name(record.actor), target=name(record.target), others=others)

    def source(record: Source) -> Source:
        return replace(record, about=tuple(dict.fromkeys(map(name, record.about))))

    return replace(
        dataset,
        actors=tuple(
            _joined(actor, said, chosen[actor.id]) if actor.id in chosen else actor for actor in dataset.actors
        ),
        relations=tuple(map(relation, dataset.relations)),
        sources=tuple(map(source, dataset.sources)),
    )


def _joined(actor: Actor, said: dict[str, Actor], stays: str) -> Actor:
    """Return what a source says of the actor, under the id that stays.

    An actor has one main name in each language, one country and one founding: what another source has first fills what is empty,
    and what differs is kept as a further name or in the note.
    """
    main = said[stays]
    ukrainian = "" if main.label_uk else actor.label_uk
    names = [actor.label_en, *([f"{actor.label_uk}@uk"] if actor.label_uk and not ukrainian else []), *actor.alt_labels]
    facts = {fact: getattr(actor, fact) for fact in _FACTS}
    apart = {fact: value for fact, value in facts.items() if value and getattr(main, fact) not in ("", value)}
    facts.update(dict.fromkeys(apart, ""))
    notes = [actor.note, *(f"here: {fact} {value}" for fact, value in apart.items())]
    filled = {fact: value for fact, value in facts.items() if value and not getattr(main, fact)}
    said[stays] = replace(main, label_uk=main.label_uk or ukrainian, **filled)
    made = changed(
        actor,
        id=stays,
        label_en="",
        label_uk=ukrainian,
        alt_labels=tuple(dict.fromkeys(name for name in names if name)),
        exact_match=(*actor.exact_match, end_node(actor.id).value),
        note="\n".join(filter(None, notes)),
        **facts,
    )
    assert isinstance(made, Actor)
    return made
