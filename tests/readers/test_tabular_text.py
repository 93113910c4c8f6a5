"""Delimited text and workbooks as rows: encodings, delimiters, broken rows, and files made to harm, in bounded memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_build.errors import InputError
from graph_build.readers.tabular_book import book_rows, sheet_names
from graph_build.readers.tabular_text import LONGEST_LINE, found_delimiter, found_encoding, text_rows
from tests.readers.conversion import DATA
from tests.readers.tables import ods, written, xlsx

UKRAINIAN = "назва;тип\nМіністерство оборони України;міністерство\nСлужба безпеки України;служба\nКомітет з питань національної безпеки;комітет\n"
FRENCH = (
    "nom;type\nMinistère de l’Intérieur;ministère\nL’Équipe – Médias Français;média\nSénat, Défense à Orléans;chambre\n"
)
POLISH = (
    "nazwa;rodzaj\nUrząd Ochrony Państwa;urząd\nNajwyższa Izba Kontroli;kontrola\nŻołnierze i służby śledcze;służba\n"
)


def rows(file: Path) -> list[list[str]]:
    return [list(row.cells) for row in text_rows(file)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (UKRAINIAN, "utf-8"),
        (UKRAINIAN, "utf-8-sig"),
        (UKRAINIAN, "utf-16"),
        (UKRAINIAN, "cp1251"),
        (UKRAINIAN * 20, "koi8_u"),
        (FRENCH, "cp1252"),
        (FRENCH.replace("’", "'").replace("–", "-"), "latin-1"),
        (FRENCH, "utf-16-le"),
        (POLISH * 3, "cp1250"),
        ("name;type\nСБУ;x\n", "cp1251"),
        ("name;type\nGroupe Métropole;x\n", "latin-1"),
    ],
)
def test_texts_are_read_in_their_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    file = written(tmp_path, "t.csv", text.encode(encoding))
    assert rows(file) == [line.split(";") for line in text.splitlines()]


def test_a_damaged_letter_does_not_change_the_encoding_of_a_file(tmp_path: Path) -> None:
    file = written(tmp_path, "t.csv", UKRAINIAN.encode() + b"\xff;x\n")
    assert found_encoding(file) == "utf-8"
    assert rows(file)[-1] == ["\ufffd", "x"]


def test_an_encoding_is_told_by_letters_far_into_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, "t.csv", b"name;type\n" + b"plain;x\n" * 300_000 + "Métropole;Défense\n".encode("latin-1"))
    assert found_encoding(file) == "cp1252"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_sign_that_cuts_rows_alike(tmp_path: Path, delimiter: str) -> None:
    text = "Title, with a comma\n\n" + "".join(
        f"{delimiter.join(row)}\n" for row in (["name", "amount", "what"], ["A", '"1,5"', "x"], ["B", "2", '"y;z"'])
    )
    file = written(tmp_path, "t.csv", text)
    assert found_delimiter(file, "utf-8") == delimiter
    assert rows(file)[-1] == ["B", "2", "y;z"]


def test_a_table_of_one_column_is_not_cut(tmp_path: Path) -> None:
    assert rows(written(tmp_path, "t.csv", "name\nA; B\nC\nD\nE\n")) == [["name"], ["A; B"], ["C"], ["D"], ["E"]]


def test_a_quotation_mark_that_is_never_closed_spoils_its_row_only(tmp_path: Path) -> None:
    file = written(tmp_path, "t.csv", 'a,b\n1,"two\nlines"\n3,"open\n4,x\n' + "5,y\n" * 60_000)
    found = list(text_rows(file, "utf-8", ","))
    assert [(row.number, row.cells) for row in found[:2]] == [(1, ["a", "b"]), (2, ["1", "two\nlines"])]
    assert (found[2].number, found[2].fault) == (4, "a quotation mark is opened and not closed")
    assert (found[3].number, found[3].cells) == (5, ["4", "x"])
    assert len(found) == 4 + 60_000


def test_a_quotation_mark_that_is_open_at_the_end_spoils_its_row_only(tmp_path: Path) -> None:
    found = list(text_rows(written(tmp_path, "t.csv", 'a,b\n3,"open\n4,x\n'), "utf-8", ","))
    assert [row.fault[:20] or row.cells for row in found] == [["a", "b"], "a quotation mark is ", ["4", "x"]]


def test_a_line_that_is_too_long_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    file = written(tmp_path, "t.csv", "a,b\n" + "x," * LONGEST_LINE + "\n1,2\n")
    found = list(text_rows(file, "utf-8", ","))
    assert [row.fault or row.cells for row in found] == [["a", "b"], "the line is too long", ["1", "2"]]


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + b"\0" * 300, bytes(range(256)) * 8 + b"\0" * 900])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        list(text_rows(written(tmp_path, "t.csv", content)))
    assert "it is not text" in str(caught.value.findings[0])


_MEMORY = """
import resource, sys
from pathlib import Path
from random import Random
from graph_build.errors import InputError
from graph_build.readers.tabular_text import text_rows
from graph_build.readers.tabular_book import book_rows
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
file = Path(sys.argv[1])
try:
    faults = [row.fault for row in (text_rows(file, "utf-8", ",") if file.suffix == ".csv" else book_rows(file, "S")) if row.fault]
    print(faults[:1])
except InputError as error:
    print(error.findings[0].message)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def memory_of(file: Path) -> tuple[str, int]:
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(file)], capture_output=True, text=True, check=True, timeout=120
    )
    *said, number = done.stdout.splitlines()
    return "\n".join(said), int(number)


def test_a_line_without_end_costs_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    with file.open("wb") as stream:
        stream.write(b"a,b\n")
        for _ in range(300):
            stream.write(b"x" * 2**20)
    said, megabytes = memory_of(file)
    assert "too long" in said
    assert megabytes < 60


def bomb(file: Path, name: str, content: bytes, times: int) -> Path:
    with ZipFile(file, "w", ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as stream:
        for _ in range(times):
            stream.write(content)
    return file


def test_a_workbook_that_is_packed_to_harm_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    said, megabytes = memory_of(bomb(tmp_path / "b.xlsx", "xl/workbook.xml", b" " * 2**20, 400))
    assert "packed so tight" in said
    assert megabytes < 60


def sheet(file: Path, rows_xml: str) -> Path:
    """Write a workbook whose sheet holds this XML."""
    xlsx(file, {"S": [["a", "b"]]})
    parts = {}
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts["xl/worksheets/sheet1.xml"] = f"<worksheet {space}><sheetData>{rows_xml}</sheetData></worksheet>".encode()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1"><c r="A1" t="n"><v>1</v></c></row><row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<!DOCTYPE a [<!ENTITY x "y">]><row r="1"/>',
    ],
)
def test_sheets_that_no_program_writes_are_errors(tmp_path: Path, xml: str) -> None:
    with pytest.raises(InputError) as caught:
        list(book_rows(sheet(tmp_path / "x.xlsx", xml), "S"))
    assert "this is no sound workbook" in caught.value.findings[0].message
    assert caught.value.remedy


def test_the_size_that_a_sheet_says_it_has_is_not_believed(tmp_path: Path) -> None:
    file = sheet(tmp_path / "x.xlsx", '<row r="1"><c r="B1"><v>1</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>')
    assert [row.cells for row in book_rows(file, "S")] == [["", "1"], [], [], ["2"]]


def test_entities_in_an_open_document_sheet_are_refused(tmp_path: Path) -> None:
    file = ods(tmp_path / "x.ods", {"S": [["a"]]})
    with ZipFile(file) as archive:
        content = archive.read("content.xml").decode()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content.replace("<office:document", '<!DOCTYPE a [<!ENTITY x "y">]><office:document', 1))  # fmt: skip
    with pytest.raises(InputError):
        list(book_rows(file, "S"))


def test_a_binary_file_under_the_name_of_a_table_is_no_text(tmp_path: Path) -> None:
    file = written(tmp_path, "budget.csv", Random(7).randbytes(3_000))
    with pytest.raises(InputError) as told:
        list(text_rows(file))
    assert "it is not text" in told.value.findings[0].message


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500, b"not a workbook"])
def test_what_is_no_workbook_is_an_error(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError):
        sheet_names(written(tmp_path, "x.xlsx", content))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 4000), length=st.integers(1, 60), content=st.binary(max_size=60))
def test_a_workbook_with_damage_anywhere_gives_rows_or_an_error(
    tmp_path: Path, place: int, length: int, content: bytes
) -> None:
    file = tmp_path / "whole.xlsx"
    if not file.exists():
        xlsx(file, {"S": [["a", "b"], ["1", 2]]})
    whole = file.read_bytes()
    damaged = written(tmp_path, "damaged.xlsx", whole[:place] + content + whole[place + length :])
    try:
        assert all(row.number for name in sheet_names(damaged) for row in book_rows(damaged, name))
    except InputError as error:
        if not error.findings:
            raise


@pytest.mark.skipif(not DATA.exists(), reason="the folder of real files is not there")
def test_a_real_workbook_gives_the_rows_of_its_csv() -> None:
    book = [row.cells for row in book_rows(DATA / "ftm-samples/donations.xlsx", "donations")]
    text = rows(DATA / "ftm-samples/donations.csv")
    assert len(book) == len(text) == 293
    assert [row[3].strip() for row in book] == [row[3] for row in text]
    assert book[1][7] == text[1][7] == "2011-12-29"
