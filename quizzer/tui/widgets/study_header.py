"""The top of the study screen: the deck, what is left, how far it is."""

from typing import NamedTuple

from textual.content import Content
from textual.widget import Widget

from quizzer.tui.widgets.text import Piece, one_line


class Left(NamedTuple):
    """What is left in the session; ``current`` names the pile the card on show comes from: new, learning, due or none."""

    new: int = 0
    learning: int = 0
    due: int = 0
    done: int = 0
    current: str = ""


class StudyHeader(Widget):
    """The deck of the card (after the session's title, where that has several), its mode, the three counts with the current
    pile underlined, and a thin bar of what is done.
    """

    DEFAULT_CSS = """
    StudyHeader { height: 2; padding: 0 2; text-wrap: nowrap; text-overflow: clip; }
    StudyHeader.-low { height: 1; }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._session = self._title = one_line(title)
        self._mode = ""
        self._left = Left()

    def show(self, left: Left, *, title: str, mode: str) -> None:
        """Show these counts; ``title`` is of the deck the card comes from, ``mode`` a word for how it is asked."""
        self._left, self._mode, self._title = left, mode, one_line(title)
        self.refresh()

    @property
    def text(self) -> str:
        """What stands in the header, without its colours."""
        return self.render().plain

    def render(self) -> Content:  # noqa: D102 - Textual's
        width = self.content_size.width
        left = self._left
        counts = self._counts(words=width >= 60)
        room = max(0, width - counts.cell_length - 2)
        mode = f"  {self._mode}" if self._mode and room >= len(self._mode) + 14 else ""
        several = f"{self._session} · " if self._session != self._title else ""
        if room - len(mode) < len(several) + 14:
            several = ""
        title = Content.assemble((several, "$quiet"), (self._title, "bold")).truncate(room - len(mode), ellipsis=True)
        gap = " " * (width - title.cell_length - len(mode) - counts.cell_length)
        total = left.done + left.new + left.learning + left.due
        filled = round(width * left.done / total) if total else 0
        return Content.assemble(title, (mode, "$quiet"), gap, counts, "\n", ("━" * filled, "$primary"), ("─" * (width - filled), "$faint"))

    def _counts(self, *, words: bool) -> Content:
        parts: list[Piece] = []
        for name in ("new", "learning", "due"):
            count: int = getattr(self._left, name)
            current = name == self._left.current
            style = f"$count-{name}" if count else "$quiet"
            if parts:
                parts.append(("  " if words else " ", "$quiet"))
            parts.append((str(count), f"bold underline {style}" if current else style))
            if words:
                parts.append((f" {name}", f"underline {style}" if current else "$quiet"))
        return Content.assemble(*parts)
