"""A question: a sheet for each mode, one of them on show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from quizzer.core.model import Interval, Mode, Rating
from quizzer.tui.widgets.arrange import Arrange
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.entry import Curtain, Entry, Written
from quizzer.tui.widgets.feedback import Outcome
from quizzer.tui.widgets.matching import Matching
from quizzer.tui.widgets.rating_bar import RatingBar
from quizzer.tui.widgets.sheet import Answered, Sheet


class Ratings(NamedTuple):
    """When each rating would bring the card back, and which is suggested."""

    intervals: Mapping[Rating, Interval]
    suggested: Rating


class Question(Vertical):
    """One question at a time, with the ratings at its foot. The same few widgets serve them all: nothing is mounted between two cards."""

    BINDING_GROUP_TITLE = "Rating"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "rate(1)", "Again: I did not know it", id="rate.again", show=False),
        Binding("2", "rate(2)", "Hard: I knew it, with effort", id="rate.hard", show=False),
        Binding("3", "rate(3)", "Good: I knew it", id="rate.good", show=False),
        Binding("4", "rate(4)", "Easy: I knew it at once", id="rate.easy", show=False),
        Binding("enter,space", "rate_selected", "Rate", id="rate.selected"),
        Binding("left", "move_rating(-1)", "Rating to the left", id="rate.left", show=False),
        Binding("right", "move_rating(1)", "Rating to the right", id="rate.right", show=False),
    ]
    DEFAULT_CSS = """
    Question { height: 1fr; padding: 0 2; }
    Question #typing { height: auto; align-horizontal: center; }
    Question Entry { max-width: 80; }
    """

    @dataclass
    class Responded(Message):
        """The learner answered: an option's index, what was typed, an order, what was matched, or None to see the answer."""

        response: str | int | None

    def __init__(self) -> None:
        super().__init__()
        self._mode: Mode | None = None
        written = Written()
        self._sheets: dict[Mode | None, Sheet] = {
            Mode.CHOOSE: Choices(),
            Mode.ORDER: Arrange(),
            Mode.MATCH: Matching(),
            Mode.REVEAL: Curtain(),
            Mode.TYPE: written,
            Mode.TYPE_THEN_CHOOSE: written,
            None: written,
        }
        self._entry, self._typing, self._bar = Entry(), Vertical(id="typing"), RatingBar()

    def compose(self) -> ComposeResult:
        """Compose every sheet, hidden."""
        for sheet in dict.fromkeys(self._sheets.values()):
            sheet.display = False
            yield sheet
        self._typing.display = False
        with self._typing:
            yield self._entry
        yield self._bar

    @property
    def sheet(self) -> Sheet:
        """The sheet on show."""
        return self._sheets[self._mode]

    @property
    def in_use(self) -> Widget | None:
        """The part whose keys answer or rate now; None where there is nothing to answer."""
        if self._mode is None:
            return None
        return self if self._bar.is_open else self._entry if self._typing.display else self.sheet

    def ask(
        self,
        stem: str,
        mode: Mode,
        options: Sequence[str],
        *,
        several: bool = False,
        typed: str = "",
        lefts: Sequence[str] = (),
        markdown: bool = False,
    ) -> None:
        """Ask, and take the keyboard; ``markdown``: the stem is written so.

        To be typed: ``several`` answers, or one; ``typed`` stands there already. To be matched: ``lefts``.
        """
        self._mode = mode
        self._bar.clear()
        self.sheet.ask(stem, options, lefts=lefts, markdown=markdown)
        typing = mode in (Mode.TYPE, Mode.TYPE_THEN_CHOOSE)
        if typing:
            self._entry.begin(several=several, typed=typed)
        self._display(typing=typing)
        self.take_focus()

    def offer(self, stem: str, options: Sequence[str], *, said: str, markdown: bool = False) -> None:
        """Let the learner choose, of what they typed was not right; ``said`` tells them so."""
        self._mode = Mode.CHOOSE
        self.sheet.ask(stem, options, said=said, markdown=markdown)
        self._display(typing=False)
        self.take_focus()

    def show_hints(self, hints: Sequence[str], *, of: int) -> None:
        """Show these hints, of so many there are."""
        self.sheet.show_hints(hints, of=of)

    def say(self, text: str) -> None:
        """Show a notice in place of a question."""
        self._mode = None
        self._bar.clear()
        self.sheet.ask(text)
        self._display(typing=False)

    def reveal(self, outcome: Outcome, answered: Answered, ratings: Ratings, *, evidence_open: bool) -> None:
        """Show what came of the answer, and the ratings."""
        self._bar.show(ratings.intervals, suggested=ratings.suggested)
        self._display(typing=False)
        self.sheet.reveal(outcome, answered, evidence_open=evidence_open)
        self.take_focus()

    def open_evidence(self, evidence_open: bool) -> None:
        """Open or fold away the evidence."""
        self.sheet.open_evidence(evidence_open)

    def take_focus(self) -> None:
        """Give the keyboard to the means of answering, or to the sheet where there is nothing left to answer."""
        taker: Widget = self._entry if self._typing.display else self.sheet
        if taker.display and not taker.has_focus:
            taker.focus(scroll_visible=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to rate before the answer."""
        return self._bar.is_open or action not in {"rate", "rate_selected", "move_rating"}

    def action_rate(self, rating: int) -> None:
        """Give this rating."""
        self.post_message(RatingBar.Rated(Rating(rating)))

    def action_rate_selected(self) -> None:
        """Give the selected rating."""
        self.action_rate(self._bar.selected)

    def action_move_rating(self, by: int) -> None:
        """Select the rating to the left or right."""
        self._bar.move(by)

    def _display(self, *, typing: bool) -> None:
        sheet = self.sheet
        for widget in (*self._sheets.values(), self._typing):
            shown = widget is sheet or (typing and widget is self._typing)
            if widget.display is not shown:
                widget.display = shown
        if isinstance(sheet, Written):
            sheet.set_class(typing, "-asking")

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self.post_message(self.Responded(event.index))

    @on(Arrange.Submitted)
    def _arranged(self, event: Arrange.Submitted) -> None:
        self.post_message(self.Responded(event.response))

    @on(Matching.Submitted)
    def _matched(self, event: Matching.Submitted) -> None:
        self.post_message(self.Responded(event.response))

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Responded(event.value))

    @on(Curtain.Lifted)
    def _lifted(self) -> None:
        self.post_message(self.Responded(None))
