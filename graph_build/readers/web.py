"""Addresses on the web: only http and https may stand in a dataset."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from graph_build.readers.words import shown

_SHORT: Final = 500
_PLAIN: Final = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9._~/-]*)?", re.ASCII)
"""Addresses with which nothing can be wrong, as most are: the others are looked at more closely."""


def web_fault(address: str) -> str:
    """Return what is wrong with a web address, or nothing.

    >>> web_fault("https://www.example.org/law?id=12#art-6")
    ''
    >>> web_fault("javascript:alert(1)")
    '"javascript:alert(1)" is not a web address'
    """
    if _PLAIN.fullmatch(address):
        return ""
    return _known_fault(address) if len(address) < _SHORT else _fault(address)


def _fault(address: str) -> str:
    try:
        parts = urlsplit(address)
        NamedNode(address)
    except ValueError:
        return f'"{shown(address)}" is not a well-formed address'
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return f'"{shown(address)}" is not a web address'
    return ""


_known_fault: Final = lru_cache(maxsize=4_096)(_fault)
