"""What many tests share: the mini dataset as an atlas, the bundled one, and a cache folder that is the tests' own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import graph_build as gb

MINI = Path(__file__).parent / "data" / "mini"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is cached in a folder of this run, one for all its workers: the bundled graph is built once, and laid out once."""
    whole = tmp_path_factory.getbasetemp()
    folder = (whole.parent if "PYTEST_XDIST_WORKER" in os.environ else whole) / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield


@pytest.fixture(scope="session")
def mini() -> gb.Atlas:
    """Return the small atlas, which every test of a worker has: it is only read."""
    return gb.build(MINI)


@pytest.fixture(scope="session")
def norms() -> gb.Atlas:
    """Return the bundled atlas, which every test of a worker has: it is only read."""
    return gb.load()
