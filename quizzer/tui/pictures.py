"""Images decoded, and drawn for a terminal: the only module that imports Pillow and textual-image, both when they are first needed.

Of textual-image its encoder of Sixel is used and its table of Kitty's marks. Its widgets are not: they ask the terminal when they are
imported, which Textual then reads; write to it beside Textual; and send an image anew each time it is painted.
"""

import base64
import io
import re
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from random import randrange
from typing import TYPE_CHECKING, NamedTuple

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from quizzer.core.errors import ImageError
from quizzer.tui.graphics import Drawing, Way

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

MOST_PIXELS = 25_000_000  # of an image that is decoded
KEPT = 1600  # pixels that are kept of its longer side: more than a terminal shows
ENLARGED = 3  # times its size that an image is drawn at the most
Colour = tuple[int, int, int]
_HEAD = re.compile(r'\x1bP[\d;]*q(?:"[\d;]*)?')
_DEFINED = re.compile(r"(#\d+);2;\d+;\d+;\d+")


class Picture(NamedTuple):
    """A decoded image, opaque or not, of so many pixels."""

    pixels: "Pixels"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.size


class Drawn(NamedTuple):
    """An image as a terminal takes it: lines of cells, what is sent before they are painted or (Sixel) over them, and its id."""

    columns: int
    lines: list[Strip]
    sent: str = ""
    over: str = ""
    id: int = 0


def decode(data: bytes) -> Picture:
    """Return the image in ``data`` (of several frames the first), turned as its camera noted and made small enough to be drawn fast.

    Raises:
        ImageError: it is broken, too large, of another format, or Pillow is not installed.
    """
    try:
        from PIL import Image, ImageOps
    except ImportError:
        raise ImageError("D503", "images need Pillow: install quizzer[images].", brief="to see it, install quizzer[images]") from None
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ImageError("D504", f"the image is too large ({opened.width} x {opened.height} pixels).", brief="it is too large")
            opened.draft("RGB", (KEPT, KEPT))
            opened.load()
            turned = ImageOps.exif_transpose(opened)
            clear = turned.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in turned.info
            pixels = turned.convert("RGBA" if clear else "RGB")
    except Image.DecompressionBombError as error:
        raise ImageError("D504", f"the image is too large: {error}", brief="it is too large") from None
    except (ArithmeticError, EOFError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error) as error:
        raise ImageError("D503", f"the image is broken: {error}.", brief="it cannot be shown here") from None
    pixels.thumbnail((KEPT, KEPT))
    return Picture(pixels)


def fit(size: tuple[int, int], cell: tuple[int, int], *, columns: int, rows: int) -> tuple[int, int]:
    """Return the columns and rows, 1 or more, that an image of ``size`` pixels is drawn on: its shape kept, within the room there is."""
    width, height = (max(1, side) * ENLARGED for side in size)
    scale = min(1.0, max(1, columns) * cell[0] / width, max(1, rows) * cell[1] / height)
    wide, high = round(width * scale / cell[0]), round(height * scale / cell[1])
    return max(1, min(wide, columns)), max(1, min(high, rows))


def draw(picture: Picture, drawing: Drawing, *, columns: int, rows: int, ground: Colour) -> Drawn:
    """Return the picture drawn on so many columns and rows; ``ground`` is the colour behind it."""
    pixels = _opaque(picture.pixels, ground)
    try:
        if drawing.way is Way.KITTY:
            return _kitty(pixels, drawing.cell, columns, rows)
        if drawing.way is Way.SIXEL:
            return _sixel(pixels, drawing, columns, rows, ground)
    except ImportError:  # Pillow alone is installed
        pass
    return _blocks(pixels, columns, rows)


def removed(drawn: Drawn) -> str:
    """Return what makes a terminal forget the picture."""
    return f"\x1b_Ga=d,d=I,i={drawn.id},q=2\x1b\\" if drawn.id else ""


def _opaque(pixels: "Pixels", ground: Colour) -> "Pixels":
    """Return the pixels on the ground; where most of them could not be told from it, on its opposite: black lines on a dark screen."""
    if pixels.mode != "RGBA":
        return pixels.copy()
    from PIL import Image

    seen = pixels.resize((32, 32)).convert("LA").tobytes()
    weight = sum(seen[1::2])
    light = sum(value * alpha for value, alpha in zip(seen[::2], seen[1::2], strict=True)) / weight if weight else 0
    behind = 0.299 * ground[0] + 0.587 * ground[1] + 0.114 * ground[2]
    if weight and abs(light - behind) < 50:
        ground = (255, 255, 255) if behind < 128 else (0, 0, 0)
    whole = Image.new("RGBA", pixels.size, (*ground, 255))
    return Image.alpha_composite(whole, pixels).convert("RGB")


def _blocks(pixels: "Pixels", columns: int, rows: int) -> Drawn:
    """Two pixels a cell, one above the other."""
    values = pixels.resize((columns, rows * 2)).tobytes()
    colours = [Color.from_rgb(*values[at : at + 3]) for at in range(0, len(values), 3)]
    lines = []
    for at in range(0, len(colours), columns * 2):
        pairs = zip(colours[at : at + columns], colours[at + columns : at + columns * 2], strict=True)
        cells = [Segment("▀", Style(color=above, bgcolor=below)) for above, below in pairs]
        lines.append(Strip(Segment.simplify(cells), columns))
    return Drawn(columns, lines)


def _sixel(pixels: "Pixels", drawing: Drawing, columns: int, rows: int, ground: Colour) -> Drawn:
    from textual_image._sixel import SixelOptions, image_to_sixels

    whole = pixels.resize((columns * drawing.cell[0], rows * drawing.cell[1]))
    blank = Strip.blank(columns, Style(bgcolor=Color.from_rgb(*ground)))
    return Drawn(columns, [blank] * rows, over=_defined_first(image_to_sixels(whole, SixelOptions(colors=drawing.colours))))


def _defined_first(sixels: str) -> str:
    """Return the same with every colour defined before any is used: xterm lets one that is defined later change what was painted before."""
    head = _HEAD.match(sixels)
    if head is None:
        return sixels
    body = sixels[head.end() :]
    return head[0] + "".join(found[0] for found in _DEFINED.finditer(body)) + _DEFINED.sub(r"\1", body)


def _kitty(pixels: "Pixels", cell: tuple[int, int], columns: int, rows: int) -> Drawn:
    """The image is sent once; cells that name it by their colour, and its row and column by marks on them, show it wherever they stand.

    Source: Kitty's graphics protocol, "Unicode placeholders".
    """
    marks = _marks()
    number = randrange(1 << 8, 1 << 24)
    held = io.BytesIO()
    pixels.thumbnail((columns * cell[0], rows * cell[1]))  # enlarged it is by the terminal
    pixels.save(held, format="png", compress_level=2)
    text = base64.b64encode(held.getvalue()).decode()
    pieces = [text[at : at + 4096] for at in range(0, len(text), 4096)]
    sent = "".join(
        f"\x1b_G{f'a=t,f=100,i={number},q=2,' if place == 0 else ''}m={int(place < len(pieces) - 1)};{piece}\x1b\\"
        for place, piece in enumerate(pieces)
    )
    sent += f"\x1b_Ga=p,U=1,i={number},c={columns},r={rows},q=2\x1b\\"
    style = Style(color=Color.from_rgb(number >> 16, number >> 8 & 255, number & 255))
    cells = ["".join(f"\U0010eeee{marks[row]}{marks[column]}" for column in range(columns)) for row in range(rows)]
    lines = [Strip([Segment(line, style)], columns) for line in cells]
    return Drawn(columns, lines, sent=sent, id=number)


def _marks() -> list[str]:
    with _no_terminal():
        from textual_image.renderable.tgp import _NUMBER_TO_DIACRITIC
    return [chr(mark) for mark in _NUMBER_TO_DIACRITIC]


@contextmanager
def _no_terminal() -> Iterator[None]:
    """Let textual-image be imported without its asking the terminal: Textual is reading it."""
    stdout, sys.__stdout__ = sys.__stdout__, None  # type: ignore[misc]
    try:
        yield
    finally:
        sys.__stdout__ = stdout  # type: ignore[misc]
