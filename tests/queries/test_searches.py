"""What a question tells of searches that found nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import graph_build as gb

GAPLAND = Path(__file__).parents[1] / "data" / "gapland"


def test_of_a_body_alone_the_types_that_were_looked_for_are_told_and_no_functions(tmp_path: Path) -> None:
    folder = shutil.copytree(GAPLAND, tmp_path / "gapland")
    with (folder / "searches.csv").open("a", encoding="utf-8") as table:
        table.write("inspection of xg-police by independent-oversight-body,https://www.example.org/report,2025-06-01\n")
    rows = gb.build(folder).ask("yes-or-no", target="xg-police").records()
    searched = [row for row in rows if row["verdict"] == "not known: looked for and not found"]
    assert [(row["actor_label"], row["phrase"]) for row in searched] == [
        ("independent oversight body", "inspection of xg-police by independent-oversight-body")
    ]
