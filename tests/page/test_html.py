from __future__ import annotations

import base64
import gzip
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from graph_build.page import explorer
from graph_build.page.facts import Facts
from graph_build.page.summary import relation_rows, rows_note
from graph_build.store import Store

MINI = Path(__file__).parents[1] / "data" / "mini"
PASSAGE_LETTERS = 40


class Addresses(HTMLParser):
    """Collects what tags of a page would load or link to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found += [
            value or "" for name, value in attrs if name in ("src", "href", "srcset", "action", "data", "poster")
        ]


def data_of(html: str) -> dict[str, list[dict[str, object]]]:
    """Return the nodes, relations and sources of a page."""
    found = re.search(r'type="([a-z/]+)" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    text = gzip.decompress(base64.b64decode(found[2])) if found[1] == "text/plain" else found[2]
    content = json.loads(text)
    return {name: unrolled(content[name]) for name in ("nodes", "relations", "sources")}


def unrolled(columns: dict[str, Any]) -> list[dict[str, object]]:
    ids: list[bytes] = [b""]
    for shared, rest in zip(*columns["id"], strict=True):
        ids.append(ids[-1][: 2 * shared] + rest.encode("utf-16-le"))
    rows = zip(*(columns | {"id": [each.decode("utf-16-le") for each in ids[1:]]}).values(), strict=True)
    return [{name: value for name, value in zip(columns, row, strict=True) if value is not None} for row in rows]


@pytest.fixture(scope="module")
def page(mini: Store) -> str:
    return explorer(mini)


def test_no_tag_loads_anything(page: str) -> None:
    parser = Addresses()
    parser.feed(page)
    assert parser.found == ["#relations"]
    assert not {"link", "iframe", "img", "object", "base"} & set(parser.tags)


def test_the_policy_comes_before_anything_that_it_guards(page: str) -> None:
    assert page.index("Content-Security-Policy") < page.index("<style")
    assert page.startswith("<!doctype html>")


def test_the_template_marks_nothing_as_safe() -> None:
    template = Path("graph_build/page/template/explorer.html.j2").read_text(encoding="utf-8")
    assert "|safe" not in template.replace(" ", "")
    assert not re.search(r"\son\w+=", template)


@pytest.mark.acceptance(4)
def test_two_exports_are_the_same_bytes(mini: Store, page: str) -> None:
    assert explorer(mini) == page


LOCALES = ({"LC_ALL": "C"}, {"LC_ALL": "en_US.CP1252", "LOCPATH": "."}, {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"})


@pytest.mark.acceptance(3)
def test_locale_and_hash_seed_do_not_change_a_byte(tmp_path: Path) -> None:
    made = ["localedef", "-i", "en_US", "-f", "CP1252", str(tmp_path / "en_US.CP1252")]
    if subprocess.run(made, check=False, capture_output=True).returncode > 1:  # 1 = made, with warnings
        pytest.skip("this machine cannot make a locale of Windows' letters")
    code = (
        "import locale, sys; from pathlib import Path; from graph_build.builder import build_store; from graph_build.page import view;"
        f"view(build_store([Path({str(MINI)!r})])).save(sys.argv[1]); print(locale.getencoding())"
    )
    encodings = set()
    for place, changed in enumerate(LOCALES):
        env = {**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONHASHSEED": "1", **changed}
        env["XDG_CACHE_HOME"] = str(tmp_path / str(place))  # nothing of an earlier run is used
        command = [sys.executable, "-c", code, f"{place}.html"]
        done = subprocess.run(command, check=True, env=env, cwd=tmp_path, capture_output=True, text=True)
        encodings.add(done.stdout.strip())
    assert "CP1252" in encodings
    assert len(encodings) == len(LOCALES)
    assert len({(tmp_path / f"{place}.html").read_bytes() for place in range(len(LOCALES))}) == 1


def test_passages_are_in_the_page_only_with_the_texts(mini: Store, page: str) -> None:
    text = (MINI / "texts" / "page.txt").read_bytes().decode("utf-8")
    passage = text[55:128]
    assert len(passage) > PASSAGE_LETTERS
    without, given = (
        json.dumps(data_of(html), ensure_ascii=False) for html in (page, explorer(mini, texts=MINI / "texts"))
    )
    assert passage not in page + without
    assert '"passage"' not in without
    assert passage in given


def test_the_heading_and_the_titles_are_escaped(mini: Store) -> None:
    html = explorer(mini, title="<b>{{7*7}}</b>")
    assert "<title>&lt;b&gt;{{7*7}}&lt;/b&gt;</title>" in html


def test_addresses_that_are_no_links_never_reach_the_page(hostile: Store) -> None:
    assert "javascript:window.__ran=&#39;url" not in explorer(hostile)
    sources = data_of(explorer(hostile))["sources"]
    assert sources
    assert all("url" not in source for source in sources)
    assert all(str(source["archived"]).startswith("https://") for source in sources)


def test_the_page_speaks_the_language_it_was_asked_for(mini: Store) -> None:
    html = explorer(mini, lang="uk")
    assert '<html lang="uk">' in html
    assert "Показано" in html


@pytest.mark.parametrize("most", [20, 10_000])
def test_the_rows_begin_with_the_relations_that_the_sentence_counts(norms_facts: Facts, most: int) -> None:
    counted = norms_facts.opening.relations
    kinds = [row[1] for row in relation_rows(norms_facts, "en", most)]
    first = kinds[:counted]
    assert set(first) == {"oversight"}
    assert len(first) == min(most, counted)


def test_the_note_below_the_rows_says_which_they_are(norms_facts: Facts) -> None:
    known = norms_facts
    counted = known.opening.relations
    assert rows_note(known, "en", 20).startswith(f"The first 20 of the {counted} relations counted at the top.")
    assert rows_note(known, "en", counted).startswith(f"The relations counted at the top ({counted}).")
    more = rows_note(known, "en", counted + 7)
    assert f"counted at the top ({counted}), then others of “Ukraine” on the same day (7)" in more
    assert rows_note(known, "uk", counted + 7) != more


def test_every_relation_carries_its_evidence(norms_page: Path) -> None:
    relations = data_of(norms_page.read_bytes().decode("utf-8"))["relations"]
    assert relations
    assert [relation["id"] for relation in relations if not relation.get("evidence")] == []


def test_the_page_stays_small(norms_page: Path) -> None:
    assert norms_page.stat().st_size < 2_000_000


def test_country_and_day_choose_what_is_in_the_page(mini: Store) -> None:
    relations = data_of(explorer(mini, country="XY"))["relations"]
    assert {relation["id"] for relation in relations} == {"m-15", "m-22"}
