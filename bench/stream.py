"""A FollowTheMoney stream of any size, made up and converted: `python -m bench.stream MEGABYTES` prints seconds and peak memory.

Reading must not grow with the file (issue 5: 1 GB below 500 MB). The stream is the same each time; bodies pay bodies that stand
before or after them, so that no reader can resolve an end when it meets it.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from graph_build.convert import convert


def entities(seed: int = 1) -> Iterator[dict[str, object]]:
    """Give bodies and the payments between them without end."""
    chance = random.Random(seed)
    for number in count():
        names = {"name": [f"Organisation {number}"], "alias": [f"Організація {number}"], "country": ["ua"]}
        yield {"id": f"{number:032x}", "schema": "Organization", "properties": names}
        ends = {"payer": [f"{number:032x}"], "beneficiary": [f"{chance.randrange(2 * number + 1):032x}"]}
        money = {"amount": ["100.50"], "currency": ["EUR"], "date": ["2020-01-02"], "purpose": ["training of staff"]}
        yield {"id": f"p{number:031x}", "schema": "Payment", "properties": ends | money}


def write(file: Path, megabytes: int) -> None:
    """Write a stream of at least that size."""
    size = 0
    with file.open("w", encoding="utf-8") as stream:
        for entity in entities():
            size += stream.write(json.dumps(entity, ensure_ascii=False) + "\n")
            if size >= megabytes * 2**20:
                return


def main() -> None:
    """Write a stream, convert it, and say what that cost."""
    megabytes = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stream.ftm.json"
        write(file, megabytes)
        begun = time.perf_counter()
        report = convert(file, Path(folder) / "tables")
        seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{report}\n{megabytes} MB: {seconds:.0f} s, at most {peak} MB of memory\n")


if __name__ == "__main__":
    main()
