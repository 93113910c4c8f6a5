"""XML of any size in bounded memory, element by element, each with the line on which it begins.

Python's expat reads it, with the handlers by which defusedxml makes it safe: an entity declaration, which is how small files
become gigabytes and how files reach for others, ends the reading; nothing is ever fetched. (defusedxml itself builds on the parser
of ElementTree that is written in Python, which takes four times as long.) The limits below end that of what no honest file holds.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from graph_build.errors import Finding, InputError
from graph_build.readers.words import shown

DEEPEST: Final = 200
LARGEST: Final = 64 * 2**20
LONGEST_TAG: Final = 4 * 2**20
_CHUNK: Final = 65_536
_REMEDY: Final = "mend or split the file; nothing was taken from it"


@dataclass(frozen=True, slots=True)
class XmlPiece:
    """An element with all below it, its local name, the local names of the elements that it stands in, and its line.

    `outer` holds the attributes of those elements, from the root on.
    """

    name: str
    element: Element
    above: tuple[str, ...]
    line: int
    outer: tuple[dict[str, str], ...] = ()


def local(tag: str) -> str:
    """Return the name of an element or attribute without its namespace.

    >>> local("{http://gexf.net/1.3}node")
    'node'
    """
    return tag.rpartition("}")[2]


def xml_pieces(file: Path, names: Container[str]) -> Iterator[XmlPiece]:
    """Give the elements with these local names, lazily; one that stands in another of them comes as a part of it only.

    Elements and attributes have their local names, attributes in small letters: files of one format differ in both. What is not
    XML, too deep or too large is an `InputError` that names the line.
    """
    target = _Target(file, names)
    parser = target.parser
    fed = 0
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                if not fed:
                    chunk = target.without_blanks(chunk)
                target.before(len(chunk))
                parser.Parse(chunk, False)
                fed += len(chunk)
                target.refuse_large(fed - parser.CurrentByteIndex)
                yield from target.take()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise target.wrong(f"this is not XML from here on: {shown(str(error))}") from error
    except (ValueError, LookupError) as error:
        if isinstance(error, InputError):
            raise
        raise target.wrong(f"this is not XML from here on: {shown(str(error))}") from error
    yield from target.take()


@dataclass(slots=True)
class _Target:
    """Builds the wanted elements from the parser's events."""

    file: Path
    names: Container[str]
    parser: expat.XMLParserType = field(init=False)
    builder: TreeBuilder = field(init=False)
    size: int = 0
    depth: int = 0
    above: list[str] = field(default_factory=list)
    outer: list[dict[str, str]] = field(default_factory=list)
    plain: set[str] = field(default_factory=set)
    short: dict[str, str] = field(default_factory=dict)
    begun: int = 0
    blank: int = 0
    """How many lines were left out before the XML declaration, which some publishers begin with empty ones."""
    ready: list[XmlPiece] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parser = parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.EntityDeclHandler = self._entity
        parser.UnparsedEntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = self._entity
        parser.SkippedEntityHandler = self._skipped

    def without_blanks(self, chunk: bytes) -> bytes:
        """Return the beginning of a file without the blanks before its XML declaration."""
        rest = chunk.lstrip(b" \t\r\n")
        if not rest.startswith(b"<?xml"):
            return chunk
        self.blank = chunk.count(b"\n", 0, len(chunk) - len(rest))
        return rest

    @property
    def line(self) -> int:
        """The line of the file at which the parser is."""
        return self.parser.CurrentLineNumber + self.blank

    def before(self, size: int) -> None:
        """Count what the parser is fed within a piece."""
        self.size = self.size + size if self.depth else 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.above) + self.depth >= DEEPEST:
            raise self.wrong(f"it is nested deeper than {DEEPEST} levels")
        if "}" in tag:
            tag = local(tag)
        if attributes and not attributes.keys() <= self.plain:
            short = self.short
            attributes = {short.get(name) or self._shortened(name): value for name, value in attributes.items()}
        if not self.depth:
            if tag not in self.names:
                self.above.append(tag)
                self.outer.append(attributes)
                return
            self.begun = self.line
            self.builder = TreeBuilder()
            self.parser.CharacterDataHandler = self.builder.data
        self.depth += 1
        self.builder.start(tag, attributes)

    def _shortened(self, name: str) -> str:
        """Return the local name of an attribute in small letters, and remember it, unless there are too many to be names."""
        short = local(name).lower()
        if len(self.short) < _CHUNK:
            self.short[name] = short
            if short == name:
                self.plain.add(name)
        return short

    def end(self, tag: str) -> None:
        if not self.depth:
            self.above.pop()
            self.outer.pop()
            return
        self.builder.end(tag)
        self.depth -= 1
        if not self.depth:
            self.parser.CharacterDataHandler = None
            element = self.builder.close()
            self.ready.append(XmlPiece(element.tag, element, tuple(self.above), self.begun, tuple(self.outer)))

    def take(self) -> Iterator[XmlPiece]:
        pieces, self.ready = self.ready, []
        yield from pieces

    def refuse_large(self, waiting: int) -> None:
        """End the reading where `waiting` bytes are one tag or comment, or a piece has no end."""
        if waiting > LONGEST_TAG:
            raise self.wrong(f"a single tag or comment is longer than {LONGEST_TAG // 2**20} MB")
        if self.size > LARGEST and not self.ready:
            raise self.wrong(f"a single element is larger than {LARGEST // 2**20} MB")

    def _entity(self, *_: object) -> int:
        raise self.wrong("it declares entities or reaches for other files")

    def _skipped(self, name: str, is_parameter: bool) -> None:
        raise self.wrong(f'it names the entity "{shown(name)}", which stands elsewhere')

    def wrong(self, message: str) -> InputError:
        finding = Finding(str(self.file), self.line, 1, "", message, _REMEDY)
        return InputError(f"{self.file} could not be read", [finding], _REMEDY)
