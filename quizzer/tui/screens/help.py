"""Help: every key of the screen it was called from, and how ratings work."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from quizzer.tui.keys import Section
from quizzer.tui.page import Page
from quizzer.tui.widgets.text import Piece, hang

_REMAP = 'The grey names are for config.toml, where any key can be changed: [keys] study.undo = "z,ctrl+z".'
_RATINGS = (
    ("Again", "$rate-again", "You did not know it: it comes back within minutes."),
    ("Hard or Good", "$rate-good", "You knew it, with effort or without: it comes back in minutes at first, then days, then weeks."),
    ("Easy", "$rate-easy", "You knew it at once: it comes back latest. What is suggested is nearly always fair."),
)


class HelpScreen(Page[None]):
    """What the keys do, from the bindings themselves."""

    CSS_PATH = "help.tcss"
    BINDING_GROUP_TITLE = "This help"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", "Down", id="help.down", show=False),
        Binding("up,k", "scroll(-1)", "Up", id="help.up", show=False),
        Binding("pagedown,space", "scroll(10)", "Page down", id="help.page_down"),
        Binding("pageup", "scroll(-10)", "Page up", id="help.page_up"),
        Binding("escape,q,question_mark,f1,enter", "leave", "Back", id="help.leave"),
    ]

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self._sections = sections

    def compose_page(self) -> ComposeResult:  # noqa: D102 - Page's
        with VerticalScroll(id="body", can_focus=False), Vertical(id="column"):
            yield Static(self.content, id="keys")

    @property
    def content(self) -> Content:
        """What stands in the help."""
        width = max(20, min(84, self.app.size.width - 6))
        lines: list[Content] = []
        for section in self._sections:
            if section.title:
                lines.append(Content.styled(section.title, "bold $primary"))
            for row in section.rows:
                keys: list[Piece] = []
                for key in row.keys:
                    keys += [(" " if keys else ""), (key, "bold")]
                lead = Content.assemble(*keys)
                lead = lead.pad_right(max(1, 18 - lead.cell_length))
                lines += hang(lead, Content.assemble(row.does, (f"  {row.id}", "$quiet")), width=width)
            lines.append(Content(""))
        lines += hang(Content(""), Content.styled(_REMAP, "$quiet"), width=width)
        lines += [Content(""), Content.styled("How ratings work", "bold $primary")]
        for name, style, text in _RATINGS:
            lines += hang(Content.styled(name.ljust(18), f"bold {style}"), Content(text), width=width)
        return Content("\n").join(lines)

    def on_resize(self, event: Resize) -> None:
        """Lay the keys out for the new width."""
        self.query_one("#keys", Static).update(self.content)

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#body").scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Back to where help was called."""
        self.dismiss(None)
