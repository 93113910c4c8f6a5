"""Entities of Wikidata in JSON, in the forms in which its pages, its API and its dumps give them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_build.readers.dataset import Dataset
from graph_build.readers.formats import recognise
from tests.readers.conversion import same_quads
from tests.readers.drawn import counts, imported, messages, told, types
from tests.readers.samples import claim, item, snak

RADA, SBU, HEAD = "Q101", "Q102", "Q103"
REFERENCES = [
    {"hash": "1", "snaks": {"P248": [snak("P248", "Q900")], "P304": [snak("P304", "12")], "P143": [snak("P143", "Q52")]}},
    {
        "hash": "2",
        "snaks": {
            "P854": [snak("P854", "https://example.org/law"), snak("P854", "javascript:alert(1)")],
            "P1476": [snak("P1476", {"text": "Про СБУ", "language": "uk"})],
            "P577": [snak("P577", ("+1992-03-25T00:00:00Z", 11))],
            "P813": [snak("P813", ("+2024-05-06T00:00:00Z", 11))],
        },
    },
]  # fmt: skip
SINCE = {
    "P580": [snak("P580", ("+1992-03-00T00:00:00Z", 10))],
    "P582": [snak("P582", ("+2020-02-29T00:00:00Z", 11))],
    "P1107": [snak("P1107", "1")],
}
SERVICE = item(
    SBU,
    "Security Service",
    claim("P31", "Q47913"),
    claim("P31", "Q777"),
    claim("P17", "Q212"),
    claim("P17", "Q15180", qualifiers={"P582": [snak("P582", ("+1991-08-24T00:00:00Z", 11))]}),
    claim("P571", ("+1918-01-26T00:00:00Z", 11, "Q1985786"), "preferred"),
    claim("P571", ("+1992-00-00T00:00:00Z", 9)),
    claim("P571", ("+1880-00-00T00:00:00Z", 9), "deprecated"),
    claim("P1813", {"text": "СБУ", "language": "uk"}),
    claim("P1278", "5299001234"),
    claim("P227", "7"),
    claim("P856", "https://example.org/sbu"),
    claim("P361", RADA, references=REFERENCES, qualifiers=SINCE),
    claim("P749", "Q555", "preferred"),
    claim("P749", "Q556", "deprecated"),
    claim("P361", None),
    claim("P1037", HEAD),
    labels={
        "en": {"language": "en", "value": "Security Service"},
        "uk": {"language": "uk", "value": "Служба безпеки"},
        "fr": {"language": "fr", "value": "Service"},
    },
    aliases={"en": [{"language": "en", "value": "SBU"}], "fr": [{"language": "fr", "value": "SBU"}]},
    descriptions={"en": {"language": "en", "value": "an agency"}},
    sitelinks={"enwiki": {"site": "enwiki", "title": "SBU", "badges": []}},
)
PARLIAMENT = item(RADA, "Parliament", claim("P31", "Q35749"))
ANNA = item(HEAD, "Anna", claim("P31", "Q5"), labels={"fr": {"language": "fr", "value": "Anne"}})
WHOLE = {"entities": {SBU: SERVICE, RADA: PARLIAMENT, HEAD: ANNA}}


def read(tmp_path: Path, value: Any, name: str = "sbu.json") -> Dataset:
    return imported(_written(tmp_path, value, name))


def _written(tmp_path: Path, value: Any, name: str = "sbu.json") -> Path:
    file = tmp_path / name
    file.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), encoding="utf-8")
    form = recognise(file)
    assert form is not None
    assert form.name == "wikidata_entities"
    return file


def test_statements_become_drafts_with_times_and_ranks(tmp_path: Path) -> None:
    made = read(tmp_path, WHOLE)
    assert told(made) == {
        ("Security Service", "composition", "Parliament", ""),
        ("Security Service", "composition", "Q555", ""),
        ("Anne", "membership", "Security Service", "directs or manages"),
    }
    part = next(one for one in made.relations if one.start)
    assert (part.start, part.end, part.function) == ("1992-03", "2020-02-29", ("part",))
    assert {(one.status, one.verified, one.modality) for one in made.relations} == {("draft", "secondary", "actual")}
    assert [one.note for one in made.relations] == ["", "rank: preferred", ""]
    assert counts(made) == {
        "item": (3, 3, 0, 0),
        "item of statements only": (1, 1, 0, 0),
        "P361": (2, 1, 0, 1),
        "P749": (2, 1, 0, 1),
        "P1037": (1, 1, 0, 0),
    }


def test_references_are_sources(tmp_path: Path) -> None:
    made = read(tmp_path, WHOLE)
    part = next(one for one in made.relations if one.start)
    pages = {one.id: one for one in made.sources}
    said = {(pages[e.source].url, e.locator, pages[e.source].title) for e in made.evidence if e.relation == part.id}
    statement = f"http://www.wikidata.org/entity/statement/{SERVICE['claims']['P361'][0]['id'].replace('$', '-')}"
    work = "http://www.wikidata.org/entity/Q900"
    assert said - {("", statement, "sbu.json")} == {
        (statement, "the page", statement),
        (work, "p. 12", work),
        ("https://example.org/law", "the page, as retrieved on 2024-05-06", "Про СБУ"),
    }
    assert next(one for one in made.sources if one.title == "Про СБУ").issued == "1992-03-25"


def test_items_have_names_classes_country_and_days(tmp_path: Path) -> None:
    made = read(tmp_path, WHOLE)
    assert types(made) == {
        "Security Service": ("intelligence-service",),
        "Parliament": ("parliament",),
        "Anne": ("person",),
        "Q555": ("unclassified",),
    }
    body = made.actors[0]
    assert (body.label_uk, body.country, body.founded) == ("Служба безпеки", "UA", "1918-02-08")
    assert (body.exact_match, body.alt_labels, body.identifiers) == (
        ("Q102",),
        ("SBU@en", "СБУ@uk"),
        ("lei:5299001234",),
    )
    assert body.note == "instance of: Q777; website: https://example.org/sbu"


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    said = messages(read(tmp_path, WHOLE))
    for words in (
        "P749: left out: Wikidata marks it as deprecated",
        "P361: left out: the value is not known",
        "P571: item: a value is left out: Wikidata marks it as deprecated",
        '"Q555" is named in statements only',
        'the class "Q777" is no type of actor here',
        'is called by that in "fr"',
        '"javascript:alert(1)"',
        'the qualifier "P1107": 1 not taken over',
        'the part of a reference "P143": 1 not taken over',
        'the field "sitelinks": 1 not taken over',
        'the property "P227": 1 not taken over',
        "labels in languages other than English and Ukrainian: 1 not",
        "other names in other languages: 1 not",
        "descriptions: 1 not taken over",
    ):
        assert words in said, words


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("form", ["array", "lines", "lines of a dump", "answer", "by itself"])
def test_pages_answers_arrays_lines_and_single_entities_say_the_same(
    tmp_path: Path, form: str, indent: int | None
) -> None:
    forms = {
        "array": json.dumps([SERVICE, PARLIAMENT, ANNA], indent=indent),
        "lines": "\n".join(map(json.dumps, (SERVICE, PARLIAMENT, ANNA))),
        "lines of a dump": "".join(f"{json.dumps(one)},\n" for one in (SERVICE, PARLIAMENT, ANNA)),
        "answer": json.dumps({"success": 1, **WHOLE}, indent=indent),
        "by itself": json.dumps(SERVICE, indent=indent),
    }
    made = read(tmp_path, forms[form])
    wanted = read(tmp_path, {"entities": {SBU: SERVICE}} if form == "by itself" else WHOLE)
    assert {actor.id: actor.label_en for actor in made.actors} == {a.id: a.label_en for a in wanted.actors}
    assert [one.id for one in made.relations] == [one.id for one in wanted.relations]


def test_an_item_of_many_languages_is_recognised_before_its_statements_come(tmp_path: Path) -> None:
    labels = {f"x{n:04}": {"language": f"x{n:04}", "value": "Служба " * 5} for n in range(2_000)}
    for value in ({"entities": {SBU: {**SERVICE, "labels": labels}}}, {**SERVICE, "labels": labels}):
        assert len(read(tmp_path, value).relations) == 3


def test_a_file_and_the_folder_it_converts_into_say_the_same(tmp_path: Path) -> None:
    same_quads(_written(tmp_path, WHOLE), tmp_path / "folder")


def test_what_is_missing_or_no_item_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    others = {"Q9": {"id": "Q9", "missing": ""}, "P17": {"type": "property", "id": "P17", "labels": []}, "Q7": 5}
    made = read(tmp_path, {"entities": {**others, RADA: PARLIAMENT}, "warnings": {"a": 1}})
    assert counts(made) == {"entity": (4, 0, 0, 4), "item": (1, 1, 0, 0)}
    for words in ('Wikidata has no "Q9"', '"P17" is no item', "it is no object", '"warnings" is no entity'):
        assert words in messages(made)


def test_a_country_that_is_not_known_and_several_are_told(tmp_path: Path) -> None:
    old = item("Q1", "Old", claim("P17", "Q15180"), claim("P571", ("+1900-00-00T00:00:00Z", 7)))
    both = item("Q2", "Both", claim("P17", "Q212"), claim("P17", "Q36"), claim("P571", ("-0044-03-15T00:00:00Z", 11)))
    made = read(tmp_path, [old, both])
    assert [(one.country, one.founded, one.note) for one in made.actors] == [
        ("", "", "country: Q15180"),
        ("", "", "country: Q212, Q36"),
    ]
    for words in ("without an ISO code", "of several countries", "less exactly", "before our era"):
        assert words in messages(made)


def test_one_item_twice_is_one_and_told(tmp_path: Path) -> None:
    made = read(tmp_path, "\n".join(map(json.dumps, (PARLIAMENT, PARLIAMENT))))
    assert counts(made) == {"item": (2, 1, 1, 0)}


def test_a_line_that_cannot_be_read_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    lines = [json.dumps(PARLIAMENT), json.dumps(ANNA)[:-1], json.dumps(SERVICE)]
    for order in (lines, lines[1:]):
        made = read(tmp_path, "\n".join(order))
        assert counts(made)["entity"] == (1, 0, 0, 1)
        assert "not JSON" in messages(made)


ODD: tuple[Any, ...] = (None, [], {}, 5, "x", [[]], [{}], {"a": 5}, {"id": [], "time": {}, "text": 5}, True)


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_values_of_any_sort_in_any_place_are_read_or_told(tmp_path: Path, value: Any) -> None:
    body = json.loads(json.dumps(SERVICE))
    variants: list[Any] = []
    for place in _places(body):
        holder = changed = json.loads(json.dumps(body))
        for part in place[:-1]:
            holder = holder[part]
        holder[place[-1]] = value
        variants.append(changed)
    made = read(tmp_path, {"entities": {SBU: body, **{f"Q{n}": one for n, one in enumerate(variants, 1000)}}})
    assert sum(read for read, *_ in counts(made).values()) > len(variants)


def _places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for name, one in inner for place in ((*above, name), *_places(one, (*above, name)))]
