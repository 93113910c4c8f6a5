"""What the sources say, when the workers have read them: records on the cluster, and with the driver what concerns a source as a whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from graph_build.encode import dataset_nquads
from graph_build.readers import Dataset
from graph_build.readers.entries import About
from graph_build.readers.formats import unread
from graph_build.readers.imports import Imported, Intake, described, own_source
from graph_build.records import Place
from graph_build.spark.chunks import Chunk, Key, kept, of_sort, packed, shard_of, shuffled, unpacked
from graph_build.spark.reading import LAST, Piece, Said, Scatter, gathered, read_piece
from graph_build.spark.sources import Passed, Planned, line_ends_of, numbered
from graph_build.spark.tally import Tally

if TYPE_CHECKING:
    from pyspark import RDD, SparkContext

_FOR_THE_DRIVER: Final = ("fault", "dataset", "passed", "tally")


@dataclass(frozen=True, slots=True)
class Told:
    """The records, and the quads of those that name no other, that were read; and for each source what its dataset is called and what is told of its entries."""

    sources: tuple[Planned, ...]
    said: RDD[Said]
    lines: RDD[str]
    datasets: tuple[Dataset, ...]
    tallies: dict[int, Tally]

    @property
    def names(self) -> tuple[Dataset, ...]:
        """The datasets without what was found: as much as every shard needs to know of them."""
        return tuple(replace(dataset, findings=(), report=None, stories=()) for dataset in self.datasets)

    @property
    def wanted(self) -> frozenset[str]:
        """The ids of actors and relations that stories tell of, wherever those are."""
        steps = [step for dataset in self.datasets for step in dataset.stories]
        return frozenset(name for step in steps for name in (*step.actors, *step.relations))


def read(context: SparkContext, sources: Sequence[Planned], shards: int) -> Told:
    """Read the sources in pieces; a piece that cannot be read ends it with the error of its reader."""
    sources = tuple(_counted(context, source) for source in sources)
    pieces = [
        Piece(dataset, number, source, span)
        for dataset, source in enumerate(sources)
        for number, span in enumerate(source.spans or (None,))
    ]
    chunks = kept(context.parallelize(pieces, len(pieces)).flatMap(read_piece))
    heard = _collected(chunks)
    for fault in heard["fault"]:
        raise fault.error
    datasets: dict[int, Dataset] = dict(heard["dataset"])
    tallies: dict[int, Tally] = {}
    own: list[Said] = []
    passed = _summed(heard["passed"])
    for number, source in enumerate(sources):
        if source.spans:
            tallies[number] = Tally()
            datasets[number], itself = _of_the_whole(Piece(number, LAST, source), passed[number], tallies[number])
            own += itself
    named = _named(chunks, sources, shards)
    for number, tally in (*heard["tally"], *_collected(named)["tally"]):
        tallies[number].join(tally)
    lines = of_sort(chunks, "line").union(
        context.parallelize([dataset_nquads(datasets[number]) for number in tallies], 1)
    )
    said = of_sort(chunks, "said").union(of_sort(named, "said")).union(context.parallelize(own, 1))
    return Told(sources, said, lines, tuple(dataset for _, dataset in sorted(datasets.items())), tallies)


def _collected(chunks: RDD[Chunk]) -> dict[str, list[Any]]:
    """Return what the driver wants to know, by its sort."""
    found: dict[str, list[Any]] = defaultdict(list)
    for chunk in chunks.filter(lambda chunk: chunk[0] in _FOR_THE_DRIVER).collect():
        found[chunk[0]] += unpacked(chunk)
    return found


def _counted(context: SparkContext, source: Planned) -> Planned:
    """Number the lines of a source that is read in pieces, so that each piece can say where an entity stands."""
    if len(source.spans) < 2:
        return source
    ends = context.parallelize(source.spans, len(source.spans)).map(line_ends_of).collect()
    return replace(source, spans=numbered(source.spans, ends))


def _summed(parts: Iterable[tuple[int, Passed]]) -> dict[int, Passed]:
    found: dict[int, Passed] = defaultdict(Counter)
    for number, passed in parts:
        found[number].update(passed)
    return found


def _of_the_whole(piece: Piece, passed: Passed, tally: Tally) -> tuple[Dataset, list[Said]]:
    """Return the dataset of a source that is read in pieces, with itself as a source; what is told of all pieces is told once."""
    source, split = piece.source, piece.source.split
    assert split is not None
    tally.order = (piece.dataset, LAST + 1)
    for remark in split.untold(source.opened, passed):
        tally.add("file", remark.place, [remark.note])
    tally.order = (piece.dataset, LAST + 3)
    for remark in unread(source.path, source.opened.files):
        tally.add("folder", remark.place, [remark.note])
    scatter = Scatter(piece.dataset, LAST)
    about = described(source.opened, About())
    Intake(source.opened, tally, scatter).keep(own_source(source.opened, about), "source", Place(str(source.path), 0))
    return Imported(source.opened, about, tally, scatter).empty_dataset(), scatter.taken


def _named(chunks: RDD[Chunk], sources: Sequence[Planned], shards: int) -> RDD[Chunk]:
    """Return the records of what several pieces say together, from the rows that they `heard`."""
    heard = of_sort(chunks, "heard").map(lambda one: ((shard_of(one[0][1], shards), *one[0]), one[1]))

    def gather(shard: int, pairs: Iterable[tuple[Key, Any]]) -> Iterator[Chunk]:
        rows: dict[int, list[tuple[str, Any]]] = defaultdict(list)
        for (_, dataset, name, _piece), value in pairs:
            rows[dataset].append((name, value))
        for dataset, several in rows.items():
            yield from packed(gathered(Piece(dataset, LAST, sources[dataset]), several))

    return kept(shuffled(heard, shards).mapPartitionsWithIndex(gather))
