"""The direct triples that a relation projects: who stands to whom, without the node that says why.

The same rule in SPARQL, over a whole graph, is `queries/build/direct.rq`; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final

from graph_build.dates import first_day, last_day
from graph_build.records import Relation
from graph_build.statements import Statement, address, end, iri
from graph_build.vocabulary import vocabulary

_PART_OF: Final = iri("org:subOrganizationOf")


def direct_triples(relation: Relation, checked: str, organisations: Container[str]) -> Iterator[Statement]:
    """Give the direct triples of a relation that holds on the day `checked`; one that does not hold gives none.

    Each pair joins the actor with one party, the target or one of the others. Symmetric kinds are given both ways.
    """
    if not holds(relation, checked):
        return
    kind, actor = vocabulary().kinds[relation.kind], iri(f"id:{relation.actor}")
    for party in (relation.target, *relation.others):
        other = end(party)
        for modality, predicate in kind.direct:
            if modality in ("", relation.modality):
                yield actor, address(predicate), other
                if kind.symmetric:
                    yield other, address(predicate), actor
        if _is_part(relation, party, organisations):
            yield actor, _PART_OF, other


def holds(relation: Relation, day: str) -> bool:
    """Say whether the relation is accepted, not denied, and in force on a day `YYYY-MM-DD`; an open end is in force.

    Without a day, for a dataset that nobody has checked, what has an end is taken as over, and all else holds.
    """
    if relation.negated or relation.status != "accepted" or relation.verified == "memory":
        return False
    if not day:
        return not relation.end
    on = first_day(day)
    begun = not relation.start or first_day(relation.start) <= on
    return begun and (not relation.end or on <= last_day(relation.end))


def _is_part(relation: Relation, party: str, organisations: Container[str]) -> bool:
    """Only a part, not a kind or the staff, and only of an organisation, is a unit of it in the words of ORG."""
    if relation.kind != "composition" or "part" not in relation.function:
        return False
    return relation.actor in organisations and party in organisations
