"""What stands in an element of IATI: texts in their languages, days, amounts, places and sectors, in any version from 1.01 on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from graph_build.dates import first_day
from graph_build.readers.maps import word_map

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII)
_DAY: Final = re.compile(r"(\d{4})(?:([-/]?)(\d{2})(?:\2(\d{2}))?)?(?:[T ].*|Z|[+-]\d\d:\d\d)?", re.ASCII)
_PLAIN: Final = re.compile(r"\+?(\d*)(?:\.(\d*))?", re.ASCII)
_GROUPED: Final = re.compile(r"\d{1,3}(?:([, ’'])\d{3})(?:\1\d{3})*(?:\.\d+)?", re.ASCII)
_NOTHING: Final = Element("nothing")
_POWER: Final = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d{1,2}", re.ASCII)


class Said(NamedTuple):
    """A text and the language that it is said to be in, or none."""

    text: str
    language: str = ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name in small letters, on one line; without it, nothing."""
    found = element.get(name)
    return " ".join(found.split()) if found else ""


def is_true(element: Element, name: str) -> bool:
    """Say whether an attribute says yes."""
    return attribute(element, name).lower() in ("1", "true")


def children(element: Element, name: str) -> list[Element]:
    """Return the children with a local name."""
    return element.findall(name)


def child(element: Element, name: str) -> Element:
    """Return the first child with a local name; without one, an empty element."""
    found = element.find(name)
    return _NOTHING if found is None else found


def texts(element: Element, language: str = "") -> list[Said]:
    """Return the narratives of an element (2.0x), or else its own text (1.0x); `language` holds where it says none."""
    told = element.findall("narrative") or [element]
    own = language_of(element) or language
    found = [Said(" ".join(part.text.split()), language_of(part) or own) for part in told if part.text]
    return list(dict.fromkeys(said for said in found if said.text))


def all_texts(element: Element, name: str, language: str) -> list[Said]:
    """Return the texts of all children with a name: 1.0x repeats the element for each language."""
    return list(dict.fromkeys(said for part in children(element, name) for said in texts(part, language)))


def language_of(element: Element) -> str:
    """Return the language that an activity says its texts are in."""
    stated = element.get("lang")
    return _language(stated.strip()) if stated else ""


@lru_cache(maxsize=1024)
def _language(code: str) -> str:
    lower = code.lower().replace("_", "-")
    return lower if _LANGUAGE.fullmatch(lower) else ""


def in_language(told: Iterable[Said], language: str) -> str:
    """Return the first text in a language or a variety of it."""
    return next((said.text for said in told if said.language.partition("-")[0] == language), "")


def tagged(said: Said) -> str:
    """Return a text as `alt_labels` takes it.

    >>> tagged(Said("МЗС", "uk")), tagged(Said("contact@home"))
    ('МЗС@uk', 'contact@home@und')
    """
    if said.language:
        return f"{said.text}@{said.language}"
    return f"{said.text}@und" if "@" in said.text else said.text


def day(element: Element) -> tuple[str, str]:
    """Return the day that an element states, and the words in which it does; a day that is in no calendar is none."""
    raw = attribute(element, "iso-date") or " ".join((element.text or "").split())
    return as_day(raw), raw


@lru_cache(maxsize=16_384)
def as_day(raw: str) -> str:
    """Return a date as the tables take it, or nothing where it cannot be told which day is meant.

    >>> as_day("2021-04-30Z"), as_day("20210430"), as_day("2021/04"), as_day("01/02/2021"), as_day("2021-02-30")
    ('2021-04-30', '2021-04-30', '2021-04', '', '')
    """
    found = _DAY.fullmatch(raw)
    if not found or (found[3] and not found[2] and not found[4]):
        return ""
    stated = "-".join(filter(None, (found[1], found[3], found[4])))
    try:
        first_day(stated)
    except ValueError:
        return ""
    return stated


def as_amount(raw: str) -> str:
    """Return a number as the tables take it; what is below nothing, or no number, is none.

    >>> as_amount("1,234,567.50"), as_amount("69940."), as_amount("1.5E6"), as_amount("-500"), as_amount("12,5")
    ('1234567.50', '69940', '1500000', '', '')
    """
    text = raw.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ").strip()
    if _POWER.fullmatch(text):
        return f"{Decimal(text):f}"
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[, ’']", "", text)
    found = _PLAIN.fullmatch(text)
    if not found or not (found[1] or found[2]):
        return ""
    return f"{found[1] or '0'}.{found[2]}" if found[2] else found[1]


def topics(element: Element) -> tuple[str, ...]:
    """Return the topics of the DAC sectors of an activity or transaction; none where no sector has a topic."""
    words = word_map("iati")
    codes = [
        attribute(sector, "code")
        for sector in children(element, "sector")
        if attribute(sector, "vocabulary").lower() in words["dac_vocabularies"]["codes"]
    ]
    found = (words["topics"].get(code) or words["topics"].get(code[:3] if len(code) == 5 else "", ()) for code in codes)
    return tuple(dict.fromkeys(topic for several in found for topic in several))


def sectors(element: Element, language: str) -> Iterator[str]:
    """Give each sector in words, with its share, and with its vocabulary where that is not the DAC's or it has no name."""
    words = word_map("iati")
    for sector in children(element, "sector"):
        dac = attribute(sector, "vocabulary").lower() in words["dac_vocabularies"]["codes"]
        known = word_map("iati_codes")["sectors"] if dac else {}
        yield f"sector: {_named(sector, known, language, words['sector_vocabularies'])}"


def places(element: Element, language: str) -> str:
    """Return the countries and regions that receive, in words, with their shares where there are several."""
    codes, of = word_map("iati_codes"), word_map("iati")["region_vocabularies"]
    found = [_named(country, codes["countries"], language, {}) for country in children(element, "recipient-country")]
    for region in children(element, "recipient-region"):
        known = codes["regions"] if attribute(region, "vocabulary") in ("", "1") else {}
        found.append(_named(region, known, language, of))
    return "; ".join(filter(None, dict.fromkeys(found)))


def countries(element: Element) -> tuple[str, ...]:
    """Return the codes of the countries that receive, sorted."""
    return tuple(sorted({attribute(place, "code").upper() for place in children(element, "recipient-country")}))


def _named(element: Element, names: dict[str, str], language: str, vocabularies: dict[str, str]) -> str:
    """Return name, code and share of a place or sector; a code that has no name in `names` has its vocabulary beside it."""
    code, share = attribute(element, "code"), attribute(element, "percentage")
    told = texts(element, language)
    name = in_language(told, "en") or names.get(code.upper(), "") or (told[0].text if told else "")
    vocabulary = attribute(element, "vocabulary").lower() if code and vocabularies else ""
    if vocabulary and not (names and name):
        code = f"{vocabularies.get(vocabulary, f'vocabulary {vocabulary} code')} {code}"
    words = f"{name} ({code})" if name and code else name or code
    partial = share not in ("", "100") and as_amount(share) not in ("100.0", "100.00")
    return f"{words} {share} %" if words and partial else words
