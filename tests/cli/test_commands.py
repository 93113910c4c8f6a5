"""The command as people use it: what it prints, where, and with which code it ends."""

import ast
import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

import graph_build
from graph_build.ask import Table
from graph_build.cli.app import _run, govgraph
from graph_build.cli.options import print_table

PACKAGE = Path(graph_build.__file__).parent
MINI = str(Path(__file__).parents[1] / "data" / "mini")
COMMAND = [str(Path(sys.executable).with_name("govgraph"))]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "atlas"
    assert _run(["build", MINI, "-o", str(folder), "--disk"]) == 0
    return folder


def test_build_writes_graph_page_report_and_store(built: Path) -> None:
    expected = {"build.json", "graph.trig", "explorer.html", "gaps.csv", "coverage.csv", "validation.json", "store"}
    assert {file.name for file in built.iterdir()} == expected
    assert (built / "gaps.csv").read_text(encoding="utf-8").startswith("country,asks,demand,")
    assert "Examplian Intelligence Service" in (built / "coverage.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["", "store", "graph.trig"])
def test_a_query_runs_on_what_was_built(built: Path, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["query", "who-oversees", "-p", "target=EIS", "--store", str(built / place), "--format", "json"]
    assert _run(arguments) == 0
    printed = capsys.readouterr()
    assert {row["actor_label"] for row in json.loads(printed.out)["rows"]} >= {"Committee on Security"}
    assert "data checked 2025-11-02" in printed.err


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "jsonl", "md"])
def test_every_format_holds_the_answer(built: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["query", "who-oversees", "-p", "target=EIS", "--store", str(built), "--format", form]) == 0
    assert "Committee" in capsys.readouterr().out


def test_queries_lists_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["queries", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) >= 25
    assert all(set(query) == {"name", "title", "question", "params", "columns", "tags"} for query in listed)
    assert {"name", "type", "required", "help"} == set(listed[0]["params"][0])
    assert _run(["queries", "--tag", "works", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("name,title,question,params,columns,tags")


def test_sparql_from_text_file_and_standard_input(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "SELECT ?o WHERE { id:xx-committee-security gov:oversees ?o }"
    (tmp_path / "q.rq").write_text(text, encoding="utf-8")
    for query in (text, str(tmp_path / "q.rq")):
        assert _run(["sparql", query, "--store", str(built), "--format", "csv"]) == 0
        assert "xx-intelligence" in capsys.readouterr().out
    piped = subprocess.run(
        [*COMMAND, "sparql", "-", "--store", str(built)], input=text, capture_output=True, text=True, check=True
    )
    assert "xx-intelligence" in piped.stdout


def test_a_query_that_is_not_utf_8_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "q.rq").write_bytes(b"SELECT ?\xff")
    assert _run(["sparql", str(tmp_path / "q.rq"), "--store", "/no/such/store"]) == 6
    assert "q.rq is not UTF-8: byte 0xFF at 8" in capsys.readouterr().err


def test_the_language_can_be_given_as_a_parameter_too(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["query", "who-oversees", "-p", "target=EIS", "--store", str(built)]
    assert _run([*command, "--lang", "uk"]) == 0
    asked = capsys.readouterr().out
    assert _run([*command, "-p", "lang=uk"]) == 0
    assert capsys.readouterr().out == asked


def test_columns_that_have_no_room_beside_one_another_stand_below(capsys: pytest.CaptureFixture[str]) -> None:
    names = tuple(f"column_{number}" for number in range(40))
    print_table(Table(names, (("first", *names[1:-1], None),)), "table", title="Wide")
    shown = capsys.readouterr().out.splitlines()
    assert shown[:4] == ["Wide", "", "column 0: first", "column 1: column_1"]
    assert len(shown) == 2 + len(names) - 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("form", ["csv", "table"])
def test_every_letter_is_printed_whatever_the_locale(built: Path, encoding: str, form: str) -> None:
    printed = subprocess.run(
        [*COMMAND, "query", "who-oversees", "--lang", "uk", "--store", str(built), "--format", form],
        env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, check=True,
    )  # fmt: skip
    assert "Комітет" in printed.stdout.decode("utf-8")


def test_a_name_is_understood_whatever_the_locale(built: Path) -> None:
    bare = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
    command = [*COMMAND, "show", "Омбудсман Екземплії", "--store", str(built)]
    printed = subprocess.run(command, env={**os.environ, **bare}, capture_output=True, check=True)
    assert printed.stdout.decode("utf-8").startswith("Ombudsman of Examplia")


def test_what_is_written_replaces_files_alone(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _run(["export", "csv", "-o", str(tmp_path / "pipe"), "--store", str(built)]) == 2
    assert "no file that can be replaced" in capsys.readouterr().err
    assert (tmp_path / "pipe").is_fifo()


def test_what_is_written_to_a_link_goes_where_it_leads(built: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real.csv")
    assert _run(["export", "csv", "-o", str(tmp_path / "link"), "--store", str(built)]) == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8").startswith("actor_label,")


def test_show_and_path(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["show", "EIS", "--store", str(built), "--lang", "uk"]) == 0
    shown = capsys.readouterr().out
    assert "Служба розвідки Екземплії" in shown
    assert "|" not in shown
    assert _run(["path", "EIS", "EP", "--store", str(built), "--format", "md"]) == 0
    assert "Committee on Security" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["html", "svg", "csv", "gexf", "graphml", "ttl", "trig", "nq", "jsonld", "statements"])
def test_export_writes_each_form(built: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"out.{form}"
    assert _run(["export", form, "-o", str(file), "--store", str(built)]) == 0
    assert file.stat().st_size > 100


def test_validate_and_diff(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["validate", MINI]) == 0
    assert _run(["diff", str(built), str(built), "--format", "csv"]) == 0
    assert "valid: " in capsys.readouterr().err


@pytest.mark.acceptance(9)
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["show", "Nobody at All"], 4, "no actor matches"),
        (["query", "who-overseas"], 4, "did you mean: who-oversees"),
        (["query", "who-oversees", "--country", "UK"], 4, "did you mean: GB\n"),
        (["gaps", "--country", "Нідерланди"], 4, "did you mean: NL\n"),
        (["query", "who-oversees", "-p", "as_of=tomorrow"], 5, "as_of"),
        (["query", "who-oversees", "-p", "target"], 2, "NAME=VALUE"),
        (["query", "who-oversees", "--as-of", "2026-13-40"], 2, "not a day"),
        (["sparql", "SELCT nothing {"], 5, "GG-5000"),
        (["sparql", "no-such-file.rq"], 2, "neither a query nor a file"),
        (["bild"], 2, "Did you mean 'build'"),
        (["build", "/no/such/folder"], 2, "does not exist"),
        (["query", "actors", "--store", "/no/such/store"], 6, "no store"),
        (["query", "actors", "--store", ""], 2, "--store names nothing"),
        (["query", "who-oversees", "-p", "target=SBU", "-p", "target=NABU"], 2, "target is given twice"),
        (["query", "who-oversees", "-p", "country=UA", "--country", "NL"], 2, "country is given twice"),
        (["query", "who-oversees", "-p", "lang=de"], 5, "lang"),
        (["path", "media", "parliament", "--limit", "-3"], 2, "--limit"),
        (["chains", "SBU", "--limit", "0"], 2, "--limit"),
        (["gaps", "--country", "NL", "--as-of", "any"], 2, "one day"),
        (["coverage", "--as-of", "any"], 2, "one day"),
        (["brief", "SBU", "-o", "sbu.html", "--as-of", "any"], 2, "one day"),
        (["gaps", "--country", "NL", "--state", ""], 4, "use one of: met"),
        (["changes", "--country", "NL", "--from", "2017", "--to", "2019-12-31"], 2, "'2017' is not a day"),
        (["changes", "--country", "NL", "--from", "20170101", "--to", "2019-12-31"], 2, "'20170101' is not a day"),
        (
            ["gaps", "--country", "NL", "--as-of", "2017-W01-1"],
            2,
            "'2017-W01-1' is not a day; write YYYY-MM-DD, or any",
        ),
        (["export", "csv", "-o", "/"], 2, "'/' is a directory"),
        (["brief", "SBU", "-o", "/"], 2, "'/' is a directory"),
        (["export", "csv", "-o", ""], 2, "a file needs a name"),
    ],
)
def test_errors_say_what_and_end_with_their_code(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(arguments) == code
    printed = capsys.readouterr()
    assert said in printed.err
    assert "Traceback" not in printed.err
    assert not printed.out


def test_a_wrong_table_ends_build_with_6_and_validate_with_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    for file in Path(MINI).iterdir():
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            (broken / file.name).write_text(text.replace("xx-police,oversight", "x"), encoding="utf-8")
    relations = (broken / "relations.csv").read_text(encoding="utf-8")
    (broken / "relations.csv").write_text(relations.replace(",oversight,", ",oversite,"), encoding="utf-8")
    assert _run(["build", str(broken), "-o", str(tmp_path / "out")]) == 6
    said = capsys.readouterr().err
    assert "relations.csv:2:3: error: kind" in said
    assert "oversight" in said
    assert not (tmp_path / "out").exists()
    assert _run(["validate", str(broken), "--format", "csv"]) == 3


def test_every_command_has_help_with_an_example() -> None:
    for name, command in govgraph.commands.items():
        assert command.help, name
        assert command.epilog, name
        assert "govgraph" in command.epilog, name


@pytest.mark.acceptance(9)
def test_a_reader_that_goes_away_is_not_an_error_of_ours(built: Path) -> None:
    line = f"{COMMAND[0]} query statements --store {built} --format csv | head -1; echo ${{PIPESTATUS[0]}}"
    answer = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    assert "Traceback" not in answer.stderr
    assert answer.stdout.splitlines()[-1] in {"0", "141"}


@pytest.mark.acceptance(9)
def test_help_answers_at_once() -> None:
    # Processor time of the child: other tests run beside this one, and would be measured too.
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*COMMAND, "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(spent) < 0.3
    heavy = "import sys, graph_build.cli; print([n for n in ('rdflib', 'pyvis', 'pandas', 'frictionless', 'IPython') if n in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


@pytest.mark.acceptance(11)
def test_a_library_that_is_not_installed_ends_with_7_and_the_line_that_installs_it(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyvis.network", None)
    target = tmp_path / "page.html"
    assert _run(["export", "html", "--store", str(built), "-o", str(target)]) == 7
    said = capsys.readouterr().err
    assert "pyvis" in said
    assert "pip install" in said
    assert not target.exists()


@pytest.mark.acceptance(10)
def test_nothing_is_left_to_asserts(built: Path, tmp_path: Path) -> None:
    """Under `-O` asserts are gone: bad input must be told as before, and good input must give the same bytes."""
    atlases = []
    for flags in ((), ("-O",)):
        command = [sys.executable, *flags, *COMMAND]
        missing = [*command, "show", "Nobody At All", "--store", str(built)]
        assert subprocess.run(missing, check=False, capture_output=True, text=True).returncode == 4
        folder = tmp_path / "".join(("atlas", *flags))
        subprocess.run([*command, "build", MINI, "-o", str(folder)], check=True, capture_output=True)
        atlases.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert atlases[0] == atlases[1]
    narrowing = re.compile(r"assert (isinstance\([^()]+\)|[\w.]+ is not None)")
    said = [
        ast.unparse(each)
        for file in PACKAGE.rglob("*.py")
        for each in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(each, ast.Assert)
    ]
    assert [each for each in said if not narrowing.fullmatch(each)] == []
