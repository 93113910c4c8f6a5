"""Tables with HXL tags: the counts of real files, which tag is which end, other dialects, and what is left out."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_build.errors import InputError
from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source, recognise
from graph_build.readers.hxl_table import tagged_table
from graph_build.readers.maps import word_map
from tests.readers.conversion import DATA, adds_up, errors, labels, same_quads
from tests.readers.tables import ods, xlsx

REAL = DATA / "iati-ukraine-flows"
real = pytest.mark.skipif(not REAL.exists(), reason="the folder of real files is not there")

FLOWS = {"ukraine-flows": (1616, 1251, 365), "foodsecurity-flows": (269, 229, 40)}


def table(tmp_path: Path, text: str, name: str = "flows.csv", encoding: str = "utf-8") -> Dataset:
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    made = import_source(file).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


def told(made: Dataset, *fields: str) -> set[tuple[object, ...]]:
    names = labels(made)
    return {(names[r.actor], names[r.target], *(getattr(r, field) for field in fields)) for r in made.relations}


@real
@pytest.mark.parametrize("name", FLOWS)
def test_each_real_table_gives_all_its_flows(name: str) -> None:
    made = import_source(REAL / f"{name}.csv").dataset()
    assert made.report is not None
    flows, out, incoming = FLOWS[name]
    assert (made.report.counts["flow"].read, made.report.counts["flow"].kept) == (flows, flows)
    assert len(made.relations) == flows == out + incoming
    with (REAL / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[2:]
    names = labels(made)
    reporting = [row[1] for row in rows]
    ways = [row[11] for row in rows]
    gives = sum(
        way == "outgoing" and names[r.actor] == who for r, way, who in zip(made.relations, ways, reporting, strict=True)
    )
    gets = sum(
        way == "incoming" and names[r.target] == who
        for r, way, who in zip(made.relations, ways, reporting, strict=True)
    )
    assert (gives, gets) == (out, incoming)
    assert errors([made]) == []
    adds_up(made)


@real
def test_sweden_funds_dcaf_and_the_osce_and_germany_the_council_of_europe() -> None:
    made = import_source(REAL / "ukraine-flows.csv").dataset()
    assert {
        ("Sweden", "DCAF/Geneva Centre for Security Sector Governance"),
        ("Germany - Federal Foreign Office", "Council of Europe"),
    } <= told(made)
    dcaf = next(actor for actor in made.actors if actor.label_en.startswith("DCAF/"))
    assert "crs-channel:47106" in dcaf.identifiers
    osce = next(actor for actor in made.actors if "crs-channel:47131" in actor.identifiers)
    assert ("Sweden", osce.label_en) in told(made)
    assert "OSCE/Organization for Security and Cooperation in Europe" in osce.alt_labels
    flow = next(relation for relation in made.relations if relation.target == dcaf.id)
    assert "Total money: 978605" in flow.note
    assert (flow.amount, flow.currency, flow.start) == ("", "", "")
    assert sum("is below nothing" in finding.message for finding in made.findings) == 22
    assert sum("nothing tells the currency" in finding.message for finding in made.findings) == 1


@real
def test_a_list_of_organisations_has_no_flows_and_a_folder_is_one_source(tmp_path: Path) -> None:
    listed = import_source(REAL / "ukraine-reporting_orgs.csv").dataset()
    assert (len(listed.actors), listed.relations) == (107, ())
    whole = import_source(REAL).dataset()
    assert len(whole.relations) == 1616 + 269
    same_quads(REAL / "foodsecurity-flows.csv", tmp_path / "folder")


TAGS = "#org+id+reporting,#org+name+reporting,#org+provider+name,#org+receiver+name,#org+type+receiver,#x_transaction_direction,#value+total"


def flows(*rows: str, tags: str = TAGS) -> str:
    return "\n".join(["a,b,c,d,e,f,g", tags, *rows]) + "\n"


def test_a_direction_says_who_is_at_the_other_end(tmp_path: Path) -> None:
    made = table(
        tmp_path, flows("xm-1,Us,,Them,22,outgoing,5", "xm-1,Us,Giver,,,incoming,6", "xm-1,Us,A,B,21,outgoing,7")
    )
    assert told(made) == {("Us", "Them"), ("Giver", "Us"), ("A", "B")}
    assert {actor.label_en: actor.type for actor in made.actors}["Them"] == ("ngo",)
    third = next(relation for relation in made.relations if "reported by: xm-1, Us" in relation.note)
    assert "g: 7" in third.note
    assert {item.locator for item in made.evidence} == {"line 3", "line 4", "line 5"}


def test_what_names_no_end_is_left_out_with_its_line(tmp_path: Path) -> None:
    made = table(
        tmp_path, flows("xm-1,Us,,,,outgoing,5", "xm-1,Us,,Them,,sideways,5", "xm-1,Us,Us 2,,,,5", ",,X,X,,,1")
    )
    assert made.relations == ()
    assert {f.line for f in made.findings if "left out" in f.message} == {3, 4, 5, 6}
    assert sum("no direction that is known" in finding.message for finding in made.findings) == 1


def test_bodies_that_are_not_told_are_not_one(tmp_path: Path) -> None:
    rows = [
        "xm-1,Us,,(Unspecified org),,outgoing,5",
        "xm-2,We,,(Unspecified org),,outgoing,5",
        "xm-2,We,,N/A,,outgoing,5",
    ]
    made = table(tmp_path, flows(*rows, "xm-1,Us,,(Direct expenditure),,outgoing,9"))
    assert len(made.relations) == 4
    assert sum(actor.label_en == "(Unspecified org)" for actor in made.actors) == 2
    assert [thing.label_en for thing in made.things] == ["own spending of Us"]


@pytest.mark.parametrize(
    ("tags", "row", "amount"),
    [
        ("#org+funder,#org+impl,#value+usd,#date", "A,B,100,2020-05", ("100", "USD", "2020-05", "2020-05")),
        ("#org +name +src;#org+dest+name;#value;#currency", "A;B;1,500.00;eur", ("1500.00", "EUR", "", "")),
        ("#ORG+Provider\t#org+receiver\t#value\t#currency", "A\tB\t-3\tEUR", ("", "", "", "")),
        ("#org+provider,#org+receiver,#date,#value+eur", "A,B,05/06/2020,7", ("7", "EUR", "", "")),
    ],
)
def test_other_dialects_are_read(tmp_path: Path, tags: str, row: str, amount: tuple[str, ...]) -> None:
    made = table(tmp_path, f"Title of the table\n\n{tags}\n{row}\n")
    assert told(made, "amount", "currency", "start", "end") == {("A", "B", *amount)}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_any_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    made = table(tmp_path, "#org+provider,#org+receiver\nSuède,Genève\n", encoding=encoding)
    assert told(made) == {("Suède", "Genève")}


def test_sector_country_and_other_columns_are_kept(tmp_path: Path) -> None:
    tags = "#org+provider,#org+receiver,#sector+code,#country+code,#activity+name,#indicator+bool+humanitarian,#x_else"
    made = table(tmp_path, f"p,r,s,c,a,h,Else\n{tags}\nA,B,15132,UA,Training,1,more\n")
    (flow,) = made.relations
    assert (flow.topic, flow.scope) == (("police",), "Training; Ukraine; humanitarian aid")
    assert "sector: Police (15132)" in flow.note
    assert "Else: more" in flow.note


def test_columns_without_a_tag_are_kept_and_cells_beyond_the_last_are_told(tmp_path: Path) -> None:
    made = table(
        tmp_path,
        "From,To,Remarks,,More\n#org+provider,#org+receiver,,\nA,B,IMPORTANT,unnamed,headed,OVERFLOW,,TWICE\nC,D,,,,\n",
    )
    assert [flow.note for flow in made.relations] == ["Remarks: IMPORTANT; column 4: unnamed; More: headed", ""]
    assert [(finding.line, finding.message) for finding in made.findings] == [
        (3, 'flow: "OVERFLOW, TWICE" stands beyond the last column')
    ]


def test_columns_that_a_list_of_organisations_has_no_place_for_are_told(tmp_path: Path) -> None:
    text = "Name,Land,Remarks\n#org+name,#country,\nCourt,UA,old\nRada,,new,OVERFLOW\n,,,BEYOND\n"
    made = table(tmp_path, text)
    said = {finding.message.partition(": ")[2].removeprefix("left out: ") for finding in made.findings}
    assert {
        'the column "Land" is not taken over; rows that fill it: 1',
        'the column "Remarks" is not taken over; rows that fill it: 2',
        '"OVERFLOW" stands beyond the last column',
        '"BEYOND" stands beyond the last column',
    } <= said


def test_two_rows_that_are_alike_are_two_flows(tmp_path: Path) -> None:
    made = table(tmp_path, flows(*["xm-1,Us,,Them,22,outgoing,5"] * 2))
    assert len(made.relations) == 2


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "#hash\n",
        "# a comment, with a comma\n1,2\n",
        "a,b\n#org,x\n",
        '{"#org": "#org"}',
        "",
        "#org,#org\0",
    ],
)
def test_a_table_without_tags_is_none_of_these(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    form = recognise(file)
    assert form is None or form.name != "hxl"


def test_a_file_that_is_only_called_so_is_told_of(tmp_path: Path) -> None:
    made = table(tmp_path, "a,b\n1,2\n", name="a.hxl.csv")
    assert made.actors == ()
    assert [finding.message for finding in made.findings] == ["file: it has no row of HXL tags, so it was not read"]


def test_a_table_of_no_organisations_is_told_of(tmp_path: Path) -> None:
    made = table(tmp_path, "#adm1+name,#affected\nKyiv,5\n")
    assert made.report is not None
    assert made.report.counts["row"].left_out == 1
    assert any("no column is tagged as an organisation" in finding.message for finding in made.findings)


@pytest.mark.parametrize(
    ("tail", "fault"), [("x" * 2_000_000, "the line is too long"), ('"x,' + "\n" * 200, "a quotation mark is opened")]
)
def test_a_line_without_end_spoils_its_row_only(tmp_path: Path, tail: str, fault: str) -> None:
    made = table(tmp_path, f"#org+provider,#org+receiver\nA,B\n{tail}\nC,D\n")
    assert told(made) == {("A", "B"), ("C", "D")}
    assert [(one.line, fault in one.message) for one in made.findings if "left out" in one.message] == [(3, True)]


def test_a_table_of_few_letters_is_read_in_its_encoding(tmp_path: Path) -> None:
    made = table(tmp_path, "#org+provider,#org+receiver\nМіністерство оборони,Національна поліція\n", encoding="cp1251")
    assert told(made) == {("Міністерство оборони", "Національна поліція")}


ROWS: list[list[Any]] = [
    ["Giver", "Taker", "Sum"],
    ["#org+provider", "#org+receiver", "#value+usd"],
    ["Norway", "Рада", 12.5],
    ["Fund", "Рада", None],
]
SENT = {("Norway", "Рада", "12.5"), ("Fund", "Рада", "")}


@pytest.mark.parametrize(
    "content",
    [
        ROWS,
        ROWS[1:],
        {"data": ROWS, "meta": {"title": "x"}},
        [dict(zip(map(str, ROWS[1]), row, strict=True)) for row in ROWS[2:]],
        [{"#org+provider": "Norway", "#value+usd": 12.5, "#org+receiver": "Рада"}, {"#org +receiver": "", "#org+provider": "Fund", "#org+receiver": "Рада"}],
    ],
)  # fmt: skip
def test_json_with_tags_is_read(tmp_path: Path, content: object) -> None:
    made = table(tmp_path, json.dumps(content, ensure_ascii=False), name="flows.json")
    assert told(made, "amount") == SENT


@pytest.mark.parametrize("as_objects", [False, True])
@pytest.mark.parametrize("is_first", [False, True])
def test_what_json_says_beside_its_rows_is_kept_or_told_and_makes_no_row(
    tmp_path: Path, as_objects: bool, is_first: bool
) -> None:
    meta = {
        "title": "Aid", "publisher": "Office", "date": "2024-05-06", "license": "https://cc.example/0", "url": "https://example.org/",
        "tags": ["x", "y", "7"], "by": {"name": "Z"}, "none": None,
    }  # fmt: skip
    rows = [dict(zip(map(str, ROWS[1]), row, strict=True)) for row in ROWS[2:]] if as_objects else ROWS
    content = {"meta": meta, "rows": rows, "count": 3} if is_first else {"rows": rows, "count": 3, "meta": meta}
    made = table(tmp_path, json.dumps(content, ensure_ascii=False), name="flows.json")
    assert told(made, "amount") == SENT
    assert (made.title, made.licences) == ("Aid", ("https://cc.example/0",))
    own = next(source for source in made.sources if source.type == "dataset")
    assert (own.issuer, own.issued, own.url) == ("Office", "2024-05-06", "https://example.org/")
    said = [finding.message for finding in made.findings if "no row, and is not taken over" in finding.message]
    assert [message.split('"')[1] for message in sorted(said)] == ["/count", "/meta/by", "/meta/tags"]


@pytest.mark.parametrize("as_objects", [False, True])
def test_what_no_cell_of_json_can_hold_is_told(tmp_path: Path, as_objects: bool) -> None:
    odd: list[list[Any]] = [["Fund", ["Рада", "Суд"], 7], ["Fund", "Рада", {"usd": [7]}], ["Fund", "Рада", 10**50]]
    rows = [*ROWS[2:], *odd, [[], [], [1]]]
    objects: list[Any] = [dict(zip(map(str, ROWS[1]), row, strict=True)) for row in rows]
    content = [*objects, ["a list"]] if as_objects else [ROWS[1], *rows, {"an": "object"}]
    made = table(tmp_path, json.dumps(content, ensure_ascii=False), name="flows.json")
    names = ["#org+receiver", "#value+usd"] if as_objects else ["column 2", "column 3"]
    wanted = [(0, '["Рада", "Суд"]'), (1, '{"usd": [7]}'), (1, str(10**50)), (1, "[1]")]
    said = {finding.message.removeprefix("flow: ").removeprefix("left out: ") for finding in made.findings}
    assert {f'{names[place]} holds "{value}", which is no cell' for place, value in wanted} < said
    assert "it is no row as the others are" in said
    assert told(made, "amount") == SENT
    assert made.report is not None
    assert made.report.counts["flow"].read == len(rows) + 1


def test_objects_with_keys_that_are_no_tags_are_left_out_and_told(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"#org+provider": "A", "#org+receiver": "B"}] * 2
    made = table(tmp_path, json.dumps([*rows, {"#org+provider": "A", "to": "C"}]), name="flows.json")
    assert len(made.relations) == 2
    assert any('it has "to", which is no tag that the first rows have' in finding.message for finding in made.findings)


@pytest.mark.parametrize("write", [xlsx, ods])
def test_sheets_with_tags_are_read_and_the_others_told(tmp_path: Path, write: Callable[..., Path]) -> None:
    sheets = {
        "Flows": [["Title"], [], *ROWS],
        "Bodies": [["#org+name", "#country"], ["Court", "UA"]],
        "Notes": [["none"]],
    }
    file = write(tmp_path / f"flows.{'xlsx' if write is xlsx else 'ods'}", sheets)
    made = import_source(file).dataset()
    adds_up(made)
    assert errors([made]) == []
    assert told(made, "amount") == SENT
    assert {actor.label_en for actor in made.actors} == {"Norway", "Fund", "Рада", "Court"}
    assert {item.locator for item in made.evidence} == {"Flows!A5", "Flows!A6"}
    assert any('the sheet "Notes" of it has no row of HXL tags' in finding.message for finding in made.findings)


def test_memory_does_not_grow_with_the_table(tmp_path: Path) -> None:
    """A thousand rows more, of 2.4 kB each: reading holds less than half of them."""
    peaks = []
    for number in (10, 200, 1_200):
        file = tmp_path / f"{number}.csv"
        with file.open("w", encoding="utf-8") as stream:
            stream.write("#org+provider,#org+receiver,#value+usd,#description\n")
            stream.writelines(f"Giver {one},Taker {one},{one},{'words ' * 400}\n" for one in range(number))
        tracemalloc.start()
        made = import_source(file)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert made.report.counts["flow"].kept == number
    _first, few, many = peaks  # the first reading loads modules and maps too
    assert many < few + 1_000_000


CELL = st.text(st.characters(exclude_characters="\0"), max_size=8) | st.sampled_from(
    ["xm-1", "Us", "N/A", "outgoing", "incoming", "-5", "1,000", "2020-02-30", "a|b", "x@uk", "47106", "12000"]
)
TAG = st.sampled_from(
    [*TAGS.split(","), "#date", "#currency", "#sector", "#country+code", "#org", "#value+usd", "#meta", ""]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TAG, min_size=2, max_size=9), st.lists(st.lists(CELL, max_size=10), max_size=5))
def test_any_table_is_read_counted_and_converts_to_the_same(
    tmp_path: Path, tags: list[str], rows: list[list[str]]
) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerows([["#org+name+provider", "#org+name+receiver", *tags], *rows])
    file = tmp_path / "any.csv"
    file.write_text(stream.getvalue(), encoding="utf-8", errors="replace", newline="")
    rmtree(tmp_path / "folder", ignore_errors=True)
    same_quads(file, tmp_path / "folder")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 300), st.integers(0, 20), st.binary(max_size=8))
def test_a_damaged_table_is_read_or_refused_in_words(tmp_path: Path, place: int, cut: int, put: bytes) -> None:
    whole = flows("xm-1,Us,,Them,22,outgoing,5", '"xm-1","Us, and we",,Them,22,outgoing,5').encode()
    file = tmp_path / "any.csv"
    file.write_bytes(whole[:place] + put + whole[place + cut :])
    with suppress(InputError):
        made = import_source(file).dataset()
        adds_up(made)
        assert errors([made]) == []


def test_the_words_of_the_map_are_tags_and_codes() -> None:
    words = word_map("hxl")
    assert all(tag.startswith("#") for tags in words["fields"].values() for tag in tags)
    assert set(words["directions"].values()) == {"in", "out"}


def test_the_row_of_tags_is_found_below_titles(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("\n" * 20 + "A;B\n#org+provider;#org+receiver\n", encoding="utf-8")
    found = tagged_table(file)
    assert found is not None
    assert [column.header for column in found.columns] == ["A", "B"]
    file.write_text("\n" * 40 + "#org+provider;#org+receiver\n", encoding="utf-8")
    assert tagged_table(file) is None


def test_amounts_and_days_of_other_languages_are_read(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    rows = "Norvège;Rada;1 234,50;29.12.2011\nFonds;Rada;(300);15/03/2022\nX;Rada;12 UAH;03/04/2022\n"
    text = f"Donneur;Receveur;Montant;Jour\n# org + provider;#org +receiver;#value +eur;#date\n{rows}"
    file.write_bytes(text.encode("latin-1"))
    made = import_source(file).dataset()
    told = [(r.amount, r.currency, r.start) for r in made.relations]
    assert told == [("1234.50", "EUR", "2011-12-29"), ("", "", "2022-03-15"), ("", "", "")]
    assert "(300)" in made.relations[1].note
    assert "12 UAH" in made.relations[2].note
    assert "03/04/2022" in made.relations[2].note
