"""The image of a question: drawn where the terminal can, told in words where it cannot."""

import asyncio
from typing import NamedTuple

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from quizzer.tui.graphics import Drawing, Way, in_colours
from quizzer.tui.pictures import Colour, Drawn, Picture, draw, fit, removed
from quizzer.tui.widgets.text import literal, one_line

COLUMN = 80  # cells that an image beside a question is wide at the most
LEAST = 4  # lines on which an image shows anything
_ANSWERED = 9  # lines that the question keeps once it is answered: it scrolls to its verdict
_CREDITED = 8  # lines from which on one is given to the credit


class Sight(NamedTuple):
    """What there is of an image: the picture (None: not there, not yet, or not to be drawn), its words, who made it, and what is wrong."""

    picture: Picture | None
    told: str
    credit: str = ""
    note: str = ""


def share(room: int, need: int, *, answered: bool) -> int:
    """Return how many of ``room`` lines an image may take beside a question that needs ``need``; 0: only its words are shown.

    Before the answer the whole question stays in sight; afterwards, if need be, no more than half of the room and enough for the verdict:
    the rest is scrolled to.
    """
    free = max(room - need, min(room - _ANSWERED, room // 2) if answered else 0)
    return free if free >= LEAST else 0


class ImageBox(Widget):
    """One image at a time, as high as ``lay_out`` makes it; hidden while there is none."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ImageBox { height: auto; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self.display = False
        self._drawing = drawing
        self._sight: Sight | None = None
        self._room = (0, 0)
        self._extent = (0, 0)  # columns and rows of the picture
        self._wanted: tuple[object, ...] = ()
        self._drawn: Drawn | None = None

    @property
    def sight(self) -> Sight | None:
        """What is shown; None: nothing."""
        return self._sight

    @property
    def way(self) -> Way:
        """How images are drawn here."""
        return self._here.way

    @property
    def is_drawn(self) -> bool:
        """Whether the picture itself is to be seen."""
        return self._drawn is not None

    @property
    def _here(self) -> Drawing:
        return in_colours(self._drawing, self.app.console.color_system, plain=self.app.no_color)

    def put(self, sight: Sight | None) -> None:
        """Show this, or nothing; ``lay_out`` gives it its room."""
        self._sight = sight
        self.display = sight is not None
        if sight is None or sight.picture is None:
            self._let_go()

    def lay_out(self, width: int, height: int) -> None:
        """Lay the image out in so much room, of its words at least a line."""
        sight = self._sight
        self._room = width, height
        if sight is None or width < 1:
            return
        credit = bool(sight.credit) and height >= _CREDITED
        if sight.picture is not None and height >= LEAST and self.way is not Way.TEXT:
            self._extent = fit(sight.picture.size, self._here.cell, columns=width, rows=height - credit)
            self.styles.height = self._extent[1] + credit
            self._draw_anew()
        else:
            self._let_go()
            self.styles.height = len(self._words(width, height))
        self.refresh()

    # Drawing

    def _draw_anew(self) -> None:
        sight = self._sight
        if sight is None or sight.picture is None:
            return
        ground = self.background_colors[1]
        wanted = (id(sight.picture), self._extent, ground.rgb, self._here)
        if wanted != self._wanted:
            self._wanted = wanted
            self.run_worker(self._draw(sight.picture, self._here, self._extent, ground.rgb), group="image", exclusive=True)

    async def _draw(self, picture: Picture, drawing: Drawing, size: tuple[int, int], ground: Colour) -> None:
        drawn = await asyncio.to_thread(draw, picture, drawing, columns=size[0], rows=size[1], ground=ground)
        self._send(drawn.sent + (removed(self._drawn) if self._drawn else ""))
        self._drawn = drawn
        self.refresh()

    def _let_go(self) -> None:
        self.workers.cancel_node(self)
        if self._drawn is not None:
            self._send(removed(self._drawn))
        self._drawn, self._wanted = None, ()

    def _send(self, text: str) -> None:
        """Write to the terminal what is no cell, in its turn after what was painted before."""
        driver = self.app._driver
        if text and driver is not None:
            driver.write(text)

    def on_unmount(self) -> None:
        """Let the terminal forget the picture."""
        self._let_go()

    # Lines

    def render_lines(self, crop: Region) -> list[Strip]:  # noqa: D102 - Textual's
        if self._drawn is not None and self._drawn.over:
            self.call_after_refresh(self._paint_over)
        return super().render_lines(crop)

    def _paint_over(self) -> None:
        """Paint a picture of no cells over the blank ones that keep its place; the cursor stays where it is."""
        drawn, region = self._drawn, self.region
        if drawn is not None and self.is_attached and self.display and self.screen.is_current and region.height >= len(drawn.lines):
            x = region.x + (region.width - drawn.columns) // 2
            self._send(f"\x1b7\x1b[{region.y + 1};{x + 1}H{drawn.over}\x1b8")

    def render_line(self, y: int) -> Strip:  # noqa: D102 - Textual's
        width = self.content_size.width
        drawn, sight = self._drawn, self._sight
        blank = Strip.blank(width, self.rich_style)
        if sight is None or width < 1:
            return blank
        if not self._wanted:
            words = self._words(width, self.content_size.height)
            return self._strip(words[y], width) if y < len(words) else blank
        if y >= self._extent[1]:
            return self._strip(Content.styled(one_line(sight.credit), "$quiet"), width)
        if drawn is None or y >= len(drawn.lines) or drawn.columns > width:
            return blank
        left = (width - drawn.columns) // 2
        before, after = (Strip.blank(cells, self.rich_style) for cells in (left, width - left - drawn.columns))
        return Strip.join([before, drawn.lines[y], after])

    def _strip(self, line: Content, width: int) -> Strip:
        centred = Content.assemble(" " * max(0, (width - line.cell_length) // 2), line)
        return Visual.to_strips(self, centred, width, 1, self.visual_style, apply_selection=False, pad=True)[0]

    def _words(self, width: int, height: int) -> list[Content]:
        """Return the image in words, on as many lines as there are, but two at the least."""
        sight = self._sight
        if sight is None:
            return []
        said = Content.assemble((literal(sight.told), "italic"), (f"  {one_line(sight.note)}" if sight.note else "", "$quiet"))
        lines = said.wrap(max(2, min(COLUMN, width)))
        if height >= _CREDITED and sight.credit:
            lines.append(Content.styled(one_line(sight.credit), "$quiet"))
        most = max(2, height)
        return lines if len(lines) <= most else [*lines[: most - 1], Content.assemble(lines[most - 1].rstrip(), "…")]

    def notify_style_update(self) -> None:
        """Draw on the new ground."""
        super().notify_style_update()
        if self.is_attached and self._wanted:
            self._draw_anew()
