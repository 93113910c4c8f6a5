"""The first bytes of a file, for readers to recognise it by: never more than 64 kB are looked at, whatever the file is."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

SIZE: Final = 65_536
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PROLOGUE: Final = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>\s*)*", re.DOTALL)
_ROOT: Final = re.compile(r"<([\w.-]+:)?([\w.-]+)([^>]*)>", re.DOTALL)
_NAMESPACE: Final = re.compile(r"""xmlns(?::[\w.-]+)?\s*=\s*["']([^"']*)["']""")


@dataclass(frozen=True)
class Head:
    """The name and the first 64 kB of a file, seen as JSON, XML, a zip archive or text: whichever it is, the others are empty."""

    path: Path
    content: bytes

    @property
    def name(self) -> str:
        """The file's name in small letters."""
        return self.path.name.lower()

    @cached_property
    def encoding(self) -> str:
        """The encoding that the file's mark or its bytes tell: a Unicode one, else `latin-1`, which any bytes are."""
        for mark, encoding in _BOMS:
            if self.content.startswith(mark):
                return encoding
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(self.content)  # the last letter may be cut
        except UnicodeDecodeError:
            return "latin-1"
        return "utf-8"

    @cached_property
    def is_binary(self) -> bool:
        """Whether this is no text in any encoding that is known: it has NUL bytes, and no mark that explains them."""
        return b"\0" in self.content and not self.encoding.startswith("utf-")

    @cached_property
    def text(self) -> str:
        """The beginning as text; a binary file has none."""
        if self.is_binary or (b"\0" in self.content and self.encoding == "utf-8"):
            return ""
        return self.content.decode(self.encoding, "replace")

    @cached_property
    def first_line(self) -> str:
        """The first line that is not empty."""
        return next((line for line in self.text.splitlines() if line.strip()), "")

    @cached_property
    def json_paths(self) -> frozenset[str]:
        """The paths of keys that the beginning shows, at most four deep; `[]` is a place in an array; the top is ``.

        `{"persons": [{"id": ...}]}` gives `persons`, `persons.[]`, `persons.[].id`; no JSON gives nothing.
        """
        if self.text.lstrip()[:1] not in ("{", "["):
            return frozenset()
        from graph_build.readers.json_stream import paths

        return paths(self.text.lstrip().encode())

    @cached_property
    def xml_root(self) -> str:
        """The local name of the root element, or nothing."""
        found = self._root
        return found[2] if found else ""

    @cached_property
    def xml_namespaces(self) -> tuple[str, ...]:
        """The namespaces that the root element declares."""
        found = self._root
        return tuple(_NAMESPACE.findall(found[3])) if found else ()

    @cached_property
    def _root(self) -> re.Match[str] | None:
        text = self.text
        if not text.lstrip("\ufeff \t\r\n").startswith("<"):
            return None
        prologue = _PROLOGUE.match(text.lstrip("\ufeff"))
        return _ROOT.match(text.lstrip("\ufeff"), prologue.end() if prologue else 0)

    @cached_property
    def zip_names(self) -> frozenset[str]:
        """The names in a zip archive, such as a workbook; any other file gives nothing."""
        if not self.content.startswith(b"PK\x03\x04"):
            return frozenset()
        try:
            with ZipFile(self.path) as archive:
                return frozenset(archive.namelist())
        except (BadZipFile, OSError, ValueError, RuntimeError):
            return frozenset()


def head(path: Path) -> Head:
    """Read the beginning of a file."""
    with path.open("rb") as file:
        return Head(path, file.read(SIZE))
