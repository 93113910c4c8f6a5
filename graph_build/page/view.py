"""A page that shows itself in a notebook, and can be written to a file."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import resvg_py

from graph_build.swap import write_atomically

_ROWS: Final = 50
_WIDTH: Final = 800  # of the picture made of points, for what shows neither HTML nor SVG


@dataclass(frozen=True, slots=True)
class View:
    """A page with what stands in for it where no script runs: a sentence, a still picture, and rows of relations."""

    html: str
    title: str
    sentence: str
    picture: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, in one step: whoever reads it sees the old page or the new one."""
        target = Path(path)
        write_atomically(target, self.html.encode("utf-8"))
        return target

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return what a notebook shows: the page in a frame of its own, with picture and table where scripts are not trusted; pictures for what shows no HTML."""
        del include, exclude
        return {
            "text/html": self._figure(),
            "image/svg+xml": self.picture,
            "image/png": base64.b64encode(resvg_py.svg_to_bytes(svg_string=self.picture, width=_WIDTH)).decode("ascii"),
            "text/plain": self.sentence,
        }

    def _figure(self) -> str:
        frame = (
            f'<iframe title="{escape(self.title)}" width="100%" height="720" style="border:1px solid #ccc" '
            'sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox" '
            f'srcdoc="{escape(self.html)}"></iframe>'
        )
        caption = f"<figcaption>{escape(self.sentence)}</figcaption>"
        return f'<figure style="margin:0">{frame}{caption}<details><summary>{escape(self.title)}</summary>{self._still()}{self._table()}</details></figure>'

    def _still(self) -> str:
        """Return the picture as a data address: an untrusted notebook drops inline SVG, and keeps this."""
        content = base64.b64encode(self.picture.encode("utf-8")).decode("ascii")
        return f'<img alt="{escape(self.sentence)}" style="max-width:100%" src="data:image/svg+xml;base64,{content}">'

    def _table(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in self.rows[:_ROWS])
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
