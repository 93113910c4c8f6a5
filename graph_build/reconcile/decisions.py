"""The table of decisions: what was proposed, and what people decided. Rows may be added by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from graph_build.errors import Finding, InputError
from graph_build.readers.tables import read_table
from graph_build.readers.words import shown
from graph_build.reconcile.propose import Proposal
from graph_build.reconcile.tables import table
from graph_build.records import Place

_NOWHERE: Final = Place("", 0)
COLUMNS: Final = ("left", "right", "score", "reasons", "decision")


@dataclass(frozen=True, slots=True)
class Decision:
    """One row: two ids of actors, and `accept`, `reject` or nothing."""

    left: str
    right: str
    score: str = ""
    reasons: str = ""
    decision: str = ""
    place: Place = _NOWHERE

    @property
    def pair(self) -> frozenset[str]:
        """The two ids, in no order."""
        return frozenset((self.left, self.right))


def is_decisions(path: Path) -> bool:
    """Say whether a source is a table of decisions: a CSV file whose header has the columns that only this table has."""
    if path.suffix.lower() != ".csv" or not path.is_file():
        return False
    with path.open("rb") as file:
        header = file.readline(1000).decode("utf-8-sig", "replace")
    cells = {cell.strip().strip('"') for cell in header.split(",")}
    return {"left", "right", "decision"} <= cells


def read_decisions(path: Path) -> list[Decision]:
    """Read a table of decisions; whatever is wrong with it is an `InputError` with every finding."""
    read = read_table("decisions", path, str(path), table("decisions"))
    rows = [
        Decision(**{name: row.cells.get(name, "").strip() for name in COLUMNS}, place=Place(str(path), row.line))
        for row in read.rows
    ]
    findings = sorted([*read.findings, *_contradictions(rows)])
    if any(finding.severity == "error" for finding in findings):
        raise InputError(f"the decisions in {path} cannot be obeyed", findings, "mend the rows named")
    return rows


def _contradictions(rows: Sequence[Decision]) -> Iterator[Finding]:
    """Name rows that repeat a pair, or pair an actor with itself."""
    first: dict[frozenset[str], Decision] = {}
    for row in rows:
        if row.left and row.left == row.right:
            yield finding(row, f'"{shown(row.left)}" is paired with itself', "name two actors")
        elif row.pair in first:
            message = f"these two are in line {first[row.pair].place.line} already"
            yield finding(row, message, "keep one row for a pair")
        first.setdefault(row.pair, row)


def finding(row: Decision, message: str, remedy: str, *, warning: bool = False) -> Finding:
    """Return a finding that points to a row."""
    return Finding(row.place.file, row.place.line, 1, "left", message, remedy, "warning" if warning else "error")


def continued(proposals: Iterable[Proposal], made: Iterable[Decision]) -> list[Decision]:
    """Return the table anew: what is decided stays with its ids as they were, what is not follows the proposals."""
    decided = {row.pair: row for row in made if row.decision}
    found: list[Decision] = []
    for proposal in proposals:
        row = Decision(proposal.left, proposal.right, f"{proposal.score:.3f}", _text(proposal.reasons))
        before = decided.pop(row.pair, None)
        found.append(replace(before, score=row.score, reasons=row.reasons) if before else row)
    return sorted([*found, *decided.values()], key=_order)


def _order(row: Decision) -> tuple[float, str, str]:
    """Order by score, the surest first; a score that a person wrote may be no number."""
    try:
        score = float(row.score or 0)
    except ValueError:
        score = 0.0
    return -score, row.left, row.right


def _text(reasons: Iterable[str]) -> str:
    return "; ".join(_plain(reason) for reason in reasons)


def _plain(reason: str) -> str:
    """Return a reason that fits a cell; names of others stand behind words of ours, so that none begins a formula."""
    left, equals, right = reason.partition(" = ")
    return f"{shown(left)}{equals}{shown(right)}"


def decisions_csv(rows: Iterable[Decision]) -> bytes:
    """Return the table as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(row, name) for name in COLUMNS] for row in rows)
    return text.getvalue().encode()
