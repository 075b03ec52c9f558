"""What saving would change in a deck's file."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quizzer.tui.page import Page
from quizzer.tui.widgets.text import literal

_STYLES = {"+": "$verdict-right", "-": "$verdict-wrong", "@": "$accent"}


class DifferenceScreen(Page[None]):
    """A unified diff, to be read."""

    CSS_PATH = "difference.tcss"
    BINDING_GROUP_TITLE = "What saving would change"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", "Scroll down", id="difference.down", show=False),
        Binding("up,k", "scroll(-1)", "Scroll up", id="difference.up", show=False),
        Binding("pagedown,space", "scroll(10)", "Page down", id="difference.page_down"),
        Binding("pageup", "scroll(-10)", "Page up", id="difference.page_up", show=False),
        Binding("question_mark,f1", "app.help", "Help", id="difference.help"),
        Binding("escape,q,enter,f9", "leave", "Back", id="difference.leave"),
    ]

    def __init__(self, difference: str) -> None:
        super().__init__()
        self._difference = difference

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        with VerticalScroll(id="body", can_focus=False), Vertical(id="column"):
            yield Static(Content.styled("What saving would change", "bold $primary"), id="title")
            yield Static(_shown(self._difference) if self._difference else Content.styled("Nothing: the file holds all this.", "$quiet"))

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#body").scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Back to the editor."""
        self.dismiss(None)


def _shown(difference: str) -> Content:
    lines = []
    for line in difference.splitlines():
        style = "$quiet" if line.startswith(("+++", "---")) else _STYLES.get(line[:1], "")
        lines.append(Content.styled(literal(line), style))
    return Content("\n").join(lines)
