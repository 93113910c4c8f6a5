"""What a query's keywords are: words outside its strings, IRIs, names, variables and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    | (?P<prefix>[\w.-]*):(?:[\w:][\w.:-]*)?  # a prefixed name
    | @[\w-]+                                # a language or PREFIX of Turtle
    | (?P<word>[A-Za-z]+)
    | (?P<brace>[{}])
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENS = re.compile(r"(?:\\.|[%\w.:-]++)*+(?:\s++|\#[^\n\r]*+)*+\{")  # the rest of a name, then a brace
_ADDRESS = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")  # nothing that can be compared has two strokes behind a colon
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
    return bool("\\" in query or re.search(rf"(?<![A-Za-z_]){word}", query, re.IGNORECASE)) and word in keywords(query)


def calls_service(query: str) -> bool:
    """Return whether some reading of a query has the keyword SERVICE; in doubt it has.

    Whether `<` begins an IRI or compares is known only to who parses: both are tried at each. Oxigraph also reads the word where no
    space parts it from a number, a truth value or a prefix: a prefix with these letters before a brace counts, a local name does not.

    >>> calls_service("SELECT * { ?s ?p ?o FILTER(?o<'x>') SERVICE <urn:a> { ?a ?b ?c } FILTER(?o != '') }")
    True
    >>> calls_service("SELECT * { SERVICE:a { ?s ?p ?o } }"), calls_service("ASK { ?s a gov:IntelligenceService }")
    (True, False)
    """
    return ("\\" in query or "SERVICE" in query.upper()) and any("SERVICE" in word for word in readings(query))


def readings(query: str) -> Iterator[str]:
    """Yield the bare words, and with a colon the prefixes of names before a brace, in capitals, whichever way each `<` is read."""
    yield from _read(query)
    if _ESCAPE.search(query):
        yield from _read(_ESCAPE.sub(_unescaped, query))


def _read(query: str) -> Iterator[str]:
    seen, places = set[int](), [0]
    while places:
        found = _TOKEN.search(query, places.pop())
        if found is None or found.start() in seen:
            continue
        seen.add(found.start())
        places.append(found.end())
        if found[0].startswith("<") and not _ADDRESS.match(found[0]):
            places.append(found.start() + 1)
        if found["word"]:
            yield found["word"].upper()
        elif found["prefix"] and _OPENS.match(query, found.end()):
            yield f"{found['prefix']}:".upper()


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
