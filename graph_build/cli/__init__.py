"""The command `govgraph`: it parses arguments and prints; the work is done in the rooms below.

Commands import the heavy rooms inside their functions, so that `govgraph --help` answers at once.
"""

from graph_build.cli.app import main

__all__ = ["main"]
