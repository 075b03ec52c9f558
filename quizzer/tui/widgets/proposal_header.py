"""The top of the proposals: which deck, what is shown of it, how far the author is."""

from typing import NamedTuple

from textual.content import Content
from textual.widget import Widget

from quizzer.tui.widgets.text import Piece, one_line


class Progress(NamedTuple):
    """How far the author is; ``at`` is the place, from 1, of what is on show among ``shown`` (0: nothing is)."""

    at: int = 0
    shown: int = 0
    total: int = 0
    kept: int = 0
    dropped: int = 0
    merged: int = 0
    only: str = ""  # what is shown, where that is not all


class ProposalHeader(Widget):
    """The deck and what is shown of it, the counts, and a thin bar of what is kept, gone and open."""

    DEFAULT_CSS = """
    ProposalHeader { height: 2; padding: 0 2; text-wrap: nowrap; text-overflow: clip; }
    ProposalHeader.-low { height: 1; }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = one_line(title)
        self._progress = Progress()

    def show(self, progress: Progress) -> None:
        """Show these counts."""
        self._progress = progress
        self.refresh()

    @property
    def text(self) -> str:
        """What stands in the header, without its colours."""
        return self.render().plain

    def render(self) -> Content:  # noqa: D102 - Textual's
        width, now = self.content_size.width, self._progress
        counts = self._counts(words=width >= 56)
        only: Piece = (f"  {one_line(now.only)}", "$accent") if now.only else ""
        title = Content.assemble((self._title, "bold"), only).truncate(max(0, width - counts.cell_length - 2), ellipsis=True)
        gap = " " * max(1, width - title.cell_length - counts.cell_length)
        return Content.assemble(title, gap, counts, "\n", *self._bar(width))

    def _counts(self, *, words: bool) -> Content:
        now = self._progress
        parts: list[Piece] = [(f"{now.at} of {now.shown}", "bold" if now.at else "$quiet")]
        for count, name, mark, style in (
            (now.kept, "kept", "✓", "$verdict-right"),
            (now.dropped, "dropped", "✗", "$verdict-wrong"),
            (now.merged, "merged", "≈", "$accent"),
        ):
            if count or name == "kept":
                parts += [
                    (" · " if words else " ", "$quiet"),
                    (f"{count} {name}" if words else f"{mark}{count}", style if count else "$quiet"),
                ]
        return Content.assemble(*parts)

    def _bar(self, width: int) -> list[Piece]:
        now = self._progress
        kept = round(width * now.kept / now.total) if now.total else 0
        gone = round(width * (now.kept + now.dropped + now.merged) / now.total) - kept if now.total else 0
        return [("━" * kept, "$verdict-right"), ("━" * gone, "$quiet"), ("─" * (width - kept - gone), "$faint")]
