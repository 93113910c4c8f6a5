"""FollowTheMoney entities, one a line."""

from __future__ import annotations

from collections.abc import Iterator

from graph_build.readers.entries import About, Entry, Opened, Remark
from graph_build.readers.head import Head


def recognise(head: Head) -> bool:
    """Say whether the first line is an entity."""
    return False


def entries(source: Opened) -> Iterator[Entry | About | Remark]:
    """Give every entity."""
    yield from ()
