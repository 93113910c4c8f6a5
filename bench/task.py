"""What a benchmark is made of: a task, the tools that do it, and the data that they are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.generate import SIZES, datasets
from graph_build.encode import dataset_nquads, nquads, organisation_ids
from graph_build.ontology import ontology_quads
from graph_build.readers import Dataset

Run = Callable[[], object]
"""What is timed: it returns the size of its answer, so that tools can be compared, or a text where they cannot be.

A job of many parts returns the figures of each by its name.
"""


@dataclass(frozen=True)
class Data:
    """Generated data: the name of their size, and the folder where they lie as N-Quads and as N-Triples."""

    size: str
    folder: Path

    @property
    def quads(self) -> Path:
        """The file of all quads, the ontology's too."""
        return self.folder / f"{self.size}.nq"

    @property
    def triples(self) -> Path:
        """The file of the union of all graphs, for tools without graphs."""
        return self.folder / f"{self.size}.nt"

    def datasets(self) -> list[Dataset]:
        """Return the records."""
        return list(self.generated())

    def generated(self) -> Iterator[Dataset]:
        """Yield the records of one country after the other, each made when it is its turn."""
        return datasets(SIZES[self.size])

    def write(self) -> None:
        """Write both files, unless they are there."""
        if self.quads.exists() and self.triples.exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        made = self.datasets()
        organisations = organisation_ids(made)
        lines = {f"{quad}\n".replace(" .\n", "\n").rstrip() + " .\n" for quad in map(str, ontology_quads())}
        for dataset in made:
            texts = (dataset_nquads(dataset), *(nquads(record, dataset, organisations) for record in dataset.records()))
            lines.update(line for text in texts for line in text.splitlines(keepends=True))
        self.quads.write_text("".join(sorted(lines)), encoding="utf-8")
        triples = {line.rpartition(" <")[0] + " .\n" for line in lines}
        self.triples.write_text("".join(sorted(triples)), encoding="utf-8")


@dataclass(frozen=True)
class Task:
    """One job: `tools` make ready and return what is timed; the first is ours, the second the yardstick of the ratios.

    `most` names the largest size that a tool is asked for, where it would take hours; `times` is how often one process does the job.
    """

    name: str
    what: str
    tools: Mapping[str, Callable[[Data], Run]]
    most: Mapping[str, str] = field(default_factory=dict)
    times: int = 1

    def takes(self, tool: str, size: str) -> bool:
        """Whether a tool is asked for data of that size."""
        return tool not in self.most or SIZES[size] <= SIZES[self.most[tool]]
