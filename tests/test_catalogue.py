from pathlib import Path

import pytest

from graph_build.catalogue import Catalogue, Column, Param, catalogue, parse_query, slots
from graph_build.errors import QueryError

HEADER = """\
# /// query
# title = "A title"
# question = "A question?"
# tags = ["one"]
#
# [params]
# lang = "language"
# kind = { type = "kind", help = "Which.", required = true }
#
# [columns]
# a = "iri"
# b = "string*"
# c = "xsd:date?"
#
# [example]
# kind = "oversight"
# rows_at_least = 3
# dataset = "mini"
# ///
SELECT ?a ?b ?c WHERE {
  VALUES ?lang { UNDEF }
  VALUES ?kind { UNDEF }
}
"""


def test_a_header_says_what_may_be_asked_and_what_a_row_gives() -> None:
    query = parse_query("name", HEADER, "theme")
    assert (query.name, query.theme, query.title, query.tags) == ("name", "theme", "A title", ("one",))
    assert query.params["kind"] == Param("kind", "kind", "Which.", True)
    assert query.params["lang"] == Param("lang", "language")
    assert query.columns["b"] == Column("b", "string", optional=True, several=True)
    assert query.columns["c"] == Column("c", "xsd:date", optional=True)
    assert (query.example.values, query.example.rows_at_least, query.example.dataset) == (
        {"kind": "oversight"},
        3,
        "mini",
    )
    assert slots(query.text) == {"lang", "kind"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# /// query\n", "", "does not begin with a header"),
        ("# ///\n", "", "does not begin with a header"),
        ('"A title"', '"A title', "is not TOML"),
        ('# title = "A title"\n', "", "has no title"),
        ('"language"', '"tongue"', "parameter lang has no known type"),
        ('"string\\*"', '"text"', "column b has no known type"),
    ],
)
def test_a_broken_header_is_named(old: str, new: str, message: str) -> None:
    broken = HEADER.replace(old.replace("\\", ""), new)
    assert broken != HEADER
    with pytest.raises(QueryError, match=message):
        parse_query("name", broken)


def test_a_file_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    for name, text in {"good.rq": HEADER, "bad.rq": "SELECT ?a { ?a ?b ?c }", "notes.txt": ""}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = Catalogue(tmp_path)
    assert [*found] == ["bad", "good"]
    assert (found["good"].title, found["good"].theme) == ("A title", tmp_path.name)
    with pytest.raises(QueryError, match=r"bad\.rq does not begin with a header"):
        found["bad"]
    assert "none" not in found


def test_a_slot_is_a_whole_line() -> None:
    assert slots("VALUES ?a { UNDEF } ?x ?y ?z") == set()
    assert slots("    VALUES ?a { UNDEF }\nx") == {"a"}


def test_the_catalogue_cannot_be_changed_by_a_caller() -> None:
    with pytest.raises(TypeError):
        catalogue()["new"] = parse_query("new", HEADER)  # type: ignore[index]
