"""LittleSis entities and relationships, Oligrapher maps old and new, and what is left out."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.readers.conversion import same_quads
from tests.readers.drawn import counts, imported, messages, told, types, written


def entity(number: int, name: str, sort: str, **more: Any) -> dict[str, Any]:
    said = {"id": number, "name": name, "primary_ext": sort, "updated_at": "2024-01-01T00:00:00Z", **more}
    return {
        "type": "entities",
        "id": number,
        "attributes": said,
        "links": {"self": f"https://littlesis.org/entities/{number}"},
    }


def relationship(number: int, category: int, first: int, second: int, **more: Any) -> dict[str, Any]:
    said = {"id": number, "category_id": category, "entity1_id": first, "entity2_id": second, **more}
    return {"type": "relationships", "id": number, "attributes": said}


META = {
    "copyright": "LittleSis CC BY-SA 4.0",
    "license": "https://creativecommons.org/licenses/by-sa/4.0/",
    "apiVersion": "2.0",
}
ENTITIES = {
    "data": [
        entity(1, "Olha Test", "Person", types=["Person", "Lobbyist"], start_date="1960-01-02", blurb="a lobbyist"),
        entity(2, "Arms Ltd", "Org", types=["Organization", "Business"], start_date="1990-00-00", aliases=["Arms Ltd", "AL"], parent_id=3),
        entity(3, "Arms Group", "Org", types=["Organization"], website="https://arms.example.org"),
        entity(4, "Ministry", "Org", types=["Organization", "Government Body"]),
        {"type": "entities", "attributes": {"primary_ext": "Org"}},
    ],
    "meta": {**META, "currentPage": 1, "pageCount": 3},
}  # fmt: skip
RELATIONSHIPS = {
    "data": [
        relationship(10, 1, 1, 2, description1="Chair", start_date="2001-05-00", is_current=False, category_attributes={"is_board": True, "is_executive": None}),
        relationship(11, 5, 2, 4, amount=5000, currency="usd", end_date="2003-01-01"),
        relationship(12, 7, 1, 4, is_current=True),
        relationship(13, 4, 1, 9),
        relationship(14, 11, 2, 3),
        relationship(15, 99, 2, 4, category_name="Feud"),
        relationship(16, 2, 1, 4, description1="student", goods="books"),
    ],
    "meta": META,
}  # fmt: skip


def folder(tmp_path: Path, **files: object) -> Path:
    made = tmp_path / "power"
    made.mkdir()
    for name, content in files.items():
        (made / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return made


def test_entities_and_relationships_are_one_network(tmp_path: Path) -> None:
    made = imported(folder(tmp_path, entities=ENTITIES, relationships=RELATIONSHIPS))
    assert counts(made) == {"entity": (5, 4, 0, 1), "relationship": (7, 6, 0, 1)}
    assert types(made) == {
        "Olha Test": ("person",), "Arms Ltd": ("company",), "Arms Group": ("organisation",), "Ministry": ("public-institution",),
    }  # fmt: skip
    olha, arms, *_ = made.actors
    assert (olha.founded, olha.note, olha.identifiers) == ("", "a lobbyist; tags: Person, Lobbyist", ("littlesis:1",))
    assert (arms.founded, arms.alt_labels, arms.exact_match) == ("1990", ("AL",), ("https://littlesis.org/entities/2",))
    assert told(made) == {
        ("Arms Ltd", "composition", "Arms Group", ""),
        ("Olha Test", "direction", "Arms Ltd", "sits on the board of"),
        ("Arms Ltd", "funding", "Ministry", ""),
        ("Olha Test", "advocacy", "Ministry", "lobbies"),
        ("Arms Ltd", "other", "Ministry", "Feud"),
        ("Olha Test", "other", "Ministry", "studied at"),
    }
    board = next(r for r in made.relations if r.kind == "direction")
    assert (board.role, board.start, board.end, board.status) == ("Chair", "2001-05", "", "draft")
    gift = next(r for r in made.relations if r.kind == "funding")
    assert (gift.amount, gift.currency, gift.start, gift.end) == ("5000", "USD", "", "2003-01-01")
    assert next(r for r in made.relations if r.phrase == "studied at").note == "of the first: student; goods: books"
    assert sorted(r.status for r in made.relations if r.kind == "composition") == ["accepted", "draft"]
    assert made.licences == ("https://creativecommons.org/licenses/by-sa/4.0/",)
    for words in ("has 3 pages", "it is over and has no end date", '"99" is no category', "which is not in the file", "birth date", "it has no id"):  # fmt: skip
        assert words in messages(made)


def test_the_copyright_of_any_file_is_kept_and_what_else_is_said_of_a_list_is_told(tmp_path: Path) -> None:
    data: Any = ENTITIES["data"]
    first = {"data": data, "meta": {"license": META["license"], "notice": "Ask first"}}
    second = {"data": data[:1], "meta": {"copyright": META["copyright"]}}
    made = imported(folder(tmp_path, a=first, b=second))
    assert (made.title, made.description, made.licences) == (
        "LittleSis",
        "LittleSis CC BY-SA 4.0",
        ("https://creativecommons.org/licenses/by-sa/4.0/",),
    )
    assert '"/meta/notice" was not read' in messages(made)


def test_a_single_entity_and_a_bulk_list_say_the_same(tmp_path: Path) -> None:
    one = entity(2, "Arms Ltd", "Org", types=["Business"])
    single = written(tmp_path / "a.json", json.dumps({"data": one, "meta": META}))
    bulk = written(tmp_path / "a.json", json.dumps([one["attributes"]]))
    assert types(single) == types(bulk) == {"Arms Ltd": ("company",)}
    assert single.actors[0].id == bulk.actors[0].id


MAP: dict[str, Any] = {
    "id": 7,
    "graph_data": {
        "nodes": {
            "1": {"id": "1", "name": "Olha Test", "x": 1.5, "y": 2, "url": "//littlesis.org/person/1/Olha_Test", "edgeIds": ["10"]},
            "2": {"id": "2", "name": "Arms Ltd", "url": "https://littlesis.org/org/2/Arms", "description": "makes arms"},
            "x1": {"id": "x1", "name": "A friend", "url": "https://example.org/friend", "image": "https://example.org/a.png"},
            "bad": 5,
        },
        "edges": {
            "10": {"id": "10", "node1_id": "1", "node2_id": "2", "label": "owner", "arrow": "1->2", "url": "//littlesis.org/relationships/10"},
            "e2": {"id": "e2", "node1_id": "1", "node2_id": "x1", "label": "dines with", "arrow": None, "dash": True},
            "e3": {"id": "e3", "node1_id": "2", "node2_id": "x1", "label": "pays", "arrow": "2->1"},
            "e4": {"id": "e4", "node1_id": "2", "node2_id": "gone", "label": "pays", "arrow": "up"},
        },
        "captions": {"c": {"id": "c", "text": "How it began", "x": 1}},
    },
    "attributes": {"title": "The arms trade", "description": "A map", "annotations_data": [{"id": 1, "header": "First"}], "is_private": False},
}  # fmt: skip


def test_a_map_of_oligrapher_gives_nodes_and_edges(tmp_path: Path) -> None:
    made = written(tmp_path / "map.json", json.dumps(MAP))
    assert counts(made) == {"node": (4, 3, 0, 1), "edge": (4, 3, 0, 1), "caption": (1, 0, 0, 1)}
    assert types(made) == {"Olha Test": ("person",), "Arms Ltd": ("organisation",), "A friend": ("unclassified",)}
    assert told(made) == {
        ("Olha Test", "ownership", "Arms Ltd", "owner"),
        ("Olha Test", "other", "A friend", "dines with"),
        ("A friend", "other", "Arms Ltd", "pays"),
    }
    assert [(r.kind, r.status) for r in made.relations] == [
        ("ownership", "draft"),
        ("other", "accepted"),
        ("other", "accepted"),
    ]
    assert "https://littlesis.org/relationships/10" in {source.url for source in made.sources}
    assert (made.title, made.description) == ("The arms trade", "A map")
    for words in ('"up" is no arrow', "How it began", "annotations at", "which is not in the file", '"image" of node'):
        assert words in messages(made)


def test_an_older_map_has_its_fields_under_display(tmp_path: Path) -> None:
    content = {
        "title": "Old",
        "nodes": {"1": {"id": 1, "display": {"name": "A"}}, "2": {"id": 2, "display": {"name": "B"}}},
        "edges": {"3": {"id": 3, "node1_id": 1, "node2_id": 2, "display": {"label": "oversees", "arrow": True}}},
    }
    made = written(tmp_path / "old.json", json.dumps(content))
    assert told(made) == {("A", "oversight", "B", "")}


def test_a_map_and_entities_meet_by_the_number_of_littlesis(tmp_path: Path) -> None:
    made = imported(folder(tmp_path, entities=ENTITIES, map=MAP))
    assert sorted(actor.label_en for actor in made.actors) == [
        "A friend",
        "Arms Group",
        "Arms Ltd",
        "Ministry",
        "Olha Test",
    ]
    assert counts(made)["node"] == (4, 1, 2, 1)


@pytest.mark.parametrize("arrow", ["both", "2->1", "1->2", ""])
def test_arrows_say_who_acts(tmp_path: Path, arrow: str) -> None:
    nodes = {"1": {"id": "1", "name": "A"}, "2": {"id": "2", "name": "B"}}
    edges = {"3": {"id": "3", "node1_id": "1", "node2_id": "2", "label": "funds", "arrow": arrow}}
    made = written(tmp_path / "m.json", json.dumps({"graph_data": {"nodes": nodes, "edges": edges}}))
    forward, back = ("A", "funding", "B", ""), ("B", "funding", "A", "")
    wanted = {"both": {forward, back}, "2->1": {back}, "1->2": {forward}, "": {("A", "other", "B", "funds")}}
    assert told(made) == wanted[arrow]


WORD = st.text(max_size=6) | st.sampled_from(
    ["1", "2", "Person", "Org", "1->2", "oversees", "\ud800", "2001-00-00", "USD", "//littlesis.org/org/2/x"]
)
VALUE = st.recursive(st.none() | st.booleans() | st.integers(-3, 3) | WORD, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORD, inner, max_size=2), max_leaves=3)  # fmt: skip
FIELDS = ["id", "name", "primary_ext", "types", "aliases", "start_date", "end_date", "parent_id", "entity1_id", "entity2_id", "category_id", "amount", "currency",
          "is_current", "category_attributes", "description1", "attributes", "links", "node1_id", "node2_id", "label", "arrow", "url", "display"]  # fmt: skip
OBJECT = st.dictionaries(st.sampled_from(FIELDS), VALUE, max_size=8) | VALUE


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(OBJECT, max_size=4))
def test_any_answer_is_read_counted_and_converts_to_the_same(tmp_path: Path, items: list[object]) -> None:
    content = {"data": [entity(1, "A", "Org"), entity(2, "B", "Person"), *items], "meta": items}
    (tmp_path / "any.json").write_text(json.dumps(content), encoding="utf-8")
    rmtree(tmp_path / "folder", ignore_errors=True)
    same_quads(tmp_path / "any.json", tmp_path / "folder")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(WORD, OBJECT, max_size=3), st.dictionaries(WORD, OBJECT, max_size=3), VALUE)
def test_any_map_is_read_counted_and_converts_to_the_same(
    tmp_path: Path, nodes: dict[str, object], edges: dict[str, object], rest: object
) -> None:
    first: dict[str, object] = {"1": {"id": "1", "name": "A"}, "2": {"id": "2", "name": "B"}}
    content = {"graph_data": {"nodes": first | nodes, "edges": edges, "captions": rest}, "attributes": rest}
    (tmp_path / "any.json").write_text(json.dumps(content), encoding="utf-8")
    rmtree(tmp_path / "folder", ignore_errors=True)
    same_quads(tmp_path / "any.json", tmp_path / "folder")


GRAPH = {
    "nodes": {"1": {"id": "1", "name": "A"}, "2": {"id": "2", "display": {"name": "B"}}},
    "edges": {"5": {"id": "5", "node1_id": "1", "node2_id": "2", "label": "funds", "arrow": "1->2"}},
}


@pytest.mark.parametrize(
    "content",
    [
        {"id": 10, "title": "Map", "graph_data": json.dumps(GRAPH), "annotations_data": "[]"},
        {"data": {"type": "maps", "attributes": {"title": "Map", "graph_data": GRAPH}}},
        {"data": {"attributes": {"graph_data": json.dumps(GRAPH)}}},
    ],
)
def test_a_map_of_the_interface_is_read_however_deep_its_graph(tmp_path: Path, content: object) -> None:
    made = written(tmp_path / "map.json", json.dumps(content))
    assert told(made) == {("A", "funding", "B", "")}


def test_a_graph_that_is_no_json_is_told(tmp_path: Path) -> None:
    made = written(tmp_path / "map.oligrapher.json", json.dumps({"graph_data": '{"nodes": {'}))
    assert "could not be read" in messages(made)


def test_pages_that_are_all_there_are_not_missed(tmp_path: Path) -> None:
    def page(number: int) -> str:
        entity = {"id": number, "name": f"E{number}", "primary_ext": "Org"}
        meta = {"currentPage": number, "pageCount": 2}
        return json.dumps({"data": [{"type": "entities", "id": number, "attributes": entity}], "meta": meta})

    one = written(tmp_path / "page1.json", page(1))
    assert "the list has 2 pages" in messages(one)
    written(tmp_path / "page2.json", page(2))
    assert "pages" not in messages(imported(tmp_path))


def test_an_entity_of_no_known_sort_is_told(tmp_path: Path) -> None:
    made = written(tmp_path / "x.littlesis.json", json.dumps({"data": [entity(1, "A", "Robot")]}))
    assert types(made) == {"A": ("unclassified",)}
    assert '"Robot" is neither a person nor an organisation' in messages(made)
