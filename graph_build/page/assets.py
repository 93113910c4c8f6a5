"""The scripts and styles of the page: a library that draws, checked by digest, and our own files, joined.

The library is vis-network, the version and the parts that pages of pyvis need, and on large pages sigma with graphology, as `web/` bundles them.

HTML parsers turn CR LF into LF before a content security policy takes its hash, so line ends are made LF here first.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from graph_build.errors import MissingDependencyError
from graph_build.page.linked import linked_script

Renderer = Literal["vis", "sigma"]
RENDERERS: Final[dict[Renderer, tuple[str, ...]]] = {
    "vis": ("drawing-vis",),
    "sigma": ("symbols", "nearby", "drawing-sigma"),
}
"""Scripts of one renderer alone: each defines `arranged`, `inSight`, `redraw` and `startDrawing`."""
LIBRARIES: Final[dict[Renderer, tuple[str, str]]] = {
    "vis": ("vis-network.min.js", "90f99cf57f680eb7409bbbad28f69ac2187468d986810e242804bd110bf59b38"),
    "sigma": ("sigma.min.js", "13363520bef938d449af7713ab6c3e19fea3dec941eb96758e3c1e8e31b07431"),
}
"""The library of each renderer in `static/vendor/` and its SHA-256; `web/README.md` says how they are made."""
_DRAWING: Final = "network"  # they stand behind it
SCRIPTS: Final = (
    "dom", "data", "words", "state", "filters", "colours", "scopes", "search", "fan", "ladder", "labels", "lines", "network", "walk", "routes", "lists", "stories",
    "panel", "chains", "citation", "takeaway", "time", "reforms", "axis", "table", "matrix", "matrixtable",
    "gaps", "gaprows", "compare", "legend", "picture", "gexf", "turtle", "downloads", "main",
)  # fmt: skip
_UNSAFE: Final = re.compile(r"</script|</style|<!--", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Assets:
    """What runs and styles the page, and the policy that allows these and nothing else.

    The library stands in the page packed; our script unpacks it and lets it run, which the policy allows by the digest of the whole.
    """

    library: str
    script: str
    style: str

    @property
    def packed_library(self) -> str:
        """The library as it stands in the page: a third of its size."""
        return packed(self.library)

    @property
    def policy(self) -> str:
        """The content security policy: our own hashes, pictures made by the page, no connection to anywhere."""
        scripts = f"{_source(self.library)} {_source(self.script)}"
        return (
            f"default-src 'none'; script-src {scripts}; style-src {_source(self.style)}; img-src data: blob:; "
            "connect-src 'none'; base-uri 'none'; form-action 'none'"
        )


@cache
def assets(renderer: Renderer = "vis") -> Assets:
    """Return the scripts and the style of a page with that renderer.

    Raises
    ------
    MissingDependencyError
        When the library is not the one that this version was tested with.
    """
    static = files("graph_build.page").joinpath("static")
    scripts = [_lines(static.joinpath(f"{name}.js").read_bytes()) for name in scripts_of(renderer)]
    joined = '"use strict";(async () => {\n' + linked_script() + "".join(map(_bare, scripts)) + "})();\n"
    style = _lines(static.joinpath("page.css").read_bytes())
    return Assets(_safe(_library(renderer)), _safe(joined), _safe(style))


def packed(text: str) -> str:
    """Return a text compressed, as letters that no parser takes for markup.

    Its blocks are shorter than is usual, since columns change their letters often: data take 5 % less so, scripts as much as before.
    """
    gzip = zlib.compressobj(9, wbits=31, memLevel=5)
    return base64.b64encode(gzip.compress(text.encode("utf-8")) + gzip.flush()).decode("ascii")


def scripts_of(renderer: Renderer) -> list[str]:
    """Return the names of a page's scripts in the order in which they run."""
    place = SCRIPTS.index(_DRAWING) + 1
    return [*SCRIPTS[:place], *RENDERERS[renderer], *SCRIPTS[place:]]


def _library(renderer: Renderer) -> str:
    name, digest = LIBRARIES[renderer]
    content = files("graph_build.page").joinpath("static", "vendor", name).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise MissingDependencyError(f"{name} is not the tested one", "pip install --force-reinstall govgraph")
    return _lines(content)


def styled(name: str) -> tuple[str, str]:
    """Return one of our style sheets, and the policy of a page that has it, runs no script and loads nothing."""
    style = _safe(_lines(files("graph_build.page").joinpath("static", f"{name}.css").read_bytes()))
    return style, f"default-src 'none'; style-src {_source(style)}; base-uri 'none'; form-action 'none'"


def _lines(content: bytes) -> str:
    return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _bare(script: str) -> str:
    """Leave out indentation and lines that are comments; our scripts have no text that spans lines."""
    stripped = (line.strip() for line in script.split("\n"))
    return "".join(f"{line}\n" for line in stripped if line and not line.startswith("//"))


def _safe(text: str) -> str:
    if found := _UNSAFE.search(text):
        raise ValueError(f"{found[0]!r} in a script or style would end it")
    return text


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
