"""`govgraph reconcile`."""

from __future__ import annotations

from pathlib import Path

import click

from graph_build.cli.options import NewFile


@click.command(
    epilog="\b\nExamples:\n  govgraph reconcile my-dataset/ rada.popolo.json -o decisions.csv\n  govgraph build my-dataset/ rada.popolo.json decisions.csv -o atlas"
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=NewFile(),
    default=Path("decisions.csv"),
    show_default=True,
    help="Table to write; decisions in it are kept.",
)
def reconcile(sources: tuple[Path, ...], output: Path) -> None:
    """Propose which actors of several sources are one: by identifiers, else by names across scripts and languages.

    Write accept or reject into the column decision. Given to build beside the sources, the table is obeyed; a row removed is a merge undone.
    """
    from graph_build.errors import UsageError
    from graph_build.reconcile.decisions import continued, decisions_csv, is_decisions, read_decisions
    from graph_build.reconcile.propose import proposals
    from graph_build.reconcile.sources import read_undecided
    from graph_build.swap import write_atomically

    places = [source.resolve() for source in sources]
    for source, place in zip(sources, places, strict=True):
        if places.count(place) > 1:
            raise UsageError(f"{source} is named twice", "what is in one source only is one already")
    if output.exists() and not is_decisions(output):
        raise UsageError(f"{output} is there already, and no table of decisions", "name another file")
    before = read_decisions(output) if output.exists() else []
    rows = continued(proposals(read_undecided(sources)), before)
    write_atomically(output, decisions_csv(rows))
    decided = sum(bool(row.decision) for row in rows)
    click.echo(
        f"{output}: {len(rows):,} pairs, {decided:,} decided; accept or reject the others, then: govgraph build ... {output}",
        err=True,
    )
