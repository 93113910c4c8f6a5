"""The words of the page in English and Ukrainian, read from `i18n/*.json`; every key exists in both."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Language = Literal["en", "uk"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "uk")
FORMS: Final = {"en": ("one", "other"), "uk": ("one", "few", "many")}
"""The plural forms of a language, as Unicode's CLDR names them for whole numbers."""


@cache
def words(lang: Language) -> dict[str, str]:
    """Return the texts of one language by key."""
    text = files("graph_build.page").joinpath("i18n", f"{lang}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def language_of(text: str) -> Language:
    """Return the language of a text that names none, by most of its letters.

    >>> language_of("Верховна Рада (VR)"), language_of("Law No. 1, ст. 6")
    ('uk', 'en')
    """
    latin = sum(letter.isascii() for letter in text if letter.isalpha())
    return "uk" if sum("\u0400" <= letter <= "\u04ff" for letter in text) > latin else "en"


def plural(lang: Language, count: int) -> str:
    """Return which plural form a number takes.

    >>> [plural("uk", count) for count in (1, 3, 5, 11, 21, 112)]
    ['one', 'few', 'many', 'many', 'one', 'many']
    """
    if lang == "en":
        return "one" if count == 1 else "other"
    if count % 10 == 1 and count % 100 != 11:
        return "one"
    return "few" if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else "many"


def say(lang: Language, key: str, **values: object) -> str:
    """Return a text with its `{values}` filled in; a `count` chooses the plural form.

    >>> say("en", "relations", count=1), say("uk", "actors", count=7)
    ('1 relation', '7 суб’єктів')
    """
    if "count" in values and f"{key}.one" in words(lang):
        key = f"{key}.{plural(lang, int(str(values['count'])))}"
    text = words(lang)[key]
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text
