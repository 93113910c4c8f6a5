"""What a build on a cluster costs: `python -m bench.spark RELATIONS` measures one machine, and a cluster of one and of two workers.

The stream has so many bodies, each with a payment. Master and workers are started on this machine, with a core
each; that shows what the engine costs beside the work itself, not how it scales: for that, give `--master` of a cluster of your own.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from graph_build.builder import dataset_texts
from graph_build.encode import organisation_ids
from graph_build.readers import read_all
from graph_build.spark import build, session
from tests.spark import streams
from tests.spark.cluster import SETTINGS, Cluster, cluster

_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure, and print a row for each way."""
    parser = argparse.ArgumentParser(prog="bench.spark", description=__doc__)
    parser.add_argument("relations", type=int)
    parser.add_argument("--master", help="a cluster that is there already, instead of those of this machine")
    given = parser.parse_args()
    if find_spec("pyspark") is None:
        parser.error(
            "PySpark is not installed: run `make .venv/installed-engines`, and give the command to .venv/bin/python"
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "stream.ftm.json"
        streams.long(source, given.relations)
        _say(f"{given.relations:,} relations, {source.stat().st_size / 2**20:.0f} MB")
        if given.master:
            _on_cluster(source, folder, given.master, None)
            return
        _on_one_machine(source, folder / "one.nq")
        for workers in (1, 2):
            (folder / str(workers)).mkdir()
            with cluster(folder / str(workers), workers) as running:
                _on_cluster(source, folder, running.url, running)


def _on_one_machine(source: Path, output: Path) -> None:
    """Read, check and encode in this process: what a build does before it loads a store."""
    begun, spent = time.perf_counter(), time.process_time()
    datasets, _ = read_all([source])
    organisations = organisation_ids(datasets)
    with output.open("w", encoding="utf-8") as stream:
        stream.writelines(text for dataset in datasets for text in dataset_texts(dataset, organisations))
    _row("one process", time.perf_counter() - begun, time.process_time() - spent)


def _on_cluster(source: Path, folder: Path, master: str, running: Cluster | None) -> None:
    """Build on the cluster, with its network measures; the start of the application is told apart."""
    begun = time.perf_counter()
    with session(master, SETTINGS if running else None) as context:
        context.parallelize(range(4), 4).map(str).collect()  # the workers have a Python now
        _say(f"application started in {time.perf_counter() - begun:.0f} s")
        begun, before = time.perf_counter(), _spent(running)
        report = build([source], folder / "out", context)
        workers = len(running.workers) if running else 0
        _row(f"{workers} workers" if running else master, time.perf_counter() - begun, _spent(running) - before)
        _say(f"{report.quads:,} quads in {len(report.files)} files")


def _spent(running: Cluster | None) -> float:
    """Return the seconds of processor that the cluster's processes, and this one with its children, have used."""
    sessions = {process.pid for process in (running.workers if running else [])} | {os.getsid(0)}
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) in sessions:
            ticks += sum(map(int, fields[11:15]))
    return ticks / _TICKS


def _row(way: str, seconds: float, processor: float) -> None:
    _say(f"| {way} | {seconds:.0f} s | {processor:.0f} s of processor |")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
