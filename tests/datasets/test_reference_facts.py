"""The datasets hold the reference facts: the right bodies, direction, kind and function, the years, and the law.

They are not part of the project: without `../shared/facts` beside it, all of this is skipped.

A row counts as held when an accepted relation that is not denied joins the same two bodies; who they are is decided by the names that
people type, as in every question. A start or end within one year of the reference is right, and so is a law that the relation cites by
its number, its short title or its abbreviation.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import graph_build as gb
from graph_build.errors import GovgraphError
from graph_build.names import folded

FACTS = Path(__file__).parents[3] / "shared" / "facts"
TABLES = sorted(FACTS.glob("*.csv"))
pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason="the reference facts are kept beside the project")

OTHERS = frozenset({"audit", "complaint handling", "prior authorisation", "authorisation"})
"""Functions that have a word of their own in the reference: a row of nothing else is not plain `oversees`."""
WORDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "oversees": (frozenset({"oversight"}), frozenset()),
    "audits": (frozenset({"oversight"}), frozenset({"audit"})),
    "investigates_complaints_of": (frozenset({"oversight"}), frozenset({"complaint handling", "investigation"})),
    "authorises_warrants_of": (frozenset({"oversight"}), frozenset({"prior authorisation", "authorisation"})),
    "directs": (frozenset({"direction"}), frozenset()),
    "appoints_head_of": (frozenset({"appointment"}), frozenset()),
    "reports_to": (frozenset({"accountability"}), frozenset()),
    "part_of": (frozenset({"composition"}), frozenset({"part"})),
    "member_of": (frozenset({"membership"}), frozenset()),
    "successor_of": (frozenset({"succession"}), frozenset()),
    "partners_with": (frozenset({"partnership"}), frozenset()),
    "funds": (frozenset({"funding"}), frozenset()),
    "trains": (frozenset({"capacity building", "education"}), frozenset()),
}
"""The relation words of the reference: the kinds they mean, and the functions of which one must be there (none named: any)."""
BOTH_WAYS = frozenset({"partners_with"})
NOT_IN_A_TITLE = frozenset(
    re.findall(
        r"\w+",
        """
    act acts law laws art arts article articles section sections sched part with from and the for now as amended by
    replaced before wording originally their its into under also not has was
""",
    )
)
LAW = re.compile(
    r"\b(act|law|constitution|ley|decreto|decree|dnu|code|cpc|ripa|wiv\w*|\w*wet|regulations?|resolution|order|convention"
    r"|opcat|rules|statute|instruction|decision)\b|-[ivx]+\b|\bs{1,2}\. \d",
    re.IGNORECASE,
)
NUMBER = r"\b\d+-[ivx]+\b|\b\d{1,2}\.\d{3}\b|\b\d+(?:-\d+)?/\d+(?:[/-]\w+)?\b|(?<=law )\d{3,}\b|(?<=no\. )\d{3,}\b"


@dataclass(frozen=True)
class Held:
    """What the graph has of one reference fact."""

    fact: str
    rows: tuple[Mapping[str, object], ...]
    years: bool
    law: bool | None  # None: the reference names no law


def facts(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def relations(norms: gb.Atlas) -> dict[tuple[str, str], list[Mapping[str, object]]]:
    found: dict[tuple[str, str], list[Mapping[str, object]]] = defaultdict(list)
    for row in norms.ask("relations", as_of="any").records():
        if not row["negated"]:
            found[str(row["actor"]), str(row["target"])].append(row)
    return found


def held(atlas: gb.Atlas, relations: dict[tuple[str, str], list[Mapping[str, object]]], fact: dict[str, str]) -> Held:
    try:
        ends = atlas.resolve(fact["subject"]), atlas.resolve(fact["object"])
    except GovgraphError:  # a name that nobody or several bear: not held
        return Held(told(fact), (), False, None)
    between = relations.get(ends, []) + (relations.get(ends[::-1], []) if fact["relation"] in BOTH_WAYS else [])
    rows = tuple(row for row in between if means(fact["relation"], row))
    years = near(fact["valid_from"], [row["since"] for row in rows]) and near(
        fact["valid_to"], [row["until"] for row in rows], closed=True
    )
    wanted = fact["legal_basis"] if LAW.search(fact["legal_basis"]) else ""
    cited = [title for row in rows for cell in (row["provision"], row["evidence"]) for title in str(cell).split("|")]
    law = any(same_law(wanted, title) for title in cited) if wanted else None
    return Held(told(fact), rows, bool(rows) and years, law)


def means(word: str, row: Mapping[str, object]) -> bool:
    """Whether a relation is of the kind and function that a word of the reference means."""
    kinds, functions = WORDS[word]
    has = set(str(row["function_label"]).split("|"))
    return row["kind_label"] in kinds and (
        bool(has & functions) if functions else word != "oversees" or not has <= OTHERS
    )


def near(wanted: str, stated: Iterable[object], *, closed: bool = False) -> bool:
    """Whether one of the dates is within a year of the one wanted; no end means that it holds, no start that it is not known."""
    years = [int(str(date)[:4]) if date else None for date in stated]
    if not wanted:
        return None in years or not closed
    return any(year is not None and abs(year - int(wanted)) <= 1 for year in years)


def same_law(wanted: str, title: str) -> bool:
    """Whether a cited title is a law that the reference names: by number, by abbreviation and year, or by most of its words."""
    if numbers(wanted) & numbers(title):
        return True
    asked, given = words(wanted), words(title)
    shared = asked & given
    initials = "".join(
        word[0] for word in re.findall(r"[^\W\d_]+", title) if word not in ("of", "the", "to")
    ).casefold()
    shared |= {word for word in asked if len(word) > 2 and word.isalpha() and initials.startswith(word)}
    named = {word for word in shared if not word.isdigit()}
    return bool(named) and (len(shared) > 1 or "constitution" in shared or len(asked) == 1)


def numbers(text: str) -> set[str]:
    """Return the numbers by which laws are known: 2229-XII, 25.520, 614/2024.

    >>> sorted(numbers("Law 2229-XII; Ley 25.520; DNU 614/2024; art. 32"))
    ['2229-xii', '25.520', '614/2024']
    """
    return set(re.findall(NUMBER, text.casefold()))


def words(text: str) -> set[str]:
    found = re.findall(r"[^\W_]{3,}", folded(text))
    return {word for word in found if word not in NOT_IN_A_TITLE}


def told(fact: dict[str, str]) -> str:
    return (
        f"{fact['fact_id']} {fact['subject']} {fact['relation']} {fact['object']}"
        f" [{fact['legal_basis']}; {fact['valid_from']}-{fact['valid_to']}]"
    )


def share(done: Iterable[bool]) -> float:
    known = list(done)
    return sum(known) / len(known) if known else 1.0


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_the_bodies_the_kind_and_the_function_are_right(
    table: Path, norms: gb.Atlas, relations: dict[tuple[str, str], list[Mapping[str, object]]]
) -> None:
    found = [held(norms, relations, fact) for fact in facts(table)]
    missed = [one.fact for one in found if not one.rows]
    assert share(bool(one.rows) for one in found) >= 0.9, report(table, "not held", found, missed)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_the_years_are_right_within_one(
    table: Path, norms: gb.Atlas, relations: dict[tuple[str, str], list[Mapping[str, object]]]
) -> None:
    found = [one for one in (held(norms, relations, fact) for fact in facts(table)) if one.rows]
    missed = [f"{one.fact}: {spans(one)}" for one in found if not one.years]
    assert share(one.years for one in found) >= 0.85, report(table, "other years", found, missed)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_the_law_is_cited(
    table: Path, norms: gb.Atlas, relations: dict[tuple[str, str], list[Mapping[str, object]]]
) -> None:
    found = [one for one in (held(norms, relations, fact) for fact in facts(table)) if one.rows and one.law is not None]
    missed = [f"{one.fact}: {'; '.join(str(row['provision']) for row in one.rows)}" for one in found if not one.law]
    assert share(bool(one.law) for one in found) >= 0.85, report(table, "another law", found, missed)


def report(table: Path, what: str, found: list[Held], missed: list[str]) -> str:
    """Tell the share of a country, and each row that is not right."""
    return "\n".join([f"{table.stem}: {len(missed)} of {len(found)} {what}", *missed])


def spans(one: Held) -> str:
    return ", ".join(f"{row['since'] or ''} to {row['until'] or ''}" for row in one.rows)


def test_a_wrong_fact_is_not_held(
    norms: gb.Atlas, relations: dict[tuple[str, str], list[Mapping[str, object]]]
) -> None:
    """The measure can fail: direction, function, year and law each decide."""
    fact = facts(FACTS / "united_kingdom.csv")[0]
    assert fact["relation"] == "oversees"
    assert held(norms, relations, fact).rows
    turned = fact | {"subject": fact["object"], "object": fact["subject"]}
    assert not held(norms, relations, turned).rows
    assert not held(norms, relations, fact | {"relation": "audits"}).rows
    assert not held(norms, relations, fact | {"valid_from": "1990"}).years
    assert not held(norms, relations, fact | {"legal_basis": "Police Reform Act 2002"}).law
