"""Tables through a mapping: the counts of real files, names that hold the separator, keys, days, amounts, and what is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_build.errors import InputError
from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from tests.readers.conversion import DATA, adds_up, errors, same_quads
from tests.readers.tables import Cells, mapped, ods, written, xlsx

real = pytest.mark.skipif(not DATA.exists(), reason="the folder of real files is not there")

EDGES = """
[[table]]
file = "edges.csv"
each = "grant"
[table.actor.giver]
name = "giver"
type = { always = "donor" }
[table.actor.taker]
name = "taker"
key = "id"
separator = ","
type = { always = "ngo" }
[[table.relation]]
actor = "giver"
kind = { always = "funding" }
target = "taker"
"""


def counts(made: Dataset) -> dict[str, tuple[int, int, int, int]]:
    assert made.report is not None
    return {what: (one.read, one.kept, one.joined, one.left_out) for what, one in made.report.counts.items()}


def labels(made: Dataset) -> list[str]:
    return sorted(actor.label_en for actor in made.actors)


def pairs(made: Dataset) -> set[tuple[str, str]]:
    names = {actor.id: actor.label_en for actor in made.actors}
    return {(names[relation.actor], names[relation.target]) for relation in made.relations}


# The real files


def real_mapping(tmp_path: Path, folder: str, mapping: str) -> Dataset:
    (tmp_path / "data").symlink_to(DATA / folder)
    made = import_source(written(tmp_path, f"{folder}.toml", mapping)).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


CONGRESS = """
[[table]]
file = "data/committees-current.yaml"
each = "committee"
actor.committee = { key = "thomas_id", name = "name", type = { always = "parliamentary-committee" }, note = "jurisdiction" }
[[table]]
file = "data/committees-current.yaml"
records = "*/subcommittees/*"
each = "subcommittee"
about = "sub"
actor.sub = { key = { text = "{../thomas_id}{thomas_id}" }, name = { text = "{../name}: {name}" }, type = { always = "parliamentary-committee" } }
actor.whole = { key = "../thomas_id", elsewhere = true }
relation = [{ actor = "sub", kind = { always = "composition" }, function = { always = "part" }, target = "whole" }]
[[table]]
file = "data/committee-membership-current.yaml"
records = "*/*"
each = "seat"
actor.member = { key = "bioguide", elsewhere = true }
actor.body = { key = "../@", elsewhere = true }
[[table.relation]]
actor = "member"
kind = { always = "membership" }
target = "body"
role = { column = "title", words = { "Chairman" = "chair", "Chair" = "chair" } }
[[table]]
file = "data/legislators-current.yaml"
each = "legislator"
[table.actor.member]
key = "id/bioguide"
name = ["name/official_full", "name/last"]
type = { always = "person" }
exact_match = "id/wikidata"
"""


@real
def test_the_committees_of_congress_have_all_their_seats(tmp_path: Path) -> None:
    made = real_mapping(tmp_path, "us-congress-committees", CONGRESS)
    assert counts(made) == {
        "committee": (49, 49, 0, 0),
        "subcommittee": (181, 181, 0, 0),
        "seat": (3879, 3879, 0, 0),
        "legislator": (537, 537, 0, 0),
    }
    seats = [relation for relation in made.relations if relation.kind == "membership"]
    assert len({seat.target for seat in seats}) == 230 - 2  # two of the 230 lists are empty
    roles = [seat.role for seat in seats]
    assert (roles.count("chair"), roles.count("Ranking Member"), roles.count("")) == (143 + 79, 217, 3268)
    assert sum(bool(actor.note) for actor in made.actors if "parliamentary-committee" in actor.type) == 42


@real
def test_international_bodies_have_their_members(tmp_path: Path) -> None:
    mapping = """
[[table]]
file = "data/intblocks.jsonl"
each = "body"
actor.body = { key = "id", name = "name", register = "body", type = { always = "organisation" } }
[[table]]
file = "data/intblocks.jsonl"
records = "*/includes/*"
each = "inclusion"
actor.member = { key = "id", name = "name", register = "member", type = { column = "type", words = { "country" = "state" }, otherwise = "organisation" } }
actor.body = { key = "../id", register = "body", elsewhere = true }
relation = [{ actor = "member", kind = { always = "membership" }, target = "body", role = "status", start = "joined", end = "left" }]
"""
    made = real_mapping(tmp_path, "intergovernmental-bodies", mapping)
    assert counts(made)["body"][0] == 1021
    assert counts(made)["inclusion"][0] == 36280


@real
def test_holders_of_ukrainian_posts_have_their_days(tmp_path: Path) -> None:
    mapping = """
[[table]]
file = ["data/html-holders21.csv", "data/html-legislators.csv"]
each = "tenure"
actor.person = { key = "personID", name = "person", exact_match = "personID", type = { always = "person" } }
actor.post = { name = "position", type = { always = "post" } }
relation = [{ actor = "person", kind = { always = "membership" }, phrase = { always = "holds the post of" }, target = "post", start = "start", end = "end" }]
[[table]]
file = "data/html-positions.csv"
each = "post"
actor.post = { key = "id", name = "position", register = "post", type = { always = "post" }, exact_match = "id" }
"""
    made = real_mapping(tmp_path, "ukraine-cabinet-wikidata", mapping)
    assert counts(made)["tenure"][0] == 504 + 3374
    assert counts(made)["tenure"][3] == 0
    assert counts(made)["post"] == (46, 46, 0, 0)
    kuchma = next(relation for relation in made.relations if relation.start == "1994-07-19")
    assert kuchma.end == "2005-01-23"


@real
@pytest.mark.parametrize(
    ("name", "number"), [("gb", 5362), ("se", 652), ("nz", 507), ("us", 458), ("np", 140), ("eu", 129)]
)
def test_registers_of_public_bodies_have_all_their_rows(tmp_path: Path, name: str, number: int) -> None:
    mapping = f"""
[[table]]
file = "data/{name}.csv"
each = "body"
about = "body"
actor.body = {{ key = "id", name = "name", type = {{ always = "public-institution" }}, country = "jurisdiction_code", alt_labels = "abbreviation" }}
actor.whole = {{ key = "parent_id", elsewhere = true }}
relation = [{{ actor = "body", kind = {{ always = "composition" }}, function = {{ always = "part" }}, target = "whole" }}]
"""
    made = real_mapping(tmp_path, "publicbodies", mapping)
    read, kept, joined, left = counts(made)["body"]
    assert (read, left) == (number, 0)
    assert kept == len(made.actors) == number - joined
    assert {actor.country for actor in made.actors} == {name.upper()}


@real
def test_each_inspector_general_oversees_its_agency_and_what_is_none_is_passed_over(tmp_path: Path) -> None:
    mapping = """
[[table]]
file = "data/inspectors-general.derived.csv"
each = "office"
skip = { note = ["independent agency (not an IG)", "not an IG (third-party FOIA archive)", "supreme audit institution (GAO)"] }
actor.office = { key = "handle", name = { text = "Inspector General of {agency_name}" }, register = "office", type = { always = "independent-oversight-body" }, country = { always = "US" } }
actor.agency = { key = "handle", name = "agency_name", register = "agency", type = { always = "executive" }, country = { always = "US" } }
relation = [{ actor = "office", kind = { always = "oversight" }, target = "agency", page = "inspector_url" }]
"""
    made = real_mapping(tmp_path, "us-inspectors-general", mapping)
    assert counts(made)["office"] == (77, 73, 0, 4)
    assert ("Inspector General of Department of Agriculture", "Department of Agriculture") in pairs(made)
    assert any(source.url == "http://www.usda.gov/oig/" for source in made.sources)


@real
def test_experts_in_latin_1_keep_their_letters(tmp_path: Path) -> None:
    mapping = """
[[table]]
file = "data/experts.csv"
actor.expert = { key = "id", name = "name", type = { always = "person" } }
actor.group = { key = "group_code", name = "group_name", register = "group", type = { always = "group" } }
relation = [{ actor = "expert", kind = { always = "membership" }, target = "group", role = "membership_status" }]
"""
    made = real_mapping(tmp_path, "ftm-samples", mapping)
    assert counts(made)["row"] == (14, 14, 0, 0)
    assert not any("\ufffd" in label for label in labels(made))


# Names, keys and several values


def test_names_that_hold_the_separator_survive_where_keys_count_the_parties(tmp_path: Path) -> None:
    made = mapped(
        tmp_path,
        EDGES,
        edges_csv='giver,taker,id\nX,"Roads, Bridges",1\nX,"Roads, Bridges, Police","1, 2"\nY,"Aid, Care, Help, Now","3,4"\n',
    )
    assert pairs(made) >= {("X", "Roads, Bridges"), ("X", "Police")}
    assert "Bridges" not in labels(made)
    told = [finding for finding in made.findings if "cannot be parted" in finding.message]
    assert [finding.line for finding in told] == [4]  # "Aid, Care" + "Help, Now" or "Aid" + ...: nobody can tell
    assert not any(label.startswith("Aid") for label in labels(made))


def test_a_known_name_is_not_parted_and_quotation_marks_hold_a_name_together(tmp_path: Path) -> None:
    mapping = """
[[table]]
file = "nodes.csv"
actor.body = { name = "name", type = { always = "organisation" } }
[[table]]
file = "links.csv"
actor.one = { name = "a", elsewhere = true, separator = ";" }
actor.two = { name = "b", elsewhere = true }
relation = [{ actor = "one", kind = { always = "support" }, target = "two" }]
"""
    made = mapped(
        tmp_path,
        mapping,
        nodes_csv="name\nHelp; Care\nHelp\nFund\nD\n",
        links_csv='a,b\nHelp; Care; Fund,D\n"""Help; Care""",D\nHelp,E\n',
    )
    assert pairs(made) == {("Help; Care", "D"), ("Fund", "D")}
    assert counts(made)["row"] == (7, 6, 0, 1)
    assert any('"E", which no table of the mapping has' in finding.message for finding in made.findings)


def test_all_who_stand_in_one_cell_are_parties_of_one_relation(tmp_path: Path) -> None:
    mapping = """
[[table]]
file = "events.csv"
actor.party = { name = "parties", separator = "|", type = { always = "organisation" } }
relation = [{ actor = "party", kind = { always = "partnership" }, target = "party", scope = "matter" }]
"""
    made = mapped(tmp_path, mapping, events_csv="parties,matter\nA|B|C,training\nD,alone\n")
    assert [(len(relation.others), relation.scope) for relation in made.relations] == [(1, "training")]
    assert counts(made)["row"] == (2, 1, 0, 1)
    assert "D" in labels(made)


def test_two_actors_of_one_name_are_told_apart_by_key_and_never_guessed(tmp_path: Path) -> None:
    mapping = """
[[table]]
file = "nodes.csv"
actor.body = { key = "id", name = "name", country = "land", type = { always = "ministry" } }
[[table]]
file = "links.csv"
actor.one = { name = "a", elsewhere = true }
actor.two = { key = "b", elsewhere = true }
relation = [{ actor = "one", kind = { always = "oversight" }, target = "two" }]
"""
    made = mapped(
        tmp_path,
        mapping,
        nodes_csv="id,name,land\n1,Ministry of Defence,Ukraine\n2,Ministry of Defence,ge\n3,Audit Office,UA\n",
        links_csv="a,b\nMinistry of Defence,3\nAudit Office,2\n",
    )
    assert {actor.country for actor in made.actors} == {"UA", "GE"}
    assert len(made.actors) == 3
    assert len(made.relations) == 1
    assert any("which 2 actors are called" in finding.message for finding in made.findings)


def test_days_amounts_and_words_are_put_into_our_form_or_told(tmp_path: Path) -> None:
    mapping = """
[[table]]
file = "grants.csv"
delimiter = ";"
dates = "DMY"
decimal = ","
empty = ["n/a"]
actor.giver = { name = "Geber", type = { column = "Art", words = { "Stiftung" = "donor" }, otherwise = "organisation" } }
actor.taker = { name = "Nehmer", type = { always = "ngo" } }
relation = [{ actor = "giver", kind = { always = "funding" }, target = "taker", day = "Datum", amount = "Betrag", currency = { always = "EUR" }, note = ["Zweck", "Jahr"] }]
"""
    rows = "Stiftung A;Stiftung;B;03/04/2014;1.234,50;Wahl;2014\nC;Amt;B;31.12.2011;-5;n/a;n/a\nC;n/a;n/a;gestern;viel;x;y\n"
    made = mapped(tmp_path, mapping, grants_csv=f"Geber;Art;Nehmer;Datum;Betrag;Zweck;Jahr\n{rows}")
    first, second = made.relations
    assert (first.start, first.end, first.amount, first.currency) == ("2014-04-03", "2014-04-03", "1234.50", "EUR")
    assert first.note == "Zweck: Wahl; Jahr: 2014"
    assert (second.start, second.amount, second.note) == ("2011-12-31", "", "amount: -5 EUR")
    told = "\n".join(finding.message for finding in made.findings)
    assert '"Amt" is none of the words' in told
    assert "is below nothing" in told
    assert counts(made) == {"row": (3, 2, 0, 1), "actor": (1, 0, 1, 0)}


def test_equal_rows_are_joined_and_told_and_unlike_ones_stay(tmp_path: Path) -> None:
    content = "giver,taker,id,year\nA,B,1,2001\nA,B,1,2002\nA,B,1,2001\n"
    made = mapped(tmp_path, EDGES, edges_csv=content)
    assert counts(made)["grant"] == (3, 2, 1, 0)
    assert any("joined with what line" in finding.message for finding in made.findings)


def test_columns_that_are_not_taken_over_are_told_once_with_their_number(tmp_path: Path) -> None:
    made = mapped(tmp_path, EDGES, edges_csv="giver,taker,id,phone\nA,B,1,\nA,C,2,5\nA,D,3,6\n")
    assert [finding.message for finding in made.findings if finding.field == "phone"] == [
        'file: the column "phone" is not taken over: 2 rows have it'
    ]


def test_filled_down_cells_header_rows_and_sums_are_what_the_mapping_says(tmp_path: Path) -> None:
    mapping = """
[[table]]
file = "list.csv"
header = [3, 4]
fill = ["Whole"]
skip = { "Body / Name" = "Total" }
about = "part"
actor.part = { name = "Body / Name", type = { always = "organisation" } }
actor.whole = { name = "Whole", type = { always = "ministry" } }
relation = [{ actor = "part", kind = { always = "composition" }, function = { always = "part" }, target = "whole" }]
"""
    made = mapped(
        tmp_path, mapping, list_csv="A title\n\nWhole,Body,\n,Name,Staff\nM,a,1\n,b,2\nN,c,3\n,Total,6\n,Name,Staff\n"
    )
    assert pairs(made) == {("a", "M"), ("b", "M"), ("c", "N"), ("Name", "N")}
    assert counts(made)["row"] == (5, 4, 0, 1)


def test_a_title_licence_and_the_place_of_each_row_are_kept(tmp_path: Path) -> None:
    head = 'title = "Grants"\nlicence = "https://example.org/licence"\nissuer = "An office"\n'
    made = mapped(tmp_path, head + EDGES, edges_csv="giver,taker,id\n\nA,B,1\n")
    assert (made.title, made.licences) == ("Grants", ("https://example.org/licence",))
    assert [(item.source, item.locator) for item in made.evidence] == [("set", "line 3")]


# Workbooks


BOOK: dict[str, Cells] = {
    "Read me": [["A register"], ["of bodies"]],
    "Bodies": [
        ["Register of bodies, 2020"],
        [],
        ["Name", "Since", "Staff", "Part of"],
        ["#org+name", "#date", "#value", "#org+parent"],
        ["Police", 1991, 100.0, "Ministry"],
        ["Ministry", "1990-05", 20, ""],
        [],
        ["Guard", "03/04/2001", 1.5, "Nobody"],
    ],
}
BOOK_MAPPING = """
[[table]]
file = "{}"
sheet = "Bodies"
header = 3
each = "body"
about = "body"
actor.body = {{ name = "Name", founded = "Since", note = "Staff", type = {{ always = "public-institution" }} }}
actor.whole = {{ name = "Part of", elsewhere = true }}
relation = [{{ actor = "body", kind = {{ always = "composition" }}, function = {{ always = "part" }}, target = "whole" }}]
"""


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_workbook_with_titles_tags_and_stray_sheets(tmp_path: Path, write: object) -> None:
    file = (xlsx if write is xlsx else ods)(tmp_path / f"book.{'xlsx' if write is xlsx else 'ods'}", BOOK)
    made = mapped(tmp_path, BOOK_MAPPING.format(file.name))
    assert {(actor.label_en, actor.founded, actor.note) for actor in made.actors} == {
        ("Police", "1991", "100"),
        ("Ministry", "1990-05", "20"),
        ("Guard", "", "founded: 03/04/2001; 1.5"),
    }
    assert pairs(made) == {("Police", "Ministry")}
    assert [item.locator for item in made.evidence] == ["Bodies!A5"]
    told = "\n".join(map(str, made.findings))
    assert 'the sheet "Read me" is not in the mapping' in told
    assert '"Nobody", which no table' in told
    assert "03/04/2001" in told


def test_a_table_builds_as_the_folder_that_it_converts_into(tmp_path: Path) -> None:
    xlsx(tmp_path / "book.xlsx", BOOK)
    same_quads(written(tmp_path, "set.toml", BOOK_MAPPING.format("book.xlsx")), tmp_path / "folder")


def test_a_folder_with_a_mapping_is_read_by_it(tmp_path: Path) -> None:
    written(tmp_path, "edges.csv", "giver,taker,id\nA,B,1\n")
    written(tmp_path, "edges.toml", EDGES)
    assert pairs(import_source(tmp_path).dataset()) == {("A", "B")}


# Mappings that cannot be followed


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("[[table]]\nfile = 'edges.csv'\nactors = 1", '"actors" is no key here'),
        ("[[table]]\nfile = 'edges.csv'", "it names no actor"),
        ("[[table]]\nfile = 'none.csv'\nactor.a.name = 'giver'", 'there is no file "none.csv"'),
        ("[[table]]\nfile = 'edges.csv'\nactor.a.name = 'givr'", 'there is no column "givr"'),
        (
            "[[table]]\nfile = 'edges.csv'\nactor.a = { name = 'giver', type = { always = 'bank' } }",
            'the ontology has no "bank"',
        ),
        (
            "[[table]]\nfile = 'edges.csv'\nactor.a.name = 'giver'\nrelation = [{ actor = 'a', kind = 'x', target = 'b' }]",
            "none of the actors",
        ),
        ("[[table]]\nfile = 'edges.csv'\nheader = 9\nactor.a.name = 'giver'", "there is no header"),
        ("[[table]]\nfile = 'edges.csv'\nencoding = 'klingon'\nactor.a.name = 'giver'", "is no encoding"),
        ("[[table]]\nfile = 'edges.csv'\ndelimiter = 'ab'\nactor.a.name = 'giver'", "must be a single sign"),
        ("[[table]]\nfile =", "it is not TOML"),
        ("[[table]]\nfile = 'edges.csv'\nactor.a.name = 7", "is no table of keys"),
        ("[[table]]\nfile = '../../..'\nactor.a.name = 'x'", "there is no file"),
    ],
)
def test_a_mapping_that_cannot_be_followed_says_why(tmp_path: Path, mapping: str, message: str) -> None:
    written(tmp_path, "edges.csv", "giver,taker,id\nA,B,1\n")
    with pytest.raises(InputError) as caught:
        import_source(written(tmp_path, "set.toml", f"{mapping}\n"))
    said = "\n".join(map(str, caught.value.findings)) or caught.value.message
    assert message in said
    assert caught.value.remedy


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=12)


def test_the_columns_of_the_mapping_tell_the_delimiter_before_the_cells_do(tmp_path: Path) -> None:
    (tmp_path / "edges.csv").write_text("giver,taker,id\nA;B;C,D,1\nE;F;G,H,2\nI;J;K,L,3\n", encoding="utf-8")
    made = import_source(written(tmp_path, "set.toml", EDGES)).dataset()
    assert {actor.label_en for actor in made.actors} >= {"A;B;C", "D", "I;J;K"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, max_size=5), max_size=6))
def test_any_cells_give_a_dataset_without_errors(tmp_path: Path, rows: list[list[str]]) -> None:
    import csv

    with (tmp_path / "edges.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["giver", "taker", "id"], *rows])
    made = import_source(written(tmp_path, "set.toml", EDGES)).dataset()
    assert errors([made]) == []
    adds_up(made)


def told(made: InputError) -> bool:
    return bool(made.findings and made.remedy)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400) | st.text('"\n,;a\r', max_size=60).map(str.encode))
def test_any_bytes_below_a_header_give_a_dataset_or_an_error_that_says_why(tmp_path: Path, content: bytes) -> None:
    written(tmp_path, "edges.csv", b"giver,taker,id\n" + content)
    mapping = written(tmp_path, "set.toml", EDGES.replace("each =", 'delimiter = ","\neach ='))
    try:
        made = import_source(mapping).dataset()
    except InputError as error:
        if not told(error):
            raise
        return
    assert errors([made]) == []
    adds_up(made)


KEYS = ["file", "sheet", "header", "dates", "empty", "skip", "fill", "about", "actor", "relation", "encoding", "each"]
NAMES = ["name", "key", "column", "words", "actor", "a", "kind", "target", "always", "text", "type", "giver", "1"]
VALUES = st.recursive(
    st.sampled_from([*NAMES, "edges.csv", "ownership", "DMY"]) | st.integers(-2, 9) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.sampled_from(KEYS), value=VALUES)
def test_any_mapping_is_followed_or_told_what_is_wrong(tmp_path: Path, key: str, value: object) -> None:
    written(tmp_path, "edges.csv", "giver,taker,id\nA,B,1\n")
    parts = {"file": '"edges.csv"', "actor": '{ a = { name = "giver" } }', key: toml(value)}
    mapping = "[[table]]\n" + "\n".join(f"{name} = {said}" for name, said in parts.items())
    try:
        made = import_source(written(tmp_path, "set.toml", mapping)).dataset()
    except InputError as error:
        if not told(error):
            raise
        return
    assert errors([made]) == []
    adds_up(made)


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", b"[" * 100_000, "nested deeper"),
        ("b.yaml", b"a: &x [1]\nb: *x\n", "aliases"),
        ("c.yaml", b"[" * 5_000, "nested deeper"),
        ("d.yaml", b"\xff\xfe\x00", "it is not YAML"),
    ],
)
def test_hostile_records_are_errors(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    written(tmp_path, name, content)
    with pytest.raises(InputError) as caught:
        import_source(written(tmp_path, "set.toml", f"[[table]]\nfile = '{name}'\nactor.a.name = 'name'\n"))
    assert message in caught.value.findings[0].message


TRAINING = """
title = "Training"
[[table]]
file = "{file}"
each = "training"
records = "training"
dates = "MDY"
decimal = "."
[table.actor.trainee]
name = {{ text = "{{student_unit}} ({{../../name}})" }}
type = {{ always = "organisation" }}
country = "../../name"
[table.actor.trainer]
name = "us_unit"
type = {{ always = "organisation" }}
[[table.relation]]
actor = "trainer"
kind = {{ always = "capacity-building" }}
target = "trainee"
start = "start_date"
end = "end_date"
scope = "course_title"
amount = "total_cost"
currency = {{ always = "USD" }}
note = ["../name", "location", "quantity", "page_number"]
"""
COURSES = """<countries><country name="Bosnia &amp; Herzegovina"><program name="IMET">
<training><course_title>Staff course</course_title><start_date>8/13/2018</start_date><end_date>6/14/2019</end_date>
<student_unit>Brigade</student_unit><total_cost>$76,277</total_cost><us_unit>Marshall Center</us_unit></training>
<training><course_title>Totals</course_title><total_cost>$5</total_cost></training></program></country></countries>"""


def test_records_of_xml_are_rows_with_what_they_stand_in(tmp_path: Path) -> None:
    made = mapped(tmp_path, TRAINING.format(file="courses.xml"), courses_xml=COURSES)
    assert made.report is not None
    assert (made.report.counts["training"].read, made.report.counts["training"].kept) == (2, 1)
    (relation,) = made.relations
    assert (relation.amount, relation.currency, relation.start, relation.end) == (
        "76277",
        "USD",
        "2018-08-13",
        "2019-06-14",
    )
    assert "IMET" in relation.note
    assert {(actor.label_en, actor.country) for actor in made.actors} == {
        ("Brigade (Bosnia & Herzegovina)", "BA"),
        ("Marshall Center", ""),
    }
    assert {item.locator for item in made.evidence} == {"training[1]"}


def test_xml_without_the_name_of_its_records_is_an_error(tmp_path: Path) -> None:
    mapping = TRAINING.format(file="courses.xml").replace('records = "training"\n', "")
    with pytest.raises(InputError) as caught:
        mapped(tmp_path, mapping, courses_xml=COURSES)
    assert "which elements" in caught.value.findings[0].message


@pytest.mark.skipif(not DATA.exists(), reason="the folder of real files is not there")
@pytest.mark.parametrize(
    ("file", "rows", "least"),
    [
        ("2019_2020_Europe_fmtrpt_dedup.xml", 1675, 1565),
        ("2001_2002_Newly_Independent_States_fmtrpt_dedup.xml", 353, 33),
    ],
)
def test_the_reports_on_training_are_read_whole(tmp_path: Path, file: str, rows: int, least: int) -> None:
    made = mapped(tmp_path, TRAINING.format(file=DATA / "us-foreign-military-training" / file))
    assert made.report is not None
    assert made.report.counts["training"].read == rows
    assert made.report.counts["training"].kept >= least
