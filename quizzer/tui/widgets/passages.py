"""The passages a question stands on, its evidence marked, and more quietly what names were resolved from."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.style import Style

from quizzer.tui.messages import LinkRequested
from quizzer.tui.widgets.lines import Lines
from quizzer.tui.widgets.text import Piece, hang, literal, one_line

STRONG = "bold underline $mark-text on $mark"
QUIET = "underline $accent"


class Passage(NamedTuple):
    """A text and its marks, as (start, end, strong); marks do not overlap. ``source`` and ``url`` say where it stands."""

    text: str
    marks: Sequence[tuple[int, int, bool]] = ()
    source: str = ""
    url: str = ""
    note: str = ""  # above it: what it is for
    warns: bool = False  # the note is a warning


class Passages(Lines):
    """Passages one below the other; what is marked first is brought into sight."""

    def __init__(self) -> None:
        super().__init__()
        self._passages: tuple[Passage, ...] = ()
        self._first_mark = 0

    def show(self, passages: Sequence[Passage]) -> None:
        """Show these passages."""
        self._passages = tuple(passages)
        self.relay()
        self.call_after_refresh(self.bring_mark)

    def bring_mark(self) -> None:
        """Bring the first mark into sight."""
        if self.is_attached and self._passages:
            self.show_lines(0, 1)
            self.show_lines(self._first_mark, 3)

    def lay_out(self, width: int) -> list[Content]:  # noqa: D102 - Lines'
        lines: list[Content] = []
        self._first_mark = 0
        bar = Content.styled("▎ ", "$accent")
        said = None
        for number, passage in enumerate(self._passages):
            lines += [Content("")] if lines else []
            if passage.note:
                style = "$verdict-near" if passage.warns else "$quiet"
                lines += hang(Content(""), Content.styled(literal(passage.note), style), width=width)
            source = (passage.source, passage.url)
            if source != said and any(source):
                lines += hang(Content(""), _source(passage), width=width)
            said = source
            body = hang(bar, _marked(passage), width=width, rest=bar)
            if number == 0:
                before = hang(bar, Content(literal(passage.text[: passage.marks[0][0]])), width=width) if passage.marks else [bar]
                self._first_mark = len(lines) + max(0, len(before) - 1)
            lines += body
        return lines

    def on_click(self, event: object) -> None:
        """Ask for the address under the mouse."""
        url = getattr(getattr(event, "style", None), "meta", {}).get("url")
        if url:
            self.post_message(LinkRequested(url))


def _marked(passage: Passage) -> Content:
    parts: list[Piece] = []
    at = 0
    for start, end, strong in passage.marks:
        parts += [literal(passage.text[at:start]), (literal(passage.text[start:end]), STRONG if strong else QUIET)]
        at = end
    return Content.assemble(*parts, literal(passage.text[at:]))


def _source(passage: Passage) -> Content:
    parts: list[Piece] = [(one_line(passage.source), "$quiet")] if passage.source else []
    if passage.url.startswith(("https://", "http://")):
        url = one_line(passage.url)
        parts += [("\n" if parts else ""), (url, Style(underline=True, link=url) + Style.from_meta({"url": url}))]
    return Content.assemble(*parts)
