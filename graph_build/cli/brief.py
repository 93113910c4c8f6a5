"""`govgraph brief`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph_build.cli.options import NewFile, as_of_option, lang_option, one_day, open_atlas, store_option

if TYPE_CHECKING:
    from graph_build.atlas import AsOf
    from graph_build.page.words import Language


@click.command(epilog="\b\nExamples:\n  govgraph brief SBU -o sbu.html\n  govgraph brief AIVD -o aivd.html --lang uk")
@click.argument("actor")
@click.option("-o", "--output", required=True, type=NewFile(), metavar="FILE", help="The file to write.")
@as_of_option
@lang_option
@store_option
def brief(actor: str, output: Path, as_of: AsOf, lang: Language, store: str | None) -> None:
    """Write two printed pages on one body: who it answers to, who may question it, what others have, what is not known."""
    day = one_day(as_of, "a brief holds")
    content = open_atlas(store).brief(actor, as_of=day, lang=lang).encode()
    from graph_build.swap import write_atomically

    write_atomically(output, content)
    click.echo(f"{output}: {len(content):,} bytes", err=True)
