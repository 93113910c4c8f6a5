"""What is missing, or wrong, is said before anything begins; and how the command is called."""

from __future__ import annotations

import builtins
from pathlib import Path

import pytest

from graph_build.cli.app import _run
from graph_build.errors import GovgraphError, UsageError
from graph_build.spark import session
from tests.store.servers import free_port

MINI = str(Path(__file__).parents[1] / "data" / "mini")


def without_pyspark(patch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def imported(name: str, *rest: object, **more: object) -> object:
        if name.split(".")[0] == "pyspark":
            raise ModuleNotFoundError("No module named 'pyspark'")
        return real(name, *rest, **more)  # type: ignore[arg-type]

    patch.setattr(builtins, "__import__", imported)


def test_without_the_extra_the_command_names_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without_pyspark(monkeypatch)
    assert _run(["build", MINI, "-o", str(tmp_path / "out"), "--engine", "spark", "--master", "local[2]"]) == 7
    assert 'pip install "govgraph[spark]"' in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("master", ["", "http://host:7077", "spark://", "locale", "-x", "local[two]"])
def test_what_is_no_cluster_is_refused(master: str) -> None:
    with pytest.raises(UsageError, match="is no cluster"), session(master):
        pass


@pytest.mark.engines
def test_a_master_that_does_not_answer_is_an_error_at_once() -> None:
    with pytest.raises(GovgraphError, match="no Spark master answers"), session(f"spark://127.0.0.1:{free_port()}"):
        pass


@pytest.mark.parametrize(
    "options",
    [
        ["--engine", "spark"],
        ["--master", "local"],
        ["--engine", "spark", "--master", "local", "--disk"],
        ["--engine", "spark", "--master", "local", "--store", "http://localhost/query"],
        ["--engine", "hadoop"],
    ],
)
def test_options_that_do_not_fit_together_are_refused(options: list[str], tmp_path: Path) -> None:
    assert _run(["build", MINI, "-o", str(tmp_path / "out"), *options]) == 2
    assert not list(tmp_path.iterdir())
