"""Both datasets in both engines, once for all tests of this folder."""

import pytest

from graph_build.store import EmbeddedStore
from tests.queries.engines import FOLDERS, RdflibStore, in_oxigraph, in_rdflib


@pytest.fixture(scope="session")
def oxigraph() -> dict[str, EmbeddedStore]:
    return {name: in_oxigraph(name) for name in FOLDERS}


@pytest.fixture(scope="session")
def rdflib_stores(oxigraph: dict[str, EmbeddedStore]) -> dict[str, RdflibStore]:
    return {name: in_rdflib(store) for name, store in oxigraph.items() if name != "netherlands"}
