"""Studying line by line, on standard input and output: for screen readers, simple terminals, bad connections and pipes.

A face like ``tui``: it owns no rule. Every line is understood by itself; nothing that was written is changed afterwards.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from quizzer.plain.talk import Talk, line_comes

if TYPE_CHECKING:
    from quizzer.core.model import Mode
    from quizzer.study import Shelf

__all__ = ["Talk", "line_comes", "run"]


def run(
    open_shelf: "Callable[[], Shelf]",
    talk: Talk,
    *,
    clock: Callable[[], datetime],
    decks: Sequence[str] = (),
    everything: bool = False,
    mode: "Mode | None" = None,
    ahead: int = 0,
    cram: bool = False,
    aloud: bool = False,
    back_up: Callable[[], None] = lambda: None,
) -> int:
    """Hold a session and return the exit code: 0, or 130 when the learner interrupted it.

    Args:
        open_shelf: Opens the learner's decks.
        talk: Takes the learner's lines, and says others to them.
        clock: Gives the present instant, aware UTC.
        decks: Ids of decks to study; without any, the learner is asked which.
        everything: Study all decks.
        mode: Ask every card this way, where it can be.
        ahead: Ask reviews that are due in so many days from now too.
        cram: Ask any card, and write nothing.
        aloud: The lines are heard: tell in words what signs would mark.
        back_up: Makes a backup of the progress file if one is due; called after every session. What it raises is told, and stops nothing.

    Raises:
        QuizzerError: the decks cannot be opened, or something failed and nobody is there to try again; every answer before is kept.
    """
    from quizzer.plain.house import House  # what it needs takes a while to load

    house = House(open_shelf(), talk, clock=clock, aloud=aloud, back_up=back_up)
    try:
        if decks or everything:
            return house.study(*decks, mode=mode, ahead=ahead, cram=cram)
        return house.home()
    finally:
        house.close()
        talk.flush()
