import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph_build as gb
from graph_build.errors import NotFoundError, UsageError
from graph_build.names import Names, folded


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


@given(st.text())
def test_folding_is_stable(name: str) -> None:
    once = folded(name)
    assert folded(once) == once or once.startswith(("the ", "a ", "an "))
