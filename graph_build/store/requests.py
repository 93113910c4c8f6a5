"""The requests of the SPARQL 1.1 protocols: Query and Update as SPARQLWrapper writes them, and the Graph Store protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from urllib.parse import quote, urlsplit
from urllib.request import Request

Form = Literal["json", "turtle"]


def question(url: str, query: str, graphs: Sequence[str], answer: Form) -> Request:
    """Return the request that asks a query of these graphs (none = as the query or the server says)."""
    from SPARQLWrapper import CONSTRUCT, POST, SELECT, SPARQLWrapper  # late: it pulls in rdflib

    wrapper = SPARQLWrapper(url, returnFormat=answer)
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    # Not `setQuery`: it would send an update to the server's update endpoint, and warns of what it cannot classify.
    wrapper.queryString, wrapper.queryType = query, SELECT if answer == "json" else CONSTRUCT
    for graph in graphs:
        wrapper.addParameter("default-graph-uri", graph)
        wrapper.addParameter("named-graph-uri", graph)
    return _written(wrapper)


def update(url: str, text: str) -> Request:
    """Return the request that carries out an update."""
    from SPARQLWrapper import INSERT, POST, SPARQLWrapper

    wrapper = SPARQLWrapper(url, updateEndpoint=url)
    wrapper.setMethod(POST)
    wrapper.queryString, wrapper.queryType = text, INSERT
    return _written(wrapper)


def graph_content(url: str, graph: str, content: bytes, *, add: bool) -> Request:
    """Return the request that gives a graph this N-Triples text as its content, or adds it."""
    mark = "&" if urlsplit(url).query else "?"
    # N-Triples is Turtle, and Turtle is what every server takes: Virtuoso 7 knows no application/n-triples here.
    headers = {"Content-Type": "text/turtle; charset=utf-8"}
    method = "POST" if add else "PUT"
    return Request(f"{url}{mark}graph={quote(graph, safe='')}", content, headers, method=method)


def _written(wrapper: object) -> Request:
    """Return what SPARQLWrapper would send; it is sent by our own transport, as its own forgets whom a password is for."""
    request = wrapper._createRequest()  # type: ignore[attr-defined]
    assert isinstance(request, Request)
    return request
