"""What can go wrong, said for people: what, where, why, what next.

Every error of this package derives from `GovgraphError`. Its `exit_code` is what the command line ends with, its `id` is
stable and documented, its message is built here from the data that it carries.

    1 failed · 2 usage · 3 validation findings · 4 not found · 5 query error · 6 input unreadable or invalid · 7 missing dependency
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong with an input: where it is, what it is, and the remedy.

    `file` is the path as the user gave it, `line` and `column` count from 1 (0 = the whole file); `field` is the column's name.
    """

    file: str
    line: int
    column: int
    field: str
    message: str
    remedy: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        """Return `file:line:column: severity: field: message (remedy)`."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        named = f"{self.field}: " if self.field else ""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"{place}: {self.severity}: {named}{self.message}{remedy}"


class GovgraphError(ValueError):
    """The base of all errors that this package raises on purpose."""

    id: ClassVar[str] = "GG-1000"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        """Keep the message and what the user can do next."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UsageError(GovgraphError):
    """The call asks for something that the program does not offer."""

    id = "GG-2000"
    exit_code = 2


class ShapeError(GovgraphError):
    """The data are readable, but break the rules of the ontology."""

    id = "GG-3000"
    exit_code = 3


class NotFoundError(GovgraphError):
    """There is no such actor, query or relation; `suggestions` are the nearest names, `there` all that there are, where these are few."""

    id = "GG-4000"
    exit_code = 4

    def __init__(self, what: str, name: str, suggestions: Sequence[str] = (), *, there: Sequence[str] = ()) -> None:
        """Name what was looked for, and offer the nearest; else tell what there is."""
        near = f"did you mean: {' · '.join(suggestions)}" if suggestions else ""
        super().__init__(f'no {what} matches "{name}"', near or (f"use one of: {' · '.join(there)}" if there else ""))
        self.suggestions = tuple(suggestions)


class QueryError(GovgraphError):
    """A query or one of its parameters is not right, or the engine refused it."""

    id = "GG-5000"
    exit_code = 5


class InputError(GovgraphError):
    """A source could not be read, or is not what it should be; `findings` say where."""

    id = "GG-6000"
    exit_code = 6

    def __init__(self, message: str, findings: Sequence[Finding] = (), remedy: str = "") -> None:
        """Keep every finding, not only the first."""
        super().__init__(message, remedy)
        self.findings = tuple(findings)


class MissingDependencyError(GovgraphError):
    """An optional library is not installed; the remedy is the line that installs it."""

    id = "GG-7000"
    exit_code = 7
