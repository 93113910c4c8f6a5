"""Every reader against whatever a fuzzer makes of sound files: `make fuzz`, or `python -m bench.fuzz --seconds 120 [NAME ...]`.

atheris (Apache-2.0, libFuzzer for Python) changes the small files of `tests/readers/samples.py` and follows which lines of the readers
that reaches. A file must become a dataset whose counts add up and which breaks no rule, or an `InputError` that says what to do,
within 20 seconds and 1 GB. What fails is kept in the folder `fuzz-findings`, to be read with `python -m bench.fuzz --again FILE NAME`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.fuzz_one import SHEETS, check
from tests.readers.samples import BOOKS, MAPPED, TEXTS

FINDINGS: Final = Path("fuzz-findings")
NAMES: Final = (*TEXTS, *MAPPED, *BOOKS, *(f"within-{name}" for name in SHEETS))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz the readers one after the other, each in a process of its own; return how many failed."""
    parser = argparse.ArgumentParser(prog="bench.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help="samples to begin with; none = all")
    parser.add_argument("--seconds", type=int, default=120, help="for each")
    parser.add_argument("--again", type=Path, help="read this content once, as the sample that is named")
    given = parser.parse_args(arguments)
    if given.again:
        check(given.names[0], Path(tempfile.mkdtemp()))(given.again.read_bytes())
        return 0
    failed = 0
    for name in given.names or NAMES:
        command = [sys.executable, "-m", "bench.fuzz_one", name, str(given.seconds), str(FINDINGS / name)]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
        runs = next((line.split()[-1] for line in done.stderr.splitlines() if "executed_units" in line), "?")
        failed += bool(done.returncode)
        sys.stdout.write(f"{name}: {'FAILED' if done.returncode else 'held'}, {runs} contents\n")
        sys.stdout.write(done.stderr[-2000:] if done.returncode else "")
        sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(main())
