"""The atlas: a built graph with everything that can be asked of it; the façade of notebooks and of the command line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from graph_build import card as cards
from graph_build import chains as chain_tables
from graph_build import coverage as coverages
from graph_build import export as exports
from graph_build import gaps as gap_tables
from graph_build import network as networks
from graph_build import paths, sparql
from graph_build.ask import Table, ask
from graph_build.builder import build_store
from graph_build.difference import difference as differences
from graph_build.folder import build_folder, findings, publish
from graph_build.interchange import Content
from graph_build.meaning import AsOf, Meaning
from graph_build.names import Names
from graph_build.store import Store, open_store
from graph_build.validate import ShapesReport, validate_shapes

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from graph_build.page import CoveragePicture, Layout, View
    from graph_build.page.words import Language

__all__ = ["AsOf", "Atlas", "build", "build_folder", "difference", "findings", "load", "open", "publish"]


class Atlas:
    """A graph that can be asked, drawn, exported and checked.

    >>> import graph_build as gb
    >>> atlas = gb.load()
    >>> atlas.resolve("CSOs") == atlas.resolve("організації громадянського суспільства")
    True
    """

    def __init__(self, store: Store, *, texts: Path | None = None) -> None:
        """Wrap a store; with the folder of the texts, answers can show the passages that they cite."""
        self.store = store
        self.texts = texts
        self._meaning = Meaning(store)

    @property
    def names(self) -> Names:
        """Every name by which actors, things, principles and topics can be asked for."""
        return self._meaning.names

    def resolve(self, name: str) -> str:
        """Return the IRI of an actor by label in any language, alias, abbreviation, id or IRI; it never guesses."""
        return self.names.resolve(name)

    def ask(self, question: str, /, **params: object) -> Table:
        """Answer a question of the catalogue; parameters that are actors are given by any of their names.

        A name of several bodies means the one of the `country` that existed on the day `as_of`, if there is only one.
        Where the question has a parameter `as_of`, it is the day on which the data were checked, unless another is given; "any" means any day.
        Raises `NotFoundError` for an unknown question or actor, `QueryError` for a parameter that does not fit.
        """
        values, checked = self._meaning.values(question, params)
        return replace(ask(self.store, question, **values), checked=checked)

    def sparql(self, text: str) -> Table | str:
        """Run any SPARQL query: a table for SELECT and ASK, Turtle for CONSTRUCT and DESCRIBE. The project's prefixes are known."""
        return sparql.answer(self.store, text)

    def card(self, name: str, *, lang: str = "en", as_of: AsOf = None) -> cards.Card:
        """Return the card of an actor: names, type, dates, and its relations with their sources."""
        actor = self.resolve(name)
        day = self._meaning.day(as_of, bodies=[actor])
        found = cards.card(self.store, actor, lang=lang, as_of=day, texts=self.texts)
        return replace(found, relations=replace(found.relations, checked=self._meaning.checked(bodies=[actor])))

    def path(
        self,
        start: str,
        end: str,
        *,
        kinds: Collection[str] = (),
        directed: bool = False,
        limit: int = 5,
        as_of: AsOf = None,
        lang: str = "en",
    ) -> Table:
        """Return the shortest chains of relations between two actors, a row a step: chain, step, sentence, modality, evidence."""
        bodies = self.resolve(start), self.resolve(end)
        day = self._meaning.day(as_of, bodies=bodies)
        graph = self.network(kinds=kinds, as_of=day or "any")
        sentences = replace(
            ask(self.store, "relations", as_of=day, lang=lang), checked=self._meaning.checked(bodies=bodies)
        )
        ends = networks.node_id(bodies[0]), networks.node_id(bodies[1])
        return paths.table(graph, *ends, sentences, directed=directed, limit=limit)

    def gaps(self, country: str, *, norm: str = "standards", as_of: date | None = None, lang: str = "en") -> Table:
        """Test each demand of a norm for each body of a country: met, law only, absent or not known; see `graph_build.gaps.gaps`."""
        self._meaning.country(country)
        return gap_tables.gaps(self.store, country, norm=norm, as_of=as_of, lang=lang)

    def coverage(
        self, country: str | None = None, *, as_of: date | None = None, lang: str = "en", long: bool = False
    ) -> Table:
        """Return who oversees each security agency, by layer, in counts; `long` gives a row for each agency and layer."""
        self._meaning.country(country)
        answer = coverages.coverage_counts if long else coverages.coverage
        return answer(self.store, country, as_of=as_of, lang=lang)

    def coverage_picture(
        self, country: str | None = None, *, as_of: date | None = None, lang: Language = "en"
    ) -> CoveragePicture:
        """Return the same as a page with all grounds (`.html`) and as a picture (`.svg`); `save` writes either by the file's ending."""
        from graph_build import page

        self._meaning.country(country)
        return page.coverage_picture(self.store, country, as_of=as_of, lang=lang)

    def chains(self, actor: str, *, as_of: AsOf = None, limit: int = 5, lang: str = "en") -> Table:
        """Return the chains of accountability from an actor up to elected bodies, a row for each relation of each step."""
        body = self.resolve(actor)
        day = self._meaning.day(as_of, bodies=[body])
        found = chain_tables.upward(self.store, body, as_of=day, limit=limit, lang=lang)
        return replace(found, checked=self._meaning.checked(bodies=[body]))

    def changes(self, country: str, since: date, until: date, *, lang: str = "en") -> Table:
        """Return what began, ended, was founded, dissolved, enacted or repealed in a country between two days, by which provision."""
        self._meaning.country(country)
        return chain_tables.changes(self.store, country, since, until, lang=lang)

    def network(
        self,
        *,
        kinds: Collection[str] = (),
        modalities: Collection[str] = (),
        layers: Collection[str] = (),
        country: str = "",
        as_of: AsOf = None,
        hidden: bool = False,
    ) -> nx.MultiDiGraph[str]:
        """Return the relations as a `networkx.MultiDiGraph`, one edge per relation; see `graph_build.network.network`."""
        self._meaning.country(country)
        return networks.network(
            self.store,
            kinds=kinds,
            modalities=modalities,
            layers=layers,
            country=country,
            as_of=self._meaning.day(as_of, country),
            hidden=hidden,
        )

    def view(
        self,
        *,
        country: str = "",
        layout: Layout | None = None,
        as_of: date | None = None,
        lang: Language = "en",
        title: str = "",
    ) -> View:
        """Return the interactive page as an object that shows itself in a notebook and saves itself to a file.

        It opens on a `layout`, "ladder" or "free", where one is given; another is a `NotFoundError`.
        """
        from graph_build import page  # late: pyvis pulls in IPython, which costs a second

        self._meaning.country(country)
        return page.view(
            self.store, country=country, layout=layout, as_of=as_of, lang=lang, title=title, texts=self.texts
        )

    def brief(self, name: str, *, as_of: date | None = None, lang: Language = "en") -> str:
        """Return two printed pages on a body as HTML: who it answers to, who may question it, what others have, what is not known."""
        from graph_build.page.brief import brief  # late: as the page

        return brief(self.store, self.resolve(name), as_of=as_of, lang=lang)

    def export(self, form: str, *, as_of: AsOf = None, country: str = "", lang: Language = "en") -> bytes:
        """Return the graph in one of the forms of `govgraph export`; without `as_of`, relations of all times."""
        day = None if as_of is None else self._meaning.day(as_of)
        self._meaning.country(country)
        return exports.export(self.store, form, as_of=day, country=country, lang=lang, texts=self.texts)

    def interchange(self, form: str) -> Content:
        """Return the whole graph in a format of others, `popolo` or `ftm`, with what that could not carry."""
        return exports.INTERCHANGE[form](self.store)

    def validate(self) -> ShapesReport:
        """Check the graph against the shapes of the ontology."""
        return validate_shapes(self.store)

    def to_rdflib(self) -> rdflib.Graph:
        """Return all triples, of all named graphs, as an rdflib graph."""
        import rdflib

        return rdflib.Graph().parse(data=exports.rdf(self.store, "ttl"), format="turtle")


def load(*, texts: Path | None = None) -> Atlas:
    """Return the atlas of the bundled datasets; it is built once and kept in the user's cache."""
    return Atlas(build_store(), texts=texts)


def build(*sources: str | Path, texts: Path | None = None) -> Atlas:
    """Return the atlas of any sources, in memory; none = the bundled datasets. A wrong source is an `InputError`."""
    return Atlas(build_store(sources or None), texts=texts)


def open(place: str | Path, *, texts: Path | None = None) -> Atlas:  # named as in the design
    """Return the atlas of a store on disk, of a built folder, or of a SPARQL endpoint given by its URL."""
    return Atlas(open_store(place), texts=texts)


def difference(old: Path, new: Path, *, lang: str = "en") -> Table:
    """Return what changed from one build to another: relations and actors added, removed and changed."""
    return differences(open(old).store, open(new).store, lang=lang)
