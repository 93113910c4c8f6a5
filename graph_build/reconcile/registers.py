"""Identifiers of actors in one spelling, whatever format they came from: REGISTER:NUMBER."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from graph_build.reconcile.tables import table
from graph_build.records import Actor
from graph_build.vocabulary import PREFIXES

_QID: Final = re.compile(r"(?:.*[/:])?(Q[1-9][0-9]*)", re.IGNORECASE)


def identifiers(actor: Actor) -> frozenset[str]:
    """Return the identifiers of an actor, those of its `exact_match` too.

    >>> sorted(identifiers(Actor("a", ("person",), "A", exact_match=("Q5",), identifiers=("LEI:529900abc", "wikidata:q5"))))
    ['lei:529900ABC', 'wikidata:Q5']
    """
    matches = (f"wikidata:{match}" for match in actor.exact_match if _is_wikidata(match))
    return frozenset(found for said in (*actor.identifiers, *matches) if (found := _written(said)))


def _is_wikidata(match: str) -> bool:
    return match.startswith((PREFIXES["wd"], PREFIXES["wd"].replace("http:", "https:"))) or ":" not in match


def _written(said: str) -> str:
    scheme, _, number = said.partition(":")
    register = _registers().get(scheme.strip().casefold(), scheme.strip().casefold())
    number = "".join(number.split())
    if register == "wikidata":
        found = _QID.fullmatch(number)
        return f"wikidata:{found[1].upper()}" if found else ""
    # A number of nothing but zeros, or of no sign that tells, is what forms are filled with.
    return f"{register}:{number.upper()}" if register and number.strip("0-./?") else ""


def registers_apart(one: frozenset[str], other: frozenset[str]) -> str:
    """Return the register that gives two actors different numbers where one actor has a single one, or nothing.

    >>> registers_apart(frozenset({"wikidata:Q1"}), frozenset({"wikidata:Q2"}))
    'wikidata'
    """
    if one & other:
        return ""
    both = {name.partition(":")[0] for name in one} & {name.partition(":")[0] for name in other}
    return min((register for register in both if table("registers").get(register, {}).get("single")), default="")


@cache
def _registers() -> dict[str, str]:
    return {name: register for register, entry in table("registers").items() for name in entry["names"]}
