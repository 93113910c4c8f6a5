"""From sources to shards of quads with a manifest: the steps of a build on a cluster, as the driver sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph_build.builder import Source, bundled
from graph_build.errors import Finding, UsageError
from graph_build.readers.findings import Report
from graph_build.reconcile.decisions import is_decisions
from graph_build.spark import measures
from graph_build.spark.chunks import Chunk, in_place, kept, of_sort
from graph_build.spark.joining import answered, gathered
from graph_build.spark.manifest import MANIFEST, write_manifest
from graph_build.spark.reading import Said
from graph_build.spark.session import failures
from graph_build.spark.shards import DRAFT, write_ontology, write_shared
from graph_build.spark.sources import Planned, plan, size
from graph_build.spark.told import Told, read
from graph_build.spark.verdict import found_wrong, refuse_malformed
from graph_build.spark.writing import Outcome, Work, write_shard
from graph_build.swap import replaced_folder

if TYPE_CHECKING:
    from pyspark import RDD, SparkContext

PIECE: Final = 16 * 2**20
"""Bytes of input for one task, and for one shard: some 35,000 payments, which become some 200 MB of quads."""

_QUADS_TO_TIES: Final = 8  # shards of quads for one of the network, which is so much smaller


@dataclass(frozen=True, slots=True)
class ClusterReport:
    """What a build on a cluster made: the folder, its files, the quads of each graph, and what was found."""

    output: Path
    files: tuple[str, ...]
    graphs: dict[str, int]
    imports: tuple[Report, ...]
    findings: tuple[Finding, ...]

    @property
    def quads(self) -> int:
        """How many quads there are in all."""
        return sum(self.graphs.values())

    def __str__(self) -> str:
        """Return the lines that the command prints."""
        imports = "".join(f"{imported}\n" for imported in self.imports)
        return (
            f"{imports}{self.output}: {self.quads:,} quads in {len(self.graphs)} graphs; wrote {len(self.files)} files"
        )


def build(
    sources: Sequence[Source] | None, output: Path, context: SparkContext, *, piece: int = PIECE
) -> ClusterReport:
    """Write the quads of the sources (none = the bundled datasets) as shards into a folder that takes the place of an older one.

    Sources and output lie where all workers see them under the same names. `piece` is how many bytes of input one task reads.
    A wrong source is an `InputError`, a job that cannot be done a `GovgraphError`; the older folder then stays as it was.
    """
    for source in sources or ():
        if isinstance(source, str | Path) and is_decisions(Path(source)):
            raise UsageError(f"decisions ({source}) are not obeyed on a cluster", "build these sources on one machine")
    planned = plan(bundled() if sources is None else sources, piece)
    with replaced_folder(output, made=MANIFEST, manifest=MANIFEST) as folder, failures():
        report = _build(planned, output, folder, context, max(1, -(-size(planned) // piece)))
        for stray in folder.glob(f"{DRAFT}*"):
            stray.unlink()
    return report


def _build(sources: Sequence[Planned], output: Path, folder: Path, context: SparkContext, shards: int) -> ClusterReport:
    told = read(context, sources, shards)
    refuse_malformed(told)
    written, outcomes = _written(told, shards, folder)
    datasets, findings = found_wrong(told, outcomes)
    files = [outcome.shard for outcome in outcomes]
    files += write_shared(of_sort(written, "line").union(told.lines), folder, shards)
    files.append(write_ontology(folder))
    files += measures.write(of_sort(written, "tie"), folder, -(-shards // _QUADS_TO_TIES))
    imports = tuple(dataset.report for dataset in datasets if dataset.report)
    names, graphs = write_manifest(folder, files, datasets, findings)
    return ClusterReport(output, names, graphs, imports, tuple(findings))


def _written(told: Told, shards: int, folder: Path) -> tuple[RDD[Chunk], list[Outcome]]:
    """Write what stands in one shard alone, when all that is said of an id has come together."""
    split = {number: source.opened.name for number, source in enumerate(told.sources) if source.spans}
    chunks, contested = _gathered(told.said, frozenset(), split, shards)
    if contested:
        chunks.unpersist()
        chunks, _ = _gathered(told.said, contested, split, shards)
    work = Work(told.sources, told.names, shards, contested, told.wanted, folder)

    def write(number: int, items: Any) -> Any:
        return write_shard(number, items, work)

    written = kept(in_place(answered(chunks, shards), write))
    return written, of_sort(written, "outcome").collect()


def _gathered(
    said: RDD[Said], contested: frozenset[str], split: dict[int, str], shards: int
) -> tuple[RDD[Chunk], frozenset[str]]:
    chunks = kept(gathered(said, contested, split, shards))
    return chunks, frozenset(of_sort(chunks, "contested").collect())
