"""What the tests of drawings share: a file that was read, its actors by name, and its relations in words."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from tests.readers.conversion import adds_up, errors

XML_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=8)
"""Text that XML can hold."""


def imported(path: Path) -> Dataset:
    made = import_source(path).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


def written(path: Path, text: str) -> Dataset:
    path.write_text(text, encoding="utf-8")
    return imported(path)


def names(made: Dataset) -> dict[str, str]:
    return {actor.id: actor.label_en for actor in made.actors} | {thing.id: thing.label_en for thing in made.things}


def types(made: Dataset) -> dict[str, tuple[str, ...]]:
    return {actor.label_en: actor.type for actor in made.actors} | {t.label_en: (t.type,) for t in made.things}


def told(made: Dataset) -> set[tuple[str, str, str, str]]:
    """Return the relations as start, kind, end, phrase."""
    labels = names(made)
    return {(labels[r.actor], r.kind, labels.get(r.target, r.target), r.phrase) for r in made.relations}


def messages(made: Dataset) -> str:
    return "\n".join(f"{finding.line} {finding.field}: {finding.message}" for finding in made.findings)


def counts(made: Dataset) -> dict[str, tuple[int, int, int, int]]:
    assert made.report is not None
    return {what: (c.read, c.kept, c.joined, c.left_out) for what, c in made.report.counts.items()}
