"""Tables for tests: written as text or as workbooks, with their mapping beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from tests.readers.conversion import adds_up, errors

Cells = Sequence[Sequence[object]]


def written(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def mapped(folder: Path, mapping: str, **files: str | bytes) -> Dataset:
    """Read a mapping over files (`people_csv` is people.csv), and hold it to what every import must keep."""
    for name, content in files.items():
        written(folder, name.replace("_", "."), content)
    made = import_source(written(folder, "set.toml", mapping)).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


def xlsx(file: Path, sheets: Mapping[str, Cells]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(file)
    return file


def ods(file: Path, sheets: Mapping[str, Cells]) -> Path:
    """Write an OpenDocument sheet as LibreOffice does: with empty rows and cells that are repeated to the end."""

    def cell(value: object) -> str:
        if isinstance(value, (int, float)):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value},00</text:p></table:table-cell>'
        text = f"<text:p>{escape(str(value))}</text:p>" if value not in ("", None) else ""
        return f"<table:table-cell>{text}</table:table-cell>"

    tail = '<table:table-cell table:number-columns-repeated="16380"/>'
    tables = "".join(
        f'<table:table table:name="{escape(name)}"><table:table-column/>'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}{tail}</table:table-row>" for row in rows)
        + f'<table:table-row table:number-rows-repeated="1048000">{tail}</table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {spaces}><office:body><office:spreadsheet>"
            f"{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return file
