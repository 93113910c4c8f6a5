"""How a relation is told in Ukrainian: a verb for its kind, in the form that modality, denial and number of its actor ask for.

The short phrases of the tables are English. Names are not declined: the words before them say the case ("за таким суб’єктом: …"), so
that a sentence is right whatever stands at its ends. Where the English phrase says more than the kind, the Ukrainian one says less.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, TypedDict

from graph_build.page.look import firmness
from graph_build.page.sources import Fields
from graph_build.vocabulary import Term, vocabulary

__all__ = ["Told", "locator", "locator_words", "retold", "told"]

_WORD: Final = re.compile(r"\D*[A-Za-z]{2}\D*")
_ROLES: Final = {"proposer"}  # who proposes does not appoint
_OWN_VERBS: Final = {("composition", "kind"): "composition.kind", ("composition", "staff"): "composition.staff"}


class _Words(TypedDict, total=False):
    verb: list[str]  # of one actor, of several, infinitive
    what: list[str]  # and where it differs, as a denial has it
    before: str
    case: str


_Grammar = TypedDict(
    "_Grammar",
    {
        "kinds": dict[str, _Words],
        "modals": dict[str, list[str]],
        "law": str,
        "not": str,
        "ends": dict[
            str, dict[str, str]
        ],  # which words by case: of one actor, of several, of others of its kind, of a thing
        "this": dict[str, dict[str, str]],
        "plural": str,
        "locators": dict[str, str],
    },
)


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in a sentence behind its actor.

    `does` stands alone, in a column of a table; `firmly` says too that law asks for it; `towards` leads to the names, and `this`
    stands for the name where it is known who is meant.
    """

    does: str
    firmly: str
    towards: str
    this: str


def told(
    relation: Mapping[str, object],
    actor: Mapping[str, object],
    targets: Sequence[Mapping[str, object]],
    *,
    own: bool = False,
) -> Told:
    """Return how a relation is told in Ukrainian; `own` where an archetype is related to others of its kind.

    >>> law = {"kind": "oversight", "modality": "normative", "function": ("audit",)}
    >>> told(law, {"label_uk": "Рахункова палата"}, [{"sort": "actor", "country": "UA"}]).firmly
    'за законом здійснює нагляд (аудит)'
    >>> found = told({"kind": "funding", "modality": "actual", "negated": True}, {"label_uk": "донори"}, [{"sort": "thing"}])
    >>> found.does, found.towards, found.this
    ('не фінансують', 'таке:', 'це')
    """
    grammar = _grammar()
    words = grammar["kinds"][_key(relation)]
    firm = firmness(relation, [actor, *targets])
    does = " ".join(
        filter(None, [_verb(relation, words, firm, _is_plural(actor)), _what(relation, words), _functions(relation)])
    )
    things = all(target.get("sort", "actor") != "actor" for target in targets)
    end = "own" if own else "thing" if things else "many" if len(targets) > 1 or _is_plural(targets[0]) else "one"
    lead = [words["before"]] if words.get("before") else []
    return Told(
        does=does,
        firmly=f"{grammar['law']} {does}" if firm == "law" else does,
        towards=" ".join([*lead, grammar["ends"][end][words["case"]]]),
        this=" ".join([*lead, grammar["this"]["thing" if things else "actor"][words["case"]]]),
    )


def retold(
    relations: Iterable[Fields], nodes: Mapping[str, Mapping[str, object]]
) -> tuple[list[Fields], list[list[str]]]:
    """Return relations with the place (`told`) of their words, and all words: the four parts of each `Told`, once."""
    places: dict[Told, int] = {}
    found = []
    for relation in relations:
        actor, targets = str(relation["actor"]), _listed(relation["targets"])
        words = told(relation, nodes[actor], [nodes[each] for each in targets], own=actor in targets)
        found.append(relation | {"told": places.setdefault(words, len(places))})
    return found, [[each.does, each.firmly, each.towards, each.this] for each in places]


def locator_words() -> dict[str, str]:
    """Return the English words of places in a source with the Ukrainian ones."""
    return _grammar()["locators"]


def locator(text: str) -> str:
    """Return a place in a source in Ukrainian; as it is where it has a word that is no part of a text or a law.

    >>> locator("art. 6(2) and para. 4"), locator("last paragraph"), locator("art. 6, as amended"), locator("UA-051")
    ('ст. 6(2) і п. 4', 'останній абзац', 'art. 6, as amended', 'UA-051')
    """
    known = locator_words()
    parts = re.split(r"([\s,;]+)", text)
    if text not in known and any(_WORD.fullmatch(part) and part not in known for part in parts):
        return text
    return known.get(text) or "".join(known.get(part, part) for part in parts)


@cache
def _grammar() -> _Grammar:
    found: _Grammar = json.loads(
        files("graph_build.page").joinpath("i18n", "sentence.uk.json").read_text(encoding="utf-8")
    )
    return found


def _key(relation: Mapping[str, object]) -> str:
    kind = str(relation["kind"])
    if kind == "appointment" and (relation.get("phrase") or relation.get("role") in _ROLES):
        return "appointment.part"
    own = (_OWN_VERBS.get((kind, function)) for function in _listed(relation.get("function")))
    return next(filter(None, own), kind if kind in _grammar()["kinds"] else "other")


def _verb(relation: Mapping[str, object], words: _Words, firm: str, plural: bool) -> str:
    one, many, infinitive = words["verb"]
    modals = _grammar()["modals"].get(firm)
    verb = f"{modals[plural]} {infinitive}" if modals else many if plural else one
    return f"{_grammar()['not']} {verb}" if relation.get("negated") else verb


def _what(relation: Mapping[str, object], words: _Words) -> str:
    forms = words.get("what", [""])
    return forms[-1] if relation.get("negated") else forms[0]


def _functions(relation: Mapping[str, object]) -> str:
    """Return the functions in brackets, apart from those that the verb tells."""
    known: Mapping[str, Term] = vocabulary().schemes["function"]
    names = [name for name in _listed(relation.get("function")) if relation["kind"] != "composition"]
    labels = [known[name].label_uk for name in names if name in known and known[name].label_uk]
    return f"({', '.join(labels)})" if labels else ""


def _is_plural(actor: Mapping[str, object]) -> bool:
    """Say whether the first word of a name is a plural: the verb follows it."""
    first = re.split(r"[\s,]", str(actor.get("label_uk") or ""), maxsplit=1)[0]
    return bool(re.search(_grammar()["plural"], first))


def _listed(value: object) -> Collection[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else []
