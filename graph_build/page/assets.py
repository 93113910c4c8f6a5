"""The scripts and styles of the page: a library that draws, checked by digest, and our own files, joined.

The library is vis-network out of the installed pyvis, and on large pages sigma with graphology, as `web/` bundles them.

HTML parsers turn CR LF into LF before a content security policy takes its hash, so line ends are made LF here first.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from graph_build.errors import MissingDependencyError
from graph_build.page.linked import linked_script

VIS_SHA256: Final = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""SHA-256 of `vis-network.min.js` 9.1.2 as pyvis 0.3.2 ships it."""
SIGMA_SHA256: Final = "13363520bef938d449af7713ab6c3e19fea3dec941eb96758e3c1e8e31b07431"
"""SHA-256 of `static/vendor/sigma.min.js`; `web/README.md` says how it is made."""
Renderer = Literal["vis", "sigma"]
RENDERERS: Final[dict[Renderer, tuple[str, ...]]] = {
    "vis": ("drawing-vis",),
    "sigma": ("symbols", "nearby", "drawing-sigma"),
}
"""Scripts of one renderer alone: each defines `arranged`, `inSight`, `redraw` and `startDrawing`."""
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
    return Assets(_safe(_sigma() if renderer == "sigma" else _vis()), _safe(joined), _safe(style))


def packed(text: str) -> str:
    """Return a text compressed, as letters that no parser takes for markup."""
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")


def scripts_of(renderer: Renderer) -> list[str]:
    """Return the names of a page's scripts in the order in which they run."""
    place = SCRIPTS.index(_DRAWING) + 1
    return [*SCRIPTS[:place], *RENDERERS[renderer], *SCRIPTS[place:]]


def _vis() -> str:
    content = files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js").read_bytes()
    if hashlib.sha256(content).hexdigest() != VIS_SHA256:
        raise MissingDependencyError("pyvis holds another vis-network than the tested one", "pip install pyvis==0.3.2")
    return re.sub(r"//# sourceMappingURL=.*", "", _lines(content))


def _sigma() -> str:
    content = files("graph_build.page").joinpath("static", "vendor", "sigma.min.js").read_bytes()
    if hashlib.sha256(content).hexdigest() != SIGMA_SHA256:
        raise MissingDependencyError("sigma.min.js is not the tested one", "pip install --force-reinstall govgraph")
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
