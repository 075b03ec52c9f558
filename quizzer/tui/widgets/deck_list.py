"""The decks, with what waits in each."""

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


class DeckLine(NamedTuple):
    """A deck and its counts; ``test`` tells of a test to come.

    ``problem`` is set for a file that cannot be studied; an empty ``id`` stands for all decks.
    """

    id: str
    title: str
    new: int = 0
    learning: int = 0
    due: int = 0
    total: int = 0
    problem: str = ""
    test: str = ""


COUNT_WIDTH = 10


class DeckList(OptionList):
    """Decks in columns: title, new, learning, due. Enter or a click opens one."""

    BINDING_GROUP_TITLE = "Decks"
    DEFAULT_CSS = """
    DeckList, DeckList:focus { border: none; background: $background; background-tint: $background 0%; padding: 0; }
    DeckList > .option-list--option { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "Study", id="home.study"),
        Binding("up,k", "cursor_up", "Deck above", id="home.up", show=False),
        Binding("down,j", "cursor_down", "Deck below", id="home.down", show=False),
    ]

    @dataclass
    class Opened(Message):
        """The learner opened this line."""

        line: DeckLine

    @dataclass
    class Moved(Message):
        """The cursor is on this line now."""

        line: DeckLine

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._shown: tuple[DeckLine, ...] = ()

    @property
    def shown(self) -> tuple[DeckLine, ...]:
        """The lines shown."""
        return self._shown

    @property
    def chosen(self) -> DeckLine | None:
        """The line the cursor is on."""
        return self._shown[self.highlighted] if self.highlighted is not None and self.highlighted < len(self._shown) else None

    def show(self, lines: Sequence[DeckLine]) -> None:
        """Show ``lines``; the cursor stays on its deck where that is still there, and else goes to the first that has cards."""
        at = self._shown[self.highlighted] if self.highlighted is not None and self._shown else None
        self._shown = tuple(lines)
        self.set_options(Option(self._content(line)) for line in lines)
        keys = [(line.id, line.title) for line in lines]
        if at is not None and (at.id, at.title) in keys:
            self.highlighted = keys.index((at.id, at.title))
        elif lines:
            waiting = [bool(line.new + line.learning + line.due) for line in lines]
            self.highlighted = waiting.index(True) if True in waiting else 0

    def _content(self, line: DeckLine) -> Content:
        width = max(20, self.size.width - 2 - self.scrollbar_size_vertical * (self.virtual_size.height > self.size.height))
        narrow = 6 if width < 50 else COUNT_WIDTH
        title = width - 3 * narrow
        if line.problem:
            message = Content.assemble(("! ", "bold $warning"), (one_line(line.title), "$warning"), ("  cannot be read", "$quiet"))
            return message.truncate(width, ellipsis=True)
        name = Content.styled(one_line(line.title), "" if line.id else "italic")
        return columns(
            [
                (name, title, False),
                *((_count(getattr(line, pile), f"$count-{pile}"), narrow, True) for pile in ("new", "learning", "due")),
            ],
            gap=0,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There are no pages where there is no room for a line."""
        return action not in {"page_up", "page_down"} or self.scrollable_content_region.area > 0

    def on_resize(self, event: events.Resize) -> None:
        """Draw the columns for the new width."""
        for index, line in enumerate(self._shown):
            self.replace_option_prompt_at_index(index, self._content(line))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a line."""
        event.stop()
        self.post_message(self.Opened(self._shown[event.option_index]))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell where the cursor is."""
        event.stop()
        if event.option_index < len(self._shown):
            self.post_message(self.Moved(self._shown[event.option_index]))


def heading(width: int) -> Content:
    """Return the heads of the columns for a list ``width`` cells wide."""
    inner = max(20, width - 2)
    narrow = 6 if inner < 50 else COUNT_WIDTH
    heads = ("New", "Learn" if narrow == 6 else "Learning", "Due")
    cells = [(Content("Deck"), inner - 3 * narrow, False), *((Content(head), narrow, True) for head in heads)]
    return Content.assemble(" ", columns(cells, gap=0)).stylize("$quiet")


def _count(count: int, style: str) -> Content:
    return Content.styled(str(count), f"bold {style}" if count else "$faint")
