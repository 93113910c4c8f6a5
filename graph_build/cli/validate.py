"""`govgraph validate`."""

from __future__ import annotations

from pathlib import Path

import click

from graph_build.cli.options import format_option, print_table, texts_option
from graph_build.errors import ShapeError


@click.command(
    epilog="\b\nExamples:\n  govgraph validate\n  govgraph validate my-dataset/ --texts texts/ --format json"
)
@click.argument("sources", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--fail-on", type=click.Choice(["error", "warning"]), default="error", show_default=True)
@texts_option
@format_option
def validate(sources: tuple[Path, ...], fail_on: str, texts: Path | None, form: str | None) -> None:
    """Check tables, shapes and, with --texts, every passage of dataset folders (none = all bundled)."""
    from graph_build import atlas
    from graph_build.ask import Table

    findings = atlas.findings(sources, texts=texts)
    columns = ("severity", "file", "line", "column", "field", "message", "remedy")
    rows = tuple((f.severity, f.file, f.line, f.column, f.field, f.message, f.remedy) for f in findings)
    print_table(Table(columns, rows), form)
    grave = [finding for finding in findings if fail_on == "warning" or finding.severity == "error"]
    if grave:
        raise ShapeError(f"{len(grave)} findings", "mend the rows named above and validate again")
    click.echo(f"valid: {len(findings)} warnings, 0 errors", err=True)
