"""What is recorded of a country's bodies: a country of which nothing is recorded is refused with those that there are."""

import pytest

import graph_build as gb
from graph_build.errors import NotFoundError
from graph_build.practice import country_facts, described_codes, known_country


@pytest.mark.parametrize("read", [known_country, country_facts])
def test_an_unknown_country_is_told_what_there_is_and_offered_nothing(norms: gb.Atlas, read: object) -> None:
    assert callable(read)
    with pytest.raises(NotFoundError, match='no country matches "ZZ"') as found:
        read(norms.store, "ZZ")
    assert found.value.suggestions == ()
    assert found.value.remedy == f"use one of: {' · '.join(described_codes(norms.store))}"
