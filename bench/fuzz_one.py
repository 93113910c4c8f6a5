"""One reader against the fuzzer, in a process of its own: the parent is `bench.fuzz`.

The readers are imported here first, under the eyes of atheris: what was imported before it looks is not followed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final
from zipfile import ZipFile

_MEGABYTES: Final = 1024
SHEETS: Final = {
    "units.xlsx": "xl/worksheets/sheet1.xml",
    "grants.ods": "content.xml",
    "grants.xlsb": "xl/worksheets/sheet1.bin",
}
"""Of a workbook that is changed as a whole almost nothing can be unpacked: of these the sheet within is changed."""


def seed(name: str, folder: Path) -> bytes:
    """Return the sound content that a run begins with."""
    from tests.readers.samples import BOOKS, MAPPED, TEXTS, book

    if name.startswith("within-"):
        inner = name.removeprefix("within-")
        with ZipFile(book(folder, inner)) as archive:
            return archive.read(SHEETS[inner])
    return book(folder, name).read_bytes() if name in BOOKS else {**TEXTS, **MAPPED}[name]


def check(name: str, folder: Path) -> Callable[[bytes], None]:
    """Return what is done with each content: read it, and hold what comes of it."""
    from graph_build.errors import InputError
    from graph_build.readers import check as rules
    from graph_build.readers.formats import import_source
    from tests.readers.samples import book, repacked, source

    inner = name.removeprefix("within-")

    def read(content: bytes) -> None:
        if inner != name:
            content = repacked(book(folder, inner), SHEETS[inner], content).read_bytes()
        try:
            made = import_source(source(folder, inner, content)).dataset()
        except InputError as error:
            if not (error.findings or error.remedy):
                raise
            return
        if made.report is None or any(
            one.read != one.kept + one.joined + one.left_out for one in made.report.counts.values()
        ):
            raise AssertionError(f"the counts do not add up: {made.report}")
        wrong = [finding for finding in rules([made]) if finding.severity == "error"]
        if wrong:
            raise AssertionError(f"the import breaks a rule: {wrong[0]}")

    return read


def run(name: str, seconds: int, found: Path) -> None:
    """Fuzz one reader in this process, which ends with it; what fails is written into the folder `found`."""
    import atheris

    with atheris.instrument_imports(include=["graph_build.readers"]):
        from graph_build.readers.formats import FORMATS

        for form in FORMATS:
            assert form.reader
    folder = Path(tempfile.mkdtemp(dir=_quick()))
    corpus = folder / "corpus"
    for made in (corpus, found):
        made.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(seed(name, folder))
    limits = [f"-max_total_time={seconds}", "-timeout=20", f"-rss_limit_mb={_MEGABYTES}", "-max_len=20000"]
    atheris.Setup(
        [name, *limits, "-print_final_stats=1", f"-artifact_prefix={found}/", str(corpus)], check(name, folder)
    )
    atheris.Fuzz()


def _quick() -> str | None:
    """Return a folder in memory, where the system has one: each content is written to a file."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
