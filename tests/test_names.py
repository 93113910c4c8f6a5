from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph_build as gb
from graph_build.errors import NotFoundError, UsageError
from graph_build.names import Home, Names, folded


@pytest.mark.parametrize(
    "name",
    ["CSOs", "csos", "civil society organisations", "the Civil Society Organisations", "ОГС", "організації громадянського суспільства",
     "norm-civil-society-organisations", "id:norm-civil-society-organisations", "https://w3id.org/govgraph/id/norm-civil-society-organisations"],
)  # fmt: skip
def test_an_actor_is_found_under_each_of_its_names(norms: gb.Atlas, name: str) -> None:
    assert norms.resolve(name) == "https://w3id.org/govgraph/id/norm-civil-society-organisations"


def test_principles_topics_and_things_are_found_too(norms: gb.Atlas) -> None:
    assert norms.resolve("principle:transparency").endswith("/principle/transparency")
    assert norms.resolve("freedom of the press").endswith("/id/right-freedom-of-the-press")


def test_an_unknown_name_is_not_guessed_but_the_nearest_are_offered(norms: gb.Atlas) -> None:
    with pytest.raises(NotFoundError) as caught:
        norms.resolve("parlament")
    assert {name.casefold() for name in caught.value.suggestions} & {"parliament", "parliaments"}
    assert caught.value.exit_code == 4


def test_a_name_that_has_all_words_asked_for_is_offered_before_one_that_only_looks_like_them() -> None:
    labels = [
        "state bureau of investigation",
        "state guard",
        "state house",
        "control of the state bureau of investigation",
    ]
    known = Names({label: (label,) for label in labels}, {}, frozenset(labels), {label: label for label in labels})
    assert known.near("State Bureau", 2) == [labels[0], labels[3]]
    assert known.near("Stat Gard", 1) == ["state guard"]
    assert known.near("xyzzy") == []


def test_an_actor_goes_before_a_thing_of_the_same_name() -> None:
    known = Names({"security sector": ("id:a", "id:t")}, {}, frozenset({"id:a"}), {})
    assert known.resolve("Security Sector") == "id:a"


def test_a_name_of_two_bodies_is_refused_with_both_ids() -> None:
    known = Names({}, {"mod": ("x:1", "x:2")}, frozenset({"x:1", "x:2"}), {})
    with pytest.raises(UsageError, match="2 bodies") as caught:
        known.resolve("MoD")
    assert "x:1" in caught.value.remedy


def test_a_label_goes_before_the_alias_of_another() -> None:
    known = Names({"parliament": ("id:norm",)}, {"parliament": ("id:gb",)}, frozenset({"id:norm", "id:gb"}), {})
    assert known.resolve("Parliament") == "id:norm"


def test_of_several_bodies_the_one_of_the_country_and_the_day_is_meant() -> None:
    homes = {
        "x:1": Home("KE", date(1998, 1, 1), date(2010, 12, 31)),
        "x:2": Home("KE", date(2011, 1, 1)),
        "x:3": Home("NO", date(1990, 1, 1)),
    }
    known = Names({}, {"nis": ("x:1", "x:2", "x:3")}, frozenset(homes), {}, homes=homes)
    assert known.resolve("NIS", country="KE", day=date(2005, 1, 1)) == "x:1"
    assert known.resolve("NIS", country="KE", day=date(2020, 1, 1)) == "x:2"
    assert known.resolve("NIS", country="NO") == "x:3"
    for country in ("KE", "UA", ""):
        with pytest.raises(UsageError, match="3 bodies"):
            known.resolve("NIS", country=country)


def test_a_body_is_found_by_what_its_label_says_around_the_bracket(norms: gb.Atlas) -> None:
    police = norms.resolve("Argentine Federal Police (PFA)")
    assert norms.resolve("Argentine Federal Police") == norms.resolve("PFA") == police
    assert norms.resolve("Security Service of Ukraine (СБУ)") == norms.resolve("SBU")
    with pytest.raises(NotFoundError):
        norms.resolve("Security Service of Ukraine (8th convocation)")
    with pytest.raises(NotFoundError):
        norms.resolve("Security Service of Ukraine (MI5)")


def test_a_hyphen_or_an_ampersand_makes_no_other_name() -> None:
    assert folded("Auditor-General") == folded("Auditor General") == folded("auditor–general")
    assert folded("Fire & Rescue Services") == folded("Fire and Rescue Services")
    assert folded("The-Guardian") != folded("Guardian Trust")


def test_who_types_a_name_with_spaces_is_offered_names_and_no_ids(norms: gb.Atlas) -> None:
    offered = norms.names.near("Kenya Military Ombudsman")
    assert "Military Ombudsman" in offered
    assert "ua-military-ombudsman" not in offered
    assert "ua-military-ombudsman" in norms.names.near("ua-military-ombudsmann")


@given(st.text())
def test_folding_is_stable(name: str) -> None:
    once = folded(name)
    assert folded(once) == once or once.startswith(("the ", "a ", "an "))


@pytest.mark.parametrize(("typed", "meant"), [("SBUU", "SBU"), ("SUB", "SBU"), ("AVID", "AIVD"), ("CTVID", "CTIVD")])
def test_an_abbreviation_with_one_slip_is_offered_as_it_is_meant(typed: str, meant: str, norms: gb.Atlas) -> None:
    assert meant in norms.names.near(typed)
