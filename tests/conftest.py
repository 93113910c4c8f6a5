"""What many tests share: the mini dataset as an atlas, the bundled one, and a cache folder that is the tests' own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import graph_build as gb

MINI = Path(__file__).parent / "data" / "mini"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def mini() -> gb.Atlas:
    return gb.build(MINI)


@pytest.fixture(scope="session")
def norms() -> gb.Atlas:
    return gb.load()
