"""What each command does to the session; the answers themselves are taken in ``sitting``."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from quizzer.core.model import Mode, Verdict
from quizzer.core.printable import one_line
from quizzer.plain.accounts import history_lines, stats_lines, summary_lines, verdict_word
from quizzer.plain.commands import Order, help_lines
from quizzer.plain.table import Table, TurnedError
from quizzer.plain.talk import LeftError
from quizzer.plain.telling import hint_line, passage_lines, rating_line, verdict_line

if TYPE_CHECKING:
    from quizzer.study import Feedback, Prompt

_AUTO = "auto"
_PHRASES: Final = {
    Mode.CHOOSE: "choosing an option",
    Mode.TYPE: "typing the answer",
    Mode.TYPE_THEN_CHOOSE: "typing first, then choosing",
    Mode.REVEAL: "thinking of the answer",
    Mode.ORDER: "putting in order",
    Mode.MATCH: "matching",
}
_NOTHING_WRITTEN = "Cramming writes nothing, so there is nothing to do here."


class Acts:
    """Does what the learner commands."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._does: dict[str, Callable[[str], None]] = {
            "help": lambda _: self._say(*help_lines()),
            "again": lambda _: self._say(*table.said),
            "hint": lambda _: self._on_card(self._hint),
            "show": lambda _: self._say("The answer is told already." if table.feedback else "There is nothing to give up here."),
            "undo": lambda _: self._undo(),
            "redo": lambda _: self._redo(),
            "overrule": lambda _: self._overrule(),
            "accept": lambda _: self._accept(),
            "evidence": self._evidence,
            "mode": lambda rest: self._on_card(lambda prompt: self._mode(prompt, rest)),
            "bury": lambda _: self._on_card(self._bury),
            "skip": lambda _: self._on_card(self._bury),
            "suspend": lambda _: self._on_card(self._suspend),
            "flag": lambda _: self._on_card(self._flag),
            "history": lambda _: self._on_card(self._history),
            "summary": lambda _: self._summary(),
            "stats": lambda _: self._stats(),
            "leave": self._leave,
        }

    def do(self, order: Order) -> None:
        """Do it, and say what came of it.

        Raises:
            TurnedError: another card is on show now, or the same one is to be asked anew.
            LeftError: it was to leave.
        """
        self._does[order.name](order.rest)

    def _say(self, *lines: str) -> None:
        self._table.talk.say(*lines)

    def _on_card(self, act: "Callable[[Prompt], None]") -> None:
        if self._table.prompt is None:
            self._say("No card is on show.")
        else:
            act(self._table.prompt)

    def _leave(self, _: str) -> None:
        raise LeftError

    # The card on show

    def _hint(self, prompt: "Prompt") -> None:
        table = self._table
        if table.feedback is not None:
            self._say("Hints are for before the answer. :undo takes it back.")
        elif len(prompt.hints) == len(prompt.card.hints):
            self._say("No hint is left." if prompt.hints else "This card has no hint.")
        elif shown := table.attempt(table.session.hint):
            table.prompt = shown
            line = hint_line(shown, len(shown.hints) - 1)
            table.said.append(line)
            self._say(line)

    def _overrule(self) -> None:
        table = self._table
        if table.feedback is None or table.feedback.verdict is None:
            self._say("There is no verdict to overrule.")
            return
        verdict = Verdict.WRONG if table.feedback.verdict is Verdict.RIGHT else Verdict.RIGHT
        if feedback := table.attempt(lambda: table.session.overrule(verdict)):
            self._turned(feedback)
            if feedback.acceptable:
                self._say("Write :accept, and the deck accepts what you wrote from now on.")

    def _turned(self, feedback: "Feedback") -> None:
        """Tell how the answer on show counts now."""
        table = self._table
        table.feedback = feedback
        table.said = [verdict_line(feedback), *table.said[1:]]
        if feedback.verdict is not None:
            self._say(verdict_word(feedback.verdict), rating_line(feedback.intervals))

    def _accept(self) -> None:
        table = self._table
        if table.feedback is None or not table.feedback.acceptable:
            self._say("There is nothing to accept: first an answer that was typed must be overruled to be right.")
        elif feedback := table.attempt(table.session.accept):
            table.feedback = feedback
            self._say("Added to the deck: from now on it is right. :undo takes it out.")

    def _evidence(self, rest: str) -> None:
        table = self._table
        if rest.casefold() in ("on", "off"):
            table.passages = rest.casefold() == "on"
            self._say(f"From now on passages are told {'with every answer' if table.passages else 'when you ask for them'}.")
        elif rest:
            self._say(":evidence alone tells the passages of the answer; :evidence off and :evidence on are for the answers to come.")
        elif table.feedback is None:
            self._say("The passages are told once the card is answered.")
        else:
            self._say(*(passage_lines(table.feedback, aloud=table.aloud) or ["This card has no passage."]))

    def _mode(self, prompt: "Prompt", rest: str) -> None:
        table = self._table
        if table.answered:
            self._say("It is answered already. :undo takes the answer back, then the mode can be changed.")
            return
        names = [mode.value for mode in prompt.card.modes]
        if not rest:
            self._say(f"This card is asked by {_PHRASES[prompt.mode]}. It can be asked in the modes {', '.join(names)}.")
            self._say(f"Write :mode and one of them, or :mode {_AUTO} for what suits each card.")
            return
        wish = rest.casefold()
        exact = [mode for mode in Mode if mode.value == wish]
        found = exact or [mode for mode in Mode if mode.value.startswith(wish)]
        if wish != _AUTO and len(found) != 1:
            known = ", ".join([*(mode.value for mode in Mode), _AUTO])
            self._say(f"There is no mode {one_line(rest)[:40]}. There are: {known}.")
            return
        mode = None if wish == _AUTO else found[0]
        if not table.does(lambda: table.session.set_mode(mode)):
            return
        self._say(f"From here on by {_PHRASES[mode]}, where a card can be." if mode else "From here on as it suits each card.")
        if mode and mode.value not in names:
            self._say("This card cannot be.")
        raise TurnedError

    def _bury(self, _: "Prompt") -> None:
        self._set_aside(self._table.session.bury, "Set aside until tomorrow. :undo takes that back.")

    def _suspend(self, _: "Prompt") -> None:
        self._set_aside(self._table.session.suspend, "Suspended: it will not be asked again. :undo takes that back.")

    def _set_aside(self, act: "Callable[[], Prompt | None]", told: str) -> None:
        if not self._table.session.writes:
            self._say(_NOTHING_WRITTEN)
        elif self._table.does(act):
            self._say(told)
            raise TurnedError

    def _flag(self, _: "Prompt") -> None:
        table = self._table
        if not table.session.writes:
            self._say(_NOTHING_WRITTEN)
        elif shown := table.attempt(table.session.flag):
            table.prompt = shown
            self._say("Flagged: `quizzer flagged` lists it." if shown.flagged else "The flag is taken off.")

    def _history(self, _: "Prompt") -> None:
        table = self._table
        if past := table.attempt(table.session.card_past):
            self._say(*history_lines(past, answered=table.feedback is not None))

    # The session

    def _undo(self) -> None:
        table = self._table
        if table.feedback is not None and table.session.is_turned:
            self._turn(table.session.undo, "Taken back")
            return
        if table.answered:
            if table.does(table.session.reopen):
                self._say("Your answer is taken back. Answer again.")
                raise TurnedError
            return
        if not table.session.can_undo:
            self._say("There is nothing to take back.")
        elif table.does(table.session.undo):
            self._say(f"Taken back: {table.session.turned}")
            raise TurnedError

    def _turn(self, act: "Callable[[], Prompt | None]", told: str) -> None:
        """Take back or do again what was done about the verdict of the answer on show, which stays."""
        table = self._table
        if table.does(act) and (feedback := table.session.feedback) is not None:
            self._say(f"{told}: {table.session.turned}")
            self._turned(feedback)

    def _redo(self) -> None:
        table = self._table
        if table.feedback is not None and table.session.is_returned:
            self._turn(table.session.redo, "Done again")
        elif table.answered:
            self._say("Rate your answer first, or take it back with :undo.")
        elif not table.session.can_redo:
            self._say("There is nothing to do again.")
        elif table.does(table.session.redo):
            self._say(f"Done again: {table.session.turned}")
            raise TurnedError

    def _summary(self) -> None:
        table = self._table
        if summary := table.attempt(table.session.summary):
            self._say(*summary_lines(summary, writes=table.session.writes))

    def _stats(self) -> None:
        if figures := self._table.attempt(self._table.figures):
            self._say(*stats_lines(figures))
