"""Coverage for people: the agencies of each country by layer of oversight, as a page that runs no script and as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from graph_build.ask import ask
from graph_build.coverage import LAYERS, UNSTATED, Matrix, matrices
from graph_build.errors import UsageError
from graph_build.page.words import Language, say, words
from graph_build.practice import known_country
from graph_build.store import Store
from graph_build.swap import write_atomically
from graph_build.table import Value
from graph_build.vocabulary import vocabulary

__all__ = ["SIGNS", "Cover", "CoveragePicture", "cover"]

SIGNS: Final[Mapping[str, str]] = {"practice": "", "law": "", "parent": "↑", "denied": "✕"}
"""What stands before the number of overseers, so that the ways differ by shape and not by shade alone."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What the page and the picture show: a matrix for each country, by name, and the datasets behind them."""

    matrices: tuple[Matrix, ...]
    datasets: tuple[dict[str, Value], ...]
    lang: Language

    @property
    def title(self) -> str:
        """The heading: that of the one country, or a general one."""
        names = [country_name(matrix.country.code, self.lang) for matrix in self.matrices]
        return say(self.lang, "cover.caption", country=names[0]) if len(names) == 1 else say(self.lang, "cover.title")

    @property
    def attribution(self) -> str:
        """The datasets with version and day of the last check, then their licences."""
        names = [" ".join(str(known[name]) for name in ("title", "version") if known[name]) for known in self.datasets]
        checked = [say(self.lang, "footer.checked", date=known["checked"]) for known in self.datasets]
        licences = sorted({str(known["licence"]) for known in self.datasets if known["licence"]})
        return ". ".join(
            ["; ".join(f"{name} ({day})" for name, day in zip(names, checked, strict=True)), ", ".join(licences)]
        )


@dataclass(frozen=True, slots=True)
class CoveragePicture:
    """Coverage as `html` (with every ground) and as `svg`; a notebook shows the picture.

    Both are whole files that load nothing and name the days for which they hold.
    """

    html: str
    svg: str
    title: str

    def save(self, path: str | Path) -> Path:
        """Write the page or the picture, as the ending .html or .svg says, in one step; any other ending is a `UsageError`."""
        target = Path(path)
        forms = {".html": self.html, ".svg": self.svg}
        if target.suffix.lower() not in forms:
            raise UsageError(
                f"coverage is not drawn as {target.suffix or 'a file without ending'}",
                "name a file that ends in .html or .svg; a browser prints either as PDF or picture",
            )
        write_atomically(target, forms[target.suffix.lower()].encode("utf-8"))
        return target

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return what a notebook shows."""
        del include, exclude
        return {"image/svg+xml": self.svg, "text/plain": self.title}


def cover(store: Store, country: str | None = None, *, as_of: date | None = None, lang: Language = "en") -> Cover:
    """Return the matrices of one country or of all that a dataset describes; `NotFoundError` for a country without bodies."""
    found = sorted(
        matrices(store, country, as_of=as_of, lang=lang), key=lambda each: country_name(each.country.code, lang)
    )
    homes = {row["dataset"] for each in found for row in known_country(store, each.country.code)}
    known = ask(store, "datasets", lang=lang).records()
    return Cover(tuple(found), tuple(row for row in known if row["dataset"] in homes), lang)


def country_name(code: str, lang: Language) -> str:
    """Return the name of a country, or its code where the page has no name for it."""
    return words(lang).get(f"country.{code}", code)


def layers_of(matrix: Matrix) -> tuple[str, ...]:
    """Return the layers of a matrix; "not stated" is one only where a relation names no layer."""
    return (*LAYERS, UNSTATED) if any(UNSTATED in known for _, known in matrix.rows) else LAYERS


def layer_name(layer: str, lang: Language) -> str:
    """Return the label of a layer."""
    if layer == UNSTATED:
        return say(lang, "cover.unstated")
    term = vocabulary().schemes["layer"][layer]
    return (term.label_uk if lang == "uk" else "") or term.label_en


def days(matrix: Matrix, lang: Language) -> str:
    """Return for which day a matrix holds, and when its data were checked."""
    country = matrix.country
    held = say(lang, "header.asof", date=country.day)
    return f"{held} · {say(lang, 'cover.checked', date=country.checked)}" if country.checked else held


def counted(matrix: Matrix, lang: Language) -> str:
    """Return how many agencies a matrix has, and in how many cells nothing is known."""
    agencies = say(lang, "cover.agencies", count=len(matrix.rows))
    total = len(matrix.rows) * len(LAYERS)
    return f"{agencies} · {say(lang, 'cover.unknown.count', count=matrix.unknown, total=total)}"
