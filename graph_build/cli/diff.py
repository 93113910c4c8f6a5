"""`govgraph diff`."""

from __future__ import annotations

from pathlib import Path

import click

from graph_build.cli.options import format_option, lang_option, print_table


@click.command(epilog="\b\nExample:\n  govgraph diff atlas-2025/ atlas/ --format md")
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@lang_option
@format_option
def diff(old: Path, new: Path, lang: str, form: str | None) -> None:
    """Compare two builds: relations and actors added, removed and changed."""
    from graph_build import atlas

    print_table(atlas.difference(old, new, lang=lang), form)
