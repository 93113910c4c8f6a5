"""Governance data that nobody collected: seeded, in the project's own model, of any size, one country at a time.

Two hundred countries have the same sorts of bodies and ever more of them as the data grow; each relation is dated as roughly as
real ones are, has evidence and mostly a legal basis, some are denied and some are drafts. One more dataset holds the norm.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final, Literal

from bench.model import CHANNELS, COUNTRIES, PATTERNS, PRINCIPLES, SORTS, THINGS, TOPICS, VERBS, Pattern
from graph_build.readers import Dataset
from graph_build.records import Actor, Evidence, Modality, Relation, Search, Source, Thing
from graph_build.vocabulary import vocabulary

NORM: Final = "bench-norm"
CHECKED: Final = "2025-12-31"
SIZES: Final = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000, "10M": 10_000_000}
_TRIPLES: Final = 25.8  # of a relation with its evidence, its share of bodies and laws, and its direct triples
_BASE: Final = 12.5  # of one body or thing that is there whatever the size
_NORM_TRIPLES: Final = 1400
_LAWS_FOR: Final = 25  # relations that share one law
Bodies = Mapping[str, Sequence[str]]


def datasets(triples: int, seed: int = 7) -> Iterator[Dataset]:
    """Yield the norm and the countries, which together have about so many triples; the same seed gives the same records."""
    yield norm()
    countries = COUNTRIES[: max(2, min(len(COUNTRIES), triples // 2000))]
    fixed = _NORM_TRIPLES + len(countries) * (len(SORTS) + len(THINGS)) * _BASE
    relations = max(len(PATTERNS), int((triples - fixed) / _TRIPLES / len(countries)))
    for code in countries:
        yield country(code, relations, seed)


def country(code: str, relations: int, seed: int = 7) -> Dataset:
    """Return the dataset of one country with so many relations."""
    chance, stem = random.Random(f"{seed} {code}"), code.lower()
    actors = list(_actors(code, relations, chance))
    bodies: dict[str, list[str]] = defaultdict(list)
    for sort, actor in actors:
        bodies[sort].append(actor.id)
    laws = [_law(stem, number, chance) for number in range(2 + relations // _LAWS_FOR)]
    made = [_relation(f"{stem}-{number}", bodies, laws, chance) for number in range(relations)]
    return Dataset(
        name=f"bench-{stem}",
        title=f"Generated: {code}",
        version="1",
        checked=CHECKED,
        actors=tuple(actor for _, actor in actors),
        things=tuple(_thing(stem, name) for name in THINGS),
        relations=tuple(made),
        evidence=tuple(item for relation in made for item in _evidence(relation, laws, chance)),
        sources=tuple(laws),
        searches=(Search(f"Inspections in {code}", "the official gazette", CHECKED),),
    )


def norm() -> Dataset:
    """Return the norm: an archetype of each type of body, and what it should do."""
    words = vocabulary().actor_types
    types = sorted({sort.type for sort in SORTS.values()})
    actors = tuple(
        Actor(
            f"norm-bench-{name}",
            (name,),
            f"{words[name].label_en} (norm)",
            f"{words[name].label_uk} (норма)",
            stands_for=name,
        )
        for name in types
    )
    source = Source("bench-standard", "standard", "Generated Standard", issued="2010")
    demands = [pattern for pattern in PATTERNS if pattern.kind in ("oversight", "accountability", "information")]
    pairs = sorted({
        (pattern, SORTS[actor].type, SORTS[target].type)
        for pattern in demands for actor in pattern.actors.split() for target in pattern.targets.split()
    })  # fmt: skip
    relations = tuple(
        Relation(
            f"bench-norm-{number}", f"norm-bench-{actor}", pattern.kind, f"norm-bench-{target}", "normative",
            function=tuple(pattern.function.split()), layer=tuple(pattern.layer.split()), confidence="high", verified="read",
        )
        for number, (pattern, actor, target) in enumerate(pairs, 1)
    )  # fmt: skip
    evidence = tuple(Evidence(relation.id, source.id, f"page={number}") for number, relation in enumerate(relations, 1))
    return Dataset(
        name=NORM, title="Generated norm", version="1", checked=CHECKED,
        actors=actors, relations=relations, evidence=evidence, sources=(source,),
    )  # fmt: skip


def _actors(code: str, relations: int, chance: random.Random) -> Iterator[tuple[str, Actor]]:
    for sort, made in SORTS.items():
        for number in range(1, 2 + made.more * relations // 1000):
            english, ukrainian = f"{made.english} {number} of {code}", f"{made.ukrainian} {number} ({code})"
            short = "".join(word[0] for word in made.english.split())
            yield sort, Actor(
                f"{code.lower()}-{sort}-{number}", (made.type,), english, ukrainian,
                alt_labels=(f"{short}{number} {code}",) if chance.random() < 0.4 else (),
                country=code, founded=_date(chance, 1920, 1990), note="Generated." if chance.random() < 0.1 else "",
            )  # fmt: skip


def _thing(stem: str, name: str) -> Thing:
    english, ukrainian = THINGS[name]
    return Thing(f"{stem}-{name}", name, f"{english} ({stem.upper()})", f"{ukrainian} ({stem.upper()})")


def _law(stem: str, number: int, chance: random.Random) -> Source:
    issued = _date(chance, 1992, 2015)
    return Source(
        f"{stem}-law-{number}", "law" if number % 5 else "report", f"Act No. {number} of {stem.upper()}", f"Parliament of {stem.upper()}",
        issued=issued, url=f"https://example.org/{stem}/{number}",
    )  # fmt: skip


def _relation(name: str, bodies: Bodies, laws: Sequence[Source], chance: random.Random) -> Relation:
    number, stem = int(name.rpartition("-")[2]), name.partition("-")[0]
    # The first relations go through all patterns, so that every kind is there however small the data.
    pattern = (
        PATTERNS[number] if number < len(PATTERNS) else chance.choices(PATTERNS, [each.weight for each in PATTERNS])[0]
    )
    actor = chance.choice(bodies[chance.choice(pattern.actors.split())])
    modality = _modality(chance)
    start = _date(chance, 1995, 2022)
    draft = chance.random() < 0.03
    law = chance.choice([law for law in laws if law.type == "law"])
    amount = (
        str(chance.randrange(10_000, 5_000_000, 1000)) if pattern.kind == "funding" and chance.random() < 0.7 else ""
    )
    return Relation(
        name, actor, pattern.kind, _target(stem, pattern, actor, bodies, chance), modality,
        phrase=chance.choice(VERBS).replace("-", " ") if pattern.kind == "other" or chance.random() < 0.4 else "",
        negated=chance.random() < 0.02,
        function=tuple(pattern.function.split()),
        layer=tuple(pattern.layer.split()),
        topic=(chance.choice(TOPICS),) if chance.random() < 0.5 else (),
        channel=(chance.choice(CHANNELS),) if chance.random() < 0.2 else (),
        scope="personal data" if chance.random() < 0.1 else "",
        amount=amount,
        currency="EUR" if amount else "",
        legal_basis=(f"{law.id} art. {chance.randrange(1, 80)}",) if modality == "normative" or chance.random() < 0.2 else (),
        start=start,
        end=str(int(start[:4]) + chance.randrange(1, 12)) if chance.random() < 0.15 else "",
        confidence="low" if draft else chance.choice(("high", "high", "medium")),
        verified="memory" if draft else "read",
    )  # fmt: skip


def _modality(chance: random.Random) -> Modality:
    options: tuple[Modality, ...] = ("normative", "actual", "capability")
    return chance.choices(options, (55, 35, 10))[0]


def _target(stem: str, pattern: Pattern, actor: str, bodies: Bodies, chance: random.Random) -> str:
    """Return a body other than the actor, or a thing or principle."""
    sort = chance.choice(pattern.targets.split())
    if sort == "principle":
        return f"principle:{chance.choice(PRINCIPLES)}"
    if sort in THINGS:
        return f"{stem}-{sort}"
    others = [*bodies[sort]]
    if actor in others:
        others.remove(actor)  # each is there once; to compare them all in Python took a fifth of the time of a country
    return chance.choice(others) if others else bodies["ministry"][0]


def _evidence(relation: Relation, laws: Sequence[Source], chance: random.Random) -> Iterator[Evidence]:
    for number in range(1 if chance.random() < 0.8 else 2):
        page = chance.randrange(1, 400) * 2 + number
        stance: Literal["supports", "disputes"] = "disputes" if number and chance.random() < 0.2 else "supports"
        source = chance.choice(laws).id
        if chance.random() < 0.3:
            digest = sha256(f"{relation.id} {number}".encode()).hexdigest()
            yield Evidence(relation.id, source, f"char={page * 100},{page * 100 + 80}", digest, stance)
        else:
            yield Evidence(relation.id, source, f"page={page}", stance=stance)


def _date(chance: random.Random, first: int, last: int) -> str:
    """Return a year, a month or a day, as roughly as sources have it."""
    year, precision = chance.randrange(first, last), chance.random()
    if precision < 0.4:
        return str(year)
    month = f"{year}-{chance.randrange(1, 13):02}"
    return month if precision < 0.5 else f"{month}-{chance.randrange(1, 29):02}"
