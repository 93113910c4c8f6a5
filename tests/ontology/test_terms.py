from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from graph_build.resources import resource
from graph_build.vocabulary import PREFIXES, SCHEMES, Term, ontology_files, term, vocabulary
from tests.ontology.graphs import HERE, ontology, shapes

OWN = "https://w3id.org/govgraph/"
ROOT = Path(__file__).parents[2]
_IRI = re.compile(r"^(?P<space>.*[/#])(?P<name>[^/#]+)$")
_CURIE = re.compile(r'(?:term|iri)\(\s*f?"(?P<prefix>\w+):(?P<local>[^"{}]*)"')


def _declared() -> list[URIRef]:
    types = (
        OWL.Class,
        OWL.ObjectProperty,
        OWL.DatatypeProperty,
        OWL.AnnotationProperty,
        SKOS.Concept,
        SKOS.ConceptScheme,
    )
    found = {node for kind in types for node in ontology().subjects(RDF.type, kind)}
    return sorted(node for node in found if isinstance(node, URIRef))


def _vendored() -> dict[str, set[str]]:
    """Return, by namespace, the local names that the reused vocabularies define."""
    found: dict[str, set[str]] = {}
    for path in (HERE / "reused_terms").glob("*.txt"):
        head, *names = path.read_text(encoding="utf-8").splitlines()
        found[head.split()[1]] = set(names)
    return found


def _used_iris(*graphs: Graph) -> set[str]:
    nodes = {node for graph in graphs for triple in graph for node in triple}
    datatypes = {node.datatype for node in nodes if isinstance(node, Literal) and node.datatype}
    return {str(node) for node in nodes | datatypes if isinstance(node, URIRef)}


def test_every_term_is_labelled_and_defined_in_both_languages() -> None:
    assert len(_declared()) > 300
    for node in _declared():
        for predicates in ((RDFS.label, SKOS.prefLabel), (SKOS.definition,)):
            texts = [text for predicate in predicates for text in ontology().objects(node, predicate)]
            assert sorted(str(getattr(text, "language", "")) for text in texts) == ["en", "uk"], node
            ukrainian = next(str(text) for text in texts if getattr(text, "language", "") == "uk")
            assert re.search("[а-яіїєґ]", ukrainian), node


def test_no_literal_is_ill_typed() -> None:
    literals = {node for graph in (ontology(), shapes()) for triple in graph for node in triple}
    assert [node for node in literals if isinstance(node, Literal) and node.ill_typed] == []


def test_the_vocabulary_reads_every_kind_type_and_concept() -> None:
    known = vocabulary()
    families: list[Mapping[str, Term]] = [known.kinds, known.actor_types, known.thing_types, known.source_types]
    for terms in (*families, *known.schemes.values()):
        assert terms
        for key, value in terms.items():
            assert key == value.id
            assert value.label_en
            assert value.label_uk
            assert not value.parent or value.parent in terms
    assert tuple(known.schemes) == SCHEMES
    assert len(known.kinds) == 30
    assert all(any(modality == "" for modality, _ in kind.direct) for kind in known.kinds.values())


def test_symmetric_kinds_are_the_three_between_equals() -> None:
    assert {name for name, kind in vocabulary().kinds.items() if kind.symmetric} == {
        "partnership",
        "coordination",
        "competition",
    }


def test_every_reused_term_exists() -> None:
    vendored = _vendored()
    unknown = set()
    for used in _used_iris(ontology(), shapes()):
        found = _IRI.match(used)
        if found and found["space"] in vendored and found["name"] not in vendored[found["space"]]:
            unknown.add(used)
    assert unknown == set()


def test_the_namespaces_that_are_reused_are_vendored() -> None:
    others = {"http://www.wikidata.org/entity/"}
    assert {iri for iri in PREFIXES.values() if not iri.startswith(OWN)} - others <= set(_vendored())


@pytest.mark.parametrize(
    "typo", ["http://purl.org/dc/terms/rigthsHolder", "http://www.w3.org/1999/02/22-rdf-syntax-ns#isDefinedBy"]
)
def test_the_vendored_lists_find_the_typos_of_official_models(typo: str) -> None:
    found = _IRI.match(typo)
    assert found
    assert found["name"] not in _vendored()[found["space"]]


def test_every_term_that_python_names_exists() -> None:
    own, vendored, missing = {str(node) for node in _declared()}, _vendored(), set()
    for path in sorted((ROOT / "graph_build").rglob("*.py")):
        for found in _CURIE.finditer(path.read_text(encoding="utf-8")):
            space, local = PREFIXES[found["prefix"]], found["local"]
            # The names of single nodes (`id:`, `rel:` and so on) are data, not words of the ontology.
            if local and (space in vendored or space == PREFIXES["gov"] or found["prefix"] in _SCHEME_PREFIXES):
                known = local in vendored[space] if space in vendored else space + local in own
                if not known:
                    missing.add(f"{path.name}: {found['prefix']}:{local}")
    assert missing == set()


_SCHEME_PREFIXES = ("layer", "fn", "mod", "conf", "status", "topic", "channel", "principle")


def test_prefixes_of_schemes_are_their_namespaces() -> None:
    spaces = {term(f"{prefix}:x").value.rpartition("/")[0].removeprefix(OWN) for prefix in _SCHEME_PREFIXES}
    assert spaces == set(SCHEMES)


def test_files_share_one_prefix_table_and_keep_their_stanzas_sorted() -> None:
    tables = set()
    for entry in ontology_files():
        text = entry.read_text(encoding="utf-8")
        table = [line for line in text.splitlines() if line.startswith("@prefix ")]
        assert table == sorted(table, key=lambda line: line.split(":")[0]), entry.name
        tables.add(tuple(line for line in table if not line.startswith("@prefix ftm:")))
        subjects = re.findall(r"^(?!@prefix)(?:<[^>]+>|[a-z]+:[\w-]+)", text, re.MULTILINE)
        assert subjects == sorted(subjects), entry.name
        assert len(subjects) == len(set(subjects)), entry.name
    assert len(tables) == 1


def test_the_ontology_has_no_blank_nodes() -> None:
    assert all(isinstance(node, URIRef | Literal) for triple in ontology() for node in triple)


def test_the_version_is_that_of_the_package() -> None:
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version
    node = URIRef(OWN + "ontology")
    assert str(ontology().value(node, OWL.versionInfo)) == version[1]


def test_the_crosswalk_maps_only_terms_that_exist() -> None:
    crosswalk = Graph().parse(data=resource("ontology").joinpath("crosswalk.ttl").read_bytes(), format="turtle")
    declared = set(_declared())
    assert len(crosswalk) > 40
    assert {subject for subject in crosswalk.subjects() if subject not in declared} == set()
    assert SKOS.exactMatch not in set(crosswalk.predicates())
