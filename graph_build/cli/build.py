"""`govgraph build`."""

from __future__ import annotations

from pathlib import Path

import click

from graph_build.cli.options import say, texts_option
from graph_build.cli.progress import progress


@click.command(
    epilog="\b\nExamples:\n  govgraph build -o atlas\n  govgraph build my-dataset/ -o atlas --disk\n  govgraph build rada.popolo.json donations.ftm.json -o atlas\n  govgraph build /shared/payments.ftm.json -o /shared/quads --engine spark --master spark://host:7077"
)
@click.argument("sources", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("atlas"), show_default=True, help="Folder to build."
)
@click.option("--disk", is_flag=True, help="Also keep the store on disk, in store/.")
@click.option(
    "--store",
    metavar="URL",
    help="Also load the graph into this SPARQL server, as http://localhost:7878/query; GOVGRAPH_STORE_USER, _PASSWORD and _TOKEN say who asks.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="Where it is built: on this machine, or as shards of N-Quads on a Spark cluster.",
)
@click.option("--master", metavar="URL", help="The cluster of --engine spark, as spark://host:7077.")
@texts_option
def build(
    sources: tuple[Path, ...],
    output: Path,
    disk: bool,
    store: str | None,
    engine: str,
    master: str | None,
    texts: Path | None,
) -> None:
    """Build dataset folders and files of known formats (none = all bundled) into a graph, a page and a report.

    Writes graph.trig, explorer.html, gaps.csv, coverage.csv and validation.json; of imported files also findings.csv. A cluster writes N-Quads and a manifest.json instead.
    A failed or interrupted build leaves the previous result whole. What it was made of is kept in build.json: where nothing has changed nothing is done, and of what has changed only its own graphs are made again.
    """
    if engine == "spark":
        if not master or disk or store or texts:
            raise click.UsageError("--engine spark goes with --master, and with none of --disk, --store and --texts")
        _on_cluster(sources, output, master)
        return
    if master:
        raise click.UsageError("--master goes with --engine spark")
    import gc

    from graph_build import atlas

    gc.disable()  # a build makes millions of objects and hardly a cycle: looking for some takes a fifth of its time

    with progress() as watch:
        report = atlas.build_folder(sources, output, disk=disk, texts=texts, watch=watch)
    for warning in report.warnings:
        say(str(warning))
    say(str(report))
    if store:
        graphs = atlas.publish(output, store)
        say(f"loaded {len(graphs)} graphs into the server")


def _on_cluster(sources: tuple[Path, ...], output: Path, master: str) -> None:
    from graph_build.spark import build as build_shards
    from graph_build.spark import session

    with session(master) as context:
        report = build_shards([source.absolute() for source in sources] or None, output.absolute(), context)
    for finding in report.findings:
        say(str(finding))
    say(str(report))
