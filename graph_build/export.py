"""The graph in other forms: RDF syntaxes, tables, GEXF and GraphML for network programs, the page and the picture.

Every function returns bytes that depend on its input alone: sorted, seeded, without time stamps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

import networkx as nx
from pyoxigraph import RdfFormat, Triple, serialize

from graph_build.ask import ask, checked_on
from graph_build.builder import sorted_quads, trig
from graph_build.errors import UsageError
from graph_build.export_ftm import ftm
from graph_build.export_kumu import kumu
from graph_build.export_popolo import popolo
from graph_build.network import network
from graph_build.resources import resource
from graph_build.store import Store
from graph_build.vocabulary import PREFIXES

if TYPE_CHECKING:
    from graph_build.page.words import Language

INTERCHANGE = {"popolo": popolo, "ftm": ftm, "kumu": kumu}
"""The formats of others: each gives its text, and what it could not carry."""
_TABLES = {"csv": "relations", "statements": "statements"}
"""The questions that forms answer."""
STATEMENT_COLUMNS = (
    "doc", "start", "end", "subject", "subject_type", "relation", "relation_family", "object", "object_type", "modality", "negated", "layer",
    "function", "topic", "channel", "source", "provision", "valid_from", "valid_to", "confidence", "verified",
)  # fmt: skip
"""The columns of `export statements`, which others compare with their own codings: they do not change."""


def export(
    store: Store,
    form: str,
    *,
    as_of: date | None = None,
    country: str = "",
    lang: Language = "en",
    texts: Path | None = None,
) -> bytes:
    """Return the graph in one of the forms of `govgraph export`; without a day, relations of all times.

    Raises `UsageError` where only a part is asked for in a form that holds the whole graph.
    """
    if form in ("html", "svg"):
        return _page(store, form, country, as_of, lang, texts)
    if form in ("gexf", "graphml"):
        graph = network(store, country=country, as_of=as_of, hidden=True)
        return gexf(graph, str(checked_on(store) or "")) if form == "gexf" else graphml(graph)
    if form in ("csv", "statements"):
        table = ask(store, _TABLES[form], as_of=as_of, country=country or None, lang=lang)
        return (table.only(*STATEMENT_COLUMNS) if form == "statements" else table).to_csv().encode()
    if country or as_of:
        raise UsageError(f"{form} holds the whole graph", "leave out --country and --as-of, or export csv")
    return INTERCHANGE[form](store).text if form in INTERCHANGE else rdf(store, form)


def _page(store: Store, form: str, country: str, as_of: date | None, lang: Language, texts: Path | None) -> bytes:
    from graph_build import page  # late: pyvis pulls in IPython, which costs a second

    view = page.view(store, country=country, as_of=as_of, lang=lang, texts=texts)
    return (view.html if form == "html" else view.picture).encode()


def rdf(store: Store, form: str) -> bytes:
    """Return the whole graph as `ttl` (all named graphs in one), `trig`, `nq` or `jsonld`, in a fixed order."""
    if form == "jsonld":
        return _jsonld(store)
    if form == "ttl":
        return turtle({quad.triple for quad in store.quads()})
    quads = sorted_quads(store)
    return trig(quads) if form == "trig" else serialize(quads, format=RdfFormat.N_QUADS) or b""


def turtle(triples: Iterable[Triple]) -> bytes:
    """Return triples as Turtle with the project's prefixes, sorted."""
    return serialize(sorted(triples, key=str), format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _jsonld(store: Store) -> bytes:
    import json

    from rdflib import Graph

    context = json.loads(resource("ontology").joinpath("context.jsonld").read_text(encoding="utf-8"))["@context"]
    graph = Graph().parse(data=rdf(store, "ttl"), format="turtle")
    document = json.loads(graph.serialize(format="json-ld", context=context, indent=None))
    document["@graph"] = sorted(document.get("@graph", []), key=lambda node: str(node.get("@id", node.get("id", ""))))
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def gexf(graph: nx.MultiDiGraph[str], day: str) -> bytes:
    """Return a network as GEXF 1.2 for Gephi; `day` is written as its date of last change."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(_plain(graph))
    for element in writer.xml.iter():
        if "lastmodifieddate" in element.attrib:
            element.attrib["lastmodifieddate"] = day  # networkx writes today: the same input would give other bytes
    text: str = tostring(writer.xml, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def graphml(graph: nx.MultiDiGraph[str]) -> bytes:
    """Return a network as GraphML."""
    buffer = BytesIO()
    nx.write_graphml(_plain(graph), buffer)
    return buffer.getvalue()


def _plain(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Copy a network with attributes that XML can carry: text without control characters, numbers, truth values."""
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in sorted(graph):
        plain.add_node(node, **_attributes(graph.nodes[node]))
    for start, end, key in sorted(graph.edges(keys=True)):
        plain.add_edge(start, end, key, **_attributes(graph.edges[start, end, key]))
    return plain


def _attributes(data: Mapping[str, object]) -> dict[str, str | int | float | bool]:
    return {key: _attribute(value) for key, value in sorted(data.items()) if value is not None}


def _attribute(value: object) -> str | int | float | bool:
    if isinstance(value, bool | int | float):
        return value
    text = "|".join(map(str, value)) if isinstance(value, tuple | list | set | frozenset) else str(value)
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
