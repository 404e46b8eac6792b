"""Colours, type and a card to draw on: what every picture has in common.

The card is dark and dim on purpose: it is looked at with a headache, and it stands out calmly in a
light and in a dark chat. Sizes are pixels, counted from the top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch
from matplotlib.path import Path as MplPath
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, IdentityTransform
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.artist import Artist

CARD = "#22303d"
INK = "#f1f4f6"
MUTED = "#b4c1cb"
FAINT = "#43535f"

# Light blue, yellow and vermilion differ in hue and lightness for every kind of colour vision.
MILD = "#8ccbea"
MODERATE = "#f3cc62"
SEVERE = "#ec7447"
FREE = "#79d3b4"
AURA = "#d3bcfb"

DPI = 100
COLOURS = 128
CAP_HEIGHT = 0.73  # of DejaVu Sans, as a share of its size

Anchor = Literal["left", "center", "right"]
_SHARE_LEFT: dict[Anchor, float] = {"left": 0, "center": 0.5, "right": 1}
_SHAPED_SIZE = 100


def severity_colour(pain: int) -> str:
    """Return the colour of a pain from 1 to 10: mild to 3, moderate to 6, severe above."""
    if pain <= 3:
        return MILD
    return MODERATE if pain <= 6 else SEVERE


@dataclass(frozen=True, kw_only=True)
class Lettering:
    """One line of text as an outline, 1 pixel high, standing on y = 0."""

    outline: MplPath
    width: float


@lru_cache(maxsize=1024)
def lettering(text: str, *, bold: bool = False) -> Lettering:
    """Shape a text; what the font has no picture for (emoji) is left out."""
    known = _characters(bold=bold)
    shown = "".join(character for character in text if character in known).strip()
    if not shown:
        return Lettering(outline=MplPath(np.empty((0, 2))), width=0.0)
    font = FontProperties(fname=_font_file(bold=bold), size=_SHAPED_SIZE)
    points, codes = text_to_path.get_text_path(font, shown)
    width, _, _ = text_to_path.get_text_width_height_descent(shown, font, ismath=False)
    outline = MplPath(np.asarray(points) / _SHAPED_SIZE, codes)
    return Lettering(outline=outline, width=float(width) / _SHAPED_SIZE)


@cache
def _characters(*, bold: bool) -> frozenset[str]:
    """Return the printable characters that the font can draw."""
    charmap = get_font(_font_file(bold=bold)).get_charmap()
    return frozenset(char for char in map(chr, charmap) if char.isprintable())


def _font_file(*, bold: bool) -> str:
    """Return the file of the font that comes with matplotlib: nothing is looked up."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return str(Path(mpl.get_data_path(), "fonts", "ttf", name))


class Card:
    """A picture under construction; each has its own figure, so threads do not meet."""

    def __init__(self, *, width: int, height: int) -> None:
        self._height = height
        self._drawn = 0
        self._figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=CARD)
        self._canvas = FigureCanvasAgg(self._figure)

    def png(self) -> bytes:
        """Return the finished picture, in few colours and so in few bytes."""
        pixels, size = self._canvas.print_to_buffer()  # type: ignore[no-untyped-call]
        picture = Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", 0, 1)
        few = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
        file = BytesIO()
        few.save(file, "PNG", compress_level=3)
        return file.getvalue()

    def text(  # noqa: PLR0913 - one keyword per side of a text
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        colour: str = INK,
        bold: bool = False,
        anchor: Anchor = "left",
        room: float = inf,
    ) -> None:
        """Write one line around height y, made smaller if it does not fit into the room."""
        letters = lettering(text, bold=bold)
        if letters.width * size > room:
            size = room / letters.width
        left = x - _SHARE_LEFT[anchor] * letters.width * size
        place = Affine2D().scale(size).translate(left, self._height - y - CAP_HEIGHT / 2 * size)
        self._draw(PathPatch(letters.outline, facecolor=colour, linewidth=0, transform=place))

    def box(  # noqa: PLR0913 - likewise
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        dashed: bool = False,
        hatched: bool = False,
    ) -> None:
        """Draw a box with softened corners; x and y are its top left corner."""
        box = FancyBboxPatch(
            (x, self._height - y - height),
            width,
            height,
            boxstyle=f"round,pad=0,rounding_size={min(8, width / 4, height / 2)}",
            facecolor=fill or "none",
            edgecolor=edge or "none",
            linewidth=2.2 if edge else 0,
            linestyle=(0, (4, 3)) if dashed else "solid",
            hatch="//" if hatched else None,
            transform=IdentityTransform(),
        )
        box.set_hatch_linewidth(3)
        self._draw(box)

    def disc(self, x: float, y: float, radius: float, *, fill: str) -> None:
        """Draw a filled circle around x and y."""
        centre = (x, self._height - y)
        self._draw(Circle(centre, radius, facecolor=fill, transform=IdentityTransform()))

    def line(
        self, points: Iterable[tuple[float, float]], *, colour: str, width: float = 2
    ) -> None:
        """Draw a line through the points."""
        xs, ys = zip(*points, strict=True)
        self._draw(
            Line2D(
                xs,
                [self._height - y for y in ys],
                color=colour,
                linewidth=width,
                solid_capstyle="round",
                solid_joinstyle="round",
                transform=IdentityTransform(),
            )
        )

    def _draw(self, artist: Artist) -> None:
        """Put an artist on top of all before it."""
        self._drawn += 1
        artist.set_zorder(self._drawn)
        self._figure.add_artist(artist)
