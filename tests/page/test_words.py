from __future__ import annotations

import re
from importlib.resources import files

import pytest

from graph_build.page.look import look
from graph_build.page.words import FORMS, LANGUAGES, Language, plural, say, words

HOLE = re.compile(r"\{(\w+)\}")


def bases(lang: Language) -> dict[str, set[str]]:
    """Return the keys without their plural form, with the holes of their texts."""
    forms = {form for each in FORMS.values() for form in each}
    found: dict[str, set[str]] = {}
    for key, text in words(lang).items():
        base = key.rsplit(".", 1)[0] if key.rsplit(".", 1)[-1] in forms else key
        found.setdefault(base, set()).update(HOLE.findall(text))
    return found


@pytest.mark.acceptance(12)
def test_both_languages_have_the_same_keys_and_holes() -> None:
    assert bases("en") == bases("uk")


@pytest.mark.acceptance(12)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_plural_forms_are_complete(lang: Language) -> None:
    for key in words(lang):
        base, _, form = key.rpartition(".")
        if form in FORMS[lang]:
            assert {f"{base}.{each}" for each in FORMS[lang]} <= set(words(lang)), base


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_or_markup(lang: Language) -> None:
    for key, text in words(lang).items():
        assert text.strip(), key
        assert "<" not in text, key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_denial_has_one_word_in_every_view(lang: Language) -> None:
    known = words(lang)
    word = known["modality.negated"]
    assert {known["denial.denied"], known["cover.short.denied"]} == {word}
    assert known["cover.denied"].startswith(f"{word}: ")
    titles = [text for key, text in known.items() if key.startswith("cover.denied.title.")]
    assert all(text.startswith(f"{word.capitalize()}: ") for text in titles)


def test_ukrainian_is_not_english() -> None:
    same = {key for key in words("en") if words("en")[key] == words("uk").get(key)}
    assert same == set()


def test_every_family_group_and_modality_has_words() -> None:
    for lang in LANGUAGES:
        for family in look()["families"]:
            assert say(lang, f"family.{family['id']}")
            assert say(lang, f"family.{family['id']}.lede")
        for group in look()["groups"]:
            assert say(lang, f"group.{group['id']}")
        for name in look()["modalities"]:
            assert say(lang, f"modality.{name}.hint")


@pytest.mark.parametrize(
    ("count", "form"), [(0, "many"), (1, "one"), (2, "few"), (14, "many"), (22, "few"), (111, "many")]
)
def test_ukrainian_plurals(count: int, form: str) -> None:
    assert plural("uk", count) == form


def test_every_key_that_scripts_and_template_say_exists() -> None:
    root = files("graph_build.page")
    scripts = "".join(
        entry.read_text(encoding="utf-8") for entry in root.joinpath("static").iterdir() if entry.is_file()
    )
    template = root.joinpath("template", "explorer.html.j2").read_text(encoding="utf-8")
    said = set(re.findall(r'\bsay\("([\w.]*\w)"', scripts + template))
    said |= set(re.findall(r'data-t(?:-[\w-]+)?="([\w.]+)"', template))
    assert len(said) > 50
    assert {key for key in said if key not in bases("en")} == set()
