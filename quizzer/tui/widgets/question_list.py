"""The questions of a deck, a line each, the deck itself on the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quizzer.tui.widgets.text import columns, one_line

_MARKS = {"error": ("!", "bold $verdict-wrong"), "warning": ("!", "$verdict-near"), "": ("", "")}
_KIND_FROM = 30  # cells: from this width on the kind has a column
_KIND_WIDTH = 5


class EntryLine(NamedTuple):
    """An entry: its id ("" is the deck), its number from 1 (0: none), its kind in a word, its stem; the worst found in it; ``changed``."""

    id: str
    number: int
    kind: str
    stem: str
    mark: str = ""
    changed: bool = False


class QuestionList(OptionList):
    """The entries in columns: number, kind, stem, marks. Letters do something here: nothing is typed."""

    BINDING_GROUP_TITLE = "Questions"
    DEFAULT_CSS = """
    QuestionList, QuestionList:focus { border: none; background: $background; background-tint: $background 0%; padding: 0; }
    QuestionList > .option-list--option { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Edit", id="entries.edit"),
        Binding("n", "screen.add", "New", id="entries.new"),
        Binding("c", "screen.copy", "Copy", id="entries.copy"),
        Binding("d,delete", "screen.delete", "Delete", id="entries.delete"),
        Binding("ctrl+s,f2", "screen.save", "Save", id="entries.save"),
        Binding("u", "screen.undo", "Undo", id="entries.undo"),
        Binding("r", "screen.redo", "Redo", id="entries.redo"),
        Binding("J,alt+down", "screen.move(1)", "Move down", id="entries.move_down", show=False),
        Binding("K,alt+up", "screen.move(-1)", "Move up", id="entries.move_up", show=False),
        Binding("slash", "screen.search", "Search", id="entries.search"),
        Binding("question_mark", "app.help", "Help", id="entries.help"),
        Binding("q", "screen.leave", "Leave", id="entries.leave", show=False),
        Binding("up,k", "cursor_up", "Question above", id="entries.up", show=False),
        Binding("down,j", "cursor_down", "Question below", id="entries.down", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor is on this entry now."""

        id: str

    @dataclass
    class Opened(Message):
        """The author wants to edit this entry."""

        id: str

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._shown: tuple[EntryLine, ...] = ()

    @property
    def shown(self) -> tuple[EntryLine, ...]:
        """The lines shown."""
        return self._shown

    @property
    def at(self) -> str | None:
        """The entry the cursor is on, which ``Moved`` may not have told of yet; None where there is none."""
        return None if self.highlighted is None else self._shown[self.highlighted].id

    def show(self, lines: Sequence[EntryLine], *, at: str) -> None:
        """Show ``lines``, the cursor on the entry ``at``; only what changed is drawn anew."""
        before, self._shown = self._shown, tuple(lines)
        with self.prevent(OptionList.OptionHighlighted):
            if [line.id for line in before] != [line.id for line in lines]:
                self.set_options(Option(self._content(line)) for line in lines)
            else:
                for index, (old, new) in enumerate(zip(before, lines, strict=True)):
                    if old != new:
                        self.replace_option_prompt_at_index(index, self._content(new))
            names = [line.id for line in lines]
            self.highlighted = names.index(at) if at in names else (0 if lines else None)

    def _content(self, line: EntryLine) -> Content:
        width = max(12, self.size.width - 2 - self.scrollbar_size_vertical * (len(self._shown) > self.size.height))
        sign, style = _MARKS[line.mark]
        marks = Content.assemble(("•" if line.changed else " ", "$accent"), (sign or " ", style))
        kind = [(Content.styled(line.kind, "$quiet"), _KIND_WIDTH, False)] if width >= _KIND_FROM else []
        taken = 2 + 1 + sum(size + 1 for _, size, _ in kind)
        if not line.number:
            return columns([(Content.styled(one_line(line.stem), "italic"), width - 3, False), (marks, 2, True)], gap=1)
        digits = len(str(max((one.number for one in self._shown), default=1)))
        number = Content.styled(str(line.number), "$quiet")
        stem = Content(one_line(line.stem)) if line.stem.strip() else Content.styled("(empty)", "$quiet")
        return columns([(number, digits, True), *kind, (stem, width - taken - digits - 1, False), (marks, 2, True)], gap=1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There are no pages where there is no room for a line."""
        return action not in {"page_up", "page_down"} or self.scrollable_content_region.area > 0

    def on_resize(self, event: events.Resize) -> None:
        """Draw the columns for the new width."""
        for index, line in enumerate(self._shown):
            self.replace_option_prompt_at_index(index, self._content(line))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell where the cursor is."""
        event.stop()
        if event.option_index < len(self._shown):
            self.post_message(self.Moved(self._shown[event.option_index].id))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open an entry."""
        event.stop()
        self.post_message(self.Opened(self._shown[event.option_index].id))
