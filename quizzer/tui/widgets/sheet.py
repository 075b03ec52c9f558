"""A sheet of paper for one question: its stem, the means of answering, and what came of the answer.

All of it is one widget that fills its place and scrolls by itself, so that going from card to card lays nothing out anew:
that is what keeps a key press to a few milliseconds.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar, NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from quizzer.tui.messages import LinkRequested
from quizzer.tui.widgets.feedback import Outcome, feedback_lines
from quizzer.tui.widgets.markdown import markdown_lines
from quizzer.tui.widgets.text import hang, literal

COLUMN = 80  # cells: what can be read with ease
_KEEP = 6  # lines of feedback brought into sight with the verdict
_LOW = 12  # on fewer lines than that the stem comes before them


class Answered(NamedTuple):
    """What the means of answering show afterwards: the right option, order or rights, and the option picked."""

    right: int | None = None
    chosen: int | None = None
    order: Sequence[str] = ()


class Paper(NamedTuple):
    """What stands on a sheet beside stem and options."""

    lefts: Sequence[str] = ()  # what the options are to be matched with
    hints: Sequence[str] = ()  # those taken, of so many
    hints_of: int = 0
    said: str = ""  # below the stem until the answer
    markdown: bool = False  # how the stem is written


_BLANK = Paper()


class Sheet(Widget, can_focus=True):
    """A question on paper. Subclasses add the means of answering in ``means``."""

    DEFAULT_CSS = """
    Sheet { height: 1fr; text-wrap: nowrap; text-overflow: clip; }
    """
    ALLOW_SELECT = False
    auto_links = False
    GAP: ClassVar = 1  # lines between stem and means

    def __init__(self) -> None:
        super().__init__()
        self._stem = ""
        self._lefts: tuple[str, ...] = ()
        self._paper = _BLANK
        self._outcome: Outcome | None = None
        self._evidence_open = True
        self._top = 0
        self._painted: list[Content] = []
        self._laid: tuple[tuple[int, int], list[Content]] | None = None
        self._means_at = self._feedback_at = 0

    @property
    def outcome(self) -> Outcome | None:
        """What came of the answer; None before it."""
        return self._outcome

    def ask(self, stem: str, options: Sequence[str] = (), paper: Paper = _BLANK) -> None:
        """Show a question, with what else stands on its ``paper``."""
        self._stem, self._outcome, self._top = literal(stem), None, 0
        self._paper = paper
        self._lefts = tuple(literal(left) for left in paper.lefts)
        self.lay_out_means(options)
        self.relay()
        if paper.said or paper.hints:
            self._bring_said()

    def show_hints(self, hints: Sequence[str], *, of: int) -> None:
        """Show these hints, of so many there are, below the stem until the answer."""
        self._paper = self._paper._replace(hints=hints, hints_of=of)
        self.relay()
        self.refresh(layout=True)
        self._bring_said()

    def reveal(self, outcome: Outcome, answered: Answered, *, evidence_open: bool) -> None:
        """Show what came of the answer, its verdict in sight."""
        self._outcome, self._evidence_open = outcome, evidence_open
        self.show_answered(answered)
        self.relay()
        self._bring_verdict()

    def open_evidence(self, evidence_open: bool) -> None:
        """Open or fold away the evidence."""
        self._evidence_open = evidence_open
        self.relay()

    def lay_out_means(self, options: Sequence[str]) -> None:
        """Take the options of a new question."""

    def show_answered(self, answered: Answered) -> None:
        """Take what was right and what was given."""

    def means(self, width: int) -> list[Content]:
        """Return the lines of the means of answering."""
        return []

    def means_of(self, options: Sequence[str], paper: Paper, width: int) -> list[Content]:
        """Return the lines of the means of answering another question, for who shows them elsewhere; nothing is painted here."""
        self._lefts = tuple(literal(left) for left in paper.lefts)
        self.lay_out_means(options)
        return self.means(width)

    # Lines and scrolling

    def relay(self) -> None:
        """Lay the lines out anew."""
        self._laid = None
        self._repaint()

    def scroll_lines(self, lines: int) -> None:
        """Scroll down, or up when ``lines`` is negative, as far as there is something."""
        top = max(0, min(self._top + lines, len(self._lines()) - self.content_size.height))
        if top != self._top:
            self._top = top
            self._repaint()

    @property
    def can_scroll(self) -> bool:
        """Whether there is more than is in sight."""
        return len(self._lines()) > self.content_size.height

    def bring_means(self, first: int, count: int) -> None:
        """Bring these lines of the means into sight."""
        self._bring(self._means_at + first, count)

    def _bring_said(self) -> None:
        """Bring the end of the hints, and of what is said below them, into sight, once there is room for it."""

        def bring() -> None:
            if self._outcome is None:
                self._bring(self._means_at - 1, 1)

        self.call_after_refresh(bring)

    def _bring_verdict(self) -> None:
        lines = self._lines()[self._feedback_at :]
        said = next((number for number, line in enumerate(lines) if not line), len(lines))  # verdict and key
        self._bring(self._feedback_at, min(_KEEP, said if self.content_size.height < _LOW else len(lines)))

    def _bring(self, first: int, count: int) -> None:
        height = self.content_size.height
        if first + count > self._top + height:
            self.scroll_lines(min(first, first + count - height) - self._top)
        elif first < self._top:
            self.scroll_lines(first - self._top)

    def means_line_at(self, event: events.MouseEvent) -> int | None:
        """Return which line of the means is under the mouse, None elsewhere."""
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        line = self._top + offset.y - self._means_at
        return line if 0 <= line < len(self._lines()) - self._means_at else None

    def _lines(self) -> list[Content]:
        return self.lines_for(self.content_size)

    def lines_for(self, size: Size) -> list[Content]:
        """Return all lines for a widget of this size; what there is no room for is scrolled to."""
        if self._laid is None or self._laid[0] != size:
            width = max(2, min(COLUMN, size.width - 1))  # the last column tells that there is more
            height = self.app.size.height
            margin = 0 if height < 18 else 1 if height < 30 else 2
            lines = [Content("")] * margin
            dark = self.app.current_theme.dark
            if self._paper.markdown:
                lines += markdown_lines(self._stem, width, dark=dark)
            else:
                lines += hang(Content(""), Content(self._stem, strip_control_codes=False).stylize("bold"), width=width)
            if self._outcome is None:
                lines += self._hint_lines(width)
            lines += [Content("")] * max(self.GAP, margin)
            self._means_at = len(lines)
            lines += self.means(width)
            if self._outcome is not None:
                lines += [Content("")] if len(lines) > self._means_at else []
                self._feedback_at = len(lines)
                lines += feedback_lines(self._outcome, width, evidence_open=self._evidence_open, dark=dark)
            self._laid = (size, lines)
        return self._laid[1]

    def _hint_lines(self, width: int) -> list[Content]:
        hints = self._paper.hints
        lines: list[Content] = [Content("")] if hints else []
        for number, hint in enumerate(hints, start=1):
            lead = Content.styled(f"Hint {number} of {self._paper.hints_of}  ", "$accent")
            lines += hang(lead, Content(literal(hint), strip_control_codes=False), width=width)
        if self._paper.said:
            lines += [Content(""), *hang(Content(""), Content.styled(literal(self._paper.said), "$verdict-near"), width=width)]
        return lines

    def _in_sight(self) -> list[Content]:
        """Return the lines in sight, set in the middle of the widget."""
        width, height = self.content_size
        if width < 4 or height < 1:
            return []
        lines = self._lines()
        self._top = max(0, min(self._top, len(lines) - height))
        left = " " * ((width - min(COLUMN, width - 1)) // 2)
        shown = [Content.assemble(left, line) if left else line for line in lines[self._top : self._top + height]]
        below = len(lines) - self._top - height
        for row, mark in ((0, "▲" if self._top else ""), (height - 1, "▼" if below > 0 else "")):
            if mark:
                shown[row] = Content.assemble(shown[row].pad_right(width - 1 - shown[row].cell_length), (mark, "$accent"))
        return shown

    def _repaint(self) -> None:
        """Paint the lines that are not what they were."""
        before, width = self._painted, self.content_size.width
        self._painted = now = self._in_sight()
        blank, height = Content(""), 0
        for y, (old, new) in enumerate(zip_longest([*before, blank], [*now, blank], fillvalue=blank)):
            if not old.is_same(new):
                height += 1
            elif height:  # lines side by side are painted at once
                self.refresh(Region(0, y - height, width, height))
                height = 0

    def render_line(self, y: int) -> Strip:  # noqa: D102 - Textual's
        width = self.content_size.width
        if not 0 <= y < len(self._painted) or not self._painted[y]:
            return Strip.blank(width, self.rich_style)
        return Visual.to_strips(self, self._painted[y], width, 1, self.visual_style, apply_selection=False, pad=True)[0]

    def on_resize(self) -> None:
        """Lay the lines out for the new size."""
        self.relay()
        self.refresh()
        if self._outcome is not None:
            self._bring_verdict()

    def notify_style_update(self) -> None:
        """Paint all lines in the new colours."""
        super().notify_style_update()
        if self._paper.markdown and self.is_attached:  # its code has colours of its own
            self.relay()
        self.refresh()

    def on_mouse_scroll_down(self) -> None:
        """Scroll by the wheel."""
        self.scroll_lines(2)

    def on_mouse_scroll_up(self) -> None:
        """Scroll by the wheel."""
        self.scroll_lines(-2)

    def on_click(self, event: events.Click) -> None:
        """Ask for the address under the mouse."""
        url = event.style.meta.get("url")
        if url:
            self.post_message(LinkRequested(url))
