"""Lines of a file, read whole and in pieces."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_build.readers import lines
from graph_build.readers.lines import Span, json_lines, json_lines_of, line_ends


def in_pieces(file: Path, size: int) -> list[lines.Line]:
    before = 0
    found: list[lines.Line] = []
    for start in range(0, max(file.stat().st_size, 1), size):
        span = Span(file, start, start + size, before)
        found += json_lines_of(span)
        before += line_ends(span)
    return found


@settings(max_examples=60, deadline=None)
@given(
    content=st.lists(st.sampled_from([b"", b" ", b"1", b'{"a": "b"}', b"\xff", b"{", b"\r"]), max_size=8).map(
        b"\n".join
    ),
    size=st.integers(1, 12),
)
def test_pieces_of_any_size_give_the_lines_of_the_whole(
    content: bytes, size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "lines.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + content)
    assert in_pieces(file, size) == list(json_lines(file))


MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-32-le": b"\xff\xfe\0\0", "utf-32-be": b"\0\0\xfe\xff"}


@pytest.mark.parametrize("encoding", MARKS)
def test_other_encodings_are_read_by_their_mark_whole_and_in_pieces(tmp_path: Path, encoding: str) -> None:
    text = '{"a": "\u010a\u0a00\u0420"}\r\n\n \n{\n[2]'  # letters with the byte of a line end
    plain, wide = tmp_path / "plain.jsonl", tmp_path / "wide.jsonl"
    plain.write_bytes(text.encode())
    wide.write_bytes(MARKS[encoding] + text.encode(encoding))
    whole = list(json_lines(wide))
    assert whole == list(json_lines(plain))
    assert [(line.number, bool(line.fault)) for line in whole] == [(1, False), (4, True), (5, False)]
    for size in (1, 2, 3, 7, 1000):
        assert in_pieces(wide, size) == whole


def test_a_broken_letter_of_utf_16_is_a_fault_of_its_line(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"\xff\xfe" + "1\n".encode("utf-16-le") + b'"\0\x00\xd8"\0\n\0' + "3\n".encode("utf-16-le") + b"4")
    assert [(line.number, line.value, line.fault) for line in json_lines(file)] == [
        (1, 1, ""),
        (2, None, "sign 2 of the line is not UTF-16"),
        (3, 3, ""),
        (4, None, "sign 1 of the line is not UTF-16"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_line_that_is_too_long_is_told_once_in_the_piece_where_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 16)
    file = tmp_path / "lines.jsonl"
    file.write_bytes(("1\n[" + "2," * 40 + "2]\n3\n").encode(encoding))
    whole = list(json_lines(file))
    assert [line.number for line in whole] == [1, 2, 3]
    assert "longer than" in whole[1].fault
    for size in (1, 7, 16, 50):
        assert in_pieces(file, size) == whole
