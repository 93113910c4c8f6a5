"""What the scripts know of the graph behind the page: its prefixes and classes, and the questions that give one relation or actor."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from graph_build.ask import find
from graph_build.catalogue import WITH
from graph_build.vocabulary import PREFIXES, Term, vocabulary

_QUESTIONS: Final = {"relation": "relation", "party": "relations"}
"""By the parameter for what a reader has before them, the question of the catalogue that gives it."""


def linked_script() -> str:
    """Return a line of script that defines `LINKED`: as data, so that no IRI and no SPARQL is written in a script."""
    words = vocabulary()
    content = {
        "prefixes": PREFIXES,
        "kinds": _curies(words.kinds),
        "types": _curies(words.thing_types | words.actor_types),
        "questions": {name: _body(find(question).text, name) for name, question in _QUESTIONS.items()},
    }
    return f"const LINKED = {json.dumps(content, ensure_ascii=True, separators=(',', ':'))};\n"


def _curies(terms: Mapping[str, Term]) -> dict[str, str]:
    return {name: _curie(term.iri) for name, term in sorted(terms.items())}


def _curie(iri: str) -> str:
    prefix, base = max(
        ((prefix, base) for prefix, base in PREFIXES.items() if iri.startswith(base)), key=lambda each: len(each[1])
    )
    return f"{prefix}:{iri.removeprefix(base)}"


def _body(text: str, name: str) -> str:
    """Return a question without its header, which is for the catalogue; the page fills in `name` and the language.

    So what is wanted with these is asked, and what is wanted with others only is left out.
    """
    asked = WITH.sub(lambda line: line["indent"] if line["name"] in (name, "lang") else line[0], text)
    return re.sub(r"\A(?:#.*\n)+|^ *# (?:with|first) .*\n", "", asked, flags=re.MULTILINE)
