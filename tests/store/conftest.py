"""The servers, each started once for all tests of this folder, and their stores."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph_build.store import RemoteStore
from graph_build.store.credentials import Credentials
from tests.store import servers

MAX_ROWS = 2_000
"""At so many rows our Virtuoso ends an answer: fewer than the larger questions have."""


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph") / "store") as url:
        yield RemoteStore(f"{url}/query", timeout=60)


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso") / "db", rows=MAX_ROWS) as url:
        yield RemoteStore(f"{url}/sparql", credentials=Credentials("dba", "dba"), timeout=120)
