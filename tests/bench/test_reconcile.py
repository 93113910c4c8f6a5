"""`bench/reconcile.py` where the real files are not: a sentence, for they are not part of the project."""

from pathlib import Path

import pytest

from bench.reconcile import main


def test_the_benchmark_says_which_real_file_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(tmp_path) == 1
    printed = capsys.readouterr()
    assert f"looked for in {tmp_path}: there is no file" in printed.err
    assert "legislators-current.yaml" in printed.err
    assert not printed.out


def test_a_source_that_a_reader_does_not_find_is_said_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "us-congress-committees"
    folder.mkdir()
    (folder / "legislators-current.yaml").write_text("[]", encoding="utf-8")
    (folder / "committee-membership-current.yaml").write_text("{}", encoding="utf-8")
    assert main(tmp_path) == 1
    assert "latvia-saeima-ep-popolo-v1.0.json" in capsys.readouterr().err
