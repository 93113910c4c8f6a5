"""What a user means by the name of a body, and by a day or by none: the values with which a question is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import Final, Literal

from graph_build.ask import ask, checked_on, find
from graph_build.countries import country_datasets
from graph_build.names import Names, names
from graph_build.store import Store
from graph_build.table import Value

__all__ = ["AsOf", "Meaning"]

AsOf = date | Literal["any"] | None
"""A day; "any" = whenever; nothing = the day on which the data were checked."""
_ACTOR: Final = "actor"


class Meaning:
    """What names and days mean in one graph."""

    def __init__(self, store: Store) -> None:
        """Take the store; its names are read when the first is asked for."""
        self._store = store

    @cached_property
    def names(self) -> Names:
        """Every name by which actors, things, principles and topics can be asked for."""
        return names(self._store)

    def values(self, question: str, params: Mapping[str, object]) -> tuple[dict[str, object], date | None]:
        """Return parameters as the catalogue wants them, with actors as IRIs and the day; and when that data was checked.

        Raises `NotFoundError` for an unknown question, actor or country.
        """
        declared = find(question).params
        values = {name: value for name, value in params.items() if not (name == "lang" and "lang" not in declared)}
        country, given = values.get("country"), values.get("as_of")
        checked = self.checked(country)  # first of all: whoever errs in the country is told so
        if "as_of" in declared:
            values["as_of"] = checked if given is None else self._dated(given)
        bodies = {
            name: self._body(value, country, values.get("as_of"))
            for name, value in values.items()
            if isinstance(value, str) and name in declared and declared[name].type == _ACTOR
        }
        if bodies:
            checked = self.checked(country, bodies.values())
        day = {"as_of": checked} if "as_of" in declared and given is None else {}
        return {**values, **bodies, **day}, checked

    def _dated(self, given: object) -> object:
        """Return a day as it was given, in letters too: the catalogue refuses what is none."""
        return given if isinstance(given, str) and given != "any" else self.day(given)

    def _body(self, name: str, country: object, as_of: object) -> str:
        """Return the IRI of the actor: of several with this name, the one in the country and on the day that are asked for."""
        with suppress(ValueError):
            as_of = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
        day = as_of if isinstance(as_of, date) else None
        return self.names.resolve(name, country=country.upper() if isinstance(country, str) else "", day=day)

    def country(self, code: object) -> list[Mapping[str, Value]]:
        """Return the datasets of a country, the one with most bodies first; of no country none.

        A country without a body is a `NotFoundError` that offers what may be meant: nobody is to read "no rows" as "nobody oversees".
        """
        return country_datasets(self._store, str(code), lambda: self.names) if code else []

    def day(self, as_of: object, country: object = "", bodies: Iterable[str] = ()) -> date | None:
        """Return the day that is meant: the one given, none for "any", else the day on which the data were checked."""
        if as_of is None:
            return self.checked(country, bodies)
        return as_of if isinstance(as_of, date) else None

    def checked(self, country: object = "", bodies: Iterable[str] = ()) -> date | None:
        """Return when the dataset of a country, or of the one country of some bodies, was checked; else the earliest day of any."""
        known = self.country(country)
        codes = {self.names.homes[iri].country for iri in bodies if iri in self.names.homes} - {""}
        if not country and len(codes) == 1:
            known = [*ask(self._store, "countries", country=codes.pop()).records()]
        day = known[0]["checked"] if known else None
        return day if isinstance(day, date) else checked_on(self._store)
