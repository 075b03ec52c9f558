"""A session held line by line: ask, hear, tell, rate."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from quizzer.core.errors import QuizzerError
from quizzer.core.model import Confidence, Mode, Rating
from quizzer.plain import commands, responses
from quizzer.plain.accounts import changed_lines, opening_lines, waiting_line
from quizzer.plain.acts import Acts
from quizzer.plain.commands import Order, Unknown
from quizzer.plain.responses import Amiss
from quizzer.plain.table import Table, TurnedError
from quizzer.plain.talk import LeftError, Talk
from quizzer.plain.telling import (
    answer_lines,
    choice_wanted,
    option_lines,
    question_lines,
    rating_line,
    rating_wanted,
    tried_line,
    verdict_line,
    wanted,
)

if TYPE_CHECKING:
    from quizzer.study import AnySession, Feedback, Figures, Prompt

T = TypeVar("T")
_ONCE_MORE = "Your answer once more, or Enter to leave it near:"
_HOW_SURE = "How sure are you? 1 I guess, 2 I think so, 3 I am sure:"


class Sitting:
    """One session and the learner who holds it. It owns no rule: what is asked, graded and written is the session's."""

    def __init__(
        self,
        session: "AnySession",
        talk: Talk,
        *,
        clock: Callable[[], datetime],
        figures: "Callable[[], Figures]",
        aloud: bool = False,
    ) -> None:
        self._table = Table(session, talk, clock, figures, aloud=aloud)
        self._acts = Acts(self._table)

    @property
    def in_trouble(self) -> bool:
        """Whether the last thing that was tried failed."""
        return self._table.in_trouble

    def hold(self, *notes: str) -> None:
        """Ask until nothing is left, or the learner ends it; ``notes`` are told at the start.

        Raises:
            LeftError: the learner left before the end.
            QuizzerError: something failed, and nobody is there to try again.
        """
        table, session = self._table, self._table.session
        begun = False
        while True:
            with suppress(TurnedError):
                if not begun and (changed := tuple(self._surely(lambda: session.changed))):
                    self._settle(*changed_lines(changed))
                table.put(self._surely(lambda: session.prompt))
                if not begun:
                    table.talk.say(*opening_lines(session.title, table.prompt, writes=session.writes), *notes)
                begun = True
                if table.prompt is not None:
                    self._ask(table.prompt)
                elif (until := session.wait_until) is not None:
                    if not self._wait(until):
                        return
                elif self._ends():
                    return

    # One card

    def _ask(self, prompt: "Prompt") -> None:
        """Ask the card on show until it is rated; TurnedError where it is set aside, taken back or asked otherwise."""
        table = self._table
        table.talk.say("")
        table.tell(*question_lines(prompt, writes=table.session.writes))
        if (kept := self._surely(lambda: table.session.feedback)) is not None:  # answered before, and not rated yet
            self._tell(prompt, kept)
            return
        given = self._response(wanted(prompt), lambda line: responses.response(prompt, line))
        value = responses.given_up(prompt).value if given is None else given.value
        sure = self._how_sure(value)
        feedback = self._final(prompt, self._check(value, sure), sure)
        self._tell(prompt, feedback, given=value if isinstance(value, str) else "")

    def _tell(self, prompt: "Prompt", feedback: "Feedback", *, given: str = "") -> None:
        """Tell what came of the answer, and have it rated."""
        table = self._table
        table.feedback, table.answered = feedback, True
        told = answer_lines(prompt, feedback, given=given, aloud=table.aloud, passages=table.passages)
        table.tell(*told, rating_line(feedback.intervals))
        table.talk.flush()
        with suppress(QuizzerError):
            table.session.rest()  # while the learner reads
        self._rate(prompt)

    def _response(self, question: str, read: "Callable[[str], responses.Response | Amiss]") -> responses.Response | None:
        """Return the response, None where the learner gives up; a line that is none is told of, and costs nothing."""
        while (line := self._line(lambda: question, may_give_up=True)) is not None:
            given = read(line)
            if not isinstance(given, Amiss):
                return given
            self._table.talk.say(given.why)
        return None

    def _how_sure(self, value: str | int | None) -> Confidence | None:
        """Ask how sure the learner is, where they want to be asked; of nothing, nobody is sure."""
        prompt = self._table.prompt
        if prompt is None or not prompt.confidence or prompt.mode is Mode.REVEAL or value in (None, ""):
            return None
        self._table.answered = True
        while (sure := responses.sure(self._line(lambda: _HOW_SURE) or "")) is None:
            self._table.talk.say("Write 1, 2 or 3.")
        return sure

    def _check(self, value: str | int | None, sure: Confidence | None) -> "Feedback":
        feedback = self._table.attempt(lambda: self._table.session.check(value, sure=sure))
        if feedback is None:
            raise TurnedError
        self._table.answered = True
        return feedback

    def _final(self, prompt: "Prompt", feedback: "Feedback", sure: Confidence | None) -> "Feedback":
        """Return the feedback that stands: after some the learner goes on answering before one does."""
        if feedback.again:
            self._table.tell(verdict_line(feedback))
            line = self._line(lambda: _ONCE_MORE, may_give_up=True)
            feedback = self._check(line or feedback.response, sure)
        if feedback.then:
            options = feedback.then
            self._table.tell(tried_line(feedback), *option_lines(options))
            given = self._response(choice_wanted(options), lambda line: responses.chosen(options, line) if line else responses.NOTHING)
            feedback = self._check(given.value if given else None, sure)
        return feedback

    def _rate(self, prompt: "Prompt") -> None:
        table = self._table

        def suggested() -> Rating:  # overruling changes it
            return table.feedback.suggested if table.feedback else Rating.GOOD

        while True:
            line = self._line(lambda: rating_wanted(suggested()))
            rating = responses.rating(line or "", suggested=suggested())
            if rating is None:
                table.talk.say("Write 1 for Again, 2 for Hard, 3 for Good or 4 for Easy.")
            elif self._answers(rating) or self._is_written(prompt):
                return

    def _answers(self, rating: Rating) -> bool:
        return self._table.does(lambda: self._table.session.answer(rating))

    def _is_written(self, prompt: "Prompt") -> bool:
        """Return whether the answer was written, though looking for the next card failed."""
        after = self._surely(lambda: self._table.session.prompt)
        return after is None or after.done != prompt.done

    # Between the cards

    def _settle(self, *lines: str) -> None:
        """Ask what the changed answers mean for the progress made."""
        table = self._table
        table.tell(*lines)
        while True:
            line = (self._line(lambda: "1 or 2, or Enter to decide later and leave:") or "").rstrip(".")
            if not line:
                raise LeftError
            if line not in ("1", "2"):
                table.talk.say("Write 1 to keep it or 2 to start over.")
            elif self._settled(keep=line == "1"):
                return

    def _settled(self, *, keep: bool) -> bool:
        return self._table.does(lambda: self._table.session.settle_changed(keep=keep))

    def _wait(self, until: datetime) -> bool:
        """Wait for what is being learnt to come back; return False where nobody waits for it."""
        table = self._table
        while (seconds := (until - table.clock()).total_seconds()) > 0:
            table.tell("", waiting_line(seconds))
            if not table.talk.alive:
                return False
            line = table.talk.ask_for("Wait here, or press Enter to end the session:", seconds)
            if line is not None and self._read(line) is not None:
                return False
        return True

    def _ends(self) -> bool:
        """Return whether that is all; who sits at a terminal can still take back what they did last."""
        table = self._table
        if not table.talk.alive or not table.session.can_undo:
            return True
        table.talk.say("")
        self._line(lambda: "Nothing is left for now. Press Enter to end, or write :undo to take back the last answer:")
        return True

    # Lines

    def _line(self, question: Callable[[], str], *, may_give_up: bool = False) -> str | None:
        """Return the next line that is no command; commands before it are done. None: the learner gives up."""
        while True:
            line = self._read(self._table.talk.ask(question()), may_give_up=may_give_up)
            if line == Order("show"):
                return None
            if isinstance(line, str):
                return line

    def _read(self, line: str, *, may_give_up: bool = False) -> str | Order | None:
        """Return the line where it is no command, ``:show`` where that gives up; None where it was a command, which is done."""
        read = commands.read(line)
        match read:
            case Unknown():
                self._table.talk.say(read.why)
            case Order("show") if may_give_up:
                return Order("show")
            case Order():
                self._acts.do(read)
            case _:
                return read
        return None

    def _surely(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, tried as often as the learner wants where it fails."""
        while (found := self._table.attempt(lambda: (work(),))) is None:
            self._line(lambda: "Press Enter to try again, or write :leave:")
        return found[0]
