"""What names are compared by: letters, words of bodies, given names, countries and registers, as TOML files read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return a table by its name.

    >>> table("countries")["stems"]["UA"]
    ['ukrain']
    """
    return tomllib.loads(files("graph_build.reconcile.tables").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
