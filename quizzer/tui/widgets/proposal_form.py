"""A question as a form: one text a field, edited in place, with what is wrong told below while one types."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Label, Static, TextArea
from textual.widgets.text_area import EditResult, Location

from quizzer.tui.widgets.text import literal

_BREAKS = re.compile(r"\s*[\r\n]\s*")


class Row(NamedTuple):
    """One field: its name, what stands before it, its text; ``many``: one thing a line."""

    name: str
    label: str
    text: str
    many: bool = False


class Text(TextArea):
    """The text of a field, as high as it is long."""

    BINDING_GROUP_TITLE = "Editing"
    DEFAULT_CSS = """
    Text, Text:focus { border: none; padding: 0 1; height: auto; max-height: 8; min-height: 1; background: $surface; }
    Text:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", "Save", id="edit.save", priority=True),
        Binding("tab", "move(1)", "Next field", id="edit.next", priority=True),
        Binding("shift+tab", "move(-1)", "Field before", id="edit.previous", show=False, priority=True),
    ]

    @dataclass
    class Saved(Message):
        """The author is done."""

    def __init__(self, row: Row) -> None:
        super().__init__(row.text, soft_wrap=True, compact=True, tab_behavior="focus", highlight_cursor_line=False)
        self.row = row

    def replace(self, insert: str, start: Location, end: Location, *, maintain_selection_offset: bool = True) -> EditResult:
        """Put a text in: without what a terminal would obey, and where one text is asked for, in one line."""
        plain = "".join(char for char in insert.replace("\t", " ") if char in "\r\n" or unicodedata.category(char) != "Cc")
        plain = plain if self.row.many else _BREAKS.sub(" ", plain)
        return super().replace(plain, start, end, maintain_selection_offset=maintain_selection_offset)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self.row.many:  # one text holds no line ends: Enter is done with it
            event.stop()
            event.prevent_default()
            self.action_save()
            return
        await super()._on_key(event)

    def action_save(self) -> None:
        """Be done with the form."""
        self.post_message(self.Saved())

    def action_move(self, by: int) -> None:
        """Go to another field."""
        if by > 0:
            self.screen.focus_next(Text)
        else:
            self.screen.focus_previous(Text)


class ProposalForm(VerticalScroll, can_focus=False):
    """The fields of a question, and what is wrong with it."""

    DEFAULT_CSS = """
    ProposalForm { height: 100%; scrollbar-size-vertical: 1; }
    ProposalForm Horizontal { height: auto; }
    ProposalForm Label { width: 15; color: $quiet; }
    ProposalForm Text { width: 1fr; }
    ProposalForm #doubts { height: auto; margin-top: 1; }
    """

    @dataclass
    class Changed(Message):
        """A text was changed; these are all of them by name."""

        texts: Mapping[str, str]

    @dataclass
    class Submitted(Message):
        """The author is done; these are the texts by name."""

        texts: Mapping[str, str]

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._doubts = Static("", id="doubts")

    def compose(self) -> ComposeResult:
        """Compose the fields."""
        for row in self._rows:
            with Horizontal():
                yield Label(row.label)
                yield Text(row)
        yield self._doubts

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.query(Text).first().focus()

    @property
    def texts(self) -> dict[str, str]:
        """The texts as they stand, by the names of their fields."""
        return {area.row.name: area.text for area in self.query(Text)}

    def tell(self, doubts: Sequence[tuple[str, str]]) -> None:
        """Show what is wrong, as (severity, what)."""
        lines = [
            Content.assemble(("! ", f"bold {style}"), (literal(text), style))
            for severity, text in doubts
            for style in ("$verdict-wrong" if severity == "error" else "$verdict-near",)
        ]
        fine = Content.styled("✓ nothing wrong with it", "$verdict-right")
        self._doubts.update(Content("\n").join(lines) if lines else fine)

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self.texts))

    @on(Text.Saved)
    def _saved(self, event: Text.Saved) -> None:
        event.stop()
        self.post_message(self.Submitted(self.texts))
