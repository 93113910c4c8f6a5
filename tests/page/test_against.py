"""The page's gaps and coverage are those of `gaps` and `coverage`, whichever way they are packed."""

from __future__ import annotations

from collections import Counter

import pytest

from graph_build.coverage import coverage_counts
from graph_build.gaps import STATES, gaps
from graph_build.network import node_id
from graph_build.page.against import COVERS, STATE_IDS, Against, against
from graph_build.page.facts import facts
from graph_build.page.words import LANGUAGES, say
from graph_build.store import Store
from graph_build.vocabulary import local_name


@pytest.fixture(scope="module")
def ukraine(norms: Store) -> Against:
    return against(norms, ["UA"], None)[0]


def test_every_row_of_the_gaps_is_in_the_page_with_its_state_and_its_grounds(norms: Store, ukraine: Against) -> None:
    rows = gaps(norms, "UA").records()
    told = [(each["demand"], each["body"], each["state"], each["by"]) for each in ukraine.gaps["standards"]]
    names = [str(row["relation"]).split("|") if row["relation"] else [] for row in rows]
    assert told == [
        (
            local_name(str(row["demand_relation"])),
            node_id(str(row["body"])) if row["body"] else "",
            STATE_IDS[str(row["state"])],
            list(dict.fromkeys(map(local_name, by))),
        )
        for row, by in zip(rows, names, strict=True)
    ]
    assert len({each[2] for each in told}) > 2


def test_the_gaps_are_of_the_day_on_which_the_country_was_checked(norms: Store, ukraine: Against) -> None:
    assert ukraine.day == str(gaps(norms, "UA").checked)


def test_every_way_and_remark_is_one_that_the_page_has_words_for(ukraine: Against) -> None:
    rows = [each for known in ukraine.gaps.values() for each in known]
    ways = Counter(way for each in rows for way, _ in each["ways"])  # type: ignore[attr-defined]  # a list of pairs
    notes = Counter(note for each in rows for note, *_ in each["notes"])  # type: ignore[attr-defined]  # lists
    assert ways
    assert notes
    for lang in LANGUAGES:
        for way in ways:
            assert say(lang, f"gaps.way.{way}")
        for note in notes:
            assert say(lang, f"gaps.note.{note}")
        for state in STATE_IDS.values():
            assert say(lang, f"gap.{state}")
    assert len(STATE_IDS) == len(STATES)


def test_each_number_of_the_coverage_is_the_length_of_a_list(norms: Store, ukraine: Against) -> None:
    counted = {
        (node_id(str(row["agency"])), row["layer"]): [row["practice"], row["law"], row["through_parent"], row["denied"]]
        for row in coverage_counts(norms, "UA").records()
    }
    found = {
        (str(row["agency"]), layer): [len(names) for names in lists]
        for row in ukraine.covers
        for layer, lists in zip(COVERS, row["cells"], strict=True)  # type: ignore[call-overload]  # a list of lists
    }
    assert {key: counts for key, counts in found.items() if key in counted} == counted
    assert any(counts[0] for counts in found.values())


def test_a_page_of_one_country_holds_the_demands_on_it(norms: Store) -> None:
    known = facts(norms, country="KE")
    held = {str(relation["id"]) for relation in known.relations}
    (kenya,) = known.against
    assert kenya.relations <= held
    assert kenya.bodies <= {str(node["id"]) for node in known.nodes}
    assert [scope.id for scope in known.scopes] == ["KE"]


def test_a_norm_of_ones_own_is_tested_where_there_is_no_other(mini: Store) -> None:
    (country,) = against(mini, ["XX"], None)
    assert Counter(each["state"] for each in country.gaps["mini"]) == {"law": 1, "unsearched": 1}
    assert against(mini, ["FR"], None) == []
