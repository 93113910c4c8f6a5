"""Servers for the tests: each on a free port of this machine, with an empty store, ended when the block ends."""

from __future__ import annotations

import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

_STARTS_WITHIN = 150  # seconds; Virtuoso makes its system tables first, on a busy machine


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """Run `oxigraph serve` and give its address."""
    address = f"127.0.0.1:{free_port()}"
    program = str(Path(sys.executable).with_name("oxigraph"))
    with _running([program, "serve", "--location", str(folder), "--bind", address, *options], folder.parent, address):
        yield f"http://{address}"


_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
ServerThreads = 20
CheckpointInterval = 0
[HTTPServer]
ServerPort = {http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = {rows}
"""


@contextmanager
def virtuoso(folder: Path, *, rows: int) -> Iterator[str]:
    """Run Virtuoso, which returns at most so many rows, and give its address; its user is dba with the password dba."""
    program = shutil.which("virtuoso-t")
    if program is None:
        missing("virtuoso-t")
    http = f"127.0.0.1:{free_port()}"
    folder.mkdir(parents=True)
    (folder / "virtuoso.ini").write_text(_INI.format(sql=free_port(), http=http, rows=rows), encoding="utf-8")
    with _running([str(program), "-f", "-c", "virtuoso.ini"], folder, http):
        yield f"http://{http}"


def missing(program: str) -> None:
    """Skip the test, loudly; where engines are what is tested, fail it."""
    reason = f"{program} IS NOT INSTALLED, so the engine is NOT TESTED: run `make test-engines`"
    if os.environ.get("GOVGRAPH_TEST_ENGINES"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def _running(command: Sequence[str], folder: Path, address: str) -> Iterator[None]:
    environment: Mapping[str, str] = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(process, address)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"http://{address}/", timeout=5):
                return
        except HTTPError as error:  # it answers, if only that nothing is at this path
            error.close()
            return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"no server at {address}; it ended with {process.poll()}")


def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Endpoint(http.server.BaseHTTPRequestHandler):
    """Answers each request with the next answer of its server, and the last one ever after."""

    server: Listener

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.signatures.append(self.headers.get("Authorization", ""))
        answers = self.server.answers
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        time.sleep(answer.after)
        self.send_response(answer.status)
        for name, value in {"Content-Type": answer.kind, **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(answer.body)

    def do_PUT(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Reply:
    """What a made-up server answers."""

    status: int
    kind: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float = 0


class Listener(http.server.ThreadingHTTPServer):
    """A made-up server, which keeps what it was sent."""

    answers: list[Reply]
    bodies: list[bytes]
    signatures: list[str]
    url: str


@contextmanager
def endpoint(*answers: Reply) -> Iterator[Listener]:
    """Run a server that gives these answers, the last one ever after."""
    with Listener(("127.0.0.1", 0), _Endpoint) as listener:
        listener.answers, listener.bodies, listener.signatures = list(answers), [], []
        listener.url = f"http://127.0.0.1:{listener.server_port}/query"
        thread = threading.Thread(target=listener.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield listener
        finally:
            listener.shutdown()
            thread.join()
