"""Events of RDF by which bodies became others (`org:ChangeEvent`): each that resulted succeeds each that was there before."""

from __future__ import annotations

from itertools import product

from graph_build.readers.entries import Entry, Note, left_out
from graph_build.readers.maps import word_map
from graph_build.readers.rdf_graph import Node, Statements
from graph_build.readers.rdf_words import day
from graph_build.records import Place, Relation


def successions(node: Node, what: str, statements: Statements, place: Place, ids: tuple[str, dict[str, str]]) -> Entry:
    """Return the successions of an event; `ids` are its own id and those of the bodies that `bodies` found."""
    own, known = ids
    before, after = bodies(node, statements)
    pairs = [(new, old) for new, old in product(after, before) if new != old]
    if not pairs:
        missing = "organisation before it" if after else "organisation after it"
        return left_out(
            what, place, "", f"it names no {missing}", "add org:originalOrganization and org:resultingOrganization"
        )
    said = node.text("changed")
    when = day(said)
    told = [value.text for field in ("name", "note") for value in node.all(field) if not value.is_node]
    made = tuple(
        Relation(
            f"{own}-{number}" if len(pairs) > 1 else own,
            known[new],
            "succession",
            known[old],
            "actual",
            start=when,
            note="; ".join(dict.fromkeys(told)),
            verified="secondary",
            place=place,
        )
        for number, (new, old) in enumerate(pairs, 1)
    )
    notes = () if when else (Note("date", "it has no date, so the succession has no start"),)
    return Entry(what, place, made, notes)


def bodies(node: Node, statements: Statements) -> tuple[list[str], list[str]]:
    """Return the bodies before and after an event, which it names itself, or which name it."""
    words = word_map("rdf")["change"]
    naming = list(statements.named_by(node.name))
    found = []
    for side in ("original", "resulting"):
        own = [value.text for value in node.first(side) if value.is_node]
        others = [name for name, said in naming if said == words[side]]
        found.append(list(dict.fromkeys([*own, *others])))
    return found[0], found[1]
