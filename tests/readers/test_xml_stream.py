"""XML as publishers write it: blanks before the declaration, and the lines that are then named."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_build.errors import InputError
from graph_build.readers.xml_stream import xml_pieces


def test_blanks_before_the_declaration_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "blank.xml"
    file.write_text('\n \n<?xml version="1.0"?>\n<a>\n<b/>\n</a>', encoding="utf-8")
    assert [piece.line for piece in xml_pieces(file, {"b"})] == [5]
    file.write_text('\n\n<?xml version="1.0"?>\n<a>\n<b></a>', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(xml_pieces(file, {"b"}))
    assert caught.value.findings[0].line == 5
