"""The options that commands share, and how a table is printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from graph_build.errors import UsageError

if TYPE_CHECKING:
    from graph_build.ask import Table
    from graph_build.atlas import AsOf, Atlas

F = TypeVar("F", bound=Callable[..., object])
_IRI = ("http://", "https://")
_LEGIBLE = 9  # letters: a column that has fewer breaks every word
FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")


def store_option(function: F) -> F:
    """Add `--store`."""
    return click.option(
        "--store",
        metavar="PATH|URL",
        help="A store on disk, a built atlas folder or a SPARQL endpoint; none = the bundled datasets.",
    )(function)


def texts_option(function: F) -> F:
    """Add `--texts`."""
    return click.option(
        "--texts",
        envvar="GOVGRAPH_TEXTS",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Folder of the cited texts: passages are then shown and checked.",
    )(function)


def as_of_option(function: F) -> F:
    """Add `--as-of`."""
    return click.option(
        "--as-of",
        callback=_as_of,
        metavar="DATE|any",
        help="Relations in force on this day (YYYY-MM-DD). Default: the day on which the data were checked; exports hold all times.",
    )(function)


def country_option(function: F) -> F:
    """Add `--country`."""
    return click.option("--country", metavar="XX", help="Actors of this country (ISO 3166-1 alpha-2).")(function)


def lang_option(function: F) -> F:
    """Add `--lang`."""
    return click.option(
        "--lang", type=click.Choice(["en", "uk"]), default="en", show_default=True, help="Language of labels."
    )(function)


def limit_option(function: F) -> F:
    """Add `--limit`."""
    return click.option(
        "--limit", type=click.IntRange(min=1), default=5, show_default=True, help="At most so many chains."
    )(function)


def format_option(function: F) -> F:
    """Add `--format`."""
    return click.option(
        "--format", "form", type=click.Choice(FORMATS), help="Default: table on a terminal, CSV when piped."
    )(function)


def _as_of(_context: click.Context, _parameter: click.Parameter, value: str | None) -> AsOf:
    if value is None:
        return None
    return "any" if value == "any" else _day(value, "YYYY-MM-DD, or any")


def as_day(_context: click.Context, _parameter: click.Parameter, value: str) -> date:
    """Return the day that an option names."""
    return _day(value, "YYYY-MM-DD")


def _day(text: str, form: str) -> date:
    with suppress(ValueError):
        known = date.fromisoformat(text)  # which takes 20170101, too
        if known.isoformat() == text:
            return known
    raise click.BadParameter(f"{text!r} is not a day; write {form}")


def one_day(as_of: AsOf, what: str) -> date | None:
    """Return the day that is asked for, or none for that of the data; "any" is a `UsageError` where `what` holds for one day."""
    if as_of == "any":
        raise UsageError(f"{what} for one day", "give a date, or leave --as-of out")
    return as_of


class NewFile(click.Path):
    """The path of a file to write; what is there already is replaced, so that it has to be a file: told before any work is done."""

    def __init__(self, *, allow_dash: bool = False) -> None:
        """Allow - for standard output, or not."""
        super().__init__(dir_okay=False, allow_dash=allow_dash, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; refuse a folder, a device and an empty name."""
        path = Path(str(super().convert(value, param, ctx)))
        if not path.name:
            self.fail("a file needs a name", param, ctx)
        if path.exists() and not path.is_file():
            self.fail(f"{path} is there already, and no file that can be replaced", param, ctx)
        return path


def open_atlas(store: str | None, texts: Path | None = None) -> Atlas:
    """Open what `--store` names, or the bundled datasets."""
    from graph_build import atlas

    if store == "":
        raise UsageError("--store names nothing", "name a store, or leave it out for the bundled datasets")
    return atlas.open(store, texts=texts) if store else atlas.load(texts=texts)


def say(line: str) -> None:
    """Print a line on standard error; that its reader has gone away changes nothing, for the exit code says the same."""
    try:
        click.echo(line, err=True)
    except BrokenPipeError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Send what is still to be written nowhere, so that Python does not complain of a closed pipe at its end."""
    with suppress(OSError, ValueError):  # a stream that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def print_table(table: Table, form: str | None, *, title: str = "") -> None:
    """Print a table on standard output; the date that it holds for goes to standard error."""
    chosen = form or ("table" if sys.stdout.isatty() else "csv")
    if chosen == "table":
        _print_for_people(table, title)
    else:
        click.echo(_as_text(table, chosen), nl=False)
    if table.checked:
        click.echo(f"{len(table.rows)} rows · data checked {table.checked}", err=True)


def write_table(table: Table, path: Path) -> None:
    """Write a table to a file, whole or not at all, in the form that the file's ending names."""
    from graph_build.swap import write_atomically

    write_atomically(path, _as_text(table, path.suffix.lower().removeprefix(".")).encode("utf-8"))


def _as_text(table: Table, form: str) -> str:
    writers = {
        "csv": table.to_csv,
        "tsv": table.to_tsv,
        "json": table.to_json,
        "jsonl": table.to_jsonl,
        "md": table.to_markdown,
    }
    if form not in writers:
        raise UsageError(f"a table is not written as {form}", f"use one of {', '.join(writers)}")
    text = writers[form]()
    return text if text.endswith("\n") else text + "\n"


def _print_for_people(table: Table, title: str) -> None:
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    shown = readable(table)
    console = Console(width=None if sys.stdout.isatty() else 160)
    if console.width < _LEGIBLE * len(shown.columns):
        _print_below_one_another(shown, title or table.title)
        return
    grid = Grid(title=Text(title or table.title) if title or table.title else None, header_style="bold")
    for column in shown.columns:
        grid.add_column(Text(_header(column)), overflow="fold")
    for row in shown.rows:
        grid.add_row(*(Text(cell(value)) for value in row))
    console.print(grid)


def _print_below_one_another(table: Table, title: str) -> None:
    """Print each row as lines of column and value, for a terminal that has no room for the columns side by side."""
    if title:
        click.echo(plain(title))
    for row in table.rows:
        click.echo()
        for column, value in zip(table.columns, row, strict=True):
            if value is not None:
                click.echo(f"{_header(column)}: {cell(value)}")


def _header(column: str) -> str:
    return column.removesuffix("_label").replace("_", " ")


def cell(value: object) -> str:
    """Return a value as one line of text for people, in which several stand side by side."""
    return plain(value).replace("|", " · ")


def readable(table: Table) -> Table:
    """Return the columns that a person reads: without those that are empty, and without IRIs where labels stand beside them."""
    filled = [name for name in table.columns if any(value is not None for value in table.column(name))]
    words = [
        name
        for name in filled
        if not all(str(value).startswith(_IRI) for value in table.column(name) if value is not None)
    ]
    return table.only(*(words or filled or table.columns))


def plain(value: object) -> str:
    """Return a value as one line of text without control characters, which a terminal might obey.

    >>> plain("a\\x1b[31mb"), plain(None), plain(True)
    ('a[31mb', '', 'yes')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value).replace("\n", " ")
    return "".join(letter for letter in text if letter.isprintable())
