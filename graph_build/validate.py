"""Is what we hold right? The graph against the shapes of the ontology, and the evidence against the texts it cites."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from graph_build.errors import Finding, InputError
from graph_build.readers import Dataset, character_range
from graph_build.records import Evidence, Thing
from graph_build.resources import resource
from graph_build.shapes import ShapeResult, ShapesReport, short, validate_shapes
from graph_build.store import Store, Term
from graph_build.vocabulary import term

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Identifier, Node

__all__ = [
    "ShapeResult",
    "ShapesReport",
    "passage",
    "validate_passages",
    "validate_shapes",
    "validate_shapes_of_record",
]


def validate_shapes_of_record(store: Store, turtle: bytes | None = None) -> ShapesReport:
    """Check the union of the graphs of a store with pySHACL, against the shapes of a Turtle text or else of the ontology.

    It gives what `validate_shapes` gives, but needs some 0.3 s for each thousand triples: for tests, and for doubts.
    """
    import pyshacl
    from rdflib import Graph

    _, report, _ = pyshacl.validate(_union(store), shacl_graph=_shapes(turtle), inplace=True)
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


def _shapes(turtle: bytes | None) -> Graph:
    """Return the shapes with each property shape aimed at the targets of its node shape.

    That asks the same, and pySHACL then looks at all nodes of a target at once: about a quarter of its time is saved.
    """
    from rdflib import SH, Graph

    text = resource("ontology").joinpath("shapes.ttl").read_bytes() if turtle is None else turtle
    shapes = Graph().parse(data=text, format="turtle")
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
    from rdflib import SH

    for node in report.objects(None, SH.result):  # a result below another (sh:detail) only explains it
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

    return "" if value is None or isinstance(value, BNode) else short(str(value))
