"""`govgraph queries`, `govgraph query` and `govgraph sparql`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph_build.cli.options import (
    as_of_option,
    country_option,
    format_option,
    lang_option,
    open_atlas,
    print_table,
    store_option,
)
from graph_build.errors import InputError, UsageError

if TYPE_CHECKING:
    from graph_build.atlas import AsOf


@click.command(epilog="\b\nExamples:\n  govgraph queries\n  govgraph queries --tag oversight --format json")
@click.option("--tag", help="Only questions with this tag.")
@format_option
def queries(tag: str | None, form: str | None) -> None:
    """List the questions of the catalogue: name, title, question, parameters, columns, tags."""
    import json

    from graph_build.ask import catalogue_records, catalogue_table

    if form == "json":
        click.echo(json.dumps(catalogue_records(tag), ensure_ascii=False, indent=2))
        return
    table = catalogue_table(tag)
    chosen = form or ("table" if sys.stdout.isatty() else "csv")
    print_table(table.only("name", "title", "params") if chosen == "table" else table, chosen)


@click.command(
    epilog='\b\nExamples:\n  govgraph query who-oversees -p target="security sector"\n  govgraph query works -p topic=gender --format json'
)
@click.argument("name")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; repeat for several.")
@as_of_option
@country_option
@lang_option
@store_option
@format_option
def query(
    name: str,
    params: tuple[str, ...],
    as_of: AsOf,
    country: str | None,
    lang: str,
    store: str | None,
    form: str | None,
) -> None:
    """Ask one question of the catalogue. Actors are given by label, alias, abbreviation, id or IRI."""
    values: dict[str, object] = {}
    for key, value in [*map(_pair, params), ("as_of", as_of), ("country", country)]:
        if key in values and value is not None:
            raise UsageError(f"{key} is given twice", "a parameter takes one value; ask once for each")
        values |= {} if value is None else {key: value}
    atlas = open_atlas(store)
    print_table(atlas.ask(name, **{"lang": lang, **values}), form)


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise UsageError(f"{text!r} is not NAME=VALUE", "write for example -p target=parliament")
    return key.strip(), value


@click.command(
    epilog="\b\nExamples:\n  govgraph sparql 'SELECT ?s WHERE { ?s gov:oversees ?o }'\n  govgraph sparql my.rq --format csv"
)
@click.argument("text", metavar="QUERY|FILE|-")
@store_option
@format_option
def sparql(text: str, store: str | None, form: str | None) -> None:
    """Run any SPARQL query (the prefixes of the project are known); CONSTRUCT and DESCRIBE print Turtle."""
    from graph_build.ask import Table

    asked = _read(text)
    answer = open_atlas(store).sparql(asked)
    if isinstance(answer, Table):
        print_table(answer, form)
    else:
        click.echo(answer, nl=False)


def _read(text: str) -> str:
    if text == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input")
    looks_like_file = len(text) < 1024 and "\n" not in text and "{" not in text
    if not looks_like_file:
        return text
    path = Path(text)
    if not path.is_file():
        raise UsageError(f"{text!r} is neither a query nor a file", "quote the query, or name a .rq file")
    return _decoded(path.read_bytes(), text)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not UTF-8: byte 0x{content[error.start]:02X} at {error.start}", remedy="save the query as UTF-8"
        ) from error
