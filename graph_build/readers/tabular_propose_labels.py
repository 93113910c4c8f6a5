"""Columns that answers of SPARQL endpoints have in pairs: `body` with addresses or numbers, and `bodyLabel` with the names of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph_build.readers.tabular_look import Column

ITEM: Final = r"(?:https?://\S+/)?Q[1-9]\d*"
"""An item of Wikidata, by its number or its address."""
_NODE: Final = rf"https?://\S+|_:\S+|{ITEM}"
_LABEL, _OTHER_NAMES, _DESCRIPTION = "Label", "AltLabel", "Description"
_MOSTLY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Labelled:
    """A column of nodes, that of their names, and those of other names and descriptions where there are such."""

    node: Column
    label: Column
    others: tuple[Column, ...] = ()
    descriptions: tuple[Column, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """All of them."""
        return (self.node, self.label, *self.others, *self.descriptions)


def labelled(columns: Sequence[Column]) -> Iterator[Labelled]:
    """Give the pairs among columns, as the label service of Wikidata names them."""
    there = {column.name: column for column in columns if column.cells}
    for name, node in there.items():
        label = there.get(name + _LABEL)
        if label and node.share(_NODE) > _MOSTLY:
            more = [[there[name + end]] if name + end in there else [] for end in (_OTHER_NAMES, _DESCRIPTION)]
            yield Labelled(node, label, *map(tuple, more))
