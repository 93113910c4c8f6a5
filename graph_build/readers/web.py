"""Addresses on the web: only http and https may stand in a dataset."""

from __future__ import annotations

from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from graph_build.readers.words import shown


def web_fault(address: str) -> str:
    """Return what is wrong with a web address, or nothing.

    >>> web_fault("https://www.example.org/law?id=12#art-6")
    ''
    >>> web_fault("javascript:alert(1)")
    '"javascript:alert(1)" is not a web address'
    """
    try:
        parts = urlsplit(address)
        NamedNode(address)
    except ValueError:
        return f'"{shown(address)}" is not a well-formed address'
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return f'"{shown(address)}" is not a web address'
    return ""
