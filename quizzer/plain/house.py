"""The decks, and sessions over them: opened, held, summed up."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from quizzer.core.errors import QuizzerError
from quizzer.core.printable import one_line
from quizzer.plain import commands
from quizzer.plain.accounts import home_lines, stats_lines, summary_lines
from quizzer.plain.commands import Order, Unknown, help_lines
from quizzer.plain.sitting import Sitting
from quizzer.plain.talk import LeftError, Talk
from quizzer.study import BrokenDeck, DeckRow

if TYPE_CHECKING:
    from quizzer.core.model import Mode
    from quizzer.study import AnySession, Shelf

INTERRUPTED = 130
_WHICH = "Which deck, by its number? Enter for all of them, :leave to leave:"


class House:
    """A learner's shelf and the sessions they hold with it."""

    def __init__(self, shelf: "Shelf", talk: Talk, *, clock: Callable[[], datetime], aloud: bool, back_up: Callable[[], None]) -> None:
        self._shelf, self._talk, self._clock = shelf, talk, clock
        self._aloud, self._back_up = aloud, back_up
        self._at_home = False  # the decks were told

    def close(self) -> None:
        """Let go of the progress file."""
        self._shelf.close()

    def home(self) -> int:
        """Tell the decks and study those the learner names, until they leave; return the exit code."""
        self._at_home = True
        try:
            while True:
                decks = self._choose()
                if (code := self.study(*decks)) != 0:
                    return code
                self._talk.say("")
        except LeftError:
            return 0
        except KeyboardInterrupt:
            self._talk.say("")
            return INTERRUPTED

    def study(self, *decks: str, mode: "Mode | None" = None, ahead: int = 0, cram: bool = False) -> int:
        """Hold one session over the decks (none named: all of them), tell what it came to, and return the exit code."""
        shelf = self._shelf
        if not cram:  # that writes nothing
            self._follow()
        broken = [] if decks else [one_line(row.message) for row in self._broken()]
        session: AnySession = shelf.cram(*decks, mode=mode) if cram else shelf.session(*decks, mode=mode, ahead=ahead)
        code, left = 0, False
        sitting = Sitting(session, self._talk, clock=self._clock, figures=shelf.stats, aloud=self._aloud)
        try:
            sitting.hold(*self._tests(decks), *broken)
        except (LeftError, KeyboardInterrupt) as error:
            left = True
            if isinstance(error, KeyboardInterrupt):
                self._talk.say("")
                code = INTERRUPTED
        finally:
            session.close()
        self._sum_up(session, left=left)
        self._keep()
        return code or (1 if sitting.in_trouble else 0)

    def _sum_up(self, session: "AnySession", *, left: bool) -> None:
        try:
            summary = session.summary()
        except QuizzerError as error:
            self._talk.say(one_line(str(error)))
            return
        self._talk.say("")
        if not summary.reviews and not left:
            self._talk.say(" ".join(filter(None, ("Nothing is due now.", summary.next_due and f"Next: {summary.next_due}."))))
        else:
            self._talk.say(*summary_lines(summary, writes=session.writes))
        if left:
            self._talk.say("Your place is kept." if session.writes else "Nothing was written: your schedule is as it was.")

    def _keep(self) -> None:
        try:
            self._back_up()
        except QuizzerError as error:
            self._talk.say(f"No backup was made; your answers are kept. {one_line(str(error))}")

    def _tests(self, decks: tuple[str, ...]) -> list[str]:
        tests = [test for test in self._shelf.tests() if not decks or test.deck in decks]
        return [f"{one_line(test.title)}: {test.told}." for test in tests]

    def _follow(self) -> None:
        """Tell of questions that moved with their progress."""
        if followed := self._shelf.follow():
            self._talk.say(f"{one_line(followed)} `quizzer undo` takes it back.")

    def _broken(self) -> list[BrokenDeck]:
        """Return the decks that cannot be studied, unless they were told of before."""
        return [] if self._at_home else [row for row in self._shelf.rows() if isinstance(row, BrokenDeck)]

    def _choose(self) -> tuple[str, ...]:
        """Return the decks the learner wants to study, none for all of them."""
        self._follow()
        rows = self._shelf.rows()
        found = [row for row in rows if isinstance(row, DeckRow)]
        self._talk.say(*home_lines(found), *(one_line(row.message) for row in rows if isinstance(row, BrokenDeck)))
        while True:
            read = commands.read(self._talk.ask(_WHICH))
            match read:
                case Unknown():
                    self._talk.say(read.why)
                case Order("leave"):
                    raise LeftError
                case Order("help"):
                    self._talk.say("Choose a deck; while you study there are these.", *help_lines())
                case Order("stats"):
                    self._talk.say(*stats_lines(self._shelf.stats()))
                case Order("again"):
                    self._talk.say(*home_lines(found))
                case Order():
                    self._talk.say(f":{read.name} is for while you study. Choose a deck first.")
                case "":
                    return ()
                case str() if chosen := [row.id for number, row in enumerate(found, start=1) if _names(read, number, row)]:
                    return (chosen[0],)
                case _:
                    self._talk.say(f"There is no deck of that number. Write one from 1 to {len(found)}, or a deck's title.")


def _names(line: str, number: int, row: DeckRow) -> bool:
    return line.casefold() in (str(number), row.id, one_line(row.title).casefold())
