"""Where an answer is typed, and where one is only thought of."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input


class Entry(Input):
    """A line to type the answer into; Enter submits it."""

    BINDING_GROUP_TITLE = "Typing"
    DEFAULT_CSS = """
    Entry, Entry:focus { border: round $border; background: $background; background-tint: $background 0%; padding: 0 1; height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Answer", id="type.submit")]

    def __init__(self) -> None:
        super().__init__(placeholder="Type the answer", select_on_focus=False)


class Curtain(Widget, can_focus=True):
    """Stands before the answer till the learner has recalled it and asks to see."""

    ALLOW_SELECT = False
    BINDING_GROUP_TITLE = "Recalling"
    DEFAULT_CSS = """
    Curtain { height: 3; border: round $border-blurred; color: $quiet; content-align: center middle; pointer: pointer; }
    Curtain:focus { border: round $border; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "lift", "Show the answer", id="reveal.show")]

    @dataclass
    class Lifted(Message):
        """The learner wants to see the answer."""

    def render(self) -> Content:  # noqa: D102 - Textual's
        return Content("Recall it, then press space")

    def action_lift(self) -> None:
        """Show the answer."""
        self.post_message(self.Lifted())

    def on_click(self) -> None:
        """Show the answer."""
        self.action_lift()
