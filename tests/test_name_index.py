"""The full-text index gives what a look through all names would give."""

from __future__ import annotations

from difflib import get_close_matches

from bench.generate import datasets
from graph_build.builder import fill
from graph_build.encode import organisation_ids
from graph_build.name_index import NameIndex
from graph_build.names import names
from graph_build.store import EmbeddedStore

NAMES = [
    f"{sort} {number} of {code}"
    for sort in ("police", "audit office", "border guard")
    for number in range(40)
    for code in ("ua", "ke")
]


def test_words_are_found_in_any_order_and_by_their_beginning() -> None:
    found = NameIndex(NAMES).with_words("guard bord ua", most=1000)
    assert sorted(found) == sorted(name for name in NAMES if name.startswith("border") and name.endswith("ua"))


def test_signs_of_the_query_language_are_words_or_nothing() -> None:
    index = NameIndex(["police (new)", 'audit "court"'])
    assert index.with_words('"court" AND (audit)') == []
    assert index.with_words('court" *') == ['audit "court"']
    assert index.with_words("()") == index.like("x") == []
    assert index.like('t "c') == ['audit "court"']


def test_near_names_are_among_those_that_share_letters() -> None:
    index = NameIndex(NAMES)
    for wrong in ("polise 7 of ua", "audit offize 12 of ke", "bordr guard 3 of ua"):
        assert get_close_matches(wrong, index.like(wrong), n=1) == get_close_matches(wrong, NAMES, n=1)


def test_a_search_gives_names_as_spelled_with_their_iris() -> None:
    made, store = list(datasets(5_000)), EmbeddedStore.memory()
    fill(store, made, organisation_ids(made))
    known = names(store)
    found = {iri.rpartition("/")[2] for _, iri in known.search("intelligence service ae", most=50)}
    assert found == {actor.id for actor in made[2].actors if actor.label_en.startswith("Intelligence Service")}
    assert known.search("Intelligence Service 1 of AE")[0][0] == "Intelligence Service 1 of AE"
