"""What an earlier build left in its folder: of what it was made, whether that is still so, and what of it can be kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, Self

from pyoxigraph import NamedNode

from graph_build.digests import file_digest, program_digest, source_digest
from graph_build.errors import InputError
from graph_build.store import EmbeddedStore
from graph_build.trig import blocks_of, graph_label
from graph_build.vocabulary import ONTOLOGY_GRAPH, term

RECORD_FILE: Final = "build.json"
GRAPH_FILE: Final = "graph.trig"
STORE_FOLDER: Final = "store"


@dataclass(frozen=True, slots=True)
class Ingredients:
    """Of what an atlas is made: the program, what was asked for, and each source by its name, as digests."""

    program: str
    disk: bool
    pages: tuple[str, ...]
    texts: str
    sources: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls, sources: Iterable[tuple[str, Traversable]], *, disk: bool, pages: Iterable[str], texts: Path | None
    ) -> Self:
        """Read all of it, and say what it is; a source that is not there counts as one without content."""
        named = tuple((name, source_digest(source)) for name, source in sources)
        return cls(program_digest(), disk, tuple(sorted(pages)), source_digest(texts) if texts else "", named)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The record of a build: its ingredients, the digest of each dataset's records, and that of each file but itself and the store."""

    folder: Path
    made_of: Ingredients
    datasets: Mapping[str, str]
    files: Mapping[str, str]
    store: bool

    @classmethod
    def at(cls, folder: Path) -> Self | None:
        """Return the record in a folder; none where there is no such folder, or nothing in it that can be read as one."""
        try:
            content = json.loads((folder / RECORD_FILE).read_bytes())
            made = content["made_of"]
            sources = tuple((source["name"], source["digest"]) for source in made["sources"])
            made_of = Ingredients(made["program"], made["disk"], tuple(made["pages"]), made["texts"], sources)
            return cls(folder, made_of, dict(content["datasets"]), dict(content["files"]), bool(content["store"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def as_json(self) -> bytes:
        """Return the content of the record's file, sorted."""
        made = asdict(self.made_of) | {
            "sources": [{"name": name, "digest": digest} for name, digest in self.made_of.sources]
        }
        content = {"made_of": made, "datasets": self.datasets, "files": self.files, "store": self.store}
        return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()

    def is_of(self, wanted: Ingredients) -> bool:
        """Say whether a build of these ingredients would make what stands in the folder, and all of it stands there."""
        return self.made_of == wanted and all(map(self._is_as_written, self.files)) and self._has_store()

    def kept(self, datasets: Mapping[str, str]) -> dict[NamedNode, bytes]:
        """Return the blocks of the graphs that a build of datasets with these digests would write again, letter for letter.

        That is none when the program has changed, or the file with the graph.
        """
        if self.made_of.program != program_digest() or not self._is_as_written(GRAPH_FILE):
            return {}
        blocks = blocks_of((self.folder / GRAPH_FILE).read_bytes())
        same = sorted(name for name, digest in datasets.items() if self.datasets.get(name) == digest)
        graphs = [ONTOLOGY_GRAPH, *(term(f"{kind}:{name}") for name in same for kind in ("dataset", "direct"))]
        return {graph: blocks[label] for graph in graphs if (label := graph_label(graph)) in blocks}

    def copy_store(self, target: Path) -> bool:
        """Copy the store into a new folder, if there is one; its large files are shared, not copied, and never change."""
        if not self.store:
            return False
        try:
            store = EmbeddedStore.read_only(self.folder / STORE_FOLDER)
            store.engine.backup(str(target))
            store.close()
        except (InputError, OSError, ValueError, RuntimeError):
            shutil.rmtree(target, ignore_errors=True)
            return False
        return True

    def _is_as_written(self, name: str) -> bool:
        with suppress(OSError, KeyError):
            return file_digest(self.folder / name) == self.files[name]
        return False

    def _has_store(self) -> bool:
        if not self.store:
            return not (self.folder / STORE_FOLDER).exists()
        with suppress(InputError):
            EmbeddedStore.read_only(self.folder / STORE_FOLDER).close()
            return True
        return False


def record(
    folder: Path, made_of: Ingredients, datasets: Mapping[str, str], names: Sequence[str], *, store: bool
) -> Earlier:
    """Return the record of the files that stand in a folder."""
    return Earlier(folder, made_of, datasets, {name: file_digest(folder / name) for name in sorted(names)}, store)
