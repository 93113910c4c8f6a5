"""One cluster and one Spark application for all tests of this folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.spark.cluster import SETTINGS, Cluster, cluster
from tests.store.servers import missing

if TYPE_CHECKING:
    from pyspark import SparkContext


@pytest.fixture(scope="session")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if shutil.which("java") is None:
        missing("java")
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture(scope="session")
def context(workers: Cluster) -> Iterator[SparkContext]:
    from graph_build.spark import session

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        with session(workers.url, SETTINGS) as context:
            yield context
