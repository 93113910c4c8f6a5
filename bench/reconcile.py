"""How well `govgraph reconcile` finds the same actor by names alone: the identifiers of real files, hidden and then asked.

    python -m bench.reconcile

Each trial sets two sources against each other whose actors carry identifiers of one register. The matcher sees neither these nor
each other's ids. A proposal is right if the identifiers are the same; precision is over the proposals between actors that
both have one, recall over the actors that both sources have. The threshold of `propose.py` was chosen on the files under
FIXED alone; those under REPORTED were set aside.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from graph_build.errors import InputError
from graph_build.readers import read
from graph_build.reconcile.profile import profile
from graph_build.reconcile.propose import THRESHOLD, matches
from graph_build.reconcile.registers import identifiers
from graph_build.records import Actor

DATA: Final = Path(__file__).parents[2] / "shared" / "data"
Known = dict[str, list[Actor]]
"""Actors by the identifier that is hidden."""
_LANGUAGE: Final = re.compile(r"(.*\S)@([a-z]{2,3})(?:-[a-zA-Z0-9]+)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Trial:
    """Two sources that have actors in common."""

    name: str
    sources: Callable[[Path], tuple[Known, Known]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was proposed, what of it was right, and what there was to be found."""

    name: str
    proposed: int
    right: int
    findable: int

    @property
    def precision(self) -> float:
        """The share of the proposals that are right."""
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """The share of the pairs there are that were proposed."""
        return self.right / self.findable if self.findable else 1.0

    def __str__(self) -> str:
        """Return a row of the table that is printed."""
        return f"{self.name:44} {self.findable:6} {self.proposed:6} {self.precision:9.3f} {self.recall:7.3f}"


def _orgs(path: Path, register: str = "org-id") -> Known:
    """Read a source and take the actors with one number in a register."""
    found: Known = defaultdict(list)
    for actor in read(path).actors:
        for identifier in identifiers(actor):
            if identifier.startswith(f"{register}:"):
                found[identifier].append(actor)
    return found


def _person(names: Iterable[str], kind: str = "person") -> Actor:
    first, *others = dict.fromkeys(names)
    return Actor("", (kind,), first, alt_labels=tuple(others))


def _column(path: Path, key: str, name: str) -> Known:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row[key], row[name]) for row in csv.DictReader(file) if row[key] and row[name]]
    # One actor for an identifier: the rows of these files are terms of office.
    return {identifier: [_person([called])] for identifier, called in sorted(dict(rows).items())}


def _cabinet(data: Path) -> tuple[Known, Known]:
    """Members of cabinets as labelled, against members of parliament as English articles are titled."""
    folder = data / "ukraine-cabinet-wikidata"
    articles = _column(folder / "html-legislators.csv", "personID", "enwiki")
    # "(politician)" behind a title is not part of the name; the reader of names drops it, as it does everywhere.
    return _column(folder / "html-holders21.csv", "personID", "person"), articles


def _languages(file: str, one: tuple[str, ...], other: tuple[str, ...]) -> Callable[[Path], tuple[Known, Known]]:
    """The names that a file has in some languages, against those in others."""

    def sources(data: Path) -> tuple[Known, Known]:
        parts: tuple[Known, Known] = {}, {}
        for actor in read(data / "everypolitician-popolo" / file).actors:
            spelled = _by_language(actor)
            for languages, part in ((one, parts[0]), (other, parts[1])):
                names = [name for language in languages for name in spelled.get(language, ())]
                if names:
                    part[actor.id] = [replace(_person(names), type=actor.type)]
        return parts

    return sources


def _by_language(actor: Actor) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    found["main"].append(actor.label_en)
    if actor.label_uk:
        found["uk"].append(actor.label_uk)
    for label in actor.alt_labels:
        told = _LANGUAGE.fullmatch(label)
        if told:
            found[told[2]].append(told[1])
    return found


def _congress(data: Path) -> tuple[Known, Known]:
    """Members of Congress by their formal names, against the lists of committees."""
    import yaml

    folder = data / "us-congress-committees"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    members = yaml.load((folder / "legislators-current.yaml").read_text(encoding="utf-8"), Loader=loader)  # a safe one
    seats = yaml.load((folder / "committee-membership-current.yaml").read_text(encoding="utf-8"), Loader=loader)
    formal = {
        each["id"]["bioguide"]: [
            _person([" ".join(each["name"][part] for part in ("first", "middle", "last") if part in each["name"])])
        ]
        for each in members
    }
    called = {seat["bioguide"]: [_person([seat["name"]])] for rows in seats.values() for seat in rows}
    return formal, called


def _flows(one: str, other: str) -> Callable[[Path], tuple[Known, Known]]:
    return lambda data: (_orgs(data / one), _orgs(data / other))


def _publishers(path: str) -> Callable[[Path], tuple[Known, Known]]:
    """The first name that a file has for each body, against the other names that other publishers give some of them."""

    def sources(data: Path) -> tuple[Known, Known]:
        actors = [actor for actor in read(data / path).actors if "person" not in actor.type]
        first: Known = {actor.id: [replace(actor, alt_labels=())] for actor in actors}
        labels = {actor.id: [_LANGUAGE.sub(r"\1", label) for label in actor.alt_labels] for actor in actors}
        others: Known = {
            actor.id: [replace(actor, label_en=labels[actor.id][0], alt_labels=tuple(labels[actor.id][1:]))]
            for actor in actors
            if labels[actor.id]
        }
        return first, others

    return sources


_FLOWS: Final = "iati-ukraine-flows/ukraine-flows.csv"
_FOOD: Final = "iati-ukraine-flows/foodsecurity-flows.csv"
_ACTIVITIES: Final = "iati-activities/dportal-2.03-multi-publisher.xml"
_LATIN: Final = ("main", "en", "de", "fr")
_EAST: Final = ("ru", "uk", "bg", "be", "sr", "mk")
FIXED: Final = (
    Trial("Congress: formal names, committee lists", _congress),
    Trial("Latvia: Latin, Cyrillic", _languages("latvia-saeima-ep-popolo-v1.0.json", _LATIN, _EAST)),
    Trial("Georgia: Latin, Georgian", _languages("georgia-parliament-ep-popolo-v1.0.json", _LATIN, ("ka", *_EAST))),
    Trial(
        "Indonesia: as listed, as labelled",
        _languages("indonesia-council-ep-popolo-v1.0.json", ("main",), ("id", "en")),
    ),
    Trial("IATI: names by several publishers", _publishers(_ACTIVITIES)),
)
REPORTED: Final = (
    Trial("Ukraine: cabinets, parliament", _cabinet),
    Trial(
        "Armenia: Latin, Armenian and Cyrillic",
        _languages("armenia-assembly-ep-popolo-v1.0.json", _LATIN, ("hy", *_EAST)),
    ),
    Trial(
        "Netherlands: Latin, Cyrillic",
        _languages("netherlands-house_of_representatives-ep-popolo-v1.0.json", _LATIN, _EAST),
    ),
    Trial(
        "Kenya: as listed, as labelled", _languages("kenya-assembly-ep-popolo-v1.0.json", ("main",), ("de", "en", "sv"))
    ),
    Trial("IATI: food security, flows to Ukraine", _flows(_FOOD, _FLOWS)),
)


def outcome(trial: Trial, data: Path = DATA, threshold: float = THRESHOLD) -> Outcome:
    """Run a trial and count."""
    left, right = trial.sources(data)
    numbers = (dict(_hidden(left, "l")), dict(_hidden(right, "r")))
    profiles = [[profile(actor) for actor, _ in side.values()] for side in numbers]
    found = matches(profiles[0], profiles[1], threshold)
    right_ones = [each for each in found if numbers[0][each.left][1] & numbers[1][each.right][1]]
    findable = _findable(*numbers)
    return Outcome(trial.name, len(found), len(right_ones), findable)


def _hidden(known: Known, side: str) -> Iterator[tuple[str, tuple[Actor, frozenset[str]]]]:
    """Give each actor a number in place of what would tell who it is."""
    numbers: dict[int, tuple[Actor, set[str]]] = {}
    for identifier, actors in sorted(known.items()):
        for actor in actors:
            numbers.setdefault(id(actor), (actor, set()))[1].add(identifier)
    for number, (actor, said) in enumerate(numbers.values()):
        name = f"{side}{number:06}"
        yield name, (replace(actor, id=name, identifiers=(), exact_match=(), note=""), frozenset(said))


def _findable(
    left: Mapping[str, tuple[Actor, frozenset[str]]], right: Mapping[str, tuple[Actor, frozenset[str]]]
) -> int:
    holders = Counter(identifier for _, said in right.values() for identifier in said)
    return sum(holders[identifier] for _, said in left.values() for identifier in said)


def together(name: str, outcomes: Iterable[Outcome]) -> Outcome:
    """Add outcomes up."""
    rows = list(outcomes)
    return Outcome(name, sum(o.proposed for o in rows), sum(o.right for o in rows), sum(o.findable for o in rows))


def main(data: Path = DATA) -> int:
    """Print the table, or which of the real files is missing; return the exit code."""
    try:
        for lines in _tables(data):
            sys.stdout.write(lines)
    except (FileNotFoundError, InputError) as error:
        told = f"there is no file {error.filename}" if isinstance(error, FileNotFoundError) else str(error)
        sys.stderr.write(f"this measures on real files, which are looked for in {data}: {told}\n")
        return 1
    return 0


def _tables(data: Path) -> Iterator[str]:
    """Yield the lines of the trials on which the threshold was fixed, below the head of the table, and of those set aside."""
    head = f"threshold {THRESHOLD}\n{'':44} {'pairs':>6} {'found':>6} {'precision':>9} {'recall':>7}\n"
    for name, trials in (("fixed on", FIXED), ("reported on", REPORTED)):
        rows = [outcome(trial, data) for trial in trials]
        yield "".join((head, *(f"{row}\n" for row in (*rows, together(name, rows), ""))))
        head = ""


if __name__ == "__main__":
    sys.exit(main())
