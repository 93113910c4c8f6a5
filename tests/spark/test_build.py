"""The build on a cluster gives what one machine gives, whatever the pieces, and whatever is lost on the way."""

from __future__ import annotations

import csv
import json
import shutil
import threading
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx
import pytest
from pyoxigraph import RdfFormat, serialize

import graph_build as gb
from graph_build.builder import build_store, sorted_quads
from graph_build.cli.app import _run
from graph_build.errors import Finding, InputError
from graph_build.measures import pagerank, ties
from graph_build.network import network
from graph_build.reconcile.sources import read_decided
from graph_build.spark import ClusterReport, build
from graph_build.store import EmbeddedStore
from tests.spark import streams
from tests.spark.cluster import Cluster

if TYPE_CHECKING:
    from pyspark import SparkContext

    from graph_build.readers import Dataset

pytestmark = pytest.mark.engines
ROOT = Path(__file__).parents[2]
MINI = ROOT / "tests" / "data" / "mini"
ACTIVITY = """<iati-activity><iati-identifier>XX-{0}</iati-identifier><reporting-org ref="GB-1" type="{1}"><narrative>{2}</narrative>
</reporting-org><title><narrative>Work {0}</narrative></title><participating-org role="1" ref="GB-1"><narrative>{2}</narrative>
</participating-org><participating-org role="4"><narrative>Doer {3}</narrative></participating-org></iati-activity>"""

LATE = '{"name": "late", "checked": "2025-11-02", "resources": [{"name": "relations", "path": "relations.csv"}]}'
TOO_LATE = "id,actor,kind,target,modality,start\nl-1,xx-watchdog,oversight,xx-old-intelligence,actual,2006\n"


class Both(NamedTuple):
    """What the cluster made, and what one machine makes of the same sources."""

    folder: Path
    report: ClusterReport
    datasets: list[Dataset]
    findings: list[Finding]
    store: EmbeddedStore


def quads_of(folder: Path) -> list[str]:
    return sorted(line for file in folder.glob("*.nq") for line in file.read_text("utf-8").split("\n")[:-1])


def loaded(folder: Path) -> EmbeddedStore:
    store = EmbeddedStore.memory()
    for file in folder.glob("*.nq"):
        with file.open("rb") as content:
            store.load_nquads(content)
    return store


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, context: SparkContext) -> Both:
    folder = tmp_path_factory.mktemp("sources")
    (folder / "aid").mkdir()
    for number, name in enumerate(["Aid Office", "Office of Aid", "Office of Aid", "Aid Office"]):
        text = "".join(ACTIVITY.format(f"{number}{each}", 10 + number % 2 * 5, name, number % 3) for each in "ab")
        (folder / "aid" / f"{number}.xml").write_text(f"<iati-activities>{text}</iati-activities>", "utf-8")
    (folder / "aid" / "notes.txt").write_text("no source", "utf-8")
    (folder / "late").mkdir()
    (folder / "late" / "datapackage.json").write_text(LATE, "utf-8")
    (folder / "late" / "relations.csv").write_text(TOO_LATE, "utf-8")
    helpland = ROOT / "tests" / "data" / "helpland"
    sources = [streams.thorny(folder / "thorny.ftm.json"), folder / "aid", MINI, helpland, folder / "late"]
    report = build(sources, folder / "out", context, piece=8_000)
    datasets, findings = read_decided(sources)
    return Both(folder / "out", report, datasets, findings, build_store(sources))


def test_the_quads_are_those_of_one_machine(both: Both) -> None:
    expected = (serialize(sorted_quads(both.store), format=RdfFormat.N_QUADS) or b"").decode().split("\n")[:-1]
    written = (serialize(sorted_quads(loaded(both.folder)), format=RdfFormat.N_QUADS) or b"").decode().split("\n")[:-1]
    assert sorted(written) == sorted(expected)
    assert len(quads_of(both.folder)) == len(set(quads_of(both.folder))) == len(expected)  # each quad in one shard


def test_the_findings_and_counts_are_those_of_one_machine(both: Both) -> None:
    assert list(both.report.findings) == both.findings
    imports = [dataset.report.as_json() for dataset in both.datasets if dataset.report]
    assert [report.as_json() for report in both.report.imports] == imports
    told = "\n".join(finding.message for finding in both.findings)
    for words in (
        "contradicts",
        "joined with",
        "was not read",
        "is not JSON",
        "not in the file",
        "2006 is after xx-old-intelligence was dissolved, 1991-12",
        'is "thorny-entity-pay-1-2-3"',
    ):
        assert words in told


def test_the_manifest_accounts_for_every_file(both: Both) -> None:
    manifest = json.loads((both.folder / "manifest.json").read_bytes())
    assert set(manifest["files"]) == {file.name for file in both.folder.iterdir()}
    for name, said in manifest["files"].items():
        content = (both.folder / name).read_bytes()
        assert name == "manifest.json" or said["sha256"] == sha256(content).hexdigest()
        assert said.get("quads", 0) == (content.count(b"\n") if name.endswith(".nq") else 0)
    assert manifest["graphs"] == Counter(str(quad.graph_name).strip("<>") for quad in both.store.quads())
    assert manifest["format"] == "application/n-quads"
    assert len(list(both.folder.glob("shard-*.nq"))) > 3


def test_the_measures_are_those_of_networkx(both: Both) -> None:
    graph = network(both.store)
    plain = ties(graph)
    rows: dict[str, dict[str, str]] = {}
    for file in both.folder.glob("measures-*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            rows |= {row["actor"]: row for row in csv.DictReader(stream)}
    assert set(rows) == set(graph)
    shares = pagerank(graph)
    for name, row in rows.items():
        assert int(row["degree_in"]) == plain.in_degree(name, weight="weight")
        assert int(row["degree_out"]) == plain.out_degree(name, weight="weight")
        assert float(row["pagerank"]) == pytest.approx(shares[name], abs=1e-6)
    groups: dict[str, set[str]] = {}
    for name, row in rows.items():
        groups.setdefault(row["component"], set()).add(name)
    assert sorted(map(sorted, groups.values())) == sorted(map(sorted, nx.weakly_connected_components(plain)))
    assert len(groups) > 1


def test_a_source_that_is_wrong_leaves_the_older_output_whole(both: Both, context: SparkContext) -> None:
    before = {file.name: file.read_bytes() for file in both.folder.iterdir()}
    broken = both.folder.parent / "broken"
    broken.mkdir()
    (broken / "1.xml").write_text("<iati-activities><iati-activity>", "utf-8")
    with pytest.raises(InputError, match="could not be read"):
        build([MINI, broken], both.folder, context)
    dangling = both.folder.parent / "dangling"
    shutil.copytree(MINI, dangling)
    with (dangling / "relations.csv").open("a", encoding="utf-8") as stream:
        stream.write("mini-extra,nobody,oversight,nobody,,,,actual\n")
    assert _run(["build", str(dangling), "-o", str(both.folder), "--engine", "spark", "--master", "local"]) == 6
    assert {file.name: file.read_bytes() for file in both.folder.iterdir()} == before
    assert not [entry for entry in both.folder.parent.iterdir() if entry.name.startswith(".")]


def test_a_killed_worker_loses_nothing(tmp_path: Path, context: SparkContext, workers: Cluster) -> None:
    source = streams.long(tmp_path / "long.ftm.json", 1_000)
    piece = source.stat().st_size // 8

    def kill() -> None:
        while not list(tmp_path.glob(".killed.*/shard-*.nq")):  # some shards are written, others not
            time.sleep(0.01)
        workers.kill_worker()

    killer = threading.Thread(target=kill)
    killer.start()
    build([source], tmp_path / "killed", context, piece=piece)
    killer.join()
    assert workers.workers[0].returncode == -9
    expected = set(build_store([source]).quads())
    assert set(loaded(tmp_path / "killed").quads()) == expected
    assert len(quads_of(tmp_path / "killed")) == len(expected)
    workers.add_worker()


def test_the_command_builds_on_the_cluster(tmp_path: Path, workers: Cluster, context: SparkContext) -> None:
    assert context.master == workers.url
    assert _run(["build", str(MINI), "-o", str(tmp_path / "out"), "--engine", "spark", "--master", workers.url]) == 0
    expected = gb.build(MINI).store
    assert len(quads_of(tmp_path / "out")) == len(list(expected.quads()))
