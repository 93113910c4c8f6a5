"""The group of commands, and how every error ends: what, where, why, what next, and an exit code of its own."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from io import TextIOWrapper
from typing import TextIO

import click

from graph_build.cli import brief, build, convert, diff, export, map, practice, query, reconcile, show, validate
from graph_build.cli.options import say, silence
from graph_build.errors import GovgraphError, InputError, MissingDependencyError

_EPILOG = """\b
Examples:
  govgraph build -o atlas              the bundled datasets as a graph and a page
  govgraph query who-oversees -p target="security sector"
  govgraph show "parliament" --lang uk
  govgraph gaps --country NL           what standards demand and practice shows
  govgraph export html -o page.html
"""


class _NearestGroup(click.Group):
    """A group that offers the nearest command when a name is not known."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or fail with a suggestion."""
        from difflib import get_close_matches

        if args and not args[0].startswith("-") and args[0] not in self.commands:
            near = get_close_matches(args[0], self.commands, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise click.UsageError(f"No such command '{args[0]}'.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_NearestGroup,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(version("govgraph"), prog_name="govgraph")
def govgraph() -> None:
    """A knowledge graph of the actors who govern the security sector: who oversees whom, each relation cited."""


for _command in (
    build.build,
    map.map_,
    convert.convert,
    reconcile.reconcile,
    query.queries,
    query.query,
    query.sparql,
    show.show,
    show.path,
    show.chains,
    brief.brief,
    practice.gaps,
    practice.coverage,
    practice.changes,
    export.export,
    validate.validate,
    diff.diff,
):
    govgraph.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code: see `graph_build.errors` for the codes."""
    for stream in (sys.stdout, sys.stderr):
        _any_letter(stream)
    sys.exit(_run([_as_typed(text) for text in (sys.argv[1:] if arguments is None else arguments)]))


def _any_letter(stream: TextIO | None) -> None:
    """Let a stream take every letter, whatever the locale: files and pipes get UTF-8, a terminal marks what it cannot show."""
    if not isinstance(stream, TextIOWrapper) or codecs.lookup(stream.encoding).name == "utf-8":
        return
    if stream.isatty() and codecs.lookup(stream.encoding).name != "ascii":
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _as_typed(text: str) -> str:
    """Return an argument that Python could not decode in the locale as the UTF-8 that it is; what is none stays."""
    with suppress(UnicodeError):
        return os.fsencode(text).decode("utf-8")
    return text


def _run(arguments: Sequence[str] | None) -> int:
    try:
        return _result(arguments)
    except GovgraphError as error:
        if os.environ.get("GOVGRAPH_DEBUG"):
            raise
        _say(error)
        return error.exit_code
    except click.ClickException as error:
        with suppress(BrokenPipeError):
            error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted; what was being written is there whole, or as it was before")
        return 130
    except BrokenPipeError:
        # The reader of our output has gone: not an error of ours.
        silence(sys.stdout)
        return 141
    except OSError as error:
        say(f"error[GG-1001]: {error.strerror or error}: {error.filename or ''}".rstrip(": "))
        return 1


def _result(arguments: Sequence[str] | None) -> int:
    try:
        result = govgraph.main(args=arguments, prog_name="govgraph", standalone_mode=False)
    except ModuleNotFoundError as error:
        name = (error.name or "").split(".")[0]
        raise MissingDependencyError(
            f"the library {name} is not installed", f"pip install --upgrade govgraph {name}"
        ) from error
    return result if isinstance(result, int) else 0


def _say(error: GovgraphError) -> None:
    for finding in error.findings if isinstance(error, InputError) else ():
        say(str(finding))
    say(f"error[{error.id}]: {error.message}")
    if error.remedy:
        say(f"  help: {error.remedy}")
