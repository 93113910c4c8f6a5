"""The atlas: a built graph with everything that can be asked of it; the façade of notebooks and of the command line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graph_build import card as cards
from graph_build import chains as chain_tables
from graph_build import coverage as coverages
from graph_build import export as exports
from graph_build import gaps as gap_tables
from graph_build import network as networks
from graph_build import paths
from graph_build.ask import Table, ask, checked_on, find
from graph_build.assembly import Watch
from graph_build.builder import build as build_atlas
from graph_build.builder import build_store, bundled
from graph_build.difference import difference as differences
from graph_build.errors import Finding, QueryError, Severity, UsageError
from graph_build.interchange import Content
from graph_build.names import Names, names
from graph_build.practice import known_country
from graph_build.reconcile.sources import check_decided
from graph_build.report import BuildReport
from graph_build.store import RemoteStore, Store, open_store
from graph_build.table import Value
from graph_build.validate import ShapeResult, ShapesReport, validate_passages, validate_shapes
from graph_build.vocabulary import PREFIXES

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from graph_build.page import CoveragePicture, Layout, View
    from graph_build.page.words import Language

__all__ = ["Atlas", "build", "build_folder", "difference", "findings", "load", "open", "publish"]

_PREFIX_LINES = tuple(f"PREFIX {prefix}: <{base}>" for prefix, base in PREFIXES.items())
_ACTOR_TYPES = ("actor",)


_PLACED = re.compile(r"error at (?P<line>\d+):(?P<column>\d+)(?:: expected (?:one of )?(?P<expected>.*))?", re.DOTALL)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)+"')
_FEW = 6  # words that a query may go on with, in a message


AsOf = date | Literal["any"] | None
"""A day; "any" = whenever; nothing = the day on which the data were checked."""


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

    @cached_property
    def names(self) -> Names:
        """Every name by which actors, things, principles and topics can be asked for."""
        return names(self.store)

    def resolve(self, name: str) -> str:
        """Return the IRI of an actor by label in any language, alias, abbreviation, id or IRI; it never guesses."""
        return self.names.resolve(name)

    def ask(self, question: str, /, **params: object) -> Table:
        """Answer a question of the catalogue; parameters that are actors are given by any of their names.

        A name of several bodies means the one of the `country` that existed on the day `as_of`, if there is only one.
        Where the question has a parameter `as_of`, it is the day on which the data were checked, unless another is given; "any" means any day.
        Raises `NotFoundError` for an unknown question or actor, `QueryError` for a parameter that does not fit.
        """
        declared = find(question).params
        values = {name: value for name, value in params.items() if not (name == "lang" and "lang" not in declared)}
        given, checked, bodies = values.get("as_of"), self._checked(values.get("country")), list[str]()
        if "as_of" in declared:
            dated = isinstance(given, str) and given != "any"
            values["as_of"] = checked if given is None else given if dated else self._day(given)
        for name, value in values.items():
            if isinstance(value, str) and name in declared and declared[name].type in _ACTOR_TYPES:
                values[name] = self._meant(value, values.get("country"), values.get("as_of"))
                bodies.append(str(values[name]))
        checked = self._checked(values.get("country"), bodies)
        if "as_of" in declared and given is None:
            values["as_of"] = checked
        return replace(ask(self.store, question, **values), checked=checked)

    def _meant(self, name: str, country: object, as_of: object) -> str:
        """Return the IRI of the actor: of several with this name, the one in the country and on the day that are asked for."""
        with suppress(ValueError):
            as_of = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
        day = as_of if isinstance(as_of, date) else None
        return self.names.resolve(name, country=country.upper() if isinstance(country, str) else "", day=day)

    def sparql(self, text: str) -> Table | str:
        """Run any SPARQL query: a table for SELECT and ASK, Turtle for CONSTRUCT and DESCRIBE. The project's prefixes are known."""
        prefixes = _prefixes_for(text)
        try:
            return exports.answer(self.store, "\n".join([*prefixes, text]))
        except QueryError as error:
            raise _in_lines_of_its_own(error, len(prefixes)) from error

    def _day(self, as_of: object, country: object = "", bodies: Iterable[str] = ()) -> date | None:
        """Return the day that is meant: the one given, none for "any", else the day on which the data were checked."""
        if as_of is None:
            return self._checked(country, bodies)
        return as_of if isinstance(as_of, date) else None

    def _checked(self, country: object = "", bodies: Iterable[str] = ()) -> date | None:
        """Return when the dataset of a country, or of the one country of some bodies, was checked; else the earliest day of any.

        A country without a body is a `NotFoundError`: nobody is to read "no rows" as "nobody oversees".
        """
        codes = {self.names.homes[iri].country for iri in bodies if iri in self.names.homes} - {""}
        known: list[Mapping[str, Value]] = []
        if country:
            known = known_country(self.store, str(country))
        elif len(codes) == 1:
            known = [*ask(self.store, "countries", country=codes.pop()).records()]
        day = known[0]["checked"] if known else None
        return day if isinstance(day, date) else checked_on(self.store)

    def card(self, name: str, *, lang: str = "en", as_of: AsOf = None) -> cards.Card:
        """Return the card of an actor: names, type, dates, and its relations with their sources."""
        actor = self.resolve(name)
        day = self._day(as_of, bodies=[actor])
        found = cards.card(self.store, actor, lang=lang, as_of=day, texts=self.texts)
        return replace(found, relations=replace(found.relations, checked=self._checked(bodies=[actor])))

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
        day = self._day(as_of, bodies=bodies)
        graph = self.network(kinds=kinds, as_of=day or "any")
        sentences = replace(ask(self.store, "relations", as_of=day, lang=lang), checked=self._checked(bodies=bodies))
        ends = networks.node_id(bodies[0]), networks.node_id(bodies[1])
        return paths.table(graph, *ends, sentences, directed=directed, limit=limit)

    def gaps(self, country: str, *, norm: str = "standards", as_of: date | None = None, lang: str = "en") -> Table:
        """Test each demand of a norm for each body of a country: met, law only, absent or not known; see `graph_build.gaps.gaps`."""
        return gap_tables.gaps(self.store, country, norm=norm, as_of=as_of, lang=lang)

    def coverage(
        self, country: str | None = None, *, as_of: date | None = None, lang: str = "en", long: bool = False
    ) -> Table:
        """Return who oversees each security agency, by layer, in counts; `long` gives a row for each agency and layer."""
        answer = coverages.coverage_counts if long else coverages.coverage
        return answer(self.store, country, as_of=as_of, lang=lang)

    def coverage_picture(
        self, country: str | None = None, *, as_of: date | None = None, lang: Language = "en"
    ) -> CoveragePicture:
        """Return the same as a page with all grounds (`.html`) and as a picture (`.svg`); `save` writes either by the file's ending."""
        from graph_build import page

        return page.coverage_picture(self.store, country, as_of=as_of, lang=lang)

    def chains(self, actor: str, *, as_of: AsOf = None, limit: int = 5, lang: str = "en") -> Table:
        """Return the chains of accountability from an actor up to elected bodies, a row for each relation of each step."""
        body = self.resolve(actor)
        day = self._day(as_of, bodies=[body])
        found = chain_tables.upward(self.store, body, as_of=day, limit=limit, lang=lang)
        return replace(found, checked=self._checked(bodies=[body]))

    def changes(self, country: str, since: date, until: date, *, lang: str = "en") -> Table:
        """Return what began, ended, was founded, dissolved, enacted or repealed in a country between two days, by which provision."""
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
        return networks.network(
            self.store,
            kinds=kinds,
            modalities=modalities,
            layers=layers,
            country=country,
            as_of=self._day(as_of, country),
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

        if country:
            known_country(self.store, country)
        return page.view(
            self.store, country=country, layout=layout, as_of=as_of, lang=lang, title=title, texts=self.texts
        )

    def brief(self, name: str, *, as_of: date | None = None, lang: Language = "en") -> str:
        """Return two printed pages on a body as HTML: who it answers to, who may question it, what others have, what is not known."""
        from graph_build.page.brief import brief  # late: as the page

        return brief(self.store, self.resolve(name), as_of=as_of, lang=lang)

    def export(self, form: str, *, as_of: AsOf = None, country: str = "", lang: Language = "en") -> bytes:
        """Return the graph in one of the forms of `govgraph export`; without `as_of`, relations of all times."""
        day = None if as_of is None else self._day(as_of)
        if country:
            known_country(self.store, country)
        if form in ("html", "svg"):
            view = self.view(country=country, as_of=day, lang=lang)
            return (view.html if form == "html" else view.picture).encode()
        if form in ("gexf", "graphml"):
            graph = self.network(country=country, as_of=as_of or "any", hidden=True)
            return exports.gexf(graph, str(checked_on(self.store) or "")) if form == "gexf" else exports.graphml(graph)
        if form == "csv":
            return ask(self.store, "relations", as_of=day, country=country or None, lang=lang).to_csv().encode()
        if form == "statements":
            table = ask(self.store, "statements", as_of=day, country=country or None, lang=lang)
            return table.only(*exports.STATEMENT_COLUMNS).to_csv().encode()
        if form in exports.INTERCHANGE and not country and not day:
            return self.interchange(form).text
        if country or day:
            raise UsageError(f"{form} holds the whole graph", "leave out --country and --as-of, or export csv")
        return exports.rdf(self.store, form)

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


@dataclass(frozen=True, slots=True)
class FolderReport:
    """What `build_folder` made: where, what, and the warnings."""

    output: Path
    report: BuildReport
    warnings: tuple[Finding, ...] = field(default=())

    def __str__(self) -> str:
        """Return the line that the command prints."""
        if self.report.unchanged:
            return f"{self.output}: nothing changed; {self.report.quads:,} quads from {', '.join(self.report.datasets)}"
        datasets = ", ".join(self.report.datasets)
        shapes = "shapes conform" if self.report.shapes.conforms else f"shapes: {self.report.shapes.counts()}"
        files = " ".join(self.report.files)
        imports = "".join(f"{imported}\n" for imported in self.report.imports)
        return f"{imports}{self.output}: {self.report.quads:,} quads from {datasets}; {shapes}; wrote {files}"


def load(*, texts: Path | None = None) -> Atlas:
    """Return the atlas of the bundled datasets; it is built once and kept in the user's cache."""
    return Atlas(build_store(), texts=texts)


def build(*sources: str | Path, texts: Path | None = None) -> Atlas:
    """Return the atlas of any sources, in memory; none = the bundled datasets. A wrong source is an `InputError`."""
    return Atlas(build_store(sources or None), texts=texts)


def open(place: str | Path, *, texts: Path | None = None) -> Atlas:  # named as in the design
    """Return the atlas of a store on disk, of a built folder, or of a SPARQL endpoint given by its URL."""
    return Atlas(open_store(place), texts=texts)


def build_folder(
    sources: Sequence[Path],
    output: Path,
    *,
    disk: bool = False,
    texts: Path | None = None,
    watch: Watch = lambda what, done, whole: None,
) -> FolderReport:
    """Build sources (none = the bundled datasets) into a folder: graph, page, gaps, coverage and report, whole or not at all."""
    pages = {
        "explorer.html": lambda store: _explorer(store).encode(),
        "gaps.csv": lambda store: gap_tables.gaps_of_all(store).to_csv().encode(),
        "coverage.csv": lambda store: coverages.coverage_counts(store).to_csv().encode(),
    }
    report = build_atlas(sources or None, output, disk=disk, texts=texts, pages=pages, watch=watch)
    return FolderReport(output, report, report.findings)


def _explorer(store: Store) -> str:
    from graph_build import page  # late: as in `Atlas.view`

    return page.explorer(store)


def publish(place: str | Path, url: str) -> list[str]:
    """Load a built folder or store into a SPARQL server and return the names of its graphs there; other graphs stay.

    Each graph takes the place of an older one when all of it has arrived; see `graph_build.store.RemoteStore`.
    """
    return [graph.value for graph in RemoteStore(url).load(open_store(place).quads())]


def findings(sources: Sequence[Path], *, texts: Path | None = None) -> list[Finding]:
    """Return all that is wrong with datasets (none = the bundled ones): tables, references, passages, shapes; sorted."""
    datasets, found = check_decided(sources or bundled())
    if texts is not None:
        found += [finding for dataset in datasets for finding in validate_passages(dataset, texts)]
    if not any(finding.severity == "error" for finding in found):
        found += map(_shape_finding, validate_shapes(build_store(sources or None)).results)
    return sorted(found)


def _shape_finding(result: ShapeResult) -> Finding:
    severity: Severity = "error" if result.severity == "violation" else "warning"
    return Finding(result.focus, 0, 0, result.path, result.message, f"shape {result.shape}", severity)


def difference(old: Path, new: Path, *, lang: str = "en") -> Table:
    """Return what changed from one build to another: relations and actors added, removed and changed."""
    return differences(open(old).store, open(new).store, lang=lang)


def _prefixes_for(text: str) -> list[str]:
    """Return the project's prefixes that a query does not declare itself, a line each."""
    own = {line.split()[1].casefold() for line in text.splitlines() if line.strip().casefold().startswith("prefix ")}
    return [line for line in _PREFIX_LINES if line.split()[1].casefold() not in own]


def _in_lines_of_its_own(error: QueryError, before: int) -> QueryError:
    """Return an error of an engine about a query with the line as its writer counts it, and without a page of grammar."""
    found = _PLACED.search(error.message)
    if not found:
        return error
    expected = list(dict.fromkeys(_QUOTED.findall(found["expected"] or "")))
    told = (
        f"; expected {' or '.join(expected[:_FEW])}{' or something else' if len(expected) > _FEW else ''}"
        if expected
        else ""
    )
    return QueryError(
        f"line {int(found['line']) - before}, column {found['column']} of the query: it is not SPARQL{told}",
        error.remedy,
    )
