"""`govgraph convert`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="\b\nExamples:\n  govgraph convert rada.popolo.json -o rada\n  govgraph convert donations.ftm.json -o donations"
)
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder to write; new or empty.")
def convert(source: Path, output: Path) -> None:
    """Write a file of a known format as a dataset folder that people can edit and `build` reads.

    What was read, kept, joined and left out is told, and why is in import/findings.csv of the folder.
    """
    from graph_build.convert import convert as write

    report = write(source, output)
    for finding in report.findings if report else ():
        click.echo(str(finding), err=True)
    if report:
        click.echo(str(report), err=True)
    click.echo(f"{output}: written; edit its tables, then: govgraph build {output}", err=True)
