"""Words and texts of a proposed mapping: what a cell means in the tables of words, and texts as TOML has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from graph_build.readers.maps import word_map
from graph_build.readers.tabular_look import Column
from graph_build.readers.tabular_mapping import folded
from graph_build.readers.tabular_words import words


def word(cell: str, table: str) -> str:
    """Return what a cell means: the cell itself, or the longest known words in it."""
    known: dict[str, str] = word_map("tabular_words")[table]
    said = folded(cell)
    if said in known:
        return known[said]
    parts = words(cell)
    spans = [" ".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1)]
    hits = sorted((span for span in spans if span in known and len(span) > 2), key=lambda span: (-len(span), span))
    return known[hits[0]] if hits else ""


def one_or_list(names: Sequence[str]) -> str:
    """Return one name as a text, several as a list."""
    return text(names[0]) if len(names) == 1 else listed(names)


def listed(texts: Sequence[str]) -> str:
    """Return texts as a list of TOML."""
    return f"[{', '.join(map(text, texts))}]"


def said(column: Column | None) -> str:
    """Return how a mapping names a column, or several together; none is an empty text."""
    return (
        f"{{ text = {text(column.template)} }}" if column and column.template else text(column.name if column else "")
    )


def text(said: Any) -> str:
    r"""Return a text as TOML has it.

    >>> text('a "b"\n')
    '"a \\"b\\"\\n"'
    """
    plain = str(said).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", lambda sign: f"\\u{ord(sign[0]):04x}" if ord(sign[0]) < 0xD800 else "\ufffd", plain) + '"'  # fmt: skip
