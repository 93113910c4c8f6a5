"""Which actors of several sources may be one: proposals with a score and reasons, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from graph_build.readers import Dataset
from graph_build.reconcile.blocking import candidates
from graph_build.reconcile.profile import Profile, contradiction, profile
from graph_build.reconcile.score import Weights, likeness, weights

THRESHOLD: Final = 0.85
"""The least score of a proposal: fixed on one half of the real files by `bench/reconcile.py`, measured on the other."""
_MARGIN: Final = 0.015
_RIVALS: Final = 0.85


@dataclass(frozen=True, slots=True, order=True)
class Proposal:
    """Two ids of actors that may be one, how sure that is (1 = an identifier in common), and why."""

    left: str
    right: str
    score: float
    reasons: tuple[str, ...]


def proposals(datasets: Sequence[Dataset], threshold: float = THRESHOLD) -> list[Proposal]:
    """Return the proposals between each two datasets, sorted by ids. Archetypes are no actors of a source and take no part.

    The left one is of the dataset that people have checked, else of the one given first: its id stays in a merge.
    """
    ordered = sorted(enumerate(datasets), key=lambda entry: (not entry[1].checked, entry[0]))
    profiles = [[profile(actor) for actor in dataset.actors if not actor.stands_for] for _, dataset in ordered]
    found = [each for left, right in combinations(profiles, 2) for each in matches(left, right, threshold)]
    return sorted(found, key=lambda proposal: (-proposal.score, proposal.left, proposal.right))


def matches(left: Sequence[Profile], right: Sequence[Profile], threshold: float = THRESHOLD) -> list[Proposal]:
    """Return the pairs of two sequences that reach the threshold, after rivals were weighed against one another."""
    known = weights([*left, *right])
    common = _shared_within(left) | _shared_within(right)
    scored = list(_scored(left, right, known, common))
    return [each for each in _weighed(scored) if each.score >= threshold]


def _shared_within(profiles: Sequence[Profile]) -> frozenset[str]:
    """Return identifiers that several actors of one source have: they are of something else, such as a group."""
    seen: set[str] = set()
    twice: set[str] = set()
    for each in profiles:
        twice |= each.identifiers & seen
        seen |= each.identifiers
    return frozenset(twice)


def _scored(
    left: Sequence[Profile], right: Sequence[Profile], known: Weights, common: frozenset[str]
) -> Iterator[Proposal]:
    for place, spot in candidates(left, right, known):
        one, other = left[place], right[spot]
        same = sorted((one.identifiers & other.identifiers) - common)
        if same:
            apart = contradiction(one, other)
            yield Proposal(one.id, other.id, 0.99 if apart else 1.0, (*same, *([f"but {apart}"] if apart else [])))
        elif not contradiction(one, other):
            found = likeness(one, other, known)
            # A name alone is never as sure as an identifier.
            score = round(min(found.score, 1.0) * 0.98, 3)
            if score > 0.5:
                yield Proposal(one.id, other.id, score, (found.reason,))


def _weighed(scored: Sequence[Proposal]) -> Iterator[Proposal]:
    """Lower the score of pairs of which another is as good: of two persons of one name nobody can tell which is meant."""
    by_end: dict[tuple[str, str], list[Proposal]] = defaultdict(list)
    for each in scored:
        by_end["left", each.left].append(each)
        by_end["right", each.right].append(each)
    for each in scored:
        ends = [*by_end["left", each.left], *by_end["right", each.right]]
        rivals = {rival for rival in ends if rival != each and rival.score >= each.score - _MARGIN}
        if each.score >= 0.99 or not rivals:
            yield each
        else:
            reason = f"but {len(rivals)} other{'s' if len(rivals) > 1 else ''} as like"
            yield Proposal(each.left, each.right, round(each.score * _RIVALS, 3), (*each.reasons, reason))
