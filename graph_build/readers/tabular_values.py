"""What stands in cells: days, amounts, countries and lists of names, in the notations that people use; never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Final

from graph_build.readers.maps import word_map

_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?", re.ASCII)
_SLASHED: Final = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?", re.ASCII)
_SHORT: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ,]+\d{1,2}:\d{2}.*)?", re.ASCII)
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_WORDS: Final = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?)?([^\W\d]+)\.?,?\s+(?:de\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})(?:\s*[^\W\d]{1,6}\.?)?")  # fmt: skip
_NUMBER: Final = re.compile(r"([-−+]?\()?([-−+]?)(\d[\d.,]*)(\)?)", re.ASCII)
_SHARED_SIGNS: Final = frozenset(["$", "kr", "¥", "rs", "fr"])
"""Signs of several currencies: they are no part of the number, and which currency is meant must be told elsewhere."""
_PLAIN: Final = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_MOST_WAYS: Final = 2_000


@lru_cache(maxsize=16_384)
def as_date(text: str, order: str = "", precision: str = "") -> str:
    """Return a day as YYYY[-MM[-DD]] where its notation leaves no doubt; else as it is, for the rules to refuse.

    `order` is DMY or MDY, for days such as 03/04/2014; `precision` is Wikidata's (9 year, 10 month, 11 day).

    >>> as_date("29.12.2011"), as_date("03/04/2014"), as_date("03/04/2014", "MDY"), as_date("1990-00-00")
    ('2011-12-29', '03/04/2014', '2014-03-04', '1990')
    >>> as_date("12 травня 2014 р."), as_date("March 2009"), as_date("1917-01-01", precision="9")
    ('2014-05-12', '2009-03', '1917')
    """
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        kept = {"9": 1, "10": 2}.get(precision, 3)
        parts = [found[1], *(part for part in found.groups()[1:3] if part)]
        return _joined(parts[:kept])
    if found := _SLASHED.fullmatch(text):  # 2011/12 alone may be a season as well as a month
        return _joined([found[1], found[3], found[4]])
    if found := _SHORT.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        order = "DMY" if found[2] == "." and order != "MDY" else order
        if order not in ("DMY", "MDY"):
            order = "DMY" if first > 12 >= second else "MDY" if second > 12 >= first else ""
        if first == second and not order:
            order = "DMY"
        pair = [found[3], found[1]] if order == "DMY" else [found[1], found[3]]
        return _joined([found[4], *pair]) if order else text
    if found := _MONTH_YEAR.fullmatch(text):
        return _joined([found[2], found[1]])
    if (found := _WORDS.fullmatch(text)) and not (found[1] and found[3]):
        month = _months().get(found[2].casefold().rstrip("."))
        parts = [found[4], str(month), found[1] or found[3] or ""] if month else []
        return _joined([part for part in parts if part]) if month else text
    return text


def _joined(parts: Sequence[str]) -> str:
    """Return year, month and day with hyphens, up to the first part that is unknown (00).

    >>> _joined(["2014", "5", "00"])
    '2014-05'
    """
    whole = parts[0]
    for part in parts[1:]:
        if not int(part):
            break
        whole += f"-{int(part):02}"
    return whole


@cache
def _months() -> dict[str, int]:
    return {word: number for number, words in enumerate(word_map("tabular")["months"], 1) for word in words.split()}


def as_amount(text: str, decimal: str = "") -> tuple[str, str]:
    """Return an amount in digits, with its sign, and the currency that stands with it; no digits where there is a doubt.

    >>> as_amount("1 234 567,89 €"), as_amount("USD 12.5"), as_amount("1,234"), as_amount("1,234", ".")
    (('1234567.89', 'EUR'), ('12.5', 'USD'), ('', ''), ('1234', ''))
    >>> as_amount("(300)"), as_amount("about 5 million"), as_amount("$15")
    (('-300', ''), ('', ''), ('15', ''))
    """
    if decimal != "," and _PLAIN.fullmatch(text):
        return text, ""
    plain = re.sub(r"(?<=[\d.,])[\s'’](?=\d{3}\b)", "", text.strip())
    found = _NUMBER.search(plain)
    rest = " ".join(_NUMBER.sub(" ", plain, count=1).split()) if found else plain
    currency = rest.upper() if re.fullmatch("[A-Za-z]{3}", rest, re.ASCII) else word_map("tabular")["currency_signs"].get(rest.lower(), "")  # fmt: skip
    if not found or (rest and not currency and rest.lower().rstrip(".") not in _SHARED_SIGNS):
        return "", ""
    digits = _digits(found[3].rstrip(".,"), decimal)
    minus = bool(found[1] and found[4]) or found[2] in ("-", "−") or (found[1] or "").startswith(("-", "−"))
    return f"-{digits}" if minus and digits else digits, currency


def _digits(number: str, decimal: str) -> str:
    """Return digits with a point, or nothing where the signs between them may mean two things."""
    points, commas = number.count("."), number.count(",")
    if not decimal:
        if points and commas:
            decimal = max(".,", key=number.rindex)
        elif points > 1 or commas > 1:
            decimal = "," if points else "."
        elif commas and len(number) - number.index(",") == 4:
            return ""
        else:
            decimal = "," if commas else "."
    whole, _, rest = number.partition(decimal)
    groups = re.split("[.,]", whole)
    fits = len(groups) == 1 or (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
    if not fits or not all(groups) or (not rest.isdigit() and rest):
        return ""
    return "".join(groups) + (f".{rest}" if rest else "")


@lru_cache(maxsize=4_096)
def as_country(text: str) -> str:
    """Return the alpha-2 code of a country that is given by code or by its English name; else the text as it is.

    >>> as_country("Ukraine"), as_country("ua"), as_country("UK"), as_country("GEO"), as_country("Atlantis")
    ('UA', 'UA', 'GB', 'GE', 'Atlantis')
    """
    word = " ".join(text.casefold().replace("&", " and ").split())
    found = _countries().get(word)
    return found or (text.strip().upper() if re.fullmatch("[a-z]{2}", word) else text)


@cache
def _countries() -> dict[str, str]:
    names = {name.casefold(): code for code, name in word_map("iati_codes")["countries"].items()}
    return {**names, **word_map("tabular")["countries"]}


def pieces(text: str, separator: str) -> list[tuple[int, int]]:
    """Return where the parts of a cell begin and end; a separator between quotation marks parts nothing.

    >>> [text[a:b] for text in ['A; "B; C" ;; D'] for a, b in pieces(text, ";")]
    ['A', '"B; C"', 'D']
    """
    ends, start, quoted = [], 0, False
    place = 0
    while place < len(text):
        if text[place] == '"' and text.count('"') % 2 == 0:
            quoted = not quoted
        elif not quoted and text.startswith(separator, place):
            ends.append((start, place))
            place = start = place + len(separator)
            continue
        place += 1
    ends.append((start, len(text)))
    spans = [(a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip())) for a, b in ends]
    return [(a, b) for a, b in spans if a < b]


def unquoted(name: str) -> str:
    """Return a name without the quotation marks that held it together.

    >>> unquoted('"B; C"'), unquoted('"A" and "B"')
    ('B; C', '"A" and "B"')
    """
    return name[1:-1].strip() if len(name) > 2 and name[0] == name[-1] == '"' and '"' not in name[1:-1] else name


def several(text: str, separator: str, known: Mapping[str, object]) -> list[str]:
    """Part a cell into names; a stretch that is a known name stays whole, the longest first.

    >>> several("Ministry of Roads, Bridges, Police", ", ", {"Ministry of Roads, Bridges": 1})
    ['Ministry of Roads, Bridges', 'Police']
    """
    spans, names, start = pieces(text, separator), list[str](), 0
    while start < len(spans):
        far = min(len(spans), start + 12)
        whole = (end for end in range(far, start + 1, -1) if text[spans[start][0] : spans[end - 1][1]] in known)
        end = next(whole, start + 1)
        names.append(unquoted(text[spans[start][0] : spans[end - 1][1]]))
        start = end
    return names


def paired(
    keys: Sequence[str], text: str, separator: str, names: Mapping[str, str], keys_of: Mapping[str, object]
) -> list[str] | None:
    """Part a cell into as many names as there are keys; nothing where that can be done in several ways, or in none.

    `names` are those of keys that are known from elsewhere, `keys_of` the known names.

    >>> paired(["1", "2"], "Roads, Bridges, Police", ", ", {"2": "Police"}, {"Police": "2"})
    ['Roads, Bridges', 'Police']
    >>> paired(["1", "2"], "Roads, Bridges, Police", ", ", {}, {})
    """
    spans = pieces(text, separator)
    if len(keys) == 1:
        return [unquoted(text.strip())] if text.strip() else None
    if len(spans) == len(keys):
        return [unquoted(text[a:b]) for a, b in spans]
    if len(spans) < len(keys):
        return None
    ways = list(islice(_ways(keys, text, spans, names, keys_of, [_MOST_WAYS]), 2))
    return ways[0] if len(ways) == 1 else None


def _ways(
    keys: Sequence[str],
    text: str,
    spans: Sequence[tuple[int, int]],
    names: Mapping[str, str],
    keys_of: Mapping[str, object],
    left: list[int],
) -> Iterator[list[str]]:
    """Give the ways to make names of neighbouring parts that nothing known contradicts; when there are too many, two that differ."""
    if not keys:
        if not spans:
            yield []
        return
    for end in range(1, len(spans) - len(keys) + 2):
        left[0] -= 1
        if left[0] < 0:
            return
        name = text[spans[0][0] : spans[end - 1][1]]
        own = names.get(keys[0])
        if (own is None and name in keys_of) or own not in (None, name):
            continue
        for rest in _ways(keys[1:], text, spans[end:], names, keys_of, left):
            yield [name, *rest]
