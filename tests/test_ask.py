from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store as Engine

import graph_build as gb
from graph_build.ask import ask, bind, catalogue, catalogue_table, checked_on, find, free_query
from graph_build.catalogue import LONE, OPEN, REMARK, WITH, parse_query, slots
from graph_build.errors import NotFoundError, QueryError
from graph_build.store import EmbeddedStore
from graph_build.vocabulary import PREFIXES

COMMITTEE = "id:xx-committee-security"
NAMES = sorted(name for name, query in catalogue().items() if query.params)


def test_a_question_answers_in_python_values(mini: gb.Atlas) -> None:
    table = ask(mini.store, "who-oversees", target="id:xx-intelligence", modality="normative")
    (row,) = table.records()
    assert row["actor_label"] == "Committee on Security"
    assert row["provision"] == "Law No. 12 on the Intelligence Service, art. 6"
    assert row["since"] == "2018-07-08"
    assert row["evidence"] == "Law No. 12 on the Intelligence Service art. 6"
    assert (table.checked, table.title) == (date(2025, 11, 2), "Who oversees whom")


def test_dates_keep_the_precision_with_which_they_are_known(mini: gb.Atlas) -> None:
    (row,) = ask(mini.store, "who-oversees", target="id:xx-intelligence", modality="actual").records()
    assert row["since"] == "2019-03"


@pytest.mark.parametrize(
    ("day", "expected"), [("2000-12-31", 0), ("2001-01-01", 1), ("2010-12-31", 1), ("2011-01-01", 0)]
)
def test_only_what_is_in_force_on_a_day_is_told(mini: gb.Atlas, day: str, expected: int) -> None:
    assert len(ask(mini.store, "who-oversees", actor="id:xx-parliament", as_of=day)) == expected


def test_drafts_are_told_on_request_alone(mini: gb.Atlas) -> None:
    assert len(ask(mini.store, "who-oversees", actor="id:xx-watchdog")) == 0
    drafts = ask(mini.store, "relations", actor="id:xx-watchdog", status="draft")
    assert drafts.column("target_label") == ["National Police of Examplia"]


def test_a_denial_is_no_oversight(mini: gb.Atlas) -> None:
    assert len(ask(mini.store, "who-oversees", actor="id:xx-ombudsman")) == 0
    assert ask(mini.store, "denied", actor="id:xx-ombudsman").column("kind_label") == ["oversight"]


def test_labels_come_in_ukrainian_and_fall_back_on_english(mini: gb.Atlas) -> None:
    (row,) = ask(mini.store, "who-oversees", actor="id:xx-parliament", lang="uk").records()
    assert row["actor_label"] == "Парламент Екземплії"
    assert row["modality_label"] != "capability"
    english = bind(find("actors"), {"lang": "uk", "type": "cso"})
    store = EmbeddedStore.memory()
    label = '<urn:p> <http://www.w3.org/2004/02/skos/core#prefLabel> "only English"@en <urn:g> .\n'
    types = [
        f"<urn:p> <{PREFIXES['rdf']}type> <{PREFIXES['gov']}{name}> <urn:g> .\n"
        for name in ("Actor", "CivilSocietyOrganisation")
    ]
    store.load_nquads((label + "".join(types)).encode())
    assert [str(row[0]) for row in store.select(english).rows] == ['"only English"']


def test_several_values_are_one_cell(mini: gb.Atlas) -> None:
    (row,) = ask(mini.store, "who-oversees", actor="id:norm-cso").records()
    assert row["function_label"] == "budget control|monitoring"
    (double,) = ask(mini.store, "partnerships").records()
    assert str(double["evidence"]).count("|") == 1


def test_the_further_parties_of_an_act_are_targets_too(mini: gb.Atlas) -> None:
    told = ask(mini.store, "information", actor="id:xx-watchdog").column("target_label")
    assert told == ["Committee on Security", "Ombudsman of Examplia", "The Examplian Gazette"]


def test_statements_keep_pairs_and_evidence_apart(mini: gb.Atlas) -> None:
    table = ask(mini.store, "statements")
    keys = [(row["claim"], row["object"], row["evidence"]) for row in table.records()]
    assert len(keys) == len(set(keys))
    assert len([key for key in keys if str(key[0]).endswith("/m-16")]) == 3
    assert len([key for key in keys if str(key[0]).endswith("/m-10")]) == 2
    first = next(row for row in table.records() if str(row["claim"]).endswith("/m-02"))
    assert (first["doc"], first["start"], first["end"]) == ("page.txt", 130, 204)
    assert (first["relation"], first["relation_family"], first["negated"]) == ("can monitor", "oversight", False)


def test_none_is_as_good_as_absent() -> None:
    query = find("who-oversees")
    assert bind(query, {"target": None, "as_of": None}) == bind(query, {})


def test_only_the_slots_of_given_parameters_are_filled() -> None:
    text = bind(find("who-oversees"), {"as_of": date(2026, 1, 1), "layer": "parliamentary"})
    assert slots(text) == set(find("who-oversees").params) - {"as_of", "layer"}
    assert '"2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date>' in text


def test_a_slot_that_stands_twice_is_filled_twice() -> None:
    text = bind(find("between"), {"actor": COMMITTEE, "partner": "id:xx-watchdog"})
    assert text.count("VALUES ?actor { <https://w3id.org/govgraph/id/xx-committee-security> }") == 2


@pytest.mark.parametrize(
    ("values", "message", "remedy"),
    [
        ({"targt": COMMITTEE}, "has no parameter 'targt'", "did you mean target?"),
        ({"zzz": 1}, "has no parameter 'zzz'", "it takes target, actor"),
        ({"as_of": "2018-13-45"}, "parameter as_of: '2018-13-45' is not of type xsd:date", "YYYY-MM-DD"),
        ({"target": "x> ?p ?o } #"}, "is not of type actor", "IRI"),
        ({"layer": "oversight"}, "is not of type layer", "parliamentary"),
    ],
)
def test_a_wrong_parameter_is_refused(values: dict[str, object], message: str, remedy: str) -> None:
    with pytest.raises(QueryError) as caught:
        bind(find("who-oversees"), values)
    assert message in caught.value.message
    assert remedy in caught.value.remedy


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(QueryError, match="between needs the parameter 'partner'") as caught:
        bind(find("between"), {"actor": COMMITTEE})
    assert caught.value.remedy


def test_an_unknown_question_offers_the_nearest() -> None:
    with pytest.raises(NotFoundError) as caught:
        find("who-oversee")
    assert "who-oversees" in caught.value.suggestions


def test_what_only_a_filter_left_out_would_read_is_not_asked_for() -> None:
    """Without a day nobody reads when an aspiration began; what stands in a column, or is read twice, stays."""
    assert "schema:startDate" not in bind(find("aspirations"), {"actor": COMMITTEE})
    text = bind(find("aspirations"), {"actor": COMMITTEE, "as_of": "2020-01-01"})
    assert "OPTIONAL { ?relation schema:startDate ?start }" in text
    assert "OPTIONAL { ?relation gov:phrase ?verb }" in text


@settings(deadline=None)  # a long question takes its time on a busy machine
@given(st.sampled_from(NAMES), st.data())
def test_whatever_is_bound_the_query_keeps_its_shape(name: str, data: st.DataObject) -> None:
    """A hostile value is refused, or is one term in its slot: all other lines stay, and the columns too."""
    query = find(name)
    values = {param: data.draw(st.none() | _hostile, label=param) for param in query.params}
    try:
        text = bind(query, values)
    except QueryError:
        return
    before, after = query.text.split("\n"), text.split("\n")
    assert len(before) == len(after)
    wanted = [WITH.sub(r"\g<indent>", line) for line in before]  # what stands behind `# with`
    # A remark is left out, and a filter that would let all pass with what only it read.
    passed = [LONE.sub("", OPEN.sub("", line)) for line in wanted]
    told = [REMARK.sub("", line) for line in before]
    assert all(new in lines or slots(lines[1]) for new, *lines in zip(after, before, wanted, passed, told, strict=True))
    if not query.internal:
        assert [variable.value for variable in _solve(text).variables] == list(query.columns)


_hostile = st.text(max_size=30) | st.sampled_from(
    [
        "id:norm-media",
        "oversight",
        "2026-01-01",
        "uk",
        "UA",
        "x> } UNION { ?a ?b ?c } #",
        'x" } #',
        "urn:x\\u003e } #",
        "id:%00",
        "UNDEF }",
        "?x",
    ]
)


def _solve(text: str):  # type: ignore[no-untyped-def]  # a union of three answers, of which SELECT gives one
    return Engine().query(text)


def test_the_earliest_check_is_the_day_of_an_answer(norms: gb.Atlas, mini: gb.Atlas) -> None:
    both = EmbeddedStore.memory()
    for day, name in (("2025-11-02", "a"), ("2024-01-01", "b")):
        both.load_nquads(_dataset(name, day).encode())
    assert checked_on(mini.store) == date(2025, 11, 2)
    assert checked_on(both) == date(2024, 1, 1)
    assert checked_on(EmbeddedStore.memory()) is None


def _dataset(name: str, day: str) -> str:
    graph = f"<https://w3id.org/govgraph/dataset/{name}>"
    return (
        f"{graph} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> {graph} .\n"
        f"{graph} <https://w3id.org/govgraph/ontology#checked> "
        f'"{day}"^^<http://www.w3.org/2001/XMLSchema#date> {graph} .\n'
    )


def test_a_free_query_answers_as_a_table(mini: gb.Atlas) -> None:
    table = free_query(mini.store, "SELECT (1 AS ?one) (true AS ?yes) (?x AS ?nothing) {}")
    assert table.columns == ("one", "yes", "nothing")
    assert table.rows == ((1, True, None),)


def test_a_broken_free_query_is_a_query_error(mini: gb.Atlas) -> None:
    with pytest.raises(QueryError):
        free_query(mini.store, "SELCT broken")


def test_an_answer_of_other_columns_is_an_error(mini: gb.Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        find("datasets")
        .text.replace("?dataset\nWHERE", "?other\nWHERE")
        .replace("(STR(?terms) AS ?licence) ?dataset", "(STR(?terms) AS ?licence)")
    )
    query = parse_query("datasets", text)
    _replace(monkeypatch, lambda name: query)
    with pytest.raises(QueryError, match="not its columns"):
        ask(mini.store, "datasets")


def _replace(monkeypatch: pytest.MonkeyPatch, find_: Callable[[str], object]) -> None:
    monkeypatch.setattr("graph_build.ask.find", find_)


def test_the_catalogue_lists_what_people_may_ask() -> None:
    table = catalogue_table()
    assert table.columns == ("name", "title", "question", "params", "columns", "tags")
    row = next(record for record in table.records() if record["name"] == "between")
    assert str(row["params"]).startswith("actor!: actor|partner!: actor|")
    assert all("internal" not in str(tags).split("|") for tags in table.column("tags"))


def test_the_catalogue_is_narrowed_by_tag() -> None:
    narrowed = catalogue_table("money").column("name")
    assert "public-money" in narrowed
    assert len(narrowed) < len(catalogue_table())
    with pytest.raises(NotFoundError):
        catalogue_table("mony")
