"""The notebooks run from top to bottom, and are stored without output."""

from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
REAL_FILES = Path(__file__).parents[2] / "shared" / "data"
NEED_FILES = ("7-who-funds-whom",)


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 7


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_notebook_runs_and_shows_something(path: Path) -> None:
    import nbformat  # takes two seconds, which whoever only collects the tests need not spend
    from nbclient import NotebookClient

    if path.stem in NEED_FILES and not REAL_FILES.exists():
        pytest.skip("it reads files of others, which are not part of the project and not here")
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code), "stored with output"
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    shown = [
        output for cell in code for output in cell.outputs if output.output_type != "stream" or output.text.strip()
    ]
    assert len(shown) >= len(code) - 1
    assert any("text/html" in output.get("data", {}) for output in shown)
