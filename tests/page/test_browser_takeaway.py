"""What a reader takes away: addresses that last, citations, questions, files of what is shown, a link to the very view, and paper."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qsl

import networkx as nx
import pytest
from playwright.sync_api import Page, expect
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graph_build.builder import bundled
from graph_build.page import explorer
from graph_build.page.words import words
from graph_build.readers import read
from graph_build.store import EmbeddedStore, Store
from graph_build.vocabulary import local_name, term
from tests.page.conftest import MINI, Open, written
from tests.page.test_browser import relations_shown


def copied(page: Page, name: str, said: str = "Copied") -> str:
    page.click(f"#panel [data-copy={name}]")
    expect(page.locator("#spoken")).to_have_text(said)
    return str(page.evaluate("navigator.clipboard.readText()"))


def taken(page: Page, name: str) -> bytes:
    page.click(".download summary")
    with page.expect_download() as waiting:
        page.click(f"[data-download={name}]")
    return Path(waiting.value.path()).read_bytes()


def test_a_relation_gives_its_iri_its_citation_and_the_question_that_finds_it(
    open_page: Open, mini_page: Path, mini: Store
) -> None:
    page = open_page(mini_page, "#relation=m-09", permissions=["clipboard-read", "clipboard-write"]).ready()
    iri = term("rel:m-09").value
    address = copied(page, "iri")
    assert address.startswith(f"{iri} (")
    assert "version " in address
    cited = copied(page, "cite")
    assert "Law No. 12 on the Intelligence Service, art. 6" in cited
    assert "https://www.example.org/law/12" in cited
    assert address in cited
    rows = mini.select(copied(page, "sparql"))
    place = rows.variables.index("relation")
    assert {row[place] for row in rows.rows} == {term("rel:m-09")}


def found_by(store: Store, text: str) -> set[str]:
    """The ids of the relations that a question finds."""
    rows = store.select(text)
    place = rows.variables.index("relation")
    return {local_name(found.value) for row in rows.rows if isinstance(found := row[place], NamedNode)}


def listed(page: Page, place: str) -> set[str]:
    """The ids of the relations in a list of the panel: each is opened there, and the address names it."""
    address, found = str(page.evaluate("location.hash")), set()
    for at in range(page.locator(f"#panel {place} .more").count()):
        page.evaluate(f"document.querySelectorAll('#panel {place} .more')[{at}].click()")
        found.add(dict(parse_qsl(str(page.evaluate("location.hash.slice(1)"))))["relation"])
        page.evaluate(f"location.hash = {address!r}")
        expect(page.locator("#panel .tools")).to_be_visible()
    return found


@pytest.mark.parametrize(
    ("actor", "day"),
    [("xx-intelligence", "2019-03-02"), ("xx-intelligence", "2026-01-01"), ("xx-committee-security", "2026-01-01")],
)
def test_the_question_of_an_actor_finds_what_the_panel_lists_for_the_day(
    open_page: Open, mini_page: Path, mini: Store, actor: str, day: str
) -> None:
    page = open_page(
        mini_page, f"#node={actor}&asof={day}&lang=uk", permissions=["clipboard-read", "clipboard-write"]
    ).ready()
    page.click("[data-lang=en]")
    iri = term(f"id:{actor}").value
    assert copied(page, "iri").startswith(iri)
    assert iri in copied(page, "cite")
    asked = copied(page, "sparql")
    assert found_by(mini, asked) == listed(page, "section")
    page.click("[data-lang=uk]")
    assert "Служба розвідки" in str([*mini.select(copied(page, "sparql", "Скопійовано")).rows])


def test_the_question_of_an_actor_over_a_range_of_days_is_of_every_day(
    open_page: Open, mini_page: Path, mini: Store
) -> None:
    fragment = "#node=xx-intelligence&from=2000-01-01&asof=2026-01-01"
    page = open_page(mini_page, fragment, permissions=["clipboard-read", "clipboard-write"]).ready()
    found = found_by(mini, copied(page, "sparql"))
    assert found >= listed(page, "section")
    assert found == listed(page, "section") | listed(page, ".past")


def test_where_the_clipboard_is_forbidden_the_text_can_be_copied_by_hand(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#relation=m-09").ready()
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject(new Error())}})"
    )
    page.click("#panel [data-copy=iri]")
    field = page.locator("#panel textarea.copied")
    expect(field).to_be_focused()
    assert field.input_value().startswith(term("rel:m-09").value)
    page.click("#panel [data-copy=cite]")
    expect(field).to_have_count(1)


def test_the_panel_says_when_it_was_checked_and_how_to_correct_it(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#relation=m-09").ready()
    expect(page.locator("#panel dl")).to_contain_text("dataset checked 20")
    expect(page.locator("#panel .correct")).to_contain_text("m-09")
    expect(page.locator("#panel .cite").first).to_contain_text("retrieved 20")


def test_remarks_and_phrases_are_marked_as_english_on_a_ukrainian_page(open_page: Open, norms_page: Path) -> None:
    ukraine = read(next(folder for folder in bundled() if folder.name == "ukraine"))
    told = next(each.id for each in ukraine.relations if each.note and each.scope and each.phrase and not each.end)
    page = open_page(norms_page, f"#lang=uk&relation={told}").ready()
    assert page.locator("#panel [lang=en]").count() >= 3
    bare = page.evaluate(
        """() => [...document.querySelectorAll('#panel dd, #panel .sentence')].flatMap((each) => [...each.childNodes])
          .filter((each) => each.nodeType === 3 && (each.textContent.match(/[a-z]{3,}/g) ?? []).length > 3).map((each) => each.textContent)"""
    )
    assert bare == []


def test_gexf_holds_what_is_shown(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#kind=").ready()
    graph = nx.read_gexf(io.BytesIO(taken(page, "gexf")), version="1.3")
    edges = [data for _, _, data in graph.edges(data=True)]
    assert len({edge["relation"] for edge in edges}) == relations_shown(page)
    assert graph.nodes["xx-intelligence"]["label"] == "Examplian Intelligence Service"
    assert {"r", "g", "b"} <= set(graph.nodes["xx-intelligence"]["viz"]["color"])


def test_turtle_holds_what_is_shown_in_the_words_of_the_ontology(open_page: Open, mini_page: Path, mini: Store) -> None:
    page = open_page(mini_page, "#kind=").ready()
    triples = list(parse(taken(page, "turtle"), format=RdfFormat.TURTLE))
    relations = {each.subject for each in triples if each.predicate == term("gov:actor")}
    assert len(relations) == relations_shown(page)
    known = {(quad.subject, quad.predicate, quad.object) for quad in mini.quads()}
    skipped = {term("prov:hadPrimarySource")}  # places have no names here
    said = {(each.subject, each.predicate, each.object) for each in triples if each.subject in relations}
    assert {each for each in said if each[1] not in skipped} <= known
    assert {each[1] for each in said} > skipped
    loaded = EmbeddedStore.memory()
    loaded.extend(Quad(each.subject, each.predicate, each.object, term("dataset:taken")) for each in triples)
    assert loaded.ask(
        f"ASK {{ ?relation <{term('prov:hadPrimarySource').value}> / <{term('oa:hasSource').value}> ?source }}"
    )


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_csv_of_the_table_holds_the_rows_that_it_shows_in_their_order(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#view=table&kind=&find=police&sort=-kind").ready()
    rows = "all => all.map((each) => each.dataset.relation)"
    seen = page.eval_on_selector_all("#table tbody tr", rows)
    assert 0 < len(seen) < relations_shown(page)
    assert [row["id"] for row in rows_of(taken(page, "csv"))] == seen
    page.click("#tab-network")
    assert len(rows_of(taken(page, "csv"))) == relations_shown(page)


def relations_in(name: str, content: bytes) -> set[str]:
    """The ids of the relations in a file of a given form."""
    if name == "csv":
        return {row["id"] for row in rows_of(content)}
    if name == "json":
        return {str(each["id"]) for each in json.loads(content)["relations"]}
    if name == "gexf":
        graph = nx.read_gexf(io.BytesIO(content), version="1.3")
        return {str(edge["relation"]) for _, _, edge in graph.edges(data=True)}
    triples = parse(content, format=RdfFormat.TURTLE)
    return {local_name(str(each.subject.value)) for each in triples if each.predicate == term("gov:actor")}


def test_every_file_of_the_table_holds_the_rows_that_its_filter_leaves(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#view=table&kind=&find=police").ready()
    seen = set(page.eval_on_selector_all("#table tbody tr", "all => all.map((each) => each.dataset.relation)"))
    assert 0 < len(seen) < relations_shown(page)
    files = {name: taken(page, name) for name in ("csv", "json", "gexf", "turtle")}
    assert {name: relations_in(name, content) for name, content in files.items()} == dict.fromkeys(files, seen)
    told = json.loads(files["json"])
    ends = {end for each in told["relations"] for end in [each["actor"], *each["targets"]]}
    assert {actor["id"] for actor in told["actors"]} == ends


def test_the_csv_says_of_a_relation_all_that_the_page_knows(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#from=2000-01-01&kind=&drafts=1&things=1&unspecified=1").ready()
    rows = {row["id"]: row for row in rows_of(taken(page, "csv"))}
    page.evaluate("location.hash = '#scope=international&from=2000-01-01&kind=&drafts=1&things=1&unspecified=1'")
    rows |= {row["id"]: row for row in rows_of(taken(page, "csv"))}
    given = {row["id"]: row | {"dataset": "mini"} for row in rows_of((MINI / "relations.csv").read_bytes())}
    given["m-15"]["amount"] = given["m-15"]["amount"].rstrip("0")  # a number in its shortest form
    for name in ("layer", "principle", "role", "amount", "currency", "note", "dataset"):
        told = {key: sorted(row[name].split("|")) for key, row in rows.items()}
        assert told == {key: sorted(given[key][name].split("|")) for key in rows}, name
        assert any(any(each) for each in told.values()), name
    assert [rows[key]["status"] for key in ("m-09", "m-18")] == ["accepted", "draft"]


def test_the_json_tells_of_every_source_and_provision_that_it_names(open_page: Open, norms_page: Path) -> None:
    content = json.loads(taken(open_page(norms_page, "#scope=UA").ready(), "json"))
    known = {source["id"] for source in content["sources"]}
    bases = {name for relation in content["relations"] for name in relation.get("basis", ())}
    places = {place["source"] for relation in content["relations"] for place in relation.get("evidence", ())}
    acts = {source["part_of"] for source in content["sources"] if "part_of" in source}
    assert len(bases) > 50
    assert acts
    assert (bases | places | acts) - known == set()
    assert all(source.get("title") for source in content["sources"])


@pytest.mark.parametrize(("lang", "said"), [("en", "in files"), ("uk", "у файлах")])
def test_the_words_for_firmness_name_the_terms_that_files_have(
    open_page: Open, norms_page: Path, lang: str, said: str
) -> None:
    page = open_page(norms_page, f"#scope=UA&lang={lang}&kind=").ready()
    how = page.inner_text("#panel .how")
    known = {row["id"]: row["modality"] for row in rows_of(taken(page, "csv"))}
    assert {f"({said}: {name})" for name in known.values()} == set(re.findall(rf"\({said}: \w+\)", how))
    box = page.locator("label:has([data-facet=modality][data-value=normative]) .name")
    assert str(box.get_attribute("title")).endswith(f"({said}: normative)")
    relation = next(key for key, name in known.items() if name == "normative")
    page.evaluate(f"location.hash = '#relation={relation}&lang={lang}'")
    expect(page.locator("#panel .badge.normative").first).to_have_attribute(
        "title", re.compile(rf"\({said}: normative\)$")
    )


OFFERED = {
    "network": ["png", "svg", "csv", "json", "gexf", "turtle", "link"],
    "matrix": ["csv", "json", "gexf", "turtle", "link"],
    "gaps": ["csv", "link"],
    "table": ["csv", "json", "gexf", "turtle", "link"],
    "compare": ["csv", "link"],
}


def test_only_files_of_what_is_looked_at_are_offered(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page).ready()
    visible = "all => all.filter((each) => each.checkVisibility()).map((each) => each.dataset.download)"
    page.click(".download summary")
    offered = {}
    for view in OFFERED:
        page.click(f"#tab-{view}")
        offered[view] = page.eval_on_selector_all("[data-download]", visible)
    assert offered == OFFERED


def test_the_title_is_in_the_language_of_the_page_wherever_it_is_taken(
    open_page: Open, mini: Store, folder: Path
) -> None:
    store = EmbeddedStore.memory()
    store.extend(
        quad for quad in mini.quads() if quad.subject != term("dataset:mini")
    )  # a dataset that nobody describes
    path = written(folder, "undescribed", explorer(store))
    page = open_page(path, "#relation=m-09&lang=uk").ready()
    title = words("uk")["title"]
    expect(page.locator("#panel .correct")).to_contain_text(title)
    for name in ("svg", "json", "gexf", "turtle"):
        assert title in taken(page, name).decode(), name


@pytest.mark.parametrize("name", ["gexf", "turtle", "csv", "json", "svg"])
def test_hostile_labels_are_only_text_in_every_file(open_page: Open, hostile_page: Path, name: str) -> None:
    opened = open_page(hostile_page, "#kind=")
    content = taken(opened.ready(), name).decode("utf-8-sig")
    if name == "gexf":
        assert "window.__ran='script'" in str(
            nx.read_gexf(io.BytesIO(content.encode()), version="1.3").nodes["constructor"]["label"]
        )
    if name == "turtle":
        labels = {
            each.object.value
            for each in parse(content, format=RdfFormat.TURTLE)
            if each.predicate == term("skos:prefLabel")
        }
        assert "line\u2028separator\u2029" in labels
    if name == "csv":
        assert not any(cell.startswith("=") for line in content.splitlines() for cell in line.split(","))
    if name in ("gexf", "svg"):
        assert "<script" not in content
    assert opened.page.evaluate("window.__ran") is None
    assert opened.complaints == []


STATES = {
    "mini": [
        "#view=network&lang=uk&kind=funding.oversight&modality=actual&asof=2019-03-02&from=2014-01-01&node=xx-intelligence&near=2&things=1&layout=free",
        "#view=table&find=police&sort=-kind&drafts=1&relation=m-05&lang=uk",
        "#view=matrix&rows=name&columns=degree&denial=denied&every=1",
        "#scope=norms&view=table&unspecified=1&kind=&directed=1&path=norm-parliament~norm-executive",
    ]
}


@pytest.mark.parametrize("fragment", STATES["mini"])
def test_the_address_brings_back_the_whole_state(open_page: Open, mini_page: Path, fragment: str) -> None:
    """Every part of the address is read, kept when the address is written anew, and shown the same in another window."""
    first = open_page(mini_page, fragment).ready()
    first.click("[data-lang=en]")  # any change writes the address
    first.click(f"[data-lang={'uk' if 'lang=uk' in fragment else 'en'}]")
    written = str(first.evaluate("location.hash"))
    wanted, found = (dict(parse_qsl(each[1:], keep_blank_values=True)) for each in (fragment, written))
    start = {
        "view": "network",
        "things": "1",
        "layout": "free",
        "kind": "",
    }  # what a scope may open on is not in its address
    assert {name: found.get(name, start.get(name)) for name in wanted} == wanted
    second = open_page(mini_page, written).ready()
    for place in ("#lede", "#panel", "#chips"):
        assert second.inner_text(place) == first.inner_text(place)
    second.click("[data-lang=uk]")
    second.click(f"[data-lang={'uk' if 'lang=uk' in fragment else 'en'}]")
    assert second.evaluate("location.hash") == written


def test_paper_has_what_is_read_and_nothing_to_press(open_page: Open, mini_page: Path) -> None:
    page = open_page(mini_page, "#relation=m-09", viewport={"width": 690, "height": 1000}).ready()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for seen in ("h1", "#still svg", "#panel .cite", "footer"):
        assert page.locator(seen).first.is_visible(), seen
    for hidden in ("#search", ".views", "#filters", ".takeaway .choices", "#canvas"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.evaluate("document.documentElement.scrollWidth") <= 690  # A4 within its margins
    beyond = """() => [...document.querySelectorAll('#still svg text')].map((each) => each.getBBox())
      .filter((box) => box.x + box.width > document.querySelector('#still svg').viewBox.baseVal.x + document.querySelector('#still svg').viewBox.baseVal.width).length"""
    assert page.evaluate(beyond) == 0
    page.evaluate("location.hash = '#view=table'")
    assert page.locator("#table tbody tr").first.is_visible()


SPELLINGS = {
    "ua-security-service": (
        "sluzhba bezpeky",
        "Sluzhba bezpeki",
        "SBU",
        "СБУ",
        "sbu",
        "Служба безпеки",
        "security service of ukr",
    ),
    "ua-armed-forces": ("Zbroini", "Zbrojni Syly", "Збройні сили", "ЗСУ", "ZSU", "Armed Forces of Ukr"),
    "ua-verkhovna-rada": ("Verhovna Rada", "verkhovna", "Верховна"),
    "ua-gur": ("HUR", "ГУР", "GUR"),
}


def test_a_body_is_found_by_any_of_its_spellings_in_either_language(open_page: Open, norms_page: Path) -> None:
    page = open_page(norms_page).ready()
    lost = []
    for lang in ("en", "uk"):
        page.click(f"[data-lang={lang}]")
        for body, spellings in SPELLINGS.items():
            for asked in spellings:
                page.fill("#search", asked)
                found = page.eval_on_selector_all(
                    "#found [role=option]", "all => all.slice(0, 3).map((each) => each.dataset.node)"
                )
                if body not in found:
                    lost.append((lang, asked, found))
    assert lost == []
