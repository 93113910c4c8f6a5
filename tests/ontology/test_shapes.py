from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, URIRef

from tests.ontology.graphs import BREAKING, HERE, SHAPES, findings, iri, ontology, report, shapes

_HEADER = re.compile(r"# shape: govs:(?P<shape>\w+)\n# message: (?P<message>.+)\n")


@cache
def _broken() -> dict[str, set[str]]:
    """Validate the ontology with all files at once: they share no node. Return the shapes that each file breaks."""
    graphs = {path.stem: Graph().parse(path) for path in (*BREAKING, HERE / "good.ttl")}
    own = {name: {str(subject) for subject in graph.subjects()} for name, graph in graphs.items()}
    found: dict[str, set[str]] = {name: set() for name in graphs}
    for finding in findings(report(*graphs.values())):
        # The focus of the rule on direct triples is no node of the file; there the value is one.
        homes = [name for name, nodes in own.items() if nodes & {finding["focus"], finding["value"]}]
        assert homes, finding
        for name in homes:
            found[name].add(finding["shape"])
    return found


def _header(path: Path) -> dict[str, str]:
    found = _HEADER.match(path.read_text(encoding="utf-8"))
    assert found, f"{path.name} does not say which shape it breaks"
    return found.groupdict()


def _messages(shape: URIRef) -> dict[str, str]:
    nodes = [shape, *shapes().objects(shape, SH.sparql)]
    texts = [text for node in nodes for text in shapes().objects(node, SH.message)]
    return {str(getattr(text, "language", "")): str(text) for text in texts}


def _rules() -> set[URIRef]:
    """Return the named shapes that can be broken: those with a message, their own or their constraint's."""
    named = {shape for shape in shapes().subjects(RDF.type) if isinstance(shape, URIRef)}
    return {shape for shape in named if _messages(shape)}


@pytest.mark.parametrize("path", BREAKING, ids=lambda path: path.stem)
def test_a_breaking_file_breaks_its_own_rule_and_no_other(path: Path) -> None:
    header = _header(path)
    assert _broken()[path.stem] == {header["shape"]}
    assert _messages(URIRef(SHAPES + header["shape"]))["en"] == header["message"]


def test_every_rule_has_a_breaking_file() -> None:
    assert {str(rule).removeprefix(SHAPES) for rule in _rules()} == {_header(path)["shape"] for path in BREAKING}


def test_every_message_is_in_english_and_ukrainian() -> None:
    assert _rules()
    for rule in _rules():
        assert set(_messages(rule)) == {"en", "uk"}, rule
        assert re.search("[а-яіїєґ]", _messages(rule)["uk"]), rule


def test_a_shape_without_a_message_only_holds_named_shapes() -> None:
    for shape in shapes().subjects(RDF.type, SH.NodeShape):
        if isinstance(shape, URIRef) and shape not in _rules():
            used = {str(name) for name in shapes().predicates(shape)}
            held = {str(RDF.type), str(SH.property), str(SH.targetClass), str(SH.targetNode)}
            assert used <= held, shape


def test_the_ontology_and_a_good_file_break_no_rule() -> None:
    assert _broken()["good"] == set()


def test_the_shapes_are_shapes() -> None:
    conforms, _, text = validate(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


def test_warnings_are_few_and_said_to_be_so() -> None:
    warnings = {str(shape).removeprefix(SHAPES) for shape in shapes().subjects(SH.severity, SH.Warning)}
    assert warnings == {
        "ActorExpected",
        "ContributionTarget",
        "DatasetChecked",
        "LabelUkExpected",
        "StoryStepTextUk",
        "StoryStepTitleUk",
    }


def test_a_denied_or_draft_relation_backs_no_direct_triple() -> None:
    text = (HERE / "good.ttl").read_text(encoding="utf-8")
    for changed in ("adms:status status:accepted ;\n    gov:negated true .", "adms:status status:disputed ."):
        start = text.index("rel:good-2 ")
        broken = text[:start] + text[start:].replace("adms:status status:accepted .", changed, 1)
        found = findings(report(Graph().parse(data=broken, format="turtle")))
        assert {(one["shape"], one["path"]) for one in found} == {
            ("DirectTriple", iri("gov:oversees")),
            ("DirectTriple", iri("gov:mandatedToOversee")),
        }


def test_the_paths_and_classes_of_the_shapes_exist() -> None:
    known = set(ontology().subjects())
    for predicate in (SH.path, SH["class"], SH.targetClass, SH.hasValue, SH.targetSubjectsOf):
        for value in shapes().objects(None, predicate):
            if isinstance(value, URIRef) and str(value).startswith(iri("gov:")):
                assert value in known, value
