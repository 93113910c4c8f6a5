"""FollowTheMoney: the counts of the samples, every edge schema, deltas, and lines that are no entities."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_build.errors import InputError
from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import import_source
from graph_build.readers.ftm_lines import entities, entities_of
from graph_build.readers.maps import word_map
from graph_build.spark.sources import line_ends_of, numbered, plan
from graph_build.vocabulary import vocabulary
from tests.readers.conversion import DATA, adds_up, errors, same_quads

SAMPLES = DATA / "ftm-samples"
real = pytest.mark.skipif(not SAMPLES.exists(), reason="the folder of real files is not there")


def entity(name: str, schema: str, /, **properties: Any) -> dict[str, Any]:
    return {"id": name, "schema": schema, "properties": {key: [value] for key, value in properties.items()}}


def stream(tmp_path: Path, *lines: object, name: str = "stream.ftm.json") -> Dataset:
    file = tmp_path / name
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    made = import_source(file).dataset()
    adds_up(made)
    assert errors([made]) == []
    return made


def counts(made: Dataset) -> Mapping[str, tuple[int, int, int, int]]:
    assert made.report is not None
    return {what: (c.read, c.kept, c.joined, c.left_out) for what, c in made.report.counts.items()}


@real
def test_the_donations_are_all_there() -> None:
    made = import_source(SAMPLES / "donations.ijson").dataset()
    found = counts(made)
    assert sum(count[0] for count in found.values()) == 474
    assert found["Payment"] == (290, 290, 0, 0)
    assert found["Address"] == (89, 0, 0, 89)
    assert sum(found[schema][1] for schema in ("Company", "Person", "Organization")) == len(made.actors) == 95
    assert len(made.relations) == 290
    assert {(r.kind, r.currency, bool(r.amount), r.start == r.end != "") for r in made.relations} == {
        ("funding", "EUR", True, True)
    }
    assert errors([made]) == []


@real
def test_the_european_bodies_are_all_there() -> None:
    made = import_source(SAMPLES / "eu_authorities.ftm.json").dataset()
    assert counts(made) == {"PublicBody": (151, 151, 0, 0)}
    assert {actor.type for actor in made.actors} == {("public-institution",)}
    assert {actor.country for actor in made.actors} == {""}  # the Union is no country
    assert next(a for a in made.actors if a.label_en == "Article 29 Working Party").alt_labels == ("A29WP",)


@real
@pytest.mark.parametrize("name", ["donations.ijson", "eu_authorities.ftm.json"])
def test_a_real_stream_gives_the_same_quads_as_a_folder(name: str, tmp_path: Path) -> None:
    same_quads(SAMPLES / name, tmp_path / "folder")


@real
def test_the_map_has_the_ends_that_the_model_gives_its_edges() -> None:
    model = json.loads((SAMPLES / "ftm-default-model.json").read_text(encoding="utf-8"))["schemata"]
    for schema, edge in word_map("ftm")["edges"].items():
        if edge.get("newer"):
            continue
        ends = (model[schema]["edge"]["source"], model[schema]["edge"]["target"])
        assert ((edge["to"], edge["from"]) if edge.get("reverse") else (edge["from"], edge["to"])) == ends, schema
    assert word_map("ftm")["actors"].keys() | word_map("ftm")["things"].keys() <= model.keys()


def test_the_map_names_only_what_the_ontology_knows() -> None:
    words, known = word_map("ftm"), vocabulary()
    assert {*words["actors"].values(), *words["topics"].values()} <= known.actor_types.keys()
    assert set(words["things"].values()) <= known.thing_types.keys()
    kinds = {item["kind"] for table in ("edges", "links") for item in words[table].values()} | set(
        words["roles"].values()
    )
    assert kinds <= known.kinds.keys()


@pytest.mark.parametrize("schema", word_map("ftm")["edges"])
def test_each_edge_schema_joins_its_two_ends(tmp_path: Path, schema: str) -> None:
    edge = word_map("ftm")["edges"][schema]
    made = stream(
        tmp_path,
        entity(
            "e",
            schema,
            **{edge["from"]: "a", edge["to"]: "b"},
            role="head",
            startDate="2019-08",
            sourceUrl="https://example.org/e",
        ),
        entity("a", "LegalEntity", name="A"),
        entity("b", "LegalEntity", name="B"),
    )
    labels = {actor.id: actor.label_en for actor in made.actors}
    assert [(labels[r.actor], r.kind, labels[r.target], r.role, r.start, r.end) for r in made.relations] == [
        ("A", edge["kind"], "B", "head", "2019-08", "")
    ]
    assert {item.locator for item in made.evidence} == {"line 1", "the page"}
    assert {source.url for source in made.sources} == {"", "https://example.org/e"}


def test_nodes_keep_names_identifiers_and_their_only_country(tmp_path: Path) -> None:
    body = entity(
        "x",
        "PublicBody",
        alias="SBU",
        country="ua",
        leiCode="L1",
        wikidataId="Q1",
        topics="gov.security",
        incorporationDate="1991-09-20T00:00:00",
    )
    body["properties"]["name"] = ["Security Service", "Служба безпеки"]
    body |= {"caption": "Служба безпеки", "referents": ["x", "old-x"], "first_seen": "2020-01-01"}
    actor = stream(tmp_path, body, entity("y", "Company", name="Y", jurisdiction="eu")).actors[0]
    assert (actor.label_en, actor.alt_labels) == ("Служба безпеки", ("Security Service", "SBU"))
    assert (actor.type, actor.country, actor.founded) == (("security-agency",), "UA", "1991-09-20")
    assert (actor.exact_match, actor.identifiers) == (("Q1",), ("lei:L1", "referent:old-x"))


def test_what_is_said_of_a_body_is_kept_or_told(tmp_path: Path) -> None:
    body = entity("x", "Organization", name="X", wikipediaUrl="en.wikipedia.org/wiki/X")
    body["properties"] |= {
        "topics": ["sanction", "mil", "crime.terror"],
        "wikidataId": ["q123", "https://www.wikidata.org/wiki/Q123", "P31"],
    }
    made = stream(tmp_path, body)
    actor = made.actors[0]
    assert (actor.type, actor.exact_match) == (("armed-forces",), ("Q123",))
    assert actor.note == (
        "topics: sanction; topics: crime.terror; wikidataId: P31; wikipediaUrl: en.wikipedia.org/wiki/X"
    )
    assert [finding.message for finding in made.findings] == [
        'Organization: "P31" is no id of Wikidata, so it stands in the note',
        'Organization: "en.wikipedia.org/wiki/X" is no address of a page, so it stands in the note',
    ]


@pytest.mark.parametrize(
    ("money", "note", "amount"),
    [
        ({"currency": "UAH"}, "currency: UAH", ""),
        ({"currency": "UAH", "amountEur": "5"}, "currency: UAH", "5"),
        ({"amount": "100", "amountEur": "5"}, "amount: 100", "5"),
        ({"amountEur": "5"}, "", "5"),
    ],
)
def test_half_of_a_sum_stands_in_the_note(tmp_path: Path, money: dict[str, str], note: str, amount: str) -> None:
    nodes = [entity(name, "Company", name=name) for name in "ab"]
    made = stream(tmp_path, *nodes, entity("p", "Payment", payer="a", beneficiary="b", **money))
    assert [(relation.note, relation.amount) for relation in made.relations] == [(note, amount)]


def test_several_values_make_a_relation_for_each_pair(tmp_path: Path) -> None:
    edge = entity("o", "Ownership", asset="c", percentage="51")
    edge["properties"]["owner"] = ["a", "b"]
    made = stream(tmp_path, *(entity(name, "Company", name=name) for name in "abc"), edge)
    assert sorted((r.actor[-1], r.target[-1], r.scope) for r in made.relations) == [
        ("a", "c", "51 %"),
        ("b", "c", "51 %"),
    ]


def test_an_amount_without_currency_and_a_negative_one_are_only_told(tmp_path: Path) -> None:
    nodes = [entity(name, "Company", name=name) for name in "ab"]
    made = stream(
        tmp_path,
        *nodes,
        entity("1", "Payment", payer="a", beneficiary="b", amount="5"),
        entity("2", "Payment", payer="a", beneficiary="b", amount="-7", currency="EUR"),
    )
    assert [(r.amount, r.currency, r.note, r.start) for r in made.relations] == [
        ("", "", "amount: 5", ""),
        ("", "", "amount: -7 EUR", ""),
    ]


def test_fragments_of_one_entity_are_joined(tmp_path: Path) -> None:
    made = stream(
        tmp_path,
        entity("a", "Company", name="A"),
        entity("a", "Company", name="A", country="ua"),
        entity("a", "Company", name="A Ltd"),
    )
    assert counts(made) == {"Company": (3, 1, 2, 0)}
    assert [(a.label_en, a.alt_labels, a.country) for a in made.actors] == [("A", ("A Ltd",), "UA")]


def test_of_a_delta_the_last_word_counts(tmp_path: Path) -> None:
    def change(operation: str, item: object) -> dict[str, object]:
        return {"op": operation, "entity": item}

    made = stream(
        tmp_path,
        change("ADD", entity("a", "Person", name="Old")),
        change("ADD", entity("b", "Person", name="B")),
        change("MOD", entity("a", "Person", name="New")),
        change("DEL", {"id": "b", "schema": "Person"}),
        change("ADD", entity("e", "Associate", person="a", associate="b")),
        change("SPLIT", entity("c", "Person", name="C")),
        name="delta.json",
    )
    assert [actor.label_en for actor in made.actors] == ["New"]
    assert made.relations == ()
    assert counts(made) == {"Person": (5, 1, 2, 2), "Associate": (1, 0, 0, 1)}


def test_a_line_that_is_no_entity_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    made = stream(
        tmp_path, entity("a", "Person", name="A"), "{not json", "[1]", "[" * 100_000, '{"id": "x"}', '{"id": 1e9, "schema": "Person"}', entity("b", "Mystery"), entity("c", "Person")
    )  # fmt: skip
    assert [actor.label_en for actor in made.actors] == ["A"]
    assert sorted(f.line for f in made.findings if "left out" in f.message) == [2, 3, 4, 5, 6, 7, 8]


def test_a_link_with_the_role_of_a_kind_is_that_kind(tmp_path: Path) -> None:
    nodes = [entity(name, "PublicBody", name=name) for name in "ab"]
    made = stream(tmp_path, *nodes, entity("1", "UnknownLink", subject="a", object="b", role="oversight"), entity("2", "UnknownLink", subject="a", object="b", role="golf"))  # fmt: skip
    assert [(r.kind, r.phrase) for r in made.relations] == [("oversight", ""), ("other", "golf")]


NAME = st.sampled_from(
    ["a", "b", "A", "ж", "a|b", "x@uk", "\ud800", "\x00", "", "2015", "2015-02-30", "-5", "ua"]
) | st.text(max_size=8)
VALUE = st.lists(NAME, max_size=3) | NAME | st.none() | st.integers() | st.floats()
SCHEMA = st.sampled_from(
    [*word_map("ftm")["actors"], *word_map("ftm")["edges"], *word_map("ftm")["things"], "Address", "Nonsense"]
)
KEYS = [
    "name",
    "alias",
    "country",
    "owner",
    "asset",
    "payer",
    "beneficiary",
    "amount",
    "currency",
    "amountEur",
    "startDate",
    "endDate",
    "date",
    "role",
    "parent",
    "sourceUrl",
    "subject",
    "object",
    "topics",
    "wikidataId",
    "percentage",
    "organization",
    "holder",
    "post",
    "incorporationDate",
    "dissolutionDate",
]
ENTITY = st.fixed_dictionaries(
    {"id": NAME, "schema": SCHEMA, "properties": st.dictionaries(st.sampled_from(KEYS), VALUE, max_size=9)}
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        ENTITY | st.builds(lambda op, item: {"op": op, "entity": item}, st.sampled_from(["ADD", "MOD", "DEL"]), ENTITY),
        min_size=1,
        max_size=6,
    )
)
def test_any_stream_is_read_counted_and_converts_to_the_same(tmp_path: Path, lines: list[object]) -> None:
    file = tmp_path / "any.ftm.json"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    rmtree(tmp_path / "folder", ignore_errors=True)
    same_quads(file, tmp_path / "folder")


def test_entities_in_an_answer_of_aleph_are_read(tmp_path: Path) -> None:
    nodes = [entity("a", "Person", name="A"), entity("b", "Company", name="B"), "no entity"]
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({"status": "ok", "total": 3, "results": nodes}), encoding="utf-8")
    made = import_source(file)
    assert {actor.label_en for actor in made.dataset().actors} == {"A", "B"}
    assert made.report.counts["line"].left_out == 1


def test_entities_within_entities_are_read_as_entities(tmp_path: Path) -> None:
    post = entity("post", "Position", name="Minister")
    company = entity("co", "Company", name="Acme", jurisdiction="cy")
    person = entity("p", "Person", name="Ivan", topics="role.pep")
    person["properties"] |= {
        "positionOccupancies": [entity("occ", "Occupancy", holder="p", post=post, startDate="2020")],
        "ownershipOwner": [entity("own", "Ownership", owner="p", asset=company, percentage="51")],
        "addressEntity": [entity("home", "Address", full="Kyiv")],
        "strange": [{"a": 1}],
    }
    made = stream(tmp_path, person, entity("co", "Company", name="Acme"), name="targets.nested.json")
    assert counts(made) == {
        "Person": (1, 1, 0, 0), "Occupancy": (1, 1, 0, 0), "Position": (1, 1, 0, 0), "Ownership": (1, 1, 0, 0),
        "Company": (2, 1, 1, 0), "Address": (1, 0, 0, 1),
    }  # fmt: skip
    assert {(r.kind, r.start, r.scope) for r in made.relations} == {
        ("membership", "2020", ""),
        ("ownership", "", "51 %"),
    }
    told = {finding.field for finding in made.findings if "is not taken over" in finding.message}
    assert told == {"topics", "strange"}


def test_owners_authorities_and_suppliers_are_relations(tmp_path: Path) -> None:
    made = stream(
        tmp_path,
        entity("o", "PublicBody", name="Ministry"),
        entity("s", "Company", name="Acme"),
        entity("v", "Vessel", name="Ship", owner="o", operator="s"),
        entity("c", "Contract", title="Radars", authority="o"),
        entity("a", "ContractAward", supplier="s", contract="c", amount="5", currency="UAH"),
    )
    names = {actor.id: actor.label_en for actor in made.actors} | {thing.id: thing.label_en for thing in made.things}
    assert {(names[r.actor], r.phrase or r.kind, names[r.target], r.amount) for r in made.relations} == {
        ("Ministry", "ownership", "Ship", ""),
        ("Acme", "operates", "Ship", ""),
        ("Ministry", "is the authority of", "Radars", ""),
        ("Acme", "is awarded", "Radars", "5"),
    }


def test_an_entity_over_several_lines_is_read(tmp_path: Path) -> None:
    file = tmp_path / "entity.json"
    file.write_text(json.dumps(entity("a", "Company", name="Acme"), indent=2), encoding="utf-8")
    assert [actor.label_en for actor in import_source(file).dataset().actors] == ["Acme"]


def test_a_stream_in_utf_16_says_the_same(tmp_path: Path) -> None:
    lines = [entity(name, "Company", name=f"\u010a {name}") for name in "ab"]
    lines.append(entity("p", "Payment", payer="a", beneficiary="b"))
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    made = []
    for encoding in ("utf-8", "utf-16"):
        file = tmp_path / encoding / "stream.ftm.json"
        file.parent.mkdir()
        file.write_text(text, encoding=encoding)
        (planned,) = plan([file], 100)
        assert len(planned.spans) > 1
        whole = list(entities((file,)))
        assert [
            one for span in numbered(planned.spans, [*map(line_ends_of, planned.spans)]) for one in entities_of(span)
        ] == whole
        made.append(import_source(file).dataset())
        assert [actor.label_en for actor in made[-1].actors] == ["\u010a a", "\u010a b"]
        assert made[-1].findings == ()
    assert made[0].relations[0].actor == made[1].relations[0].actor


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x80\x81 noise \xff\n\xff", "byte 1 of the line is not UTF-8"),
        ('{"id": "a"}'.encode("utf-16-le"), "the line is not JSON"),
        (b"id;name\n1;A\n", "the line is not JSON"),
        (b"1\n[2]\n", "the line is no object"),
    ],
)
def test_a_file_without_any_object_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "noise.ftm.json"
    file.write_bytes(content)
    for read in (import_source, lambda path: plan([path], 100)):  # on one machine, and parted for a cluster
        with pytest.raises(InputError, match="none of its lines is an object") as caught:
            read(file)
        assert words in caught.value.findings[0].message
        assert "govgraph map" in caught.value.remedy


def test_entities_that_are_wrapped_up_on_one_line_are_no_stream(tmp_path: Path) -> None:
    file = tmp_path / "wrapped.ftm.json"
    file.write_text(json.dumps({"results": [entity("a", "Company", name="A")]}), encoding="utf-8")
    assert len(import_source(file).dataset().actors) == 1
    assert plan([file], 100)[0].spans == ()


@pytest.mark.parametrize(
    ("caption", "schema", "said", "label", "others"),
    [
        ("Best name", "Company", {"name": ["Other"]}, "Other", ("Best name",)),
        ("Other", "Company", {"name": ["First", "Other"]}, "Other", ("First",)),
        ("Seen", "PublicBody", {}, "Seen", ()),
        ("Smith", "Person", {"firstName": ["Ann"], "lastName": ["Smith"]}, "Ann Smith", ()),
        ("Dr Ann Smith", "Person", {"firstName": ["Ann"], "lastName": ["Smith"]}, "Ann Smith", ("Dr Ann Smith",)),
        ("SBU", "PublicBody", {"name": ["Service"], "alias": ["SBU"]}, "Service", ("SBU",)),
        ("a@b.org", "Company", {"name": ["Fund"], "email": ["a@b.org"]}, "Fund", ()),
        ("Public body", "PublicBody", {"name": ["Service"]}, "Service", ()),
        (["no text"], "Company", {"name": ["Fund"]}, "Fund", ()),
    ],
)
def test_a_caption_is_a_name_where_no_property_says_it(
    tmp_path: Path, caption: Any, schema: str, said: dict[str, Any], label: str, others: tuple[str, ...]
) -> None:
    body = entity("x", schema) | {"caption": caption, "properties": said}
    actor = stream(tmp_path, body).actors[0]
    assert (actor.label_en, actor.alt_labels) == (label, others)


def test_what_a_program_calls_the_schema_is_no_name(tmp_path: Path) -> None:
    made = stream(tmp_path, entity("x", "PublicBody") | {"caption": "Public body"})
    assert (made.actors, made.findings[0].message) == ((), "PublicBody: left out: it has no name")
