"""A question: its stem, the means of answering it, and what came of the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from quizzer.core.model import Mode
from quizzer.tui.widgets.arrange import Arrange
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.entry import Curtain, Entry
from quizzer.tui.widgets.feedback import Feedback, Outcome
from quizzer.tui.widgets.text import literal


class Answered(NamedTuple):
    """What the means of answering show afterwards: the right option or order, and the option picked."""

    right: int | None = None
    chosen: int | None = None
    order: Sequence[str] = ()


class Question(VerticalScroll, can_focus=False):
    """One question at a time; scrolls when it is long.

    The same few widgets serve every question and are shown or hidden: nothing is mounted between two cards.
    """

    DEFAULT_CSS = """
    Question { height: 1fr; align-horizontal: center; padding: 0 2; scrollbar-size-vertical: 1; }
    Question > Vertical { width: 100%; max-width: 80; height: auto; }
    Question #stem { height: auto; margin: 1 0; text-style: bold; }
    """

    @dataclass
    class Responded(Message):
        """The learner answered: an option's index, what was typed, an order, or None to see the answer."""

        response: str | int | None

    def __init__(self) -> None:
        super().__init__()
        self._mode: Mode | None = None

    def compose(self) -> ComposeResult:
        """Compose every means of answering, hidden."""
        with Vertical():
            yield Static("", id="stem", markup=False)
            for means in (Choices(), Arrange(), Entry(), Curtain(), Feedback()):
                means.display = False
                yield means

    def ask(self, stem: str, mode: Mode, options: Sequence[str]) -> None:
        """Ask, and take the keyboard."""
        self._mode = mode
        self._set_stem(literal(stem))
        if mode is Mode.CHOOSE:
            self.query_one(Choices).ask(options)
        elif mode is Mode.ORDER:
            self.query_one(Arrange).ask(options)
        elif mode is Mode.TYPE:
            self.query_one(Entry).value = ""
        self._display(answered=False)
        self.scroll_home(animate=False)
        self.take_focus()

    def say(self, text: str) -> None:
        """Show a notice in place of a question."""
        self._mode = None
        self._set_stem(text)
        self._display(answered=False)

    def reveal(self, outcome: Outcome, answered: Answered, *, evidence_open: bool) -> None:
        """Show what came of the answer."""
        if self._mode is Mode.CHOOSE:
            self.query_one(Choices).reveal(right=answered.right, chosen=answered.chosen)
        elif self._mode is Mode.ORDER:
            self.query_one(Arrange).reveal(right=answered.order)
        feedback = self.query_one(Feedback)
        feedback.show(outcome, evidence_open=evidence_open)
        self._display(answered=True)
        self.call_after_refresh(self._bring_feedback)

    def _bring_feedback(self) -> None:
        """Scroll only when the verdict and the lines after it would not be seen."""
        feedback = self.query_one(Feedback)
        if feedback.region.y + min(feedback.size.height, 7) > self.content_region.bottom:
            self.scroll_to_widget(feedback, animate=False)

    def open_evidence(self, evidence_open: bool) -> None:
        """Open or fold away the evidence."""
        self.query_one(Feedback).open_evidence(evidence_open)

    def take_focus(self) -> None:
        """Give the keyboard to the means of answering, if one is shown."""
        means = self._means()
        if means is not None and means.display:
            means.focus(scroll_visible=False)

    def _means(self) -> Widget | None:
        kinds = {Mode.CHOOSE: Choices, Mode.ORDER: Arrange, Mode.TYPE: Entry, Mode.REVEAL: Curtain}
        return None if self._mode is None else self.query_one(kinds[self._mode])

    def _set_stem(self, text: str) -> None:
        self.query_one("#stem", Static).update(Content(text, strip_control_codes=False))

    def _display(self, *, answered: bool) -> None:
        mode = self._mode
        shown: dict[type[Widget], bool] = {
            Choices: mode is Mode.CHOOSE,
            Arrange: mode is Mode.ORDER,
            Entry: mode is Mode.TYPE and not answered,
            Curtain: mode is Mode.REVEAL and not answered,
            Feedback: answered,
        }
        for kind, display in shown.items():
            widget = self.query_one(kind)
            if widget.display is not display:
                widget.display = display

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self.post_message(self.Responded(event.index))

    @on(Arrange.Submitted)
    def _arranged(self, event: Arrange.Submitted) -> None:
        self.post_message(self.Responded(event.response))

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Responded(event.value))

    @on(Curtain.Lifted)
    def _lifted(self) -> None:
        self.post_message(self.Responded(None))
