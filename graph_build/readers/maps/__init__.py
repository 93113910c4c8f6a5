"""How the words of each format become types of actors and kinds of relations: a TOML file a format, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_map(name: str) -> Mapping[str, Any]:
    """Return the map of a format.

    >>> word_map("popolo")["organizations"]["legislature"]
    'parliament'
    """
    return tomllib.loads(files("graph_build.readers.maps").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
