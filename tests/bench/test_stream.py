"""Files of any size are converted in memory that does not grow with them; `bench/stream.py` measures the same at 1 GB."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("form", "megabytes"), [("ftm", 50), ("iati", 50), ("rdf", 2), ("csv", 2)])
def test_a_large_file_is_converted_in_little_memory(form: str, megabytes: int) -> None:
    command = [sys.executable, "-m", "bench.stream", str(megabytes), form]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    peak = re.search(r"at most (\d+) MB of memory", done.stdout)
    assert peak is not None
    assert int(peak[1]) < 200, done.stdout
    counts = re.findall(r"([\d,]+) read, ([\d,]+) kept, ([\d,]+) joined, ([\d,]+) left out", done.stdout)
    assert counts
    for read, *others in (tuple(int(part.replace(",", "")) for part in count) for count in counts):
        assert read == sum(others) > 1_000
