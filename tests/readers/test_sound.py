"""What may stand in a record: what was found sound once is so again, and only in the field in which it was."""

from __future__ import annotations

from graph_build.readers.sound import sound
from graph_build.records import Actor, Relation


def relation(**other: str) -> Relation:
    return Relation("r", "a", "funding", "b", "actual", verified="secondary", **other)  # type: ignore[arg-type]


def test_what_was_sound_in_one_field_is_not_for_that_in_another() -> None:
    for _ in range(2):
        assert sound(relation(start="2020-01-02", end="2020-01-02", status="draft")) == (
            relation(start="2020-01-02", end="2020-01-02", status="draft"),
            [],
        )
        found, notes = sound(relation(amount="5", currency="2020-01-02"))
        assert found == relation()
        assert {note.field for note in notes} == {"currency"}


def test_values_that_are_sound_alone_and_not_together_are_told_each_time() -> None:
    for _ in range(2):
        assert sound(relation(start="2019", end="2021"))[1] == []
        assert sound(relation(start="2021", end="2022"))[1] == []
        found, notes = sound(relation(start="2021", end="2019"))
        assert isinstance(found, Relation)
        assert found.status == "draft"
        assert [note.field for note in notes] == ["end"]


def test_a_type_that_nothing_knows_is_told_each_time() -> None:
    for _ in range(2):
        found, notes = sound(Actor("a", ("cheese",), "A"))
        assert found is None
        assert [note.field for note in notes] == ["type"]


def test_only_so_many_values_are_remembered() -> None:
    from graph_build.readers.sound import _MOST_KNOWN, _quick_rules

    for number in range(_MOST_KNOWN + 50):
        year = f"{1000 + number % 5000}"
        assert sound(relation(start=year, end=f"{year}-12-31"))[1] == []
    assert max(len(known) for _, _, known in _quick_rules(Relation)[2] if known) == _MOST_KNOWN
