"""A brief: two printed pages on one body for a committee, as one HTML text without scripts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby
from typing import Any, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from graph_build.ask import ask
from graph_build.chains import upward
from graph_build.errors import UsageError
from graph_build.facts import Country, Ground
from graph_build.page import brief_facts
from graph_build.page.assets import styled
from graph_build.page.brief_facts import LAYERS, Claim, Power, Unmet
from graph_build.page.sources import cited
from graph_build.page.words import Language, words
from graph_build.practice import country_facts
from graph_build.store import Store
from graph_build.vocabulary import Term, local_name, vocabulary

__all__ = ["brief"]

_POWERS: Final = {"parliamentary": 4, "judicial": 3, "independent": 4, "executive": 3}
_OTHER_LAYERS: Final = 2
_CHAINS_ASKED: Final = 8
_ANSWERS, _CHAINS, _CLAIMS, _DENIED, _UNMET, _NAMES, _LETTERS = 5, 2, 3, 4, 10, 2, 100
"""How much fits on two pages: what is left out is counted and said."""


def brief(store: Store, actor: str, *, as_of: date | None = None, lang: Language = "en") -> str:
    """Return the brief on the body with this IRI, in English or Ukrainian, as HTML that prints on two pages of A4.

    Without a day it holds for the day on which the dataset of the body's country was checked.

    Raises
    ------
    UsageError
        The actor belongs to no country: it answers to nobody's parliament.
    """
    about = ask(store, "actor", actor=actor, lang=lang).records()[0]
    code = str(about["country"] or "")
    if not code:
        raise UsageError(f"{about['actor_label']} belongs to no country, so a brief has nothing to compare", "name a body of a country, as govgraph brief SBU")  # fmt: skip
    country = country_facts(store, code, as_of=as_of, lang=lang)
    body = country.bodies[actor]
    shown = {
        "about": about,
        "country": country,
        "there": body.exists_on(country.day),
        "chains": _chains(store, actor, country, lang),
        "answers": _cut(brief_facts.answers(country, actor, lang), _ANSWERS),
        "powers": _powers(country, actor, lang),
        "denied": _cut(brief_facts.denied(country, actor, lang), _DENIED),
        "peers": list(brief_facts.peers(store, country, body, lang)),
        "unmet": _unmet(brief_facts.unmet(store, country, actor, lang)),
    }
    return _render(shown, _Citations(cited(store), lang), lang)


def _powers(country: Country, actor: str, lang: Language) -> list[tuple[str, Sequence[Power], int]]:
    """Return the layers with their overseers, and how many more there are; a layer of which nothing is known has none."""
    found = brief_facts.powers(country, actor, lang)
    return [(layer, *_cut(found.get(layer, []), _POWERS.get(layer, _OTHER_LAYERS))) for layer in (*LAYERS, *({""} & found.keys()))]  # fmt: skip


def _cut(known: Sequence[Any], most: int) -> tuple[Sequence[Any], int]:
    return known[:most], max(0, len(known) - most)


def _chains(store: Store, actor: str, country: Country, lang: Language) -> list[list[tuple[str, str]]]:
    """Return chains up to an elected body, those that rest on provisions first: names on the way, each with the ground of its step."""
    rows = upward(store, actor, as_of=country.day, limit=_CHAINS_ASKED, lang=lang).records()
    found = []
    for _, steps in groupby(rows, key=lambda row: row["chain"]):
        here, chain, bare = country.label(actor), [(country.label(actor), "")], 0
        for _, ways in groupby(steps, key=lambda row: row["step"]):
            row = min(ways, key=lambda way: not way["provision"])
            here = str(row["actor_label"] if row["target_label"] == here else row["target_label"])
            chain.append((here, str(row["provision"] or row["kind_label"]).split("|")[0]))
            bare += not row["provision"]
        found.append((bare, chain))
    return [chain for _, chain in sorted(found, key=lambda each: each[0])][:_CHAINS]


def _unmet(known: list[Unmet] | None) -> dict[str, Any] | None:
    """Return the demands by state, the ones told in words first, and how many more there are."""
    if known is None:
        return None
    order = {"contradicted": 0, "absent": 1, "law only": 2}
    ranked = sorted(known, key=lambda each: order.get(each.state, 3))
    return {
        "counts": Counter(each.state for each in known),
        "first": ranked[:_UNMET],
        "more": max(0, len(known) - _UNMET),
    }


class _Citations:
    """The sources that the brief cites, numbered in the order in which the template first names them."""

    def __init__(self, known: Mapping[str, Mapping[str, object]], lang: Language) -> None:
        """Take what the graph says of each source, and the language in which its dates are told."""
        self._known = {str(fields.get("title", "")): fields for _, fields in sorted(known.items(), reverse=True)}
        self._until = _words(lang)["until"]
        self._numbers: dict[str, int] = {}
        self._grounds: dict[str, Ground] = {}

    def number(self, claim: Claim) -> int:
        """Return the number of the source of a claim."""
        self._grounds.setdefault(claim.source.title, claim.source)
        return self._numbers.setdefault(claim.source.title, len(self._numbers) + 1)

    def listed(self) -> list[dict[str, object]]:
        """Return each source: title, from when to when the act is in force or when it was issued, and when it was opened."""
        return [
            {"title": title, **self._dates(ground), "retrieved": self._field(title, "retrieved")}
            for title, ground in self._grounds.items()
        ]

    def _dates(self, ground: Ground) -> dict[str, str]:
        """Return since when an act is in force, or when the source was issued; the end of an act stands behind either."""
        began = self._field(ground.title, "in_force") if ground.law else ""
        ended = self._field(ground.title, "repealed") if ground.law else ""
        end = f" {self._until} {ended}" if ended else ""
        issued = ground.issued_stated or str(ground.issued or "")
        return {"in_force": f"{began}{end}" if began else "", "issued": f"{issued}{end}".strip()}

    def _field(self, title: str, name: str) -> str:
        return str(self._known.get(title, {}).get(name, ""))


@cache
def _words(lang: Language) -> Mapping[str, str]:
    return dict(
        json.loads(files("graph_build.page").joinpath("i18n", f"brief.{lang}.json").read_text(encoding="utf-8"))
    )


def _layer(name: str, lang: Language) -> str:
    term: Term | None = vocabulary().schemes["layer"].get(name)
    return _words(lang)["unstated"] if term is None else term.label_uk if lang == "uk" else term.label_en


def _short(text: str, most: int = _LETTERS) -> str:
    """Return a text, or its beginning where it is too long for a line of print; what follows the last comma, a paragraph, stays."""
    if len(text) <= most:
        return text
    title, _, place = text.rpartition(", ")
    kept = f", {place}" if title and len(place) < most // 3 else ""
    return f"{text[: most - len(kept)].rsplit(' ', 1)[0]} …{kept}"


def _render(shown: Mapping[str, Any], citations: _Citations, lang: Language) -> str:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["layer"] = lambda name: _layer(name, lang)
    text = files("graph_build.page").joinpath("template", "brief.html.j2").read_text(encoding="utf-8")
    style, policy = styled("brief")
    return environment.from_string(text).render(
        shown,
        citations=citations,
        claims=_CLAIMS,
        short=_short,
        lang=lang,
        words=_words(lang),
        layers=LAYERS,
        names=_NAMES,
        country_name=lambda code: words(lang).get(f"country.{code}", code),
        state=lambda name: _words(lang)[f"state.{name.replace(' ', '-').translate({40: None, 41: None})}"],
        identifier=local_name(str(shown["about"]["actor"])),
        style=Markup(style),  # our own file, checked
        policy=policy,
        version=version("govgraph"),
    )
