"""What is proposed, what is not, and that it does not depend on order."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_build.readers import Dataset
from graph_build.reconcile.profile import Profile, profile
from graph_build.reconcile.propose import THRESHOLD, matches, proposals
from graph_build.reconcile.score import likeness, weights
from graph_build.records import Actor


def actor(name: str, sort: str = "person", *, id: str = "", country: str = "", **more: tuple[str, ...]) -> Profile:
    return profile(Actor(id or name, (sort,), name, country=country, **more))  # type: ignore[arg-type]


def found(one: Profile, other: Profile) -> bool:
    return bool(matches([one], [other]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zelenskyy", "Владимир Зеленский"),
        ("Volodymyr Zelensky", "Зеленський Володимир Олександрович"),
        ("Serhiy Shkarlet", "Сергій Шкарлет"),
        ("Yuliya Tymoshenko", "Юлия Тимошенко"),
        ("Giorgi Kvirikashvili", "გიორგი კვირიკაშვილი"),
        ("Joshua Hawley", "Josh Hawley"),
    ],
)
def test_a_person_in_another_script_or_form(one: str, other: str) -> None:
    assert found(actor(one, id="l"), actor(other, id="r"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ivan Petrovych Bondarenko", "Ivan Mykolaiovych Bondarenko"),
        ("Petro Poroshenko", "Oleksii Poroshenko"),
        ("J. Smith", "John Smith"),
    ],
)
def test_another_person_of_a_like_name(one: str, other: str) -> None:
    assert not found(actor(one, id="l"), actor(other, id="r"))


def test_ministries_of_two_countries_are_two_bodies() -> None:
    ukraine = actor("Ministry of Defence of Ukraine", "ministry", id="l")
    assert found(ukraine, actor("Міністерство оборони України", "ministry", id="r"))
    assert found(ukraine, actor("Ministry of Defence", "ministry", id="r", country="UA"))
    assert not found(ukraine, actor("Ministry of Defence", "ministry", id="r", country="PL"))
    assert not found(ukraine, actor("Ministry of Defence of Poland", "ministry", id="r"))
    assert not found(ukraine, actor("Ministry of Defence", "ministry", id="r"))
    assert not found(ukraine, actor("Committee on Defence of Ukraine", "parliamentary-committee", id="r"))


def test_identifiers_go_before_names() -> None:
    one = actor("Volodymyr Zelenskyy", id="l", exact_match=("Q3874799",))
    proposal = matches([one], [actor("Ze", id="r", identifiers=("wikidata:Q3874799",))])[0]
    assert (proposal.score, proposal.reasons) == (1.0, ("wikidata:Q3874799",))
    assert not found(one, actor("Volodymyr Zelenskyy", id="r", identifiers=("wikidata:Q1",)))


def test_two_of_one_name_are_left_to_people() -> None:
    left = [actor("Oleh Petrenko", id="l")]
    assert not matches(left, [actor("Oleh Petrenko", id="r1"), actor("Олег Петренко", id="r2")])


def test_archetypes_take_no_part() -> None:
    norm = Dataset("a", actors=(Actor("norm-x", ("parliament",), "Tweede Kamer", stands_for="parliament"),))
    assert not proposals([norm, Dataset("b", actors=(Actor("x", ("parliament",), "Tweede Kamer"),))])


NAMES = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                "Ivan",
                "Іван",
                "Ministry",
                "оборони",
                "UNDP",
                "(WFP)",
                "of",
                "J.",
                "Lee",
                "Ukraine",
                "5",
                "=1+1",
                "\x00",
                "@uk",
            ]
        ),
        min_size=1,
    ).map(" ".join),
)
ACTORS = st.builds(
    lambda name, sort, country, others: (name, sort, country, others),
    NAMES.filter(bool),
    st.sampled_from(["person", "ministry", "unclassified", "party"]),
    st.sampled_from(["", "UA", "PL"]),
    st.lists(NAMES, max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTORS, max_size=5), st.lists(ACTORS, max_size=5))
def test_the_order_of_sources_and_actors_changes_nothing(left: list[tuple], right: list[tuple]) -> None:  # type: ignore[type-arg]
    one = [actor(n, s, id=f"l{i}", country=c, alt_labels=a) for i, (n, s, c, a) in enumerate(left)]
    other = [actor(n, s, id=f"r{i}", country=c, alt_labels=a) for i, (n, s, c, a) in enumerate(right)]
    forth = {(each.left, each.right, each.score) for each in matches(one, other)}
    back = {(each.right, each.left, each.score) for each in matches(other[::-1], one[::-1])}
    assert forth == back
    known = weights([*one, *other])
    assert all(likeness(a, b, known).score == likeness(b, a, known).score for a in one for b in other)
    assert all(THRESHOLD <= score <= 1 for *_, score in forth)


def test_ten_thousand_against_ten_thousand_take_seconds() -> None:
    first = [
        f"{a}{b}"
        for a in ("Bor", "Kal", "Mel", "Tar", "Zub", "Hal", "Lys", "Ver", "Sav", "Pet")
        for b in ("enko", "chuk", "skyi", "uk", "ets", "yshyn", "ak", "ko", "iv", "yn")
    ]
    left = [actor(f"{first[n % 100]} {first[n // 100][::-1]}{n % 7}", id=f"l{n}") for n in range(10_000)]
    right = [actor(f"{first[n % 100]} {first[n // 100][::-1]}{n % 7}", id=f"r{n}") for n in range(10_000)]
    started = time.process_time()
    matches(left, right)
    assert time.process_time() - started < 60
