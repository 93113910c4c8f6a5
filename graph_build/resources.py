"""Where the ontology, the datasets and the queries are."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

Folder = Literal["ontology", "datasets", "queries"]


def resource(name: Folder) -> Traversable:
    """Return the folder: inside the package when installed, beside it in a checkout."""
    installed = files("graph_build").joinpath(name)
    return installed if installed.is_dir() else Path(__file__).parents[1] / name
