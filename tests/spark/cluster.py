"""A real Spark cluster for the tests: a master and two workers of one core each, on ports of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tests.store.servers import free_port, missing

_STARTS_WITHIN: Final = 150  # seconds, on a busy machine
_MASTER: Final = "org.apache.spark.deploy.master.Master"
_WORKER: Final = "org.apache.spark.deploy.worker.Worker"
_QUICK: Final = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS: Final = {
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.executor.memory": "512m",
    "spark.executor.extraJavaOptions": _QUICK,
    "spark.driver.extraJavaOptions": _QUICK,
}


class Cluster:
    """A master at `url`, and workers that come and go."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.url = folder, f"spark://127.0.0.1:{free_port()}"
        self.workers: list[subprocess.Popen[bytes]] = []
        host, port = self.url.removeprefix("spark://").split(":")
        self.master = self._run("master", _MASTER, "--host", host, "--port", port, "--webui-port", "0")
        _wait(lambda: _listens(host, int(port)), self.master)

    def add_worker(self) -> None:
        """Start a worker, and wait until the master knows it."""
        name = f"worker-{len(self.workers)}"
        size = ("--cores", "1", "--memory", "1g", "--webui-port", "0", "--host", "127.0.0.1")
        worker = self._run(name, _WORKER, *size, "--work-dir", str(self.folder / name), self.url)
        self.workers.append(worker)
        _wait(lambda: "Successfully registered" in (self.folder / f"{name}.log").read_text(), worker)

    def kill_worker(self) -> None:
        """Kill a worker as when its machine fails: with what it runs, and without a word to anybody."""
        _kill(self.workers[0], signal.SIGKILL)

    def stop(self) -> None:
        """End everything."""
        for process in (*self.workers, self.master):
            _kill(process, signal.SIGKILL)

    def _run(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{name}.log").open("wb")
        program = str(_home() / "bin" / "spark-class")
        with log:
            return subprocess.Popen(
                [program, *command], env=_environment(), stdout=log, stderr=log, start_new_session=True
            )


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """Run a master and workers."""
    if find_spec("pyspark") is None:
        missing("PySpark")
    made = Cluster(folder)
    try:
        for _ in range(workers):
            made.add_worker()
        yield made
    finally:
        made.stop()


def _home() -> Path:
    found = find_spec("pyspark")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def _environment() -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "JAVA_HOME")}
    own = {"SPARK_HOME": str(_home()), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1"}
    return {
        **kept,
        **own,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": _QUICK,
        "PYSPARK_PYTHON": sys.executable,
    }


def _kill(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    process.wait(10)


def _listens(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((host, port), 1):
        return True
    return False


def _wait(ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        if ready():
            return
        time.sleep(0.1)
    raise TimeoutError(f"no cluster; the process ended with {process.poll()}")
