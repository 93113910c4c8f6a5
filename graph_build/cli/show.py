"""`govgraph show`, `govgraph path` and `govgraph chains`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph_build.cli.options import (
    as_of_option,
    cell,
    format_option,
    lang_option,
    limit_option,
    open_atlas,
    print_table,
    store_option,
    texts_option,
)

if TYPE_CHECKING:
    from graph_build.atlas import AsOf


@click.command(epilog='\b\nExamples:\n  govgraph show "civil society organisations"\n  govgraph show CSOs --lang uk')
@click.argument("actor")
@as_of_option
@lang_option
@store_option
@texts_option
@format_option
def show(actor: str, as_of: AsOf, lang: str, store: str | None, texts: Path | None, form: str | None) -> None:
    """Show the card of an actor: names, types, dates, and its relations by kind, each with its source."""
    card = open_atlas(store, texts).card(actor, lang=lang, as_of=as_of)
    if form in (None, "table"):
        for line in card.lines():
            click.echo(cell(line))
    else:
        print_table(card.relations, form)


@click.command(epilog='\b\nExample:\n  govgraph path media "security sector"')
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--via", multiple=True, metavar="KIND", help="Only relations of this kind; repeat for several.")
@click.option("--directed", is_flag=True, help="Follow relations from actor to target only.")
@limit_option
@as_of_option
@lang_option
@store_option
@format_option
def path(
    start: str,
    end: str,
    via: tuple[str, ...],
    directed: bool,
    limit: int,
    as_of: AsOf,
    lang: str,
    store: str | None,
    form: str | None,
) -> None:
    """Show the shortest chains of relations between two actors, as sentences with their sources."""
    table = open_atlas(store).path(start, end, kinds=via, directed=directed, limit=limit, as_of=as_of, lang=lang)
    print_table(table, form)


@click.command(epilog="\b\nExamples:\n  govgraph chains SBU\n  govgraph chains AIVD --as-of 2015-01-01 --format csv")
@click.argument("actor")
@limit_option
@as_of_option
@lang_option
@store_option
@format_option
def chains(actor: str, limit: int, as_of: AsOf, lang: str, store: str | None, form: str | None) -> None:
    """Show to whom an actor answers, step by step up to an elected body, as sentences with their sources."""
    table = open_atlas(store).chains(actor, limit=limit, as_of=as_of, lang=lang)
    for_people = form == "table" or (form is None and sys.stdout.isatty())
    print_table(
        table.only("chain", "step", "sentence", "modality_label", "since", "until") if for_people else table, form
    )
