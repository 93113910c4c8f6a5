"""Workbooks of other makes than .xlsx and .ods, and web pages under their name: real files, made as `books/make*` say."""

from __future__ import annotations

import random
import struct
from pathlib import Path
from zipfile import ZipFile

import pytest

from graph_build.errors import InputError
from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from graph_build.readers.tabular_book import book_rows, sheets
from graph_build.readers.tabular_propose import propose
from graph_build.readers.tabular_sheet import Traits
from tests.readers.conversion import adds_up, errors
from tests.readers.samples import MADE, repacked
from tests.readers.tables import written

AID = [
    ["Register of aid"],
    ["Donor", "Recipient", "Amount EUR", "Date", "Share", "Paid", "Purpose"],
    ["Norway", "Поліція України", "1234.5", "2010-01-01", "25%", "true", "radios"],
    ["Norway", "Guard", "300", "41640", "12.5%", "false", "boats"],
    ["Sweden", "Court", "#DIV/0!", "29.12.2011", "", "", "#N/A means nothing"],
    ["Fonds d'équipement", "Court", "7", "2010-01-01 12:00:00", "", "", "a\nb"],
]


def mapped(file: Path, folder: Path) -> Dataset:
    """Read a file by the mapping that is proposed for it."""
    made = import_source(written(folder, "proposed.toml", propose(file, folder))).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


@pytest.mark.parametrize("name", ["aid.xls", "aid.xlsb"])
def test_every_cell_is_read_as_the_sheet_shows_it(name: str) -> None:
    traits = Traits()
    assert sheets(MADE / name) == {"Aid 2011": False, "Drafts": True}
    assert [row.cells for row in book_rows(MADE / name, "Aid 2011", traits)] == AID
    told = "\n".join(message for message, _ in traits.notes())
    assert "1 rows are hidden" in told
    assert "columns F" in told
    assert "1 cells that are merged with one above them have its value" in told


@pytest.mark.parametrize("name", ["aid.xls", "aid.xlsb"])
def test_a_mapping_is_proposed_and_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes((MADE / name).read_bytes())
    made = mapped(tmp_path / name, tmp_path)
    names = {one.id: one.label_en for one in made.actors}
    funding = [one for one in made.relations if one.kind == "funding"]
    assert {(names[one.actor], names[one.target], one.amount, one.start) for one in funding} >= {
        ("Norway", "Поліція України", "1234.5", "2010-01-01"),
        ("Norway", "Guard", "300", "2014-01-01"),
        ("Sweden", "Court", "", "2011-12-29"),
        ("Fonds d'équipement", "Court", "7", "2010-01-01"),
        ("X", "Y", "", ""),
    }
    said = "\n".join(finding.message for finding in made.findings)
    assert 'errors of formulas ("#DIV/0!")' in said
    assert 'sheet "Drafts": the sheet is hidden' in said


@pytest.mark.parametrize("name", ["aid5.xls", "aid2.xls"])
def test_older_makes_are_read(name: str) -> None:
    (sheet, *_) = sheets(MADE / name)
    rows = [row.cells for row in book_rows(MADE / name, sheet)]
    assert rows[1] == AID[1]
    assert rows[3][1:3] == ["Guard", "300"]
    assert rows[4][0] == "Sweden"


def test_the_records_of_a_workbook_without_the_file_around_them_are_read(tmp_path: Path) -> None:
    from graph_build.readers.tabular_compound import Compound

    stream = Compound((MADE / "aid.xls").read_bytes()).stream("Workbook")
    file = written(tmp_path, "export.xls", stream[: stream.rindex(b"\x0a\0\0\0") + 4])
    assert [row.cells for row in book_rows(file, "Aid 2011")] == AID


def test_days_are_counted_from_the_year_that_a_binary_workbook_says(tmp_path: Path) -> None:
    file = tmp_path / "mac.xlsb"
    file.write_bytes((MADE / "aid.xlsb").read_bytes())
    with ZipFile(file) as archive:
        book = archive.read("xl/workbook.bin")
    at = book.index(b"\x99\x01") + 3
    repacked(file, "xl/workbook.bin", book[:at] + bytes([book[at] | 1]) + book[at + 1 :])
    assert list(book_rows(file, "Aid 2011"))[2].cells[3] == "2014-01-02"


def test_a_workbook_given_without_a_mapping_says_how_to_get_one(tmp_path: Path) -> None:
    for name in ("grants.xls", "grants.xlsb"):
        with pytest.raises(InputError) as refused:
            import_source(MADE / name)
        assert "govgraph map" in refused.value.remedy
    with pytest.raises(InputError) as refused:
        import_source(written(tmp_path, "x.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)))
    assert "no sound workbook" in refused.value.findings[0].message
    assert "save it anew as .xlsx" in refused.value.remedy


# Damage and harm


@pytest.mark.parametrize("name", ["aid.xls", "aid5.xls", "aid2.xls", "aid.xlsb"])
def test_damage_is_told_in_bounded_time(tmp_path: Path, name: str) -> None:
    chance, sound, told, damaged = random.Random(1), (MADE / name).read_bytes(), 0, 0
    for _ in range(60):
        content = bytearray(sound)
        for _ in range(4):
            content[chance.randrange(len(content))] = chance.choice([0, 1, 127, 255])
        file = written(tmp_path, name, bytes(content[: chance.choice([len(content), len(content) // 2])]))
        try:
            assert all(row.number for sheet in sheets(file) for row in book_rows(file, sheet))
        except InputError as error:
            told += error.findings[0].message.startswith(("this is no sound workbook: ", "it is not text"))
            damaged += 1
    assert told == damaged > 0


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


HEAVY = {
    "formats": record(0xE0, bytes(20)) * 100_001,
    "merged": record(0xE5, struct.pack("<H", 1027) + bytes(8 * 1027)) * 200,
}


@pytest.mark.parametrize(("what", "message"), [("formats", "formats, names"), ("merged", "merged cells")])
def test_records_that_would_fill_the_memory_end_the_reading(tmp_path: Path, what: str, message: str) -> None:
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    with pytest.raises(InputError) as refused:
        sheets(written(tmp_path, "b.xls", begin + HEAVY[what]))
    assert message in refused.value.findings[0].message


def test_a_chain_of_sectors_that_is_a_circle_ends_the_reading(tmp_path: Path) -> None:
    content = bytearray((MADE / "aid.xls").read_bytes())
    (table,) = struct.unpack_from("<I", content, 76)
    struct.pack_into("<2I", content, 512 * (table + 1), 1, 0)
    with pytest.raises(InputError) as refused:
        sheets(written(tmp_path, "circle.xls", bytes(content)))
    assert "in a circle" in refused.value.findings[0].message


def test_an_old_workbook_that_is_too_large_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "large.xls"
    with file.open("wb") as stream:
        stream.write((MADE / "aid.xls").read_bytes())
        stream.truncate(2**30)
    with pytest.raises(InputError) as refused:
        sheets(file)
    assert "is the most" in refused.value.findings[0].message


# Web pages


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=windows-1251">
<style>td {color: red}</style><title>Export</title></head><body><p>Reported by the ministry</p>
<table><caption>Допомога</caption>
<tr><th>Donor<th>Recipient<th>Purpose
<tr><td rowspan=2>Norway</td><td>Поліція</td><td>radios<br>and&nbsp;cars</td></tr>
<tr><td>Guard &amp; Court</td><td><table><tr><td>inner</td></tr><tr><td>table</td></tr></table></td></tr>
<tr style="display:none"><td>Sweden<td><b>Cou</b>rt<td><script>alert(1)</script>desks
</table><table hidden><tr><td>From<td>To<td>Relation<tr><td>X<td>Y<td>funds</table></body></html>"""


@pytest.mark.parametrize("name", ["export.xls", "export.html", "export.csv"])
def test_tables_of_a_web_page_are_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    file = written(tmp_path, name, PAGE.encode("cp1251"))
    assert sheets(file) == {"Допомога": False, "Table 2": False, "Table 3": True}
    assert [row.cells for row in book_rows(file, "Допомога")] == [
        ["Donor", "Recipient", "Purpose"],
        ["Norway", "Поліція", "radios\nand cars"],
        ["Norway", "Guard & Court"],
        ["Sweden", "Court", "desks"],
    ]
    assert [row.cells for row in book_rows(file, "Table 2")] == [["inner"], ["table"]]
    made = mapped(file, tmp_path)
    names = {one.id: one.label_en for one in made.actors}
    assert {(names[one.actor], one.kind, names[one.target]) for one in made.relations} == {
        ("Norway", "funding", "Поліція"),
        ("Norway", "funding", "Guard & Court"),
        ("Sweden", "funding", "Court"),
        ("X", "funding", "Y"),
    }
    said = "\n".join(finding.message for finding in made.findings)
    assert "4 words of the page stand outside its tables" in said
    assert "1 rows are hidden" in said
    assert 'the sheet "Table 2" is not in the mapping' in said


def test_the_encoding_of_a_web_page_that_does_not_say_it_is_told(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>Міністерство {number}<td>Поліція</tr>" for number in range(9))
    file = written(tmp_path, "x.xls", f"<table><tr><td>Donor<td>Recipient</tr>{rows}</table>".encode("cp1251"))
    said = "\n".join(finding.message for finding in mapped(file, tmp_path).findings)
    assert 'it was read as "cp1251"' in said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<table><tr><td>" * 100, "tables within tables without end"),
        (b"<html><tr>" + b"<table></table>" * 1_001, "more tables than a page can have"),
        (b"<html><tr>" + b"<table></table>" * 900 + b"x" * 2**21, "too many for a page of its size"),
        (b"<html><table><tr>" + b"<td>" * 20_000, "more rows or columns"),
        (b"<html><table><tr>" + b"<td colspan=1000>x" * 20, "more rows or columns"),
        (b"<html><table><tr><td " + b"a" * 2**21, "a tag of it is longer"),
        (b"<html><script>" + b"a" * 2**21, "a tag of it is longer"),
    ],
)
def test_a_web_page_that_was_made_to_harm_ends_the_reading(tmp_path: Path, content: bytes, message: str) -> None:
    file = written(tmp_path, "x.xls", content)
    with pytest.raises(InputError) as refused:
        _read_all(file)
    assert message in refused.value.findings[0].message


def _read_all(file: Path) -> None:
    for table in sheets(file):
        list(book_rows(file, table))


def test_a_cell_of_a_web_page_that_is_too_long_spoils_its_own_row(tmp_path: Path) -> None:
    page = b"<table><tr><td>A<td>B</tr><tr><td>" + b"x " * 200_000 + b"</tr><tr><td>C<td>D</tr></table>"
    rows = list(book_rows(written(tmp_path, "x.xls", page), "Table 1"))
    assert [row.fault for row in rows] == ["", "a cell is too long", ""]
