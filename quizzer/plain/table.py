"""What is on the table: the session, the card on show and what came of it so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from quizzer.core.errors import QuizzerError
from quizzer.core.printable import one_line
from quizzer.plain.talk import Talk

if TYPE_CHECKING:
    from quizzer.study import AnySession, Feedback, Figures, Prompt

T = TypeVar("T")


class TurnedError(Exception):
    """Another card is on show, or the same one anew: look at the session again."""


@dataclass
class Table:
    """A session and a learner. ``aloud``: they hear the lines; ``passages``: they want passages told with every answer."""

    session: "AnySession"
    talk: Talk
    clock: Callable[[], datetime]
    figures: "Callable[[], Figures]"
    aloud: bool = False
    passages: bool = True
    prompt: "Prompt | None" = None
    feedback: "Feedback | None" = None  # on an answer that is not rated yet
    answered: bool = False  # something is answered, though it may not be final
    said: list[str] = field(default_factory=list)  # what `:again` says again
    in_trouble: bool = False

    def put(self, prompt: "Prompt | None") -> None:
        """Put a card on show, or none."""
        self.prompt, self.feedback, self.answered = prompt, None, False

    def tell(self, *lines: str) -> None:
        """Say these lines, and remember them for who wants to hear them again."""
        self.said = list(lines)
        self.talk.say(*lines)

    def attempt(self, work: Callable[[], T]) -> T | None:
        """Return what ``work`` returns; None where that failed, which is told in one line: nothing was done, and it can be tried again.

        Raises:
            QuizzerError: it failed, and nobody is there to try again.
        """
        try:
            found = work()
        except QuizzerError as error:
            self.in_trouble = True
            if not self.talk.alive:
                raise
            self.talk.say(f"Trouble: {one_line(str(error))}")
            return None
        self.in_trouble = False
        return found

    def does(self, work: Callable[[], object]) -> bool:
        """Return whether ``work`` was done; as ``attempt``."""
        return self.attempt(lambda: (work(),)) is not None
