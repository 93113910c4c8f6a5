"""Relations told in Ukrainian: right in number, case and modality, for every relation of the bundled datasets."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from graph_build.page.facts import Facts
from graph_build.page.sentence import told
from graph_build.vocabulary import vocabulary

ONE = {"label_uk": "Рахункова палата", "country": "UA"}
MANY = {"label_uk": "парламентські комітети"}
TARGET = {"sort": "actor", "label_uk": "поліція"}


def said(relation: Mapping[str, object], actor: Mapping[str, object] = MANY, *targets: Mapping[str, object]) -> str:
    words = told({"kind": "oversight", "modality": "actual", **relation}, actor, list(targets) or [TARGET])
    return f"{words.firmly} {words.towards}"


@pytest.mark.parametrize(
    ("relation", "actor", "sentence"),
    [
        ({}, ONE, "здійснює нагляд за таким суб’єктом:"),
        ({}, MANY, "здійснюють нагляд за таким суб’єктом:"),
        ({"modality": "normative"}, ONE, "за законом здійснює нагляд за таким суб’єктом:"),
        ({"modality": "normative"}, MANY, "мають здійснювати нагляд за таким суб’єктом:"),
        ({"modality": "capability", "negated": True}, ONE, "не може здійснювати нагляду за таким суб’єктом:"),
        ({"function": ("audit",)}, ONE, "здійснює нагляд (аудит) за таким суб’єктом:"),
        ({"kind": "composition", "function": ("staff",)}, MANY, "працюють у складі такого суб’єкта:"),
    ],
)
def test_the_verb_follows_modality_denial_and_number(
    relation: Mapping[str, object], actor: Mapping[str, object], sentence: str
) -> None:
    assert said(relation, actor) == sentence


def test_who_only_proposes_is_not_said_to_appoint() -> None:
    assert said({"kind": "appointment"}, ONE).startswith("призначає")
    for more in ({"phrase": "proposes the head of"}, {"role": "proposer"}):
        assert said({"kind": "appointment"} | more, ONE).startswith("бере участь у призначенні")


def test_the_words_before_the_names_say_how_many_and_what_they_are() -> None:
    assert said({}, ONE, TARGET, TARGET).endswith("за такими суб’єктами:")
    assert said({}, ONE, {"sort": "actor", "label_uk": "суди"}).endswith("за такими суб’єктами:")
    assert said({}, ONE, {"sort": "thing", "label_uk": "видатки"}).endswith("за таким:")
    assert (
        told({"kind": "partnership", "modality": "descriptive"}, MANY, [MANY], own=True).towards
        == "з іншими того самого роду:"
    )


def test_every_kind_has_words_of_its_own() -> None:
    for kind in vocabulary().kinds:
        relation = {"kind": kind, "modality": "actual"}
        other = told({"kind": "other", "modality": "actual"}, ONE, [TARGET]).does
        assert (told(relation, ONE, [TARGET]).does == other) == (kind == "other"), kind


def test_every_relation_of_the_datasets_is_told_without_a_latin_letter(norms_facts: Facts) -> None:
    known = norms_facts
    assert {int(str(each["told"])) for each in known.relations} == set(range(len(known.told)))
    assert [words for words in known.told if re.search("[A-Za-z]", "".join(words))] == []
    assert len(known.told) < len(known.relations) / 3
