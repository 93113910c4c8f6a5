"""The card of an actor: what it is called, of which type, since when, and every relation with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from graph_build.ask import ask
from graph_build.store import Store
from graph_build.table import Table
from graph_build.validate import passage

__all__ = ["Card", "card"]

_WORDS = {
    "en": {"also": "also", "from": "from", "until": "until", "acts": "as actor", "towards": "as target", "not": "not:", "none": "no relations recorded",
           "as_of": "in force on", "checked": "data checked"},
    "uk": {"also": "також", "from": "з", "until": "до", "acts": "діє", "towards": "щодо нього", "not": "заперечено:", "none": "відношень не записано",
           "as_of": "чинні на", "checked": "дані перевірено"},
}  # fmt: skip
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Card:
    """An actor in short, its relations as a table (column `direction`: actor or target), and passages by relation."""

    about: Row
    relations: Table
    passages: Mapping[str, tuple[str, ...]]
    lang: str
    as_of: date | None

    def lines(self) -> Iterator[str]:
        """Yield the card as lines of text: names and type, then the relations by direction and kind, each with its source."""
        words = _WORDS[self.lang]
        yield f"{self.about['actor_label']} — {self.about['type_label'] or ''}".rstrip(" —")
        if others := [
            name
            for name in str(self.about["other_names"] or "").split("|")
            if name and name != self.about["actor_label"]
        ]:
            yield f"{words['also']}: {', '.join(others)}"
        dates = [
            f"{words[key]} {self.about[column]}"
            for key, column in (("from", "founded"), ("until", "dissolved"))
            if self.about[column]
        ]
        yield from filter(None, (", ".join(dates), str(self.about["note"] or ""), str(self.about["actor"])))
        yield f"{words['checked']} {self.relations.checked}" + (
            f", {words['as_of']} {self.as_of}" if self.as_of else ""
        )
        if not self.relations.rows:
            yield words["none"]
        rows = sorted(self.relations.records(), key=lambda row: (row["direction"] != "actor", str(row["kind_label"])))
        for (direction, kind), group in groupby(rows, key=lambda row: (row["direction"], row["kind_label"])):
            yield ""
            yield f"{kind} ({words['acts'] if direction == 'actor' else words['towards']})"
            for row in group:
                yield from self._relation(row)

    def _relation(self, row: Row) -> Iterator[str]:
        denied = f"{_WORDS[self.lang]['not']} " if row["negated"] else ""
        said = [
            str(row[column]).replace("|", ", ")
            for column in ("function_label", "channel_label", "scope", "provision")
            if row[column]
        ]
        dates = [
            f"{_WORDS[self.lang][key]} {row[column]}"
            for key, column in (("from", "since"), ("until", "until"))
            if row[column]
        ]
        details = "; ".join([str(row["modality_label"]), *said, *dates])
        yield f"  {denied}{row['actor_label']} {row['phrase']} {row['target_label']}  [{details}]"
        yield f"      {str(row['evidence'] or '').replace('|', ' · ')}"
        yield from (f"      “{text}”" for text in self.passages.get(str(row["relation"]), ()))


def card(store: Store, actor: str, *, lang: str = "en", as_of: date | None = None, texts: Path | None = None) -> Card:
    """Return the card of the actor with this IRI; passages are read from the folder of the texts, when it is given."""
    about = ask(store, "actor", actor=actor, lang=lang).records()
    relations = _by_direction(ask(store, "relations", party=actor, as_of=as_of, lang=lang), actor)
    named: Row = (
        about[0]
        if about
        else {"actor": actor, "actor_label": actor}
        | dict.fromkeys(("other_names", "type_label", "founded", "dissolved", "note"))
    )
    return Card(named, relations, _passages(store, actor, texts), lang, as_of)


def _by_direction(found: Table, actor: str) -> Table:
    """Return the rows of which the actor is one end, those in which it acts first; of a joint act, not what is between others."""
    rows = [
        (end, *row)
        for end in ("actor", "target")
        for row, its_end in zip(found.rows, found.column(end), strict=True)
        if its_end == actor
    ]
    return Table(("direction", *found.columns), tuple(rows), found.checked, found.title)


def _passages(store: Store, actor: str, texts: Path | None) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    if texts is None:
        return found
    for end in ("actor", "target"):
        for row in ask(store, "evidence", **{end: actor}).records():
            text = passage(texts, str(row["file"] or ""), str(row["locator"] or ""))
            known = found.get(str(row["relation"]), ())
            if text and text not in known:
                found[str(row["relation"])] = (*known, text)
    return found
