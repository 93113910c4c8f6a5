"""Which actors are worth comparing: those that share an identifier or an uncommon word, by how it sounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from graph_build.reconcile.profile import Profile
from graph_build.reconcile.score import Weights

_COMMON: Final = 60  # a key that more actors of a source have tells nothing
_NEAREST: Final = 8  # candidates of one actor that are compared word by word
_PAIRED: Final = 8  # words of a name that are paired: a longer one has rare words enough


def candidates(left: Sequence[Profile], right: Sequence[Profile], known: Weights) -> list[tuple[int, int]]:
    """Return pairs of places in the two sequences, those that share most first kept for either side, sorted."""
    found: set[tuple[int, int]] = set(_by_identifier(left, right))
    index: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(right):
        for key in _keys(each):
            index[key].append(place)
    keys = [_keys(each) for each in left]
    spread = Counter(key for each in keys for key in each)
    shared: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for place, own in enumerate(keys):
        scores: dict[int, float] = defaultdict(float)
        for key in sorted(own):
            if len(index.get(key, ())) > _COMMON or spread[key] > _COMMON:
                continue
            worth = own[key] / (1 + len(index.get(key, ())))
            for spot in index.get(key, ()):
                scores[spot] += worth
        nearest = sorted(scores, key=lambda spot: (-scores[spot], right[spot].id))[:_NEAREST]
        found.update((place, spot) for spot in nearest)
        for spot, score in scores.items():
            shared[spot].append((-score, place))
    for spot, rivals in shared.items():
        nearest_left = sorted(rivals, key=lambda rival: (rival[0], left[rival[1]].id))[:_NEAREST]
        found.update((place, spot) for _, place in nearest_left)
    return sorted(found)


def _by_identifier(left: Sequence[Profile], right: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(right):
        for identifier in each.identifiers:
            holders[identifier].append(place)
    for place, each in enumerate(left):
        for identifier in each.identifiers:
            for spot in holders.get(identifier, ())[:_COMMON]:
                yield place, spot


def _keys(each: Profile) -> dict[str, float]:
    """Return the keys of an actor with their worth: beginnings of words, pairs of them, whole names."""
    found: dict[str, float] = {}
    for name in each.names:
        stems = sorted({_stem(word) for word in name.words})
        for stem in stems:
            found[stem] = 1.0
        for one, other in combinations(stems[:_PAIRED], 2):
            found[f"{one} {other}"] = 2.0
        found[f"={name.joined}"] = 4.0
    return found


def _stem(word: str) -> str:
    """Return a word without most vowels and its ending, where spellings differ most.

    >>> _stem("oleksandr") == _stem("oleksander"), _stem("nato")
    (True, 'nt')
    """
    return (word[:1] + "".join(letter for letter in word[1:] if letter not in "aeiou!"))[:5]
