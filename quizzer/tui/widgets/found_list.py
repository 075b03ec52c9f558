"""Cards that a search found, a line each."""

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

_STYLES = {
    "new": "$count-new",
    "learning": "$count-learning",
    "due": "$count-due",
    "review": "$quiet",
    "suspended": "$warning",
    "buried": "$quiet",
}
_STATE_WIDTH = 9


class FoundLine(NamedTuple):
    """A card: its id, its stem, how it stands in a word, and whether it is flagged."""

    id: str
    stem: str
    state: str
    flagged: bool = False


class FoundList(OptionList):
    """The cards in columns: stem, flag, state."""

    BINDING_GROUP_TITLE = "Cards found"
    DEFAULT_CSS = """
    FoundList, FoundList:focus { border: none; background: $background; background-tint: $background 0%; padding: 0; }
    FoundList > .option-list--option { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Card above", id="found.up", show=False),
        Binding("down,j", "cursor_down", "Card below", id="found.down", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor is on this card now."""

        line: FoundLine

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._shown: tuple[FoundLine, ...] = ()

    @property
    def shown(self) -> tuple[FoundLine, ...]:
        """The lines shown."""
        return self._shown

    @property
    def chosen(self) -> FoundLine | None:
        """The line the cursor is on."""
        return self._shown[self.highlighted] if self.highlighted is not None and self.highlighted < len(self._shown) else None

    def show(self, lines: Sequence[FoundLine]) -> None:
        """Show ``lines``; the cursor stays on its card where that is still there, else it goes to the first."""
        at = self.chosen
        self._shown = tuple(lines)
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options(Option(self._content(line)) for line in lines)
            names = [line.id for line in lines]
            self.highlighted = None if not lines else names.index(at.id) if at is not None and at.id in names else 0

    def renew(self, line: FoundLine) -> None:
        """Show how a card of the list stands now."""
        for index, old in enumerate(self._shown):
            if old.id == line.id:
                self._shown = (*self._shown[:index], line, *self._shown[index + 1 :])
                self.replace_option_prompt_at_index(index, self._content(line))

    def _content(self, line: FoundLine) -> Content:
        width = max(20, self.size.width - 2 - self.scrollbar_size_vertical * (len(self._shown) > self.size.height))
        stem, state = Content(one_line(line.stem)), Content.styled(line.state, _STYLES.get(line.state, "$quiet"))
        flag = Content.styled("⚑" if line.flagged else "", "$warning")
        return columns([(stem, width - _STATE_WIDTH - 4, False), (flag, 1, False), (state, _STATE_WIDTH, True)], gap=1)

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
            self.post_message(self.Moved(self._shown[event.option_index]))
