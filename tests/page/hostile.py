"""Data that want to be run: every string that a page could mistake for its own."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from graph_build.vocabulary import PREF_LABEL, RDF_TYPE, concept, term

GRAPH = term("dataset:hostile")
LABELS = {
    "__proto__": "<img src=x onerror=\"window.__ran='img'\">",
    "constructor": "</script><script>window.__ran='script'</script>",
    "link": '<a href="javascript:window.__ran=1">href</a>',
    "template": "{{7*7}} ${7*7} {% raw %}",
    "separator": "line\u2028separator\u2029",
    "bidi": "\u202eevil\u202c right to left",
    "long": "A" * 100_000,
    "formula": "=cmd|' /C calc'!A0",
    "quote": 'it\'s "quoted" & <b>bold</b>',
    "'onload=alert(1)": "<svg onload=\"window.__ran='svg'\">",
}
ADDRESSES = (
    "javascript:window.__ran='url'",
    "data:text/html,<script>window.__ran='data'</script>".replace("<", "%3C").replace(">", "%3E"),
)


def hostile_quads() -> Iterator[Quad]:
    """Yield actors in a ring, each overseeing the next, with sources whose addresses are no links."""
    names = list(LABELS)
    yield _quad(GRAPH, RDF_TYPE, term("dcat:Dataset"))
    yield _quad(GRAPH, term("dct:title"), Literal("<script>window.__ran='dataset'</script>"))
    yield _quad(GRAPH, term("dct:description"), Literal("</script><script>window.__ran='description'</script>"))
    yield _quad(GRAPH, term("gov:checked"), Literal("2026-11-20", datatype=term("xsd:date")))
    for place, name in enumerate(names):
        yield from _actor(name)
        yield from _relation(place, name, names[(place + 1) % len(names)])
    for place, address in enumerate(ADDRESSES):
        yield from _source(place, address)


def _quad(subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
    return Quad(subject, predicate, value, GRAPH)


def _actor(name: str) -> Iterator[Quad]:
    actor = term(f"id:{name}")
    yield _quad(actor, RDF_TYPE, term("gov:Actor"))
    yield _quad(actor, RDF_TYPE, term("gov:Parliament"))
    yield _quad(actor, PREF_LABEL, Literal(LABELS[name], language="en"))
    yield _quad(actor, term("skos:altLabel"), Literal("<i>alias</i>"))
    yield _quad(actor, term("skos:note"), Literal("<iframe src='https://evil.example/'></iframe>"))
    yield _quad(actor, term("gov:country"), Literal("<b>"))


def _relation(place: int, name: str, other: str) -> Iterator[Quad]:
    relation, evidence = term(f"rel:__proto__{place}"), term(f"ev:{place}")
    yield _quad(relation, RDF_TYPE, term("gov:Relation"))
    yield _quad(relation, RDF_TYPE, term("gov:Oversight"))
    yield _quad(relation, term("gov:actor"), term(f"id:{name}"))
    yield _quad(relation, term("gov:target"), term(f"id:{other}"))
    yield _quad(relation, term("gov:modality"), concept("modality", "normative"))
    yield _quad(
        relation, term("gov:phrase"), Literal("=1+1 <img src=x onerror=\"window.__ran='phrase'\">", language="en")
    )
    yield _quad(relation, term("gov:scope"), Literal("<script>window.__ran='scope'</script>"))
    yield _quad(relation, term("prov:hadPrimarySource"), evidence)
    yield _quad(evidence, term("oa:hasSource"), term(f"src:s{place % len(ADDRESSES)}"))
    yield _quad(evidence, term("gov:locator"), Literal("<u>locator</u>"))


def _source(place: int, address: str) -> Iterator[Quad]:
    source = term(f"src:s{place}")
    yield _quad(source, RDF_TYPE, term("gov:Source"))
    yield _quad(source, term("dct:title"), Literal("<img src=https://evil.example/pixel.png>"))
    yield _quad(source, term("schema:url"), NamedNode(address))
    yield _quad(source, term("schema:archivedAt"), NamedNode("https://archive.example/copy"))
