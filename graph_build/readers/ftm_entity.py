"""An entity of FollowTheMoney, however its file writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_build.records import Place


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity with its schema and the texts of each property, and where it stands."""

    id: str
    schema: str
    values: Mapping[str, tuple[str, ...]]
    extras: Mapping[str, Any]
    place: Place
    inner: frozenset[str] = frozenset()
    """The properties in which whole entities stand, which come by themselves."""
    odd: frozenset[str] = frozenset()
    """The properties with a value that is neither text, number nor entity."""
