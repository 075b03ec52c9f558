"""A question: a sheet for each mode, one of them on show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from quizzer.core.model import Confidence, Interval, Mode, Rating
from quizzer.tui.guard import Guard
from quizzer.tui.widgets.arrange import Arrange
from quizzer.tui.widgets.asking import Asking
from quizzer.tui.widgets.choices import Choices
from quizzer.tui.widgets.entry import Curtain, Entry, Written
from quizzer.tui.widgets.feedback import Outcome
from quizzer.tui.widgets.image_box import COLUMN, ImageBox, Sight, share
from quizzer.tui.widgets.matching import Matching
from quizzer.tui.widgets.rating_bar import RatingBar
from quizzer.tui.widgets.sheet import Answered, Paper, Sheet
from quizzer.tui.widgets.text import one_line

_SURE = ("I guess", "I think so", "I am sure")  # in the order of Confidence


class Ratings(NamedTuple):
    """When each rating would bring the card back, and which is suggested."""

    intervals: Mapping[Rating, Interval | str]
    suggested: Rating


class Asked(NamedTuple):
    """What is asked. To be typed: ``several`` answers or one, and what is ``typed`` already; ``confidence``: how sure one is, too."""

    stem: str
    mode: Mode
    options: Sequence[str] = ()
    several: bool = False
    typed: str = ""
    confidence: bool = False
    paper: Paper = Paper()


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
        """The learner answered: an option's index, what was typed, an order, what was matched, or None to see the answer.

        ``sure`` is how sure they are, where they were asked. A key that bounced gives no response.
        """

        response: str | int | None
        sure: Confidence | None = None

    def __init__(self, guard: Guard, image_box: ImageBox) -> None:
        super().__init__()
        self._guard, self.image_box = guard, image_box
        self._asked = Asked("", Mode.REVEAL)
        self._asking = Asking()  # how sure the learner is, in place of the question
        self._sure: Confidence | None = None
        self._mode: Mode | None = None
        written = Written(image_box)
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
        yield self.image_box
        for sheet in dict.fromkeys(self._sheets.values()):
            sheet.display = False
            yield sheet
        self._typing.display = False
        with self._typing:
            yield self._entry
        yield self._asking
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
        if self._asking.display:
            return self._asking
        return self if self._bar.is_open else self._entry if self._typing.display else self.sheet

    def ask(self, asked: Asked, *, answered: bool = False) -> None:
        """Ask, and take the keyboard; ``answered``: not, since what came of the answer follows at once."""
        higher = self._asked.paper.said != asked.paper.said  # the sheet above a line to type in is as high as what stands on it
        self._asked, self._mode, self._sure = asked, asked.mode, None
        self._bar.clear()
        self.sheet.ask(asked.stem, asked.options, asked.paper)
        typing = asked.mode in (Mode.TYPE, Mode.TYPE_THEN_CHOOSE)
        if typing:
            self._entry.begin(several=asked.several, typed=asked.typed)
        self._display(typing=typing)
        if typing and higher:
            self.sheet.refresh(layout=True)
        if not answered:
            self.take_focus()

    def offer(self, asked: Asked) -> None:
        """Let the learner choose, of what they typed was not right."""
        self._mode = Mode.CHOOSE
        self.sheet.ask(asked.stem, asked.options, asked.paper)
        self._display(typing=False)
        self.take_focus()

    def show_hints(self, hints: Sequence[str], *, of: int) -> None:
        """Show these hints, of so many there are."""
        self.sheet.show_hints(hints, of=of)
        self._make_room()

    def show_image(self, sight: Sight | None) -> None:
        """Show this image above the question, or none."""
        self.image_box.put(sight)
        self._make_room()

    def _make_room(self) -> None:
        """Give the image what the question can spare."""
        width, height = self.content_size
        if self.image_box.sight is None or not height:
            return
        sheet = self._asking if self._asking.display else self.sheet
        room = (
            height
            - self._bar.outer_size.height
            - self._bar.styles.margin.height
            - (self._typing.outer_size.height or 3 if self._typing.display else 0)
        )
        need = len(sheet.lines_for(Size(width, room)))
        self.image_box.lay_out(min(COLUMN, width), share(room, need, answered=self._bar.is_open))

    def on_resize(self) -> None:
        """Share out the new room."""
        self._make_room()

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
        taker: Widget = self._asking if self._asking.display else self._entry if self._typing.display else self.sheet
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

    # How sure the learner is

    @property
    def is_asking_how_sure(self) -> bool:
        """Whether an answer waits for the learner to say how sure they are of it."""
        return self._asking.display

    def take_back(self) -> bool:
        """Go back from asking how sure the learner is to the question as they answered it; return whether that was asked."""
        if not self.is_asking_how_sure:
            return False
        self._show_again()
        return True

    def _show_again(self) -> None:
        self._display(typing=self._mode in (Mode.TYPE, Mode.TYPE_THEN_CHOOSE))
        self.take_focus()

    def _respond(self, response: str | int | None) -> None:
        """Hand the response on, once it is known how sure the learner is of it where that is asked; of nothing, nobody is sure."""
        if not self._guard.lets_through():
            return
        if self._asked.confidence and self._sure is None and self._mode is not Mode.REVEAL and response not in (None, ""):
            self._guard.turn()
            self._ask_how_sure(response)
        else:
            self.post_message(self.Responded(response, self._sure))

    def _ask_how_sure(self, response: str | int | None) -> None:
        def said(index: int) -> None:
            if not self._guard.lets_through():  # the key that answered, once more
                self._ask_how_sure(response)
                return
            self._sure = list(Confidence)[index]
            self._show_again()
            self.post_message(self.Responded(response, self._sure))

        for widget in (*self._sheets.values(), self._typing):
            widget.display = False
        given = self._asked.options[response] if isinstance(response, int) else response or ""
        told = "" if self._mode in (Mode.ORDER, Mode.MATCH) else one_line(given)  # numbers and letters say nothing
        said_so = f"How sure are you of “{told[:60]}{'…' if len(told) > 60 else ''}”?" if told else "How sure are you?"
        paper = Paper(said=said_so, markdown=self._asked.paper.markdown)
        self._asking.put(self._asked.stem, _SURE, said, paper)
        self.screen.refresh_bindings()

    def _display(self, *, typing: bool) -> None:
        sheet = self.sheet
        self._asking.call_off()
        for widget in (*self._sheets.values(), self._typing):
            shown = widget is sheet or (typing and widget is self._typing)
            if widget.display is not shown:
                widget.display = shown
        if isinstance(sheet, Written):
            sheet.set_class(typing, "-asking")

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self._respond(event.index)

    @on(Arrange.Submitted)
    def _arranged(self, event: Arrange.Submitted) -> None:
        self._respond(event.response)

    @on(Matching.Submitted)
    def _matched(self, event: Matching.Submitted) -> None:
        self._respond(event.response)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        self._respond(event.value)

    @on(Curtain.Lifted)
    def _lifted(self) -> None:
        self._respond(None)
