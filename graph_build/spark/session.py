"""A Spark application on a cluster, opened with clear words for all that may be missing."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from graph_build.errors import GovgraphError, MissingDependencyError, UsageError

if TYPE_CHECKING:
    from pyspark import SparkContext

_MASTER: Final = re.compile(r"local(\[(\d+|\*)(,\d+)?\])?|spark://.+|yarn|k8s://.+")
_ADDRESS: Final = re.compile(r"([^:,/\[\]]+|\[[^\]]+\]):(\d+)")
_PATIENCE: Final = 10  # seconds for a master to take a connection; Spark itself asks for minutes
_SETTINGS: Final = {
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
    "spark.rdd.compress": "true",
}


@contextmanager
def session(master: str, settings: dict[str, str] | None = None) -> Iterator[SparkContext]:
    """Open a Spark application on the cluster at `master` (`spark://host:7077`, `local[2]`), and end it with the block.

    An application that this process has open already is used, and left open. `settings` are Spark's own, beside those of
    `spark-defaults.conf`. What is not installed is a `MissingDependencyError`, a cluster that does not answer a `GovgraphError`.
    """
    _check(master)
    from pyspark import SparkContext

    before = SparkContext._active_spark_context
    context = before or _opened(master, {**_SETTINGS, **(settings or {})})
    try:
        yield context
    finally:
        if before is None:
            context.stop()


@contextmanager
def failures() -> Iterator[None]:
    """Turn what Spark raises when a job cannot be done into an error that says why in a line."""
    from py4j.protocol import Py4JError, Py4JNetworkError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, Py4JNetworkError, PySparkException, ConnectionError) as error:
        raise GovgraphError(
            f"the cluster could not do it: {_reason(error)}", "nothing was written; the logs of the workers say more"
        ) from error


def _check(master: str) -> None:
    if not _MASTER.fullmatch(master):
        raise UsageError(
            f'"{master}" is no cluster', "give spark://HOST:7077, yarn, k8s://…, or local[2] to try it out"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of the pandas that is installed, which is not used here
            import pyspark  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise MissingDependencyError("the engine spark needs PySpark", 'pip install "govgraph[spark]"') from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise MissingDependencyError(
            "Spark needs Java 17 or later", "apt install openjdk-17-jre-headless, or set JAVA_HOME"
        )
    if master.startswith("spark://") and not any(map(_answers, _ADDRESS.findall(master.removeprefix("spark://")))):
        raise GovgraphError(f"no Spark master answers at {master}", "is it started, and is the port open?")


def _answers(address: tuple[str, str]) -> bool:
    try:
        socket.create_connection((address[0].strip("[]"), int(address[1])), _PATIENCE).close()
    except (OSError, OverflowError):
        return False
    return True


def _opened(master: str, settings: dict[str, str]) -> SparkContext:
    from pyspark import SparkConf, SparkContext

    os.environ.setdefault(
        "PYSPARK_PYTHON", sys.executable
    )  # the workers' Python: at the same place, unless told otherwise
    conf = SparkConf().setMaster(master).setAppName("govgraph").setAll(list(settings.items()))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return SparkContext(conf=conf)
    except Exception as error:  # what the JVM throws at its start has no common class
        raise GovgraphError(f"Spark did not start: {_reason(error)}", "its own message is above") from error


def _reason(error: BaseException) -> str:
    """Return the line that names the cause: the last error of Python that Spark quotes, or else the first line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line for line in lines if re.match(r"(Caused by: |[\w.]*(Error|Exception): )", line)]
    python = [line for line in causes if not line.startswith(("Caused by", "org.", "java."))]
    return ([*python, *causes, *lines] or [type(error).__name__])[0][:300]
