"""What a query's keywords are: words outside its strings, IRIs, names, variables and comments."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>              # an IRI
    | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}      # the four kinds of string
    | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\n\r]|\\.)*"
    | '(?:[^'\\\n\r]|\\.)*'
    | \#[^\n\r]*                             # a comment
    | \\.                                    # an escaped sign in a prefixed name: no quotation mark, no comment
    | [?$]\w+                                # a variable
    | [\w.-]*:[\w.:-]*                       # a prefixed name
    | @[\w-]+                                # a language or PREFIX of Turtle
    | (?P<word>[A-Za-z]+)
    | (?P<brace>[{}])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def keywords(query: str) -> frozenset[str]:
    r"""Return the bare words of a SPARQL query in capitals, also those written with `\u` escapes.

    >>> sorted(keywords('SELECT ?service { ?service <urn:from> "SERVICE" } # FROM'))
    ['SELECT']
    """
    written = _words(query)
    return written | _words(_ESCAPE.sub(_unescaped, query)) if _ESCAPE.search(query) else written


def has_keyword(query: str, word: str) -> bool:
    """Return whether a word in capitals is among the keywords: most texts do not have it at all, which is seen much sooner.

    >>> has_keyword("SELECT * { ?from ?p ?o }", "FROM"), has_keyword("SELECT * From <urn:a> { ?s ?p ?o }", "FROM")
    (False, True)
    """
    return bool("\\" in query or re.search(rf"\b{word}\b", query, re.IGNORECASE)) and word in keywords(query)


def marks(query: str) -> list[tuple[str, int]]:
    """Return the bare words, in capitals, and the braces of a SPARQL query, each with its place in the text.

    >>> marks("ASK { ?s ?p '}' }")
    [('ASK', 0), ('{', 4), ('}', 16)]
    """
    return [(found[0].upper(), found.start()) for found in _TOKEN.finditer(query) if found["word"] or found["brace"]]


def _words(query: str) -> frozenset[str]:
    return frozenset(found["word"].upper() for found in _TOKEN.finditer(query) if found["word"])


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code <= 0x10FFFF else found[0]
