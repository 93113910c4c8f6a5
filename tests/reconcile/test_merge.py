"""Decisions are obeyed by a build, keep what every source says, and can be undone."""

import json
from pathlib import Path

import pytest

from graph_build.builder import build_store, sorted_quads, trig
from graph_build.errors import InputError
from graph_build.readers import read
from graph_build.reconcile.decisions import Decision
from graph_build.reconcile.merge import merged
from graph_build.reconcile.sources import check_decided
from graph_build.store import Store

HEADER = "left,right,score,reasons,decision\n"


def parliament(path: Path, person: str, party: str, uk: str = "") -> Path:
    others = [{"name": uk, "lang": "uk"}] if uk else []
    content = {
        "persons": [{"id": "p", "name": person, "other_names": others}],
        "organizations": [{"id": "o", "name": party, "classification": "party"}],
        "memberships": [{"person_id": "p", "organization_id": "o", "role": "member"}],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    return [
        parliament(tmp_path / "one.json", "Volodymyr Zelenskyy", "Sluha narodu"),
        parliament(tmp_path / "two.json", "Владимир Зеленский", "Слуга народу", "Володимир Зеленський"),
    ]


def decisions(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "decisions.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


ONE = "one-person-p"
TWO = "two-person-p"


def values(store: Store, query: str) -> set[tuple[str, ...]]:
    return {tuple(row) for row in store.texts(query)}


def in_graph(store: Store, dataset: str, person: str) -> set[str]:
    """The names that a dataset gives a person."""
    names = f"""SELECT ?name WHERE {{ GRAPH <https://w3id.org/govgraph/dataset/{dataset}> {{
        <https://w3id.org/govgraph/id/{person}> skos:prefLabel|skos:altLabel ?name }} }}"""
    return {row[0] for row in values(store, f"PREFIX skos: <http://www.w3.org/2004/02/skos/core#> {names}")}


def test_an_accepted_merge_keeps_the_statements_of_both_sources(sources: list[Path], tmp_path: Path) -> None:
    store = build_store([*sources, decisions(tmp_path, f"{ONE},{TWO},0.98,,accept")])
    assert any("Volodymyr" in name for name in in_graph(store, "one", ONE))
    assert any("Владимир" in name for name in in_graph(store, "two", ONE))
    assert any("Володимир" in name for name in in_graph(store, "two", ONE))
    old = f"<https://w3id.org/govgraph/id/{TWO}>"
    said = [quad for quad in store.quads() if old in (str(quad.subject), str(quad.object))]
    assert [str(quad.predicate) for quad in said] == ["<http://www.w3.org/2004/02/skos/core#exactMatch>"]
    memberships = [quad for quad in store.quads() if quad.predicate.value.endswith("#memberOf")]
    assert len(memberships) == 2
    assert len({quad.subject for quad in memberships}) == 1
    assert len({quad.graph_name for quad in memberships}) == 2


@pytest.mark.parametrize("decision", ["", "reject"])
def test_what_is_not_accepted_changes_nothing(sources: list[Path], tmp_path: Path, decision: str) -> None:
    apart = trig(sorted_quads(build_store(sources)))
    together = trig(sorted_quads(build_store([*sources, decisions(tmp_path, f"{ONE},{TWO},0.98,,accept")])))
    assert together != apart
    assert trig(sorted_quads(build_store([*sources, decisions(tmp_path, f"{ONE},{TWO},0.98,,{decision}")]))) == apart


def test_the_left_id_stays_through_a_chain(sources: list[Path]) -> None:
    datasets = [read(source) for source in sources]
    rows = [
        Decision("one-organization-o", TWO, decision="accept"),
        Decision(ONE, "one-organization-o", decision="accept"),
    ]
    made, findings = merged(datasets, rows)
    assert not findings
    assert {actor.id for dataset in made for actor in dataset.actors} == {ONE, "two-organization-o"}


def test_a_rejected_pair_is_not_joined_by_a_detour(sources: list[Path], tmp_path: Path) -> None:
    other = "one-organization-o"
    table = decisions(tmp_path, f"{ONE},{TWO},1,,reject", f"{ONE},{other},1,,accept", f"{other},{TWO},1,,accept")
    with pytest.raises(InputError) as error:
        build_store([*sources, table])
    assert [(finding.file, finding.line) for finding in error.value.findings] == [(str(table), 2)]
    assert any(finding.file == str(table) for finding in check_decided([*sources, table])[1])


def test_rows_on_actors_of_other_sources_are_told_once_and_passed_over(sources: list[Path], tmp_path: Path) -> None:
    table = decisions(tmp_path, f"{ONE},elsewhere,1,,accept", f"nowhere,{TWO},1,,accept")
    findings = [finding for finding in check_decided([*sources, table])[1] if finding.file == str(table)]
    assert [(finding.severity, finding.line) for finding in findings] == [("warning", 2)]
    assert "elsewhere" in findings[0].message


@pytest.mark.parametrize(
    "rows",
    [
        (f"{ONE},{ONE},1,,accept",),
        (f"{ONE},{TWO},1,,accept", f"{TWO},{ONE},1,,reject"),
        (f"{ONE},{TWO},1,,perhaps",),
        (f"{ONE},,1,,accept",),
        (f"{ONE},{TWO},1",),
    ],
)
def test_a_table_that_cannot_be_obeyed_says_where(sources: list[Path], tmp_path: Path, rows: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as error:
        build_store([*sources, decisions(tmp_path, *rows)])
    assert error.value.findings[0].line == len(rows) + 1


def test_facts_that_differ_are_kept_beside_the_first(tmp_path: Path) -> None:
    paths = []
    for name, founded in (("one", "1991"), ("two", "1992")):
        content = {"organizations": [{"id": "o", "name": "Rada", "founding_date": founded}]}
        paths.append(tmp_path / f"{name}.json")
        paths[-1].write_text(json.dumps(content), encoding="utf-8")
    made, _ = merged(
        [read(path) for path in paths], [Decision("one-organization-o", "two-organization-o", decision="accept")]
    )
    first, second = (dataset.actors[0] for dataset in made)
    assert (first.founded, second.founded) == ("1991", "")
    assert "founded 1992" in second.note
