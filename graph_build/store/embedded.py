"""The embedded engine: pyoxigraph, in memory or on disk."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from operator import methodcaller
from pathlib import Path
from typing import IO, Final, Self

import pyoxigraph
from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)

from graph_build.errors import InputError, QueryError
from graph_build.store.base import Rows
from graph_build.store.keywords import calls_service, has_keyword
from graph_build.store.parts import as_file, parts

_AHEAD: Final = 2  # questions at a time
_PAUSES: Final = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds
_PARTED: Final = methodcaller("split", ",")
_ENGINE_ERRORS = (SyntaxError, ValueError, OSError, RuntimeError)


class EmbeddedStore:
    """A store inside this process; on disk it has one writer and any number of readers.

    >>> store = EmbeddedStore.memory()
    >>> store.load_nquads(b'<urn:a> <urn:p> "o" <urn:g> .')
    >>> store.select("SELECT ?o { <urn:a> ?p ?o }").rows[0][0].value
    'o'
    """

    def __init__(self, engine: pyoxigraph.Store, *, federated: bool = False, on_disk: bool = False) -> None:
        """Wrap an engine; only a `federated` store lets a query's SERVICE send requests, one `on_disk` is loaded as one stream."""
        self._engine: pyoxigraph.Store | None = engine
        self._federated = federated
        self._on_disk = on_disk

    @classmethod
    def memory(cls) -> Self:
        """Return an empty store that lives as long as the process."""
        return cls(pyoxigraph.Store())

    @classmethod
    def disk(cls, path: Path) -> Self:
        """Open, or make, the store in a folder, for writing; a folder that another writer holds is an `InputError`."""
        return cls(_opened(path, read_only=False), on_disk=True)

    @classmethod
    def read_only(cls, path: Path) -> Self:
        """Open the store in a folder for reading, also beside a writer."""
        return cls(_opened(path, read_only=True), on_disk=True)

    @property
    def engine(self) -> pyoxigraph.Store:
        """The pyoxigraph store; a closed store has none."""
        if self._engine is None:
            raise QueryError("the store is closed")
        return self._engine

    def load_nquads(self, content: bytes | IO[bytes]) -> None:
        """Add the quads of an N-Quads text; a text that is not N-Quads is an `InputError`."""
        self._load(content, RdfFormat.N_QUADS)

    def load_trig(self, content: bytes | IO[bytes], *, own: bool = False) -> None:
        """Add the quads of a TriG text; a text that is not TriG is an `InputError`. What is our `own` is not checked again."""
        self._load(content, RdfFormat.TRIG, lenient=own)

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads, fast; what is added when the iterable fails halfway is not said."""
        self.engine.bulk_extend(quads)

    def load_written(self, texts: Iterable[str]) -> None:
        """Add quads that this program wrote as N-Quads, while they are made.

        Not for texts of others: nothing is checked again. What is added when the iterable fails halfway is not said.
        """
        if self._on_disk:
            # The engine sorts a million quads at a time, beside what reads them: of smaller parts it has to merge many files.
            self.engine.bulk_load(as_file(texts), RdfFormat.N_QUADS, lenient=True)
            return
        with ThreadPoolExecutor(1) as loader:
            loading: Future[None] | None = None
            for part in parts(texts):
                if loading:
                    loading.result()
                loading = loader.submit(self._load, part, RdfFormat.N_QUADS, lenient=True)
            if loading:
                loading.result()

    def optimize(self) -> None:
        """Arrange a store on disk for reading: worth seconds after loading a million quads."""
        self.engine.flush()
        self.engine.optimize()

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT."""
        answer = self._answer(query)
        if not isinstance(answer, QuerySolutions):
            raise QueryError("this is not a SELECT query")
        names = tuple(variable.value for variable in answer.variables)
        try:
            return Rows(names, tuple(tuple(solution) for solution in answer))
        except _ENGINE_ERRORS as error:
            raise QueryError(str(error)) from error

    def texts(self, query: str) -> Iterator[list[str]]:
        """Yield the rows of a SELECT as bare texts: written and read as CSV, in half the time that terms take."""
        answer = self._answer(query)
        if not isinstance(answer, QuerySolutions):
            raise QueryError("this is not a SELECT query")
        try:
            written = answer.serialize(format=QueryResultsFormat.CSV) or b""
        except _ENGINE_ERRORS as error:
            raise QueryError(str(error)) from error
        text = written.decode()
        if '"' in text:
            rows = csv.reader(io.StringIO(text, newline=""))
            next(rows)  # the names of the variables
            return rows
        # Where nothing is quoted every comma parts two values, which is read in half the time.
        return map(_PARTED, text.split("\r\n")[1:-1])

    def texts_ahead(self, queries: Iterable[str]) -> list[Callable[[], Iterator[list[str]]]]:
        """Return for each SELECT what waits for its rows: the engine works on them beside Python, on two cores."""
        workers = ThreadPoolExecutor(_AHEAD)
        answers = [workers.submit(self.texts, query) for query in queries]
        workers.shutdown(wait=False)
        return [answer.result for answer in answers]

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK."""
        answer = self._answer(query)
        if not isinstance(answer, QueryBoolean):
            raise QueryError("this is not an ASK query")
        return bool(answer)

    def construct(self, query: str) -> Iterator[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE, each once."""
        answer = self._answer(query)
        if not isinstance(answer, QueryTriples):
            raise QueryError("this is not a CONSTRUCT or DESCRIBE query")
        try:
            return iter(dict.fromkeys(answer))
        except _ENGINE_ERRORS as error:
            raise QueryError(str(error)) from error

    def quads(self) -> Iterator[Quad]:
        """Return everything that the store holds, in no fixed order."""
        return iter(self.engine)

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs, sorted."""
        names = [name for name in self.engine.named_graphs() if isinstance(name, NamedNode)]
        return sorted(names, key=lambda name: name.value)

    def close(self) -> None:
        """Let go of the engine and its lock on the folder."""
        self._engine = None

    def _load(self, content: bytes | IO[bytes], syntax: RdfFormat, *, lenient: bool = False) -> None:
        try:
            self.engine.bulk_load(content, syntax, lenient=lenient)
        except (SyntaxError, ValueError, OSError) as error:
            raise InputError(f"not a readable {syntax.name} text: {error}") from error

    def _answer(self, query: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        if not self._federated and calls_service(query):
            raise QueryError(
                "SERVICE would send a request to another server", "ask that server itself with --store URL"
            )
        try:
            # A query that names its graphs asks those: the union would hide its FROM.
            return self.engine.query(query, use_default_graph_as_union=not has_keyword(query, "FROM"))
        except _ENGINE_ERRORS as error:
            raise QueryError(str(error)) from error


def _opened(path: Path, *, read_only: bool) -> pyoxigraph.Store:
    # A writer in another process may put files together while a reader opens them: what is gone now is there in its new place.
    for pause in _PAUSES if read_only else ():
        try:
            return pyoxigraph.Store.read_only(str(path))
        except RuntimeError:
            time.sleep(pause)
        except (OSError, ValueError):
            break
    try:
        return pyoxigraph.Store.read_only(str(path)) if read_only else pyoxigraph.Store(path)
    except _ENGINE_ERRORS as error:
        raise InputError(f"{path} could not be opened as a store: {error}") from error
