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


def test_a_line_that_is_too_long_is_told_once_in_the_piece_where_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 16)
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"1\n" + b"[" + b"2," * 40 + b"2]\n3\n")
    whole = list(json_lines(file))
    assert [line.number for line in whole] == [1, 2, 3]
    assert "longer than" in whole[1].fault
    for size in (1, 7, 16, 50):
        assert in_pieces(file, size) == whole
