"""`govgraph map`."""

from __future__ import annotations

from pathlib import Path

import click

from graph_build.cli.options import NewFile


@click.command(
    name="map",
    epilog="\b\nExamples:\n  govgraph map donors.xlsx -o donors.toml\n  govgraph build donors.toml -o atlas",
)
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=NewFile(), help="Mapping to write; none = print it.")
def map_(file: Path, output: Path | None) -> None:
    """Propose how a table (CSV, TSV, Excel, ODS; a folder of them) becomes actors and relations, as a mapping to read and correct.

    The mapping is then the source: give it to `build`, `convert` or `validate`. It names its tables relative to itself. A mapping
    that is there already is never overwritten.
    """
    from graph_build.errors import UsageError
    from graph_build.readers.tabular_propose import propose

    if output is not None and output.exists():
        raise UsageError(f"{output} is there already", "give another name; a mapping is written once and kept")
    proposal = propose(file, output.parent if output else Path())
    if output is None:
        click.echo(proposal, nl=False)
        return
    from graph_build.swap import write_atomically

    write_atomically(output, proposal.encode("utf-8"))
    click.echo(f"{output}: written; read and correct it, then: govgraph build {output}", err=True)
