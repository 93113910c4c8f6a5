"""`govgraph brief`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph_build.cli.options import as_of_option, lang_option, open_atlas, store_option
from graph_build.errors import UsageError

if TYPE_CHECKING:
    from graph_build.atlas import AsOf
    from graph_build.page.words import Language


@click.command(epilog="\b\nExamples:\n  govgraph brief SBU -o sbu.html\n  govgraph brief AIVD -o aivd.html --lang uk")
@click.argument("actor")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The file to write."
)
@as_of_option
@lang_option
@store_option
def brief(actor: str, output: Path, as_of: AsOf, lang: Language, store: str | None) -> None:
    """Write two printed pages on one body: who it answers to, who may question it, what others have, what is not known."""
    if as_of == "any":
        raise UsageError("a brief holds for one day", "give a date, or leave --as-of out")
    content = open_atlas(store).brief(actor, as_of=as_of, lang=lang).encode()
    from graph_build.swap import write_atomically

    write_atomically(output, content)
    click.echo(f"{output}: {len(content):,} bytes", err=True)
