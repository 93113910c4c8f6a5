"""XML of any size in bounded memory, element by element, each with the line on which it begins.

defusedxml reads it: an entity declaration, which is how small files become gigabytes and how files reach for others, ends the
reading; nothing is ever fetched. The limits below end that of what no honest file holds.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from graph_build.errors import Finding, InputError
from graph_build.readers.words import shown

DEEPEST: Final = 200
LARGEST: Final = 64 * 2**20
LONGEST_TAG: Final = 4 * 2**20
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class XmlPiece:
    """An element with all below it, its local name, the local names of the elements that it stands in, and its line."""

    name: str
    element: Element
    above: tuple[str, ...]
    line: int


def local(tag: str) -> str:
    """Return the name of an element or attribute without its namespace.

    >>> local("{http://gexf.net/1.3}node")
    'node'
    """
    return tag.rpartition("}")[2]


def xml_pieces(file: Path, names: Container[str]) -> Iterator[XmlPiece]:
    """Give the elements with these local names, lazily; one that stands in another of them comes as a part of it only.

    Attributes of an element above the pieces (`version` of `iati-activities`) are had by naming it in a first call, or from
    `Head`. What is not XML, too deep or too large is an `InputError` that names the line.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    target = _Target(file, names)
    parser = DefusedXMLParser(target=target, forbid_entities=True, forbid_external=True)
    target.expat = parser.parser
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                target.before(len(chunk))
                parser.feed(chunk)
                target.refuse_large()
                yield from target.take()
        parser.close()
    except DefusedXmlException as error:
        raise target.wrong(f"it declares entities or reaches for other files ({type(error).__name__})") from error
    except (ParseError, ValueError, LookupError) as error:
        if isinstance(error, InputError):
            raise
        raise target.wrong(f"this is not XML from here on: {shown(str(error))}") from error
    yield from target.take()


@dataclass(slots=True)
class _Target:
    """Builds the wanted elements from the parser's events."""

    file: Path
    names: Container[str]
    expat: object = None
    size: int = 0
    quiet: int = 0
    words: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)
    begun: int = 0
    ready: list[XmlPiece] = field(default_factory=list)

    @property
    def line(self) -> int:
        return int(getattr(self.expat, "CurrentLineNumber", 0))

    def before(self, size: int) -> None:
        """Count what the parser is fed: within a piece, and since it last told of anything."""
        self.size = self.size + size if self.open else 0
        self.quiet += size

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.quiet = 0
        if len(self.above) + len(self.open) >= DEEPEST:
            raise self.wrong(f"it is nested deeper than {DEEPEST} levels")
        if not self.open and local(tag) not in self.names:
            self.above.append(local(tag))
            return
        element = Element(tag, attributes)
        if self.open:
            self._write()
            self.open[-1].append(element)
        else:
            self.begun = self.line
        self.open.append(element)

    def end(self, tag: str) -> None:
        self.quiet = 0
        if not self.open:
            self.above.pop()
            return
        self._write()
        element = self.open.pop()
        if not self.open:
            self.ready.append(XmlPiece(local(element.tag), element, tuple(self.above), self.begun))

    def data(self, text: str) -> None:
        self.quiet = 0
        if self.open:
            self.words.append(text)

    def _write(self) -> None:
        """Put the text since the last tag where it belongs: before the first child, or behind the last."""
        text, self.words = "".join(self.words), []
        if text and len(self.open[-1]):
            self.open[-1][-1].tail = text
        elif text:
            self.open[-1].text = text

    def close(self) -> None:
        return None

    def take(self) -> Iterator[XmlPiece]:
        pieces, self.ready = self.ready, []
        yield from pieces

    def refuse_large(self) -> None:
        if self.quiet > LONGEST_TAG:
            raise self.wrong(f"a single tag or comment is longer than {LONGEST_TAG // 2**20} MB")
        if self.size > LARGEST and not self.ready:
            raise self.wrong(f"a single element is larger than {LARGEST // 2**20} MB")

    def wrong(self, message: str) -> InputError:
        remedy = "mend or split the file; nothing was taken from it"
        finding = Finding(str(self.file), self.line, 1, "", message, remedy)
        return InputError(f"{self.file} could not be read", [finding], remedy)
