"""The country that a user means: a code; whoever gives a name, or the code of another list, is offered the codes of states called so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from graph_build.ask import ask
from graph_build.errors import NotFoundError, QueryError
from graph_build.names import Names, folded
from graph_build.practice import described_codes, known_country
from graph_build.store import Store
from graph_build.table import Value

__all__ = ["country_datasets", "meant"]

_CODE: Final = 2  # letters: so few begin too many names
_MOST: Final = 3
_ALIKE: Final = 0.75


def country_datasets(store: Store, country: str, names: Callable[[], Names]) -> list[Mapping[str, Value]]:
    """Return the datasets that hold bodies of a country, the one with most first; names are read only where there is none.

    Raises
    ------
    NotFoundError
        The graph has no body of it; the codes that may be meant are offered, or else those of the countries described.
    """
    try:
        return known_country(store, country)
    except (NotFoundError, QueryError) as error:
        near = meant(store, country, names())
        raise NotFoundError("country", country, near, there=described_codes(store)) from error


def meant(store: Store, text: str, names: Names) -> list[str]:
    """Return the codes of states that the graph knows by this name, in any language; else by one that begins so; else by one like it."""
    asked, codes = folded(text), dict(_codes(store, names))
    begun = [name for name in sorted(codes) if len(asked) > _CODE and name.startswith(asked)]
    near = [asked] if asked in codes else begun or get_close_matches(asked, codes, cutoff=_ALIKE)
    return [*dict.fromkeys(codes[name] for name in near)][:_MOST]


def _codes(store: Store, names: Names) -> Iterator[tuple[str, str]]:
    """Yield each folded name of a state, and its code itself, with the code."""
    codes = {row["actor"]: row["country_code"] for row in ask(store, "actors", type="state").records()}
    for known in (names.aliases, names.labels):
        for name, iris in known.items():
            yield from ((name, str(codes[iri])) for iri in iris if codes.get(iri))
    yield from ((folded(str(code)), str(code)) for code in codes.values() if code)
