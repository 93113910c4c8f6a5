"""Lines wanted only with a parameter tell the engine where to begin: they change no answer."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest

import graph_build as gb
from bench.generate import country, norm
from graph_build import ask as asking
from graph_build import narrowing
from graph_build.ask import ask, bind, free_query
from graph_build.builder import fill
from graph_build.catalogue import FIRST, WITH, Query, catalogue
from graph_build.encode import organisation_ids
from graph_build.names import names
from graph_build.store import EmbeddedStore, Rows, Store
from graph_build.vocabulary import PREFIXES, RDF_TYPE

GIVEN = {
    "country": "UA", "topic": "police", "layer": "parliamentary", "function": "budget-control",
    "type": "police", "party": "id:ua-ngo-1", "audience": "id:ua-parliament-1",
    "actor": "id:ke-ngo-14", "about": "id:ua-police-1", "listed_by": "src:ua-1",
}  # fmt: skip
NEEDED = {
    "target": "id:ua-police-1", "words": "police", "receiver": "id:ua-police-1", "body": "id:ke-police-1",
}  # fmt: skip
NARROWED = [
    (query, name)
    for query in catalogue().values()
    for name in sorted({line["name"] for line in WITH.finditer(query.text)} - {"lang"})
]
BEGUN = [
    (query, name)
    for query in catalogue().values()
    for name in sorted({line["name"] for line in FIRST.finditer(query.text)})
]
SELECTS = [query for query in catalogue().values() if "SELECT" in query.text]
BEGIN_AT = {
    "country": "UA",
    "words": "act",
    "actor": "id:ua-police-1",
    "target": "id:ua-police-1",
    "receiver": "id:ua-police-1",
    "watched": "id:ua-police-1",
    "watchdog": "id:ua-ombudsman-1",
    "finder": "id:ua-audit-1",
    "told": "id:ua-ministry-1",
    "told_next": "id:ua-police-1",
    "whole": "id:ua-ministry-1",
    "type": "parliament",
    "actor_type": "parliament",
    "target_type": "police",
    "service": "id:ua-police-1",
    "body": "id:ke-police-1",
    "party": "id:ua-police-1",
    "since": "2000-01-01",
    "until": "2020-01-01",
}

GOV, ID = PREFIXES["gov"], PREFIXES["id"]
NAMELESS = f"""
<{ID}a> <{GOV}country> "UA" <urn:g> .
_:r <{RDF_TYPE.value}> <{GOV}Oversight> <urn:g> .
_:r <{GOV}actor> <{ID}a> <urn:g> .
_:r <{GOV}target> <{ID}b> <urn:g> .
_:r <{GOV}modality> <{PREFIXES["mod"]}actual> <urn:g> .
_:r <{PREFIXES["adms"]}status> <{PREFIXES["status"]}accepted> <urn:g> .
"""
select = EmbeddedStore.select


@cache
def store() -> EmbeddedStore:
    made = [norm(), country("UA", 300), country("KE", 300)]
    held = EmbeddedStore.memory()
    fill(held, made, organisation_ids(made))
    return held


@pytest.fixture
def bundled(norms: gb.Atlas) -> Store:
    return norms.store


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list to which every text is added that an embedded store is asked."""
    texts: list[str] = []

    def heard(embedded: EmbeddedStore, text: str) -> Rows:
        texts.append(text)
        return select(embedded, text)

    monkeypatch.setattr(EmbeddedStore, "select", heard)
    return texts


def everywhere(query: Query) -> Query:
    """Return the question without the lines that narrow it."""
    lines = (line for line in query.text.splitlines() if (found := WITH.match(line)) is None or found["name"] == "lang")
    return replace(query, text="\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("query", "name"), NARROWED, ids=lambda value: value.name if isinstance(value, Query) else value
)
def test_beginning_elsewhere_finds_the_same(query: Query, name: str) -> None:
    values = {name: GIVEN[name]} | {param.name: NEEDED[param.name] for param in query.params.values() if param.required}
    narrow, wide = (store().select(bind(each, values)).rows for each in (query, everywhere(query)))
    assert sorted(map(str, narrow)) == sorted(map(str, wide))


@pytest.mark.parametrize(("query", "name"), BEGUN, ids=lambda value: value.name if isinstance(value, Query) else value)
@pytest.mark.parametrize("most", [10_000, -1])
def test_what_is_found_first_is_where_the_question_begins(
    query: Query, name: str, most: int, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = {param.name: NEEDED[param.name] for param in query.params.values() if param.required}
    wide = store().select(bind(query, needed | {name: BEGIN_AT[name]})).rows
    monkeypatch.setattr(narrowing, "_MOST", most)
    narrow = asking._select(store(), query, needed | {name: BEGIN_AT[name]}).rows
    assert sorted(map(str, narrow)) == sorted(map(str, wide))
    assert (asked[-1] == bind(query, needed | {name: BEGIN_AT[name]})) == (most < 0)


@pytest.mark.parametrize(("query", "name"), BEGUN, ids=lambda value: value.name if isinstance(value, Query) else value)
def test_where_nothing_is_found_first_the_answer_is_the_same(query: Query, name: str) -> None:
    needed = {param.name: NEEDED[param.name] for param in query.params.values() if param.required}
    unknown = {
        "xsd:date": "2999-12-31" if name == "since" else "1000-01-01",
        "country": "ZZ",
        "string": "no such words",
    }
    values = needed | {name: unknown.get(query.params[name].type, BEGIN_AT[name] if "type" in name else "id:nobody")}
    wide, narrow = store().select(bind(query, values)), asking._select(store(), query, values)
    assert narrow.variables == wide.variables
    assert sorted(map(str, narrow.rows)) == sorted(map(str, wide.rows))


def test_words_that_look_like_a_variable_stay_as_they_are(asked: list[str]) -> None:
    asking._select(store(), catalogue()["provisions"], {"words": "?basis"})
    assert 'LCASE("?basis")' in asked[0]
    assert "?found0 eli:is_part_of?" in asked[0]


def test_what_two_sides_begin_at_is_asked_for_once(asked: list[str]) -> None:
    asking._select(store(), catalogue()["double-mandates"], {"country": "UA"})
    assert len(FIRST.findall(bind(catalogue()["double-mandates"], {"country": "UA"}))) == 8
    assert len(asked) == 3  # mandates, rules between who holds them, and the question


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("laws", {"since": "2024-01-01"}),
        ("laws", {"until": "1990-01-01"}),
        ("laws", {"since": "2020-01-01", "until": "2022-01-01"}),
        ("works", {"about": "id:norm-police"}),
        ("works", {"topic": "budget"}),
        ("obstacles", {"actor": "id:norm-civil-society"}),
        ("double-mandates", {"target": "id:ua-security-service"}),
        ("steps-to-a-warrant", {"service": "id:nl-aivd"}),
    ],
)
def test_what_generated_data_lack_is_found_in_the_bundled_graph(
    bundled: Store, name: str, values: dict[str, str]
) -> None:
    query = catalogue()[name]
    narrow, wide = asking._select(bundled, query, values), bundled.select(bind(everywhere(query), values))
    assert narrow.rows
    assert sorted(map(str, narrow.rows)) == sorted(map(str, wide.rows))


def test_laws_that_replaced_others_are_those_of_a_country(bundled: Store) -> None:
    cited = {
        row[0]
        for row in free_query(
            bundled,
            f"SELECT DISTINCT ?act {{ ?r <{GOV}legalBasis>/<{PREFIXES['eli']}is_part_of>? ?act . "
            f'?r <{GOV}actor>|<{GOV}target>|<{GOV}with> ?body . ?body <{GOV}country> "UA" }}',
        )
    }
    expected = [
        row for row in ask(bundled, "law-replacements").records() if {row["newer_act"], row["older_act"]} & cited
    ]
    assert expected
    assert ask(bundled, "law-replacements", country="UA").records() == expected


@pytest.mark.parametrize("query", SELECTS, ids=lambda query: query.name)
def test_filters_left_out_would_let_all_pass(query: Query, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "actor": "id:ua-police-1",
        "country": "UA",
        "iri": "rel:ua-1",
        "string": "act",
        "kind": "oversight",
        "language": "en",
    }
    needed = {param.name: given[param.type] for param in query.params.values() if param.required}
    short = bind(query, needed)
    monkeypatch.setattr(asking, "OPEN", re.compile("(?!)"))
    asking._asked_with.cache_clear()
    whole = bind(query, needed)
    asking._asked_with.cache_clear()
    if short != whole:
        assert sorted(map(str, store().select(short).rows)) == sorted(map(str, store().select(whole).rows))


def test_relations_without_a_name_are_found_too() -> None:
    held = EmbeddedStore.memory()
    held.load_nquads(BytesIO(NAMELESS.encode()))
    assert len(ask(held, "relations", country="UA")) == 1


@pytest.mark.parametrize("name", ["aspirations", "demands-on-watchdogs", "disagreements"])
def test_one_actor_is_asked_for_everywhere_that_it_counts(name: str) -> None:
    everyone = ask(store(), name).records()
    actors = sorted({str(row["actor_label"]) for row in everyone})[:40:8]
    assert actors
    index = names(store())
    for label in actors:
        one = ask(store(), name, actor=index.resolve(label)).records()
        assert sorted(map(str, one)) == sorted(str(row) for row in everyone if row["actor_label"] == label)


@pytest.mark.parametrize("query", catalogue().values(), ids=lambda query: query.name)
def test_what_is_wanted_with_a_parameter_names_one(query: Query) -> None:
    assert {line["name"] for line in WITH.finditer(query.text)} <= set(query.params)
    assert {line["name"] for line in FIRST.finditer(query.text)} <= set(query.params)


def test_labels_in_the_other_language_are_found_where_asked_for() -> None:
    query = catalogue()["who-oversees"]
    english, ukrainian = (store().select(bind(query, {"country": "UA", "lang": lang})).rows for lang in ("en", "uk"))
    assert {row[-3] for row in english} == {row[-3] for row in ukrainian}
    assert {str(row[0]) for row in english}.isdisjoint(str(row[0]) for row in ukrainian)
