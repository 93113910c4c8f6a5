"""Names found by their words, or by what they look like, in milliseconds: a full-text index of SQLite in memory."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"\w+")
_CANDIDATES: Final = 300  # names that share most trigrams: among them are those most like the one asked for


class NameIndex:
    """An index of folded names; made on the first question, for most sessions ask none.

    >>> index = NameIndex(["security service", "intelligence service", "parliament"])
    >>> index.with_words("serv intell"), index.like("parlament")
    (['intelligence service'], ['parliament'])
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names, each once."""
        self._names = names
        self._base: sqlite3.Connection | None = None

    def with_words(self, text: str, most: int = 20) -> list[str]:
        """Return the names that have all words of a text, or words that begin so: the best first, then by name."""
        asked = " ".join(f'"{word}"*' for word in _WORD.findall(text))
        return self._found("words", asked, most)

    def like(self, text: str) -> list[str]:
        """Return names that share runs of three letters with a text, those that share most first."""
        parts = sorted({text[start : start + 3] for start in range(len(text) - 2)})
        asked = " OR ".join('"' + part.replace('"', '""') + '"' for part in parts)
        return self._found("parts", asked, _CANDIDATES)

    def _found(self, table: str, asked: str, most: int) -> list[str]:
        if not asked:
            return []
        question = _QUESTIONS[table]
        return [str(row[0]) for row in self._open().execute(question, (asked, most))]

    def _open(self) -> sqlite3.Connection:
        if self._base is None:
            self._base = sqlite3.connect(":memory:")
            self._base.executescript(_SCHEMA)
            for table in ("words", "parts"):
                self._base.executemany(_ROWS[table], ((name,) for name in self._names))
        return self._base


_SCHEMA: Final = """
CREATE VIRTUAL TABLE words USING fts5(name, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE parts USING fts5(name, tokenize = "trigram case_sensitive 1", detail = none);
"""
_ROWS: Final = {"words": "INSERT INTO words VALUES (?)", "parts": "INSERT INTO parts VALUES (?)"}
_QUESTIONS: Final = {
    "words": "SELECT name FROM words WHERE words MATCH ? ORDER BY rank, name LIMIT ?",
    "parts": "SELECT name FROM parts WHERE parts MATCH ? ORDER BY rank, name LIMIT ?",
}
