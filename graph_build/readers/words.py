"""How messages show what stood in a cell, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 60


def shown(cell: str) -> str:
    r"""Return a cell as a message can show it: short, on one line, without control signs.

    >>> shown("two\nlines")
    'two lines'
    """
    if len(cell) <= _LONGEST and cell.isprintable() and "  " not in cell and cell.strip() == cell:
        return cell
    start = " ".join(cell[: 4 * _LONGEST].split())
    short = start if len(start) <= _LONGEST else start[: _LONGEST - 1] + "…"
    return "".join(sign if sign.isprintable() else "�" for sign in short)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a remedy that offers the nearest known words, or nothing.

    >>> nearest("oversigth", ["oversight", "funding"])
    'did you mean: oversight'
    """
    found = get_close_matches(word[:_LONGEST], list(known), n=3, cutoff=0.6)
    return f"did you mean: {' · '.join(found)}" if found else ""
