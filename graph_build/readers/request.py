"""A request: a small file in TOML that says which endpoint is asked, and for what. The file is the source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from graph_build.errors import Finding, InputError
from graph_build.readers.endpoint import Endpoint
from graph_build.readers.web import web_fault
from graph_build.readers.words import shown

_FIELDS: Final = {"endpoint": str, "page": int, "timeout": int}
_TIMEOUT: Final = 70


@dataclass(frozen=True, slots=True)
class Request:
    """What a request says under its table; `remedy` tells how one is written."""

    file: Path
    said: Mapping[str, Any]
    remedy: str

    @classmethod
    def read(cls, file: Path, table: str, fields: Mapping[str, type], remedy: str) -> Request:
        """Read the table of a file, which has these fields beside those of the endpoint; any other is an `InputError`."""
        try:
            said: Any = tomllib.loads(file.read_text(encoding="utf-8"))[table]
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, RecursionError) as error:
            raise wrong(file, f"this is no TOML with a table [{table}]: {shown(str(error))}", remedy) from None
        if not isinstance(said, dict):
            raise wrong(file, f'"{table}" must be a table', remedy)
        for name, value in said.items():
            if not isinstance(value, (_FIELDS | dict(fields)).get(name, ())) or isinstance(value, bool):
                raise wrong(file, f'"{shown(name)}" is no field, or has a value of another sort', remedy)
        return cls(file, said, remedy)

    def endpoint(self, url: str, *, page: int, most: int) -> Endpoint:
        """Return the endpoint that is named, or else this one, with so many rows a page, and `most` at the most."""
        address, page = self.said.get("endpoint", url), self.said.get("page", page)
        timeout = self.said.get("timeout", _TIMEOUT)
        if web_fault(address) or not 1 <= page <= most or not 1 <= timeout <= 600:
            raise self.wrong(f'"endpoint" must be a web address, "page" 1 to {most}, "timeout" 1 to 600 seconds')
        return Endpoint(address, page, timeout, self.file.with_name(f"{self.file.stem}.answers"))

    def wrong(self, message: str) -> InputError:
        """Return what to raise where the request cannot be meant."""
        return wrong(self.file, message, self.remedy)


def wrong(file: Path, message: str, remedy: str) -> InputError:
    """Return what to raise where a request, or a file that it names, cannot be read."""
    return InputError(f"{file} could not be read", [Finding(str(file), 1, 1, "", message, remedy)], remedy)
