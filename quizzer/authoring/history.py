"""What was done to a deck while it was edited, to be taken back and done again: without end.

Pure. A step keeps the deck before and after it; decks share what they have in common, so a step costs little.
"""

from collections.abc import Callable

import msgspec

from quizzer.core.kinds import Deck

MOVED = "~place"  # the "field" of a question that was moved


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One act: in words ("the deletion of 'q1'"), the question it was done to ("" for the deck), and the deck before and after.

    ``field`` is the one field that was changed, "" where it was more than that.
    """

    words: str
    question: str
    before: Deck
    after: Deck
    field: str = ""


class History:
    """The steps done, and those taken back since."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._merges = True
        self._saved = 0

    def add(self, step: Step) -> None:
        """Note a step just done; what was taken back before it is forgotten.

        Consecutive changes of one field of one question are one step.
        """
        last = self._done[-1] if self._done and self._merges and not self._undone else None
        self._undone.clear()
        self._merges = True
        if last and step.field and (last.question, last.field) == (step.question, step.field):
            self._done.pop()
            step = msgspec.structs.replace(step, before=last.before)
        if step.before != step.after:
            self._done.append(step)

    def part(self) -> None:
        """Let the next step be one of its own, whatever it changes."""
        self._merges = False

    @property
    def done(self) -> int:
        """How many steps are done."""
        return len(self._done)

    def saved(self, done: int) -> None:
        """Note that the deck is saved as it was when so many steps were done; the next step is one of its own."""
        self._saved = done
        self.part()

    def undo(self) -> Step | None:
        """Return the step to take back, None where there is none."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Step | None:
        """Return the step to do again, None where there is none."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]

    @property
    def moved(self) -> set[str]:
        """The ids of the questions that were moved since the deck was saved (or moved back, by undo)."""
        first, last = sorted((self._saved, len(self._done)))
        return {step.question for step in (*self._done, *self._undone[::-1])[first:last] if step.field == MOVED}

    @property
    def names(self) -> set[str]:
        """The ids of all questions that there were before or after any step."""
        steps = (*self._done, *self._undone)
        decks = {id(deck): deck for step in steps for deck in (step.before, step.after)}
        return {question.id for deck in decks.values() for question in deck.questions}

    @property
    def can_undo(self) -> str:
        """What would be taken back, in words; "" where nothing would."""
        return self._done[-1].words if self._done else ""

    @property
    def can_redo(self) -> str:
        """What would be done again, in words; "" where nothing would."""
        return self._undone[-1].words if self._undone else ""

    def each(self, made: Callable[[Deck], Deck], *, named: Callable[[str], str] = str) -> None:
        """Put every deck through ``made``, and every question's id through ``named``; steps that then do nothing are dropped."""
        known: dict[int, Deck] = {}

        def remade(deck: Deck) -> Deck:
            if id(deck) not in known:
                known[id(deck)] = made(deck)
            return known[id(deck)]

        for steps in (self._done, self._undone):
            new = [
                msgspec.structs.replace(step, before=remade(step.before), after=remade(step.after), question=named(step.question))
                for step in steps
            ]
            steps[:] = [step for step in new if step.before != step.after]
