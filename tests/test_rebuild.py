"""A build over an older atlas does only what is new, and leaves what a build into an empty folder would."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Container, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_build import assembly, builder, earlier
from graph_build.builder import Pages, build
from graph_build.coverage import coverage_counts
from graph_build.digests import source_digest
from graph_build.gaps import gaps_of_all
from graph_build.readers import Dataset
from graph_build.store import EmbeddedStore, Store, open_store
from graph_build.validate import ShapesReport

ACTORS = "id,type,label_en\n"
RELATIONS = "id,actor,kind,target,modality,function,legal_basis,start,end,confidence,verified\n"
SOURCES = "id,type,title\n"


def listed(store: Store) -> bytes:
    """Return all that a page could read of a store."""
    return json.dumps(sorted(store.texts("SELECT ?s ?p ?o { ?s ?p ?o }"))).encode()


PAGES: Pages = {
    "explorer.html": listed,
    "gaps.csv": lambda store: gaps_of_all(store).to_csv().encode(),
    "coverage.csv": lambda store: coverage_counts(store).to_csv().encode(),
}


@pytest.fixture(autouse=True, scope="module")
def no_shapes() -> Iterator[None]:
    """Leave out the shapes, which have their own tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builder, "validate_shapes", lambda store: ShapesReport())
        yield


def dataset(folder: Path, checked: str = "2025-01-01", **tables: str) -> Path:
    """Write a dataset with the tables given as text without their headers."""
    heads = {"actors": ACTORS, "relations": RELATIONS, "sources": SOURCES}
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(heads[name] + rows, encoding="utf-8")
    resources = [{"name": name, "path": f"{name}.csv"} for name in tables]
    described = {"name": folder.name, "title": folder.name.title(), "checked": checked, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    return folder


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    """Three datasets: the second says that a unit is part of a body of the first, and the third says what that unit is."""
    home = tmp_path / "sources"
    laws = "law-{0},law,An act\n"
    return [
        dataset(
            home / "one",
            actors="one-ministry,ministry,Ministry\none-service,intelligence-service,Service\n",
            relations="one-1,one-ministry,oversight,one-service,normative,,law-one art. 1,2001,,high,read\n",
            sources=laws.format("one"),
        ),
        dataset(
            home / "two",
            actors="two-court,court,Court\n",
            relations="two-1,one-ministry,composition,three-unit,normative,part,law-two art. 2,2010,2030,high,read\n"
            "two-2,two-court,oversight,one-service,normative,,law-two art. 3,2024-06,,high,read\n",
            sources=laws.format("two"),
        ),
        dataset(home / "three", actors="three-unit,guard,Unit\n"),
    ]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.parent.name != "store"
    }


def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that the names of the datasets which are encoded from now on will be added to."""
    names: list[str] = []
    texts = assembly.dataset_texts

    def heard(each: Dataset, known: Container[str]) -> Iterator[str]:
        names.append(each.name)
        return texts(each, known)

    monkeypatch.setattr(assembly, "dataset_texts", heard)
    return names


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_build_of_what_is_there_already_touches_nothing(
    sources: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(sources, tmp_path / "atlas", pages=PAGES, disk=True)
    before = {file: (file.stat().st_mtime_ns, file.stat().st_ino) for file in (tmp_path / "atlas").rglob("*")}
    monkeypatch.setattr(builder, "read_decided", lambda *_: pytest.fail("a source was read"))
    again = build(sources, tmp_path / "atlas", pages=PAGES, disk=True)
    assert again.unchanged
    assert not first.unchanged
    assert (again.files, again.datasets, again.quads, again.findings) == (
        first.files,
        first.datasets,
        first.quads,
        first.findings,
    )
    assert {
        file: (file.stat().st_mtime_ns, file.stat().st_ino)
        for file in (tmp_path / "atlas").rglob("*")
        if file.parent.name != "store"
    } == {file: stat for file, stat in before.items() if file.parent.name != "store"}


def test_what_is_told_of_an_import_is_told_again(tmp_path: Path) -> None:
    line = {"id": "a", "schema": "Organization", "properties": {"name": ["A"], "unheardOf": ["x"]}}
    (tmp_path / "bodies.ftm.json").write_text(json.dumps(line) + "\n", encoding="utf-8")
    first = build([tmp_path / "bodies.ftm.json"], tmp_path / "atlas")
    again = build([tmp_path / "bodies.ftm.json"], tmp_path / "atlas")
    assert again.unchanged
    assert first.findings
    assert again.findings == first.findings
    assert [str(each) for each in again.imports] == [str(each) for each in first.imports]


def lost(folder: Path) -> None:
    (folder / "gaps.csv").unlink()


def edited(folder: Path) -> None:
    (folder / "explorer.html").write_bytes(b"mine")


def graph_edited(folder: Path) -> None:
    replaced(folder / "graph.trig", "Ministry", "Mystery")


def without_record(folder: Path) -> None:
    (folder / "build.json").unlink()


def broken_record(folder: Path) -> None:
    (folder / "build.json").write_bytes(b'{"made_of": 1}')


def without_store(folder: Path) -> None:
    shutil.rmtree(folder / "store")


def with_a_ruined_store(folder: Path) -> None:
    (folder / "store" / "CURRENT").write_bytes(b"nothing")


def with_another_store(folder: Path) -> None:
    store = EmbeddedStore.disk(folder / "store")
    store.load_nquads(b"<urn:a> <urn:b> <urn:c> <https://w3id.org/govgraph/dataset/three> .")
    store.close()


@pytest.mark.parametrize(
    "harm",
    [lost, edited, graph_edited, without_record, broken_record, without_store, with_a_ruined_store],
)
def test_an_atlas_that_was_touched_is_built_again(
    harm: Callable[[Path], None], sources: list[Path], tmp_path: Path
) -> None:
    build(sources, tmp_path / "atlas", pages=PAGES, disk=True)
    before = tree(tmp_path / "atlas")
    harm(tmp_path / "atlas")
    report = build(sources, tmp_path / "atlas", pages=PAGES, disk=True)
    assert not report.unchanged
    assert tree(tmp_path / "atlas") == before
    assert len(list(open_store(tmp_path / "atlas" / "store").quads())) == report.quads


def test_a_store_that_someone_wrote_into_is_not_built_upon(sources: list[Path], tmp_path: Path) -> None:
    build(sources, tmp_path / "atlas", disk=True)
    with_another_store(tmp_path / "atlas")
    replaced(sources[0] / "actors.csv", "Ministry", "Ministry of Defence")
    report = build(sources, tmp_path / "atlas", disk=True)
    assert len(list(open_store(tmp_path / "atlas" / "store").quads())) == report.quads


def test_another_program_keeps_nothing(sources: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(sources, tmp_path / "atlas", pages=PAGES)
    monkeypatch.setattr(earlier, "program_digest", lambda: "another")
    names = encoded(monkeypatch)
    assert not build(sources, tmp_path / "atlas", pages=PAGES).unchanged
    assert names == ["one", "two", "three"]


@pytest.mark.parametrize("other", [{"disk": True}, {"pages": {}}, {"texts": "texts"}])
def test_other_options_are_another_atlas(other: dict[str, object], sources: list[Path], tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "page.txt").write_text("a text", encoding="utf-8")
    build(sources, tmp_path / "atlas", pages=PAGES)
    options = {"pages": PAGES, **other} | ({"texts": tmp_path / "texts"} if "texts" in other else {})
    assert not build(sources, tmp_path / "atlas", **options).unchanged  # type: ignore[arg-type]
    assert build(sources, tmp_path / "atlas", **options).unchanged  # type: ignore[arg-type]


def test_a_table_that_a_mapping_names_is_part_of_the_source(tmp_path: Path) -> None:
    mapping = '[[table]]\nfile = "bodies.csv"\n[table.actor.body]\nname = "Name"\ntype = { always = "ministry" }\n'
    (tmp_path / "bodies.mapping.toml").write_text(mapping, encoding="utf-8")
    (tmp_path / "bodies.csv").write_text("Name\nMinistry\n", encoding="utf-8")
    build([tmp_path / "bodies.mapping.toml"], tmp_path / "atlas")
    assert build([tmp_path / "bodies.mapping.toml"], tmp_path / "atlas").unchanged
    (tmp_path / "bodies.csv").write_text("Name\nMinistry\nCourt\n", encoding="utf-8")
    assert not build([tmp_path / "bodies.mapping.toml"], tmp_path / "atlas").unchanged


def test_a_query_that_a_request_names_and_its_answers_are_part_of_the_source(tmp_path: Path) -> None:
    request, query, answers = tmp_path / "a.sparql.toml", tmp_path / "q.rq", tmp_path / "a.sparql.answers"
    request.write_text('[sparql]\nendpoint = "https://example.org/sparql"\nquery = "q.rq"\n', encoding="utf-8")
    query.write_text("CONSTRUCT WHERE { ?a ?b ?c }", encoding="utf-8")
    seen = [source_digest(request)]
    query.write_text("CONSTRUCT WHERE { ?a a ?c }", encoding="utf-8")
    seen.append(source_digest(request))
    answers.mkdir()
    (answers / "1.nt").write_bytes(b"")
    seen += [source_digest(request), source_digest(request)]
    assert len(set(seen[:3])) == 3
    assert seen[2] == seen[3]


@pytest.mark.parametrize(
    "text", ["[", 'file = ["*", 1, "/*", "x\\u0000"]', 'table = "x"\nfile = [[["q.rq"]]]', "file = 1979-05-27"]
)
def test_settings_that_cannot_be_read_are_left_to_the_build(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    assert source_digest(tmp_path / "a.toml")


def relabel(sources: list[Path]) -> list[Path]:
    replaced(sources[0] / "actors.csv", "Ministry", "Ministry of Defence")
    return sources


def repeal(sources: list[Path]) -> list[Path]:
    replaced(sources[1] / "relations.csv", "2010,2030", "2010,2020")
    return sources


def check_later(sources: list[Path]) -> list[Path]:
    replaced(sources[1] / "datapackage.json", "2025-01-01", "2031-01-01")
    return sources


def move_rows(sources: list[Path]) -> list[Path]:
    """Change a table so that all that is read of it stays the same."""
    replaced(sources[0] / "sources.csv", "law-one,law,An act\n", 'law-one,law,"An act"\n')
    return sources


def another_type_elsewhere(sources: list[Path]) -> list[Path]:
    replaced(sources[2] / "actors.csv", "guard", "group")
    return sources


def one_more(sources: list[Path]) -> list[Path]:
    return [*sources, dataset(sources[0].with_name("four"), actors="four-media,media,Paper\n")]


def one_less(sources: list[Path]) -> list[Path]:
    replaced(sources[1] / "relations.csv", "three-unit", "one-service")
    return sources[:2]


def decided(sources: list[Path]) -> list[Path]:
    table = sources[0].with_name("decisions.csv")
    table.write_text("left,right,score,reasons,decision\none-service,three-unit,1,same,accept\n", encoding="utf-8")
    return [*sources, table]


def other_order(sources: list[Path]) -> list[Path]:
    return sources[::-1]


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (relabel, ["one"]),
        (repeal, ["two"]),
        (check_later, ["two"]),
        (move_rows, []),
        (another_type_elsewhere, ["two", "three"]),
        (one_more, ["four"]),
        (one_less, ["two"]),
        (decided, ["two", "three"]),
        (other_order, []),
    ],
)
@pytest.mark.parametrize("disk", [False, True])
def test_only_what_changed_is_encoded_and_all_is_as_in_a_new_build(
    change: Callable[[list[Path]], list[Path]],
    names: list[str],
    disk: bool,
    sources: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build(sources, tmp_path / "atlas", pages=PAGES, disk=disk)
    now = change(sources)
    with monkeypatch.context() as patch:
        found = encoded(patch)
        report = build(now, tmp_path / "atlas", pages=PAGES, disk=disk)
    assert found == names
    assert not report.unchanged
    build(now, tmp_path / "new", pages=PAGES, disk=disk)
    assert tree(tmp_path / "atlas") == tree(tmp_path / "new")
    if disk:
        stores = [set(open_store(tmp_path / name / "store").quads()) for name in ("atlas", "new")]
        assert stores[0] == stores[1]
        assert len(stores[0]) == report.quads
    assert {entry.name for entry in tmp_path.iterdir()} == {"atlas", "new", "sources"}


PLAYERS = ("ministry", "court", "group", "guard")
ROWS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from(("oversight", "composition", "partnership")),
        st.integers(0, 5),
        st.sampled_from(("2001", "2024-06", "2026")),
    ),
    max_size=4,
    unique=True,
)
STATES = st.lists(
    st.fixed_dictionaries(
        {"types": st.lists(st.sampled_from(PLAYERS), min_size=6, max_size=6), "one": ROWS, "two": ROWS}
    ),
    min_size=2,
    max_size=4,
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=STATES)
def test_any_history_of_builds_ends_as_a_new_build(
    states: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Bodies are said in one dataset and joined in two others, so that each change may reach across."""
    home = tmp_path_factory.mktemp("history")
    for state in states:
        bodies = "".join(f"b-{number},{kind},Body {number}\n" for number, kind in enumerate(state["types"]))
        sources = [dataset(home / "bodies", actors=bodies, sources="law,law,Act\n")]
        for name in ("one", "two"):
            rows = "".join(
                f"{name}-{number},b-{actor},{kind},b-{target},normative,{'part' if kind == 'composition' else ''},law art. 1,{start},,high,read\n"
                for number, (actor, kind, target, start) in enumerate(state[name])
                if actor != target
            )
            sources += [dataset(home / name, relations=rows)] if rows else []
        build(sources, home / "atlas", pages={"explorer.html": listed})
    build(sources, home / "new", pages={"explorer.html": listed})
    assert tree(home / "atlas") == tree(home / "new")
    assert set(open_store(home / "atlas").quads()) == set(open_store(home / "new").quads())
