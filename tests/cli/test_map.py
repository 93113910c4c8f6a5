"""`govgraph map`: proposals for tables of many makes and languages, which can be built from as they are."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_build.cli import main
from graph_build.errors import InputError
from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from graph_build.readers.tabular_propose import propose
from tests.readers.conversion import DATA, adds_up, errors
from tests.readers.tables import Cells, ods, written, xlsx

real = pytest.mark.skipif(not DATA.exists(), reason="the folder of real files is not there")


def proposed(path: Path, tmp_path: Path) -> Dataset:
    """Build from what is proposed, unread and uncorrected."""
    mapping = written(tmp_path, "proposal.toml", propose(path, tmp_path))
    made = import_source(mapping).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


def counts(made: Dataset) -> dict[str, tuple[int, int]]:
    assert made.report is not None
    return {what: (one.read, one.kept) for what, one in made.report.counts.items()}


def table(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    return written(tmp_path, name, text.encode(encoding))


@real
def test_media_ownership_is_proposed_whole(tmp_path: Path) -> None:
    made = proposed(DATA / "media-ownership-france", tmp_path)
    assert made.report is not None
    edges = made.report.counts.pop("ownership")
    assert (edges.read, edges.kept, edges.joined, edges.left_out) == (226 + 43 + 41 + 4, 312, 1, 1)
    assert counts(made) == {"media": (218, 218), "organisation": (78, 78), "person": (38, 38)}
    assert len(made.actors) == 334
    dangling = [finding.message for finding in made.findings if "which no table" in finding.message]
    assert len(dangling) == 1
    assert '"Le Un Hebdo"' in dangling[0]
    assert {"égal à", "100.00%"} <= {part for one in made.relations for part in one.scope.replace(": ", "; ").split("; ")}  # fmt: skip


@real
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("iati-ukraine-flows/ukraine-flows.csv", {"funding": (1616, 1616)}),
        ("ukraine-cabinet-wikidata/html-holders21.csv", {"membership": (504, 504)}),
        ("ukraine-cabinet-wikidata/html-positions.csv", {"post": (46, 46)}),
        ("ukraine-cabinet-wikidata/sources-official-scraped.csv", {"membership": (25, 25)}),
        ("publicbodies/se.csv", {"row": (652, 652)}),
        ("us-inspectors-general/inspectors-general.derived.csv", {"row": (77, 76)}),  # two of one name
        ("everypolitician-popolo/ukraine-verkhovna_rada-term-8.csv", {"membership": (532, 532)}),
        ("ftm-samples/donations.xlsx", {"funding": (292, 291)}),
        ("ftm-samples/experts.csv", {"membership": (14, 14)}),
    ],
)
def test_real_tables_are_proposed_as_what_they_are(
    tmp_path: Path, name: str, expected: dict[str, tuple[int, int]]
) -> None:
    assert counts(proposed(DATA / name, tmp_path)) == expected


@real
def test_persons_keep_their_wikidata_items_and_days(tmp_path: Path) -> None:
    made = proposed(DATA / "ukraine-cabinet-wikidata/html-holders21.csv", tmp_path)
    persons = [actor for actor in made.actors if actor.type == ("person",)]
    assert all(len(actor.exact_match) == 1 for actor in persons)
    assert {actor.type for actor in made.actors} == {("person",), ("post",)}
    assert sum(bool(one.start) for one in made.relations) > 450


@pytest.mark.parametrize(
    ("text", "encoding", "kind", "names"),
    [
        ("Донор;Отримувач;Сума;Валюта\nПосольство;Рада;1 000,50;EUR\n", "cp1251", "funding", {"Посольство", "Рада"}),
        ("Eigentümer\tGesellschaft\tAnteil\nMüller\tZeitung\t50 %\n", "latin-1", "ownership", {"Müller", "Zeitung"}),
        ("from,to,relationship\nA,B,oversees\n", "utf-8", "oversight", {"A", "B"}),
        ("Titel der Liste\n\nName,Organisation,Funktion,seit\nEva,Amt,Chefin,2001\n", "utf-8", "membership", {"Eva", "Amt"}),
        ("Name,Part of\nPolice,Ministry\nMinistry,\n", "utf-8", "composition", {"Police", "Ministry"}),
        ("Meeting,Participants\nTalks,A; B\n", "utf-8", "other", {"A", "B"}),
    ],
)  # fmt: skip
def test_headers_in_many_languages_are_understood(
    tmp_path: Path, text: str, encoding: str, kind: str, names: set[str]
) -> None:
    made = proposed(table(tmp_path, "t.csv", text, encoding), tmp_path)
    assert {relation.kind for relation in made.relations} == {kind}
    assert {actor.label_en for actor in made.actors} == names


def test_edges_find_their_nodes_in_other_sheets(tmp_path: Path) -> None:
    book = {
        "Cover": [["A map of actors"]],
        "Actors": [["List of actors"], [], ["ID", "Label", "Category", "Country"], ["1", "Rada", "Parliament", "Ukraine"], ["2", "SBU", "Security service", "UA"], ["Total", "2", "", ""]],
        "Links": [["Source", "Target", "Type of relationship", "Date"], ["1", "2", "oversees", "2020"], ["1", "9", "cheers", ""]],
    }  # fmt: skip
    for write, name in ((xlsx, "map.xlsx"), (ods, "map.ods")):
        made = proposed(write(tmp_path / name, book), tmp_path)
        assert {(actor.label_en, actor.type[0], actor.country) for actor in made.actors} == {
            ("Rada", "parliament", "UA"),
            ("SBU", "security-agency", "UA"),
        }
        assert [(one.kind, one.phrase, one.start) for one in made.relations] == [("oversight", "oversees", "2020")]
        assert any('"9", which no table' in finding.message for finding in made.findings)
        assert any('passes over "Total"' in finding.message for finding in made.findings)


def test_titles_covers_sums_and_superiors_outside_the_table_are_no_hindrance(tmp_path: Path) -> None:
    book: dict[str, Cells] = {
        "Info": [["A stakeholder map"], ["of two countries"]],
        "Stakeholders": [
            ["Stakeholder map, 2021"], ["Last updated: 12.03.2021"], [],
            ["No.", "Organisation name", "Acronym", "Type of organisation", "Country", "Reports to"],
            [1, "Ministry of the Interior", "MI", "Ministry", "Moldova", "Government"],
            [2, "Border Police", "", "Border police", "Moldova", "Ministry of the Interior"],
            [], ["Total", 2],
        ],
        "Grants": [["Donor", "Implementing partner(s)", "Project title", "Budget (EUR)", "Start"], ["EU", "A; B", "Reform", "1,500,000", "31/12/2019"], ["Total", "", "", "1,500,000", ""]],
    }  # fmt: skip
    made = proposed(xlsx(tmp_path / "map.xlsx", book), tmp_path)
    assert counts(made) == {"row": (3, 2), "funding": (2, 1)}
    names = {actor.id: actor.label_en for actor in made.actors}
    found = {(one.kind, names[one.actor], names[one.target]): one for one in made.relations}
    assert found.keys() == {
        ("composition", "Ministry of the Interior", "Government"),
        ("composition", "Border Police", "Ministry of the Interior"),
        ("funding", "EU", "A"),
        ("funding", "EU", "B"),
    }
    grant = found["funding", "EU", "B"]
    assert (grant.amount, grant.start, grant.scope) == ("", "2019-12-31", "Reform")
    assert grant.note == "amount for all 2 together: 1500000 EUR"
    assert {actor.type for actor in made.actors if actor.country == "MD"} == {("ministry",), ("border-service",)}


def test_a_table_without_a_header_has_columns_by_their_letters(tmp_path: Path) -> None:
    made = proposed(table(tmp_path, "t.csv", "Anna,Ministry,2010\nBoris,Police,2011\nCarl,Army,2012\n"), tmp_path)
    assert {actor.label_en for actor in made.actors} == {"Anna", "Boris", "Carl"}


def test_from_and_to_over_days_are_the_span_of_a_membership(tmp_path: Path) -> None:
    text = "Committee\tMember\tParty\tRole\tFrom\tTo\nDefence\tAnna\tX\tChair\t2010-01\t2012\nDefence\tBoris\tY\t\t2011\t\n"
    made = proposed(table(tmp_path, "t.tsv", text), tmp_path)
    assert [(one.kind, one.role, one.start, one.end, one.note) for one in made.relations] == [
        ("membership", "Chair", "2010-01", "2012", "X"),
        ("membership", "", "2011", "", "Y"),
    ]


def test_what_is_not_understood_is_named(tmp_path: Path) -> None:
    text = propose(table(tmp_path, "t.csv", "Name,Zork,Phone\nA,1,2\n"), tmp_path)
    assert '# not used: "Zork", "Phone"' in text


def test_a_proposal_holds_any_text_as_toml_does(tmp_path: Path) -> None:
    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([['Na"me\\', "Type\tof\nthing", "x\x7f"], ["A", 'a "ministry"', "1"]])
    made = proposed(tmp_path / "t.csv", tmp_path)
    assert [actor.label_en for actor in made.actors] == ["A"]


PRESIDENTS = [
    {"id": {"ballot": "GW", "gov": "1"}, "name": {"first": "George", "last": "Washington"}},
    {"id": {"gov": "2"}, "name": {"first": "George", "last": "Bush"}},
    {"id": {"gov": "3"}, "name": {"first": "George", "last": "Bush", "official_full": "George W. Bush"}},
]


def test_people_of_one_first_name_stay_apart_by_a_key_that_all_have(tmp_path: Path) -> None:
    file = written(tmp_path, "people.json", json.dumps(PRESIDENTS))
    proposal = propose(file, tmp_path)
    assert 'key = "id/gov"' in proposal
    assert 'name = { text = "{name/first} {name/last}" }' in proposal
    made = proposed(file, tmp_path)
    assert sorted(actor.label_en for actor in made.actors) == ["George Bush", "George Bush", "George Washington"]
    assert {actor.type for actor in made.actors} == {("person",)}
    assert any("George W. Bush" in actor.note for actor in made.actors)  # told, and no second actor of the row


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("First name,Last name,Id\nA,Bee,1\nA,Cee,2\n", {"A Bee", "A Cee"}),
        ("First name,Last name,Full name\nA,Bee,A. Bee\nA,Cee,A. Cee\n", {"A. Bee", "A. Cee"}),
        ("id,given_name,family_name,name\n1,A,Bee,A von Bee\n2,A,Cee,A Cee\n", {"A von Bee", "A Cee"}),
        ("Vorname;Name;Kennung\nA;Bee;1\nA;Cee;2\n", {"A Bee", "A Cee"}),
        ("Nom;Prénom\nBee;A\nCee;A\n", {"A Bee", "A Cee"}),
        ("Прізвище;Ім'я\nБі;Анна\nСі;Анна\n", {"Анна Бі", "Анна Сі"}),
        ("First name,Id\nA,x\nA,y\n", {"x", "y"}),
        ("Name,Full name\nBee,A Bee\nCee,A Cee\n", {"A Bee", "A Cee"}),
    ],
)
def test_a_whole_name_is_proposed_or_its_parts_together(tmp_path: Path, text: str, names: set[str]) -> None:
    made = proposed(table(tmp_path, "t.csv", text), tmp_path)
    assert {actor.label_en for actor in made.actors} == names


def test_a_contact_person_beside_an_organisation_is_not_its_name(tmp_path: Path) -> None:
    made = proposed(table(tmp_path, "t.csv", "Name,First name,Last name\nAcme,A,Bee\nOrg,A,Cee\n"), tmp_path)
    assert {actor.label_en for actor in made.actors} == {"Acme", "Org", "A Bee", "A Cee"}


def test_the_names_of_donors_are_joined_too(tmp_path: Path) -> None:
    text = "Donor first name,Donor last name,Recipient\nA,Bee,X\nA,Cee,X\n"
    made = proposed(table(tmp_path, "t.csv", text), tmp_path)
    assert [relation.kind for relation in made.relations] == ["funding", "funding"]
    assert {actor.label_en for actor in made.actors} == {"A Bee", "A Cee", "X"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Name,Id,Code\nA,,7\nB,1,8\nC,,9\n", "Code"),  # the first is not filled
        ("Name,Id,Code\nA,1,7\nB,1,8\nC,2,9\n", "Code"),  # the first is that of two
        ("Name,Id,Code\nA,1,7\nB,2,8\nC,3,9\n", "Id"),
        ("Name,Id\nA,1\nB,1\nC,2\n", ""),
        ("Name,Id\nA,1\nA,1\nC,2\n", "Id"),  # it joins nobody whom the name does not
        ("Name,Id,Parent\nA,1,\nB,2,1\nC,,2\n", "Id"),  # others are told by it
        ("Name,Id,Code,Party\nA,,7,X\nB,1,8,X\nC,,9,Y\n", "Code"),
        ("Name,Id,Party\nA,,X\nB,1,X\nC,,Y\n", ""),
    ],
)
def test_a_key_is_filled_and_distinct_in_all_rows(tmp_path: Path, text: str, key: str) -> None:
    file = table(tmp_path, "t.csv", text)
    keys = [line for line in propose(file, tmp_path).splitlines() if line.startswith("key = ")]
    assert [line for line in keys if line != 'key = "Parent"'] == ([f'key = "{key}"'] if key else [])
    made = proposed(file, tmp_path)
    assert {actor.label_en for actor in made.actors} >= {"A", "C"}
    assert all("1" in one.note or key == "Id" for one in made.actors if one.label_en == "B")


def test_a_proposal_says_that_those_of_one_name_become_one(tmp_path: Path) -> None:
    said = "# no column is a key of all rows, so that those of one name become one actor"
    assert said in propose(table(tmp_path, "t.csv", "Name,Country\nA,FR\nA,DE\n"), tmp_path)
    assert said not in propose(table(tmp_path, "t.csv", "Name,Country\nA,FR\nB,DE\n"), tmp_path)


@real
@pytest.mark.parametrize(
    ("name", "people", "key"), [("executive", 80, "govtrack"), ("legislators-current", 537, "bioguide")]
)
def test_the_people_of_congress_stay_apart(tmp_path: Path, name: str, people: int, key: str) -> None:
    file = DATA / "us-congress-committees" / f"{name}.yaml"
    assert f'key = "id/{key}"' in propose(file, tmp_path)
    made = proposed(file, tmp_path)
    assert len(made.actors) == people
    assert all(" " in actor.label_en for actor in made.actors)


def test_the_command_writes_a_mapping_once_and_build_takes_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table(tmp_path, "grants.csv", "Donor,Recipient\nA,B\n")
    monkeypatch.chdir(tmp_path)
    assert run("map", "grants.csv", "-o", "grants.toml") == 0
    assert "govgraph build grants.toml" in capfd.readouterr().err
    kept = Path("grants.toml").read_bytes()
    assert run("map", "grants.csv", "-o", "grants.toml") == 2
    assert Path("grants.toml").read_bytes() == kept
    assert run("map", "grants.csv") == 0
    assert capfd.readouterr().out.encode() == kept
    assert run("convert", "grants.toml", "-o", "grants") == 0
    assert "funding: 1 read, 1 kept" in capfd.readouterr().err


def test_a_mapping_can_stand_in_a_folder_that_is_not_there_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table(tmp_path, "grants.csv", "Donor,Recipient\nA,B\n")
    monkeypatch.chdir(tmp_path)
    assert run("map", "grants.csv", "-o", "new/grants.toml") == 0
    assert run("convert", "new/grants.toml", "-o", "grants") == 0


def test_a_file_that_is_no_table_ends_with_what_to_do(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("map", str(written(tmp_path, "x.csv", b"\x00\x01\x02" * 300))) == 6
    assert run("map", str(written(tmp_path, "empty.csv", b""))) == 6
    told = capfd.readouterr().err
    assert "it is not text" in told
    assert "holds no table" in told


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


WORDS = ["name", "id", "Donor", "to", "from", "type", "date", "amount", "%", "parent", "Participants", "event", "person", "position", "a; b", "50 %", "Q42", "2020-01-01"]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=5), min_size=1, max_size=6))
def test_whatever_is_proposed_can_be_built(tmp_path: Path, rows: list[list[str]]) -> None:
    with (tmp_path / "t.csv").open("w", encoding="utf-8", errors="replace", newline="") as stream:
        csv.writer(stream).writerows(rows)
    try:
        propose(tmp_path / "t.csv", tmp_path)
    except InputError:
        return  # no table, and said to be none
    proposed(tmp_path / "t.csv", tmp_path)
