"""`govgraph export`."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph_build.cli.options import NewFile, as_of_option, country_option, lang_option, open_atlas, store_option

if TYPE_CHECKING:
    from graph_build.atlas import AsOf
    from graph_build.page.words import Language

FORMATS_OF_OTHERS = ("popolo", "ftm", "kumu")
FORMATS = ("html", "svg", "csv", "gexf", "graphml", "ttl", "trig", "nq", "jsonld", "statements", *FORMATS_OF_OTHERS)


@click.command(
    epilog="\b\nExamples:\n  govgraph export statements -o statements.csv\n  govgraph export gexf -o for-gephi.gexf"
)
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option(
    "-o",
    "--output",
    required=True,
    type=NewFile(allow_dash=True),
    metavar="FILE",
    help="The file to write; - for standard output.",
)
@as_of_option
@country_option
@lang_option
@store_option
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the cited texts: html then holds their passages, and is not for publication.",
)
def export(
    form: str,
    output: Path,
    as_of: AsOf,
    country: str | None,
    lang: Language,
    store: str | None,
    texts: Path | None,
) -> None:
    """Write the graph in another form: html svg csv gexf graphml ttl trig nq jsonld statements popolo ftm kumu.

    Popolo, FollowTheMoney and Kumu hold the whole graph, and not all of it: what they cannot carry is told.
    """
    atlas = open_atlas(store, texts)
    if form in FORMATS_OF_OTHERS and not country and not as_of:
        made = atlas.interchange(form)
        content = made.text
        for note in made.notes():
            click.echo(f"left out: {note}", err=True)
    else:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always", UserWarning)
            content = atlas.export(form, as_of=as_of, country=country or "", lang=lang)
        for warning in told:
            click.echo(f"warning: {warning.message}", err=True)
    if str(output) == "-":
        sys.stdout.buffer.write(content)
        return
    from graph_build.swap import write_atomically

    write_atomically(output, content)
    click.echo(f"{output}: {len(content):,} bytes", err=True)
