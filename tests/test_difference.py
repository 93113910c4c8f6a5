import shutil
from pathlib import Path

import pytest

import graph_build as gb
from graph_build.atlas import difference
from graph_build.swap import write_atomically

MINI = Path(__file__).parent / "data" / "mini"


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("builds")
    shutil.copytree(MINI, folder / "mini")
    relations = folder / "mini" / "relations.csv"
    text = relations.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("m-17,")]
    relations.write_text("\n".join(lines).replace("visits the premises of", "inspects") + "\n", encoding="utf-8")
    evidence = folder / "mini" / "evidence.csv"
    kept = [line for line in evidence.read_text(encoding="utf-8").splitlines() if not line.startswith("m-17,")]
    evidence.write_text("\n".join(kept) + "\n", encoding="utf-8")
    for name, source in (("old.nq", MINI), ("new.nq", folder / "mini")):
        write_atomically(folder / name, gb.build(source).export("nq"))
    return folder / "old.nq", folder / "new.nq"


def test_removed_and_changed_relations_are_named(builds: tuple[Path, Path]) -> None:
    rows = {str(row["iri"]).rsplit("/", 1)[1]: row for row in difference(*builds).records()}
    assert rows["m-17"]["change"] == "removed"
    assert rows["m-10"]["change"] == "changed"
    assert rows["m-10"]["before"] == "phrase: visits the premises of"
    assert rows["m-10"]["after"] == "phrase: inspects"
    assert set(rows) == {"m-17", "m-10"}


def test_a_build_does_not_differ_from_itself(builds: tuple[Path, Path]) -> None:
    assert not difference(builds[0], builds[0]).rows


def test_what_comes_is_added(builds: tuple[Path, Path]) -> None:
    assert "added" in difference(builds[1], builds[0]).column("change")
