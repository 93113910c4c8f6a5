"""A file of quads, written beside its place and put there when it is whole; its count and digest are known when it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final
from uuid import uuid4

from pyoxigraph import RdfFormat, serialize

from graph_build.ontology import ontology_quads
from graph_build.spark.chunks import Key, shard_of, shuffled

if TYPE_CHECKING:
    from pyspark import RDD

DRAFT: Final = ".part-"
"""How the name of a file begins that is being written; one that a killed worker leaves behind is no part of the output."""


@dataclass(slots=True)
class Shard:
    """What a file holds: lines of each graph, bytes, and their SHA-256."""

    name: str
    graphs: Counter[str] = field(default_factory=Counter)
    size: int = 0
    digest: str = ""


def lines_of(text: str) -> list[str]:
    r"""Return the lines of N-Quads; `splitlines` would also end one at signs that may stand in a literal.

    >>> lines_of("one\u2028line\nanother\n")
    ['one\u2028line\n', 'another\n']
    """
    return [f"{line}\n" for line in text.split("\n")[:-1]]


class Writer:
    """Writes lines and keeps account of them."""

    def __init__(self, stream: BinaryIO, shard: Shard) -> None:
        """Begin a file."""
        self._stream, self._digest, self.shard = stream, sha256(), shard

    def write(self, text: str, graph: str = "", lines: int = 0) -> None:
        """Write lines, of which so many are quads of a graph."""
        content = text.encode("utf-8")
        self._stream.write(content)
        self._digest.update(content)
        self.shard.size += len(content)
        self.shard.digest = self._digest.hexdigest()
        if graph:
            self.shard.graphs[graph] += lines


@contextmanager
def writer(folder: Path, name: str) -> Iterator[Writer]:
    """Open a file for writing. It has its name only when the block has ended well: two workers may write it, as both write the same."""
    draft = folder / f"{DRAFT}{name}.{uuid4().hex}"
    with draft.open("wb", buffering=2**20) as stream:
        yield Writer(stream, Shard(name))
    draft.replace(folder / name)


def write_shared(texts: RDD[str], folder: Path, shards: int) -> list[Shard]:
    """Write the lines that several records may give, such as who oversees whom: each once, in the shard of the line."""

    def write(number: int, pairs: Iterable[tuple[Key, None]]) -> Iterator[Shard]:
        with writer(folder, f"shared-{number:05}.nq") as out:
            for line, _ in groupby(pair[0][1] for pair in pairs):
                out.write(line, line.rsplit(" ", 2)[1], 1)
        yield out.shard

    lines = texts.flatMap(lines_of)
    keys = lines.map(lambda line: ((shard_of(line, shards), line), None))
    return list(shuffled(keys, shards).mapPartitionsWithIndex(write).collect())


def write_ontology(folder: Path) -> Shard:
    """Write the ontology, which is part of every build."""
    lines = sorted(lines_of((serialize(ontology_quads(), format=RdfFormat.N_QUADS) or b"").decode()))
    with writer(folder, "ontology.nq") as out:
        for line in lines:
            out.write(line, line.rsplit(" ", 2)[1], 1)
    return out.shard
