from __future__ import annotations

import pytest

from graph_build.page.look import colours_of, family_of, look, mark_of
from graph_build.vocabulary import vocabulary


def contrast(one: str, two: str) -> float:
    """Return the WCAG contrast of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((light(one), light(two)))
    return (high + 0.05) / (low + 0.05)


def test_every_kind_of_the_ontology_belongs_to_one_family() -> None:
    named = [kind for family in look()["families"] for kind in family["kinds"]]
    assert sorted(named) == sorted(vocabulary().kinds)


def test_every_group_names_types_of_the_ontology() -> None:
    named = [name for group in look()["groups"] for name in group["types"]]
    assert len(named) == len(set(named))
    assert set(named) <= set(vocabulary().actor_types)


def test_every_actor_type_that_says_enough_has_a_group() -> None:
    other = {name for name in vocabulary().actor_types if mark_of([name], "actor").group == "rest"}
    assert other == {"company", "organisation", "unclassified", "unspecified"}


@pytest.mark.parametrize("theme", [0, 1])
def test_lines_and_outlines_stand_out_from_the_page(theme: int) -> None:
    paper = look()["background"][theme]
    pairs = [family["colour"] for family in look()["families"]] + look()["kind_colours"] + [look()["outline"]]
    assert [pair[theme] for pair in pairs if contrast(pair[theme], paper) < 3] == []
    assert contrast(look()["ink"][theme], paper) > 7


@pytest.mark.parametrize("theme", [0, 1])
def test_letters_can_be_read_on_the_colour_of_each_layer(theme: int) -> None:
    paper = look()["background"][theme]
    assert [layer["id"] for layer in look()["layers"] if contrast(layer["colour"][theme], paper) < 4.5] == []


def test_every_layer_of_the_ontology_has_a_colour_of_its_own() -> None:
    named = [layer["id"] for layer in look()["layers"]]
    assert sorted(named) == sorted([*vocabulary().schemes["layer"], ""])
    assert len({tuple(layer["colour"]) for layer in look()["layers"]}) == len(named)


def test_no_two_groups_look_the_same() -> None:
    looks = [(group["shape"], group["fill"]) for group in look()["groups"]]
    assert len(looks) == len(set(looks))


def test_a_family_has_a_colour_for_each_of_its_kinds() -> None:
    for family in look()["families"]:
        assert len(set(colours_of(family["kinds"]).values())) == len(family["kinds"])


def test_an_unknown_kind_is_drawn_with_the_rest() -> None:
    assert family_of("no-such-kind")["id"] == "duties"
