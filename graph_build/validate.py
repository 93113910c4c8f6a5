"""Is what we hold right? The graph against the shapes of the ontology, and the evidence against the texts it cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph

from graph_build.errors import Finding, InputError
from graph_build.readers import Dataset, character_range
from graph_build.records import Evidence, Thing
from graph_build.resources import resource
from graph_build.store import Store, Term
from graph_build.vocabulary import PREFIXES, term

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Identifier, Node

ShapeSeverity = Literal["violation", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class ShapeResult:
    """One node that breaks a shape; IRIs are shortened to prefixed names where the project has a prefix."""

    severity: ShapeSeverity
    focus: str
    path: str
    value: str
    message: str
    shape: str

    def __str__(self) -> str:
        """Return `severity: focus path value: message`."""
        place = " ".join(part for part in (self.focus, self.path, self.value) if part)
        return f"{self.severity}: {place}: {self.message}"


@dataclass(frozen=True, slots=True)
class ShapesReport:
    """What SHACL says of a graph, sorted; it `conforms` when nothing is worse than a warning."""

    results: tuple[ShapeResult, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return all(result.severity != "violation" for result in self.results)

    def counts(self) -> dict[str, int]:
        """Return how many results there are of each severity, sorted by name."""
        return dict(sorted(Counter(result.severity for result in self.results).items()))


def validate_shapes(store: Store) -> ShapesReport:
    """Check the union of the graphs of a store against `ontology/shapes.ttl` with pySHACL.

    It needs about 0.1 s for each thousand triples, so that a graph of more than a million wants another validator.
    """
    import pyshacl
    from rdflib import Graph

    _, report, _ = pyshacl.validate(_union(store), shacl_graph=_shapes(), inplace=True)
    if not isinstance(report, Graph):
        raise InputError(f"the shapes could not be applied: {report}")
    return ShapesReport(tuple(sorted(_results(report))))


def validate_passages(dataset: Dataset, texts: Path) -> list[Finding]:
    """Check every character range of a dataset against the folder of texts: file there, range inside it, digest right.

    Ranges count Unicode code points of the text as decoded, newlines untranslated. Sources without a `file` are passed over.
    """
    files = {source.id: source for source in dataset.sources if source.file}
    contents = {source.file: _text(texts, source.file) for source in files.values()}
    cited: list[Evidence | Thing] = [*dataset.evidence, *dataset.things]
    return [
        dataset.finding(record.place, *fault)
        for record in cited
        if record.source in files
        for fault in _passage_faults(record, files[record.source].file, contents[files[record.source].file], texts)
    ]


def passage(texts: Path, file: str, locator: str) -> str | None:
    """Return the passage that a locator `char=START,END` names; none where text or range is not there."""
    found, text = character_range(locator), _text(texts, file)
    return text[slice(*found)] if found and text is not None and found[1] <= len(text) else None


def _passage_faults(
    record: Evidence | Thing, file: str, text: str | None, texts: Path
) -> Iterator[tuple[str, str, str]]:
    found = character_range(record.locator)
    if not found:
        return
    if text is None:
        yield "source", f"there is no readable text {file} in {texts}", "name the folder with --texts"
    elif found[1] > len(text):
        message = f"the range ends at {found[1]}, the text {file} at {len(text)}"
        yield "locator", message, "count code points of the text as it is, from 0"
    elif sha256(text[slice(*found)].encode()).hexdigest() != record.sha256:
        message = f"the passage {record.locator} of {file} has another digest"
        yield "sha256", message, "mend the range, then write the SHA-256 of its UTF-8 bytes"


def _text(texts: Path, file: str) -> str | None:
    """Return a text of the folder with its newlines as they are, or nothing if it is not there, not UTF-8, or elsewhere."""
    if not file or Path(file).name != file or "\\" in file:
        return None  # the name comes from the data: it must not lead out of the folder
    try:
        return (texts / file).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _shapes() -> Graph:
    """Return the shapes with each property shape aimed at the targets of its node shape.

    That asks the same, and pySHACL then looks at all nodes of a target at once: about a quarter of its time is saved.
    """
    from rdflib import SH, Graph

    shapes = Graph().parse(
        data=resource("ontology").joinpath("shapes.ttl").read_text(encoding="utf-8"), format="turtle"
    )
    for holder, held in list(shapes.subject_objects(SH.property)):
        targets = [(how, what) for how, what in shapes.predicate_objects(holder) if str(how).startswith(f"{SH}target")]
        if targets:
            shapes.remove((holder, SH.property, held))
        for how, what in targets:
            shapes.add((held, how, what))
    return shapes


def _union(store: Store) -> Graph:
    """Return all triples as an rdflib graph; terms are made directly, which is faster than writing and parsing."""
    from rdflib import Graph

    graph = Graph()
    for quad in store.quads():
        graph.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    return graph


def _node(value: Term) -> Identifier:
    import rdflib

    if isinstance(value, pyoxigraph.NamedNode):
        return rdflib.URIRef(value.value)
    if isinstance(value, pyoxigraph.Literal):
        if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        plain = value.datatype == term("xsd:string")
        return rdflib.Literal(value.value, datatype=None if plain else rdflib.URIRef(value.datatype.value))
    return rdflib.BNode(str(value))


def _results(report: Graph) -> Iterator[ShapeResult]:
    from rdflib import RDF, SH

    for node in report.subjects(RDF.type, SH.ValidationResult):
        severity = str(report.value(node, SH.resultSeverity)).rsplit("#", 1)[-1].lower()
        yield ShapeResult(
            severity="warning" if severity == "warning" else "info" if severity == "info" else "violation",
            focus=_short(report.value(node, SH.focusNode)),
            path=_short(report.value(node, SH.resultPath)),
            value=_short(report.value(node, SH.value)),
            message=_english(report, node),
            shape=_short(report.value(node, SH.sourceShape)),
        )


def _english(report: Graph, node: Node) -> str:
    """Return the message in English; a shape without one has the engine's words."""
    from rdflib import SH, Literal

    messages = [text for text in report.objects(node, SH.resultMessage) if isinstance(text, Literal)]
    best = sorted(messages, key=lambda text: (text.language != "en", text.language or "", str(text)))
    return str(best[0]) if best else ""


def _short(value: Node | None) -> str:
    """Return a term as a message can show it; a blank node, whose name changes with each run, shows as nothing."""
    from rdflib import BNode

    if value is None or isinstance(value, BNode):
        return ""
    text = str(value)
    matches = [(base, prefix) for prefix, base in PREFIXES.items() if text.startswith(base)]
    base, prefix = max(matches, default=("", ""), key=lambda match: len(match[0]))
    return f"{prefix}:{text[len(base) :]}" if base else text[:200]
