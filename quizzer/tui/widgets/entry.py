"""Where an answer is typed, and where one is only thought of."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Input

from quizzer.tui.widgets.image_box import ImageBox
from quizzer.tui.widgets.sheet import Sheet

_ENTRY_HEIGHT = 3  # lines
TYPE_IT = "Type the answer"
SEVERAL = "Type them all, with commas between"


class Entry(Input):
    """A line to type the answer into; Enter submits it."""

    BINDING_GROUP_TITLE = "Typing"
    DEFAULT_CSS = """
    Entry, Entry:focus { border: round $border; background: $background; background-tint: $background 0%; padding: 0 1; height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Answer", id="type.submit")]

    def __init__(self) -> None:
        super().__init__(placeholder=TYPE_IT, select_on_focus=False)

    def begin(self, *, several: bool, typed: str = "") -> None:
        """Be there for a new answer, or for ``several`` at once; ``typed`` stands there already."""
        self.placeholder = SEVERAL if several else TYPE_IT
        self.value = typed
        self.cursor_position = len(typed)


class Written(Sheet):
    """The question above an ``Entry``: as high as its stem while there is something to type, and all there is afterwards."""

    DEFAULT_CSS = """
    Written.-asking { height: auto; }
    """
    GAP = 0

    def __init__(self, above: ImageBox) -> None:
        super().__init__()
        self._above = above

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: D102 - Textual's
        taken = _ENTRY_HEIGHT + (int(self._above.styles.height.value) if self._above.display and self._above.styles.height else 0)
        return max(1, min(len(self.lines_for(Size(width, container.height))), container.height - taken))


class Curtain(Sheet):
    """Hides the answer till the learner has recalled it and asks to see."""

    BINDING_GROUP_TITLE = "Recalling"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "lift", "Show the answer", id="reveal.show")]

    @dataclass
    class Lifted(Message):
        """The learner wants to see the answer."""

    def means(self, width: int) -> list[Content]:  # noqa: D102 - Sheet's
        if self.outcome is not None:
            return []
        inner = width - 2
        return [
            Content.styled("╭" + "─" * inner + "╮", "$faint"),
            Content.assemble(("│", "$faint"), ("Recall it, then press space".center(inner), "$quiet"), ("│", "$faint")),
            Content.styled("╰" + "─" * inner + "╯", "$faint"),
        ]

    def action_lift(self) -> None:
        """Show the answer."""
        if self.outcome is None:
            self.post_message(self.Lifted())

    def on_click(self, event: events.Click) -> None:
        """Show the answer."""
        self.action_lift()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is open cannot be lifted."""
        return action != "lift" or self.outcome is None
