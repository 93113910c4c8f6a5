"""Workbooks and texts as people save them: each is made as a file, mapped by `govgraph map`'s proposal, and read without losing a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from graph_build.errors import InputError
from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from graph_build.readers.tabular_propose import propose
from tests.readers.conversion import adds_up, errors
from tests.readers.tables import Cells, ods, written, xlsx

Stated = set[tuple[str, str, str]]


def proposed(file: Path) -> tuple[str, Dataset]:
    """Return the mapping that is proposed for a file, and what it makes of it without a change."""
    mapping = propose(file, file.parent)
    made = import_source(written(file.parent, "proposed.toml", mapping)).dataset()
    adds_up(made)
    assert errors([made]) == []
    return mapping, made


def book(folder: Path, *rows: Any, then: Callable[[Any], None] = lambda _: None, name: str = "b.xlsx") -> Path:
    """Write a workbook of one sheet, to which something is done before it is saved."""
    from openpyxl import Workbook

    whole = Workbook()
    for row in rows:
        whole.active.append(list(row))
    then(whole.active)
    whole.save(folder / name)
    return folder / name


def stated(made: Dataset) -> Stated:
    names = {one.id: one.label_en for one in made.actors}
    return {(names[relation.actor], relation.kind, names[relation.target]) for relation in made.relations}


def said(made: Dataset) -> str:
    return "\n".join(finding.message for finding in made.findings)


def counts(made: Dataset) -> dict[str, tuple[int, int, int]]:
    assert made.report is not None
    return {what: (one.read, one.kept + one.joined, one.left_out) for what, one in made.report.counts.items()}


# Merged cells, groups of columns, titles, sums and notes


def merge(*areas: str) -> Callable[[Any], None]:
    def merged(sheet: Any) -> None:
        for area in areas:
            sheet.merge_cells(area)

    return merged


GROUPED: Cells = [
    ["Donor", None, "Recipient", None, "Purpose"],
    ["Name", "Country", "Name", "Country", None],
    ["Norway", "NO", "Police", "UA", "radios"],
    [None, None, "Guard", "UA", "boats"],
    [None, None, "Court", "GE", "desks"],
    ["Sweden", "SE", "Police", "UA", "cars"],
]


def test_groups_over_columns_and_cells_over_rows(tmp_path: Path) -> None:
    file = book(tmp_path, *GROUPED, then=merge("A1:B1", "C1:D1", "E1:E2", "A3:A5", "B3:B5"))
    mapping, made = proposed(file)
    assert "header = [1, 2]" in mapping
    assert stated(made) == {
        ("Norway", "funding", "Police"),
        ("Norway", "funding", "Guard"),
        ("Norway", "funding", "Court"),
        ("Sweden", "funding", "Police"),
    }
    assert {(one.label_en, one.country) for one in made.actors} >= {("Norway", "NO"), ("Court", "GE")}
    assert {relation.note for relation in made.relations} == {"radios", "boats", "desks", "cars"}
    assert "5 cells that are merged with one above them have its value" in said(made)


def test_groups_over_columns_of_a_text(tmp_path: Path) -> None:
    text = "\n".join(";".join(str(cell or "") for cell in row) for row in GROUPED)
    mapping, made = proposed(written(tmp_path, "g.csv", text))
    assert "header = [1, 2]" in mapping
    assert ("Sweden", "funding", "Police") in stated(made)
    assert counts(made)["funding"] == (4, 2, 2)  # nothing says that the empty cells mean Norway
    assert len([finding for finding in made.findings if "an end is not filled" in finding.message]) == 2


def test_cells_over_rows_of_an_open_document(tmp_path: Path) -> None:
    file = ods(
        tmp_path / "m.ods", {"S": [["Donor", "Recipient"], ["Norway", "Police"], ["", "Guard"], ["Sweden", "Court"]]}
    )
    with ZipFile(file) as archive:
        content = archive.read("content.xml").decode()
    spanned = content.replace(
        "<table:table-cell><text:p>Norway", '<table:table-cell table:number-rows-spanned="2"><text:p>Norway', 1
    )
    hidden = spanned.replace("<table:table-row><table:table-cell><text:p>Sweden", '<table:table-row table:visibility="collapse"><table:table-cell><text:p>Sweden', 1)  # fmt: skip
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", hidden)
    _, made = proposed(file)
    assert stated(made) == {
        ("Norway", "funding", "Police"),
        ("Norway", "funding", "Guard"),
        ("Sweden", "funding", "Court"),
    }
    assert "1 cells that are merged" in said(made)
    assert "1 rows are hidden" in said(made)


def test_a_sum_in_a_cell_over_rows_is_on_none_of_them(tmp_path: Path) -> None:
    rows = [
        ["Donor", "Recipient", "Amount EUR"],
        ["Norway", "Police", 300],
        ["Norway", "Guard", None],
        ["Sweden", "Court", 5],
    ]
    _, made = proposed(book(tmp_path, *rows, then=merge("C2:C3")))
    assert sorted((relation.amount, relation.note) for relation in made.relations) == [
        ("", "amount for several rows together: 300 EUR"),
        ("", "amount for several rows together: 300 EUR"),
        ("5", ""),
    ]


def test_titles_above_and_sums_and_notes_below_are_no_rows(tmp_path: Path) -> None:
    rows: Cells = [
        ["Register of oversight bodies"],
        ["Ministry of Justice, extracted 2020"],
        [],
        ["Name", "Type", "Parent body", "Established"],
        ["Ministries of the interior"],
        ["Ministry of Interior", "Ministry", None, datetime(1991, 5, 1)],
        ["Police", "Police", "Ministry of Interior", date(2015, 11, 7)],
        [],
        ["Guard", "Guard", "Ministry of Interior", 2014],
        ["Total of bodies", None, None, 3],
        [],
        ["* Figures are provisional"],
        ["Source: own calculation"],
    ]
    mapping, made = proposed(book(tmp_path, *rows, then=merge("A1:D1", "A5:D5")))
    assert "header = 4" in mapping
    assert {(one.label_en, one.founded) for one in made.actors} == {
        ("Ministry of Interior", "1991-05-01"),
        ("Police", "2015-11-07"),
        ("Guard", "2014"),
    }
    assert counts(made)["row"] == (7, 3, 4)
    assert said(made).count("the mapping passes over") == 4


def test_a_body_that_is_called_total_is_no_sum(tmp_path: Path) -> None:
    _, made = proposed(
        written(tmp_path, "t.csv", "Owner,Company,Share\nTotal Energies,Gas Ltd,50%\nX,Total,12%\nSum,,62%\n")
    )
    assert ("Total Energies", "ownership", "Gas Ltd") in stated(made)
    assert ("X", "ownership", "Total") in stated(made)
    assert counts(made)["ownership"] == (3, 2, 1)


def test_tables_below_one_another_are_read_each_by_its_header(tmp_path: Path) -> None:
    rows: Cells = [
        ["Overseer", "Overseen body", "Since"],
        ["Rada", "SBU", 2018],
        [],
        ["Audit Chamber", "Ministry of Defence", 1996],
        [],
        ["Table 2: aid"],
        ["Donor", "Recipient", "Purpose"],
        ["Norway", "Police", "radios"],
        ["Sweden", "Court", "desks"],
    ]
    mapping, made = proposed(book(tmp_path, *rows))
    assert "last = 4" in mapping
    assert stated(made) == {
        ("Rada", "oversight", "SBU"),
        ("Audit Chamber", "oversight", "Ministry of Defence"),
        ("Norway", "funding", "Police"),
        ("Sweden", "funding", "Court"),
    }
    alone = mapping[: mapping.rindex("[[table]]")]
    one = import_source(written(tmp_path, "one.toml", alone)).dataset()
    assert 'below row "4", the last of the mapping, 4 rows were not read' in said(one)


# Days, numbers and formulas


@pytest.mark.parametrize(("epoch", "first"), [(1900, "2014-01-01"), (1904, "2018-01-02")])
def test_numbers_in_a_column_of_days_are_the_days_that_the_workbook_counts(
    tmp_path: Path, epoch: int, first: str
) -> None:
    def count_from(sheet: Any) -> None:
        if epoch == 1904:
            from openpyxl.utils.datetime import CALENDAR_MAC_1904

            sheet.parent.epoch = CALENDAR_MAC_1904

    rows = [
        ["Person", "Post", "Start date"],
        ["Anna", "Minister", 41640],
        ["Bohdan", "Judge", 2015],
        ["Cyrus", "Clerk", "41640"],
    ]
    _, made = proposed(book(tmp_path, *rows, then=count_from))
    assert [relation.start for relation in made.relations] == [
        first,
        "2015",
        "",
    ]  # a text is no number: nothing is guessed
    assert "start: 41640" in made.relations[2].note
    assert f"the workbook counts from {epoch} on: 1 rows" in said(made)


def test_a_day_that_may_be_of_two_months_is_told_and_kept_in_words(tmp_path: Path) -> None:
    _, made = proposed(written(tmp_path, "d.csv", "Person,Position,Start date\nA,Minister,03/04/2019\nB,Head,2020\n"))
    assert [(relation.start, relation.note) for relation in made.relations] == [("", "start: 03/04/2019"), ("2020", "")]
    assert any('dates = "DMY" or "MDY"' in finding.remedy for finding in made.findings)


def test_formulas_without_a_value_and_those_that_failed_are_told(tmp_path: Path) -> None:
    rows = [
        ["Donor", "Recipient", "Amount EUR"],
        ["Norway", "Police", "=1+2"],
        ["Sweden", "#N/A", 7],
        ["Iceland", "Court", "#REF!"],
    ]
    _, made = proposed(book(tmp_path, *rows))
    assert stated(made) == {("Norway", "funding", "Police"), ("Iceland", "funding", "Court")}
    assert {relation.amount for relation in made.relations} == {""}
    assert "1 formulas have no value in the file, the first in C2" in said(made)
    assert 'it has errors of formulas ("#REF!")' in said(made)
    assert 'it has errors of formulas ("#N/A")' in said(made)
    assert "Sweden" in {one.label_en for one in made.actors}


def test_percentages_booleans_and_keys_are_as_the_sheet_shows_them(tmp_path: Path) -> None:
    def shown(sheet: Any) -> None:
        sheet["C2"].number_format, sheet["C3"].number_format = "0%", "0.0%"

    rows = [["Owner", "Company", "Share", "Note"], ["A", "007", 0.5, True], ["B", 7, 0.125, False]]
    _, made = proposed(book(tmp_path, *rows, then=shown))
    assert [relation.scope for relation in made.relations] == ["Note: true; Share: 50%", "Note: false; Share: 12.5%"]
    assert {one.label_en for one in made.actors} == {"A", "B", "007", "7"}


def test_amounts_in_the_notation_of_other_languages(tmp_path: Path) -> None:
    rows = "Geber;Empfänger;Betrag EUR\nA;B;1.234,56\nC;D;1 234,50\nE;F;12,00\n"
    mapping, made = proposed(written(tmp_path, "a.csv", rows.encode("cp1252")))
    assert 'decimal = ","' in mapping
    assert [relation.amount for relation in made.relations] == ["1234.56", "1234.50", "12.00"]


# What is hidden, and what nobody sees


def test_hidden_sheets_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True
        other = sheet.parent.create_sheet("Drafts")
        for row in (["From", "To", "Relation"], ["X", "Y", "funds"]):
            other.append(row)
        other.sheet_state = "veryHidden"

    rows = [["From", "To", "Relation", "Notes"], ["Rada", "SBU", "oversees", "a"], ["President", "SBU", "directs", "b"]]
    mapping, made = proposed(book(tmp_path, *rows, then=hide))
    assert 'sheet = "Drafts"  # it is hidden in the workbook' in mapping
    assert stated(made) == {("Rada", "oversight", "SBU"), ("President", "direction", "SBU"), ("X", "funding", "Y")}
    assert "1 rows are hidden in the workbook" in said(made)
    assert "columns D" in said(made)
    assert 'sheet "Drafts": the sheet is hidden' in said(made)
    visible = mapping[: mapping.rindex("[[table]]")]
    one = import_source(written(tmp_path, "one.toml", visible)).dataset()
    assert 'the hidden sheet "Drafts" is not in the mapping' in said(one)


def test_signs_that_nobody_sees_make_no_other_name(tmp_path: Path) -> None:
    rows = [
        ["Donor\u00a0name", "Recipient\nname", "Amount\n(EUR)", "Amount\n(EUR)"],
        ["\u200bNorway\u00a0", "Поліці\u0438\u0306", "1\u00a0234,56", "x"],
        [" Norway", "\ufeffПоліц\u00adій\u200b", "12\u202f000,50", "y"],
        ["Norway", "Поліцій\u200f", "7,5", "z"],
    ]
    _, made = proposed(book(tmp_path, *rows))
    assert {one.label_en for one in made.actors} == {"Norway", "Поліцій"}
    assert [(relation.amount, relation.note) for relation in made.relations] == [
        ("1234.56", "x"),
        ("12000.50", "y"),
        ("7.5", "z"),
    ]


def test_blank_rows_and_columns_and_sheets_of_other_things(tmp_path: Path) -> None:
    def more(sheet: Any) -> None:
        sheet.parent.create_sheet("Read me").append(["Written by an office"])
        sheet.parent.create_chartsheet("Chart")

    rows: Cells = [
        [],
        [None, None, "Donor", None, "Recipient"],
        [],
        [None, None, "A", None, "B"],
        [],
        [None, None, "C", None, "D"],
    ]
    _, made = proposed(book(tmp_path, *rows, then=more))
    assert stated(made) == {("A", "funding", "B"), ("C", "funding", "D")}
    assert counts(made)["funding"] == (2, 2, 0)
    assert 'the sheet "Read me" is not in the mapping' in said(made)


def test_rows_of_a_sheet_in_no_order_are_all_read(tmp_path: Path) -> None:
    file = xlsx(tmp_path / "o.xlsx", {"S": [["Donor", "Recipient"], ["A", "B"], ["C", "D"], ["E", "F"]]})

    def turned(content: bytes) -> bytes:
        start, *rows = content.split(b"<row ")
        rows[-1], end = rows[-1].split(b"</sheetData>")
        order = (rows[0], rows[3], rows[1], rows[2])
        return start + b"".join(b"<row " + row for row in order) + b"</sheetData>" + end

    changed(file, "sheet1.xml", turned)
    _, made = proposed(file)
    assert stated(made) == {("A", "funding", "B"), ("C", "funding", "D"), ("E", "funding", "F")}


# Texts


TEXT = "Donor;Recipient;Purpose;Date\nNorwegen;Поліція;Büro;31.12.2019\nSchweden;Гвардія;Auto;01.02.2020\n"
READ: Stated = {("Norwegen", "funding", "Поліція"), ("Schweden", "funding", "Гвардія")}


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig").replace(b"\n", b"\r\n"),
        TEXT.encode().replace(b"\n", b"\r"),
        ("sep=;\n" + TEXT).encode(),
        ('"sep=|"\r\n' + TEXT.replace(";", "|")).encode("utf-8-sig"),
        ("sep=\t\n" + TEXT.replace(";", "\t")).encode("utf-16"),
        TEXT.replace(";", "|").encode(),
        TEXT.replace(";", "\t").encode("utf-16"),
        TEXT.replace(";", "\t").encode("utf-16-le"),
        TEXT.replace(";", ",").encode("utf-16-be"),
        TEXT.replace("ü", "u").encode("cp1251"),
        TEXT.replace("ü", "u").encode("koi8_u"),
        ("\n\nAid in 2019\n\n" + TEXT).encode(),
    ],
)
@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.txt"])
def test_any_encoding_delimiter_and_name(tmp_path: Path, content: bytes, name: str) -> None:
    _, made = proposed(written(tmp_path, name, content))
    assert stated(made) == READ
    assert [relation.start for relation in made.relations] == ["2019-12-31", "2020-02-01"]


def test_a_text_of_old_macs(tmp_path: Path) -> None:
    text = "Bailleur;Bénéficiaire;Montant EUR\rSuède;Forces armées réunies;1 234,56\rNorvège;Sûreté générale;12,50\r"
    _, made = proposed(written(tmp_path, "m.csv", text.encode("mac_roman")))
    assert stated(made) == {("Suède", "funding", "Forces armées réunies"), ("Norvège", "funding", "Sûreté générale")}


def test_a_workbook_under_the_name_of_a_text(tmp_path: Path) -> None:
    file = book(tmp_path, ["Donor", "Recipient"], ["A", "B"], name="b.xlsm").rename(tmp_path / "b.csv")
    assert stated(proposed(file)[1]) == {("A", "funding", "B")}


def test_a_quotation_mark_out_of_place_swallows_no_row(tmp_path: Path) -> None:
    rows = 'Donor,Recipient,Note\nA,"B,x\nC,D,y\nE,F "G" H,z\n"I" J,K,z\nL,M,"two\nlines ""q"""\n'
    _, made = proposed(written(tmp_path, "q.csv", rows))
    assert stated(made) == {
        ("C", "funding", "D"),
        ("E", "funding", 'F "G" H'),
        ("I J", "funding", "K"),
        ("L", "funding", "M"),
    }
    assert counts(made)["funding"] == (5, 4, 1)
    assert [finding.line for finding in made.findings if "quotation mark" in finding.message] == [2]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no table"),
        (b"\xef\xbb\xbf\n\n", "holds no table"),
        (b"Donor,Recipient\n", "holds no table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "no sound workbook"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") + bytes(99), "a workbook with a password"),
        (b"<html><body><p>Nothing</p></body></html>", "a web page without a table"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "a web page with all its parts in one file"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "in the XML of 2003",
        ),
        (b"%PDF-1.7\n1 0 obj", "a document and no table"),
        (b"PK\x03\x04\x14\x00" + bytes(40), "cut off or damaged"),
    ],
)
def test_what_is_no_table_is_told_by_what_it_is(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(InputError) as refused:
        propose(written(tmp_path, "x.xls", content), tmp_path)
    assert message in f"{refused.value.message} {refused.value.findings}"
    assert refused.value.remedy


def changed(file: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Change one part of a workbook, or all of them."""
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(content) if part in name else content)
    return file


def test_a_sheet_of_another_program_with_texts_in_its_cells_and_settings_that_are_broken(tmp_path: Path) -> None:
    cells = (
        '<x:row><x:c t="inlineStr"><x:is><x:t>Donor</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:r><x:t>Reci</x:t></x:r>'
        '<x:r><x:rPr><x:b/></x:rPr><x:t>pient</x:t></x:r></x:is></x:c></x:row><x:row><x:c t="str"><x:f>A9</x:f><x:v>Norway'
        '</x:v></x:c><x:c t="inlineStr"><x:is><x:t>Police</x:t></x:is></x:c></x:row>'
    )
    xml = f'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>{cells}</x:sheetData>'
    rest = '<x:pageSetup orientation="sideways" paperSize="x"/></x:worksheet>'
    file = changed(book(tmp_path, ["a"]), "sheet1.xml", lambda _: (xml + rest).encode())
    assert stated(proposed(file)[1]) == {("Norway", "funding", "Police")}


def test_a_strict_workbook_is_told_by_what_it_is(tmp_path: Path) -> None:
    spaces = ("schemas.openxmlformats.org/spreadsheetml/2006", "schemas.openxmlformats.org/officeDocument/2006")
    ours = ("purl.oclc.org/ooxml/spreadsheetml", "purl.oclc.org/ooxml/officeDocument")

    def strict(content: bytes) -> bytes:
        for one, other in zip(spaces, ours, strict=True):
            content = content.replace(one.encode(), other.encode())
        return content

    file = changed(book(tmp_path, ["Donor", "Recipient"], ["A", "B"]), "", strict)
    with pytest.raises(InputError) as refused:
        propose(file, tmp_path)
    assert "Strict Open XML" in refused.value.findings[0].message


def test_a_document_of_numbers_is_told_by_what_it_is(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "x.numbers", "w") as archive:
        archive.writestr("Index/Document.iwa", b"x")
    with pytest.raises(InputError) as refused:
        propose(tmp_path / "x.numbers", tmp_path)
    assert "a document of Numbers" in refused.value.findings[0].message
