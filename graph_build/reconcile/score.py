"""How much two names are alike: words set against words, rare words counting more. The same whichever comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from math import log
from typing import Final

from rapidfuzz.distance import Levenshtein

from graph_build.reconcile.ideas import Name, is_generic, light
from graph_build.reconcile.profile import Profile

_ALIKE: Final = 0.75  # words less alike than this are two words
_NEARLY: Final = 0.85  # the same for words of bodies, where a letter may make another word
_WHOLE: Final = 0.8  # one word of a person's name at least is as like as this
_ENDING: Final = 0.97  # "Klementjevs" beside "Klementjev"
_BEGUN: Final = 0.85  # "Josh" beside "Joshua"
_MISSING: Final = 0.9  # what is left of a score where middle names differ
_PATRONYMICS: Final = ("ovic", "evic", "ich", "ovich", "ovna", "evna", "ivna", "ovic", "ilic")
_CUT: Final = 0.95
_COLUMN: Final = 25  # letters after which a beginning in common is no chance
_SHORT_NAME: Final = 0.8  # what an abbreviation in common is worth without a country


@dataclass(slots=True)
class Weights:
    """How much a word tells: the rarer among the names compared, the more."""

    number: int = 1
    names: Counter[str] = field(default_factory=Counter)

    def of(self, word: str) -> float:
        """Return the weight of a word, from a quarter for a light one to about ten for one that only two names have."""
        if word in light():
            return 0.25
        return 1.0 + log((1 + self.number) / (1 + self.names[word]))


def weights(profiles: Iterable[Profile]) -> Weights:
    """Count in how many actors each word stands."""
    found = Weights(0)
    for each in profiles:
        found.number += 1
        found.names.update({word for name in each.names for word in name.words})
    return found


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How much two actors' names are alike, from 0 to 1, and which names these are."""

    score: float
    reason: str = ""


def likeness(one: Profile, other: Profile, known: Weights) -> Likeness:
    """Return how much the two names most alike of two actors are alike."""
    first, second = sorted((one, other), key=lambda profile: profile.id)
    compare = _persons if one.person and other.person else _bodies
    best = Likeness(0.0)
    for name in first.names:
        for against in second.names:
            score = compare(name, against, known, (first, second))
            if score > best.score:
                best = Likeness(score, _reason(name, against, score))
    return best


def _reason(name: Name, against: Name, score: float) -> str:
    if name.short or against.short:
        return f"abbreviation: {name.shown} = {against.shown}"
    return f"{'same name' if score >= 0.995 else 'similar names'}: {name.shown} = {against.shown}"


def _persons(name: Name, against: Name, known: Weights, _: tuple[Profile, Profile]) -> float:
    """Return how far the shorter of two names of persons is found in the longer, of which patronymics and middle names may be over."""
    if min(len(name.words), len(against.words)) == 1:
        return 1.0 if name.words == against.words else 0.0
    matched = _aligned(name.words, against.words, _ALIKE, person=True)
    written_out = [alike for one, other, alike in matched if min(len(one), len(other)) > 1]
    if len(written_out) < 2 or max(written_out) < _WHOLE:
        return 0.0  # "J. Smith" may be any Smith
    shorter, longer = sorted((name.words, against.words), key=lambda words: (len(words), words))
    missing = len(shorter) - len(matched)
    if missing and not _only_the_middle(name.words, against.words, matched):
        return 0.0
    weight = sum(_weight(pair, known) for pair in matched)
    found = sum(pair[2] * _weight(pair, known) for pair in matched)
    return found / weight * 0.98 ** (len(longer) - len(shorter)) * _MISSING**missing


def _weight(pair: tuple[str, str, float], known: Weights) -> float:
    """Return the weight of two words; an initial has hardly any."""
    return 0.5 if 1 in (len(pair[0]), len(pair[1])) else (known.of(pair[0]) + known.of(pair[1])) / 2


def _only_the_middle(own: tuple[str, ...], others: tuple[str, ...], matched: list[tuple[str, str, float]]) -> bool:
    """Say whether first and last words are matched, and what is not is a middle name: two patronymics are two persons."""
    pairs = {(one, other) for one, other, _ in matched}
    over = [word for word in own if word not in {one for one, _ in pairs}]
    beside = [word for word in others if word not in {other for _, other in pairs}]
    both = any(map(_is_patronymic, over)) and any(map(_is_patronymic, beside))
    return (own[0], others[0]) in pairs and (own[-1], others[-1]) in pairs and not both


def _is_patronymic(word: str) -> bool:
    return len(word) > 5 and word.endswith(_PATRONYMICS)


def _bodies(name: Name, against: Name, known: Weights, profiles: tuple[Profile, Profile]) -> float:
    """Return the share of the words that two names of bodies have in common, by weight."""
    if name.short or against.short:
        return _abbreviated(name, against, profiles)
    if _digits(name.words) != _digits(against.words):
        return 0.0
    if _is_cut(name, against):
        return _CUT
    own, others = (
        _without_country(each, profile) for each, profile in zip((name, against), profiles[::-1], strict=True)
    )
    matched = _aligned(own, others, _NEARLY)
    total = sum(map(known.of, own)) + sum(map(known.of, others))
    found = sum(alike * (known.of(one) + known.of(other)) for one, other, alike in matched)
    score = found / total if total else 0.0
    if is_generic(own) or is_generic(others):
        same_country = bool(profiles[0].countries & profiles[1].countries)
        return score if same_country else score * 0.8
    return score


def _is_cut(name: Name, against: Name) -> bool:
    """Say whether one is the beginning of the other, cut off within a word because a column was full."""
    short, long = sorted((" ".join(name.words), " ".join(against.words)), key=len)
    return len(short) >= _COLUMN and long.startswith(short) and not f"{long} ".startswith(f"{short} ")


def _without_country(name: Name, other: Profile) -> tuple[str, ...]:
    """Leave out the country of a name where the other actor is of that country, too: "of Ukraine" is then no difference."""
    if not name.countries & other.countries:
        return name.words
    return tuple(word for word in name.words if word[:-1].upper() not in other.countries) or name.words


def _abbreviated(name: Name, against: Name, profiles: tuple[Profile, Profile]) -> float:
    """Return what it is worth that two abbreviations are the same."""
    if name.words != against.words or len("".join(name.words)) < 3:
        return 0.0
    if profiles[0].countries & profiles[1].countries:
        return 0.95
    return _SHORT_NAME


def _digits(words: tuple[str, ...]) -> list[str]:
    return sorted(word for word in words if word.isdigit())


def _aligned(
    own: tuple[str, ...], others: tuple[str, ...], least: float, *, person: bool = False
) -> list[tuple[str, str, float]]:
    """Pair the words most alike first, each once."""
    pairs: list[tuple[float, tuple[str, ...], int, int]] = []
    for place, one in enumerate(own):
        for spot, other in enumerate(others):
            alike = _alike(min(one, other), max(one, other), person)
            if alike >= least:
                pairs.append((-alike, tuple(sorted((one, other))), place, spot))
    taken: tuple[set[int], set[int]] = set(), set()
    found = []
    for alike, _, place, spot in sorted(pairs):
        if place not in taken[0] and spot not in taken[1]:
            taken[0].add(place)
            taken[1].add(spot)
            found.append((own[place], others[spot], -alike))
    return found


@lru_cache(262144)
def _alike(one: str, other: str, person: bool) -> float:
    if one == other:
        return 1.0
    if one.endswith("!") or other.endswith("!") or one.isdigit() or other.isdigit():
        return 0.0
    return _person_alike(*sorted((one, other), key=len)) if person else Levenshtein.normalized_similarity(one, other)


def _person_alike(short: str, long: str) -> float:
    """Compare two words of persons' names: initials, short forms and endings of grammar are the same name."""
    if len(short) == 1:
        return 1.0 if long[0] == short else 0.0
    alike = Levenshtein.normalized_similarity(short, long)
    if len(short) > 2 and long.startswith(short):
        return max(alike, _ENDING if long.removeprefix(short) in ("s", "is", "as", "us", "os") else _BEGUN)
    return alike
