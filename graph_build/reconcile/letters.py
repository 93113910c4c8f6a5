"""Names of any script in Latin letters, and words as they sound: so that transliterations of one name meet."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from graph_build.reconcile.tables import table

_LONGEST: Final = 300  # letters of a name that are compared: the rest of a paragraph in a name's place tells nothing
_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHES: Final = re.compile(r"[’'ʼ`´ʹ]")


@lru_cache(65536)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name in small Latin letters, without marks; letters of unknown scripts stay.

    >>> words("Генеральна прокуратура"), words("Señoría O'Neil")
    (('heneralna', 'prokuratura'), ('senoria', 'oneil'))
    """
    text = unicodedata.normalize("NFC", _APOSTROPHES.sub("", name[:_LONGEST])).casefold()
    return tuple(_WORD.findall(_unmarked("".join(map(_latin, text)))))


def _latin(letter: str) -> str:
    letters = table("letters")["letters"]
    found: str = letters.get(letter, letter)
    return found


def _unmarked(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


@lru_cache(65536)
def sound(word: str) -> str:
    """Return a word of `words` as it sounds: one spelling for what transliterations spell in several ways.

    >>> sound("zelenskyy") == sound("zelenskii") == sound("zelenski"), sound("khmelnytskyi") == sound("chmelnitski")
    (True, False)
    """
    if word.isdigit():
        return word
    for spelling, one in _sounds():
        word = word.replace(spelling, one)
    return "".join(sign for place, sign in enumerate(word) if place == 0 or sign != word[place - 1])


@cache
def _sounds() -> tuple[tuple[str, str], ...]:
    return tuple((pair.split(">")[0], pair.split(">")[1]) for pair in table("letters")["sounds"]["order"])
