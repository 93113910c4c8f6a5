"""`govgraph gaps`, `govgraph coverage` and `govgraph changes`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph_build.cli.options import (
    NewFile,
    as_day,
    as_of_option,
    country_option,
    format_option,
    lang_option,
    one_day,
    open_atlas,
    print_table,
    store_option,
    write_table,
)
from graph_build.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from graph_build.atlas import AsOf
    from graph_build.page.words import Language

_DRAWN = ("html", "svg")
_TABLES = ("csv", "tsv", "json", "jsonl", "md")
_SHORT = ("state", "asks", "demand", "body_label", "by_label", "grounds", "via", "standard", "note")


@click.command(
    epilog="\b\nExamples:\n  govgraph gaps --country NL\n  govgraph gaps --country NL --norm norms --as-of 2015-01-01 --format csv"
)
@country_option
@click.option(
    "--norm",
    default="standards",
    show_default=True,
    metavar="DATASET",
    help="Whose demands: standards, norms, or a dataset of yours.",
)
@click.option(
    "--state",
    "states",
    multiple=True,
    metavar="STATE",
    help='Only this state, as "met" or "not known"; repeat for several.',
)
@as_of_option
@lang_option
@store_option
@format_option
def gaps(
    country: str | None,
    norm: str,
    states: tuple[str, ...],
    as_of: AsOf,
    lang: str,
    store: str | None,
    form: str | None,
) -> None:
    """Test what a norm demands for each body of a country: met, law only, absent, or not known, with both sources."""
    from collections import Counter

    from graph_build.ask import Table
    from graph_build.gaps import STATES

    if not country:
        raise UsageError("which country?", "add --country, as --country NL")
    for state in states:
        if not state or not any(known.startswith(state) for known in STATES):
            raise NotFoundError("state", state, there=STATES)
    day = one_day(as_of, "gaps are tested")
    table = open_atlas(store).gaps(country, norm=norm, as_of=day, lang=lang)
    place = table.columns.index("state")
    rows = tuple(row for row in table.rows if not states or str(row[place]).startswith(states))
    chosen = Table(table.columns, rows, table.checked, table.title)
    for_people = form == "table" or (form is None and sys.stdout.isatty())
    print_table(chosen.only(*_SHORT) if for_people else chosen, form)
    counts = Counter(str(row[place]) for row in table.rows)
    click.echo(", ".join(f"{state}: {count}" for state, count in sorted(counts.items())), err=True)


@click.command(
    epilog="\b\nExamples:\n  govgraph coverage\n  govgraph coverage --country NL --as-of 2010-01-01 --long --format csv\n  govgraph coverage --country UA -o coverage.html"
)
@country_option
@click.option("--long", is_flag=True, help="A row for each agency and layer, with overseers and grounds.")
@click.option(
    "-o",
    "--output",
    type=NewFile(),
    metavar="FILE",
    help="A file instead of the terminal: .html (page with all grounds), .svg (picture), or a table as .csv .tsv .json .jsonl .md.",
)
@as_of_option
@lang_option
@store_option
@format_option
def coverage(
    country: str | None,
    long: bool,
    output: Path | None,
    as_of: AsOf,
    lang: Language,
    store: str | None,
    form: str | None,
) -> None:
    """Show who oversees each security agency, by layer: how many in practice, how many by law; no country = all."""
    day = one_day(as_of, "coverage holds")
    if output is None:
        print_table(open_atlas(store).coverage(country, as_of=day, lang=lang, long=long), form)
        return
    ending = output.suffix.lower().removeprefix(".")
    if form or (long and ending in _DRAWN):
        option = "--format" if form else "--long"
        raise UsageError(f"{option} does not go with {output.name}", f"leave out {option}: the ending says the form")
    if ending not in (*_DRAWN, *_TABLES):
        raise UsageError(
            f"coverage is not written as {output.name}", f"end the name in one of .{' .'.join((*_DRAWN, *_TABLES))}"
        )
    atlas = open_atlas(store)
    if ending in _DRAWN:
        atlas.coverage_picture(country, as_of=day, lang=lang).save(output)
    else:
        write_table(atlas.coverage(country, as_of=day, lang=lang, long=long), output)
    click.echo(f"{output}: {output.stat().st_size:,} bytes", err=True)


@click.command(epilog="\b\nExample:\n  govgraph changes --country NL --from 2017-01-01 --to 2019-12-31")
@country_option
@click.option("--from", "since", required=True, callback=as_day, metavar="DATE", help="Changes on this day or later.")
@click.option("--to", "until", required=True, callback=as_day, metavar="DATE", help="Changes on this day or earlier.")
@lang_option
@store_option
@format_option
def changes(country: str | None, since: date, until: date, lang: str, store: str | None, form: str | None) -> None:
    """Show what changed in a country between two days: relations, bodies and laws, each with its provision."""
    if not country:
        raise UsageError("which country?", "add --country, as --country NL")
    if since > until:
        raise UsageError(f"{since} is after {until}", "give the earlier day as --from")
    print_table(open_atlas(store).changes(country, since, until, lang=lang), form)
