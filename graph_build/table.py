"""The answer to a question: named columns, rows of Python values, and the forms in which people take them away."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from graph_build.errors import MissingDependencyError, UsageError

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]  # has no types of its own

Value = str | int | float | bool | Decimal | date | None
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values under named columns; a value that the graph does not have is None.

    `checked` is the day on which the data were last held against their sources: the answer says nothing about later days.

    >>> table = Table(("actor", "since"), (("parliament", date(2018, 7, 8)), ("court", None)))
    >>> len(table), table.records()[1]
    (2, {'actor': 'court', 'since': None})
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    checked: date | None = None
    title: str = ""

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        """Yield the rows, each a tuple of values in the order of `columns`."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def records(self) -> list[dict[str, Value]]:
        """Return each row as a mapping from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> list[Value]:
        """Return the values of one column, from the first row to the last.

        >>> Table(("a", "b"), ((1, 2), (3, 4))).column("b")
        [2, 4]
        """
        place = self._place(name)
        return [row[place] for row in self.rows]

    def only(self, *names: str) -> Table:
        """Return the same rows with these columns alone, in this order.

        >>> Table(("a", "b"), ((1, 2),)).only("b").rows
        ((2,),)
        """
        places = [self._place(name) for name in names]
        rows = tuple(tuple(row[place] for place in places) for row in self.rows)
        return Table(names, rows, self.checked, self.title)

    def to_csv(self) -> str:
        r"""Return the table as RFC 4180 text; a cell that a spreadsheet would run as a formula starts with an apostrophe.

        >>> Table(("name",), (("=1+1",),)).to_csv()
        "name\r\n'=1+1\r\n"
        """
        return self._separated(",")

    def to_tsv(self) -> str:
        """Return the table with tabs between cells, quoted and guarded as in `to_csv`."""
        return self._separated("\t")

    def to_json(self) -> str:
        """Return one JSON object: title, checked, columns and rows (each an object); dates and exact decimals are strings."""
        whole = {
            "title": self.title,
            "checked": _plain(self.checked),
            "columns": list(self.columns),
            "rows": self._plain_records(),
        }
        return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"

    def to_jsonl(self) -> str:
        """Return one JSON object a line, for each row."""
        return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in self._plain_records())

    def to_markdown(self) -> str:
        r"""Return a Markdown table; what a cell holds stays text.

        >>> print(Table(("a", "b"), (("x|y", True),)).to_markdown(), end="")
        | a | b |
        | --- | --- |
        | x\|y | true |
        """
        lines = [[_marked(name) for name in self.columns], ["---"] * len(self.columns)]
        lines += [[_marked(_cell(value)) for value in row] for row in self.rows]
        note = f"\nChecked {self.checked.isoformat()}.\n" if self.checked else ""
        return "".join(f"| {' | '.join(line)} |\n" for line in lines) + note

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas frame; without pandas, a `MissingDependencyError` that says how to get it."""
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingDependencyError("pandas is not installed", "pip install pandas") from error
        return pd.DataFrame(list(self.rows), columns=list(self.columns))

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        head = "".join(f"<th>{html.escape(name.replace('_', ' '))}</th>" for name in self.columns)
        body = "".join(f"<tr>{''.join(f'<td>{html.escape(_cell(v))}</td>' for v in row)}</tr>" for row in self.rows)
        note = f"<p>{len(self.rows)} rows, checked {self.checked.isoformat()}</p>" if self.checked else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"

    def _place(self, name: str) -> int:
        if name not in self.columns:
            raise UsageError(f"the table has no column {name!r}", f"its columns are {', '.join(self.columns)}")
        return self.columns.index(name)

    def _plain_records(self) -> list[dict[str, object]]:
        return [{name: _plain(value) for name, value in record.items()} for record in self.records()]

    def _separated(self, delimiter: str) -> str:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow([_guarded(name) for name in self.columns])
        writer.writerows(_guarded_row(row) for row in self.rows)
        return text.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _guarded(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def _guarded_row(row: Sequence[Value]) -> list[str]:
    """Guard text only: a negative number is a number."""
    return [_guarded(value) if isinstance(value, str) else _cell(value) for value in row]


def _plain(value: Value) -> object:
    return str(value) if isinstance(value, date | Decimal) else value


def _marked(text: str) -> str:
    r"""Return text as a Markdown cell shows it: no markup, no line break.

    >>> _marked("<b>*a*\n|")
    '&lt;b&gt;\\*a\\* \\|'
    """
    shown = html.escape(" ".join(text.split()), quote=False)
    return "".join(f"\\{letter}" if letter in "\\`*[]|~" else letter for letter in shown)
